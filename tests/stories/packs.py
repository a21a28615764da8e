"""A headquarters whose people sign content packs with sticks, and a post that takes them in; all of it invented."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest

from fieldkit import files as shipped
from fieldkit.crypto.offline import OfflineFault
from fieldkit.domain.errors import FieldkitError
from fieldkit.services import (
    enrolment,
    pack_office,
    packs,
)
from fieldkit.services.pack_office import KEY_FILE, Wanted
from fieldkit.services.vault import OpenVault
from tests.stories import offices
from tests.stories.offices import Office
from tests.worlds import MORNING

TODAY = MORNING.date()
PHRASES = (
    "copper window thirteen gentle forest drum",
    "anchor velvet seven harbour willow stone",
    "lantern marble twenty orchard silver rope",
    "basket thunder eleven meadow copper kite",
)
ROLES = "form,kind,roles,law_reviewed_by,law_reviewed_on\nwater_points,protection,counsellor,,\n"


@pytest.fixture(autouse=True)
def phrases_cost_little(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stick takes seconds on purpose; here its seal costs nothing and its content is as it is."""
    sealed: dict[bytes, tuple[bytes, str]] = {}

    def seal(content: bytes, phrase: str) -> bytes:
        name = f"sealed {len(sealed)}".encode()
        sealed[name] = (content, phrase)
        return name

    def opened(content: bytes, phrase: str) -> bytes:
        found, right = sealed[content]
        if phrase != right:
            raise OfflineFault("offline.wrong_phrase")
        return found

    monkeypatch.setattr("fieldkit.crypto.pack_keys.seal_with_phrase", seal)
    monkeypatch.setattr("fieldkit.crypto.pack_keys.open_with_phrase", opened)


@dataclass
class Makers:
    """A headquarters with three people, each with their stick."""

    office: Office
    folder: Path

    @property
    def vault(self) -> OpenVault:
        return self.office.vault

    def stick(self, place: int) -> Path:
        return self.folder / f"key-{place}"

    def new_key(self, place: int) -> str:
        self.stick(place).mkdir()
        return pack_office.new_key(self.vault, self.stick(place), PHRASES[place])

    def signed(self, folder: Path, *people: int) -> Path:
        for person in people:
            key = (self.stick(person) / KEY_FILE).read_bytes()
            pack_office.sign(self.vault, folder, key, PHRASES[person])
        return folder

    def laid_out(self, source: Path, *, waits: int = 0, title: str = "Spring content") -> Path:
        wanted = Wanted(source, title, TODAY + timedelta(days=waits))
        out = self.folder / f"out-{len(list(self.folder.iterdir()))}"
        out.mkdir()
        return pack_office.make(self.vault, wanted, out)


@pytest.fixture
def makers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Makers]:
    office = offices.found(tmp_path / "office", "Invented Border Service", training=False)
    monkeypatch.setattr(pack_office, "open_offline", lambda content, phrase: office.offline)
    made = Makers(office, tmp_path / "sticks")
    made.folder.mkdir()
    for place in range(3):
        made.new_key(place)
    pack_office.found(made.vault, b"", "")
    yield made
    office.vault.close()


@pytest.fixture
def post(tmp_path: Path, makers: Makers) -> Iterator[OpenVault]:
    vault = offices.open_post(tmp_path / "post", "River post (invented)", training=False)
    enrolment.trust_office(vault, enrolment.office_file(makers.vault).content)
    yield vault
    vault.close()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """What the coordinator wants posts to have: changed rules, and a form with its roles."""
    folder = tmp_path / "source"
    (folder / "codebook").mkdir(parents=True)
    (folder / "forms").mkdir()
    (folder / "forms" / "water_points.xlsx").write_bytes(a_form("3"))
    (folder / "forms" / "roles.csv").write_text(ROLES, encoding="utf-8")
    rules = (
        (shipped.resources() / "codebook" / "rules.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    )
    (folder / "codebook" / "rules.csv").write_text("".join(rules[:-1]), encoding="utf-8")
    return folder


def a_form(version: str) -> bytes:
    book = openpyxl.Workbook()
    sheets = {
        "survey": [
            ["type", "name", "label::English (en)"],
            ["integer", "households", "How many households?"],
        ],
        "settings": [["form_id", "form_title", "version"], ["water_points", "Water points", version]],
    }
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for cells in rows:
            sheet.append(cells)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def refusal(vault: OpenVault, folder: Path) -> str:
    """The code of the refusal; nothing in the vault has changed."""
    before = everything(vault)
    with pytest.raises(FieldkitError) as caught:
        packs.accept(vault, folder)
    assert everything(vault) == before
    return caught.value.code


def everything(vault: OpenVault) -> list[object]:
    tables = ("entries", "belongings", "attachments", "attachment_parts")
    return [vault.database.rows(f"SELECT * FROM {table}") for table in tables]


SERVICES = (
    "id,name,name_on_paper,kinds,categories,languages,hours,place,hidden_address,phone,verified,sample\n"
    "N01,National line (invented),Line 1,health,C01,en fr,always,,no,+44 1632 960111,2026-02-01,no\n"
)
