"""Content packs: headquarters makes one, two people sign it, a post takes it in from a stick.

Keys, phrases, forms and offices are invented.
"""

import io
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from fieldkit import files as shipped
from fieldkit.content.form_roles import FormKind
from fieldkit.crypto.offline import OfflineFault
from fieldkit.crypto.primitives import FOR_TESTS
from fieldkit.domain.access import Role
from fieldkit.domain.entries import subject
from fieldkit.domain.errors import FieldkitError, PersonFault
from fieldkit.services import (
    administer,
    counsel,
    directory,
    enrolment,
    exchange,
    forms_held,
    pack_office,
    packs,
)
from fieldkit.services.pack_office import KEY_FILE, Wanted
from fieldkit.services.vault import OpenVault, SignIn
from fieldkit.storage.errors import DatabaseFault
from fieldkit.sync.packs.signing import key_number
from tests.conftest import PHRASE
from tests.stories import offices
from tests.stories.desks import Desks, only_as, text_of
from tests.stories.offices import Office, clock_of
from tests.worlds import MORNING, world

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


def noted(vault: OpenVault, number: int) -> list[str]:
    return [entry.kind for entry, _ in vault.journal.about(subject("content pack", str(number)))]


def test_a_pack_goes_from_headquarters_to_a_post(makers: Makers, post: OpenVault, source: Path) -> None:
    before = post.rules.version
    folder = makers.laid_out(source)
    assert refusal(post, folder) == "pack.not_signed"
    makers.signed(folder, 0)
    assert refusal(post, folder) == "pack.not_signed", "one person alone makes no pack"
    makers.signed(folder, 2)
    looked = packs.look(post, folder)
    assert (looked.manifest.title, looked.forms, looked.waits) == ("Spring content", ("water_points",), False)
    assert packs.state(post).in_force is None, "looking keeps nothing"
    taken = packs.accept(post, folder)
    assert packs.state(post).in_force == taken
    assert post.rules.version != before
    assert packs.rules_of(post, post.rules.version) == 1
    assert packs.rules_of(post, before) is None
    assert noted(post, 1) == ["pack.accepted", "pack.began"]
    assert packs.state(makers.vault).in_force is not None, "headquarters works with what it signed"


def test_a_form_becomes_a_protection_form_only_through_a_signed_pack(
    makers: Makers, post: OpenVault, source: Path
) -> None:
    administer.install_form(post, a_form("2"), "water_points.xlsx")
    assert kind_of(post) is FormKind.SURVEY
    packs.accept(post, makers.signed(makers.laid_out(source), 0, 1))
    assert kind_of(post) is FormKind.PROTECTION
    held = forms_held.hold(post, "water_points")
    assert (held.form.version, held.kind) == ("3", FormKind.PROTECTION)
    assert forms_held.hold(post, "water_points", "2").kind is FormKind.SURVEY, "the survey's drafts go on"
    with pytest.raises(FieldkitError) as caught:
        administer.install_form(post, a_form("4"), "water_points.xlsx")
    assert caught.value.code == "form.built_in_id"
    only_as(post, Role.OFFICER)
    assert not next(form for form in forms_held.offered_forms(post) if form.id == "water_points").allowed


def kind_of(vault: OpenVault) -> FormKind:
    return next(form.kind for form in forms_held.offered_forms(vault) if form.id == "water_points")


def test_old_versions_stay_for_what_was_begun_with_them(
    makers: Makers, post: OpenVault, source: Path
) -> None:
    packs.accept(post, makers.signed(makers.laid_out(source), 0, 1))
    first = post.rules.version
    (source / "forms" / "water_points.xlsx").write_bytes(a_form("5"))
    (source / "codebook" / "rules.csv").unlink()
    packs.accept(post, makers.signed(makers.laid_out(source), 1, 2))
    assert forms_held.hold(post, "water_points").form.version == "5"
    assert forms_held.hold(post, "water_points", "3").form.version == "3"
    assert packs.rules_of(post, first) == 1
    assert [pack.number for pack in packs.state(post).earlier] == [1]


def test_a_pack_waits_for_its_day_by_the_laptops_clock(makers: Makers, post: OpenVault, source: Path) -> None:
    folder = makers.signed(makers.laid_out(source, waits=10), 0, 1)
    before = post.rules.version
    assert packs.look(post, folder).waits
    packs.accept(post, folder)
    assert packs.state(post).in_force is None
    assert [pack.active_from for pack in packs.state(post).waiting] == [TODAY + timedelta(days=10)]
    assert post.rules.version == before
    clock_of(post).turn(days=10)
    in_force = packs.state(post).in_force
    assert in_force is not None and in_force.began == TODAY + timedelta(days=10)
    assert post.rules.version != before
    clock_of(post).turn(days=-4000)
    assert packs.state(post).in_force == in_force, "a clock that is set back takes nothing away"


