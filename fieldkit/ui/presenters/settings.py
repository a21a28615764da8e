"""What the settings of cover and lock decide: which digits are taken, who chooses the minutes.

1. Digits are written twice: nobody sees what they write, and a slip would lock them out of their own cover.
2. The minutes are the vault's: whoever may not choose them sees them, and who may.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldkit.domain.access import Action
from fieldkit.services import cover
from fieldkit.services.errors import DeskFault
from fieldkit.ui.presenters.cover import western

if TYPE_CHECKING:
    from fieldkit.services.vault import OpenVault

DIGITS = cover.DIGITS
OFFERED = cover.IDLE_OFFERED


class LockSettings:
    """The settings of one vault and the person in it."""

    def __init__(self, vault: OpenVault) -> None:
        self._vault = vault
        self.first = ""
        self.again = ""

    @property
    def has_digits(self) -> bool:
        """Whether this person has chosen digits."""
        return cover.is_set(self._vault)

    @property
    def minutes(self) -> int:
        """After how long without a key the vault is locked."""
        return cover.idle_minutes(self._vault)

    @property
    def may_choose_minutes(self) -> bool:
        """Whether this person may choose another time."""
        return self._vault.may(Action.SET_LOCK)

    @property
    def is_written(self) -> bool:
        """Whether both lines hold six digits."""
        return all(len(western(typed)) == DIGITS for typed in (self.first, self.again))

    def keep_digits(self) -> None:
        """Take what was written; both lines are forgotten. Raises DeskFault `cover.not_the_same`,
        `cover.weak_digits`, StorageFault."""
        first, again = western(self.first), western(self.again)
        self.first = self.again = ""
        if first != again:
            raise DeskFault("cover.not_the_same")
        cover.choose(self._vault, first)

    def choose_minutes(self, minutes: int) -> None:
        """Let the vault be locked after another time. Raises PersonFault, DeskFault, StorageFault."""
        cover.choose_idle_minutes(self._vault, minutes)
