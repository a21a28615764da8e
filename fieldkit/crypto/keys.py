"""The keys of a vault and how a person's phrase wraps them (`vault-and-bundles.md`, keys and people).

1. The database key is random and never derived from a phrase; a phrase only wraps it. Changing a phrase
   rewrites one slot.
2. A slot carries the person's key ring: the database key, the private keys of the sealed classes the person is
   cleared for, and a key pair of the person's own. Its length does not tell which. The public halves stand in the
   database: whoever records may seal, only the cleared may read.
3. A slot is bound to its vault, its person and its cost: moved or made cheaper, it does not open.
4. Keys have no text: nothing here prints one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

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
from fieldkit.crypto.sealing import SealFault, SealingKey
from fieldkit.domain.classes import SealedClass
from fieldkit.domain.entries import canonical, read_object
from fieldkit.domain.ports import JsonObject, Randomness

DATABASE_KEY_BYTES = KEY_BYTES
FORMAT = 2
BEFORE_CLASS_KEYS = 1
"""The format of rings that hold the database key and nothing else."""

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
    """What one person holds: the database key, a key for each class they are cleared for, and a key of their own.

    `own` is None only in a ring from before there were class keys, until its person signs in again.
    """

    database: DatabaseKey
    classes: Mapping[SealedClass, SealingKey] = field(default_factory=dict, repr=False)
    own: SealingKey | None = field(default=None, repr=False)

    @classmethod
    def new(cls, randomness: Randomness, classes: Iterable[SealedClass] = SealedClass) -> "Keyring":
        """The ring of the first person of a new vault: every key fresh."""
        return cls(DatabaseKey.new(randomness), fresh_classes(classes), SealingKey.generate())

    def for_classes(self, classes: Iterable[SealedClass]) -> "Keyring":
        """The ring for somebody else: this database key, of `classes` those held here, a fresh key of their own."""
        wanted = frozenset(classes)
        given = {name: key for name, key in self.classes.items() if name in wanted}
        return Keyring(self.database, given, SealingKey.generate())

    def renewed(self, randomness: Randomness, classes: Iterable[SealedClass] | None = None) -> "Keyring":
        """The same person's ring for a vault with a new database key, and new keys for `classes` (None: every one
        held here). Somebody left; `storage.sealed.rewrap` seals again what was sealed."""
        wanted = frozenset(self.classes if classes is None else classes) & self.classes.keys()
        renewed = {**self.classes, **fresh_classes(wanted)}
        return replace(self, database=DatabaseKey.new(randomness), classes=renewed)

    def drafts_key(self) -> bytes:
        """The key of this person's own drafts, 32 bytes. Raises CryptoFault `crypto.no_own_key`."""
        if self.own is None:
            raise CryptoFault("crypto.no_own_key")
        return hkdf(self.own.to_bytes(), b"fieldkit drafts 1")

    def to_bytes(self) -> bytes:
        """Canonical JSON that a person can read: also what the recovery slot seals for headquarters."""
        return canonical(
            {
                "classes": {name.value: _line(key) for name, key in self.classes.items()},
                "database": self.database.raw.hex(),
                "format": FORMAT,
                "own": None if self.own is None else _line(self.own),
            }
        )

    @classmethod
    def from_bytes(cls, content: bytes) -> "Keyring":
        """The ring in `content`. Raises ForeignFault `crypto.key_unreadable`, `crypto.newer`."""
        fields = read_object(content, "crypto.key_unreadable")
        if fields.get("format") not in (BEFORE_CLASS_KEYS, FORMAT):
            raise CryptoFault("crypto.newer")
        try:
            database = DatabaseKey(bytes.fromhex(fields["database"]))
            if fields["format"] == BEFORE_CLASS_KEYS:
                return _without_classes(database, fields)
            classes = {SealedClass(name): _key(line) for name, line in fields["classes"].items()}
            return cls(database, classes, None if fields["own"] is None else _key(fields["own"]))
        except (KeyError, TypeError, ValueError, AttributeError, SealFault) as error:
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


def fresh_classes(classes: Iterable[SealedClass] = SealedClass) -> dict[SealedClass, SealingKey]:
    """New key pairs."""
    return {SealedClass(name): SealingKey.generate() for name in classes}


def _without_classes(database: DatabaseKey, fields: JsonObject) -> Keyring:
    """A ring of the first format: it had a place for class keys, and never one in it."""
    if fields["classes"] != {}:
        raise ValueError
    return Keyring(database)


def _line(key: SealingKey) -> str:
    return key.to_bytes().decode("ascii").strip()


def _key(line: str) -> SealingKey:
    return SealingKey(line.encode("ascii"))
