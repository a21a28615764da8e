"""What goes wrong at a desk: each time a clear sentence with the next step, nothing lost, nothing half-written.

Broken files come from sticks, mail and worn-out disks; wrong phrases from tired people at night.
"""

import errno
import hashlib
import os
import re
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from fieldkit import files
from fieldkit.crypto.primitives import FOR_TESTS
from fieldkit.domain.errors import FieldkitError
from fieldkit.languages import catalogues
from fieldkit.languages.messages import sentence
from fieldkit.services import administer, exchange, importing, intake
from fieldkit.services.new_vault import NewVault, create_vault
from fieldkit.services.vault import Desk, OpenVault, SignIn, at_door
from fieldkit.services.world import World
from fieldkit.storage.database import DATABASE_FILE
from fieldkit.storage.slots import FIRST_COPY, SECOND_COPY, copies_differ
from fieldkit.storage.versions import HEADER_FORMAT, SCHEMA
from fieldkit.sync import outgoing
from tests.conftest import PHRASE, MakeVault
from tests.forms.xlsforms import survey, xlsx
from tests.stories import offices
from tests.stories.offices import Office, everything_held
from tests.stories.people import (
    AGREED,
    AN_ADULT,
    FEAR,
    IN_PRIVATE,
    NO_URGENT_NEED,
    answer_all,
    begin,
    ref_of,
    screened,
)
from tests.worlds import CountedRandomness, HandClock

A_CODE = re.compile(r"\b[a-z]+\.[a-z]+_[a-z_]+\b|\b(?:vault|bundle|form|exchange|gate)\.[a-z_]+\b")
A_PLACEHOLDER = re.compile(r"[{}]|%\(|…")


def told(error: FieldkitError) -> str:
    """The sentence a person reads, after looking whether it is one: in English, French, Spanish and Arabic."""
    for tag in ("en", "fr", "es", "ar"):
        said = sentence(error, catalogues.load(tag, "interface"))
        assert not A_PLACEHOLDER.search(said), f"{tag}: something was not filled in: {said}"
        assert not A_CODE.search(said), f"{tag}: a code is for the log, not for a person: {said}"
        assert "no sentence for" not in said, error.code
        assert len(re.findall(r"[.؟?](?:\s|$)", said)) >= 2, f"{tag}: what happened, then what to do: {said}"
    return sentence(error, catalogues.load("en", "interface"))


def refused(step: Callable[[], object]) -> FieldkitError:
    """The refusal of a step that must not succeed."""
    with pytest.raises(FieldkitError) as caught:
        step()
    return caught.value


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file of a vault, byte by byte."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


# --- at the door ----------------------------------------------------------------------------------------


class Ticks:
    """A clock that only goes forward, by hand."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A vault with one finished interview, closed for the night."""
    place = tmp_path / "closed"
    vault = offices.open_post(place, "Night post (invented)")
    screened(vault, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR)
    vault.close()
    return place


def at_the_door(folder: Path, ticks: Ticks | None = None) -> tuple[SignIn, str]:
    """The sign-in of a closed vault, and who can be picked there."""
    shown = at_door(folder)
    assert shown is not None
    world = World(HandClock(), CountedRandomness("door"), ticks or Ticks())
    return SignIn(folder, world, FOR_TESTS), shown.people[0].id


def sign_in(folder: Path) -> OpenVault:
    door, person = at_the_door(folder)
    return door.open(person, PHRASE)


def cases_in(folder: Path) -> int:
    vault = sign_in(folder)
    try:
        assert vault.journal.verify(vault.stream).sound
        return vault.queries.case_count()
    finally:
        vault.close()


def test_a_wrong_phrase_costs_more_time_each_time_and_the_right_one_works_after_it(folder: Path) -> None:
    ticks, waits = Ticks(), []
    door, person = at_the_door(folder, ticks)
    for _ in range(6):
        fault = refused(lambda: door.open(person, "stone river quiet lantern meadow orbit"))
        assert "does not open the vault" in told(fault)
        waits.append(door.wait_seconds())
        ticks.seconds += door.wait_seconds()
    assert waits == [0, 0, 1, 2, 4, 8]
    vault = door.open(person, PHRASE)
    assert vault.queries.case_count() == 1
    vault.close()


