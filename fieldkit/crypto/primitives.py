"""The few operations everything else is made of, each by `cryptography`.

1. What a phrase costs is checked before anything is derived: a forged header can neither exhaust the memory
   nor make guessing cheap. Both ends of the range stand in a `Policy`.
2. A key and a nonce are used together once; callers draw them fresh.
3. What fails to authenticate is never returned, not even in part.

`cryptography` is loaded by what needs it: the sign-in window comes up before anybody opens anything.

AES-256-GCM: NIST SP 800-38D. Argon2id: RFC 9106. HKDF: RFC 5869. HMAC: RFC 2104.
"""

import hashlib
import hmac
from dataclasses import dataclass

from fieldkit.domain.errors import DeviceFault, ForeignFault

KEY_BYTES = 32
NONCE_BYTES = 12
SALT_BYTES = 16


class CryptoFault(ForeignFault):
    """Bytes do not authenticate, or ask for a cost that is not paid."""


class MemoryFault(DeviceFault):
    """This laptop has too little free memory for what a phrase costs."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one try of a phrase costs: memory in KiB, passes over it, lanes computed side by side."""

    memory: int
    passes: int
    lanes: int


@dataclass(frozen=True, slots=True)
class Policy:
    """The cost of new slots, and the range accepted in slots that are read."""

    cost: Cost
    least: Cost
    most: Cost

    def accepts(self, cost: Cost) -> bool:
        """Whether a slot of this cost may be tried at all (rule 1)."""
        return (
            self.least.memory <= cost.memory <= self.most.memory
            and self.least.passes <= cost.passes <= self.most.passes
            and self.least.lanes <= cost.lanes <= self.most.lanes
            and cost.memory >= 8 * cost.lanes  # RFC 9106, 3.1
        )


STANDARD = Policy(
    cost=Cost(memory=64 * 1024, passes=3, lanes=4),  # RFC 9106, 4: the second recommended choice
    least=Cost(memory=64 * 1024, passes=3, lanes=1),
    most=Cost(memory=512 * 1024, passes=12, lanes=8),
)
"""The policy of every real vault."""

FOR_TESTS = Policy(cost=Cost(64, 1, 1), least=Cost(8, 1, 1), most=Cost(1024, 4, 4))
"""Quick and weak. Only tests hand it in; a vault made with it is refused by `STANDARD`."""


def seal_aead(key: bytes, nonce: bytes, plaintext: bytes, associated: bytes) -> bytes:
    """`plaintext` under AES-256-GCM with a tag of 16 bytes at its end; `associated` is bound, not hidden."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    return AESGCM(key).encrypt(nonce, plaintext, associated)


class Sealer:
    """`seal_aead` with one key many times: its schedule is worked out once."""

    def __init__(self, key: bytes) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

        self._seal = AESGCM(key).encrypt

    def seal(self, nonce: bytes, plaintext: bytes, associated: bytes) -> bytes:
        """As `seal_aead`."""
        return self._seal(nonce, plaintext, associated)


def open_aead(key: bytes, nonce: bytes, sealed: bytes, associated: bytes) -> bytes:
    """What `seal_aead` sealed. Raises CryptoFault `crypto.not_authentic`: wrong key or altered bytes."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    try:
        return AESGCM(key).decrypt(nonce, sealed, associated)
    except (InvalidTag, ValueError) as error:
        raise CryptoFault("crypto.not_authentic") from error


def argon2id(phrase: bytes, salt: bytes, cost: Cost, policy: Policy = STANDARD) -> bytes:
    """A key of 32 bytes from a phrase.

    Raises CryptoFault `crypto.cost_refused` before deriving anything; MemoryFault `crypto.no_memory`.
    """
    if not policy.accepts(cost):
        raise CryptoFault("crypto.cost_refused")
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id  # noqa: PLC0415

    try:
        return Argon2id(
            salt=salt, length=KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory
        ).derive(phrase)
    except MemoryError as error:
        raise MemoryFault("crypto.no_memory", mebibytes=cost.memory // 1024) from error


def hkdf(key: bytes, info: bytes, length: int = KEY_BYTES) -> bytes:
    """A key for one purpose, named by `info`, from a key that is already random (no salt needed)."""
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415

    return HKDF(algorithm=SHA256(), length=length, salt=None, info=info).derive(key)


def mac(key: bytes, content: bytes) -> bytes:
    """HMAC-SHA-256 of `content`, 32 bytes."""
    return hmac.digest(key, content, "sha256")


def constant_time_equal(one: bytes, other: bytes) -> bool:
    """Whether both are the same, in a time that does not tell where they differ."""
    return hmac.compare_digest(one, other)


def sha256(content: bytes) -> bytes:
    """SHA-256 of `content`, 32 bytes."""
    return hashlib.sha256(content).digest()
