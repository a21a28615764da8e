"""The two payload files of a bundle from the field: entries and payloads, one a line, readable by hand.

1. `entries.jsonl`: the exact bytes of each entry, in the order of their numbers. SHA-256 of a line without
   its line feed is the entry's identity.
2. `payloads.jsonl`: `{"content":{…},"digest":"…","salt":"…"}`, in the order of the entries that have one.
   Canonical JSON inside canonical JSON: the content's bytes stand there exactly as they were hashed.
3. An entry without a line in the second file travels as a link: withheld, not missing.
"""

from collections.abc import Iterable, Iterator

from fieldkit.domain.entries import SALT_BYTES, Payload
from fieldkit.domain.errors import ProgramFault
from fieldkit.sync.faults import BundleFault

ENTRIES = "entries.jsonl"
PAYLOADS = "payloads.jsonl"

_BEFORE = b'{"content":'
_DIGEST = b',"digest":"'
_SALT = b'","salt":"'
_AFTER = b'"}'
_HEX = 64
_TAIL = len(_DIGEST) + _HEX + len(_SALT) + 2 * SALT_BYTES + len(_AFTER)


def write_lines(lines: Iterable[bytes]) -> bytes:
    """Each line ended by a line feed. A line feed inside one is a mistake of ours (ProgramFault)."""
    written = list(lines)
    if any(b"\n" in line for line in written):
        raise ProgramFault("bundle.line_feed")
    return b"".join(line + b"\n" for line in written)


def read_lines(content: bytes) -> Iterator[bytes]:
    """The lines; each must be ended. Raises BundleFault `bundle.unsound`."""
    if content and not content.endswith(b"\n"):
        raise BundleFault("bundle.unsound")
    start = 0
    while start < len(content):
        end = content.index(b"\n", start)
        yield content[start:end]
        start = end + 1


def payload_line(payload: Payload) -> bytes:
    """The line of a payload."""
    tail = (_DIGEST, payload.digest.encode("ascii"), _SALT, payload.salt.hex().encode("ascii"), _AFTER)
    return b"".join((_BEFORE, payload.content, *tail))


def read_payload(line: bytes) -> Payload:
    """The payload on a line, whose digest is right. Raises BundleFault `bundle.unsound`."""
    salt = line[-len(_AFTER) - 2 * SALT_BYTES : -len(_AFTER)]
    try:
        payload = Payload(bytes.fromhex(salt.decode("ascii")), line[len(_BEFORE) : -_TAIL])
    except ValueError as error:
        raise BundleFault("bundle.unsound") from error
    if payload_line(payload) != line:
        raise BundleFault("bundle.unsound")
    return payload
