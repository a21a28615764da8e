"""The payload files of a bundle, one thing a line, readable by hand.

1. `entries.jsonl`: the exact bytes of each entry, in the order of their numbers. SHA-256 of a line without
   its line feed is the entry's identity.
2. `payloads.jsonl`: `{"content":{…},"digest":"…","salt":"…"}`, in the order of the entries that have one.
   Canonical JSON inside canonical JSON: the content's bytes stand there exactly as they were hashed.
3. An entry without a line in the second file travels as a link: withheld, not missing. Where its payload was to
   travel and is gone, its number stands in `gone.jsonl`.
4. `later.jsonl`: entries below the first of the bundle whose payload was withheld and may travel now, each followed
   by the line of its payload.
5. `files/DIGEST`: a file that was attached to an answer, under the SHA-256 of its bytes, once however many name it.
6. `sealed.jsonl`: payloads that only people cleared for their class can open, sealed to headquarters' class keys
   (`sealed_lines`).
7. `statements.jsonl`: signed statements, from headquarters only.
"""

from collections.abc import Iterable, Iterator

from fieldkit.domain.entries import MAX_PAYLOAD_BYTES, SALT_BYTES, Payload
from fieldkit.domain.errors import ProgramFault
from fieldkit.sync.faults import BundleFault

ENTRIES = "entries.jsonl"
PAYLOADS = "payloads.jsonl"

LATER = "later.jsonl"
GONE = "gone.jsonl"
SEALED = "sealed.jsonl"
STATEMENTS = "statements.jsonl"
FILES = "files/"
MAX_LINE_BYTES = MAX_PAYLOAD_BYTES + 1024

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


def read_lines(content: Iterable[bytes], limit: int = MAX_LINE_BYTES) -> Iterator[bytes]:
    """The lines of a file that comes in pieces; each must be ended. Raises BundleFault `bundle.unsound`."""
    held: list[bytes] = []  # a long line is put together once, however many pieces it came in
    length = 0
    for piece in content:
        first, *others = piece.split(b"\n")
        held.append(first)
        length += len(first)
        if length > limit:
            raise BundleFault("bundle.unsound")
        if others:
            line, rest = b"".join(held), others.pop()
            held, length = [rest], len(rest)
            yield line
            del line
            yield from others
    if length:
        raise BundleFault("bundle.unsound")


def payload_line(payload: Payload) -> bytes:
    """The line of a payload."""
    return b"".join((_BEFORE, payload.content, _tail(payload)))


def cut_payload(line: bytes) -> tuple[bytes, bytes]:
    """Salt and content on a line, of which nothing is checked. Raises BundleFault `bundle.unsound`."""
    salt = line[-len(_AFTER) - 2 * SALT_BYTES : -len(_AFTER)]
    try:
        return bytes.fromhex(salt.decode("ascii")), line[len(_BEFORE) : -_TAIL]
    except ValueError as error:
        raise BundleFault("bundle.unsound") from error


def read_payload(line: bytes) -> Payload:
    """The payload on a line, whose digest is right. Raises BundleFault `bundle.unsound`."""
    payload = Payload(*cut_payload(line))
    if not line.startswith(_BEFORE) or line[-_TAIL:] != _tail(payload) or len(line) < len(_BEFORE) + _TAIL:
        raise BundleFault("bundle.unsound")
    return payload


def _tail(payload: Payload) -> bytes:
    """What stands after the content on its line."""
    return b"".join(
        (_DIGEST, payload.digest.encode("ascii"), _SALT, payload.salt.hex().encode("ascii"), _AFTER)
    )
