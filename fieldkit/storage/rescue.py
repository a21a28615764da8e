"""What can still be read of a damaged database, written into a new one; what is lost, listed.

1. Nothing is invented: rows come from pages that authenticate (`storage.pages`); an entry, a payload or a file is
   taken only if its bytes have the digest under which it was kept.
2. Everything that is not a projection is salvaged; projections are written anew. A row is known by its shape: the
   tables are strict, and no two that are kept look alike.
3. What headquarters had erased does not come back, wherever an old page still has it (journal rule 7).
4. A draft is kept up to its first missing line: what was done after it would be done to other answers.
5. Losses are counted by what they are to a person. What lay after the last entry that can be read nobody can count.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from fieldkit.crypto.keys import DatabaseKey
from fieldkit.domain.classes import SealedClass
from fieldkit.domain.entries import read_entry
from fieldkit.domain.errors import ForeignFault
from fieldkit.domain.ids import is_id
from fieldkit.domain.ports import Progress
from fieldkit.storage import erasure
from fieldkit.storage.branches import SEPARATOR, branch_name, is_branch, stream_of
from fieldkit.storage.database import Database
from fieldkit.storage.drafts import Done
from fieldkit.storage.examination import is_whole
from fieldkit.storage.pages import Cell, DamagedFile, FoundRow
from fieldkit.storage.projections import rebuild

KEPT = (
    "streams",
    "entries",
    "payloads",
    "absences",
    "attachments",
    "attachment_parts",
    "drafts",
    "draft_log",
    "belongings",
    "quarantine",
    "class_keys",
    "key_holders",
    "class_grants",
    "sealed_payloads",
    "sealed_for_office",
    "former_class_keys",
    "sealed_files",
    "sealed_records",
)
"""The tables that are no projections; a test finds one that is forgotten."""

TOLD_EVERY = 200
"""Pages between two words of progress."""

_DIGEST_BYTES = 32


@dataclass(frozen=True, slots=True)
class Missing:
    """Entries of a stream that are gone, both numbers included."""

    stream: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was found and what was lost."""

    pages: int
    broken_pages: int
    entries: int
    payloads: int
    files: int
    drafts: int
    entries_missing: tuple[Missing, ...]
    payloads_missing: tuple[tuple[str, int], ...]
    """Stream and number of entries whose content is gone."""
    files_lost: int
    drafts_lost: int
    draft_lines_lost: int

    @property
    def whole(self) -> bool:
        """Whether nothing is known to be lost."""
        return not (self.entries_missing or self.payloads_missing or self.files_lost) and not (
            self.drafts_lost or self.draft_lines_lost
        )


def salvage(damaged: Path, key: DatabaseKey, new: Database, progress: Progress) -> Salvaged:
    """Bring everything that can be read at `damaged` into `new`, an empty database of the newest schema.

    All or nothing of `new` is written. Raises DatabaseFault `rescue.nothing_readable` and those of `new`'s disk.
    """
    with DamagedFile(damaged, key) as file, new.transaction():
        new.execute("PRAGMA defer_foreign_keys = ON")
        writer = _Writer(new)
        told = -TOLD_EVERY
        for number, row in file.rows():
            if abs(number - told) >= TOLD_EVERY:
                told = number
                progress(number, file.count + 1)
            writer.take(row)
        drafts_lost, lines_lost = _settle_drafts(new)
        files_lost = _settle_files(new)
        _forget_erased(new)
        _settle_branches(new)
        rebuild(new)
        salvaged = Salvaged(
            pages=file.count,
            broken_pages=len(file.broken | file.stale),
            entries=new.number("SELECT COUNT(*) FROM entries"),
            payloads=new.number(
                "SELECT (SELECT COUNT(*) FROM payloads) + (SELECT COUNT(*) FROM sealed_payloads)"
            ),
            files=new.number("SELECT COUNT(*) FROM attachments"),
            drafts=new.number("SELECT COUNT(*) FROM drafts"),
            entries_missing=tuple(_holes(new)),
            payloads_missing=tuple(new.rows(_WITHOUT_PAYLOAD)),
            files_lost=files_lost + new.number(UNHELD_FILES),
            drafts_lost=drafts_lost,
            draft_lines_lost=lines_lost,
        )
    progress(file.count + 1, file.count + 1)
    return salvaged


