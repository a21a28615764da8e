"""The two things that services need from the world: the time, and numbers nobody can guess."""

from dataclasses import dataclass
from datetime import date

from fieldkit.domain.ports import Clock, Randomness


@dataclass(frozen=True, slots=True)
class World:
    """Handed in by `cli` and `ui` (the real ones) or by a test (fixed ones)."""

    clock: Clock
    randomness: Randomness

    def moment(self) -> str:
        """The present moment as it is written into entries: ISO 8601 with offset, whole seconds."""
        return self.clock.now().isoformat(timespec="seconds")

    def today(self) -> date:
        """The present date in the zone of the clock."""
        return self.clock.now().date()
