"""What sign-in decides: who can be picked, when a phrase may be tried, what a refused vault says.

1. A vault that is damaged or of a newer version is told and left untouched; nobody can be picked then.
2. After wrong phrases there is a wait; nothing can be tried before it is over, and it is counted down.
3. A phrase is kept no longer than it takes to try it.
4. Where a vault turns out to be damaged, the way to a copy of it, or to what can be read of it, is offered here.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from fieldkit.domain.errors import FieldkitError, PersonFault

if TYPE_CHECKING:
    from fieldkit.services.vault import AtDoor, OpenVault, PersonAtDoor
    from fieldkit.services.vault import SignIn as Door
    from fieldkit.ui.vaults import Vaults


DAMAGED = frozenset(
    {
        "vault.header_damaged",
        "vault.database_damaged",
        "vault.database_missing",
        "vault.not_this_key",
        "vault.plaintext",
    }
)
"""What is said of a vault that something happened to (rule 4)."""


class SignIn:
    """One sign-in screen. A vault that cannot be opened is in `refused`; nothing is raised."""

    def __init__(self, vaults: Vaults) -> None:
        self.refused: FieldkitError | None = None
        self.damaged = False
        self.chosen = ""
        self.phrase = ""
        self._vaults = vaults
        self._held: AtDoor | None = None
        try:
            self._held = vaults.at_door()
        except FieldkitError as fault:
            self.refused = fault
            self.damaged = fault.code in DAMAGED
            return
        if self._held is None:
            self.refused = PersonFault("vault.none")
        if len(self.people) == 1:
            self.chosen = self.people[0].id

    @property
    def people(self) -> tuple[PersonAtDoor, ...]:
        """Who can sign in."""
        return self._held.people if self._held else ()

    @property
    def name(self) -> str:
        """The post or headquarters."""
        return self._held.name if self._held else ""

    @property
    def second_copy_used(self) -> bool:
        """Whether the first copy of the header was damaged."""
        return bool(self._held and self._held.second_copy_used)

    @property
    def wait_seconds(self) -> int:
        """How long until the next phrase may be tried."""
        return self._door.wait_seconds() if self._held else 0

    @property
    def can_try(self) -> bool:
        """Whether a phrase may be tried now."""
        return bool(self._held and self.chosen and self.phrase.strip() and not self.wait_seconds)

    @cached_property
    def _door(self) -> Door:
        """Made when it is first asked: all the keys' libraries are behind it, and the window is there first."""
        return self._vaults.sign_in()

    def choose(self, person: str) -> None:
        """Somebody else sits down: what was typed is forgotten."""
        if person != self.chosen:
            self.phrase = ""
        self.chosen = person

    def open(self) -> OpenVault:
        """Try the phrase; for the background, as it takes about a second. Raises PersonFault, DeviceFault."""
        phrase, self.phrase = self.phrase, ""
        self._vaults.before_opening()
        try:
            return self._door.open(self.chosen, phrase)
        except FieldkitError as fault:
            self.damaged = fault.code in DAMAGED
            raise
