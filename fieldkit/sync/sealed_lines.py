"""What travels sealed: `sealed.jsonl` of a bundle, one sealed payload a line.

1. A line says of which entry it is (number, digest of its payload), the class, to whom it is sealed, and the
   sealed bytes in base64; canonical JSON, so that there is one spelling.
2. The entry itself stands in `entries.jsonl` as a link, or was sent as one before. Whether it names this
   payload the store asks of its journal; whether the bytes hold what they should, only who opens them can tell.
3. Lines come in the order of their numbers, each once. What is sealed has one of few lengths
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
from fieldkit.sync.faults import BundleFault
from fieldkit.sync.lines import read_lines

MAX_SEALED_LINE = 4 * MAX_PAYLOAD_BYTES
"""Padding at most doubles a payload, and base64 adds a third."""

_NAMES = {"class", "content", "digest", "number", "recipient"}
_DIGEST = 64


@dataclass(frozen=True, slots=True)
class SealedLine:
    """A sealed payload of entry `number`."""

    number: int
    digest: str
    name: SealedClass
    recipient: str
    content: bytes


def sealed_line(line: SealedLine) -> bytes:
    """The line of one."""
    return canonical(
        {
            "class": line.name.value,
            "content": base64.b64encode(line.content).decode("ascii"),
            "digest": line.digest,
            "number": line.number,
            "recipient": line.recipient,
        }
    )


def read_sealed(content: Iterable[bytes], most: int) -> Iterator[SealedLine]:
    """The lines of a file, of entries up to number `most`. Raises BundleFault `bundle.unsound`."""
    before = 0
    for line in read_lines(content, MAX_SEALED_LINE):
        try:
            found = _line(read_object(line, "bundle.unsound"))
        except (ForeignFault, TypeError, ValueError, binascii.Error) as error:
            raise BundleFault("bundle.unsound") from error
        if not before < found.number <= most or sealed_line(found) != line:
            raise BundleFault("bundle.unsound")
        before = found.number
        yield found


def _line(fields: dict[str, Any]) -> SealedLine:
    if set(fields) != _NAMES or type(fields["number"]) is not int:
        raise ValueError("fields")
    digest, recipient = fields["digest"], fields["recipient"]
    content = base64.b64decode(fields["content"], validate=True)
    sound = len(digest) == _DIGEST and bytes.fromhex(digest).hex() == digest
    if not (sound and is_recipient(recipient) and content.startswith(MAGIC)):
        raise ValueError("sealed")
    return SealedLine(fields["number"], digest, SealedClass(fields["class"]), recipient, content)
