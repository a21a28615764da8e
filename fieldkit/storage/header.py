"""The vault's header as bytes: who may come in, and what lies behind the door.

1. It is read strictly: the same bytes when written again, known fields only, small.
2. Three lines: `fieldkit vault <format>`, a SHA-256 over the rest that finds damage, then canonical JSON. The
   first two keep this meaning in every format, so that a newer vault is told from a damaged one.
3. The checksum guards against damage, the MAC against people: it is computed with a key from the database key
   and can be checked only by somebody who is in.
4. Visible to whoever holds the laptop, and said so where they are typed: the vault's name, the labels people
   picked for the sign-in screen (initials or a function), how many they are, to which headquarters' key it can be
   recovered. Nothing else is.
5. A header of format 1 is read, never written: its slots hold the key ring itself under the phrase. Such a slot
   stays as it is in a header of format 2 until its person signs in; `recipient` is empty then.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from fieldkit.crypto.keys import DatabaseKey, Wrapped
from fieldkit.crypto.primitives import NONCE_BYTES, SALT_BYTES, Cost, constant_time_equal, mac
from fieldkit.domain.entries import canonical, read_object
from fieldkit.domain.errors import ForeignFault
from fieldkit.domain.ids import is_id
from fieldkit.domain.ports import JsonObject, JsonValue
from fieldkit.storage.errors import StorageFault
from fieldkit.storage.versions import HEADER_FORMAT, SCHEMA

MAX_HEADER_BYTES = 1024 * 1024
MAX_PEOPLE = 64
MAX_PIECES = 2
"""Sealed pieces of one slot: the ring as its person last had it, and the database key that is new since."""
MAX_TEXT = 200  # characters of a name or label

POST, HEADQUARTERS = "post", "headquarters"
BEFORE_PERSON_KEYS = 1
"""The format in which a phrase wraps the ring itself."""

_FIRST_LINE = re.compile(rb"fieldkit vault ([1-9][0-9]{0,5})\n([0-9a-f]{64})\n")


@dataclass(frozen=True, slots=True)
class Slot:
    """One person's way in. The label is what the sign-in screen shows.

    `wrapped` is the person's key under the phrase; `pieces` are the ring, sealed to its public half `recipient`
    and, once there is one, to headquarters' recovery key `escrow`. `voucher` and `vouched` say that they were
    sealed by somebody who was in (`crypto.person_keys`). `phrase` tells one phrase from the next and says nothing
    about either. `due` means: a new phrase must be chosen before anything else.
    """

    person: str
    label: str
    wrapped: Wrapped
    recipient: str = ""
    pieces: tuple[bytes, ...] = field(default=(), repr=False)
    escrow: str = ""
    voucher: bytes = b""
    vouched: bytes = b""
    phrase: str = ""
    due: bool = False

    @property
    def mark(self) -> str:
        """The same as long as the phrase is; 64 hexadecimal digits."""
        return self.phrase or hashlib.sha256(self.wrapped.salt).hexdigest()

    @property
    def before_person_keys(self) -> bool:
        """Whether the phrase wraps the ring itself: nobody but this person can renew it."""
        return not self.recipient


@dataclass(frozen=True, slots=True)
class Header:
    """What lies before the door. `recovery` is a ring sealed to headquarters, None until enrolment; `office` is the
    recipient it is sealed to, empty in headers that were written before it was noted.

    `sequence` grows with every writing; of two sound copies the higher one counts.
    """

    vault: str
    role: str
    name: str
    language: str
    slots: tuple[Slot, ...] = ()
    recovery: bytes | None = None
    schema: int = SCHEMA
    sequence: int = 0
    mac: bytes = b""
    office: str = ""
    format: int = HEADER_FORMAT

    def slot(self, person: str) -> Slot | None:
        """The slot of `person`, or None."""
        return next((slot for slot in self.slots if slot.person == person), None)

    @property
    def recovery_missing(self) -> bool:
        """Whether a lost phrase could not be made good: no recovery slot yet."""
        return self.recovery is None


def signed(header: Header, key: DatabaseKey) -> Header:
    """`header` with the MAC of all its fields."""
    return replace(header, mac=mac(key.for_header(), canonical(_fields(header))))


def is_authentic(header: Header, key: DatabaseKey) -> bool:
    """Whether somebody with the database key wrote exactly this header."""
    return constant_time_equal(header.mac, mac(key.for_header(), canonical(_fields(header))))


def spell(header: Header) -> bytes:
    """The exact bytes of a signed header."""
    first = b"fieldkit vault %d\n" % header.format
    body = canonical({"header": _fields(header), "mac": header.mac.hex()})
    return first + _checksum(first, body) + b"\n" + body


def parse(content: bytes) -> Header:
    """The header that these bytes spell. Raises StorageFault `vault.header_damaged`, `vault.newer`."""
    line = _FIRST_LINE.match(content)
    if line is None or len(content) > MAX_HEADER_BYTES:
        raise StorageFault("vault.header_damaged")
    first, body = content[: line.start(2)], content[line.end() :]
    if _checksum(first, body) != line[2]:
        raise StorageFault("vault.header_damaged")
    if int(line[1]) > HEADER_FORMAT:
        raise StorageFault("vault.newer")
    try:
        header = _read(read_object(body, "vault.header_damaged"), int(line[1]))
        sound = spell(header) == content
    except (KeyError, TypeError, ValueError, AttributeError, ForeignFault) as error:
        raise StorageFault("vault.header_damaged") from error
    if not sound:
        raise StorageFault("vault.header_damaged")
    if header.schema > SCHEMA:
        raise StorageFault("vault.newer")
    return header


def _checksum(first: bytes, body: bytes) -> bytes:
    return hashlib.sha256(first + body).hexdigest().encode()


def _fields(header: Header) -> JsonObject:
    fields: dict[str, JsonValue] = {
        "format": header.format,
        "language": header.language,
        "name": header.name,
        "recovery": None if header.recovery is None else header.recovery.hex(),
        "role": header.role,
        "schema": header.schema,
        "sequence": header.sequence,
        "slots": [_slot_fields(slot, header.format) for slot in header.slots],
        "vault": header.vault,
    }
    return fields if header.format == BEFORE_PERSON_KEYS else {**fields, "office": header.office}


def _slot_fields(slot: Slot, form: int) -> JsonObject:
    cost = slot.wrapped.cost
    fields: dict[str, JsonValue] = {
        "cost": {"lanes": cost.lanes, "memory": cost.memory, "passes": cost.passes},
        "label": slot.label,
        "nonce": slot.wrapped.nonce.hex(),
        "person": slot.person,
        "salt": slot.wrapped.salt.hex(),
        "sealed": slot.wrapped.sealed.hex(),
    }
    if form == BEFORE_PERSON_KEYS:
        return fields
    return {
        **fields,
        "due": slot.due,
        "escrow": slot.escrow,
        "phrase": slot.phrase,
        "pieces": [piece.hex() for piece in slot.pieces],
        "recipient": slot.recipient,
        "vouched": slot.vouched.hex(),
        "voucher": slot.voucher.hex(),
    }


def _read(file: Mapping[str, Any], form: int) -> Header:
    fields = file["header"]
    slots = tuple(_read_slot(slot, form) for slot in fields["slots"])
    people = [slot.person for slot in slots]
    if fields["format"] != form or len(people) > MAX_PEOPLE or len(set(people)) != len(people):
        raise ValueError
    return Header(
        vault=_id(fields["vault"]),
        role=_one_of(fields["role"], (POST, HEADQUARTERS)),
        name=_text(fields["name"]),
        language=_text(fields["language"]),
        slots=slots,
        recovery=None if fields["recovery"] is None else bytes.fromhex(fields["recovery"]),
        schema=_count(fields["schema"]),
        sequence=_count(fields["sequence"]),
        mac=bytes.fromhex(file["mac"]),
        office="" if form == BEFORE_PERSON_KEYS else _text(fields["office"]),
        format=form,
    )


def _read_slot(fields: Mapping[str, Any], form: int) -> Slot:
    cost = fields["cost"]
    wrapped = Wrapped(
        Cost(_count(cost["memory"]), _count(cost["passes"]), _count(cost["lanes"])),
        _exactly(SALT_BYTES, fields["salt"]),
        _exactly(NONCE_BYTES, fields["nonce"]),
        bytes.fromhex(fields["sealed"]),
    )
    slot = Slot(_id(fields["person"]), _text(fields["label"]), wrapped)
    return slot if form == BEFORE_PERSON_KEYS else _with_person_key(slot, fields)


def _with_person_key(slot: Slot, fields: Mapping[str, Any]) -> Slot:
    pieces = fields["pieces"]
    if not isinstance(pieces, list) or len(pieces) > MAX_PIECES or bool(pieces) != bool(fields["recipient"]):
        raise ValueError
    return replace(
        slot,
        recipient=_text(fields["recipient"]),
        pieces=tuple(bytes.fromhex(piece) for piece in pieces),
        escrow=_text(fields["escrow"]),
        voucher=bytes.fromhex(fields["voucher"]),
        vouched=bytes.fromhex(fields["vouched"]),
        phrase=_text(fields["phrase"]),
        due=_flag(fields["due"]),
    )


def _id(value: Any) -> str:
    if not isinstance(value, str) or not is_id(value):
        raise ValueError
    return value


def _exactly(count: int, value: Any) -> bytes:
    content = bytes.fromhex(value)
    if len(content) != count:
        raise ValueError
    return content


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > MAX_TEXT:
        raise ValueError
    return value


def _one_of(value: Any, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise ValueError
    return str(value)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


def _count(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise ValueError
    return value
