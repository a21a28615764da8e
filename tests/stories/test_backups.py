"""A copy on a stick is whole or not there at all, and is worth what putting it back proves."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from fieldkit.crypto.primitives import FOR_TESTS
from fieldkit.domain.access import Role
from fieldkit.domain.errors import FieldkitError
from fieldkit.services import backup, enrolment
from fieldkit.services.backup import BEGAN, PARENT, Made
from fieldkit.services.new_vault import NewVault, create_vault
from fieldkit.services.vault import Desk, OpenVault, SignIn
from fieldkit.storage import slots
from fieldkit.storage.backup import UNFINISHED
from fieldkit.storage.database import DATABASE_FILE as DATABASE
from fieldkit.storage.drafts import Done, DraftOp
from fieldkit.storage.slots import FIRST_COPY, SECOND_COPY
from tests.conftest import PHRASE
from tests.stories.desks import only_as
from tests.worlds import world


@pytest.fixture
def vault(tmp_path: Path) -> OpenVault:
    made = create_vault(
        tmp_path / "vault",
        NewVault(Desk.POST, "River post (invented)", "Officer One", "en", PHRASE),
        world("backups"),
        FOR_TESTS,
    )
    for number in range(30):
        work(made, number)
    return made


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


def work(vault: OpenVault, number: int) -> None:
    case = f"case/{number:032x}"
    vault.journal.append(
        actor=vault.person.id, subject=case, kind="case.opened", payload={"number": f"7KQ2-{number:04}"}
    )


def a_draft(vault: OpenVault) -> str:
    draft = vault.drafts.start(
        person=vault.person.id, form="f", version="1", officer_language="en", person_language="ti"
    )
    vault.drafts.log(draft, DraftOp(Done.SET, "/data/a", "water"))
    vault.attachments.keep(draft, b"invented sketch" * 50_000, media_type="image/png", ending="png")
    return draft


def cases(vault: OpenVault) -> set[str]:
    return {row.case for row in vault.queries.cases()}


def put_back(stick: Path, folder: Path, phrase: str = PHRASE) -> OpenVault:
    (copy,) = backup.found_in(stick)
    person = copy.header.slots[0].person
    backup.restore(copy, folder, person, phrase, world("put back"), policy=FOR_TESTS)
    return SignIn(folder, world("after"), FOR_TESTS).open(person, phrase)


def code(work: Callable[[], object]) -> str:
    with pytest.raises(FieldkitError) as caught:
        work()
    return caught.value.code


def test_everything_of_the_moment_of_the_copy_comes_back(
    vault: OpenVault, stick: Path, tmp_path: Path
) -> None:
    draft = a_draft(vault)
    backup.back_up(vault, stick)
    held, streams = cases(vault), vault.journal.heads()
    work(vault, 99)  # not on the stick
    vault.close()
    again = put_back(stick, tmp_path / "other laptop")
    assert cases(again) == held
    assert again.name == "River post (invented)"
    assert [one.op.value for one in again.drafts.history(draft)] == ["water"]
    (file,) = again.attachments.of(f"draft/{draft}")
    assert again.attachments.content(f"draft/{draft}", file.name) == b"invented sketch" * 50_000
    (own,) = streams
    assert again.journal.head(own).number == streams[own].number - 1, (
        "all but the entry that tells of the copy"
    )
    assert again.examine(lambda *_: None).sound
    again.close()


def test_what_was_put_back_writes_a_new_stream_that_names_its_parent(
    vault: OpenVault, stick: Path, tmp_path: Path
) -> None:
    backup.back_up(vault, stick)
    old = vault.stream
    again = put_back(stick, tmp_path / "again")
    parent = again.journal.head(old)
    (first, _) = next(iter(again.journal.entries(again.stream)))
    assert again.stream != old
    assert (first.kind, first.number, first.previous) == (BEGAN, 1, parent.digest)
    assert again.belongings.get(PARENT) == old.encode()
    # The laptop still works, and so does what was put back: the two branches never meet under one name.
    work(vault, 50)
    work(again, 51)
    assert again.journal.verify(again.stream).sound
    assert vault.journal.verify(old).sound
    assert again.journal.head(old) == parent
    again.close()
    vault.close()


def test_a_post_that_was_put_back_is_enrolled_anew_with_its_data_kept(
    vault: OpenVault, stick: Path, tmp_path: Path
) -> None:
    vault.belongings.put("certificate", b"made out to the old stream")
    backup.back_up(vault, stick)
    vault.close()
    again = put_back(stick, tmp_path / "again")
    assert not enrolment.enrolment(again).certified
    assert len(cases(again)) == 30
    again.close()


def test_the_copy_tells_no_more_than_the_laptop_does(vault: OpenVault, stick: Path) -> None:
    made = backup.back_up(vault, stick)
    folder = stick / made.name
    assert {path.name for path in folder.iterdir()} == {DATABASE, FIRST_COPY, SECOND_COPY}
    assert int(made.name, 16) >= 0, "a random name"
    assert b"7KQ2" not in b"".join(path.read_bytes() for path in folder.iterdir())
    if os.name != "nt":
        assert {path.stat().st_mode & 0o077 for path in (folder, *folder.iterdir())} == {0}
    vault.close()


def test_the_list_says_whose_phrases_open_each_copy(vault: OpenVault, stick: Path) -> None:
    first = backup.back_up(vault, stick)
    assert [(one.label, one.still_here, one.same_phrase) for one in first.openers] == [
        ("Officer One", True, True)
    ]
    new_phrase(vault, "vessel room friend occur push shock")
    second = backup.back_up(vault, stick)
    assert [made.name for made in backup.earlier(vault)] == [second.name, first.name]
    newer, older = backup.earlier(vault)
    assert (newer.opens_for_others, older.opens_for_others) == (False, True)
    payloads = [
        vault.journal.payload(entry.payload) for entry, _ in vault.journal.about(f"backup/{first.name}")
    ]
    assert all(payload and b"Officer" not in payload.content for payload in payloads), "nothing about anybody"
    vault.close()


def new_phrase(vault: OpenVault, phrase: str) -> None:
    ring = slots.unlock(vault.folder, vault.person.id, PHRASE, FOR_TESTS).keys
    header = slots.with_slot(
        vault.header,
        ring,
        person=vault.person.id,
        label="Officer One",
        phrase=phrase,
        randomness=vault.world.randomness,
        policy=FOR_TESTS,
    )
    vault.header = slots.write_header(vault.folder, header, ring.database)


def test_an_officer_makes_no_copies(vault: OpenVault, stick: Path) -> None:
    officer = only_as(vault, Role.OFFICER)
    assert code(lambda: backup.back_up(officer, stick)) == "access.not_allowed"
    assert code(lambda: backup.earlier(officer)) == "access.not_allowed"
    assert list(stick.iterdir()) == []
    vault.close()


def test_a_copy_that_is_stopped_at_any_moment_leaves_nothing(vault: OpenVault, stick: Path) -> None:
    class Stop(Exception):
        pass

    told: list[int] = []
    backup.back_up(vault, stick, lambda done, total: told.append(done))
    assert told == sorted(told)
    assert told[-1] == 100
    before = {path.name for path in stick.iterdir()}
    for moment in range(len(told)):
        left = moment

        def stop(done: int, total: int) -> None:
            nonlocal left
            if left == 0:
                raise Stop
            left -= 1

        with pytest.raises(Stop):
            backup.back_up(vault, stick, stop)
        assert {path.name for path in stick.iterdir()} == before, moment
    assert len(backup.earlier(vault)) == 1
    vault.close()


def test_a_damaged_vault_is_not_copied_and_says_so(vault: OpenVault, stick: Path) -> None:
    """The library itself copies a page it cannot read as if it were sound."""
    vault.database.checkpoint()
    path = vault.folder / DATABASE
    damage(path, page=9)
    assert code(lambda: backup.back_up(vault, stick)) == "backup.source_damaged"
    assert list(stick.iterdir()) == []
    vault.close()


def test_a_stick_that_gives_back_other_bytes_is_found_out(
    vault: OpenVault, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lie(part: Path) -> None:
        damage(part / DATABASE, page=7)

    monkeypatch.setattr("fieldkit.storage.backup._forget_cached", lie)
    assert code(lambda: backup.back_up(vault, stick)) == "backup.not_whole"
    assert list(stick.iterdir()) == []
    vault.close()


def test_a_stick_without_room_is_told_before_anything_is_written(
    vault: OpenVault, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Usage:
        free = 1000

    monkeypatch.setattr("fieldkit.storage.backup.shutil.disk_usage", lambda folder: Usage)
    assert code(lambda: backup.back_up(vault, stick)) == "backup.disk_full"
    assert list(stick.iterdir()) == []
    vault.close()


def test_a_copy_inside_the_vault_is_refused(vault: OpenVault) -> None:
    assert code(lambda: backup.back_up(vault, vault.folder)) == "backup.inside_vault"
    vault.close()


@pytest.mark.parametrize("page", [1, 2, 20])
def test_a_damaged_copy_is_not_put_back(vault: OpenVault, stick: Path, tmp_path: Path, page: int) -> None:
    made = backup.back_up(vault, stick)
    vault.close()
    damage(stick / made.name / DATABASE, page)
    target = tmp_path / "again"
    assert code(lambda: put_back(stick, target)) in (
        "restore.not_whole",
        "vault.not_this_key",
        "vault.database_damaged",
    )
    assert not target.exists()


def test_a_wrong_phrase_and_a_full_folder_change_nothing(
    vault: OpenVault, stick: Path, tmp_path: Path
) -> None:
    backup.back_up(vault, stick)
    vault.close()
    target = tmp_path / "again"
    assert (
        code(lambda: put_back(stick, target, "friend vessel room occur push shock")) == "vault.wrong_phrase"
    )
    assert not target.exists()
    target.mkdir()
    (target / "note.txt").write_text("somebody's")
    assert code(lambda: put_back(stick, target)) == "backup.not_empty"
    assert [path.name for path in target.iterdir()] == ["note.txt"]


def test_what_is_no_copy_is_not_listed(vault: OpenVault, stick: Path) -> None:
    made: Made = backup.back_up(vault, stick)
    (stick / "photos").mkdir()
    (stick / "broken.part").mkdir()
    (stick / "empty").mkdir()
    (stick / "empty" / DATABASE).write_bytes(b"")
    assert [copy.path.name for copy in backup.found_in(stick)] == [made.name]
    assert [copy.path.name for copy in backup.found_in(stick / made.name)] == [made.name]
    assert backup.found_in(stick / "away") == ()
    vault.close()


def damage(path: Path, page: int) -> None:
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096 + 100)
        byte = file.read(1)
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte[0] ^ 1]))


def test_a_restore_that_was_killed_is_begun_again_in_the_same_folder(
    vault: OpenVault, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The power goes while the copy is put back: what lies there then is nobody's, and the next try says so."""
    backup.back_up(vault, stick)
    vault.close()
    target = tmp_path / "again"

    def killed(folder: Path) -> None:
        """Nothing is tidied up by a process that is gone."""

    monkeypatch.setattr("fieldkit.storage.backup.take_away", killed)
    monkeypatch.setattr("fieldkit.services.backup._bring_up", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        put_back(stick, target)
    monkeypatch.undo()
    assert (target / DATABASE).is_file()
    (target / "window.json").write_text("{}")
    again = put_back(stick, target)
    assert len(cases(again)) == 30
    assert not (target / UNFINISHED).exists()
    again.close()
    assert code(lambda: put_back(stick, target)) == "backup.not_empty", "a vault is never taken for leftovers"


def test_a_folder_with_somebody_s_vault_without_headers_is_not_taken_for_leftovers(
    vault: OpenVault, stick: Path, tmp_path: Path
) -> None:
    backup.back_up(vault, stick)
    vault.close()
    for name in (FIRST_COPY, SECOND_COPY):
        (vault.folder / name).unlink()
    assert code(lambda: put_back(stick, vault.folder)) == "backup.not_empty"
    assert (vault.folder / DATABASE).is_file()


def test_a_copy_whose_making_was_cut_off_is_told_and_taken_away_on_request(
    vault: OpenVault, stick: Path
) -> None:
    left, others = stick / "00112233aabbccdd.part", stick / "film.part"
    left.mkdir()
    others.mkdir()
    (left / DATABASE).write_bytes(b"half")
    backup.back_up(vault, stick)
    assert backup.unfinished_in(stick) == (left.name,)
    backup.take_away_unfinished(stick)
    assert not left.exists()
    assert others.exists()
    assert backup.unfinished_in(stick / "away") == ()
    vault.close()
