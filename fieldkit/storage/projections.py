"""Tables that screens read, written from the journal and never instead of it (`journal.md`, rules 4 and 5).

4. Append and projection are one transaction. Projections hold nothing that cannot be rebuilt from the
   payloads held, and can be rebuilt one subject at a time.
5. Values that nothing replaces stand. Several different standing values of one field are a conflict, shown
   side by side. A value is replaced only by an entry that names its entry *and* sets the same field.

An entry's rows follow from that entry alone and carry its row number: arriving in another order,
twice or in parts gives the same tables. What depends on several entries is asked when it is read.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from fieldkit.domain.entries import Entry, Payload, read_entry
from fieldkit.domain.errors import ForeignFault
from fieldkit.storage.database import Database, Row, Value
from fieldkit.storage.kinds import TABLES, read
from fieldkit.storage.shapes import Unread

BATCH = 500
"""Entries held in memory while projections are rebuilt."""

_OF_PAYLOADS = (*TABLES, "unread")
_INSERTS: dict[str, str] = {
    table: f"INSERT INTO {table} (entry, {', '.join(columns)}) VALUES (?{', ?' * len(columns)})"  # noqa: S608
    for table, columns in TABLES.items()
}

_NO_CHARACTER = rb"\u0000"
"""How JSON spells the one character that SQLite would keep and others cut off."""

_SELECTED = "SELECT held.subject, held.field, held.value, entries.digest "
_NOT_REPLACED = """
    NOT EXISTS (
        SELECT 1 FROM replacements
        JOIN field_values AS newer ON newer.entry = replacements.entry
        WHERE replacements.replaced = entries.digest
          AND newer.subject = held.subject AND newer.field = held.field
    )
"""
_STANDING = f" FROM field_values AS held JOIN entries ON entries.id = held.entry WHERE {_NOT_REPLACED}"
_ORDER = " ORDER BY held.subject, held.field, held.value, entries.digest"
_SEVERAL = "SELECT COUNT(*) FROM (SELECT 1 FROM field_values WHERE subject = ?1 AND field = ?2 LIMIT 2)"
_DIFFERENT = f"SELECT COUNT(DISTINCT held.value) {_STANDING} AND held.subject = ?1 AND held.field = ?2"
_DISPUTE = f"""
    INSERT OR IGNORE INTO disputes (subject, field)
    SELECT ?1, ?2 WHERE ({_SEVERAL}) > 1 AND ({_DIFFERENT}) > 1
"""
_DISPUTED = f"""
    {_SELECTED} FROM disputes
    CROSS JOIN field_values AS held ON held.subject = disputes.subject AND held.field = disputes.field
    CROSS JOIN entries ON entries.id = held.entry
    WHERE {_NOT_REPLACED} AND (?1 IS NULL OR disputes.subject = ?1) {_ORDER}
"""


@dataclass(frozen=True, slots=True)
class StandingValue:
    """A value of a field that nothing replaced, and the digest of the entry that set it."""

    subject: str
    field: str
    value: Any
    entry: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Several different values of one field that all stand."""

    subject: str
    field: str
    values: tuple[StandingValue, ...]


def project_links(database: Database, row: int, entry: Entry) -> None:
    """What an entry says without its payload: which entries it replaces."""
    project_replaced(database, [(row, entry)])


def project_replaced(database: Database, entries: Iterable[tuple[int, Entry]]) -> None:
    """The same for many entries."""
    links = [(row, bytes.fromhex(digest)) for row, entry in entries for digest in entry.replaces]
    if links:
        database.execute_each("INSERT OR IGNORE INTO replacements (entry, replaced) VALUES (?, ?)", links)


def project_payload(database: Database, row: int, entry: Entry, payload: Payload) -> bool:
    """What an entry's payload says. False when this version cannot read it; it is then listed as unread."""
    return project_many(database, [(row, entry, payload)]) == 1


def project_many(database: Database, said: Iterable[tuple[int, Entry, Payload]]) -> int:
    """What the payloads of many entries say. How many of them this version can read."""
    tables: dict[str, list[tuple[Value, ...]]] = {}
    unread: list[tuple[int]] = []
    count = 0
    for row, entry, payload in said:
        count += 1
        try:
            projected = read(entry, payload.value(), plain=_NO_CHARACTER not in payload.content)
        except (Unread, ForeignFault):
            unread.append((row,))
            continue
        for table, values in projected:
            tables.setdefault(table, []).append((row, *values))
    for table, rows in tables.items():
        database.execute_each(_INSERTS[table], rows)
    _look_for_disputes(database, {(row[1], row[2]) for row in tables.get("field_values", ())})
    if unread:
        database.execute_each("INSERT INTO unread (entry) VALUES (?)", unread)
    return count - len(unread)


