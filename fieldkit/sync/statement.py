"""A signed statement: one small canonical JSON file, `{"signature": …, "statement": {…}}`.

1. The signature is a minisign text over the canonical bytes of `statement`; by hand:
   `jq -cjS .statement FILE > s; jq -j .signature FILE > s.minisig; minisign -V -p KEY -m s`.
2. Every statement names its kind and its format, so that none can be shown as another.
3. Reading is strict; whose signature it must be is the caller's to say, before it believes a word.
"""

import re
from dataclasses import dataclass
from typing import Any

from fieldkit.crypto.signature import SignatureFault, SigningKey, minisign_sign, minisign_verify
from fieldkit.domain.entries import canonical, digest, read_object
from fieldkit.domain.errors import ForeignFault
from fieldkit.domain.ids import is_id
from fieldkit.domain.ports import JsonObject, JsonValue
from fieldkit.sync.faults import TrustFault

FORMAT = 1
MAX_STATEMENT_BYTES = 16 * 1024
MAX_LABEL = 120
_UNSHOWABLE = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f"  # control characters
    "\\xad\\u200b\\u2060-\\u2064\\ufeff\\U000e0000-\\U000e007f"  # invisible ones no script needs
    "\\u2028\\u2029"  # ends of lines
    "\\u202a-\\u202e\\u2066-\\u2069]"  # turns of direction
)


@dataclass(frozen=True, slots=True)
class Signed:
    """A statement as it was read: its fields are not to be believed before `check`."""

    fields: dict[str, Any]
    signature: bytes

    def check(self, public: bytes) -> None:
        """Return when `public` signed it; else raise TrustFault `trust.not_signed`."""
        try:
            minisign_verify(public, canonical(self.fields), self.signature)
        except SignatureFault as error:
            raise TrustFault("trust.not_signed") from error

    @property
    def fingerprint(self) -> bytes:
        """SHA-256 of the statement's bytes: what two people compare as words."""
        return bytes.fromhex(digest(canonical(self.fields)))

    def text(self, name: str) -> str:
        """A field that people read: one line, without characters that could disguise it."""
        value = self.fields.get(name)
        if not isinstance(value, str) or not is_label(value):
            raise TrustFault("trust.unreadable")
        return value

    def identifier(self, name: str) -> str:
        """A field that holds an id."""
        value = self.fields.get(name)
        if not isinstance(value, str) or not is_id(value):
            raise TrustFault("trust.unreadable")
        return value

    def key(self, name: str) -> bytes:
        """A field that holds a public key: 32 bytes, written as 64 hexadecimal digits."""
        return read_key(self.fields.get(name))


def sign_statement(kind: str, fields: JsonObject, key: SigningKey) -> dict[str, JsonValue]:
    """The signed statement as an object, ready for `to_file` or to stand inside a manifest."""
    statement: dict[str, JsonValue] = {**fields, "format": FORMAT, "kind": kind}
    signature = minisign_sign(key, canonical(statement), f"fieldkit {kind}")
    return {"signature": signature.decode("ascii"), "statement": statement}


def to_file(signed: JsonObject) -> bytes:
    """The file of a signed statement."""
    return canonical(signed)


def read_statement(
    content: bytes,
    kind: str,
    names: frozenset[str],
    optional: frozenset[str] = frozenset(),
    limit: int = MAX_STATEMENT_BYTES,
) -> Signed:
    """The statement of this `kind` in a file of at most `limit` bytes, with all the fields `names`, perhaps some of
    `optional`, and no other.

    Raises TrustFault: `trust.unreadable`, `trust.other_file` (another kind of statement), `trust.newer`.
    """
    if len(content) > limit:
        raise TrustFault("trust.unreadable")
    return from_object(_object(content), kind, names, optional)


def kind_of(content: bytes, limit: int = MAX_STATEMENT_BYTES) -> str:
    """What kind of statement a file says it is; nothing of it is to be believed. Raises TrustFault
    `trust.unreadable`."""
    fields = _object(content).get("statement") if len(content) <= limit else None
    kind = fields.get("kind") if isinstance(fields, dict) else None
    if not isinstance(kind, str):
        raise TrustFault("trust.unreadable")
    return kind


def from_object(
    value: Any, kind: str, names: frozenset[str], optional: frozenset[str] = frozenset()
) -> Signed:
    """As `read_statement`, for an object that stands inside another."""
    if not isinstance(value, dict) or set(value) != {"signature", "statement"}:
        raise TrustFault("trust.unreadable")
    fields, signature = value["statement"], value["signature"]
    if not isinstance(fields, dict) or not isinstance(signature, str) or not signature.isascii():
        raise TrustFault("trust.unreadable")
    if fields.get("kind") != kind:
        raise TrustFault("trust.other_file")
    number = fields.get("format")
    if type(number) is int and number > FORMAT:
        raise TrustFault("trust.newer")
    held = set(fields) - {"format", "kind"}
    if type(number) is not int or number != FORMAT or not names <= held <= names | optional:
        raise TrustFault("trust.unreadable")
    return Signed(fields, signature.encode("ascii"))


def is_label(text: str) -> bool:
    """Whether `text` can be shown as one line that looks like what it is."""
    return 0 < len(text) <= MAX_LABEL and text == text.strip() and not _UNSHOWABLE.search(text)


def is_day(value: Any) -> bool:
    """Whether `value` is spelled as a day, such as `2026-03-02`."""
    parts = value.split("-") if isinstance(value, str) else []
    return [len(part) for part in parts] == [4, 2, 2] and all(part.isdecimal() for part in parts)


def read_key(value: Any) -> bytes:
    """The public key that `value` spells as 64 lower-case digits. Raises TrustFault `trust.unreadable`."""
    if not isinstance(value, str) or re.fullmatch("[0-9a-f]{64}", value) is None:
        raise TrustFault("trust.unreadable")
    return bytes.fromhex(value)


def _object(content: bytes) -> dict[str, Any]:
    try:
        return read_object(content, "trust.unreadable")
    except ForeignFault as error:
        raise TrustFault("trust.unreadable") from error
