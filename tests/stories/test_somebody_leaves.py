"""Somebody leaves, or a phrase is suspected: what they know opens nothing any more."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from fieldkit.crypto.person_keys import openable, unwrap_person
from fieldkit.crypto.primitives import FOR_TESTS
from fieldkit.domain.access import Role
from fieldkit.domain.classes import SealedClass
from fieldkit.domain.errors import FieldkitError
from fieldkit.files import write_whole
from fieldkit.services import backup, checkup, intake, people, rescue
from fieldkit.services.people import NewAccount
from fieldkit.services.rekey import Rekeyed
from fieldkit.services.vault import OpenVault, SignIn, at_door
from fieldkit.storage import rekey, slots
from fieldkit.storage.database import DATABASE_FILE
from fieldkit.storage.rekey import FORMER_DATABASE, NEXT_DATABASE
from fieldkit.storage.slots import FIRST_COPY, NEXT_HEADER, SECOND_COPY
from tests.conftest import PHRASE
from tests.stories import offices
from tests.stories import people as talks
from tests.stories.accounts import (
    ADMINISTRATOR,
    BILAL,
    CLARA,
    NEW_PHRASE,
    Laptop,
    people_at,
    screened,
)
from tests.stories.offices import Office
from tests.worlds import world

NAME = "Amaru Leavetest-Invented"


@pytest.fixture
def laptop(post: OpenVault) -> Laptop:
    screened(post, NAME)
    return people_at(post)


def code(call: Callable[[], object]) -> str:
    with pytest.raises(FieldkitError) as fault:
        call()
    return fault.value.code


def leaves(laptop: Laptop, label: str) -> Rekeyed:
    admin = laptop.in_as(ADMINISTRATOR)
    return people.end(admin, laptop.ids[label])


def lay(headers: Path, folder: Path) -> None:
    for name in (FIRST_COPY, SECOND_COPY):
        shutil.copyfile(headers / name, folder / name)


def test_who_left_has_no_way_in_and_the_others_notice_nothing(laptop: Laptop) -> None:
    done = leaves(laptop, CLARA)
    assert (done.without_way, done.copies) == ((), ())
    door = at_door(laptop.folder)
    assert door is not None and [one.label for one in door.people] == [ADMINISTRATOR, BILAL]
    assert code(lambda: laptop.in_as(CLARA)) == "vault.no_such_person"
    for label in (ADMINISTRATOR, BILAL, ADMINISTRATOR, BILAL):
        vault = laptop.in_as(label)  # with the phrase they always had, now and the next time
        assert [row.case for row in vault.queries.cases()], "everything is there"
        assert vault.journal.verify(vault.stream).sound
        vault.close()
    admin = laptop.in_as(ADMINISTRATOR)
    assert people.left(admin) == (CLARA,)
    assert admin.queries.person(laptop.ids[CLARA])[0] == CLARA, "what she wrote still says who"
    admin.close()


def test_interviews_that_others_have_begun_go_on(laptop: Laptop) -> None:
    bilal = laptop.in_as(BILAL)
    interview = talks.begin(bilal)
    talks.answer_all(interview, talks.NO_URGENT_NEED)
    bilal.close()
    leaves(laptop, CLARA)
    bilal = laptop.in_as(BILAL)
    resumed = intake.resume(bilal, interview.draft_id)
    assert resumed.session.typed(talks.ref_of(resumed, "urgent_medical")) == "no"
    bilal.close()


def test_the_old_header_with_the_old_phrase_does_not_open_the_new_vault(
    laptop: Laptop, tmp_path: Path
) -> None:
    """Both copies, and each of them beside a new one; hers, and those of people who stayed."""
    kept = laptop.headers(tmp_path / "kept by Clara")
    old = slots.unlock(kept, laptop.ids[CLARA], laptop.phrases[CLARA], FOR_TESTS).keys
    leaves(laptop, CLARA)
    new = laptop.headers(tmp_path / "new")
    lay(kept, laptop.folder)
    for label in (CLARA, BILAL, ADMINISTRATOR):
        assert code(lambda who=label: laptop.in_as(who)) == "vault.not_this_key"  # type: ignore[misc]
    for name in (FIRST_COPY, SECOND_COPY):
        lay(new, laptop.folder)
        shutil.copyfile(kept / name, laptop.folder / name)
        assert code(lambda: laptop.in_as(CLARA)) in ("vault.no_such_person", "vault.not_this_key")
    lay(new, laptop.folder)
    ring = slots.unlock(laptop.folder, laptop.ids[BILAL], laptop.phrases[BILAL], FOR_TESTS).keys
    assert ring.database != old.database
    content = b"".join(path.read_bytes() for path in laptop.folder.iterdir())
    assert old.database.raw.hex().encode() not in content


def test_the_key_of_who_left_opens_nothing_in_the_new_header(laptop: Laptop, tmp_path: Path) -> None:
    """Her phrase still opens her own key in the old header; nothing new is sealed to that."""
    kept = laptop.headers(tmp_path / "kept")
    before = slots.read_header(kept)[0]
    slot = before.slot(laptop.ids[CLARA])
    assert slot is not None
    hers = unwrap_person(
        slot.wrapped, laptop.phrases[CLARA], vault=before.vault, person=slot.person, policy=FOR_TESTS
    )
    assert openable(slot.pieces, hers.sealing) != []
    leaves(laptop, CLARA)
    after = slots.read_header(laptop.folder)[0]
    assert [openable(one.pieces, hers.sealing) for one in after.slots] == [[], []]


def test_class_keys_she_held_are_new_and_open_what_was_sealed_before(laptop: Laptop, tmp_path: Path) -> None:
    kept = laptop.headers(tmp_path / "kept")
    hers = slots.unlock(kept, laptop.ids[CLARA], laptop.phrases[CLARA], FOR_TESTS).keys
    leaves(laptop, CLARA)
    admin = laptop.in_as(ADMINISTRATOR)
    for name in SealedClass:
        renewed = name in hers.classes
        assert renewed is (name is not SealedClass.HEALTH and name is not SealedClass.CHILD_PROTECTION)
        held = admin.ring.classes[name]
        assert not renewed or held != hers.classes[name]
    admin.close()


def test_a_suspected_phrase_opens_nothing_any_more(laptop: Laptop, tmp_path: Path) -> None:
    kept = laptop.headers(tmp_path / "kept")
    old = laptop.phrases[BILAL]
    bilal = laptop.in_as(BILAL)
    people.change_own_phrase(bilal, old, NEW_PHRASE, suspected=True)
    assert code(lambda: laptop.in_as(BILAL)) == "vault.wrong_phrase"
    laptop.in_as(BILAL, NEW_PHRASE).close()
    laptop.in_as(CLARA).close()
    lay(kept, laptop.folder)
    assert code(lambda: laptop.in_as(BILAL, old)) == "vault.not_this_key"


def test_somebody_elses_suspected_phrase_is_replaced_by_the_administrator(laptop: Laptop) -> None:
    admin = laptop.in_as(ADMINISTRATOR)
    assert people.give_phrase(admin, laptop.ids[CLARA], NEW_PHRASE, suspected=True) is not None
    assert code(lambda: laptop.in_as(CLARA)) == "vault.wrong_phrase"
    clara = laptop.in_as(CLARA, NEW_PHRASE)
    assert clara.phrase_due
    assert SealedClass.ASYLUM in clara.ring.classes
    clara.close()


def test_copies_that_her_phrase_still_opens_are_named(laptop: Laptop, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    admin = laptop.in_as(ADMINISTRATOR)
    made = backup.back_up(admin, stick)
    done = people.end(admin, laptop.ids[CLARA])
    assert [copy.name for copy in done.copies] == [made.name]
    copy = backup.found_in(stick)[0]
    again = tmp_path / "again"
    backup.restore(copy, again, laptop.ids[CLARA], laptop.phrases[CLARA], world(), policy=FOR_TESTS)
    SignIn(again, world("again"), FOR_TESTS).open(laptop.ids[CLARA], laptop.phrases[CLARA]).close()


def test_the_recovery_slot_is_renewed_at_once(laptop: Laptop, office: Office) -> None:
    admin = laptop.in_as(ADMINISTRATOR)
    offices.enrol(admin, office)
    before = admin.header.recovery
    people.end(admin, laptop.ids[CLARA])
    after = slots.read_header(laptop.folder)[0]
    assert after.recovery is not None and after.recovery != before
    (ring,) = openable([after.recovery], office.offline.recovery)
    present = slots.unlock(laptop.folder, laptop.ids[BILAL], laptop.phrases[BILAL], FOR_TESTS)
    assert present.keys.database.raw.hex().encode() in ring
    for slot in after.slots:
        assert openable(slot.pieces[-1:], office.offline.recovery), "what is new is sealed to it too"


def test_a_vault_without_room_for_a_second_one_stays_as_it_is(
    laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Usage:
        free = 1000

    admin = laptop.in_as(ADMINISTRATOR)
    monkeypatch.setattr("fieldkit.storage.rekey.shutil.disk_usage", lambda folder: Usage)
    assert code(lambda: people.end(admin, laptop.ids[CLARA])) == "rekey.disk_full"
    assert len(people.accounts(admin)) == 3, "still open, and she is still there"
    admin.close()
    laptop.in_as(CLARA).close()


def test_a_job_that_is_cancelled_leaves_the_vault_as_it_was(laptop: Laptop) -> None:
    class Stop(Exception):
        pass

    def stop(done: int, total: int) -> None:
        raise Stop

    admin = laptop.in_as(ADMINISTRATOR)
    with pytest.raises(Stop):
        people.end(admin, laptop.ids[CLARA], stop)
    assert {path.name for path in laptop.folder.iterdir()}.isdisjoint({NEXT_DATABASE, NEXT_HEADER})
    assert len(people.accounts(admin)) == 3
    admin.close()


def test_a_vault_that_waits_for_its_new_database_is_checked_and_rescued(
    laptop: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def killed(folder: Path) -> bool:
        raise Killed

    admin = laptop.in_as(ADMINISTRATOR)
    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(rekey, "finish", killed)
        people.end(admin, laptop.ids[CLARA])
    assert (laptop.folder / NEXT_HEADER).exists() and (laptop.folder / NEXT_DATABASE).exists()
    again, me = tmp_path / "again", laptop.ids[BILAL]
    done = rescue.rescue(laptop.folder, again, me, laptop.phrases[BILAL], world("r"), policy=FOR_TESTS)
    assert done.losses == ()
    assert (laptop.folder / NEXT_DATABASE).exists(), "it was only read"
    examined = checkup.check(laptop.folder, me, laptop.phrases[BILAL], world("c"), policy=FOR_TESTS)
    assert examined.sound
    assert not rekey.waits(laptop.folder)


def test_what_was_begun_and_never_decided_is_cleared_away(laptop: Laptop) -> None:
    """The program was ended while it copied: the old vault stands, with Clara in it."""
    (laptop.folder / NEXT_DATABASE).write_bytes(b"half of a copy")
    (laptop.folder / FORMER_DATABASE).hardlink_to(laptop.folder / DATABASE_FILE)
    laptop.in_as(CLARA).close()
    assert not rekey.waits(laptop.folder)


def test_at_headquarters_too(tmp_path: Path) -> None:
    """Nobody stands above it, so nothing is sealed to anybody else."""
    office = offices.found(tmp_path / "office", "Invented Border Service").vault
    laptop = Laptop(office.folder, {ADMINISTRATOR: PHRASE, BILAL: "vessel room friend occur push shock"})
    laptop.ids[ADMINISTRATOR] = office.person.id
    roles = frozenset({Role.COORDINATOR})
    laptop.ids[BILAL] = people.add(office, NewAccount(BILAL, roles, laptop.phrases[BILAL], own_phrase=True))
    people.end(office, laptop.ids[BILAL])
    assert code(lambda: laptop.in_as(BILAL)) == "vault.no_such_person"
    again = laptop.in_as(ADMINISTRATOR)
    assert again.header.recovery is None and people.left(again) == (BILAL,)
    again.close()


STEPS = ("link", "database", "first header", "second header", "gone")


@pytest.mark.parametrize("cut", range(len(STEPS)))
def test_cut_off_after_the_moment_the_next_sign_in_goes_on(
    laptop: Laptop, cut: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program ends between two of the replacements; what is left is finished without any key."""

    class Killed(BaseException):
        pass

    left = cut

    def step() -> None:
        nonlocal left
        if left == 0:
            raise Killed
        left -= 1

    def linked(folder: Path, target: Path) -> None:
        step()
        replace(folder, target)
        step()

    def written(path: Path, content: bytes) -> None:
        if path.name != NEXT_HEADER:
            step()
        write_whole(path, content)

    replace = rekey._replace_database
    admin = laptop.in_as(ADMINISTRATOR)
    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(rekey, "_replace_database", linked)
        patch.setattr(rekey, "write_whole", written)
        people.end(admin, laptop.ids[CLARA])
        raise Killed  # the last: everything was done
    assert at_door(laptop.folder) is not None
    assert code(lambda: laptop.in_as(CLARA)) == "vault.no_such_person"
    bilal = laptop.in_as(BILAL)
    assert bilal.queries.case_count() == 1
    bilal.close()
    names = {path.name for path in laptop.folder.iterdir()}
    assert names.isdisjoint({NEXT_DATABASE, NEXT_HEADER, FORMER_DATABASE})
    assert DATABASE_FILE in names
