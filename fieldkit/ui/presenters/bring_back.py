"""What bringing a vault back decides: which folder, which copy, who, and what was lost of a damaged one.

1. Nothing is written before a copy, a person and a phrase are there; the phrase is that of the day of the copy.
2. A damaged vault is only read. What can be read becomes a new vault here; what is lost is told in full.
3. When both headers of a damaged vault are gone, those of an earlier copy open it.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fieldkit.domain.errors import FieldkitError
    from fieldkit.domain.ports import Progress
    from fieldkit.services.door import PersonAtDoor
    from fieldkit.storage.backup import FoundCopy
    from fieldkit.ui.vaults import Vaults


class From(StrEnum):
    """What is brought back."""

    COPY = "copy"
    DAMAGED = "damaged"


class BringBack:
    """Before there is a vault."""

    def __init__(self, vaults: Vaults) -> None:
        self._vaults = vaults
        self.source: From | None = None
        self.folder: Path | None = None
        self.found: tuple[FoundCopy, ...] = ()
        self.copy: FoundCopy | None = None
        self.person = ""
        self.done = False
        self.losses: tuple[FieldkitError, ...] = ()

    def choose_source(self, source: From) -> None:
        """A copy, or a damaged vault."""
        self.source = source
        self._forget()

    def choose_folder(self, folder: Path) -> None:
        """Look for copies in a folder. For a damaged vault: the folder of the vault itself."""
        self._forget()
        self.folder = folder
        self.found = self._vaults.copies_in(folder)
        if len(self.found) == 1:
            self.choose_copy(self.found[0])

    def choose_headers(self, folder: Path) -> None:
        """The folder of an earlier copy, whose headers open a damaged vault that has none (rule 3)."""
        self.found = self._vaults.copies_in(folder)
        if self.found:
            self.choose_copy(self.found[0])

    def choose_copy(self, copy: FoundCopy) -> None:
        """One of those that were found."""
        self.copy = copy
        self.person = self.people[0].id if len(self.people) == 1 else ""

    @property
    def people(self) -> tuple[PersonAtDoor, ...]:
        """Whose phrases open the chosen copy."""
        return self._vaults.people_of(self.copy) if self.copy is not None else ()

    @property
    def needs_headers(self) -> bool:
        """Whether the damaged vault has no header that can be read (rule 3)."""
        return self.source is From.DAMAGED and self.folder is not None and not self.found

    @property
    def ready(self) -> bool:
        """Whether all is there but the phrase (rule 1)."""
        return self.copy is not None and bool(self.person)

    def bring(self, phrase: str, progress: Progress) -> None:
        """Bring it back into this program's folder. Raises as `services.backup.restore`, "
        "`services.rescue.rescue`."""
        assert self.copy is not None and self.folder is not None, "asked only after they were chosen"
        if self.source is From.COPY:
            self._vaults.bring_back(self.copy, self.person, phrase, progress)
        else:
            self.losses = self._vaults.rescue(self.folder, self.copy, self.person, phrase, progress)
        self.done = True

    def _forget(self) -> None:
        self.folder, self.found, self.copy, self.person = None, (), None, ""
