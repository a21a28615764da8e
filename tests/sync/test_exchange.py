"""From a post's journal to headquarters: what travels, what is noticed, and what changes nothing."""

import json
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldkit.crypto.sealing import open_sealed
from fieldkit.domain.entries import Payload, canonical
from fieldkit.domain.errors import ForeignFault, ProgramFault
from fieldkit.sync import outgoing
from fieldkit.sync.bundle import Range, seal_bundle
from fieldkit.sync.faults import BundleFault, NothingToSend
from fieldkit.sync.incoming import Hole, Verified
from fieldkit.sync.lines import ENTRIES, PAYLOADS, payload_line, read_lines, read_payload, write_lines
from fieldkit.sync.manifest import Direction, Head
from fieldkit.sync.outgoing import gather
from tests.sync.builder import Drawn, Office, Post, Shelf

OFFICE = Office.founded("Invented Border Service")


def post(name: str = "Invented Post North", entries: int = 6) -> Post:
    return Post.enrolled(name, OFFICE).write_many(entries)


def code_of(bundle: bytes, shelf: Shelf | None = None) -> str:
    with pytest.raises(BundleFault) as caught:
        OFFICE.open(bundle, shelf)
    return caught.value.code


def by_hand(sender: Post, entries: bytes, payloads: bytes, *, first: int, last: int, head: Head) -> bytes:
    """A bundle properly signed by `sender` around payload files that no program of ours would write."""
    return seal_bundle(
        Range(sender.identity.stream, first, last, head),
        [(ENTRIES, entries), (PAYLOADS, payloads)],
        key=sender.identity.key,
        certificate=sender.certificate,
        recipient=OFFICE.sealing.recipient,
        versions={},
        randomness=sender.draw,
    )


def parts(sender: Post) -> tuple[list[bytes], list[bytes], Head]:
    [batch] = gather(sender.journal, lambda _: True)
    return batch.entries, batch.payloads, batch.head


# Stories of what travels


def test_everything_arrives_as_it_was_written() -> None:
    sender = post()
    came = OFFICE.open(sender.export())
    assert [(item.content, item.payload) for item in came.items] == sender.journal
    assert (came.sender.post, came.first, came.last) == ("Invented Post North", 1, 6)
    assert (came.hole, came.known, came.withheld, came.behind) == (None, 0, 0, 0)


def test_what_the_person_did_not_agree_to_share_travels_as_a_link() -> None:
    sender = post(entries=2)
    sender.write("private", note="Amina, invented, said something")
    sender.write_many(1)
    bundle = sender.export(private="private")
    came = OFFICE.open(bundle)
    assert [item.payload is None for item in came.items] == [False, False, True, False]
    assert (came.withheld, came.hole) == (1, None)
    assert b"Amina" not in open_sealed(bundle, [OFFICE.sealing])


def test_what_is_allowed_but_gone_is_counted_as_missing_not_as_withheld() -> None:
    sender = post(entries=3)
    purged = [sender.journal[0], (sender.journal[1][0], None), sender.journal[2]]
    [batch] = gather(purged, lambda entry: entry.number != 3)
    assert (batch.withheld, batch.missing) == (1, 1)


def test_nothing_new_makes_no_bundle() -> None:
    with pytest.raises(NothingToSend, match=r"bundle\.nothing_to_send"):
        gather([], lambda _: True)


def test_more_than_one_bundle_can_carry_makes_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing, "BATCH_ENTRIES", 4)
    sender = post(entries=10)
    batches = gather(sender.journal, lambda _: True)
    assert [(batch.first, batch.last) for batch in batches] == [(1, 4), (5, 8), (9, 10)]
    assert {batch.head.number for batch in batches} == {10}


def test_how_many_cases_go_is_known_before_they_go() -> None:
    sender = post(entries=0)
    for subject in ("case/aa", "case/bb", "case/aa", "person/cc"):
        sender.write(subject=subject)
    [batch] = gather(sender.journal, lambda _: True)
    assert sorted(batch.subjects) == ["case/aa", "case/bb", "person/cc"]


def test_a_journal_with_a_gap_is_our_mistake_and_makes_no_bundle() -> None:
    sender = post()
    with pytest.raises(ProgramFault):
        gather([sender.journal[0], sender.journal[2]], lambda _: True)


def test_a_certificate_for_another_stream_seals_nothing() -> None:
    sender, other = post(), post("Other")
    sender.certificate = other.certificate
    with pytest.raises(ProgramFault):
        sender.export()


# Stories of what is noticed


