"""What a phrase opens: a person's own key, to which the vault's keys are sealed (`vault-and-bundles.md`).

1. A phrase wraps a *person key*, never the key ring itself. The ring is sealed to the public half, so that it can
   be renewed for everybody when somebody leaves, without anybody's phrase at hand.
2. Sealing to a public half proves nothing about who sealed. So every person key comes with a secret of its own,
   the *voucher*, kept in the slot under the phrase and again under the database key. What vouches for the sealed
   pieces can be made only by somebody who was in this vault: a ring to another database, slipped in from outside,
   is refused.
3. A new phrase is a new person key and a new voucher: an old header with the old phrase opens nothing newer.
4. A slot is bound to its vault, its person and its cost: moved or made cheaper, it does not open.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fieldkit.crypto.keys import DatabaseKey, Keyring, Wrapped
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
    constant_time_equal,
    hkdf,
    mac,
    open_aead,
    seal_aead,
    sha256,
)
from fieldkit.crypto.sealing import SealFault, SealingKey, open_sealed, seal
from fieldkit.domain.entries import canonical, read_object
from fieldkit.domain.errors import ForeignFault
from fieldkit.domain.ports import JsonObject, Randomness

MAX_PIECE_BYTES = 16 * 1024
"""A sealed piece of a ring: at most seven class keys with their former ones."""

_PADDED_TO = 1024  # bytes; a piece does not tell by its length which classes somebody is cleared for
_PAD = b"\n"


@dataclass(frozen=True, slots=True)
class PersonKey:
    """One person's private key and voucher, both new with every phrase."""

    sealing: SealingKey = field(repr=False)
    voucher: bytes = field(repr=False)

    @classmethod
    def new(cls, randomness: Randomness) -> "PersonKey":
        """A fresh one."""
        return cls(SealingKey.generate(), randomness.bytes(KEY_BYTES))

    def to_bytes(self) -> bytes:
        """For a slot, under a phrase."""
        text = self.sealing.to_bytes().decode("ascii").strip()
        return canonical({"key": text, "voucher": self.voucher.hex()})

    @classmethod
    def from_bytes(cls, content: bytes) -> "PersonKey":
        """What `to_bytes` wrote. Raises CryptoFault `crypto.key_unreadable`."""
        try:
            fields = read_object(content, "crypto.key_unreadable")
            return cls(SealingKey(fields["key"].encode("ascii")), _exactly(fields["voucher"]))
        except (KeyError, TypeError, ValueError, AttributeError, ForeignFault) as error:
            raise CryptoFault("crypto.key_unreadable") from error


def wrap_person(
    key: PersonKey, phrase: str, *, vault: str, person: str, randomness: Randomness, policy: Policy = STANDARD
) -> Wrapped:
    """`key` under `phrase`, bound to `vault` and `person`, at the cost of `policy`. Raises MemoryFault."""
    salt, nonce = randomness.bytes(SALT_BYTES), randomness.bytes(NONCE_BYTES)
    derived = argon2id(spelled(phrase), salt, policy.cost, policy)
    sealed = seal_aead(derived, nonce, key.to_bytes(), _associated(vault, person, policy.cost))
    return Wrapped(policy.cost, salt, nonce, sealed)


def unwrap_person(
    wrapped: Wrapped, phrase: str, *, vault: str, person: str, policy: Policy = STANDARD
) -> PersonKey:
    """The person key in a slot.

    Raises CryptoFault `crypto.not_authentic` (wrong phrase, or an altered slot: nobody can tell which),
    `crypto.cost_refused`; MemoryFault `crypto.no_memory`.
    """
    derived = argon2id(spelled(phrase), wrapped.salt, wrapped.cost, policy)
    associated = _associated(vault, person, wrapped.cost)
    return PersonKey.from_bytes(open_aead(derived, wrapped.nonce, wrapped.sealed, associated))


# --- the pieces of a ring -----------------------------------------------------------------------------


