"""A small coverage-guided fuzzer, for where atheris is not installed: the same targets, slower.

An input that reaches a line of `fieldkit` from a line from which no input reached it before is kept, and its
neighbours are tried.
"""

import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

import fieldkit
from tests.fuzz.targets import TARGETS

INSIDE = Path(fieldkit.__file__).parent.as_posix() + "/"
SLOWEST = 20.0
"""Seconds of the processor that one input may take while it is watched, which makes it ten times slower."""


@dataclass
class Found:
    """How a run ended. `finding` is the input that did it, and what it did."""

    inputs: int = 0
    kept: int = 0
    findings: list[tuple[bytes, str]] = field(default_factory=list)


class Lines:
    """Watches which line comes after which."""

    def __init__(self) -> None:
        self.seen: set[tuple[int, int]] = set()
        self.new = False
        self._inside: dict[object, bool] = {}
        self._last = 0

    def watch(self, run: Callable[[], None]) -> bool:
        """Run; whether a new pair of lines was met."""
        self.new, self._last = False, 0
        sys.settrace(self._call)
        try:
            run()
        finally:
            sys.settrace(None)
        return self.new

    def _call(self, frame: FrameType, event: str, _: Any) -> Any:
        code = frame.f_code
        inside = self._inside.get(code)
        if inside is None:
            name = code.co_filename.replace("\\", "/")
            inside = self._inside[code] = name.startswith(INSIDE)
        return self._line if inside else None

    def _line(self, frame: FrameType, event: str, _: Any) -> Any:
        if event == "line":
            at = hash((frame.f_code, frame.f_lineno))
            pair = (self._last, at)
            self._last = at
            if pair not in self.seen:
                self.seen.add(pair)
                self.new = True
        return self._line


def fuzz(name: str, seconds: float, seed: int) -> Found:
    """Fuzz one target for so many seconds, or until the first finding."""
    chance = random.Random(f"fieldkit fuzz {name} {seed}")
    target, lines, found = TARGETS[name], Lines(), Found()
    corpus: list[bytes] = []
    until = time.monotonic() + seconds
    for content in target.seeds():
        if time.monotonic() > until or not _tried(target.run, content, lines, corpus, found):
            return found
    while time.monotonic() < until:
        # the newest are the least explored
        at = len(corpus) - 1 - int(len(corpus) * chance.random() ** 2)
        content = target.neighbour(corpus[at], chance.choice(corpus), chance)
        if not _tried(target.run, content, lines, corpus, found):
            break
    return found


def _tried(
    target: Callable[[bytes], None], content: bytes, lines: Lines, corpus: list[bytes], found: Found
) -> bool:
    """Try one input; False when it is a finding."""
    found.inputs += 1
    begun = time.process_time()
    try:
        fresh = lines.watch(lambda: target(content))
    except Exception as fault:
        found.findings.append((content, f"{type(fault).__name__}: {fault}"))
        return False
    took = time.process_time() - begun
    if took > SLOWEST:
        found.findings.append((content, f"took {took:.0f} s"))
        return False
    if fresh or not corpus:
        corpus.append(content)
        found.kept += 1
    return True