def test_imported_twice_is_known() -> None:
    sender, shelf = post(), Shelf()
    bundle = sender.export()
    shelf.keep(OFFICE.open(bundle, shelf))
    again = OFFICE.open(bundle, shelf)
    assert again.already_held
    assert (again.known, again.hole) == (6, None)


def test_an_overlap_is_known_in_part() -> None:
    sender, shelf = post(), Shelf()
    shelf.keep(OFFICE.open(sender.export(until=4), shelf))
    came = OFFICE.open(sender.export(after=2), shelf)
    assert (came.known, came.already_held, came.hole) == (2, False, None)


def test_a_hole_is_reported_by_its_numbers() -> None:
    sender, shelf = post(entries=9), Shelf()
    assert OFFICE.open(sender.export(after=3), shelf).hole == Hole(1, 3)
    shelf.keep(OFFICE.open(sender.export(until=2), shelf))
    assert OFFICE.open(sender.export(after=7), shelf).hole == Hole(3, 7)


def test_a_withheld_link_is_no_hole_for_the_next_bundle() -> None:
    sender, shelf = post(entries=2), Shelf()
    sender.write("private")
    shelf.keep(OFFICE.open(sender.export(private="private"), shelf))
    sender.write_many(1)
    assert OFFICE.open(sender.export(after=3), shelf).hole is None


def test_a_copied_laptop_is_reported_with_the_number_from_which_two_journals_exist() -> None:
    sender, shelf = post(entries=4), Shelf()
    clone = Post(**{**vars(sender), "journal": list(sender.journal), "draw": Drawn("clone")})
    sender.write_many(3)
    clone.write_many(5)
    shelf.keep(OFFICE.open(sender.export(), shelf))
    for bundle in (clone.export(), clone.export(after=4), clone.export(after=2, until=6)):
        assert OFFICE.open(bundle, shelf).forked == 5
    assert OFFICE.open(clone.export(after=7), shelf).forked == 7


def test_replayed_under_another_stream_name() -> None:
    sender, other = post(), post("Other")
    entries, payloads, head = parts(sender)
    bundle = by_hand(other, write_lines(entries), write_lines(payloads), first=1, last=6, head=head)
    assert code_of(bundle) == "bundle.unsound"


def test_one_of_ours_with_a_broken_journal() -> None:
    sender = post()
    entries, payloads, head = parts(sender)

    def bundle(entries: list[bytes], payloads: list[bytes], last: int = 6, head: Head = head) -> bytes:
        return by_hand(sender, write_lines(entries), write_lines(payloads), first=1, last=last, head=head)

    assert OFFICE.open(bundle(entries, payloads)).last == 6
    for broken in (
        bundle(entries[:-1], payloads[:-1]),
        bundle(entries[:2] + entries[3:], payloads, last=5),
        bundle([entries[1], entries[0], *entries[2:]], payloads),
        bundle(entries, payloads[::-1]),
        bundle(entries, [*payloads, payloads[0]]),
        bundle(entries, [b"{}"]),
        bundle(entries, [b"\xff" * 300]),
        bundle(entries, [payload_line(Payload(bytes(32), b"not JSON"))]),
        bundle([*entries[:5], b'{"format":1}'], payloads),
        bundle(entries, payloads, head=Head(6, "ab" * 32)),
    ):
        assert code_of(broken) == "bundle.unsound"
    open_ended = write_lines(entries)[:-1]
    assert code_of(by_hand(sender, open_ended, b"", first=1, last=6, head=head)) == "bundle.unsound"


def test_an_entry_of_a_newer_format_asks_for_the_newer_program() -> None:
    sender = post(entries=1)
    newer = canonical({**json.loads(sender.journal[0][0]), "format": 2})
    assert (
        code_of(by_hand(sender, newer + b"\n", b"", first=1, last=1, head=Head(1, "ab" * 32)))
        == "bundle.newer"
    )


def test_an_entry_of_an_unknown_kind_is_carried() -> None:
    sender = post(entries=0)
    sender.write("something of the year 2031", subject="unheard-of/aa")
    assert next(iter(OFFICE.open(sender.export()).items)).entry.kind == "something of the year 2031"


def test_a_bundle_for_a_post_is_not_for_headquarters() -> None:
    sender = post(entries=1)
    entries, payloads, head = parts(sender)
    bundle = seal_bundle(
        Range(sender.identity.stream, 1, 1, head),
        [(ENTRIES, write_lines(entries)), (PAYLOADS, write_lines(payloads))],
        key=sender.identity.key,
        certificate=sender.certificate,
        recipient=OFFICE.sealing.recipient,
        versions={},
        randomness=sender.draw,
        kind=Direction.TO_FIELD,
    )
    assert code_of(bundle) == "bundle.other_direction"


