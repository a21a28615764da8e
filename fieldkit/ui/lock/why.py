"""Why a vault is locked, and how much time there is for it.

1. Everything that was answered is on disk already. What an open editor still holds is written too, for two
   seconds at most; a panic lock waits for nothing.
2. Where the laptop is about to sleep nothing is waited for that can be done without: the key goes first.
"""

from enum import StrEnum
from typing import Final

WRITES_FOR: Final = 2.0
"""Seconds in which what the open editor holds may still be written, and the vault be closed."""

SHOWS_FOR: Final = 3.0
"""Seconds for which the neutral page waits for the new process's window; then the old process ends anyway."""


class Why(StrEnum):
    """What asked for the lock."""

    BY_HAND = "by hand"
    IDLE = "idle"
    SLEEP = "sleep"
    """The lid was closed, the laptop goes to sleep, or its own session was locked."""
    COVER = "cover"
    """Covered for too long, or too many wrong digits."""
    PANIC = "panic"

    @property
    def writes(self) -> bool:
        """Whether what the open editor holds is written first."""
        return self is not Why.PANIC

    @property
    def waits_for_sign_in(self) -> bool:
        """Whether the neutral page stays until the new sign-in window stands there."""
        return self not in (Why.PANIC, Why.SLEEP)
