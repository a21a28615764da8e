"""What a complaint is outside memory: one of many records of exactly one size (`journal.md`, last rule of kinds).

1. A record is an `age` file to the independent body's key. What is inside is JSON, filled up with spaces: the
   text, the post, the week. No person, no case, no kind, no day.
2. A blank is the same without words. Every record has the same number of bytes, and age files do not say to
   whom they are sealed: whoever has not the body's key cannot tell one from the other.
3. Records leave as stacks of one shape, a tar of 32. By hand: `tar x`, then `age -d -i KEY` for each.
4. Whoever carries a stack on can tell that it is one, and no more. A record leaves several times, so the body
   gets it several times: the same bytes are the same record.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from fieldkit.crypto.sealing import MAGIC, SealingKey, open_sealed, seal
from fieldkit.domain.entries import canonical
from fieldkit.domain.errors import PersonFault, ProgramFault
from fieldkit.domain.ports import Randomness
from fieldkit.sync.faults import BundleFault
from fieldkit.sync.format import BLOCK, END, file_in_archive, size_in_archive

SUFFIX = ".fks"
STACK = 32
PLAIN_BYTES = 8 * 1024
RECORD_BYTES = 8506
"""The most frequent size of a sealed record: `age` as it is used here adds 282 bytes or a little more or less, at
random, so it is sealed again until it fits (some 80 times, 10 ms)."""

_TRIES = 4096


def written(text: str, post: str, week: str) -> bytes:
    """A complaint as the body reads it. Raises PersonFault `complaint.empty`, `complaint.too_long`."""
    if not text.strip():
        raise PersonFault("complaint.empty")
    return _filled({"format": 1, "post": post, "text": text.strip(), "week": week})


def blank() -> bytes:
    """A record without words."""
    return _filled({"format": 1, "post": "", "text": "", "week": ""})


def room(post: str) -> int:
    """How many bytes a text may have in UTF-8, at the most careful reckoning (quotation marks count twice)."""
    return PLAIN_BYTES - len(canonical({"format": 1, "post": post, "text": "", "week": "2026-W00"}))


def seal_record(plain: bytes, recipient: str) -> bytes:
    """A record of exactly RECORD_BYTES. Raises SealFault `seal.recipient`; ProgramFault `complaint.not_sealed`."""
    if len(plain) != PLAIN_BYTES:
        raise ProgramFault("complaint.not_sealed")
    for _ in range(_TRIES):
        sealed = seal(plain, [recipient])
        if len(sealed) == RECORD_BYTES:
            return sealed
    raise ProgramFault("complaint.not_sealed")


def stack(records: Sequence[bytes]) -> bytes:
    """One stack of exactly STACK records."""
    if len(records) != STACK:
        raise ProgramFault("complaint.not_sealed")
    named = ((f"{place:02}.age", record) for place, record in enumerate(records, start=1))
    return b"".join([*(piece for name, record in named for piece in file_in_archive(name, record)), END])


def records_of(content: bytes) -> tuple[bytes, ...]:
    """The records of a stack, none of them opened. Raises BundleFault `stack.not_one`."""
    each = size_in_archive(RECORD_BYTES)
    starts = range(BLOCK, STACK * each, each)
    found = tuple(content[start : start + RECORD_BYTES] for start in starts)
    whole = len(found) == STACK and all(len(one) == RECORD_BYTES and one.startswith(MAGIC) for one in found)
    if not whole or stack(found) != content:
        raise BundleFault("stack.not_one")
    return found


@dataclass(frozen=True, slots=True)
class Told:
    """A complaint as the body reads it: the words, the post, the week such as `2026-W10`."""

    text: str
    post: str
    week: str


def read_records(records: Iterable[bytes], key: SealingKey) -> Iterator[Told]:
    """What was told in these records, each once; blanks are left out. At the body alone, for nobody else has
    its key.

    Raises SealFault for a record that the key does not open; BundleFault `stack.not_one` for one that holds
    something else.
    """
    seen: set[bytes] = set()
    for record in records:
        name = sha256(record).digest()
        if name in seen:
            continue
        seen.add(name)
        told = _told(open_sealed(record, [key], RECORD_BYTES))
        if told.text:
            yield told


def _told(plain: bytes) -> Told:
    try:
        fields = json.loads(plain)
        found = Told(fields["text"], fields["post"], fields["week"])
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise BundleFault("stack.not_one") from error
    if set(fields) != {"format", "post", "text", "week"} or not all(
        isinstance(value, str) for value in (found.text, found.post, found.week)
    ):
        raise BundleFault("stack.not_one")
    return found


def stack_name(randomness: Randomness) -> str:
    """A file name that says nothing."""
    return randomness.bytes(8).hex() + SUFFIX


def _filled(fields: dict[str, str | int]) -> bytes:
    content = canonical(fields)
    if len(content) > PLAIN_BYTES:
        raise PersonFault("complaint.too_long", over=len(content) - PLAIN_BYTES)
    return content.ljust(PLAIN_BYTES)
