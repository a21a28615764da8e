"""Files in the vault: whole or not at all, with one holder, gone when it goes; never outside the database."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldkit.storage.attachments import (
    PIECE,
    Attachment,
    draft_holder,
    form_holder,
    submission_holder,
)
from fieldkit.storage.database import Database
from fieldkit.storage.errors import DatabaseFault, StorageMistake
from tests.storage.desks import CASE, KEY, OFFICER, Desk, desks
from tests.storage.payloads import PAYLOADS

INSTANCE = "uuid:6b1d"


def begun(desk: Desk) -> str:
    return desk.drafts.start(
        person=OFFICER, form="water", version="1", officer_language="en", person_language="fr"
    )


def kept(desk: Desk, draft: str, content: bytes = b"well", ending: str = "bin") -> Attachment:
    return desk.attachments.keep(draft, content, media_type="application/octet-stream", ending=ending)


def names(desk: Desk, holder: str) -> list[str]:
    return [held.name for held in desk.attachments.of(holder)]


def parts(desk: Desk) -> int:
    return desk.database.number("SELECT COUNT(*) FROM attachment_parts")


def test_a_discarded_draft_takes_its_files_with_it(desk: Desk) -> None:
    draft, other = begun(desk), begun(desk)
    kept(desk, draft)
    stays = kept(desk, other)
    desk.drafts.discard(draft)
    assert names(desk, draft_holder(draft)) == []
    assert names(desk, draft_holder(other)) == [stays.name]
    assert parts(desk) == 1


def test_a_finished_interview_gets_what_it_names_and_nothing_else(desk: Desk) -> None:
    draft = begun(desk)
    wanted, left_out = kept(desk, draft, b"the well"), kept(desk, draft, b"a second try")
    with desk.database.transaction():
        given_over = desk.attachments.hand_over(draft, INSTANCE, {wanted.name})
        desk.drafts.discard(draft)
    assert given_over == (wanted,)
    assert desk.attachments.content(submission_holder(INSTANCE), wanted.name) == b"the well"
    assert left_out.name not in names(desk, submission_holder(INSTANCE))
    assert parts(desk) == 1


def test_finishing_that_fails_leaves_the_files_with_the_draft(desk: Desk) -> None:
    draft = begun(desk)
    one = kept(desk, draft)
    with pytest.raises(KeyError), desk.database.transaction():
        desk.attachments.hand_over(draft, INSTANCE, {one.name})
        desk.drafts.discard(draft)
        raise KeyError
    assert names(desk, draft_holder(draft)) == [one.name]
    assert names(desk, submission_holder(INSTANCE)) == []


def test_a_file_that_cannot_be_written_whole_is_not_there(desk: Desk) -> None:
    draft = begun(desk)
    with pytest.raises(StorageMistake), desk.database.transaction():
        kept(desk, draft, b"x" * (PIECE * 3))
        desk.database.execute("INSERT INTO nonsense VALUES (1)")
    assert (names(desk, draft_holder(draft)), parts(desk)) == ([], 0)


def test_a_file_needs_its_draft(desk: Desk) -> None:
    with pytest.raises(StorageMistake) as fault:
        kept(desk, "ab" * 16)
    assert fault.value.code == "draft.unknown"


def test_names_say_nothing_and_no_two_are_the_same(desk: Desk) -> None:
    draft = begun(desk)
    made = {kept(desk, draft, ending="jpg").name for _ in range(20)}
    assert len(made) == 20
    assert all(name.endswith(".jpg") and len(name) == 16 + len(".jpg") for name in made)


def test_a_damaged_file_is_told_and_never_handed_out_as_whole(desk: Desk) -> None:
    draft = begun(desk)
    one = kept(desk, draft, b"x" * (PIECE + 5))
    with desk.database.transaction():
        desk.database.execute("DELETE FROM attachment_parts WHERE place = 1")
    with pytest.raises(DatabaseFault) as fault:
        desk.attachments.content(draft_holder(draft), one.name)
    assert fault.value.code == "attachment.damaged"
    with pytest.raises(DatabaseFault):
        desk.attachments.content(draft_holder(draft), "none.jpg")


def test_media_of_a_form_are_replaced_by_name_and_versions_stand_apart(desk: Desk) -> None:
    one, two = form_holder("water", "1"), form_holder("water", "2")
    for holder, content in ((one, b"old"), (two, b"new"), (one, b"mended")):
        desk.attachments.put(holder, "well.png", content, media_type="image/png")
    assert desk.attachments.content(one, "well.png") == b"mended"
    assert desk.attachments.content(two, "well.png") == b"new"
    assert len(names(desk, one)) == 1


def test_editing_gives_the_new_draft_the_same_files(desk: Desk) -> None:
    draft = begun(desk)
    one = kept(desk, draft, b"the well")
    with desk.database.transaction():
        desk.attachments.hand_over(draft, INSTANCE, {one.name})
        desk.drafts.discard(draft)
    again = begun(desk)
    desk.attachments.copy(submission_holder(INSTANCE), again)
    assert desk.attachments.of(draft_holder(again)) == (one,)
    desk.drafts.discard(again)
    assert desk.attachments.content(submission_holder(INSTANCE), one.name) == b"the well"


def test_erasing_an_interview_erases_its_files(desk: Desk) -> None:
    draft = begun(desk)
    one = kept(desk, draft)
    with desk.database.transaction():
        listed = desk.attachments.hand_over(draft, INSTANCE, {one.name})
        entry = desk.journal.append(
            actor=OFFICER,
            subject=CASE,
            kind="submission.kept",
            payload={
                **PAYLOADS["submission.kept"],
                "instance_id": INSTANCE,
                "attachments": [
                    {"name": held.name, "type": held.media_type, "size": held.size, "sha256": held.digest}
                    for held in listed
                ],
            },
        )
    assert desk.database.rows("SELECT name, size FROM files") == [(one.name, 4)]
    desk.journal.erase([entry.payload])
    assert parts(desk) == 0
    assert desk.database.rows("SELECT * FROM files") == []


def test_bytes_lie_in_the_encrypted_file_only(desk: Desk, tmp_path: Path) -> None:
    canary = b"canary-of-the-river-post " * 400
    kept(desk, begun(desk), canary)
    desk.database.checkpoint()
    for path in tmp_path.rglob("*"):
        assert canary[:25] not in path.read_bytes(), path.name


def test_what_was_acknowledged_is_there_when_the_file_is_opened_by_somebody_else(
    desk: Desk, tmp_path: Path
) -> None:
    draft = begun(desk)
    one = kept(desk, draft, b"x" * (2 * PIECE))
    other = Database.open(tmp_path / "desk.db", KEY)
    desk_again = Desk(other)
    assert desk_again.attachments.content(draft_holder(draft), one.name) == b"x" * (2 * PIECE)
    other.close()


@given(st.binary(max_size=64), st.integers(min_value=0, max_value=3 * PIECE // 64))
@settings(max_examples=30)
def test_what_was_kept_comes_back_byte_for_byte(unit: bytes, times: int) -> None:
    content = unit * times
    with desks("one") as (desk,):
        draft = begun(desk)
        one = kept(desk, draft, content)
        assert desk.attachments.content(draft_holder(draft), one.name) == content
        assert one.size == len(content)
        assert all(len(piece) <= PIECE for piece in desk.attachments.pieces(draft_holder(draft), one.name))


@given(st.sets(st.integers(0, 5)), st.sets(st.integers(0, 5)))
@settings(max_examples=30)
def test_what_no_answer_names_goes(made: set[int], named: set[int]) -> None:
    with desks("one") as (desk,):
        draft = begun(desk)
        held = {number: kept(desk, draft, bytes([number])).name for number in sorted(made)}
        desk.attachments.drop_others(draft, {held[number] for number in named & made})
        assert names(desk, draft_holder(draft)) == [held[number] for number in sorted(named & made)]
