"""One key for both: what is sealed to a signing key opens with it, here and by hand."""

import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldkit.crypto.both import bech32, opening_key, recipient_of
from fieldkit.crypto.sealing import SealFault, SealingKey, is_recipient, open_sealed, seal
from fieldkit.crypto.signature import SigningKey


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=50))
@settings(deadline=None, max_examples=40)
def test_what_is_sealed_to_the_public_half_opens_with_the_private_half(seed: bytes, said: bytes) -> None:
    key = SigningKey(seed)
    recipient = recipient_of(key.public)
    assert is_recipient(recipient)
    assert opening_key(key).recipient == recipient
    assert open_sealed(seal(said, [recipient]), [opening_key(key)]) == said
    with pytest.raises(SealFault, match=r"seal\.not_for_us"):
        open_sealed(seal(said, [recipient]), [SealingKey.generate()])


def test_it_opens_by_hand(tmp_path: Path) -> None:
    key = SigningKey(bytes(range(32)))
    (tmp_path / "laptop.key").write_bytes(opening_key(key).to_bytes())
    sealed = seal(b"from headquarters (invented)", [recipient_of(key.public)])
    by_hand = ["age", "-d", "-i", "laptop.key"]
    opened = subprocess.run(by_hand, input=sealed, cwd=tmp_path, capture_output=True, check=True)
    assert opened.stdout == b"from headquarters (invented)"
    to = ["age", "-r", recipient_of(key.public)]
    back = subprocess.run(to, input=b"sealed by hand", capture_output=True, check=True).stdout
    assert open_sealed(back, [opening_key(key)]) == b"sealed by hand"


def test_the_words_of_the_standard() -> None:
    """BIP 173, valid Bech32."""
    assert bech32("a", b"") == "a12uel5l"
    assert bech32("abcdef", bytes.fromhex("00443214c74254b635cf84653a56d7c675be77df")) == (
        "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw"
    )


@pytest.mark.parametrize("public", [b"", bytes(31), bytes(33), b"\x02" + bytes(31)])
def test_what_is_no_key_is_nobody(public: bytes) -> None:
    with pytest.raises(SealFault, match=r"seal\.recipient"):
        recipient_of(public)
