"""A contact file: how two posts, or a post and another body, come to know each other's keys.

1. It names a place, the recipient to whom others seal, and the key by which its letters are signed. Nothing
   in it is secret, nothing in it is about a person.
2. It is signed by the key it brings; that proves nothing of who made it. A contact is kept only when two
   people have read its ten words to each other.
3. The keys are the vault's own for letters, not those of its journal: a laptop that is enrolled anew keeps its
   contacts, and a journal's key signs nothing for others.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import Self

from fieldkit.crypto.sealing import SealFault, SealingKey, is_recipient
from fieldkit.crypto.signature import SignatureFault, SigningKey
from fieldkit.domain.entries import canonical, read_object
from fieldkit.domain.errors import ForeignFault
from fieldkit.domain.ports import JsonObject, Randomness
from fieldkit.sync.faults import TrustFault
from fieldkit.sync.shares import LetterFault
from fieldkit.sync.statement import FORMAT, is_label, read_statement, sign_statement, to_file

FILE = "contact.fkp"
_KIND = "contact"
_FIELDS = frozenset({"key", "name", "recipient"})


@dataclass(frozen=True, slots=True)
class LetterKeys:
    """A vault's own keys for letters. Secret. Former sealing keys still open what was sealed to them."""

    signing: SigningKey
    sealing: SealingKey
    former: tuple[SealingKey, ...] = ()

    @classmethod
    def new(cls, randomness: Randomness) -> Self:
        """Fresh keys."""
        return cls(SigningKey.generate(randomness), SealingKey.generate())

    @property
    def opening(self) -> tuple[SealingKey, ...]:
        """Every key that may open a letter, the present one first."""
        return (self.sealing, *self.former)

    def renewed(self) -> "LetterKeys":
        """The same with a new sealing key, after the old one may have been seen by somebody."""
        return LetterKeys(self.signing, SealingKey.generate(), self.opening)

    def to_bytes(self) -> bytes:
        """For the vault and nothing else."""
        keys = [key.to_bytes().decode("ascii").strip() for key in self.opening]
        return canonical({"format": 1, "keys": keys, "seed": self.signing.to_bytes().hex()})

    @classmethod
    def from_bytes(cls, content: bytes) -> Self:
        """What `to_bytes` wrote. Raises LetterFault `contact.unreadable`."""
        try:
            fields = read_object(content, "contact.unreadable")
            first, *former = (SealingKey(text.encode("ascii")) for text in fields["keys"])
            return cls(SigningKey(bytes.fromhex(fields["seed"])), first, tuple(former))
        except (KeyError, TypeError, ValueError, AttributeError, SealFault, SignatureFault) as error:
            raise LetterFault("contact.unreadable") from error


@dataclass(frozen=True, slots=True)
class ContactFile:
    """Another place as its file describes it. `key` is 32 bytes; `fingerprint` is shown as words."""

    name: str
    recipient: str
    key: bytes
    fingerprint: bytes


def write_contact(keys: LetterKeys, name: str) -> bytes:
    """This vault's own contact file. Raises LetterFault `contact.name`."""
    if not is_label(name):
        raise LetterFault("contact.name")
    fields = {"key": keys.signing.public.hex(), "name": name, "recipient": keys.sealing.recipient}
    return to_file(sign_statement(_KIND, fields, keys.signing))


def read_contact(content: bytes) -> ContactFile:
    """The place that a file describes; keep it only after its words were compared. Raises LetterFault
    `contact.unreadable`."""
    try:
        signed = read_statement(content, _KIND, _FIELDS)
        key, recipient = signed.key("key"), signed.text("recipient")
        signed.check(key)
        if not is_recipient(recipient):
            raise LetterFault("contact.unreadable")
        return ContactFile(signed.text("name"), recipient, key, signed.fingerprint)
    except TrustFault as error:
        raise LetterFault("contact.unreadable") from error


def fingerprint_of(name: str, recipient: str, key: bytes) -> bytes:
    """The fingerprint that was compared when somebody with these keys was kept: that of their file, or of the
    key that was typed."""
    if not key:
        return sha256(recipient.encode("ascii")).digest()
    fields: JsonObject = {
        "format": FORMAT,
        "key": key.hex(),
        "kind": _KIND,
        "name": name,
        "recipient": recipient,
    }
    return sha256(canonical(fields)).digest()


def typed_contact(name: str, recipient: str) -> ContactFile:
    """Somebody without this program, whose age key was entered by hand: they sign nothing for us.

    Raises LetterFault `contact.name`, `contact.key`.
    """
    if not is_label(name):
        raise LetterFault("contact.name")
    try:
        if not is_recipient(recipient):
            raise LetterFault("contact.key")
    except ForeignFault as error:
        raise LetterFault("contact.key") from error
    return ContactFile(name, recipient, b"", fingerprint_of(name, recipient, b""))
