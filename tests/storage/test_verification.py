"""Everything that is not a chain any more is found (R14)."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.storage import verification
from fieldkit.storage.verification import Broken, Fault, follow, verify
from tests.storage.desks import CASE, OFFICER, Desk, desks

LENGTH = 6


def written(desk: Desk) -> Desk:
    for number in range(LENGTH):
        desk.journal.append(
            actor=OFFICER,
            subject=CASE,
            kind="case.opened",
            payload={"number": str(number), "form": '"previous":"' + "0" * 64 + '"'},
        )
    return desk


def tamper(desk: Desk, sql: str, *values: object) -> tuple[Fault, ...]:
    with desk.database.transaction():
        desk.database.execute(sql, values)  # type: ignore[arg-type]
    return verify(desk.database, desk.journal.stream).faults


def test_a_chain_is_sound_across_batches(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verification, "BATCH", 4)
    verified = verify(written(desk).database, desk.journal.stream)
    assert verified.sound
    assert (verified.last, verified.held) == (LENGTH, LENGTH)
    assert verified.head == desk.journal.head(desk.journal.stream).digest


def test_an_empty_stream_is_sound(desk: Desk) -> None:
    assert verify(desk.database, desk.journal.stream).sound


def test_a_removed_entry_is_a_hole(desk: Desk) -> None:
    written(desk)
    with desk.database.transaction():
        desk.database.execute("DELETE FROM cases WHERE entry = 3")
    assert tamper(desk, "DELETE FROM entries WHERE number = 3") == (Fault(3, Broken.HOLE),)


def test_entries_that_changed_places_are_found(desk: Desk) -> None:
    written(desk)
    tamper(desk, "UPDATE entries SET number = 99 WHERE number = 2")
    tamper(desk, "UPDATE entries SET number = 2 WHERE number = 3")
    faults = tamper(desk, "UPDATE entries SET number = 3 WHERE number = 99")
    assert {fault.number for fault in faults} >= {2, 3}


def test_an_altered_payload_is_found(desk: Desk) -> None:
    written(desk)
    faults = tamper(desk, "UPDATE payloads SET content = x'7b7d' WHERE rowid = 4")
    assert faults == (Fault(4, Broken.PAYLOAD),)


def test_a_missing_payload_is_found(desk: Desk) -> None:
    written(desk)
    assert tamper(desk, "DELETE FROM payloads WHERE rowid = 4") == (Fault(4, Broken.MISSING),)


@pytest.mark.parametrize(
    ("column", "value"), [("subject", "case/x"), ("kind", "x.y"), ("payload", bytes(32))]
)
def test_columns_that_do_not_say_what_the_entry_says_are_found(
    desk: Desk, column: str, value: object
) -> None:
    written(desk)
    assert tamper(desk, f"UPDATE entries SET {column} = ? WHERE number = 5", value) == (
        Fault(5, Broken.PLACE),
    )


def test_a_rewritten_entry_with_its_own_digest_breaks_the_link_after_it(desk: Desk) -> None:
    written(desk)
    row = desk.database.one("SELECT content FROM entries WHERE number = 3")
    assert row is not None
    rewritten = row[0].replace(OFFICER.encode(), b"ab" * 16)
    faults = tamper(
        desk,
        "UPDATE entries SET content = ?, digest = ? WHERE number = 3",
        rewritten,
        hashlib.sha256(rewritten).digest(),
    )
    assert faults == (Fault(4, Broken.LINK),)


@given(st.integers(1, LENGTH), st.integers(0, 10_000), st.integers(1, 255))
def test_no_changed_byte_of_an_entry_is_missed(number: int, place: int, change: int) -> None:
    with desks("one") as (desk,):
        written(desk)
        row = desk.database.one("SELECT content FROM entries WHERE number = ?", (number,))
        assert row is not None
        content = bytearray(row[0])
        content[place % len(content)] ^= change
        with desk.database.transaction():
            desk.database.execute("UPDATE entries SET content = ? WHERE number = ?", (bytes(content), number))
        assert Fault(number, Broken.ALTERED) in follow(desk.database, desk.journal.stream).faults
        assert not verify(desk.database, desk.journal.stream).sound
