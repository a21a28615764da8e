"""The journal: nothing acknowledged disappears, nothing foreign slips in (`journal.md`)."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.domain.entries import (
    NOTHING_BEFORE,
    SALT_BYTES,
    Entry,
    Payload,
    canonical,
    digest,
    entry_bytes,
    read_entry,
)
from fieldkit.domain.errors import FieldkitError
from fieldkit.languages.messages.storage import MESSAGES
from fieldkit.storage import journal as module
from fieldkit.storage.database import Database
from fieldkit.storage.errors import JournalFault, StorageMistake
from fieldkit.storage.journal import Change, State, identity
from fieldkit.storage.projections import rebuild
from tests.storage.desks import CASE, KEY, OFFICER, Desk, desks, projected
from tests.storage.payloads import PAYLOADS

OTHER = "d0" * 16


def note(desk: Desk, number: str = "1") -> Entry:
    return desk.journal.append(
        actor=OFFICER, subject=CASE, kind="case.opened", payload={"number": number, "form": ""}
    )


def foreign(count: int, stream: str = OTHER, parent: str = NOTHING_BEFORE) -> list[tuple[bytes, Payload]]:
    """A stream as another device would write it."""
    items, previous = [], parent
    for number in range(1, count + 1):
        payload = Payload(number.to_bytes(SALT_BYTES, "big"), canonical({"number": str(number)}))
        content = entry_bytes(
            Entry(
                stream=stream,
                number=number,
                previous=previous,
                at="2026-03-02T07:40:00+03:00",
                actor=OFFICER,
                subject=f"case/{number:032x}",
                kind="case.opened",
                replaces=(),
                payload=payload.digest,
            )
        )
        items.append((content, payload))
        previous = digest(content)
    return items


def refused(desk: Desk, items: list[Any], stream: str = OTHER) -> str:
    before = projected(desk.database), desk.journal.heads()
    with pytest.raises(FieldkitError) as fault:
        desk.take(stream, items)
    assert (projected(desk.database), desk.journal.heads()) == before, "what is refused leaves nothing"
    assert fault.value.code in MESSAGES
    return fault.value.code


# --- the own stream --------------------------------------------------------------------------------------


def test_entries_are_numbered_and_chained(desk: Desk) -> None:
    first, second = note(desk), note(desk, "2")
    assert (first.number, first.previous) == (1, NOTHING_BEFORE)
    assert (second.number, second.previous) == (2, identity(first))
    assert desk.journal.head(desk.journal.stream) == module.Head(2, identity(second))
    assert desk.journal.heads() == {desk.journal.stream: module.Head(2, identity(second))}
    assert [entry for entry, _ in desk.journal.entries(desk.journal.stream)] == [first, second]
    assert [who for _, who in desk.journal.about(CASE)] == [identity(first), identity(second)]
    assert desk.journal.find(identity(second)) == second
    assert desk.journal.find("0" * 64) is None


def test_what_was_appended_is_there_when_the_file_is_opened_again(desk: Desk) -> None:
    entry = note(desk)
    other = Database.open(desk.database.path, KEY)
    assert other.one("SELECT digest FROM entries") == (bytes.fromhex(identity(entry)),)
    other.close()


def test_each_payload_has_a_salt_of_its_own(desk: Desk) -> None:
    """So nobody can tell from digests that two entries say the same."""
    one, two = note(desk), note(desk)
    assert one.payload != two.payload
    held = desk.journal.payload(one.payload)
    assert held is not None
    assert len(held.salt) == SALT_BYTES
    assert held.value() == {"number": "1", "form": ""}


def test_the_moment_is_the_clocks_and_orders_nothing(desk: Desk) -> None:
    note(desk)
    desk.clock.turn(days=-3650)
    second = note(desk)
    assert second.at == "2016-03-04T07:40:00+03:00"
    assert second.number == 2
    assert desk.journal.verify(desk.journal.stream).sound


@pytest.mark.parametrize(
    "payload",
    [{}, {"number": 7}, {"number": "1", "share": 0.5}, {"number": "a\x00b"}],
)
def test_our_own_incomplete_payload_is_a_mistake_and_leaves_nothing(desk: Desk, payload: Any) -> None:
    with pytest.raises(StorageMistake) as fault:
        desk.journal.append(actor=OFFICER, subject=CASE, kind="case.opened", payload=payload)
    assert fault.value.code == "journal.payload"
    assert desk.journal.heads() == {}
    assert desk.database.number("SELECT COUNT(*) FROM payloads") == 0


def test_several_changes_are_appended_all_or_none(desk: Desk) -> None:
    good = Change(CASE, "case.opened", {"number": "1"})
    with pytest.raises(StorageMistake):
        desk.journal.append_many(OFFICER, [good, Change(CASE, "case.opened", {})])
    assert desk.journal.heads() == {}
    assert [entry.number for entry in desk.journal.append_many(OFFICER, [good, good])] == [1, 2]


def test_a_payload_or_an_entry_too_large_is_refused(desk: Desk) -> None:
    with pytest.raises(StorageMistake):
        desk.journal.append(
            actor=OFFICER, subject=CASE, kind="kept.unknown", payload={"x": "y" * (16 * 1024 * 1024)}
        )
    with pytest.raises(StorageMistake):
        desk.journal.append(actor=OFFICER, subject="case/" + "x" * 70_000, kind="x", payload={})


def test_entries_come_in_order_across_batches(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BATCH", 3)
    for _ in range(10):
        note(desk)
    read = desk.journal.entries
    assert [e.number for e, _ in read(desk.journal.stream)] == list(range(1, 11))
    assert [e.number for e, _ in read(desk.journal.stream, after=4, limit=5)] == [5, 6, 7, 8, 9]
    assert [e.number for e, _ in read(desk.journal.stream, limit=0)] == []
    assert [e.number for e, _ in read(OTHER)] == []


# --- streams from elsewhere ------------------------------------------------------------------------------


def test_a_stream_is_taken_with_its_payloads_and_bytes(desk: Desk) -> None:
    items = foreign(3)
    assert desk.take(OTHER, items) == 3
    assert desk.carried(OTHER) == items
    assert desk.journal.verify(OTHER).sound


def test_importing_twice_has_no_effect(desk: Desk) -> None:
    desk.take(OTHER, foreign(3))
    before = projected(desk.database)
    assert desk.take(OTHER, foreign(3)) == 0
    assert projected(desk.database) == before


def test_a_longer_bundle_brings_only_what_is_new(desk: Desk) -> None:
    desk.take(OTHER, foreign(3))
    assert desk.take(OTHER, foreign(5)) == 2
    assert desk.take(OTHER, foreign(7)[5:]) == 2
    assert desk.journal.head(OTHER).number == 7


def test_accepting_needs_the_callers_transaction(desk: Desk) -> None:
    with pytest.raises(StorageMistake):
        desk.journal.accept(OTHER, foreign(1))


def test_a_hole_is_refused_and_named(desk: Desk) -> None:
    desk.take(OTHER, foreign(2))
    with pytest.raises(JournalFault) as fault, desk.database.transaction():
        desk.journal.accept(OTHER, foreign(6)[4:])
    assert fault.value.code == "journal.hole"
    assert (fault.value.data["first"], fault.value.data["last"]) == (3, 4)
    assert refused(desk, [foreign(6)[3]]) == "journal.hole"


def test_a_fork_is_seen_and_the_branch_that_is_held_stays(desk: Desk) -> None:
    desk.take(OTHER, foreign(3))
    branch = foreign(3, parent="ab" * 32)
    assert refused(desk, branch) == "journal.fork"
    assert desk.carried(OTHER) == foreign(3)


def test_a_first_entry_may_name_the_stream_it_continues(desk: Desk) -> None:
    assert desk.take(OTHER, foreign(2, parent="ab" * 32)) == 2
    assert desk.journal.verify(OTHER).sound


def test_an_entry_that_does_not_continue_is_refused(desk: Desk) -> None:
    desk.take(OTHER, foreign(1))
    assert refused(desk, [foreign(2, parent="ab" * 32)[1]]) == "journal.broken"


def test_another_streams_entry_is_refused(desk: Desk) -> None:
    assert refused(desk, list(foreign(1, "aa" * 16))) == "journal.wrong_stream"


def test_an_altered_payload_is_refused(desk: Desk) -> None:
    content, payload = foreign(1)[0]
    assert refused(desk, [(content, Payload(payload.salt, b"{}"))]) == "journal.payload_altered"
    assert refused(desk, [(content, Payload(b"", payload.content))]) == "journal.payload_altered"


def test_what_is_no_entry_is_refused(desk: Desk) -> None:
    assert refused(desk, [(b"{}", None)]) == "entry.newer"
    assert refused(desk, [(b"nonsense", None)]) == "entry.unreadable"
    assert refused(desk, [*foreign(2), (b"nonsense", None)]) == "entry.unreadable"


def test_an_unknown_kind_is_kept_and_carried_on(desk: Desk) -> None:
    desk.journal.append(actor=OFFICER, subject=CASE, kind="moon.seen", payload={"phase": "new"})
    with desks("hq") as (hq,):
        assert hq.take(desk.journal.stream, desk.carried()) == 1
        assert hq.carried(desk.journal.stream) == desk.carried()
        assert not any(projected(hq.database).values())


def test_a_known_kind_this_version_cannot_read_is_kept_and_listed_as_unread(desk: Desk) -> None:
    payload = Payload(bytes(SALT_BYTES), canonical({"number": ["a", "newer", "shape"]}))
    entry = replace(read_entry(foreign(1)[0][0]), payload=payload.digest)
    assert desk.take(OTHER, [(entry_bytes(entry), payload)]) == 1
    assert desk.database.number("SELECT COUNT(*) FROM unread") == 1
    before = projected(desk.database)
    rebuild(desk.database)
    assert projected(desk.database) == before


# --- payloads that are not there -------------------------------------------------------------------------


def test_a_link_without_payload_is_withheld_and_no_fault(desk: Desk) -> None:
    items = [
        (content, None if number == 1 else payload) for number, (content, payload) in enumerate(foreign(3))
    ]
    assert desk.take(OTHER, items) == 3
    name = foreign(3)[1][1].digest
    assert desk.journal.state(name) is State.WITHHELD
    assert desk.journal.payload(name) is None
    verified = desk.journal.verify(OTHER)
    assert (verified.sound, verified.held, verified.withheld) == (True, 2, 1)


def test_a_payload_that_was_withheld_is_taken_when_it_comes(desk: Desk) -> None:
    items = foreign(3)
    desk.take(OTHER, [(content, None) for content, _ in items])
    assert desk.take(OTHER, items) == 0
    with desks("whole") as (whole,):
        whole.take(OTHER, items)
        assert projected(desk.database) == projected(whole.database)
    assert desk.take(OTHER, [(content, None) for content, _ in items]) == 0
    assert desk.journal.verify(OTHER).held == 3


def test_an_erased_payload_never_comes_back(desk: Desk) -> None:
    items = foreign(3)
    desk.take(OTHER, items)
    name = items[1][1].digest
    assert desk.journal.erase([name]) == 1
    assert desk.take(OTHER, items) == 0
    assert desk.journal.state(name) is State.ERASED
    assert desk.database.number("SELECT COUNT(*) FROM cases") == 2
    verified = desk.journal.verify(OTHER)
    assert (verified.sound, verified.held, verified.erased) == (True, 2, 1)
    before = projected(desk.database)
    rebuild(desk.database)
    assert projected(desk.database) == before


def test_what_was_erased_before_it_arrived_is_not_kept(desk: Desk) -> None:
    items = foreign(2)
    assert desk.journal.erase([items[0][1].digest]) == 0
    assert desk.take(OTHER, items) == 2
    assert desk.journal.state(items[0][1].digest) is State.ERASED
    assert desk.journal.payload(items[0][1].digest) is None


def test_one_payload_under_two_entries_is_projected_for_both(desk: Desk) -> None:
    one, two = foreign(1, "d1" * 16), foreign(1, "d2" * 16)
    desk.take("d1" * 16, [(one[0][0], None)])
    desk.take("d2" * 16, list(two))
    desk.take("d1" * 16, list(one))
    assert desk.database.number("SELECT COUNT(*) FROM cases") == 2
    desk.take("d3" * 16, list(foreign(1, "d3" * 16)))
    assert desk.database.number("SELECT COUNT(*) FROM cases") == 3
    before = projected(desk.database)
    rebuild(desk.database)
    assert projected(desk.database) == before


def test_a_payload_that_is_simply_gone_is_missing(desk: Desk) -> None:
    entry = note(desk)
    with desk.database.transaction():
        desk.database.execute("DELETE FROM payloads")
    assert desk.journal.state(entry.payload) is State.MISSING
    assert not desk.journal.verify(desk.journal.stream).sound


# --- laws ------------------------------------------------------------------------------------------------

KINDS = st.lists(st.sampled_from([*PAYLOADS, "moon.seen"]), min_size=1, max_size=12)


@given(KINDS, st.lists(st.integers(0, 12), max_size=5))
def test_however_a_stream_is_cut_into_bundles_and_resent_the_same_arrives(
    kinds: list[str], cuts: list[int]
) -> None:
    with desks("post", "hq", "whole") as (post, hq, whole):
        for kind in kinds:
            post.journal.append(
                actor=OFFICER, subject=CASE, kind=kind, payload=PAYLOADS.get(kind, {"any": "thing"})
            )
        stream, items = post.journal.stream, post.carried()
        for cut in cuts:
            hq.take(stream, items[max(0, hq.journal.head(stream).number - 1) : cut])
        hq.take(stream, items)
        whole.take(stream, items)
        assert hq.carried(stream) == items
        assert projected(hq.database) == projected(whole.database) == projected(post.database)
        assert hq.journal.verify(stream) == post.journal.verify(stream)


@given(KINDS, st.data())
def test_nothing_acknowledged_disappears_however_later_work_fails(
    kinds: list[str], data: st.DataObject
) -> None:
    with desks("post") as (post,):
        acknowledged = []
        for kind in kinds:
            if data.draw(st.booleans()):
                with pytest.raises(KeyError), post.database.transaction():
                    post.journal.append(actor=OFFICER, subject=CASE, kind="moon.seen", payload={})
                    raise KeyError
            acknowledged.append(
                post.journal.append(actor=OFFICER, subject=CASE, kind=kind, payload=PAYLOADS.get(kind, {}))
            )
        assert [entry for entry, _ in post.journal.entries(post.journal.stream)] == acknowledged
        assert post.journal.verify(post.journal.stream).sound