def forget_payload(database: Database, rows: Iterable[int]) -> None:
    """Drop what the payloads of these entries said."""
    places = [(row,) for row in rows]
    asked = "SELECT subject, field FROM field_values WHERE entry = ?"
    touched = {(found[0], found[1]) for place in places for found in database.rows(asked, place)}
    for table in _OF_PAYLOADS:
        database.execute_each(f"DELETE FROM {table} WHERE entry = ?", places)  # noqa: S608 (constant)
    _look_for_disputes(database, touched)


def rebuild(database: Database, subject: str | None = None) -> int:
    """Drop the projections, of one subject or all, and write them again. The number of entries read."""
    count = 0
    with database.writing():
        if subject is None:
            for table in (*_OF_PAYLOADS, "replacements", "disputes"):
                database.execute(f"DELETE FROM {table}")  # noqa: S608 (constant)
        for rows in _batches(database, subject):
            if subject is not None:
                _drop(database, [row[0] for row in rows])
            for row in rows:
                _project_again(database, row)
            count += len(rows)
    return count


def standing(database: Database, subject: str, field: str | None = None) -> tuple[StandingValue, ...]:
    """The values of `subject` (of one field, or all) that nothing replaced, always in the same order."""
    asked = " AND held.subject = ?1 AND (?2 IS NULL OR held.field = ?2)"
    return tuple(_values(database.rows(_SELECTED + _STANDING + asked + _ORDER, (subject, field))))


def on_screen(database: Database, subject: str, entries: Iterable[str]) -> tuple[StandingValue, ...]:
    """The values of `subject` as a screen showed them when these entries stood, whatever came since then."""
    seen = set(entries)
    rows = database.rows(
        _SELECTED + "FROM field_values AS held JOIN entries ON entries.id = held.entry "
        "WHERE held.subject = ?1" + _ORDER,
        (subject,),
    )
    links = database.rows(
        "SELECT entries.digest, replacements.replaced FROM replacements "
        "JOIN entries ON entries.id = replacements.entry WHERE entries.subject = ?",
        (subject,),
    )
    held = [value for value in _values(rows) if value.entry in seen]
    sets = {(value.entry, value.field) for value in held}
    gone = {(older.hex(), field) for newer, older in links for entry, field in sets if entry == newer.hex()}
    return tuple(value for value in held if (value.entry, value.field) not in gone)


def subjects_with_values(database: Database, kind: str) -> tuple[str, ...]:
    """The subjects of a kind, such as `service`, of which any field was ever set."""
    rows = database.rows(
        "SELECT DISTINCT subject FROM field_values WHERE subject >= ?1 || '/' AND subject < ?1 || '0'",
        (kind,),
    )
    return tuple(row[0] for row in rows)


def conflicts(database: Database, subject: str | None = None) -> tuple[Conflict, ...]:
    """Every field with several different standing values, once (rule 5)."""
    rows = database.rows(_DISPUTED, (subject,))
    grouped = groupby(_values(rows), key=lambda value: (value.subject, value.field))
    return tuple(Conflict(about, field, tuple(values)) for (about, field), values in grouped)


def conflict_count(database: Database) -> int:
    """How many fields have several different standing values."""
    return database.number("SELECT COUNT(*) FROM disputes")


def _look_for_disputes(database: Database, touched: set[tuple[Value, Value]]) -> None:
    """Write down for each of these fields whether its standing values differ. What is written follows from what is
    held, so it is the same in whatever order things arrived."""
    places = sorted(touched, key=repr)
    if database.one("SELECT 1 FROM disputes LIMIT 1") is not None:
        database.execute_each("DELETE FROM disputes WHERE subject = ? AND field = ?", places)
    database.execute_each(_DISPUTE, places)


def _values(rows: Iterable[Row]) -> Iterator[StandingValue]:
    for subject, field, value, digest in rows:
        yield StandingValue(subject, field, json.loads(value), digest.hex())


def _batches(database: Database, subject: str | None) -> Iterator[list[Row]]:
    after = 0
    while True:
        rows = database.rows(
            "SELECT entries.id, entries.content, payloads.salt, payloads.content FROM entries "
            "LEFT JOIN payloads ON payloads.digest = entries.payload "
            "WHERE entries.id > ?1 AND (?2 IS NULL OR entries.subject = ?2) ORDER BY entries.id LIMIT ?3",
            (after, subject, BATCH),
        )
        if not rows:
            return
        yield rows
        after = rows[-1][0]


def _drop(database: Database, rows: list[int]) -> None:
    forget_payload(database, rows)
    database.execute_each("DELETE FROM replacements WHERE entry = ?", [(row,) for row in rows])


def _project_again(database: Database, held: Row) -> None:
    row, content, salt, payload = held
    entry = read_entry(content)
    project_links(database, row, entry)
    if salt is not None:
        project_payload(database, row, entry, Payload(salt, payload))
