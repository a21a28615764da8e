"""The vault's header as bytes: who may come in, and what lies behind the door.

1. It is read strictly: the same bytes when written again, known fields only, small.
2. Three lines: `fieldkit vault <format>`, a SHA-256 over the rest that finds damage, then canonical JSON. The
   first two keep this meaning in every format, so that a newer vault is told from a damaged one.
3. The checksum guards against damage, the MAC against people: it is computed with a key from the database key
   and can be checked only by somebody who is in.
4. Visible to whoever holds the laptop, and said so where they are typed: the vault's name, the labels people
   picked for the sign-in screen (initials or a function), how many they are. Nothing else is.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from fieldkit.crypto.keys import DatabaseKey, Wrapped
from fieldkit.crypto.primitives import NONCE_BYTES, SALT_BYTES, Cost, constant_time_equal, mac
from fieldkit.domain.entries import canonical, read_object
from fieldkit.domain.errors import ForeignFault
from fieldkit.domain.ids import is_id
from fieldkit.domain.ports import JsonObject
from fieldkit.storage.errors import StorageFault
from fieldkit.storage.versions import HEADER_FORMAT, SCHEMA

MAX_HEADER_BYTES = 256 * 1024
MAX_PEOPLE = 64
MAX_TEXT = 200  # characters of a name or label

POST, HEADQUARTERS = "post", "headquarters"

_FIRST_LINE = re.compile(rb"fieldkit vault ([1-9][0-9]{0,5})\n([0-9a-f]{64})\n")


@dataclass(frozen=True, slots=True)
class Slot:
    """One person's way in. The label is what the sign-in screen shows."""

    person: str
    label: str
    wrapped: Wrapped


@dataclass(frozen=True, slots=True)
class Header:
    """What lies before the door. `recovery` is a file sealed to headquarters, None until enrolment.

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
    first = b"fieldkit vault %d\n" % HEADER_FORMAT
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
        header = _read(read_object(body, "vault.header_damaged"))
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
    return {
        "format": HEADER_FORMAT,
        "language": header.language,
        "name": header.name,
        "recovery": None if header.recovery is None else header.recovery.hex(),
        "role": header.role,
        "schema": header.schema,
        "sequence": header.sequence,
        "slots": [_slot_fields(slot) for slot in header.slots],
        "vault": header.vault,
    }


def _slot_fields(slot: Slot) -> JsonObject:
    cost = slot.wrapped.cost
    return {
        "cost": {"lanes": cost.lanes, "memory": cost.memory, "passes": cost.passes},
        "label": slot.label,
        "nonce": slot.wrapped.nonce.hex(),
        "person": slot.person,
        "salt": slot.wrapped.salt.hex(),
        "sealed": slot.wrapped.sealed.hex(),
    }


def _read(file: Mapping[str, Any]) -> Header:
    fields = file["header"]
    slots = tuple(_read_slot(slot) for slot in fields["slots"])
    people = [slot.person for slot in slots]
    if len(people) > MAX_PEOPLE or len(set(people)) != len(people):
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
    )


def _read_slot(fields: Mapping[str, Any]) -> Slot:
    cost = fields["cost"]
    wrapped = Wrapped(
        Cost(_count(cost["memory"]), _count(cost["passes"]), _count(cost["lanes"])),
        _exactly(SALT_BYTES, fields["salt"]),
        _exactly(NONCE_BYTES, fields["nonce"]),
        bytes.fromhex(fields["sealed"]),
    )
    return Slot(_id(fields["person"]), _text(fields["label"]), wrapped)


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


def _count(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise ValueError
    return value
