"""Laws of the operations everything else is made of."""

import pytest
from cryptography.hazmat.primitives.kdf import argon2
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.crypto import primitives
from fieldkit.crypto.primitives import (
    FOR_TESTS,
    STANDARD,
    Cost,
    CryptoFault,
    MemoryFault,
    argon2id,
    constant_time_equal,
    hkdf,
    mac,
    open_aead,
    seal_aead,
    sha256,
)

KEY = bytes(range(32))
NONCE = bytes(12)
BYTES = st.binary(max_size=200)


@given(BYTES, BYTES)
def test_what_was_sealed_opens_to_the_same_bytes(plaintext: bytes, associated: bytes) -> None:
    assert open_aead(KEY, NONCE, seal_aead(KEY, NONCE, plaintext, associated), associated) == plaintext


@given(BYTES, st.integers(min_value=0), st.integers(1, 255))
def test_no_changed_byte_is_accepted(plaintext: bytes, place: int, change: int) -> None:
    sealed = bytearray(seal_aead(KEY, NONCE, plaintext, b"bound"))
    sealed[place % len(sealed)] ^= change
    with pytest.raises(CryptoFault, match=r"crypto\.not_authentic"):
        open_aead(KEY, NONCE, bytes(sealed), b"bound")


@pytest.mark.parametrize("sealed", [b"", b"short"])
def test_bytes_too_short_to_be_sealed_are_refused(sealed: bytes) -> None:
    with pytest.raises(CryptoFault):
        open_aead(KEY, NONCE, sealed, b"")


def test_what_was_bound_must_be_the_same() -> None:
    with pytest.raises(CryptoFault):
        open_aead(KEY, NONCE, seal_aead(KEY, NONCE, b"text", b"Amina's slot"), b"Bilal's slot")


def test_aes_256_gcm_gives_the_published_answer() -> None:
    """Test case 14 of the GCM specification (McGrew and Viega)."""
    sealed = seal_aead(bytes(32), bytes(12), bytes(16), b"")
    assert sealed.hex() == "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"


def test_hkdf_gives_the_published_answer() -> None:
    """RFC 5869, test case 3: no salt, no info."""
    expected = "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
    assert hkdf(b"\x0b" * 22, b"", 42).hex() == expected


def test_mac_gives_the_published_answer() -> None:
    """RFC 4231, test case 2."""
    expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    assert mac(b"Jefe", b"what do ya want for nothing?").hex() == expected


def test_argon2id_gives_the_answer_of_the_reference_program() -> None:
    """`echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1 -r`, from the reference's own tests."""
    policy = primitives.Policy(cost=Cost(65536, 2, 1), least=Cost(8, 1, 1), most=Cost(65536, 3, 4))
    derived = argon2id(b"password", b"somesalt", Cost(65536, 2, 1), policy)
    assert derived.hex() == "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7"


@pytest.mark.parametrize(
    "cost",
    [
        Cost(2**31, 3, 4),
        Cost(STANDARD.most.memory + 1, 3, 4),
        Cost(65536, 10**6, 4),
        Cost(65536, 3, 10**6),
        Cost(65535, 3, 4),
        Cost(65536, 2, 4),
        Cost(65536, 3, 0),
        Cost(0, 0, 0),
        Cost(-1, -1, -1),
    ],
)
def test_a_cost_outside_the_policy_is_refused_before_anything_is_derived(
    cost: Cost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(argon2, "Argon2id", None)
    with pytest.raises(CryptoFault, match=r"crypto\.cost_refused"):
        argon2id(b"phrase", bytes(16), cost)


def test_the_standard_cost_is_64_mebibytes_or_more() -> None:
    assert STANDARD.least.memory >= 64 * 1024
    assert STANDARD.accepts(STANDARD.cost)
    assert not STANDARD.accepts(FOR_TESTS.cost)


def test_too_little_memory_is_said_and_not_a_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    class Exhausted:
        def __init__(self, **_: object) -> None:
            raise MemoryError

    monkeypatch.setattr(argon2, "Argon2id", Exhausted)
    with pytest.raises(MemoryFault) as fault:
        argon2id(b"phrase", bytes(16), STANDARD.cost)
    assert fault.value.data["mebibytes"] == 64


def test_equality_and_digest() -> None:
    assert constant_time_equal(b"same", b"same")
    assert not constant_time_equal(b"same", b"other")
    assert sha256(b"abc").hex().startswith("ba7816bf8f01cfea")
