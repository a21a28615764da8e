"""`python3 run.py bench NAME …`: each harness is a module here; a checkout only, never installed."""

import importlib
import sys

HARNESSES = {("bench", "start"): "benchmarks.start"}


def main(words: list[str]) -> int:
    """Run the harness that the first two words name; the rest are its own."""
    name = tuple(words[:2])
    if name not in HARNESSES:
        known = ", ".join(" ".join(pair) for pair in HARNESSES)
        print(f"There is no such harness. Known: {known}", file=sys.stderr)
        return 2
    module = importlib.import_module(HARNESSES[name])
    return int(module.main(words[2:]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
