"""Drafts: what was acknowledged is there, in order, for its person only."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.storage.database import Database
from fieldkit.storage.drafts import OFFICER, PERSON, Done, DraftOp, Drafts
from fieldkit.storage.errors import StorageMistake
from tests.storage.desks import KEY, Desk, desks

AMINA, BILAL = "a1" * 16, "b2" * 16
OPS = st.lists(
    st.builds(
        DraftOp,
        st.sampled_from(sorted(set(Done) - {Done.SEALED})),
        st.text(max_size=12),
        st.text(max_size=12),
    ),
    max_size=12,
)


def begun(drafts: Drafts, person: str = AMINA) -> str:
    return drafts.start(
        person=person, form="screening", version="3", officer_language="fr", person_language="ti"
    )


def test_a_draft_starts_with_what_it_was_given(desk: Desk) -> None:
    held = desk.drafts.read(begun(desk.drafts))
    assert held is not None
    assert (held.person, held.case, held.form, held.version) == (AMINA, "", "screening", "3")
    assert (held.officer_language, held.person_language) == ("fr", "ti")
    assert held.started == "2026-03-02T07:40:00+03:00"


@given(OPS)
def test_the_history_is_what_was_logged_in_order(ops: Sequence[DraftOp]) -> None:
    with desks("one") as (desk,):
        draft = begun(desk.drafts)
        assert [desk.drafts.log(draft, op) for op in ops] == list(range(1, len(ops) + 1))
        history = desk.drafts.history(draft)
    assert [logged.op for logged in history] == list(ops)
    assert [logged.seq for logged in history] == list(range(1, len(ops) + 1))


def test_what_is_logged_together_is_logged_whole_or_not(desk: Desk) -> None:
    draft = begun(desk.drafts)
    assert desk.drafts.log_all(draft, [DraftOp(Done.SET, "/a", "1"), DraftOp(Done.SET, "/b", "2")]) == 2
    broken = DraftOp(Done.SET, "/c", ["no text"])  # type: ignore[arg-type]
    with pytest.raises(StorageMistake):
        desk.drafts.log_all(draft, [DraftOp(Done.SET, "/c", "3"), broken])
    assert len(desk.drafts.history(draft)) == 2


def test_position_languages_and_interpretation_are_as_they_are_now(desk: Desk) -> None:
    draft = begun(desk.drafts)
    for op in (
        DraftOp(Done.POSITION, "/data/urgent"),
        DraftOp(Done.LANGUAGE, OFFICER, "ar"),
        DraftOp(Done.LANGUAGE, PERSON, "so"),
        DraftOp(Done.INTERPRETED, "", "interpreter"),
        DraftOp(Done.POSITION, "/data/core"),
        DraftOp(Done.SET, "/data/name", "Zubaida"),
    ):
        desk.drafts.log(draft, op)
    held = desk.drafts.read(draft)
    assert held is not None
    assert (held.position, held.officer_language, held.person_language) == ("/data/core", "ar", "so")
    assert held.interpreted == "interpreter"


def test_drafts_are_listed_for_their_person_in_the_order_they_were_begun(desk: Desk) -> None:
    one = begun(desk.drafts)
    desk.clock.turn(days=-3650)
    two = begun(desk.drafts)
    begun(desk.drafts, BILAL)
    assert [draft.id for draft in desk.drafts.list(AMINA)] == [one, two]


def test_a_discarded_draft_is_gone_with_its_log(desk: Desk) -> None:
    draft = begun(desk.drafts)
    desk.drafts.log(draft, DraftOp(Done.SET, "/a", "1"))
    desk.drafts.discard(draft)
    desk.drafts.discard(draft)
    assert desk.drafts.read(draft) is None
    assert desk.database.number("SELECT COUNT(*) FROM draft_log") == 0
    with pytest.raises(StorageMistake) as fault:
        desk.drafts.log(draft, DraftOp(Done.SET, "/a", "2"))
    assert fault.value.code == "draft.unknown"


def test_finishing_discards_the_draft_and_appends_in_one(desk: Desk) -> None:
    draft = begun(desk.drafts)
    with pytest.raises(KeyError), desk.database.transaction():
        desk.journal.append(actor=AMINA, subject="case/x", kind="case.opened", payload={"number": "1"})
        desk.drafts.discard(draft)
        raise KeyError
    assert desk.drafts.read(draft) is not None
    assert desk.journal.head(desk.journal.stream).number == 0


def test_an_acknowledged_answer_is_there_when_the_file_is_opened_by_somebody_else(
    desk: Desk, tmp_path: Path
) -> None:
    draft = begun(desk.drafts)
    seq = desk.drafts.log(draft, DraftOp(Done.SET, "/a", "1"))
    other = Database.open(tmp_path / "desk.db", KEY)
    assert Drafts(other, desk.clock, desk.randomness).history(draft)[-1].seq == seq
    other.close()