class _Writer:
    """Knows a row by its shape and writes it where it belongs; rows that fit nowhere belong to projections."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._streams: dict[tuple[str, Cell], int] = {}

    def take(self, row: FoundRow) -> None:
        """Keep a row if it is one of a kept table."""
        shape = "".join(_letter(value) for value in row.values)
        taker = (_OF_TABLES if row.rowid is not None else _WITHOUT_ROWID).get(shape)
        if taker is not None:
            taker(self, row.rowid or 0, row.values)

    def entry(self, row: int, values: tuple[Cell, ...]) -> None:
        digest, content = values[3], values[4]
        if not isinstance(content, bytes) or hashlib.sha256(content).digest() != digest:
            return
        try:
            entry = read_entry(content)
        except ForeignFault:
            return
        self._insert(
            "INSERT OR IGNORE INTO entries (id, stream, number, digest, content, subject, kind, payload) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            row,
            self._stream(entry.stream, values[1], digest.hex()),
            entry.number,
            digest,
            content,
            entry.subject,
            entry.kind,
            bytes.fromhex(entry.payload),
        )

    def payload(self, row: int, values: tuple[Cell, ...]) -> None:
        digest, salt, content = values
        assert isinstance(salt, bytes) and isinstance(content, bytes), "known by its shape"
        if hashlib.sha256(salt + content).digest() == digest:
            self._insert("INSERT OR IGNORE INTO payloads (digest, salt, content) VALUES (?, ?, ?)", *values)

    def file(self, row: int, values: tuple[Cell, ...]) -> None:
        if len(values[-1] if isinstance(values[-1], bytes) else b"") == _DIGEST_BYTES:
            self._insert("INSERT OR IGNORE INTO attachments VALUES (?, ?, ?, ?, ?, ?, ?)", row, *values[1:])

    def part(self, row: int, values: tuple[Cell, ...]) -> None:
        self._insert(
            "INSERT OR IGNORE INTO attachment_parts (attachment, place, content) VALUES (?, ?, ?)", *values
        )

    def draft(self, row: int, values: tuple[Cell, ...]) -> None:
        if is_id(str(values[0])):
            self._insert("INSERT OR IGNORE INTO drafts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", *values)

    def line(self, row: int, values: tuple[Cell, ...]) -> None:
        if is_id(str(values[0])) and values[2] in set(Done):
            self._insert("INSERT OR IGNORE INTO draft_log VALUES (?, ?, ?, ?, ?, ?)", *values)

    def absence(self, row: int, values: tuple[Cell, ...]) -> None:
        if values[1] in ("withheld", "erased", "purged"):
            # Erased counts, whichever of two pages said it.
            self._insert(
                "INSERT INTO absences VALUES (?, ?) ON CONFLICT (digest) DO UPDATE SET state = excluded.state "
                "WHERE excluded.state = 'erased'",
                *values,
            )

    def set_aside(self, row: int, values: tuple[Cell, ...]) -> None:
        content, digest = values[4], values[3]
        if isinstance(content, bytes) and hashlib.sha256(content).digest() == digest:
            places = ", ".join("?" * len(values))
            self._insert(f"INSERT OR IGNORE INTO quarantine VALUES ({places})", row, *values[1:])  # noqa: S608

    def belonging(self, row: int, values: tuple[Cell, ...]) -> None:
        self._insert("INSERT OR IGNORE INTO belongings VALUES (?, ?)", *values)

    def class_key(self, row: int, values: tuple[Cell, ...]) -> None:
        if values[0] in set(SealedClass):
            self._insert("INSERT OR IGNORE INTO class_keys VALUES (?, ?, ?)", *values)

    def key_holder(self, row: int, values: tuple[Cell, ...]) -> None:
        if is_id(str(values[0])) and str(values[2]).startswith("age1"):
            self._insert("INSERT OR IGNORE INTO key_holders VALUES (?, ?, ?)", *values)

    def grant(self, row: int, values: tuple[Cell, ...]) -> None:
        if is_id(str(values[0])) and values[1] in set(SealedClass):
            self._insert("INSERT OR IGNORE INTO class_grants VALUES (?, ?, ?)", *values)

    def sealed_payload(self, row: int, values: tuple[Cell, ...]) -> None:
        if values[1] in set(SealedClass):  # what it says only who is cleared can check
            self._insert("INSERT OR IGNORE INTO sealed_payloads VALUES (?, ?, ?, ?)", *values)

    def sealed_for_office(self, row: int, values: tuple[Cell, ...]) -> None:
        if values[1] in set(SealedClass):
            self._insert("INSERT OR IGNORE INTO sealed_for_office VALUES (?, ?, ?, ?, ?)", *values)

    def former_key(self, row: int, values: tuple[Cell, ...]) -> None:
        if values[0] in set(SealedClass):
            self._insert("INSERT OR IGNORE INTO former_class_keys VALUES (?, ?, ?, ?)", *values)

    def sealed_file(self, row: int, values: tuple[Cell, ...]) -> None:
        self._insert("INSERT OR IGNORE INTO sealed_files VALUES (?, ?, ?, ?)", *values)

    def sealed_record(self, row: int, values: tuple[Cell, ...]) -> None:
        self._insert("INSERT OR IGNORE INTO sealed_records VALUES (?, ?, ?, ?)", row, *values[1:])

    def _insert(self, sql: str, *values: Cell) -> None:
        self._database.execute(sql, values)  # type: ignore[arg-type]  # no fraction passes `pages`

    def _stream(self, name: str, place: Cell, first: str) -> int:
        """Where entries of a stream go. Those that stood in two places are two branches; which is which is settled
        when all are here."""
        if (name, place) not in self._streams:
            known = any(held == name for held, _ in self._streams)
            kept = branch_name(name, first) if known else name
            self._streams[name, place] = self._database.insert(
                "INSERT INTO streams (stream) VALUES (?)", (kept,)
            )
        return self._streams[name, place]


_Taker = Callable[[_Writer, int, tuple[Cell, ...]], None]

_OF_TABLES: dict[str, _Taker] = {
    "niibbttb": _Writer.entry,
    "bbb": _Writer.payload,
    "nttttib": _Writer.file,
    "ntnttib": _Writer.file,
    "iib": _Writer.part,
    "tttttttttt": _Writer.draft,
    "ntibbbbbtt": _Writer.set_aside,
    "bttb": _Writer.sealed_payload,
    "bttbi": _Writer.sealed_for_office,
    "tttb": _Writer.former_key,
    "ttii": _Writer.sealed_file,
    "ntib": _Writer.sealed_record,
}
"""What rows of tables with rowids look like: n nothing (an id that is the rowid), i number, t text, b bytes."""

_WITHOUT_ROWID: dict[str, _Taker] = {
    "titttt": _Writer.line,
    "bt": _Writer.absence,
    "tb": _Writer.belonging,
    "tti": _Writer.class_key,
    "ttt": _Writer.key_holder,
    "ttb": _Writer.grant,
}


def _letter(value: Cell) -> str:
    match value:
        case None:
            return "n"
        case int():
            return "i"
        case str():
            return "t"
        case bytes():
            return "b"
        case _:
            return "?"


def _settle_drafts(new: Database) -> tuple[int, int]:
    """Rule 4. How many drafts are lost whole, and how many lines of others."""
    held = {row[0] for row in new.rows("SELECT id FROM drafts")}
    lost, lines = 0, 0
    logged = new.rows("SELECT draft, seq FROM draft_log ORDER BY draft, seq")
    for draft, found in groupby(logged, key=lambda row: row[0]):
        places = [row[1] for row in found]
        sound = next((n for n, seq in enumerate(places) if seq != n + 1), len(places)) if draft in held else 0
        lost += draft not in held
        lines += (places[-1] - sound) if draft in held else 0
        new.execute("DELETE FROM draft_log WHERE draft = ? AND seq > ?", (draft, sound))
    return lost, lines


def _settle_files(new: Database) -> int:
    """Take away files that are not whole; how many there were of drafts. (Of interviews the journal tells.)"""
    lost = new.execute(
        "DELETE FROM attachments WHERE draft IS NOT NULL AND draft NOT IN (SELECT id FROM drafts)"
    )
    for row, size, digest, draft in new.rows("SELECT id, size, digest, draft FROM attachments"):
        if not is_whole(new, row, size, digest):
            new.execute("DELETE FROM attachments WHERE id = ?", (row,))
            lost += draft is not None
    for table in ("attachment_parts", "sealed_files"):
        new.execute(f"DELETE FROM {table} WHERE attachment NOT IN (SELECT id FROM attachments)")  # noqa: S608
    return lost


def _settle_branches(new: Database) -> None:
    """Of the places in which entries of one stream stood, the one that begins first is the stream."""
    branched = {stream_of(name) for (name,) in new.rows("SELECT stream FROM streams") if is_branch(name)}
    for stream in sorted(branched):
        places = new.rows(_PLACES, (stream, f"{stream}{SEPARATOR}"))
        for place, _, first in places:
            new.execute(
                "UPDATE streams SET stream = ? WHERE id = ?", (branch_name(stream, first.hex()), place)
            )
        new.execute("UPDATE streams SET stream = ? WHERE id = ?", (stream, places[0][0]))


_PLACES = """
    SELECT streams.id, MIN(entries.number), entries.digest FROM streams JOIN entries ON entries.stream = streams.id
    WHERE streams.stream = ?1 OR substr(streams.stream, 1, length(?2)) = ?2
    GROUP BY streams.id ORDER BY MIN(entries.number), streams.id
