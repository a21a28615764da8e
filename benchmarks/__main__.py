"""`run.py bench NAME …`, `endure NAME …`, `conformance …`: each harness is a module here; a checkout only."""

import importlib
import sys

HARNESSES = {
    ("bench", "start"): "benchmarks.start",
    ("bench", "forms"): "benchmarks.forms",
    ("bench", "vault"): "benchmarks.vault",
    ("bench", "bundle"): "benchmarks.bundle",
    ("bench", "leaflets"): "benchmarks.leaflets",
    ("bench", "desk"): "benchmarks.desk",
    ("bench", "figures"): "benchmarks.office_figures",
    ("endure", "fuzz"): "tests.fuzz.command",
    ("fuzz",): "tests.fuzz.command",
    ("conformance",): "benchmarks.conformance",
    ("endure", "kill"): "benchmarks.endure.kill",
    ("endure", "power"): "benchmarks.endure.power",
    ("endure", "full"): "benchmarks.endure.full",
    ("endure", "mutate"): "benchmarks.endure.mutate",
    ("endure", "header"): "benchmarks.endure.header",
    ("endure", "clock"): "benchmarks.endure.clock",
    ("endure", "merge"): "benchmarks.endure.merge",
    ("endure", "journal"): "benchmarks.endure.journal",
    ("endure", "traces"): "benchmarks.endure.traces",
    ("endure", "purge"): "benchmarks.endure.purge",
    ("endure", "lock"): "benchmarks.endure.lock",
}


def main(words: list[str]) -> int:
    """Run the harness that the first one or two words name; the rest are its own."""
    name = next((tuple(words[:n]) for n in (2, 1) if tuple(words[:n]) in HARNESSES), None)
    if name is None:
        known = ", ".join(" ".join(pair) for pair in HARNESSES)
        print(f"There is no such harness. Known: {known}", file=sys.stderr)
        return 2
    module = importlib.import_module(HARNESSES[name])
    return int(module.main(words[len(name) :]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
