"""What every protocol has: its words, its figures, its verdict.

1. A protocol returns figures; those named in `ZERO` must be 0, or the protocol has failed.
2. Each brings a negative control: the same check against something that is wrong on purpose. A control that
   is not found wrong means that the harness sees nothing, and then the protocol has failed too.
3. The last line is JSON. What a protocol cannot do on this machine is said in a sentence, with exit code 3.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

Figures = Mapping[str, object]
Protocol = Callable[[int, random.Random], Figures]

ZERO = (
    "lost",
    "half",
    "without_sentence",
    "accepted",
    "exceeded",
    "uncaught",
    "crashes",
    "hits",
    "opened",
    "missed",
    "false_alarms",
    "broken_laws",
    "locked_out",
    "purged",
    "reordered",
)
"""Figures that must be 0 where a protocol has them."""

PASSED, FAILED, CANNOT = 0, 1, 3

ROOT = Path(__file__).resolve().parents[2]
"""The checkout."""


class CannotRun(Exception):
    """Something this protocol needs is not on this machine; the text names it and what to do."""


def main(words: list[str], name: str, usual: int, protocol: Protocol) -> int:
    """Run `protocol` as the command line asks, and print its figures."""
    parser = argparse.ArgumentParser(prog=f"run.py endure {name}")
    parser.add_argument("--n", type=int, default=usual, help="how many times")
    parser.add_argument("--seed", type=int, default=20261121, help="for the same run again")
    parser.add_argument("--json", action="store_true", help="nothing but the last line")
    options = parser.parse_args(words)
    started = time.monotonic()
    try:
        figures = protocol(options.n, random.Random(options.seed))
    except CannotRun as reason:
        print(reason, file=sys.stderr)
        return CANNOT
    seconds = round(time.monotonic() - started, 1)
    if not options.json:
        for figure, value in figures.items():
            print(f"{figure:24} {value}")
    print(json.dumps({"name": name, "n": options.n, "seed": options.seed, **figures, "seconds": seconds}))
    return PASSED if passes(figures) else FAILED


def passes(figures: Figures) -> bool:
    """Whether nothing went wrong and the control did."""
    return all(not figures.get(name) for name in ZERO) and figures.get("control_failed") is True


def scratch_folder() -> "tempfile.TemporaryDirectory[str]":
    """A folder that goes away, in memory where the system has one: syncing costs nothing there."""
    memory = Path("/dev/shm")
    place = memory if memory.is_dir() else None
    return tempfile.TemporaryDirectory(prefix="endure-", dir=place, ignore_cleanup_errors=True)


@contextmanager
def scratch() -> Iterator[Path]:
    """The same, as a path to work in."""
    with scratch_folder() as folder:
        yield Path(folder)