def test_it_begins_at_sign_in(makers: Makers, post: OpenVault, source: Path, tmp_path: Path) -> None:
    packs.accept(post, makers.signed(makers.laid_out(source, waits=2), 0, 1))
    person = post.person.id
    post.close()
    later = world("later", MORNING + timedelta(days=3))
    again = SignIn(tmp_path / "post", later, FOR_TESTS).open(person, PHRASE)
    try:
        assert again.packs.in_force is not None
        assert noted(again, 1) == ["pack.accepted", "pack.began"]
    finally:
        again.close()


def test_an_administrator_may_let_it_begin_earlier_with_a_reason(
    makers: Makers, post: OpenVault, source: Path
) -> None:
    packs.accept(post, makers.signed(makers.laid_out(source, waits=10), 0, 1))
    for number, reason, code in ((9, "x", "pack.unknown"), (1, "  ", "pack.reason_missing")):
        with pytest.raises(PersonFault) as caught:
            packs.activate(post, number, reason)
        assert caught.value.code == code
    packs.activate(post, 1, "New law since yesterday")
    entry = list(post.journal.about(subject("content pack", "1")))[-1][0]
    kept = post.journal.payload(entry.payload)
    assert kept is not None and kept.value()["reason"] == "New law since yesterday"
    with pytest.raises(PersonFault) as caught:
        packs.activate(post, 1, "once more")
    assert caught.value.code == "pack.not_waiting"


def test_only_an_administrator_takes_packs_in(makers: Makers, post: OpenVault, source: Path) -> None:
    folder = makers.signed(makers.laid_out(source), 0, 1)
    only_as(post, Role.OFFICER, Role.COUNSELLOR)
    assert refusal(post, folder) == "access.not_allowed"
    only_as(makers.vault, Role.ADMINISTRATOR)
    with pytest.raises(PersonFault):
        makers.laid_out(source)


def test_going_back_needs_a_newer_pack(makers: Makers, post: OpenVault, source: Path) -> None:
    first = makers.signed(makers.laid_out(source), 0, 1)
    (source / "codebook" / "rules.csv").unlink()
    second = makers.signed(makers.laid_out(source), 0, 1)
    packs.accept(post, second)
    assert refusal(post, first) == "pack.older"
    assert refusal(post, second) == "pack.held"


def test_an_expired_pack_warns_and_locks_nobody_out(makers: Makers, post: OpenVault, source: Path) -> None:
    folder = makers.signed(makers.laid_out(source), 0, 1)
    packs.accept(post, folder)
    clock_of(post).turn(days=4000)
    state = packs.state(post)
    assert state.expired and state.in_force is not None
    assert post.rules.rules
    (source / "codebook" / "rules.csv").unlink()
    second = makers.signed(makers.laid_out(source), 1, 2)
    assert packs.look(post, second).expired
    assert packs.accept(post, second).number == 2, "also an expired one is taken: the clock may be wrong"


def test_a_post_that_compared_no_words_takes_nothing(makers: Makers, source: Path, tmp_path: Path) -> None:
    folder = makers.signed(makers.laid_out(source), 0, 1)
    vault = offices.open_post(tmp_path / "alone", "Alone post (invented)", training=False)
    try:
        assert refusal(vault, folder) == "pack.no_office"
    finally:
        vault.close()


