"""What travels sealed: `sealed.jsonl` of a bundle, one sealed payload a line.

1. A line says of which entry it is (number, digest of its payload), the class, to whom it is sealed, and the
   sealed bytes in base64; canonical JSON, so that there is one spelling.
2. The entry itself stands in `entries.jsonl` as a link, or was sent as one before. Whether it names this
   payload the store asks of its journal; whether the bytes hold what they should, only who opens them can tell.
3. Files that go with it are named, with the SHA-256 of their sealed bytes, under which they lie in the bundle. To
   which interview they belong says the entry that lists them openly by name.
4. Lines come in the order of their numbers, each once. What is sealed has one of few lengths
   (`storage.sealed`, rule 3), so a line does not tell a yes from a no.
"""

import base64
import binascii
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from fieldkit.crypto.sealing import MAGIC, is_recipient
from fieldkit.domain.classes import SealedClass
from fieldkit.domain.entries import MAX_PAYLOAD_BYTES, canonical, read_object
from fieldkit.domain.errors import ForeignFault
from fieldkit.domain.ports import JsonValue
from fieldkit.sync.faults import BundleFault
from fieldkit.sync.lines import read_lines

MAX_SEALED_LINE = 4 * MAX_PAYLOAD_BYTES
"""Padding at most doubles a payload, and base64 adds a third."""

_NAMES = {"class", "content", "digest", "number", "recipient"}
_MAY = {"files"}
_LONGEST = 200
"""Characters of a name."""
_DIGEST = 64


@dataclass(frozen=True, slots=True)
class SealedLine:
    """A sealed payload of entry `number`."""

    number: int
    digest: str
    name: SealedClass
    recipient: str
    content: bytes
    files: tuple[tuple[str, str], ...] = ()
    """Name and digest of every file that goes with it."""


def sealed_line(line: SealedLine) -> bytes:
    """The line of one."""
    fields: dict[str, JsonValue] = {
        "class": line.name.value,
        "content": base64.b64encode(line.content).decode("ascii"),
        "digest": line.digest,
        "number": line.number,
        "recipient": line.recipient,
    }
    if line.files:
        fields["files"] = [{"digest": digest, "name": name} for name, digest in line.files]
    return canonical(fields)


def read_sealed(content: Iterable[bytes], most: int) -> Iterator[SealedLine]:
    """The lines of a file, of entries up to number `most`. Raises BundleFault `bundle.unsound`."""
    before = 0
    for line in read_lines(content, MAX_SEALED_LINE):
        try:
            found = _line(read_object(line, "bundle.unsound"))
        except (ForeignFault, KeyError, TypeError, ValueError, binascii.Error) as error:
            raise BundleFault("bundle.unsound") from error
        if not before < found.number <= most or sealed_line(found) != line:
            raise BundleFault("bundle.unsound")
        before = found.number
        yield found


def _line(fields: dict[str, Any]) -> SealedLine:
    if set(fields) not in (_NAMES, _NAMES | _MAY) or type(fields["number"]) is not int:
        raise ValueError("fields")
    digest, recipient = _digest(fields["digest"]), fields["recipient"]
    content = base64.b64decode(fields["content"], validate=True)
    if not (is_recipient(recipient) and content.startswith(MAGIC)):
        raise ValueError("sealed")
    name = SealedClass(fields["class"])
    files = tuple((_text(one["name"]), _digest(one["digest"])) for one in fields.get("files", ()))
    return SealedLine(fields["number"], digest, name, recipient, content, files)


def _digest(value: Any) -> str:
    if len(value) != _DIGEST or bytes.fromhex(value).hex() != value:
        raise ValueError("digest")
    return str(value)


def _text(value: Any) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST:
        raise ValueError("text")
    return value
