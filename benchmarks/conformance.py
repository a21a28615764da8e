"""How far fieldkit's form engine answers as others do.

    python3 run.py conformance [--vectors DIR] [--failures]

Runs the recordings found in DIR; the last line is JSON. Each miss of the shared half is explained in
`tests/forms/known_differences.md`.
"""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks import scenario_vectors, xpath_vectors
from benchmarks.recordings import VECTORS, Score

NOTHING = Score(0, 0, 0, ())


def main(words: list[str]) -> int:
    """Print the scores. Returns 0 when there was anything to run, 2 when DIR has no recording."""
    parser = argparse.ArgumentParser(prog="run.py conformance")
    parser.add_argument("--vectors", type=Path, default=VECTORS)
    parser.add_argument("--failures", action="store_true")
    options = parser.parse_args(words)
    files = {"xpath": xpath_vectors, "scenario": scenario_vectors}
    scores = {name: _score(options.vectors / module.FILE, module.score) for name, module in files.items()}
    if options.failures:
        for found in scores.values():
            for title, miss in found.misses:
                print(f"{title}\n    {miss.line()}")
    xpath, scenario = scores["xpath"], scores["scenario"]
    report = {
        "xpath": {"passed": xpath.passed, "total": xpath.total},
        "scenario": {"passed": scenario.passed, "total": scenario.total, "skipped": scenario.skipped},
    }
    print(json.dumps(report))
    return 0 if xpath.total or scenario.total else 2


def _score(file: Path, run: Callable[[Path], Score]) -> Score:
    if not file.is_file():
        print(f"{file.name} is not in {file.parent}; nothing is counted for it.", file=sys.stderr)
        return NOTHING
    return run(file)
