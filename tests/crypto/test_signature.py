"""Signatures: stock minisign agrees both ways; nothing altered, and nothing merely respelled, is accepted."""

import base64
import hashlib
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.crypto.signature import (
    MAX_MINISIG_BYTES,
    SignatureFault,
    SigningKey,
    key_number,
    minisign_public_text,
    minisign_sign,
    minisign_verify,
    verify,
)

KEY = SigningKey(bytes(range(32)))
OTHER = SigningKey(bytes(32))
MESSAGE = b"an invented manifest"
ORDER_OF_THE_GROUP = 2**252 + 27742317777372353535851937790883648493


class Counting:
    """Randomness that draws the same bytes in every test."""

    def bytes(self, count: int) -> bytes:
        return bytes(range(count))


def code_of(text: bytes, message: bytes = MESSAGE, public: bytes = KEY.public) -> str:
    with pytest.raises(SignatureFault) as caught:
        minisign_verify(public, message, text)
    return caught.value.code


def minisign(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(["minisign", *arguments], cwd=folder, capture_output=True, text=True)


def stock_secret_key(key: SigningKey) -> str:
    """`key` as an unencrypted secret key file of stock minisign, with our key number."""
    secret = b"Ed" + b"\0\0" + b"B2" + bytes(32 + 8 + 8)
    body = key_number(key.public) + key.to_bytes() + key.public
    check = hashlib.blake2b(b"Ed" + body, digest_size=32).digest()
    return "untrusted comment: minisign key\n" + base64.b64encode(secret + body + check).decode() + "\n"


# Stories


def test_stock_minisign_verifies_what_we_sign(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_bytes(MESSAGE)
    (tmp_path / "manifest.json.minisig").write_bytes(minisign_sign(KEY, MESSAGE, "bundle 0123"))
    (tmp_path / "key.pub").write_text(minisign_public_text(KEY.public))
    checked = minisign(tmp_path, "-V", "-p", "key.pub", "-m", "manifest.json")
    assert checked.returncode == 0, checked.stderr
    assert "Trusted comment: bundle 0123" in checked.stdout
    (tmp_path / "manifest.json").write_bytes(MESSAGE + b" ")
    assert minisign(tmp_path, "-V", "-p", "key.pub", "-m", "manifest.json").returncode != 0


def test_we_verify_what_stock_minisign_signs(tmp_path: Path) -> None:
    (tmp_path / "m").write_bytes(MESSAGE)
    (tmp_path / "secret").write_text(stock_secret_key(KEY))
    signed = minisign(
        tmp_path, "-S", "-W", "-s", "secret", "-m", "m", "-c", "signed by fieldkit", "-t", "bundle 0123"
    )
    assert signed.returncode == 0, signed.stderr
    stock = (tmp_path / "m.minisig").read_bytes()
    assert minisign_verify(KEY.public, MESSAGE, stock) == "bundle 0123"
    assert stock == minisign_sign(KEY, MESSAGE, "bundle 0123")


def test_another_key_another_message_and_a_later_comment_are_told_apart() -> None:
    text = minisign_sign(KEY, MESSAGE, "bundle 0123")
    assert code_of(text, public=OTHER.public) == "signature.other_key"
    assert code_of(text, message=b"another manifest") == "signature.wrong"
    assert code_of(text.replace(b"bundle 0123", b"bundle 0124")) == "signature.wrong"


@pytest.mark.parametrize(
    "respelled",
    [
        lambda text: text.replace(b"\n", b"\r\n"),
        lambda text: text + b"\n",
        lambda text: text[:-1],
        lambda text: text.replace(b"signed by fieldkit", b"signed by anybody"),
        lambda text: text.replace(b"==\n", b"\n"),
        lambda text: text + b" " * MAX_MINISIG_BYTES,
        lambda _: b"",
    ],
)
def test_a_second_spelling_is_refused(respelled: "object") -> None:
    assert callable(respelled)
    assert code_of(respelled(minisign_sign(KEY, MESSAGE, "bundle 0123"))) == "signature.unreadable"


@pytest.mark.parametrize("comment", ["", "two\nlines", "é", "x" * 513])
def test_a_comment_that_could_be_read_two_ways_is_not_signed(comment: str) -> None:
    with pytest.raises(SignatureFault, match=r"signature\.comment"):
        minisign_sign(KEY, MESSAGE, comment)


def test_a_point_of_small_order_verifies_nothing() -> None:
    # With such a key, lax verifiers accept this signature for every message.
    small = bytes([1]) + bytes(31)
    with pytest.raises(SignatureFault, match=r"signature\.wrong"):
        verify(small, MESSAGE, small + bytes(32))


def test_the_second_spelling_of_a_signature_is_refused() -> None:
    signature = KEY.sign(MESSAGE)
    verify(KEY.public, MESSAGE, signature)
    shifted = int.from_bytes(signature[32:], "little") + ORDER_OF_THE_GROUP
    with pytest.raises(SignatureFault, match=r"signature\.wrong"):
        verify(KEY.public, MESSAGE, signature[:32] + shifted.to_bytes(32, "little"))


def test_a_key_is_kept_and_never_shown() -> None:
    key = SigningKey.generate(Counting())
    assert SigningKey(key.to_bytes()).public == key.public == KEY.public
    assert key.to_bytes().hex() not in repr(key)
    with pytest.raises(SignatureFault, match=r"signature\.key_unreadable"):
        SigningKey(b"short")


# Laws


@given(st.binary(max_size=200), st.binary(min_size=32, max_size=32))
def test_what_is_signed_is_verified(message: bytes, seed: bytes) -> None:
    key = SigningKey(seed)
    assert minisign_verify(key.public, message, minisign_sign(key, message, "law")) == "law"


@given(st.data())
def test_any_changed_byte_of_a_signature_file_is_refused(data: st.DataObject) -> None:
    text = bytearray(minisign_sign(KEY, MESSAGE, "bundle 0123"))
    text[data.draw(st.integers(0, len(text) - 1))] ^= data.draw(st.integers(1, 255))
    assert code_of(bytes(text)).startswith("signature.")


@given(st.binary(max_size=400))
def test_any_bytes_are_refused_with_a_known_fault(text: bytes) -> None:
    assert code_of(text) == "signature.unreadable"
