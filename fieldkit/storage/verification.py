"""Checks that a stream is the chain it should be (`journal.md`, rules 1, 3 and 10).

1. Every number is there; every entry's bytes have the digest they are kept under; each names the digest of
   the one before.
2. The stored bytes are hashed, not parsed, to follow the chain. That they name the entry before is looked for
   as text: canonical JSON holds `"previous":"…"` only as the key itself, for quotes in texts are escaped.
3. A payload that is held has the digest its entry names; of a sealed one only who opens it can tell. One that is
   neither held nor sealed nor withheld nor erased nor purged is missing, which is a fault.
"""

import re
from binascii import hexlify
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from fieldkit.domain.entries import FIRST, read_entry
from fieldkit.domain.errors import ForeignFault
from fieldkit.storage.branches import is_branch, stream_of
from fieldkit.storage.database import Database, Row

BATCH = 256
"""Entries held in memory at once."""

DIGEST_BYTES = 32
_LINK = re.compile(rb'"number":([0-9]+),"payload":".{64}","previous":"(.{64})".*')
"""An entry's place and link, to the end of its line: canonical JSON has its keys in this order. Dots are three
times as quick as what could stand there, and what was found is compared with what must stand there."""


class Broken(StrEnum):
    """What can be wrong at one number of a stream."""

    HOLE = "hole"
    ALTERED = "altered"
    LINK = "link"
    PLACE = "place"
    PAYLOAD = "payload"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and at which number; for a hole its first number."""

    number: int
    what: Broken


@dataclass(frozen=True, slots=True)
class Verified:
    """What a whole stream was found to be: its newest number and digest, and how many payloads are where."""

    stream: str
    last: int
    head: str
    held: int
    withheld: int
    erased: int
    faults: tuple[Fault, ...]
    purged: int = 0
    sealed: int = 0

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong. What no receipt covers yet could still have been rewritten whole."""
        return not self.faults


def verify(database: Database, stream: str) -> Verified:
    """Check links and payloads of a stream. An empty stream is sound."""
    links = follow(database, stream)
    counts = dict.fromkeys(("held", "sealed", "withheld", "erased", "purged"), 0)
    faults = list(links.faults)
    for row in _payload_rows(database, stream):
        state, fault = _payload(row)
        counts[state] = counts.get(state, 0) + 1
        if fault is not None:
            faults.append(Fault(row[0], fault))
    return Verified(
        stream,
        links.last,
        links.head,
        counts["held"],
        counts["withheld"],
        counts["erased"],
        tuple(sorted(faults, key=lambda fault: fault.number)),
        counts["purged"],
        counts["sealed"],
    )


@dataclass(frozen=True, slots=True)
class Links:
    """A chain that was followed: its newest number and digest, and what is wrong with it."""

    last: int
    head: str
    faults: tuple[Fault, ...]


def follow(database: Database, stream: str) -> Links:
    """Check the links of a stream only: 100,000 in about a quarter of a second. The head of nothing is empty."""
    faults: list[Fault] = []
    last, head = _start(database, stream)
    for rows in _link_batches(database, stream):
        apart = int(last + 1 == FIRST)  # a first entry may name a parent, or nothing
        last, head = _one_by_one(rows[:apart], last, head, faults)
        reached = _sound(rows[apart:], last, head)
        if reached is None:
            last, head = _one_by_one(rows[apart:], last, head, faults)
        else:
            last, head = last + len(rows) - apart, reached
    return Links(last, head.decode(), tuple(faults))


def _sound(rows: Sequence[Row], last: int, head: bytes) -> bytes | None:
    """The head after these rows, if all of them are as they should be; None when any is not.

    Looked at together, for most chains are whole: every check that `_one_by_one` makes is made here too.
    """
    if not rows:
        return head
    numbers, digests, contents = zip(*rows, strict=True)
    computed = tuple([sha256(content).digest() for content in contents])
    if computed != digests or numbers != tuple(range(last + 1, last + 1 + len(rows))):
        return None
    names = hexlify(b"".join(computed), b" ", DIGEST_BYTES).split(b" ")
    lines = b"\n".join(contents)
    # One place and one link a line, and no line within an entry: what is found is each entry's own.
    if lines.count(b"\n") != len(rows) - 1:
        return None
    wanted = [(b"%d" % number, before) for number, before in zip(numbers, (head, *names[:-1]), strict=True)]
    return names[-1] if _LINK.findall(lines) == wanted else None