"""


def _forget_erased(new: Database) -> None:
    """Rule 3; and what is held is not absent."""
    for table in ("payloads", "sealed_payloads"):
        gone = "SELECT digest FROM absences WHERE state = 'erased'"
        new.execute(f"DELETE FROM {table} WHERE digest IN ({gone})")  # noqa: S608 (constant)
        held = f"SELECT digest FROM {table}"  # noqa: S608 (constant)
        new.execute(f"DELETE FROM absences WHERE state <> 'erased' AND digest IN ({held})")  # noqa: S608
    new.execute(
        "UPDATE quarantine SET salt = X'', payload = X'' "
        "WHERE name IN (SELECT digest FROM absences WHERE state = 'erased')"
    )
    erasure.drop_erased_files(new)


def _holes(new: Database) -> Iterator[Missing]:
    rows = new.rows(
        "SELECT streams.stream, entries.number FROM entries JOIN streams ON streams.id = entries.stream "
        "ORDER BY streams.stream, entries.number"
    )
    for stream, numbers in groupby(rows, key=lambda row: row[0]):
        before = -1 if is_branch(stream) else 0
        for _, number in numbers:
            before = number - 1 if before < 0 else before
            if number != before + 1:
                yield Missing(stream, before + 1, number - 1)
            before = number


_WITHOUT_PAYLOAD = """
    SELECT streams.stream, entries.number FROM entries JOIN streams ON streams.id = entries.stream
    WHERE entries.payload NOT IN (SELECT digest FROM payloads)
      AND entries.payload NOT IN (SELECT digest FROM sealed_payloads)
      AND entries.payload NOT IN (SELECT digest FROM absences)
    ORDER BY streams.stream, entries.number
"""
UNHELD_FILES = """
    SELECT COUNT(DISTINCT files.holder || '/' || files.name) FROM files
    JOIN entries ON entries.id = files.entry
    WHERE entries.stream IN (SELECT id FROM streams WHERE CAST(stream AS BLOB) IN (SELECT value FROM belongings))
      AND NOT EXISTS (
        SELECT 1 FROM attachments WHERE attachments.holder = files.holder AND attachments.name = files.name
    )
"""
"""Files of interviews held at this post whose row is gone too."""
