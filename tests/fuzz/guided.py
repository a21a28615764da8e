"""The process that atheris takes over: `python -m tests.fuzz.guided TARGET CORPUS [libFuzzer's options]`."""

import random
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["fieldkit"]):
    from tests.fuzz.targets import TARGETS


def main() -> None:
    """Fuzz until libFuzzer ends the process."""
    name, corpus = sys.argv[1], Path(sys.argv[2])
    target = TARGETS[name]
    others = list(target.seeds())
    for number, content in enumerate(others):
        (corpus / f"seed-{number:04}").write_bytes(content)

    def mutate(content: bytes, most: int, seed: int) -> bytes:
        chance = random.Random(seed)
        if chance.random() < 0.3:
            return bytes(atheris.Mutate(content, most))
        return target.neighbour(content, chance.choice(others), chance)[:most]

    options = [sys.argv[0], str(corpus), *sys.argv[3:], f"-max_len={target.most}"]
    atheris.Setup(options, target.run, custom_mutator=mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
