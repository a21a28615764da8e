"""The clock and the chance of one interview, so that doing it again gives the same form (`drafts`, rule 2).

1. While an interview is restored its clock stands at the moment at which each thing was done.
2. A paper that is keyed in later has the clock of the talk: `today()` and `start` are its day (R-204).
3. A finished interview that is corrected keeps its own day.
"""

import hashlib
from datetime import datetime

from fieldkit.domain.ports import Clock, Randomness

SEED_BYTES = 32


class TalkClock:
    """Shows the real time, unless it is held: for a moment of the log, or for good."""

    def __init__(self, clock: Clock, *, for_good: datetime | None = None) -> None:
        self._clock = clock
        self._for_good = for_good
        self._held: datetime | None = None

    def now(self) -> datetime:
        """The moment that the form is told."""
        return self._for_good or self._held or self._clock.now()

    def hold(self, moment: str) -> None:
        """Stand at a moment (ISO 8601 with offset) until `run`."""
        self._held = datetime.fromisoformat(moment)

    def run(self) -> None:
        """Go on with the real time."""
        self._held = None


class TalkRandomness:
    """Bytes that depend on the interview's seed only: SHA-256 in counter mode."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._drawn = 0

    def bytes(self, count: int) -> bytes:
        """The next `count` bytes."""
        found = b""
        while len(found) < count:
            found += hashlib.sha256(f"{self._seed}/{self._drawn}".encode("ascii")).digest()
            self._drawn += 1
        return found[:count]


def new_seed(randomness: Randomness) -> str:
    """A fresh seed for one interview."""
    return randomness.bytes(SEED_BYTES).hex()
