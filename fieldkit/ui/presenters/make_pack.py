"""What headquarters' page for making content packs decides: which step stands, and what is still missing for it.

1. Three keys on three sticks come first, then the office names them with its offline keys; both once.
2. A pack is made from a folder, checked as a post will check it, and laid out unsigned.
3. Two people sign it, each with their own stick. With the second signature it is complete, and in force here.
4. A lost key is replaced by a new one from the next pack on: two of the old ones must sign that.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.domain.access import Action
from fieldkit.languages.typed_days import as_typed, read_day
from fieldkit.services import pack_office
from fieldkit.services.pack_office import Wanted
from fieldkit.ui.presenters.files import read_file

if TYPE_CHECKING:
    from fieldkit.content.packs import Manifest
    from fieldkit.services.vault import OpenVault
    from fieldkit.sync.packs.signing import Signatures

KEYS = 3
MAX_STICK_BYTES = 64 * 1024


class Step(StrEnum):
    """What is done now."""

    KEY = "key"
    NAME = "name"
    MAKE = "make"
    SIGN = "sign"
    DONE = "done"
    REPLACE = "replace"


class MakePack:
    """The page. Folders and days live here, phrases nowhere."""

    def __init__(self, vault: OpenVault) -> None:
        self.vault = vault
        self.may = vault.may(Action.CERTIFY)
        self.folder: Path | None = None
        self.stick: Path | None = None
        self.draft: Path | None = None
        self.manifest: Manifest | None = None
        self.signatures: Signatures | None = None
        self.lost = ""
        self.replacing = False
        self.title = ""
        self.active_from = as_typed(vault.world.today())
        self.reviewed_by = ""
        self.reviewed_on = ""
        self.read()

    def read(self) -> None:
        """Read which keys there are."""
        self.made = len(pack_office.keys(self.vault)) if self.may else 0
        self.signing: tuple[str, ...] = pack_office.signing_keys(self.vault) if self.may else ()
        self.number = pack_office.next_number(self.vault)

    @property
    def step(self) -> Step:
        """Rule 1 to 4."""
        if self.replacing:
            return Step.REPLACE
        if not self.signing:
            return Step.KEY if self.made < KEYS else Step.NAME
        if self.signatures is None:
            return Step.MAKE
        return Step.DONE if self.signatures.missing == 0 else Step.SIGN

    def new_key(self, phrase: str) -> str:
        """Make a key on the chosen stick; its number. Raises as `services.pack_office.new_key`."""
        assert self.stick is not None, "asked only after it was chosen"
        number = pack_office.new_key(self.vault, self.stick, phrase)
        self.stick = None
        self.read()
        return number

    def name_keys(self, phrase: str) -> None:
        """Name the three keys with the offline keys. Raises as `services.pack_office.found`."""
        assert self.stick is not None, "asked only after it was chosen"
        pack_office.found(self.vault, read_file(self.stick, MAX_STICK_BYTES), phrase)
        self.stick = None
        self.read()

    def replace(self, phrase: str) -> str:
        """Make a key on the chosen stick and let it take the place of the lost one; its number."""
        assert self.stick is not None and self.lost, "asked only after both"
        number = pack_office.new_key(self.vault, self.stick, phrase)
        pack_office.replace_key(self.vault, self.lost, number)
        self.stick, self.lost, self.replacing = None, "", False
        self.read()
        return number

    def problem(self) -> str:
        """Why nothing can be made yet, as a name of what is missing; empty when it can."""
        if self.folder is None:
            return "folder"
        if not self.title.strip():
            return "title"
        if read_day(self.active_from) is None:
            return "day"
        reviewed = self.reviewed_by.strip()
        if bool(reviewed) != bool(self.reviewed_on.strip()) or (
            reviewed and read_day(self.reviewed_on) is None
        ):
            return "review"
        return ""

    def make(self, out: Path) -> Path:
        """Lay the pack out in `out`, unsigned; its folder. Raises as `services.pack_office.make`."""
        active_from = read_day(self.active_from)
        assert self.folder is not None and active_from is not None, "there was no problem"
        wanted = Wanted(
            self.folder,
            self.title,
            active_from,
            reviewed_by=self.reviewed_by.strip(),
            reviewed_on=read_day(self.reviewed_on),
        )
        made = pack_office.make(self.vault, wanted, out)
        self.open_draft(made)
        return made

    def open_draft(self, folder: Path) -> None:
        """Look at a pack that is to be signed. Raises PackFault, ContentFault."""
        self.manifest, self.signatures = pack_office.read_draft(folder)
        self.draft, self.stick = folder, None

    def sign(self, phrase: str) -> None:
        """Sign with the chosen stick. Raises as `services.pack_office.sign`."""
        assert self.draft is not None and self.stick is not None, "asked only after both"
        key = pack_office.read_key_file(self.stick)
        self.signatures = pack_office.sign(self.vault, self.draft, key, phrase)
        self.stick = None
        self.read()

    def begin_anew(self) -> None:
        """Let go what was chosen; the next pack."""
        self.folder = self.stick = self.draft = None
        self.manifest = self.signatures = None
        self.title = self.reviewed_by = self.reviewed_on = ""
        self.replacing, self.lost = False, ""
        self.read()