def test_other_payload_files_are_refused() -> None:
    sender = post(entries=1)
    entries, _, head = parts(sender)
    bundle = seal_bundle(
        Range(sender.identity.stream, 1, 1, head),
        [(ENTRIES, write_lines(entries)), ("more.jsonl", b"")],
        key=sender.identity.key,
        certificate=sender.certificate,
        recipient=OFFICE.sealing.recipient,
        versions={},
        randomness=sender.draw,
    )
    assert code_of(bundle) == "bundle.unsound"


# Laws


@given(st.lists(st.booleans(), min_size=1, max_size=12))
@settings(deadline=None, max_examples=30)
def test_exactly_what_may_travel_arrives(allowed: list[bool]) -> None:
    sender = Post.enrolled("Law", OFFICE)
    for free in allowed:
        sender.write("note" if free else "private")
    came = OFFICE.open(sender.export(private="private"))
    assert [item.payload is not None for item in came.items] == allowed
    assert [item.content for item in came.items] == [content for content, _ in sender.journal]


@given(st.integers(0, 8), st.integers(0, 8), st.integers(1, 9))
@settings(deadline=None, max_examples=40)
def test_holes_and_overlaps_are_counted_right(held: int, after: int, until: int) -> None:
    sender, shelf = Post.enrolled("Law", OFFICE).write_many(9), Shelf()
    if held:
        shelf.keep(OFFICE.open(sender.export(until=held)))
    if until <= after:
        return
    came: Verified = OFFICE.open(sender.export(after=after, until=until), shelf)
    assert came.hole == (Hole(held + 1, after) if after > held else None)
    assert came.known == len(set(range(after + 1, until + 1)) & set(range(1, held + 1)))


@given(
    st.binary(min_size=32, max_size=32), st.dictionaries(st.text(max_size=9), st.text(max_size=9), max_size=4)
)
def test_a_payload_line_holds_the_exact_bytes(salt: bytes, value: dict[str, str]) -> None:
    payload = Payload(salt, canonical(value))
    line = payload_line(payload)
    assert read_payload(line) == payload
    assert json.loads(line) == {"content": value, "digest": payload.digest, "salt": salt.hex()}
    assert list(read_lines([write_lines([line, line])])) == [line, line]


@given(st.lists(st.binary(max_size=9).filter(lambda line: b"\n" not in line)), st.data())
def test_lines_are_the_same_however_the_pieces_were_cut(lines: list[bytes], data: st.DataObject) -> None:
    whole = write_lines(lines)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(whole)))))
    pieces = [whole[start:end] for start, end in pairwise([0, *cuts, len(whole)])]
    assert list(read_lines(pieces)) == lines


@pytest.mark.parametrize("pieces", [[b"12345"], [b"123", b"45\n"], [b"a\n12345"], [b"a\nb"]])
def test_a_line_that_is_too_long_or_has_no_end_is_refused(pieces: list[bytes]) -> None:
    with pytest.raises(BundleFault, match=r"bundle\.unsound"):
        list(read_lines(pieces, limit=4))


@given(st.data())
def test_any_changed_byte_of_a_payload_line_is_refused(data: st.DataObject) -> None:
    line = bytearray(payload_line(Payload(bytes(32), canonical({"note": "invented"}))))
    line[data.draw(st.integers(0, len(line) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(ForeignFault, match=r"bundle\.unsound"):
        read_payload(bytes(line))


@given(st.integers(0, 7), st.integers(1, 6), st.integers(1, 6), st.integers(0, 12), st.integers(1, 13))
@settings(deadline=None, max_examples=60)
def test_a_fork_is_seen_wherever_the_bundles_meet(
    common: int, more: int, others: int, after: int, until: int
) -> None:
    sender, shelf = Post.enrolled("Law", OFFICE).write_many(common), Shelf()
    clone = Post(**{**vars(sender), "journal": list(sender.journal), "draw": Drawn("clone")})
    sender.write_many(more)
    clone.write_many(others)
    shelf.keep(OFFICE.open(sender.export()))
    until = min(until, len(clone.journal))
    if until <= after:
        return
    touches = range(max(after, 1), min(until, common + more) + 1)
    different = [number for number in touches if number > common]
    if different:
        assert OFFICE.open(clone.export(after, until), shelf).forked == different[0]
    else:
        came = OFFICE.open(clone.export(after, until), shelf)
        assert came.forked is None
        assert came.hole == (Hole(common + more + 1, after) if after > common + more else None)
