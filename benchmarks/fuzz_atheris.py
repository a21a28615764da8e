"""The process that atheris takes over: `python -m benchmarks.fuzz_atheris TARGET CORPUS [libFuzzer's options]`."""

import random
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["fieldkit.forms"]):
    from benchmarks.fuzz_targets import MOST_BYTES, TARGETS, mutated, write_seeds


def main() -> None:
    """Fuzz until libFuzzer ends the process."""
    name, corpus = sys.argv[1], Path(sys.argv[2])
    write_seeds(name, corpus)
    others: list[bytes] = [file.read_bytes() for file in sorted(corpus.iterdir())]

    def mutate(content: bytes, most: int, seed: int) -> bytes:
        chance = random.Random(seed)
        if chance.random() < 0.3:
            return bytes(atheris.Mutate(content, most))
        return mutated(name, content, chance.choice(others), chance)[:most]

    options = [sys.argv[0], str(corpus), *sys.argv[3:], f"-max_len={MOST_BYTES[name]}"]
    atheris.Setup(options, TARGETS[name], custom_mutator=mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
