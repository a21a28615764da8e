"""Who signed: Ed25519 with one strict verifier, and minisign files that stock `minisign -V` accepts.

1. One verifier everywhere (libsodium through PyNaCl): libraries disagree on edge cases, two would be a fork.
2. Only the prehashed form: Ed25519 over BLAKE2b-512 of the message, marked `ED`.
3. One spelling: fixed untrusted comment, printable trusted comment, key number derived from the key. The
   reader writes again what it read and compares the bytes; an alteration that changes nothing is refused too.

Format: https://jedisct1.github.io/minisign/#signature-format
"""

import base64
import binascii
import hashlib
from typing import Self

from nacl.bindings import crypto_sign_PUBLICKEYBYTES, crypto_sign_SEEDBYTES
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey as _Ed25519Key
from nacl.signing import VerifyKey as _Ed25519Public

from fieldkit.domain.errors import ForeignFault
from fieldkit.domain.ports import Randomness

SEED_BYTES = crypto_sign_SEEDBYTES
PUBLIC_BYTES = crypto_sign_PUBLICKEYBYTES
SIGNATURE_BYTES = 64
KEY_NUMBER_BYTES = 8
MAX_COMMENT = 512
MAX_MINISIG_BYTES = 1024

_PREHASHED = b"ED"
_KEY = b"Ed"
_UNTRUSTED = "untrusted comment: signed by fieldkit"
_TRUSTED = "trusted comment: "


class SignatureFault(ForeignFault):
    """A signature, or a key that should verify one, is not what it should be."""


class SigningKey:
    """A private Ed25519 key. It never shows itself in a message or a log."""

    __slots__ = ("_key",)

    def __init__(self, seed: bytes) -> None:
        """The key that grows from `seed` (32 bytes). Raises SignatureFault `signature.key_unreadable`."""
        if len(seed) != SEED_BYTES:
            raise SignatureFault("signature.key_unreadable")
        self._key = _Ed25519Key(seed)

    @classmethod
    def generate(cls, randomness: Randomness) -> Self:
        """A new key from 32 bytes of `randomness`."""
        return cls(randomness.bytes(SEED_BYTES))

    @property
    def public(self) -> bytes:
        """The public half, 32 bytes."""
        return bytes(self._key.verify_key)

    def to_bytes(self) -> bytes:
        """The secret seed, 32 bytes: only into a vault or a sealed file."""
        return bytes(self._key)

    def sign(self, message: bytes) -> bytes:
        """The signature of `message`, 64 bytes; the same message gives the same signature."""
        return self._key.sign(message).signature

    def __repr__(self) -> str:
        return f"SigningKey({key_number(self.public).hex()})"


def verify(public: bytes, message: bytes, signature: bytes) -> None:
    """Return when `signature` is that of `message` by `public`; else raise SignatureFault `signature.wrong`.

    Strict: points of small order and any second spelling of a signature are refused.
    """
    if len(public) != PUBLIC_BYTES or len(signature) != SIGNATURE_BYTES:
        raise SignatureFault("signature.wrong")
    try:
        _Ed25519Public(public).verify(message, signature)
    except BadSignatureError as error:
        raise SignatureFault("signature.wrong") from error


def key_number(public: bytes) -> bytes:
    """The eight bytes by which minisign tells keys apart: a label, never a proof."""
    return hashlib.sha256(public).digest()[:KEY_NUMBER_BYTES]


def minisign_public_text(public: bytes) -> str:
    """The public key file for `minisign -V -p`."""
    number = key_number(public)
    shown = number[::-1].hex().upper()  # minisign shows the number as a little-endian integer
    return f"untrusted comment: minisign public key {shown}\n{_base64(_KEY + number + public)}\n"


def minisign_sign(key: SigningKey, message: bytes, trusted_comment: str) -> bytes:
    """The `.minisig` file of `message`; `trusted_comment` is printable ASCII and signed with it."""
    if not _is_comment(trusted_comment):
        raise SignatureFault("signature.comment")
    signature = key.sign(_prehash(message))
    return _write(
        key_number(key.public), signature, trusted_comment, key.sign(signature + _ascii(trusted_comment))
    )


def minisign_verify(public: bytes, message: bytes, text: bytes) -> str:
    """The trusted comment of `text`, a `.minisig` file of `message` signed by `public`.

    Raises SignatureFault: `signature.unreadable` (not the one spelling), `signature.other_key`,
    `signature.wrong`.
    """
    number, signature, comment, over_comment = _read(text)
    if number != key_number(public):
        raise SignatureFault("signature.other_key")
    verify(public, _prehash(message), signature)
    verify(public, signature + _ascii(comment), over_comment)
    return comment


def _write(number: bytes, signature: bytes, comment: str, over_comment: bytes) -> bytes:
    lines = (_UNTRUSTED, _base64(_PREHASHED + number + signature), _TRUSTED + comment, _base64(over_comment))
    return _ascii("".join(line + "\n" for line in lines))


def _read(text: bytes) -> tuple[bytes, bytes, str, bytes]:
    try:
        if len(text) > MAX_MINISIG_BYTES:
            raise ValueError("too long")
        _, packed, trusted, second, _ = text.decode("ascii").split("\n")
        comment = trusted[len(_TRUSTED) :]
        fields, over_comment = base64.b64decode(packed), base64.b64decode(second)
        number, signature = fields[2 : 2 + KEY_NUMBER_BYTES], fields[2 + KEY_NUMBER_BYTES :]
    except (ValueError, binascii.Error) as error:
        raise SignatureFault("signature.unreadable") from error
    if not _is_comment(comment) or _write(number, signature, comment, over_comment) != text:
        raise SignatureFault("signature.unreadable")
    return number, signature, comment, over_comment


def _is_comment(text: str) -> bool:
    return 0 < len(text) <= MAX_COMMENT and text.isascii() and text.isprintable()


def _prehash(message: bytes) -> bytes:
    return hashlib.blake2b(message).digest()


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _ascii(text: str) -> bytes:
    return text.encode("ascii")
