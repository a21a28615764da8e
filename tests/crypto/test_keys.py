"""Laws of the key ring and of the slot that wraps it."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.crypto.keys import DatabaseKey, Keyring, Wrapped, unwrap, wrap
from fieldkit.crypto.primitives import FOR_TESTS, Cost, CryptoFault
from fieldkit.crypto.sealing import open_sealed, seal
from fieldkit.domain.classes import SealedClass
from fieldkit.domain.errors import ForeignFault

VAULT, PERSON = "a" * 32, "b" * 32
PHRASE = "vessel room friend occur push shock"


class Numbers:
    def __init__(self, seed: int = 1) -> None:
        self._random = Random(seed)

    def bytes(self, count: int) -> bytes:
        return self._random.randbytes(count)


RING = Keyring.new(Numbers(), [SealedClass.HEALTH])
EVERY_KEY = Keyring.new(Numbers(3))


def wrapped(ring: Keyring = RING) -> Wrapped:
    return wrap(ring, PHRASE, vault=VAULT, person=PERSON, randomness=Numbers(2), policy=FOR_TESTS)


def opened(slot: Wrapped, phrase: str = PHRASE, vault: str = VAULT, person: str = PERSON) -> Keyring:
    return unwrap(slot, phrase, vault=vault, person=person, policy=FOR_TESTS)


@given(st.frozensets(st.sampled_from(SealedClass)))
def test_a_ring_survives_its_slot(classes: frozenset[SealedClass]) -> None:
    ring = EVERY_KEY.for_classes(classes)
    assert opened(wrapped(ring)) == ring
    assert set(ring.classes) == classes


def test_somebody_else_gets_what_they_are_cleared_for_and_a_key_of_their_own() -> None:
    given_ring = EVERY_KEY.for_classes({SealedClass.HEALTH, SealedClass.SHELTER})
    assert given_ring.database == EVERY_KEY.database
    assert given_ring.classes == {name: EVERY_KEY.classes[name] for name in given_ring.classes}
    assert given_ring.own != EVERY_KEY.own
    assert given_ring.drafts_key() != EVERY_KEY.drafts_key()


def test_nobody_is_given_a_key_that_the_giver_lacks() -> None:
    assert set(RING.for_classes(SealedClass).classes) == {SealedClass.HEALTH}


def test_a_renewed_ring_is_the_same_persons_and_opens_nothing_sealed_to_the_old_one() -> None:
    renewed = EVERY_KEY.renewed(Numbers(9), [SealedClass.HEALTH])
    assert renewed.own == EVERY_KEY.own
    assert renewed.database != EVERY_KEY.database
    changed = {name for name in SealedClass if renewed.classes[name] != EVERY_KEY.classes[name]}
    assert changed == {SealedClass.HEALTH}


def test_a_ring_from_before_class_keys_still_opens_and_holds_none() -> None:
    old = b'{"classes":{},"database":"' + b"0" * 64 + b'","format":1}'
    assert Keyring.from_bytes(old) == Keyring(DatabaseKey(bytes(32)))
    with pytest.raises(CryptoFault, match=r"crypto\.no_own_key"):
        Keyring.from_bytes(old).drafts_key()


def test_keys_that_opened_a_slot_open_what_was_sealed_to_them() -> None:
    sealed = seal(b"invented", [RING.classes[SealedClass.HEALTH].recipient])
    assert open_sealed(sealed, [opened(wrapped()).classes[SealedClass.HEALTH]]) == b"invented"


def test_the_phrase_opens_however_it_is_typed() -> None:
    assert opened(wrapped(), "  Vessel ROOM  friend\toccur push shock ") == RING


@given(st.text(max_size=40).filter(lambda text: "vessel" not in text.casefold()))
def test_no_other_phrase_opens(phrase: str) -> None:
    with pytest.raises(CryptoFault, match=r"crypto\.not_authentic"):
        opened(wrapped(), phrase)


def test_a_slot_moved_to_another_person_or_vault_does_not_open() -> None:
    with pytest.raises(CryptoFault):
        opened(wrapped(), person="c" * 32)
    with pytest.raises(CryptoFault):
        opened(wrapped(), vault="c" * 32)


@pytest.mark.parametrize("cost", [Cost(32, 1, 1), Cost(64, 2, 1), Cost(64, 1, 2), Cost(128, 1, 1)])
def test_a_slot_with_another_cost_does_not_open(cost: Cost) -> None:
    with pytest.raises(CryptoFault, match=r"crypto\.not_authentic"):
        opened(replace(wrapped(), cost=cost))


def test_a_slot_made_for_tests_is_refused_by_a_real_vault() -> None:
    with pytest.raises(CryptoFault, match=r"crypto\.cost_refused"):
        unwrap(wrapped(), PHRASE, vault=VAULT, person=PERSON)


def test_the_length_of_a_slot_does_not_tell_who_is_cleared() -> None:
    lengths = {len(wrapped(ring).sealed) for ring in (EVERY_KEY, RING, Keyring(RING.database))}
    assert len(lengths) == 1


def test_two_slots_of_one_phrase_have_nothing_in_common() -> None:
    one = wrap(RING, PHRASE, vault=VAULT, person=PERSON, randomness=Numbers(3), policy=FOR_TESTS)
    other = wrapped()
    assert (one.salt, one.nonce, one.sealed) != (other.salt, other.nonce, other.sealed)


def test_no_key_is_ever_printed() -> None:
    assert RING.database.raw.hex() not in repr(RING)
    assert repr(RING.database.raw)[2:-1] not in repr(RING)
    assert "health" not in repr(RING)
    assert "AGE-SECRET" not in repr(RING)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "crypto.key_unreadable"),
        (b"[]", "crypto.key_unreadable"),
        (b'{"classes":{},"database":"00","format":1}', "crypto.key_unreadable"),
        (b'{"classes":[],"database":"' + b"0" * 64 + b'","format":1}', "crypto.key_unreadable"),
        (b'{"classes":{"a":"00"},"database":"' + b"0" * 64 + b'","format":1}', "crypto.key_unreadable"),
        (b'{"database":7,"format":1}', "crypto.key_unreadable"),
        (b'{"classes":{},"database":"' + b"0" * 64 + b'","format":2}', "crypto.key_unreadable"),
        (b'{"classes":{},"database":"' + b"0" * 64 + b'","format":2,"own":"AGE"}', "crypto.key_unreadable"),
        (b'{"format":3}', "crypto.newer"),
    ],
)
def test_a_ring_that_is_none_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(ForeignFault) as fault:
        Keyring.from_bytes(content)
    assert fault.value.code == code


def test_the_header_key_is_not_the_database_key() -> None:
    assert RING.database.for_header() != RING.database.raw
