"""Worlds for tests: a clock that moves only when told to, and randomness that can be drawn twice."""

import hashlib
from datetime import datetime, timedelta, timezone

from fieldkit.services.world import World

EAST_AFRICA = timezone(timedelta(hours=3))
MORNING = datetime(2026, 3, 2, 7, 40, tzinfo=EAST_AFRICA)


class HandClock:
    """Stands still until somebody turns it."""

    def __init__(self, start: datetime = MORNING) -> None:
        self.time = start

    def now(self) -> datetime:
        return self.time

    def turn(self, **by: float) -> None:
        self.time += timedelta(**by)


class CountedRandomness:
    """A stream of bytes that depends on the seed only (SHA-256 in counter mode)."""

    def __init__(self, seed: str = "seed") -> None:
        self.seed = seed
        self.drawn = 0

    def bytes(self, count: int) -> bytes:
        content = b""
        while len(content) < count:
            content += hashlib.sha256(f"{self.seed}/{self.drawn}".encode()).digest()
            self.drawn += 1
        return content[:count]


def world(seed: str = "seed", start: datetime = MORNING) -> World:
    """A fresh fixed world."""
    return World(HandClock(start), CountedRandomness(seed))
