"""What recordings of other engines need to be replayed: the place where they lie, a clock, and randomness.

The vectors themselves are not copied into the project (`shared/vectors/forms/README.md`).
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

VECTORS = Path(__file__).resolve().parents[2] / "shared" / "vectors" / "forms"
"""The shared half; it lies beside the checkout, where there is one."""


@dataclass(frozen=True)
class FixedClock:
    """A clock that stands still."""

    at: datetime

    def now(self) -> datetime:
        return self.at


class CountedBytes:
    """Randomness that is the same in every run."""

    def __init__(self) -> None:
        self.count = 0

    def bytes(self, count: int) -> bytes:
        self.count += 1
        return bytes((self.count * 37 + place * 101) % 256 for place in range(count))


def clock_at(text: str, zone: str) -> FixedClock:
    """A clock that stands at an ISO instant, seen in `zone`."""
    return FixedClock(datetime.fromisoformat(text).astimezone(ZoneInfo(zone)))


@dataclass(frozen=True)
class Miss:
    """The first difference of a check or a scenario, for `--failures`."""

    where: str
    expected: object
    got: object

    def line(self) -> str:
        """One line for people."""
        return f"{self.where}\n    expected {self.expected!r:.300}\n    got      {self.got!r:.300}"


@dataclass(frozen=True)
class Score:
    """How many of a file pass; `misses` by title."""

    passed: int
    total: int
    skipped: int
    misses: tuple[tuple[str, Miss], ...]

    @property
    def share(self) -> float:
        """Passed of all that could be tried; 1 when there are none."""
        return self.passed / self.total if self.total else 1.0
