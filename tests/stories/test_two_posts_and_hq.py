"""Two posts at a river and the headquarters they belong to: from comparing ten words to the count of the day."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from fieldkit.crypto.keys import Keyring
from fieldkit.domain.errors import PersonFault
from fieldkit.headquarters.queries import CaseState
from fieldkit.headquarters.store import Imported
from fieldkit.services import enrolment, exchange, importing, refer, report
from fieldkit.services.exchange import Exported
from fieldkit.services.intake import Finished
from fieldkit.services.vault import OpenVault
from fieldkit.storage.database import DATABASE_FILE, Database
from fieldkit.sync.incoming import Verified
from tests.conftest import OFFLINE_PHRASE
from tests.stories import offices
from tests.stories.offices import Office, carry, clock_of, everything_held
from tests.stories.people import (
    AGREED,
    FEAR,
    HURT,
    IN_PRIVATE,
    NO_URGENT_NEED,
    NOT_AGREED,
    screened,
    somebody,
)

NORTH, SOUTH = "North Bank crossing (invented)", "South Bank crossing (invented)"
MONDAY, TUESDAY = "2026-03-02", "2026-03-03"
SHE_SAID_NO = "Zarifa Invented-Wayfarer"


@dataclass
class Land:
    """What happened before the first story begins."""

    headquarters: Office
    north: OpenVault
    south: OpenVault
    afraid: Finished
    hurt: Finished
    private: Finished
    exported: dict[str, Exported]
    looked: dict[str, Verified]
    imported: dict[str, Imported]
    sticks: dict[str, Path]


@pytest.fixture(scope="module")
def land(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Land]:
    """Both posts enrol, interview and send; headquarters looks and imports."""
    headquarters = offices.found(tmp_path_factory.mktemp("headquarters"), "Invented River Service")
    sticks = {NORTH: tmp_path_factory.mktemp("north stick"), SOUTH: tmp_path_factory.mktemp("south stick")}
    north = offices.open_post(tmp_path_factory.mktemp("north") / "vault", NORTH)
    south = offices.open_post(tmp_path_factory.mktemp("south") / "vault", SOUTH)
    enrol_step_by_step(north, headquarters)
    offices.enrol(south, headquarters)

    afraid = screened(north, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody("Amaru Testperson"), FEAR)
    refer.confirm(north, afraid.case, "C01", "C01-1")
    private = screened(north, NO_URGENT_NEED, IN_PRIVATE, NOT_AGREED, somebody(SHE_SAID_NO), FEAR, HURT)
    clock_of(south).turn(days=1)
    ill = {**NO_URGENT_NEED, "urgent_medical": "yes"}
    hurt = screened(south, ill, IN_PRIVATE, AGREED, somebody("Bilo Testperson"), HURT)

    exported, looked, imported = {}, {}, {}
    for post in (north, south):
        exported[post.name] = exchange.export(post, sticks[post.name])
        (file,) = exported[post.name].files
        looked[post.name] = importing.look(headquarters.vault, sticks[post.name] / file)
        imported[post.name] = importing.import_bundle(headquarters.vault, sticks[post.name] / file)
    yield Land(headquarters, north, south, afraid, hurt, private, exported, looked, imported, sticks)
    for vault in (headquarters.vault, north, south):
        vault.close()


def enrol_step_by_step(post: OpenVault, headquarters: Office) -> None:
    """The office file goes to the post, a request comes back, a certificate goes to the post."""
    assert post.recovery_missing
    office_file = enrolment.office_file(headquarters.vault).content
    said_at_headquarters = enrolment.office_summary(headquarters.vault).words
    read_at_the_post = enrolment.read_office_file(office_file).words
    assert read_at_the_post == said_at_headquarters
    assert len(set(read_at_the_post)) >= 5, "words that two people can compare over the phone"
    assert enrolment.enrolment(post).office is None, "looking at a file trusts nobody"

    enrolment.trust_office(post, office_file)
    request = enrolment.device_request(post).content
    assert enrolment.read_request(request) == enrolment.own_words(post)
    certificate = enrolment.certify(headquarters.vault, request, headquarters.offline_file, OFFLINE_PHRASE)
    enrolment.accept_certificate(post, certificate.content)
    assert enrolment.enrolment(post).certified
    assert not post.recovery_missing


def test_before_enrolment_nothing_is_exported_and_the_missing_recovery_slot_is_shown(
    post: OpenVault, tmp_path: Path
) -> None:
    screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody("Caro Testperson"))
    assert post.recovery_missing
    assert not enrolment.enrolment(post).recovery_slot
    with pytest.raises(PersonFault, match=r"exchange\.not_enrolled"):
        exchange.export(post, tmp_path / "stick-0")
    assert list((tmp_path / "stick-0").iterdir()) == []


def test_words_that_differ_show_that_the_file_is_from_somebody_else(land: Land, other_office: Office) -> None:
    foreign = enrolment.office_file(other_office.vault).content
    ours = enrolment.office_summary(land.headquarters.vault).words
    assert enrolment.read_office_file(foreign).words != ours
    with pytest.raises(PersonFault, match=r"enrol\.other_office"):
        enrolment.trust_office(land.north, foreign)
    office = enrolment.enrolment(land.north).office
    assert office is not None
    assert office.words == ours


def test_headquarters_sees_who_sent_which_range_and_that_nothing_is_missing(land: Land) -> None:
    for post in (land.north, land.south):
        seen = land.looked[post.name]
        assert seen.sender.post == post.name
        assert (seen.first, seen.last) == (1, land.exported[post.name].entries)
        assert seen.hole is None
        assert not seen.already_held
        assert land.imported[post.name].entries_new == seen.last


def test_a_bundle_has_a_name_and_bytes_that_say_nothing(land: Land) -> None:
    for name, stick in land.sticks.items():
        (file,) = land.exported[name].files
        content = (stick / file).read_bytes()
        assert content.startswith(b"age-encryption.org/")
        for word in (name, "Testperson", land.afraid.number, "screening"):
            assert word.encode() not in content
            assert word not in file


def test_headquarters_lists_the_cases_by_number_and_never_by_name(land: Land) -> None:
    rows = {row.number: row for row in report.cases(land.headquarters.vault)}
    assert set(rows) == {land.afraid.number, land.hurt.number}
    afraid, hurt = rows[land.afraid.number], rows[land.hurt.number]
    assert (afraid.post, afraid.opened, afraid.form) == (NORTH, MONDAY, "screening")
    assert afraid.confirmed == ("C01",)
    assert (hurt.post, hurt.opened, hurt.state) == (SOUTH, TUESDAY, CaseState.SUGGESTED)
    assert {"C10", "C11"} <= set(hurt.suggested)
    assert "Testperson" not in repr(rows)


def test_headquarters_counts_by_category_and_day(land: Land) -> None:
    table = report.counts(land.headquarters.vault)
    assert table.days == (MONDAY, TUESDAY)
    assert table.cases.value == 2
    assert table.cells[MONDAY, "C01"].confirmed.value == 1
    assert table.cells[TUESDAY, "C10"].suggested.value == 1
    assert table.cells[TUESDAY, "C10"].confirmed.value == 0, "asked in full, and nobody confirmed it yet"
    assert table.cells[TUESDAY, "C22"].suggested.value is None, "the journey was not asked: not 0"
    assert table.totals["C11"].suggested.value == 1


def test_a_person_who_said_no_to_headquarters_travels_as_links_only(land: Land) -> None:
    about_her = land.north.journal.about(f"case/{land.private.case}")
    # … and of the one who agreed, the answers that headquarters has no use for, and what is sealed.
    sealed_kinds = ("submission.sealed", "submission.sealed_kept")
    about_others = [entry for entry, _ in land.north.journal.entries(land.north.stream)]
    sealed = [
        entry
        for entry in about_others
        if entry.kind in sealed_kinds and entry.subject_id != land.private.case
    ]
    links = len(about_her) + land.exported[NORTH].cases + len(sealed)
    assert land.exported[NORTH].withheld == links > 4
    assert land.imported[NORTH].withheld == links
    assert land.imported[NORTH].hole is None, "withheld is no hole"
    assert land.exported[NORTH].cases == 1
    everywhere = links + land.exported[SOUTH].withheld
    assert report.counts(land.headquarters.vault).withheld.value == everywhere
    for entry, _ in about_her:
        assert land.headquarters.vault.journal.payload(entry.payload) is None
    held = everything_held(land.headquarters.vault)
    assert land.afraid.number.encode() in held, "the search finds somebody who agreed"
    assert b"Amaru Testperson" not in held, "headquarters has no use for a name"
    assert SHE_SAID_NO.encode() not in held
    assert land.private.number.encode() not in held
    assert land.private.instance_id.encode() not in held
    assert SHE_SAID_NO.encode() in everything_held(land.north)


def test_importing_twice_has_no_effect(land: Land) -> None:
    headquarters = land.headquarters.vault
    (file,) = land.exported[SOUTH].files
    before = headquarters.journal.heads(), report.counts(headquarters), everything_held(headquarters)
    assert importing.look(headquarters, land.sticks[SOUTH] / file).already_held
    again = importing.import_bundle(headquarters, land.sticks[SOUTH] / file)
    assert again.already
    assert (again.entries_new, again.cases_new) == (0, 0)
    assert (
        headquarters.journal.heads(),
        report.counts(headquarters),
        everything_held(headquarters),
    ) == before


def test_the_next_export_continues_where_the_first_ended(land: Land, tmp_path: Path) -> None:
    """No receipt covers anything yet, so the second bundle carries all; only what is new counts as new."""
    post = offices.open_post(tmp_path / "vault", "Ferry landing (invented)")
    offices.enrol(post, land.headquarters)
    screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody("Dao Testperson"))
    first = carry(post, land.headquarters, tmp_path)
    later = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody("Ede Testperson"))
    second = carry(post, land.headquarters, tmp_path)
    assert second.hole is None
    assert second.entries_known == first.last
    assert second.last == first.last + second.entries_new
    assert second.cases_new == 1
    assert later.number in {row.number for row in report.cases(land.headquarters.vault)}
    assert land.headquarters.vault.journal.verify(post.stream).sound
    post.close()


def test_a_lost_stick_is_no_alarm(land: Land, tmp_path: Path) -> None:
    post = offices.open_post(tmp_path / "vault", "Hill station (invented)")
    offices.enrol(post, land.headquarters)
    lost = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody("Faro Testperson"))
    exchange.export(post, tmp_path)  # and this stick fell into the river
    screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody("Gana Testperson"))
    arrived = carry(post, land.headquarters, tmp_path)
    assert arrived.hole is None
    assert arrived.cases_new == 2
    assert lost.number in {row.number for row in report.cases(land.headquarters.vault)}
    post.close()


def test_recovery_drill_with_nothing_but_the_stick_and_the_age_of_the_distribution(
    land: Land, tmp_path: Path
) -> None:
    """Everybody at the post forgot their phrase. Headquarters takes its stick out of the safe."""
    sealed = tmp_path / "recovery.age"
    assert land.south.header.recovery is not None
    sealed.write_bytes(land.south.header.recovery)
    key = tmp_path / "key.txt"
    key.write_bytes(land.headquarters.offline.recovery.to_bytes())
    opened = subprocess.run(
        ["age", "-d", "-i", str(key), str(sealed)], capture_output=True, check=True
    ).stdout

    land.south.database.checkpoint()
    copy = tmp_path / DATABASE_FILE
    copy.write_bytes((land.south.folder / DATABASE_FILE).read_bytes())
    database = Database.open(copy, Keyring.from_bytes(opened).database)
    assert database.rows("SELECT number FROM cases") == [(land.hurt.number,)]
    database.close()


def test_the_recovery_slot_opens_for_no_other_headquarters(
    land: Land, other_office: Office, tmp_path: Path
) -> None:
    sealed = tmp_path / "recovery.age"
    sealed.write_bytes(land.south.header.recovery or b"")
    key = tmp_path / "key.txt"
    key.write_bytes(other_office.offline.recovery.to_bytes())
    tried = subprocess.run(["age", "-d", "-i", str(key), str(sealed)], capture_output=True)
    assert tried.returncode != 0
    assert tried.stdout == b""
