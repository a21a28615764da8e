"""Several invented people on one laptop, for stories about phrases. Nobody here exists."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path

from fieldkit.crypto.primitives import FOR_TESTS
from fieldkit.domain.access import Role
from fieldkit.services import people
from fieldkit.services.people import NewAccount
from fieldkit.services.vault import OpenVault, SignIn
from fieldkit.storage.slots import FIRST_COPY, SECOND_COPY
from tests.conftest import PHRASE
from tests.stories.people import AGREED, IN_PRIVATE, NO_URGENT_NEED, somebody
from tests.stories.people import screened as screened_by
from tests.worlds import world

ADMINISTRATOR, BILAL, CLARA = "Officer One", "Bilal", "Clara"
BILALS, CLARAS = "vessel room friend occur push shock", "couple maze era give basic obtain"
NEW_PHRASE = "harvest violin cotton summer ladder paper"
COUNSELLOR = frozenset({Role.COUNSELLOR})


@dataclass
class Laptop:
    """A post's laptop; `phrases` are what its people have on paper."""

    folder: Path
    phrases: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    nights: int = 0

    def in_as(self, label: str, phrase: str | None = None) -> OpenVault:
        """Somebody signs in."""
        self.nights += 1
        at = world(f"{label} {self.nights}")
        door = SignIn(self.folder, at, FOR_TESTS)
        return door.open(self.ids[label], self.phrases[label] if phrase is None else phrase)

    def headers(self, where: Path) -> Path:
        """A copy of both header files, as somebody may have made one."""
        where.mkdir()
        for name in (FIRST_COPY, SECOND_COPY):
            shutil.copyfile(self.folder / name, where / name)
        return where


def people_at(vault: OpenVault) -> Laptop:
    """Two more people come to the laptop of `vault`, and type their own phrases; it is closed for the night."""
    laptop = Laptop(vault.folder, {ADMINISTRATOR: PHRASE, BILAL: BILALS, CLARA: CLARAS})
    laptop.ids[ADMINISTRATOR] = vault.person.id
    for label, roles in ((BILAL, frozenset({Role.OFFICER})), (CLARA, COUNSELLOR)):
        new = NewAccount(label, roles, laptop.phrases[label], own_phrase=True)
        laptop.ids[label] = people.add(vault, new)
    vault.close()
    return laptop


def screened(vault: OpenVault, name: str) -> str:
    """Somebody was interviewed; their case."""
    return screened_by(vault, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody(name)).case
