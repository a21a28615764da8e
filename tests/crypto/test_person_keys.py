"""Laws of what a phrase opens: a person's key, the pieces of a ring, and who vouches for them."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.crypto.armour import armoured, is_armoured, unarmoured
from fieldkit.crypto.keys import DatabaseKey, Keyring
from fieldkit.crypto.person_keys import (
    PersonKey,
    database_piece,
    is_vouched,
    joined,
    keep_voucher,
    kept_voucher,
    openable,
    opened,
    unwrap_person,
    vouch,
    whole_piece,
    wrap_person,
)
from fieldkit.crypto.primitives import FOR_TESTS, STANDARD
from fieldkit.crypto.sealing import SealFault, SealingKey, open_sealed, seal
from fieldkit.domain.classes import SealedClass
from fieldkit.domain.errors import FieldkitError
from tests.worlds import CountedRandomness

PHRASE, VAULT, PERSON = "vessel room friend occur push shock", "a" * 32, "b" * 32
CHANCE = CountedRandomness("person keys")
KEY, OTHER = PersonKey.new(CHANCE), PersonKey.new(CHANCE)
RING = Keyring.new(CHANCE, [SealedClass.HEALTH])
HERE = {"vault": VAULT, "person": PERSON}
WRAPPED = wrap_person(KEY, PHRASE, vault=VAULT, person=PERSON, randomness=CHANCE, policy=FOR_TESTS)


def code(call: Callable[[], object]) -> str:
    with pytest.raises(FieldkitError) as fault:
        call()
    return fault.value.code


def test_a_phrase_opens_the_key_that_it_wraps() -> None:
    assert unwrap_person(WRAPPED, " Vessel ROOM friend occur push  shock", **HERE, policy=FOR_TESTS) == KEY
    for wrong in (PHRASE[:-1], "", "shock push occur friend room vessel"):
        assert code(lambda wrong=wrong: unwrap_person(WRAPPED, wrong, **HERE, policy=FOR_TESTS)) == (  # type: ignore[misc]
            "crypto.not_authentic"
        )


@pytest.mark.parametrize(
    "place", [{"vault": "c" * 32, "person": PERSON}, {"vault": VAULT, "person": "c" * 32}]
)
def test_a_slot_that_was_moved_does_not_open(place: dict[str, str]) -> None:
    assert code(lambda: unwrap_person(WRAPPED, PHRASE, **place, policy=FOR_TESTS)) == "crypto.not_authentic"


def test_a_cost_that_was_changed_or_is_not_paid_does_not_open() -> None:
    cheaper = replace(WRAPPED, cost=replace(WRAPPED.cost, passes=2))
    assert code(lambda: unwrap_person(cheaper, PHRASE, **HERE, policy=FOR_TESTS)) == "crypto.not_authentic"
    assert code(lambda: unwrap_person(WRAPPED, PHRASE, **HERE, policy=STANDARD)) == "crypto.cost_refused"


def test_a_piece_opens_for_each_of_those_it_is_sealed_to() -> None:
    office = SealingKey.generate()
    piece = whole_piece(RING, [KEY.sealing.recipient, office.recipient])
    assert opened([piece], KEY.sealing) == opened([piece], office) == RING
    assert code(lambda: opened([piece], OTHER.sealing)) == "seal.not_for_us"
    assert openable([piece, whole_piece(RING, [OTHER.sealing.recipient])], office) != []
    assert openable([piece], OTHER.sealing) == []


def test_a_later_piece_says_more_than_an_earlier_one() -> None:
    newer = replace(RING, database=DatabaseKey.new(CHANCE))
    to = [KEY.sealing.recipient]
    ring = opened([whole_piece(RING, to), database_piece(newer, to)], KEY.sealing)
    assert ring == newer, "a new database key, everything else as it was"


def test_the_length_of_a_piece_does_not_tell_who_is_cleared() -> None:
    """Beside the stanza of chance length that the library adds."""
    none, every = Keyring(RING.database, {}, RING.own), Keyring.new(CHANCE)
    pieces = [whole_piece(ring, [KEY.sealing.recipient]) for ring in (none, every)]
    assert len({len(open_sealed(piece, [KEY.sealing])) for piece in pieces}) == 1


@given(st.binary(max_size=200))
def test_no_bytes_break_the_joining(content: bytes) -> None:
    with pytest.raises(FieldkitError):
        joined([content])


def test_only_somebody_who_was_in_vouches() -> None:
    pieces = [whole_piece(RING, [KEY.sealing.recipient])]
    told = vouch(KEY.voucher, VAULT, PERSON, KEY.sealing.recipient, pieces)
    where = (VAULT, PERSON, KEY.sealing.recipient)
    assert is_vouched(KEY.voucher, *where, pieces, told)
    planted = [whole_piece(Keyring.new(CHANCE), [KEY.sealing.recipient])]
    assert not is_vouched(KEY.voucher, *where, planted, told)
    assert not is_vouched(KEY.voucher, *where, pieces * 2, told)
    assert not is_vouched(OTHER.voucher, *where, pieces, told)
    assert not is_vouched(KEY.voucher, "c" * 32, *where[1:], pieces, told)


def test_a_voucher_is_kept_for_those_who_are_in() -> None:
    kept = keep_voucher(KEY.voucher, RING.database, PERSON, CHANCE)
    assert kept_voucher(kept, RING.database, PERSON) == KEY.voucher
    assert KEY.voucher not in kept
    assert code(lambda: kept_voucher(kept, DatabaseKey.new(CHANCE), PERSON)) == "crypto.not_authentic"
    assert code(lambda: kept_voucher(kept, RING.database, "c" * 32)) == "crypto.not_authentic"


def test_no_key_has_a_text() -> None:
    assert "AGE-SECRET" not in repr(KEY) and KEY.voucher.hex() not in repr(KEY)


@given(st.binary(max_size=300))
def test_armour_has_one_spelling(content: bytes) -> None:
    text = armoured(content)
    assert unarmoured(text) == content
    assert is_armoured(text.encode())
    for other in (text + "\n", text.replace("\n", "\r\n"), text[:-2], text.lower()):
        with pytest.raises(SealFault):
            unarmoured(other)


def test_what_is_sealed_elsewhere_is_refused_as_too_large() -> None:
    large = seal(bytes(64 * 1024), [KEY.sealing.recipient])
    assert code(lambda: opened([large], KEY.sealing)) == "seal.too_large"