def test_somebody_who_does_not_wait_is_told_how_long_and_loses_nothing(folder: Path) -> None:
    ticks = Ticks()
    door, person = at_the_door(folder, ticks)
    for _ in range(3):
        refused(lambda: door.open(person, "wrong"))
    fault = refused(lambda: door.open(person, PHRASE))
    assert fault.code == "vault.wait"
    assert "Wait for 1 s" in told(fault)
    restarted, _ = at_the_door(folder, ticks)
    assert restarted.wait_seconds() == 1, "starting the program again gains nothing"
    ticks.seconds += 1
    restarted.open(person, PHRASE).close()


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda content: b"",
    "cut short": lambda content: content[: len(content) // 2],
    "zeros": lambda content: bytes(len(content)),
    "one bit turned": lambda content: content[:200] + bytes([content[200] ^ 1]) + content[201:],
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_first_header_is_passed_over_told_and_mended_at_the_next_sign_in(
    folder: Path, damage: str
) -> None:
    first = folder / FIRST_COPY
    first.write_bytes(DAMAGE[damage](first.read_bytes()))
    shown = at_door(folder)
    assert shown is not None
    assert shown.second_copy_used, "told before anybody signs in"
    vault = sign_in(folder)
    assert vault.second_copy_used, "and told to whoever signed in"
    vault.close()
    assert not copies_differ(folder)
    (folder / SECOND_COPY).unlink()
    assert cases_in(folder) == 1, "the mended copy opens the vault by itself"


def test_two_lost_headers_leave_the_records_also_when_a_new_vault_is_made_in_their_place(
    folder: Path,
) -> None:
    lost = {name: (folder / name).read_bytes() for name in (FIRST_COPY, SECOND_COPY)}
    records = (folder / DATABASE_FILE).read_bytes()
    for name in lost:
        (folder / name).unlink()
    new = NewVault(desk=Desk.POST, name="New post (invented)", person="O.", language="en", phrase=PHRASE)
    create_vault(folder, new, World(HandClock(), CountedRandomness("anew")), FOR_TESTS).close()
    (aside,) = folder.glob(f"{DATABASE_FILE}.aside-*")
    assert aside.read_bytes() == records
    aside.replace(folder / DATABASE_FILE)
    for name, content in lost.items():
        (folder / name).write_bytes(content)
    assert cases_in(folder) == 1


def test_two_damaged_headers_leave_the_records_and_say_whom_to_ask(folder: Path) -> None:
    for name in (FIRST_COPY, SECOND_COPY):
        (folder / name).write_bytes(b"\x00" * 64)
    before = bytes_of(folder)
    fault = refused(lambda: at_door(folder))
    assert "safe place" in told(fault)
    assert "headquarters" in told(fault)
    assert bytes_of(folder) == before


def newer_header(folder: Path) -> None:
    """As a newer program spells it: its own version, a checksum that is right, and a body nobody here knows."""
    number = HEADER_FORMAT + 1
    first, body = b"fieldkit vault %d\n" % number, b'{"format":%d,"people":"kept elsewhere"}\n' % number
    checksum = hashlib.sha256(first + body).hexdigest().encode()
    (folder / FIRST_COPY).write_bytes(first + checksum + b"\n" + body)


def newer_records(folder: Path) -> None:
    vault = sign_in(folder)
    with vault.database.transaction():
        vault.database.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    vault.close()


@pytest.mark.parametrize("newer", [newer_header, newer_records])
def test_a_vault_of_a_newer_program_is_refused_and_not_one_byte_changes(
    folder: Path, newer: Callable[[Path], None]
) -> None:
    newer(folder)
    before = bytes_of(folder)
    fault = refused(lambda: sign_in(folder))
    assert fault.code == "vault.newer"
    assert "Install the newer version" in told(fault)
    assert bytes_of(folder) == before


def test_a_second_window_is_sent_to_the_first(folder: Path) -> None:
    vault = sign_in(folder)
    fault = refused(lambda: sign_in(folder))
    assert "open in another window" in told(fault)
    vault.close()
    assert cases_in(folder) == 1


# --- while interviewing ---------------------------------------------------------------------------------


def fill_the_disk(vault: OpenVault) -> None:
    """As SQLite sees a full disk: not one page more."""
    pages = vault.database.number("PRAGMA page_count")
    vault.database.rows(f"PRAGMA max_page_count = {pages}")


def make_room(vault: OpenVault) -> None:
    vault.database.rows("PRAGMA max_page_count = 1000000")


def test_an_answer_that_the_disk_refused_is_not_shown_as_answered(post: OpenVault) -> None:
    interview = begin(post)
    answer_all(interview, NO_URGENT_NEED, IN_PRIVATE, AGREED)
    name, long = ref_of(interview, "name_told"), "A Very Long Invented Name " * 2000
    fill_the_disk(post)
    fault = refused(lambda: interview.answer(name, long))
    assert "disk is full" in told(fault)
    assert interview.session.value(name) == ""
    make_room(post)
    again = intake.resume(post, interview.draft_id)
    assert again.session.value(name) == ""
    assert again.fact("share_headquarters") == "yes", "what was shown as saved is safe"
    again.answer(name, "Amaru Testperson")
    assert intake.finish(post, again).case


def test_an_interview_that_the_disk_refused_to_finish_is_still_a_draft(post: OpenVault) -> None:
    interview = begin(post)
    answer_all(interview, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR)
    fill_the_disk(post)
    before = post.journal.head(post.stream)
    told(refused(lambda: intake.finish(post, interview)))
    make_room(post)
    assert post.journal.head(post.stream) == before
    assert post.queries.case_count() == 0
    assert [row.id for row in intake.drafts(post)] == [interview.draft_id]
    assert intake.finish(post, interview).case


def test_a_part_that_is_closed_says_what_opens_it(post: OpenVault) -> None:
    interview = begin(post)
    said = told(refused(lambda: interview.answer(ref_of(interview, "name_told"), "Amaru Testperson")))
    assert "agreement" in said


# --- forms ----------------------------------------------------------------------------------------------

BROKEN: dict[str, tuple[bytes, str, int]] = {
    "a kind of question that does not exist": (xlsx(survey=survey(("txet", "a", "A"))), "survey", 2),
    "a list that is not there": (xlsx(survey=survey(("select_one nowhere", "a", "A"))), "survey", 2),
    "a condition about a question that is not there": (
        xlsx(
            survey=survey(
                ("text", "a", "A", ""),
                ("text", "b", "B", "${c} = 'x'"),
                header=("type", "name", "label", "relevant"),
            )
        ),
        "survey",
        3,
    ),
    "two questions of one name": (xlsx(survey=survey(("text", "a", "A"), ("text", "a", "B"))), "survey", 3),
    "a group without an end": (
        xlsx(survey=survey(("begin_group", "g", "G"), ("text", "a", "A"))),
        "survey",
        2,
    ),
    "a calculation that cannot be read": (
        xlsx(
            survey=survey(("calculate", "a", "", "1 + + ("), header=("type", "name", "label", "calculation"))
        ),
        "survey",
        2,
    ),
}


@pytest.mark.parametrize("mistake", BROKEN)
def test_a_broken_form_gets_sheet_row_and_remedy_and_changes_nothing(post: OpenVault, mistake: str) -> None:
    content, sheet, row = BROKEN[mistake]
    before, offered = post.journal.heads(), intake.offered_forms(post)
    report = administer.install_form(post, content, "broken.xlsx")
    assert not report.is_usable
    assert (sheet, row) in {(problem.sheet, problem.row) for problem in report.errors}
    for problem in report.problems:
        said = sentence(problem.as_error(), catalogues.load("en", "interface"))
        assert said
        assert not A_PLACEHOLDER.search(re.sub(r"\$\{\w*\}", "", said)), said
        assert "no sentence for" not in said, problem.code
    assert post.journal.heads() == before
    assert intake.offered_forms(post) == offered


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04 no workbook", xlsx()[:-40], os.urandom(64)],
    ids=["empty", "zip", "cut", "noise"],
)
def test_a_file_that_is_no_form_says_so_and_changes_nothing(post: OpenVault, content: bytes) -> None:
    before = post.journal.heads()
    report = administer.install_form(post, content, "holiday.xlsx")
    assert [told(problem.as_error()) for problem in report.errors]
    assert post.journal.heads() == before


