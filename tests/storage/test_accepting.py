"""Law: many entries taken at once leave the same tables as each taken alone, in whatever parts they come."""

from hypothesis import given, settings
from hypothesis import strategies as st

from fieldkit.domain.entries import Payload
from fieldkit.storage import accepting
from fieldkit.storage.journal import Change, State
from tests.storage.desks import CASE, OFFICER, Desk, desks, projected

Carried = list[tuple[bytes, Payload | None]]


def wrote(desk: Desk, kinds: list[int]) -> Carried:
    """Entries of a few kinds; the same words twice are two payloads, for each has its own salt."""
    made = (
        Change(CASE, "agreement.recorded", {"recipient": "headquarters", "agreed": True}),
        Change(CASE, "case.opened", {"number": "7KQ2-000001"}),
        Change("service/aa", "service.recorded", {"fields": {"name": "Harbour clinic (invented)"}}),
        Change("unheard-of/aa", "something of the year 2031", {"a": 1}),
    )
    for kind in kinds:
        desk.journal.append_many(OFFICER, [made[kind]])
    return desk.carried()


def state(desk: Desk) -> object:
    absent = desk.database.rows("SELECT digest, state FROM absences ORDER BY digest")
    return desk.carried(_stream(desk)), projected(desk.database), absent


def _stream(desk: Desk) -> str:
    return next(name for name in desk.journal.heads() if name != desk.journal.stream)


@given(st.lists(st.integers(0, 3), min_size=1, max_size=9), st.data())
@settings(deadline=None, max_examples=25)
def test_at_once_or_one_by_one(kinds: list[int], data: st.DataObject) -> None:
    with desks("writer", "at once", "alone") as (writer, at_once, alone):
        held = wrote(writer, kinds)
        links = data.draw(st.sets(st.integers(0, len(held) - 1)))
        came: Carried = [
            (content, None if place in links else payload) for place, (content, payload) in enumerate(held)
        ]
        stream, most = writer.journal.stream, accepting.MOST
        at_once.take(stream, came)
        for item in came:
            alone.take(stream, [item])
        assert state(at_once) == state(alone)
        accepting.MOST = 2  # parts that end in the middle
        try:
            again = data.draw(st.permutations(held))
            at_once.take(stream, again)
        finally:
            accepting.MOST = most
        for item in again:
            alone.take(stream, [item])
        assert state(at_once) == state(alone)
        assert projected(at_once.database) == projected(writer.database)


def test_what_the_sender_says_is_gone_is_missing_and_not_withheld() -> None:
    with desks("writer", "office") as (writer, office):
        held = wrote(writer, [1, 1, 1])
        links: Carried = [(content, None) for content, _ in held]
        with office.database.transaction():
            taken = office.journal.accept(writer.journal.stream, links, gone={2})
        assert (taken.new, taken.filled) == (3, 0)
        names = [entry.payload for entry, _ in office.journal.entries(writer.journal.stream)]
        assert [office.journal.state(name) for name in names] == [
            State.WITHHELD,
            State.MISSING,
            State.WITHHELD,
        ]
        with office.database.transaction():
            assert office.journal.accept(writer.journal.stream, held[1:]).filled == 2


def test_an_entry_that_comes_twice_in_one_bundle_is_taken_once() -> None:
    with desks("writer", "office") as (writer, office):
        held = wrote(writer, [1, 2])
        assert office.take(writer.journal.stream, [held[0], held[0], held[1], held[0]]) == 2
