"""What the cover decides: whether digits bring the work back, and how often they may be tried.

1. The cover says nothing about anybody: no name, no post, no count, no screen.
2. Digits of any script count: people type in the script they work in.
3. Who has chosen no digits comes back by locking and signing in.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from fieldkit.services import cover

if TYPE_CHECKING:
    from fieldkit.services.vault import OpenVault

DIGITS = cover.DIGITS


class CoverPin:
    """One time that the screen is covered."""

    def __init__(self, vault: OpenVault) -> None:
        self._vault = vault
        self._wrong = 0
        self.is_set = cover.is_set(vault)

    def fits(self, typed: str) -> bool:
        """Whether these are the digits; counts wrong tries."""
        if self.tries_left and cover.fits(self._vault, western(typed)):
            return True
        self._wrong += 1
        return False

    @property
    def tries_left(self) -> int:
        """How often digits may still be tried before the vault is locked."""
        return max(0, cover.TRIES - self._wrong)


def western(typed: str) -> str:
    """What was typed, its digits as 0 to 9 and without spaces (rule 2)."""
    return "".join(_western(letter) for letter in typed if not letter.isspace())


def _western(letter: str) -> str:
    value = unicodedata.decimal(letter, None)
    return letter if value is None else str(value)