def test_a_pack_of_another_office_is_refused(
    makers: Makers, source: Path, desks: Desks, other_office: Office, tmp_path: Path
) -> None:
    vault = offices.open_post(tmp_path / "theirs", "Their post (invented)", training=True)
    try:
        enrolment.trust_office(vault, enrolment.office_file(other_office.vault).content)
        assert refusal(vault, makers.signed(makers.laid_out(source), 0, 1)) == "pack.other_office"
    finally:
        vault.close()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("codebook/rules.csv", "rule,category\n", "content.columns"),
        ("forms/roles.csv", ROLES.replace("counsellor", "nobody"), "content.unknown_name"),
        ("forms/roles.csv", ROLES + "unknown_form,protection,counsellor,,\n", "pack.form_refused"),
        ("forms/roles.csv", ROLES.partition("\n")[0] + "\n", "pack.form_without_roles"),
        ("forms/water_points.xlsx", "no form", "pack.form_refused"),
        (
            "leaflets/inserts.csv",
            "insert,language,text,reviewed_by,reviewed_on\nstay,en,You may stay.,,\n",
            "content.empty_cell",
        ),
        ("programs/run.exe", "MZ", "pack.unknown_file"),
    ],
)
def test_what_cannot_be_used_is_refused_at_headquarters_already(
    makers: Makers, source: Path, name: str, content: str, code: str
) -> None:
    (source / name).parent.mkdir(exist_ok=True)
    (source / name).write_text(content, encoding="utf-8")
    with pytest.raises(FieldkitError) as caught:
        makers.laid_out(source)
    assert caught.value.code == code