def whole_piece(ring: Keyring, recipients: Sequence[str]) -> bytes:
    """All of a ring, sealed. Raises SealFault `seal.recipient`."""
    return _piece(ring.to_bytes(), recipients)


def database_piece(ring: Keyring, recipients: Sequence[str]) -> bytes:
    """The new database key alone, for somebody whose ring nobody here can read; laid over what they hold."""
    fields = read_object(ring.to_bytes(), "crypto.key_unreadable")
    return _piece(canonical({name: fields[name] for name in ("database", "format")}), recipients)


def joined(pieces: Sequence[bytes]) -> Keyring:
    """The ring that opened pieces give together: a later one says more than an earlier one.

    Raises ForeignFault `crypto.key_unreadable`, `crypto.newer`.
    """
    fields: dict[str, Any] = {}
    for piece in pieces:
        _lay_over(fields, read_object(piece.rstrip(_PAD), "crypto.key_unreadable"))
    return Keyring.from_bytes(canonical(fields))


def opened(pieces: Sequence[bytes], key: SealingKey) -> Keyring:
    """The ring in sealed pieces. Raises SealFault, ForeignFault `crypto.key_unreadable`, `crypto.newer`."""
    return joined([open_sealed(piece, [key], MAX_PIECE_BYTES) for piece in pieces])


def openable(pieces: Sequence[bytes], key: SealingKey) -> list[bytes]:
    """Those of `pieces` that are sealed to `key`, opened; the others are left out. Raises SealFault."""
    found = []
    for piece in pieces:
        try:
            found.append(open_sealed(piece, [key], MAX_PIECE_BYTES).rstrip(_PAD))
        except SealFault as fault:
            if fault.code != "seal.not_for_us":
                raise
    return found


# --- vouching -----------------------------------------------------------------------------------------


def vouch(voucher: bytes, vault: str, person: str, recipient: str, pieces: Sequence[bytes]) -> bytes:
    """What says that these pieces were sealed by somebody who was in (rule 2)."""
    listed = [sha256(piece).hex() for piece in pieces]
    told: JsonObject = {"person": person, "pieces": listed, "recipient": recipient, "vault": vault}
    return mac(voucher, canonical(told))


def is_vouched(
    voucher: bytes, vault: str, person: str, recipient: str, pieces: Sequence[bytes], told: bytes
) -> bool:
    """Whether `told` is what `vouch` says of these pieces."""
    return constant_time_equal(vouch(voucher, vault, person, recipient, pieces), told)


def keep_voucher(voucher: bytes, key: DatabaseKey, person: str, randomness: Randomness) -> bytes:
    """A person's voucher for those who are in: under the database key."""
    nonce = randomness.bytes(NONCE_BYTES)
    return nonce + seal_aead(_voucher_key(key), nonce, voucher, person.encode())


def kept_voucher(kept: bytes, key: DatabaseKey, person: str) -> bytes:
    """What `keep_voucher` kept. Raises CryptoFault `crypto.not_authentic`."""
    return open_aead(_voucher_key(key), kept[:NONCE_BYTES], kept[NONCE_BYTES:], person.encode())


def _voucher_key(key: DatabaseKey) -> bytes:
    return hkdf(key.raw, b"fieldkit slot voucher 2")


def _piece(content: bytes, recipients: Sequence[str]) -> bytes:
    return seal(content + _PAD * (-len(content) % _PADDED_TO), recipients)


def _lay_over(below: dict[str, Any], above: Mapping[str, Any]) -> None:
    for name, value in above.items():
        if isinstance(value, dict) and isinstance(below.get(name), dict):
            _lay_over(below[name], value)
        else:
            below[name] = value


def _associated(vault: str, person: str, cost: Cost) -> bytes:
    told: JsonObject = {
        "lanes": cost.lanes,
        "memory": cost.memory,
        "passes": cost.passes,
        "person": person,
        "purpose": "fieldkit slot 2",
        "vault": vault,
    }
    return canonical(told)


def _exactly(text: str) -> bytes:
    content = bytes.fromhex(text)
    if len(content) != KEY_BYTES:
        raise ValueError
    return content