def _one_by_one(rows: Sequence[Row], last: int, head: bytes, faults: list[Fault]) -> tuple[int, bytes]:
    """The same with every fault by its name."""
    for number, digest, content in rows:
        computed = sha256(content).digest()
        if computed != digest:
            faults.append(Fault(number, Broken.ALTERED))
        if number != last + 1:
            faults.append(Fault(last + 1, Broken.HOLE))
        elif number != FIRST and b'"previous":"%s"' % head not in content:
            faults.append(Fault(number, Broken.LINK))
        if b'"number":%d,' % number not in content:
            faults.append(Fault(number, Broken.PLACE))
        last, head = number, computed.hex().encode()
    return last, head


def _start(database: Database, stream: str) -> tuple[int, bytes]:
    """What comes before the first entry: nothing; before a branch's, the entry at which it leaves the other one."""
    rows = database.rows(_FIRST, (stream,)) if is_branch(stream) else []
    if not rows:
        return 0, b""
    entry = read_entry(rows[0][0])
    parted = database.one(_ENTRY, (bytes.fromhex(entry.previous), entry.number - 1))
    return (0, b"") if parted is None else (entry.number - 1, entry.previous.encode())


_FIRST = (
    "SELECT content FROM entries WHERE stream = (SELECT id FROM streams WHERE stream = ?) "
    "ORDER BY number LIMIT 1"
)
_ENTRY = "SELECT 1 FROM entries WHERE digest = ? AND number = ?"


def _payload(row: Row) -> tuple[str, Broken | None]:
    """Where an entry's payload is, and what is wrong with it or with the columns beside the entry."""
    _, content, stream, subject, kind, name, salt, payload, absence, sealed = row
    try:
        entry = read_entry(content)
    except ForeignFault:
        return "unreadable", Broken.ALTERED
    if (entry.stream, entry.subject, entry.kind, entry.payload) != (
        stream_of(stream),
        subject,
        kind,
        name.hex(),
    ):
        return "misplaced", Broken.PLACE
    if salt is None and sealed:
        return "sealed", None
    if salt is None:
        return (absence, None) if absence is not None else ("missing", Broken.MISSING)
    altered = sha256(salt + payload).digest() != name
    return "held", Broken.PAYLOAD if altered else None


def _link_batches(database: Database, stream: str) -> Iterator[list[Row]]:
    yield from _batches(
        database,
        "SELECT number, digest, content FROM entries "
        "WHERE stream = (SELECT id FROM streams WHERE stream = ?) AND number > ? ORDER BY number LIMIT ?",
        stream,
    )


def _payload_rows(database: Database, stream: str) -> Iterator[Row]:
    for rows in _batches(
        database,
        "SELECT entries.number, entries.content, streams.stream, entries.subject, entries.kind, "
        "entries.payload, payloads.salt, payloads.content, absences.state, "
        "sealed_payloads.class IS NOT NULL FROM entries "
        "JOIN streams ON streams.id = entries.stream "
        "LEFT JOIN payloads ON payloads.digest = entries.payload "
        "LEFT JOIN absences ON absences.digest = entries.payload "
        "LEFT JOIN sealed_payloads ON sealed_payloads.digest = entries.payload "
        "WHERE streams.stream = ? AND entries.number > ? ORDER BY entries.number LIMIT ?",
        stream,
    ):
        yield from rows


def _batches(database: Database, sql: str, stream: str) -> Iterator[list[Row]]:
    after = 0
    while rows := database.rows(sql, (stream, after, BATCH)):
        yield rows
        after = rows[-1][0]