def test_a_rule_that_cannot_be_evaluated_is_refused(makers: Makers, source: Path) -> None:
    rules = (source / "codebook" / "rules.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    name = next(iter(makers.vault.codebook.facts))
    first = rules[1].split(",")
    (source / "codebook" / "rules.csv").write_text(
        rules[0] + rules[1].replace(first[0], "X9", 1).replace(first[2], f"${{{name}}} = = 'x'", 1),
        encoding="utf-8",
    )
    with pytest.raises(FieldkitError) as caught:
        makers.laid_out(source)
    assert caught.value.code in ("pack.rule_refused", "content.broken_expression", "content.row_length")


INSERTS = (
    "insert,language,text,reviewed_by,reviewed_on\n"
    "stay_while_waiting,en,You may stay for now.,A. Lawyer (invented),2026-02-01\n"
)
SERVICES = (
    "id,name,name_on_paper,kinds,categories,languages,hours,place,hidden_address,phone,verified,sample\n"
    "N01,National line (invented),Line 1,health,C01,en fr,always,,no,+44 1632 960111,2026-02-01,no\n"
)


def test_reviewed_sentences_reach_the_leaflet_with_who_and_when(
    makers: Makers, post: OpenVault, source: Path
) -> None:
    assert "You may stay for now." not in text_of(counsel.leaflet(post, "L01", "en"))
    (source / "leaflets").mkdir()
    (source / "leaflets" / "inserts.csv").write_text(INSERTS, encoding="utf-8")
    packs.accept(post, makers.signed(makers.laid_out(source), 0, 1))
    (insert,) = packs.inserts(post)
    assert (insert.reviewed_by, insert.reviewed_on) == ("A. Lawyer (invented)", date(2026, 2, 1))
    assert "You may stay for now." in text_of(counsel.leaflet(post, "L01", "en"))
    assert "You may stay for now." not in text_of(counsel.leaflet(post, "L01", "fr")), (
        "reviewed in one language only"
    )


def test_leaflets_and_public_services_come_with_a_pack(makers: Makers, post: OpenVault, source: Path) -> None:
    (source / "leaflets").mkdir()
    (source / "directory").mkdir()
    leaflet = (shipped.resources() / "leaflets" / "L01.md").read_text(encoding="utf-8")
    (source / "leaflets" / "L77.md").write_text(leaflet.replace("id: L01", "id: L77"), encoding="utf-8")
    (source / "directory" / "services.csv").write_text(SERVICES, encoding="utf-8")
    packs.accept(post, makers.signed(makers.laid_out(source), 0, 1))
    assert "L77" in [offered.id for offered in counsel.leaflets("en", post)]
    assert [service.id for service in directory.all_services(post)] == ["N01"]
    assert directory.all_services(post)[0].may_be_printed(training=False)


def test_a_hidden_address_never_travels_in_a_pack(makers: Makers, source: Path) -> None:
    (source / "directory").mkdir()
    (source / "directory" / "services.csv").write_text(
        SERVICES.replace(",no,+44", ",yes,+44"), encoding="utf-8"
    )
    with pytest.raises(FieldkitError) as caught:
        makers.laid_out(source)
    assert caught.value.code == "pack.unsound"


def test_an_export_names_the_pack_in_force(
    makers: Makers, post: OpenVault, source: Path, tmp_path: Path
) -> None:
    packs.accept(post, makers.signed(makers.laid_out(source), 0, 1))
    offices.enrol(post, makers.office)
    stick = tmp_path / "carried"
    stick.mkdir()
    (name,) = exchange.export(post, stick).files
    verified = exchange.look(makers.vault, stick / name)
    assert verified.versions.keys() == {"forms", "pack", "rules"}
    assert (verified.versions["pack"], verified.versions["rules"]) == ("1", post.rules.version[:16])


def test_the_drill_of_a_lost_stick(makers: Makers, post: OpenVault, source: Path) -> None:
    packs.accept(post, makers.signed(makers.laid_out(source), 0, 1))
    lost = pack_office.signing_keys(makers.vault)
    new = makers.new_key(3)
    numbers = {place: key_of(makers, place) for place in range(4)}
    assert numbers[3] == new
    after = pack_office.replace_key(makers.vault, numbers[0], new)
    assert set(after) == (set(lost) | {new}) - {numbers[0]}
    folder = makers.laid_out(source)
    with pytest.raises(FieldkitError) as caught:
        makers.signed(folder, 0)
    assert caught.value.code == "pack.not_our_key", "whoever found the lost stick signs nothing any more"
    makers.signed(folder, 1)
    assert refusal(post, folder) == "pack.not_signed"
    makers.signed(folder, 2)
    packs.accept(post, folder)
    third = makers.signed(makers.laid_out(source), 3, 1)
    assert packs.accept(post, third).number == 3
    assert pack_office.signing_keys(makers.vault) == after


def key_of(makers: Makers, place: int) -> str:
    return key_number(pack_office.keys(makers.vault)[place])


def test_a_stick_never_gets_a_second_key_and_no_phrase_that_is_guessed(
    makers: Makers, tmp_path: Path
) -> None:
    for stick, phrase, code in (
        (makers.stick(0), PHRASES[3], "pack.key_exists"),
        (tmp_path, "password", "pack.weak_phrase"),
    ):
        with pytest.raises(FieldkitError) as caught:
            pack_office.new_key(makers.vault, stick, phrase)
        assert caught.value.code == code


def test_a_wrong_phrase_signs_nothing(makers: Makers, source: Path) -> None:
    folder = makers.laid_out(source)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with pytest.raises(FieldkitError) as caught:
        pack_office.sign(makers.vault, folder, (makers.stick(0) / KEY_FILE).read_bytes(), PHRASES[1])
    assert caught.value.code == "offline.wrong_phrase"
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_links_on_the_stick_are_not_followed(
    makers: Makers, post: OpenVault, source: Path, tmp_path: Path
) -> None:
    folder = makers.signed(makers.laid_out(source), 0, 1)
    target = next((folder / "targets").iterdir())
    (tmp_path / "elsewhere").write_bytes(target.read_bytes())
    target.unlink()
    target.symlink_to(tmp_path / "elsewhere")
    assert refusal(post, folder) == "pack.link"


def test_bytes_changed_anywhere_in_the_folder_are_never_taken(
    makers: Makers, post: OpenVault, source: Path, tmp_path: Path
) -> None:
    folder = makers.signed(makers.laid_out(source), 0, 1)
    paths = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    before, draw = everything(post), random.Random(4)
    for turn in range(60):
        name = paths[turn % len(paths)]
        content = bytearray((folder / name).read_bytes())
        content[draw.randrange(len(content))] ^= 1 << draw.randrange(8)
        changed = tmp_path / "changed"
        shutil.copytree(folder, changed)
        (changed / name).write_bytes(content)
        with pytest.raises(FieldkitError):
            packs.accept(post, changed)
        shutil.rmtree(changed)
    assert everything(post) == before
    assert packs.accept(post, folder).number == 1, "the control: unchanged, it is taken"


def test_a_disk_that_fails_in_the_middle_keeps_nothing(
    makers: Makers, post: OpenVault, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = makers.signed(makers.laid_out(source), 0, 1)

    def full(*_: object, **__: object) -> None:
        raise DatabaseFault("vault.disk_full")

    with monkeypatch.context() as patch:
        patch.setattr(post.journal, "append", full)
        assert refusal(post, folder) == "vault.disk_full"
    assert packs.accept(post, folder).number == 1


def test_a_pack_this_version_cannot_read_any_more_locks_nobody_out(
    makers: Makers, post: OpenVault, source: Path
) -> None:
    packs.accept(post, makers.signed(makers.laid_out(source), 0, 1))
    files = dict(post.packs.files(1))
    post.packs.keep_files(1, {**files, "codebook/rules.csv": b"columns,of,another,version\n"})
    post.content_changed()
    assert post.rules.rules, "the shipped content serves"
    fault = packs.state(post).fault
    assert fault is not None and fault.code == "content.columns"
