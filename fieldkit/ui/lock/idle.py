"""When nobody is there: how long since the last key, and whether the laptop slept. Without Qt.

1. Time is counted by a clock that nobody can set and that goes on while the laptop sleeps.
2. A laptop that slept is locked, however short it was: whoever opens the lid may be somebody else.
3. A mouse that trembles on the table is nobody; one that is moved is somebody.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil
from typing import Final

from fieldkit.services.cover import COVERED_MINUTES

Seconds = Callable[[], float]

WARNING: Final = 30
"""The last seconds before the lock are counted down on the screen."""

SLEPT: Final = 2.0
"""Seconds by which the two clocks may drift apart between two looks before it counts as sleep."""

TREMBLE: Final = 8
"""Pixels that a mouse must move, from where it last counted, to count."""


@dataclass(frozen=True, slots=True)
class Clocks:
    """`awake` stands still while the laptop sleeps, `always` does not; neither can be set."""

    awake: Seconds
    always: Seconds


@dataclass(slots=True)
class Idle:
    """Counts from the last touch. `minutes` may be changed at any time."""

    clocks: Clocks
    minutes: int
    _touched: float = field(init=False)
    _apart: float = field(init=False)
    _mouse: tuple[int, int] = (-TREMBLE * 9, 0)

    def __post_init__(self) -> None:
        self._apart = self._drift()
        self.touch()

    def touch(self) -> None:
        """Somebody is there."""
        self._touched = self.clocks.always()

    def mouse_at(self, x: int, y: int) -> bool:
        """The mouse moved to a place of the screen: whether that was somebody (rule 3). Then it counts."""
        moved = max(abs(x - self._mouse[0]), abs(y - self._mouse[1])) >= TREMBLE
        if moved:
            self._mouse = (x, y)
        return moved

    @property
    def seconds_left(self) -> int:
        """Until the lock, whole seconds; 0 when it is due."""
        return max(0, ceil(self._touched + self.minutes * 60 - self.clocks.always()))

    @property
    def counts_down(self) -> bool:
        """Whether the last seconds are running."""
        return self.seconds_left <= WARNING

    def slept(self) -> bool:
        """Whether the laptop slept since this was last asked."""
        before, self._apart = self._apart, self._drift()
        return self._apart - before > SLEPT

    def _drift(self) -> float:
        return self.clocks.always() - self.clocks.awake()


@dataclass(slots=True)
class Covered:
    """How long the screen has been covered. Nothing that is typed meanwhile makes it longer."""

    clocks: Clocks
    since: float = field(init=False)

    def __post_init__(self) -> None:
        self.since = self.clocks.always()

    @property
    def too_long(self) -> bool:
        """Whether it is time to lock."""
        return self.clocks.always() - self.since >= COVERED_MINUTES * 60
