"""Whether what lies on the disk is sound: pages, tables, the journal, the files, the header. Reading only.

1. Everything is looked at afresh from the disk, the pages first: when any is not as it was written, what else could
   be said of the tables would not hold, and rescuing is the next step.
2. What is wrong is a list of faults as they would be told; none means sound.
3. Nothing is mended here: who looks changes nothing.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fieldkit.crypto.keys import DatabaseKey
from fieldkit.domain.ports import Progress
from fieldkit.storage import slots
from fieldkit.storage.belongings import STREAM, Belongings
from fieldkit.storage.database import Database, broken_pages
from fieldkit.storage.errors import DatabaseFault, StorageFault
from fieldkit.storage.header import Header, is_authentic
from fieldkit.storage.verification import Verified, verify

STEPS = 4
"""Words of progress of one examination."""

_COMPLAINTS = 100
"""Complaints about tables that are counted; more say nothing more."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What was looked at, and what is wrong (rule 2)."""

    broken_pages: tuple[int, ...]
    streams: tuple[Verified, ...]
    files: int
    unread: int
    faults: tuple[StorageFault, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def examine(path: Path, key: DatabaseKey, progress: Progress) -> Examined:
    """Examine the database at `path`; nothing else may write to it meanwhile.

    Raises StorageFault `vault.database_missing`, `vault.newer`; DatabaseFault of disks.
    """
    progress(0, STEPS)
    pages = broken_pages(path, key)
    progress(1, STEPS)
    if pages:
        return Examined(pages, (), 0, 0, (DatabaseFault("check.pages", count=len(pages)),))
    database = Database.open(path, key)
    try:
        return _inside(database, progress)
    finally:
        database.close()


def header_faults(folder: Path, key: DatabaseKey | None = None) -> tuple[StorageFault, ...]:
    """What is wrong with the two copies of the header; with the key, also whether the vault wrote them."""
    faults = []
    contents = {name: slots.copy_at(folder, name) for name in (slots.FIRST_COPY, slots.SECOND_COPY)}
    for name, header in contents.items():
        if header is None:
            faults.append(StorageFault("check.header_copy", file=name))
        elif key is not None and not is_authentic(header, key):
            faults.append(StorageFault("check.header_altered", file=name))
    if not faults and len(set(map(_sequence, contents.values()))) > 1:
        faults.append(StorageFault("check.header_copies_differ"))
    return tuple(faults)


def _sequence(header: Header | None) -> int:
    return -1 if header is None else header.sequence


def _inside(database: Database, progress: Progress) -> Examined:
    faults: list[StorageFault] = []
    streams: list[Verified] = []
    files = unread = 0
    try:
        faults += _table_faults(database)
        progress(2, STEPS)
        names = [row[0] for row in database.rows("SELECT stream FROM streams ORDER BY stream")]
        streams = [verify(database, name) for name in names]
        faults += [fault for verified in streams for fault in _stream_faults(verified)]
        progress(3, STEPS)
        files = database.number("SELECT COUNT(*) FROM attachments")
        faults += _file_faults(database, Belongings(database).get(STREAM) or b"")
        unread = database.number("SELECT COUNT(*) FROM unread")
    except DatabaseFault as fault:
        faults.append(fault)
    progress(STEPS, STEPS)
    return Examined((), tuple(streams), files, unread, tuple(faults))


def _table_faults(database: Database) -> Iterator[StorageFault]:
    told = database.rows(f"PRAGMA integrity_check({_COMPLAINTS})")
    complaints = sum(row[0] != "ok" for row in told) + len(database.rows("PRAGMA foreign_key_check"))
    if complaints:
        yield DatabaseFault("check.tables", count=complaints)


def _stream_faults(verified: Verified) -> Iterator[StorageFault]:
    if verified.faults:
        numbers = [fault.number for fault in verified.faults]
        name = verified.stream[:8]
        yield StorageFault("check.journal", stream=name, count=len(numbers), first=min(numbers))


def _file_faults(database: Database, own_stream: bytes) -> Iterator[StorageFault]:
    """Files whose bytes are not what they were kept as, and files of own interviews that are not here at all."""
    damaged = sum(not is_whole(database, *row) for row in database.rows(_FILES))
    missing = database.number(_MISSING_FILES, (own_stream.decode(),))
    if damaged or missing:
        yield DatabaseFault("check.files", count=damaged + missing)


_FILES = "SELECT id, size, digest FROM attachments ORDER BY id"
_MISSING_FILES = """
    SELECT COUNT(DISTINCT files.holder || '/' || files.name) FROM files
    JOIN entries ON entries.id = files.entry
    JOIN streams ON streams.id = entries.stream
    WHERE streams.stream = ? AND NOT EXISTS (
        SELECT 1 FROM attachments WHERE attachments.holder = files.holder AND attachments.name = files.name
    )
"""


def is_whole(database: Database, row: int, size: int, digest: bytes) -> bool:
    """Whether the bytes of an attachment, by its row, are those it was kept with."""
    found, length, place = hashlib.sha256(), 0, 0
    while True:
        part = database.one(
            "SELECT content FROM attachment_parts WHERE attachment = ? AND place = ?", (row, place)
        )
        if part is None:
            return length == size and found.digest() == digest
        found.update(part[0])
        length += len(part[0])
        place += 1