def test_a_form_that_was_mended_is_offered(post: OpenVault) -> None:
    assert not administer.install_form(post, BROKEN["two questions of one name"][0], "a.xlsx").is_usable
    assert administer.install_form(post, xlsx(), "a.xlsx").is_usable
    assert "small" in {form.id for form in intake.offered_forms(post)}


# --- bundles --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory, office: Office) -> Path:
    """A good bundle from a post of this headquarters, not imported yet."""
    post = offices.open_post(tmp_path_factory.mktemp("post") / "vault", "Bridge post (invented)")
    offices.enrol(post, office)
    screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR)
    stick = tmp_path_factory.mktemp("stick")
    (name,) = exchange.export(post, stick).files
    post.close()
    return stick / name


def state_of(vault: OpenVault) -> object:
    return vault.journal.heads(), everything_held(vault)


def altered(path: Path, change: Callable[[bytes], bytes]) -> Path:
    other = path.with_name("altered.fkb")
    other.write_bytes(change(path.read_bytes()))
    return other


def test_a_bundle_for_somebody_else_is_given_back_unseen(bundle: Path, other_office: Office) -> None:
    before = state_of(other_office.vault)
    fault = refused(lambda: importing.import_bundle(other_office.vault, bundle))
    assert fault.code == "bundle.not_for_us"
    assert "Give it back" in told(fault)
    assert state_of(other_office.vault) == before


@pytest.mark.parametrize("kept", [0, 1, 100, 4096, -1])
def test_a_bundle_that_was_cut_short_is_copied_again(bundle: Path, office: Office, kept: int) -> None:
    before = state_of(office.vault)
    cut = altered(bundle, lambda content: content[:kept])
    said = told(refused(lambda: importing.import_bundle(office.vault, cut)))
    assert "Nothing was imported" in said
    assert state_of(office.vault) == before


