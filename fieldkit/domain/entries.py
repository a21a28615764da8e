"""The entry: one change, for ever (`journal.md`, rules 1 to 5).

1. A device writes streams. Entries of a stream are numbered 1, 2, 3 … without holes; each carries the
   digest of the one before. An entry's identity is its digest.
2. An entry is format, stream, number, previous, at, actor, subject, kind, replaces, payload digest.
   `at` is the wall clock as shown and orders nothing.
3. The payload (canonical JSON, RFC 8785, no floats) lies beside the entry under
   SHA-256(salt || payload) with a salt of 32 random bytes; the chain needs neither.
5. `replaces` names the entries whose values were on screen when the edit began.

Everything here is a pure value: no clock, no disk, no key.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import rfc8785

from fieldkit.domain.errors import ForeignFault
from fieldkit.domain.ids import is_id
from fieldkit.domain.ports import JsonObject

FORMAT = 1
SALT_BYTES = 32
FIRST = 1
NOTHING_BEFORE = ""
MAX_ENTRY_BYTES = 64 * 1024
MAX_PAYLOAD_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of a stream. `at` is ISO 8601 with offset; digests are 64 hexadecimal digits."""

    stream: str
    number: int
    previous: str
    at: str
    actor: str
    subject: str
    kind: str
    replaces: tuple[str, ...]
    payload: str
    format: int = FORMAT

    @property
    def subject_kind(self) -> str:
        """The part of the subject before the slash, such as `case`."""
        return self.subject.partition("/")[0]

    @property
    def subject_id(self) -> str:
        """The part of the subject after the slash."""
        return self.subject.partition("/")[2]


@dataclass(frozen=True, slots=True)
class Payload:
    """Salt and exact bytes; they travel together or not at all (rule 3)."""

    salt: bytes
    content: bytes

    @property
    def digest(self) -> str:
        """The name under which the entry knows this payload."""
        named = hashlib.sha256(self.salt)
        named.update(self.content)  # not put together first: a payload can be large
        return named.hexdigest()

    def value(self) -> dict[str, Any]:
        """The payload as a JSON object. Raises ForeignFault `payload.unreadable`."""
        return read_object(self.content, "payload.unreadable")


@dataclass(frozen=True, slots=True)
class ProvenPayload(Payload):
    """A payload whose bytes were found to be the one spelling a moment ago: they are not spelled again."""

    def value(self) -> dict[str, Any]:
        """The payload as a JSON object."""
        value: dict[str, Any] = json.loads(self.content)
        return value


def subject(kind: str, identifier: str) -> str:
    """The subject of an entry, `kind/id`."""
    return f"{kind}/{identifier}"


def canonical(value: JsonObject) -> bytes:
    """The one spelling of `value` (RFC 8785)."""
    return rfc8785.dumps(cast(dict[str, Any], value))


def entry_bytes(entry: Entry) -> bytes:
    """The exact bytes of an entry: what is stored, hashed and carried."""
    return canonical(
        {
            "actor": entry.actor,
            "at": entry.at,
            "format": entry.format,
            "kind": entry.kind,
            "number": entry.number,
            "payload": entry.payload,
            "previous": entry.previous,
            "replaces": list(entry.replaces),
            "stream": entry.stream,
            "subject": entry.subject,
        }
    )


def digest(content: bytes) -> str:
    """SHA-256 of exact bytes, as 64 hexadecimal digits: an entry's identity."""
    return hashlib.sha256(content).hexdigest()


def read_object(content: bytes, code: str) -> dict[str, Any]:
    """Parse a canonical JSON object strictly: same bytes when written again, no floats.

    Raises ForeignFault with `code` when it is anything else.
    """
    try:
        text = content.decode("utf-8")
        value, end = _DECODER.raw_decode(text)
        whole = end == len(text)
        del text  # it is as large as the bytes
        if not whole or not isinstance(value, dict) or _spelled_again(value, content) != content:
            raise ForeignFault(code)
    except (ValueError, RecursionError, rfc8785.CanonicalizationError) as error:
        raise ForeignFault(code) from error
    return value


def _spelled_again(value: dict[str, Any], content: bytes) -> bytes:
    """The one spelling of what was read from `content`.

    The standard library writes it like RFC 8785 and ten times as fast, except where the two differ: names in the
    order of UTF-16 (only characters above U+FFFF tell), whole numbers from 2^53 on, deep nesting.
    """
    if _is_rare(content) or _depth(content) > _MOST_DEPTH:
        return canonical(value)
    return _ENCODER.encode(value).encode("utf-8")


