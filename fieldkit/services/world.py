"""The things that services need from the world: the time, and numbers nobody can guess."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from fieldkit.domain.ports import Clock, Randomness


def _standing() -> float:
    return 0.0


@dataclass(frozen=True, slots=True)
class World:
    """Handed in by `cli` and `ui` (the real ones) or by a test (fixed ones).

    `ticks` gives seconds of a clock that only goes forward; the wait after wrong phrases is measured by it.
    """

    clock: Clock
    randomness: Randomness
    ticks: Callable[[], float] = _standing

    def moment(self) -> str:
        """The present moment as it is written into entries: ISO 8601 with offset, whole seconds."""
        return self.clock.now().isoformat(timespec="seconds")

    def today(self) -> date:
        """The present date in the zone of the clock."""
        return self.clock.now().date()