@pytest.mark.parametrize("share", [0.0, 0.0002, 0.01, 0.5, 0.999])
def test_a_bundle_in_which_one_bit_was_turned_is_refused(bundle: Path, office: Office, share: float) -> None:
    before = state_of(office.vault)

    def turn(content: bytes) -> bytes:
        place = int(len(content) * share)
        return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]

    said = told(refused(lambda: importing.import_bundle(office.vault, altered(bundle, turn))))
    assert "Nothing was imported" in said
    assert state_of(office.vault) == before


def test_what_is_no_bundle_is_said_to_be_none(office: Office, tmp_path: Path) -> None:
    note, link = tmp_path / "note.fkb", tmp_path / "link.fkb"
    note.write_text("a shopping list", encoding="utf-8")
    with suppress(OSError):  # Windows lets only some people make links; then it is a file that is not there
        link.symlink_to(note)
    for path in (note, link, tmp_path, tmp_path / "gone.fkb"):
        fault = refused(partial(importing.look, office.vault, path))
        assert "Nothing was imported" in told(fault)


def test_a_bundle_imported_twice_changes_nothing_the_second_time(bundle: Path, office: Office) -> None:
    assert importing.import_bundle(office.vault, bundle).cases_new == 1
    before = state_of(office.vault)
    assert importing.import_bundle(office.vault, bundle).already
    assert state_of(office.vault) == before


def test_an_import_that_the_disk_refused_leaves_nothing_behind(office: Office, tmp_path: Path) -> None:
    post = offices.open_post(tmp_path / "vault", "Harbour post (invented)")
    offices.enrol(post, office)
    for _ in range(4):
        screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR)
    (name,) = exchange.export(post, tmp_path).files
    before = state_of(office.vault)
    fill_the_disk(office.vault)
    assert "disk is full" in told(refused(lambda: importing.import_bundle(office.vault, tmp_path / name)))
    make_room(office.vault)
    assert state_of(office.vault) == before
    assert importing.import_bundle(office.vault, tmp_path / name).cases_new == 4
    post.close()


# --- exporting ------------------------------------------------------------------------------------------


@pytest.fixture
def enrolled(make_vault: MakeVault, office: Office) -> OpenVault:
    """A post that may export, with one interview to send."""
    post = make_vault("Island post (invented)")
    offices.enrol(post, office)
    screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR)
    return post


class FullStick:
    """A stick that takes `room` files and then no byte more; what it is asked to sync is written half."""

    def __init__(self, room: int = 0) -> None:
        self.room = room

    def __call__(self, descriptor: int) -> None:
        if self.room == 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        self.room -= 1


def no_sync(folder: Path) -> None:
    """A stick whose folder cannot be synced: pulled out in the last moment."""
    raise OSError(errno.EIO, "Input/output error")


@pytest.mark.parametrize("room", [0, 2])
def test_a_stick_that_is_full_holds_no_half_file_and_the_rest_goes_onto_the_next(
    enrolled: OpenVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    monkeypatch.setattr(outgoing, "BATCH_ENTRIES", 5)  # several bundles, so that some fit and one does not
    stick, before = tmp_path / "stick", enrolled.journal.heads()
    stick.mkdir()
    (stick / "somebody else's.txt").write_bytes(b"stays")
    with pytest.MonkeyPatch.context() as full:
        full.setattr(files, "sync_folder", lambda folder: None)
        full.setattr(os, "fsync", FullStick(room))
        if room:
            first = exchange.export(enrolled, stick)
            assert (len(first.files), first.left > 0) == (room, True)
        else:
            fault = refused(lambda: exchange.export(enrolled, stick))
            assert fault.code == "exchange.disk_full"
            assert "Make room" in told(fault)
            assert enrolled.journal.heads() == before, "an export that failed is not recorded as one"
    assert len(list(stick.iterdir())) == 1 + room, "whole files, and what was there before"
    rest = exchange.export(enrolled, stick)
    assert len(rest.files) + room > 2
    assert rest.left == 0


def test_a_stick_that_is_pulled_out_holds_no_file_that_is_not_recorded(
    enrolled: OpenVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick, before = tmp_path / "stick", enrolled.journal.heads()
    stick.mkdir()
    monkeypatch.setattr(files, "sync_folder", no_sync)
    assert "Your records are safe" in told(refused(lambda: exchange.export(enrolled, stick)))
    assert list(stick.iterdir()) == []
    assert enrolled.journal.heads() == before


def test_a_folder_that_is_gone_is_told(enrolled: OpenVault, tmp_path: Path) -> None:
    said = told(refused(lambda: exchange.export(enrolled, tmp_path / "gone")))
    assert "Put the stick in" in said