def _is_rare(content: bytes) -> bool:
    """Whether there may be a number of sixteen digits or more, or a character above U+FFFF."""
    # A table and a search for one text are twenty times as fast as the pattern, which is asked only to be sure.
    digits = _SIXTEEN_DIGITS in content.translate(_DIGITS)
    return (digits or not content.isascii()) and _RARE.search(content) is not None


def _depth(content: bytes) -> int:
    """How deep brackets are nested; 0 when there are too few to ask."""
    if content.count(b"{") + content.count(b"[") <= _MOST_DEPTH:
        return 0
    deepest = depth = 0
    for bracket in _NO_BRACKET.sub(b"", _STRING.sub(b"", content)):
        depth += 1 if bracket in b"{[" else -1
        deepest = max(deepest, depth)
    return deepest


def read_entry(content: bytes) -> Entry:
    """The entry that these exact bytes spell.

    Raises ForeignFault `entry.too_large`, `entry.unreadable` or `entry.newer` (a format this version does
    not know; unknown *kinds* are kept and carried, unknown formats cannot be).
    """
    if len(content) > MAX_ENTRY_BYTES:
        raise ForeignFault("entry.too_large", bytes=len(content))
    plain = _PLAIN_ENTRY.fullmatch(content)
    if plain is not None and (entry := _plain_entry(plain)) is not None:
        return entry
    fields = read_object(content, "entry.unreadable")
    if fields.get("format") != FORMAT:
        raise ForeignFault("entry.newer")
    _check_shape(fields)
    return Entry(
        stream=fields["stream"],
        number=fields["number"],
        previous=fields["previous"],
        at=fields["at"],
        actor=fields["actor"],
        subject=fields["subject"],
        kind=fields["kind"],
        replaces=tuple(fields["replaces"]),
        payload=fields["payload"],
    )


def _plain_entry(found: re.Match[bytes]) -> Entry | None:
    """The entry of a pattern that fits one spelling only; None when its texts are no UTF-8."""
    try:
        actor, at, kind, number, payload, previous, replaces, stream, about = map(
            bytes.decode, found.groups()
        )
    except UnicodeDecodeError:
        return None
    return Entry(
        stream, int(number), previous, at, actor, about, kind, tuple(_DIGEST.findall(replaces)), payload
    )


_TEXT_FIELDS = ("at", "actor", "subject", "kind", "previous", "stream", "payload")
_FIELDS = frozenset({*_TEXT_FIELDS, "format", "number", "replaces"})


def _check_shape(fields: Mapping[str, Any]) -> None:
    replaces = fields.get("replaces")
    sound = (
        set(fields) == _FIELDS
        and all(isinstance(fields[name], str) for name in _TEXT_FIELDS)
        and type(fields["number"]) is int
        and fields["number"] >= FIRST
        and isinstance(replaces, list)
        and all(isinstance(item, str) and _is_digest(item) for item in replaces)
        and is_id(fields["stream"])
        and _is_digest(fields["payload"])
        and (fields["previous"] == NOTHING_BEFORE or _is_digest(fields["previous"]))
        and "/" in fields["subject"]
    )
    if not sound:
        raise ForeignFault("entry.unreadable")


def _is_digest(text: str) -> bool:
    return _DIGEST.fullmatch(text) is not None


def _no_float(_: str) -> Any:
    raise ValueError("no floats in canonical payloads")


_DECODER = json.JSONDecoder(parse_float=_no_float, parse_constant=_no_float)
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False)
_RARE = re.compile(rb"[-:,\[][0-9]{16}|[\xf0-\xff]")
_DIGITS = bytes(48) + b"1" * 10 + bytes(198)
"""Translates digits to 1 and all else to nothing."""
_SIXTEEN_DIGITS = b"1" * 16
_DIGEST = re.compile(r"[0-9a-f]{64}")
_TEXT = rb'([^"\\\x00-\x1f]*)'
_HEX64 = rb"[0-9a-f]{64}"
_PLAIN_ENTRY = re.compile(
    rb'\{"actor":"' + _TEXT + rb'","at":"' + _TEXT + rb'","format":1,"kind":"' + _TEXT +
    rb'","number":([1-9][0-9]{0,14}),"payload":"(' + _HEX64 + rb')","previous":"((?:' + _HEX64 +
    rb')?)","replaces":\[((?:"' + _HEX64 + rb'"(?:,"' + _HEX64 + rb'")*)?)\],"stream":"([0-9a-f]{32})",' +
    rb'"subject":"([^"\\\x00-\x1f/]*/[^"\\\x00-\x1f]*)"\}'
)  # fmt: skip
"""An entry whose texts need no escapes: what fits is the one spelling, without being parsed."""
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"')
_NO_BRACKET = re.compile(rb"[^\[\]{}]+")
_MOST_DEPTH = 100
