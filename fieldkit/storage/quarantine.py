"""Entries that came and are not merged: from a laptop that is not trusted any more, or from the other branch of a
stream (`journal.md`, rules 1 and 8).

1. They are kept exactly as they came, under their digests, and nothing is projected from them.
2. Coming again changes nothing, except that a payload that was withheld is kept now.
3. What was erased does not come back through here (rule 7): the schema takes it away, this never writes it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from fieldkit.domain.entries import Entry, Payload, digest, read_entry
from fieldkit.storage.database import Database, Row

Item = tuple[bytes, Payload | None]
"""The exact bytes of an entry, and its payload if that came too."""


class Why(StrEnum):
    """Why entries were not merged."""

    REVOKED = "revoked"
    FORKED = "forked"


@dataclass(frozen=True, slots=True)
class SetAside:
    """What is kept of one stream, from one device, for one reason; `withheld` entries came without content."""

    stream: str
    device: str
    why: Why
    first: int
    last: int
    count: int
    withheld: int


class Quarantine:
    """What was set aside in one vault."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, items: Iterable[Item], why: Why, device: str) -> int:
        """Keep entries aside; how many were not there yet. Raises ForeignFault `entry.unreadable` and others."""
        new = 0
        with self._database.writing():
            for content, payload in items:
                new += self._put(read_entry(content), content, payload, why, device)
        return new

    def all(self) -> tuple[SetAside, ...]:
        """What is kept aside, by stream."""
        rows = self._database.rows(
            "SELECT stream, device, why, MIN(number), MAX(number), COUNT(*), SUM(salt = X'') FROM quarantine "
            "GROUP BY stream, device, why ORDER BY stream, device, why"
        )
        return tuple(SetAside(row[0], row[1], Why(row[2]), *row[3:]) for row in rows)

    def items(self, stream: str) -> tuple[Item, ...]:
        """The entries of a stream that are kept aside, in order of their numbers."""
        rows = self._database.rows(
            "SELECT content, salt, payload FROM quarantine WHERE stream = ? ORDER BY number, digest",
            (stream,),
        )
        return tuple(_item(row) for row in rows)

    def holds(self, identity: str) -> bool:
        """Whether the entry with this digest is kept aside."""
        found = self._database.one("SELECT 1 FROM quarantine WHERE digest = ?", (bytes.fromhex(identity),))
        return found is not None

    def drop(self, items: Iterable[Item]) -> int:
        """Take entries away from here: they were merged. How many there were."""
        if self._database.one("SELECT 1 FROM quarantine LIMIT 1") is None:
            return 0  # mostly: else one statement for every entry of every import
        with self._database.writing():
            return sum(
                self._database.execute("DELETE FROM quarantine WHERE digest = ?", (_key(content),))
                for content, _ in items
            )

    def _put(self, entry: Entry, content: bytes, payload: Payload | None, why: Why, device: str) -> int:
        name = bytes.fromhex(entry.payload)
        kept = None if self._is_erased(name) else payload
        salt, said = (kept.salt, kept.content) if kept is not None else (b"", b"")
        new = self._database.execute(
            "INSERT OR IGNORE INTO quarantine (stream, number, digest, content, salt, payload, name, why, device) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (entry.stream, entry.number, _key(content), content, salt, said, name, why.value, device),
        )
        if not new and salt:
            self._database.execute(
                "UPDATE quarantine SET salt = ?, payload = ? WHERE digest = ? AND salt = X''",
                (salt, said, _key(content)),
            )
        return new

    def _is_erased(self, name: bytes) -> bool:
        row = self._database.one("SELECT 1 FROM absences WHERE digest = ? AND state = 'erased'", (name,))
        return row is not None


def _item(row: Row) -> Item:
    content, salt, payload = row
    return content, (Payload(salt, payload) if salt else None)


def _key(content: bytes) -> bytes:
    return bytes.fromhex(digest(content))
