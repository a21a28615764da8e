"""Receipts and erasures as statements: what was signed is read, anything else is refused."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldkit.crypto.signature import SigningKey
from fieldkit.sync.erasures import (
    MOST_DIGESTS,
    Because,
    Erasure,
    Where,
    known_erasure,
    read_erasure,
    write_erasure,
)
from fieldkit.sync.faults import TrustFault
from fieldkit.sync.receipts import Receipt, read_receipt, write_receipt
from fieldkit.sync.statement import sign_statement, to_file
from tests.worlds import CountedRandomness

KEY = SigningKey.generate(CountedRandomness("receipts"))
OTHER = SigningKey.generate(CountedRandomness("somebody"))
RECEIPT = Receipt("0a" * 16, "5e" * 16, 40, "ab" * 32, 31, date(2026, 3, 9))
ERASURE = Erasure(
    "0a" * 16,
    "e0" * 16,
    "case/" + "c1" * 16,
    ("ab" * 32, "cd" * 32),
    Because.WITHDRAWN,
    Where.EVERYWHERE,
    date(2026, 3, 9),
)
DIGESTS = st.binary(min_size=32, max_size=32).map(bytes.hex)
DAYS = st.dates(date(2000, 1, 1), date(2200, 1, 1))


@given(number=st.integers(1, 2**40), back=st.integers(0, 50), digest=DIGESTS, day=DAYS)
def test_what_was_signed_is_what_is_read(number: int, back: int, digest: str, day: date) -> None:
    said = replace(RECEIPT, number=number, safe=max(0, number - back), digest=digest, day=day)
    assert read_receipt(write_receipt(said, KEY), KEY.public) == said


@given(st.sets(DIGESTS, min_size=1, max_size=8), st.sampled_from(Because), st.sampled_from(Where))
def test_an_erasure_too(digests: set[str], because: Because, where: Where) -> None:
    said = replace(ERASURE, digests=tuple(sorted(digests)), because=because, where=where)
    content = write_erasure(said, KEY)
    assert read_erasure(content, [OTHER.public, KEY.public]) == said
    assert known_erasure(content) == said


@settings(max_examples=200)
@given(st.integers(0, 2_000), st.integers(1, 255))
def test_no_changed_byte_is_believed(place: int, by: int) -> None:
    for content, read in (
        (write_receipt(RECEIPT, KEY), lambda one: read_receipt(one, KEY.public)),
        (write_erasure(ERASURE, KEY), lambda one: read_erasure(one, [KEY.public])),
    ):
        changed = bytearray(content)
        changed[place % len(changed)] ^= by
        with pytest.raises(TrustFault):
            read(bytes(changed))


def test_another_key_signs_nothing_here() -> None:
    with pytest.raises(TrustFault, match=r"trust\.not_signed"):
        read_receipt(write_receipt(RECEIPT, OTHER), KEY.public)
    with pytest.raises(TrustFault, match=r"trust\.not_signed"):
        read_erasure(write_erasure(ERASURE, OTHER), [KEY.public])
    with pytest.raises(TrustFault, match=r"trust\.not_signed"):
        read_erasure(write_erasure(ERASURE, KEY), [])


def test_neither_is_the_other() -> None:
    with pytest.raises(TrustFault, match=r"trust\.other_file"):
        read_receipt(write_erasure(ERASURE, KEY), KEY.public)
    with pytest.raises(TrustFault, match=r"trust\.other_file"):
        read_erasure(write_receipt(RECEIPT, KEY), [KEY.public])


@pytest.mark.parametrize(
    "changed",
    [
        {"safe": 41},
        {"safe": -1},
        {"safe": True},
        {"safe": "31"},
        {"held": {"digest": "ab" * 32, "number": 0}},
        {"held": {"digest": "AB" * 32, "number": 40}},
        {"held": {"digest": "ab" * 32}},
        {"held": 40},
        {"day": "2026-3-9"},
        {"day": "20260309"},
        {"day": "2026-02-30"},
        {"day": 20260309},
        {"stream": "../../etc"},
        {"more": 1},
    ],
)
def test_a_receipt_that_is_signed_and_not_sound_is_refused(changed: dict[str, object]) -> None:
    fields = {
        "day": "2026-03-09",
        "held": {"digest": "ab" * 32, "number": 40},
        "organisation": "0a" * 16,
        "safe": 31,
        "stream": "5e" * 16,
    }
    content = to_file(sign_statement("receipt", fields | changed, KEY))  # type: ignore[arg-type]
    with pytest.raises(TrustFault, match=r"trust\.unreadable"):
        read_receipt(content, KEY.public)


@pytest.mark.parametrize(
    "changed",
    [
        {"digests": []},
        {"digests": ["cd" * 32, "ab" * 32]},
        {"digests": ["ab" * 32, "ab" * 32]},
        {"digests": ["ab" * 31]},
        {"digests": "ab" * 32},
        {"digests": [f"{number:064x}" for number in range(MOST_DIGESTS + 1)]},
        {"about": "person/1"},
        {"about": "case/" + "x" * 100},
        {"about": 7},
        {"because": "revenge"},
        {"because": ["law"]},
        {"where": "somewhere"},
        {"where": {}},
        {"day": "yesterday"},
    ],
)
def test_an_erasure_that_is_signed_and_not_sound_is_refused(changed: dict[str, object]) -> None:
    fields = {
        "about": "case/" + "c1" * 16,
        "because": "law",
        "day": "2026-03-09",
        "digests": ["ab" * 32],
        "erasure": "e0" * 16,
        "organisation": "0a" * 16,
        "where": "everywhere",
    }
    content = to_file(sign_statement("erasure", fields | changed, KEY))  # type: ignore[arg-type]
    with pytest.raises(TrustFault, match=r"trust\.unreadable"):
        read_erasure(content, [KEY.public])


def test_they_are_small_and_say_nothing_about_anybody() -> None:
    assert len(write_receipt(RECEIPT, KEY)) < 700
    most = replace(ERASURE, digests=tuple(f"{number:064x}" for number in range(MOST_DIGESTS)))
    assert read_erasure(write_erasure(most, KEY), [KEY.public]) == most
