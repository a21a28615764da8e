"""The keys of a vault and how a person's phrase wraps them (`vault-and-bundles.md`, keys and people).

1. The database key is random and never derived from a phrase; a phrase only wraps it. Changing a phrase
   rewrites one slot.
2. A slot carries the person's key ring: the database key, and the class keys of the sealed classes the person
   is cleared for. Its length does not tell which.
3. A slot is bound to its vault, its person and its cost: moved or made cheaper, it does not open.
4. Keys have no text: nothing here prints one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from fieldkit.crypto.phrases import spelled
from fieldkit.crypto.primitives import (
    KEY_BYTES,
    NONCE_BYTES,
    SALT_BYTES,
    STANDARD,
    Cost,
    CryptoFault,
    Policy,
    argon2id,
    hkdf,
    open_aead,
    seal_aead,
)
from fieldkit.domain.entries import canonical, read_object
from fieldkit.domain.ports import Randomness

DATABASE_KEY_BYTES = KEY_BYTES
FORMAT = 1

_PADDED_TO = 1024  # bytes; the seven sealed classes and their names fit into one step
_PAD = b"\n"


@dataclass(frozen=True, slots=True)
class DatabaseKey:
    """The 256-bit key that opens the vault's database."""

    raw: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.raw) != DATABASE_KEY_BYTES:
            raise CryptoFault("crypto.key_unreadable")

    @classmethod
    def new(cls, randomness: Randomness) -> "DatabaseKey":
        """A fresh key."""
        return cls(randomness.bytes(DATABASE_KEY_BYTES))

    def for_header(self) -> bytes:
        """The key under which the vault's header is authenticated."""
        return hkdf(self.raw, b"fieldkit vault header 1")

    def for_salt(self) -> bytes:
        """The salt of a new database under this key, 16 bytes."""
        return hkdf(self.raw, b"fieldkit database salt 1", SALT_BYTES)


@dataclass(frozen=True, slots=True)
class Keyring:
    """What one person holds: the database key, and a key for each sealed class they are cleared for."""

    database: DatabaseKey
    classes: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    def to_bytes(self) -> bytes:
        """Canonical JSON that a person can read: also what the recovery slot seals for headquarters."""
        return canonical(
            {
                "classes": {name: key.hex() for name, key in self.classes.items()},
                "database": self.database.raw.hex(),
                "format": FORMAT,
            }
        )

    @classmethod
    def from_bytes(cls, content: bytes) -> "Keyring":
        """The ring in `content`. Raises ForeignFault `crypto.key_unreadable`, `crypto.newer`."""
        fields = read_object(content, "crypto.key_unreadable")
        if fields.get("format") != FORMAT:
            raise CryptoFault("crypto.newer")
        try:
            return cls(
                DatabaseKey(bytes.fromhex(fields["database"])),
                {name: _class_key(text) for name, text in fields["classes"].items()},
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise CryptoFault("crypto.key_unreadable") from error


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A key ring under a phrase: what lies in a slot. Nothing in it is secret without the phrase."""

    cost: Cost
    salt: bytes
    nonce: bytes
    sealed: bytes


def wrap(
    ring: Keyring, phrase: str, *, vault: str, person: str, randomness: Randomness, policy: Policy = STANDARD
) -> Wrapped:
    """`ring` under `phrase`, bound to `vault` and `person`, at the cost of `policy`."""
    salt, nonce = randomness.bytes(SALT_BYTES), randomness.bytes(NONCE_BYTES)
    key = argon2id(spelled(phrase), salt, policy.cost, policy)
    associated = _associated(vault, person, policy.cost)
    return Wrapped(policy.cost, salt, nonce, seal_aead(key, nonce, _padded(ring.to_bytes()), associated))


def unwrap(wrapped: Wrapped, phrase: str, *, vault: str, person: str, policy: Policy = STANDARD) -> Keyring:
    """The key ring in a slot.

    Raises CryptoFault `crypto.not_authentic` (wrong phrase, or an altered slot: nobody can tell which),
    `crypto.cost_refused`; MemoryFault `crypto.no_memory`.
    """
    key = argon2id(spelled(phrase), wrapped.salt, wrapped.cost, policy)
    associated = _associated(vault, person, wrapped.cost)
    return Keyring.from_bytes(open_aead(key, wrapped.nonce, wrapped.sealed, associated).rstrip(_PAD))


def _associated(vault: str, person: str, cost: Cost) -> bytes:
    return canonical(
        {
            "lanes": cost.lanes,
            "memory": cost.memory,
            "passes": cost.passes,
            "person": person,
            "purpose": "fieldkit slot 1",
            "vault": vault,
        }
    )


def _padded(content: bytes) -> bytes:
    return content + _PAD * (-len(content) % _PADDED_TO)


def _class_key(text: str) -> bytes:
    key = bytes.fromhex(text)
    if len(key) != KEY_BYTES:
        raise CryptoFault("crypto.key_unreadable")
    return key
