"""Sticks that open with their phrase in no time: what `age -p` makes, at a cost that only tests can afford.

`rage` chooses the cost of a phrase itself, aims at a second, a sealing and an opening each, and offers nothing
less. What is written here is the same format (age-encryption.org/v1, a `scrypt` stanza), sealed with the phrase
given; the program and stock `age` open it as any other. `tests/crypto/test_offline.py` has the real cost.
"""

import base64
import hashlib
import hmac
import os

import pyrage
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

LOG_N = 4
CHUNK = 64 * 1024

dear_encrypt = pyrage.passphrase.encrypt
"""What the program calls outside tests."""


def encrypt(plaintext: bytes, passphrase: str, armored: bool = False) -> bytes:
    """In place of `pyrage.passphrase.encrypt`."""
    assert not armored
    file_key, salt, nonce = os.urandom(16), os.urandom(16), os.urandom(16)
    whole_salt = b"age-encryption.org/v1/scrypt" + salt
    key = hashlib.scrypt(passphrase.encode(), salt=whole_salt, n=2**LOG_N, r=8, p=1, dklen=32)
    wrapped = ChaCha20Poly1305(key).encrypt(bytes(12), file_key, None)
    stanza = b"-> scrypt %s %d\n%s\n" % (_base64(salt), LOG_N, _base64(wrapped))
    header = b"age-encryption.org/v1\n" + stanza + b"---"
    mac = hmac.digest(_derived(file_key, b"", b"header"), header, "sha256")
    return (
        header
        + b" "
        + _base64(mac)
        + b"\n"
        + nonce
        + _stream(_derived(file_key, nonce, b"payload"), plaintext)
    )


def _stream(key: bytes, plaintext: bytes) -> bytes:
    chunks = [plaintext[at : at + CHUNK] for at in range(0, len(plaintext), CHUNK)] or [b""]
    box = ChaCha20Poly1305(key)
    last = len(chunks) - 1
    return b"".join(
        box.encrypt(number.to_bytes(11, "big") + bytes([number == last]), chunk, None)
        for number, chunk in enumerate(chunks)
    )


def _derived(key: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=info).derive(key)


def _base64(content: bytes) -> bytes:
    return base64.b64encode(content).rstrip(b"=")
