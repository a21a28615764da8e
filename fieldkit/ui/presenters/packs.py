"""What the page of content packs decides.

1. A pack is looked at first; what was verified is shown, then a person takes it in.
2. A pack that waits may begin earlier only with a reason.
3. An expired pack is told in words, and nothing is closed because of it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.domain.access import Action
from fieldkit.services import packs
from fieldkit.services.door import Desk

if TYPE_CHECKING:
    from fieldkit.services.in_force import KnownPack
    from fieldkit.services.packs import Looked, State
    from fieldkit.services.vault import OpenVault

RULES_DIGITS = 16
"""So many digits of the rules' version are shown; exports name as many."""


class Packs:
    """The packs of one vault."""

    def __init__(self, vault: OpenVault) -> None:
        self.vault = vault
        self.may_take = vault.may(Action.IMPORT_FORM)
        self.may_make = vault.desk is Desk.HEADQUARTERS and vault.may(Action.CERTIFY)
        self.looked: Looked | None = None
        self.early: int | None = None
        """The number of the pack for which a reason is being asked."""
        self._folder: Path | None = None
        self.read()

    def read(self) -> None:
        """Read what is in force. Raises DatabaseFault."""
        self.state: State = packs.state(self.vault)

    @property
    def rules(self) -> str:
        """The version of the rules in force, as entries and exports name it."""
        return self.state.rules[:RULES_DIGITS]

    def look(self, folder: Path) -> None:
        """Verify the pack in a folder; nothing is kept. Raises as `services.packs.look`."""
        self.looked = packs.look(self.vault, folder)
        self._folder = folder

    def forget(self) -> None:
        """Let go what was looked at."""
        self.looked, self._folder = None, None

    def accept(self) -> KnownPack:
        """Take in what was looked at. Raises as `services.packs.accept`."""
        assert self._folder is not None, "asked only after a look"
        taken = packs.accept(self.vault, self._folder)
        self.forget()
        self.read()
        return taken

    def begin_early(self, reason: str) -> None:
        """Let a pack that waits begin now. Raises as `services.packs.activate`."""
        assert self.early is not None, "asked only of one"
        packs.activate(self.vault, self.early, reason)
        self.early = None
        self.read()
