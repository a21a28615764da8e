"""Entries of another stream, taken in many at a time (`journal.md`; the numbers are its rules).

1. They continue what is held, number by number and link by link, or repeat it.
4. Entries and what is projected from them are one transaction: the caller's.
7. The digests of payloads that were erased, or purged here, are looked at before anything is written.
9. An entry without payload is withheld, unless the sender says that its payload is gone: then it is missing. What
   was withheld and comes later is taken.

One statement for a few hundred rows, for single ones cost ten times as much. The tables are the same as if every
entry had come alone (`tests/storage/test_accepting.py`).
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from fieldkit.domain.entries import (
    FIRST,
    MAX_PAYLOAD_BYTES,
    SALT_BYTES,
    Entry,
    Payload,
    digest,
    read_entry,
)
from fieldkit.storage.database import Database, Row
from fieldkit.storage.errors import JournalFault
from fieldkit.storage.projections import project_many, project_replaced

MOST, MOST_BYTES = 500, 4 * 1024 * 1024
"""Entries, and bytes of payloads, that are written at once."""

_NEVER_AGAIN = frozenset({"erased", "purged"})

Item = tuple[bytes, Payload | None]
"""The exact bytes of an entry, and its payload if that came too."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """What accepting changed: entries that were new, and payloads that were withheld before and are held now."""

    new: int
    filled: int


@dataclass(slots=True)
class _Group:
    """New entries that wait to be written."""

    entries: list[tuple[Entry, bytes, str, Payload | None]] = field(default_factory=list)
    size: int = 0

    @property
    def full(self) -> bool:
        return len(self.entries) >= MOST or self.size >= MOST_BYTES


class Accepting:
    """Takes entries of the stream `name`, which is kept under the row `place` and reached `number` with `head`.

    `fill` keeps a payload whose entry is held already, and says whether it was wanted; `hold` keeps new payloads;
    `held` gives one that is held.
    """

    def __init__(
        self,
        database: Database,
        name: str,
        place: int,
        number: int,
        head: str,
        *,
        fill: Callable[[Payload], bool],
        hold: Callable[[Sequence[Payload]], None],
        held: Callable[[str], Payload | None],
        gone: Collection[int] = (),
    ) -> None:
        self._database = database
        self._name, self._place = name, place
        self._number, self._head = number, head
        self._fill, self._hold, self._held = fill, hold, held
        self._gone = gone
        self._group = _Group()
        self._new = self._filled = 0

    def take(self, items: Iterable[Item]) -> Accepted:
        """All of them, in order. Raises as `Journal.accept`."""
        for content, payload in items:
            entry = read_entry(content)
            _check_foreign(self._name, entry, payload)
            if entry.number <= self._number:
                self._write()
                self._filled += self._repeat(entry, content, payload)
            else:
                self._continue(entry, content, payload)
        self._write()
        return Accepted(self._new, self._filled)

    def _repeat(self, entry: Entry, content: bytes, payload: Payload | None) -> bool:
        """An entry that is held comes again: only a payload that was withheld is taken."""
        row = self._database.one(
            "SELECT digest FROM entries WHERE stream = ? AND number = ?", (self._place, entry.number)
        )
        if row is None or row[0].hex() != digest(content):
            raise JournalFault("journal.fork", number=entry.number)
        return payload is not None and self._fill(payload)

    def _continue(self, entry: Entry, content: bytes, payload: Payload | None) -> None:
        if entry.number != self._number + 1:
            raise JournalFault("journal.hole", first=self._number + 1, last=entry.number - 1)
        # A first entry may name a parent: the stream it continues after a restore or a fork (rule 1).
        if entry.number != FIRST and entry.previous != self._head:
            raise JournalFault("journal.broken", number=entry.number)
        self._number, self._head = entry.number, digest(content)
        self._group.entries.append((entry, content, self._head, payload))
        self._group.size += len(content) + (len(payload.content) if payload else 0)
        if self._group.full:
            self._write()

    def _write(self) -> None:
        group, self._group = self._group.entries, _Group()
        if not group:
            return
        first = self._database.number("SELECT COALESCE(MAX(id), 0) + 1 FROM entries")
        rows = [(first + place, entry, payload) for place, (entry, _, _, payload) in enumerate(group)]
        self._database.execute_each(
            "INSERT INTO entries (id, stream, number, digest, content, subject, kind, payload) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    first + place,
                    self._place,
                    entry.number,
                    bytes.fromhex(name),
                    content,
                    entry.subject,
                    entry.kind,
                    bytes.fromhex(entry.payload),
                )
                for place, (entry, content, name, _) in enumerate(group)
            ],
        )
        project_replaced(self._database, [(row, entry) for row, entry, _ in rows])
        self._take_payloads(rows, first)
        self._new += len(group)

    def _take_payloads(self, rows: list[tuple[int, Entry, Payload | None]], first: int) -> None:
        names = [bytes.fromhex(entry.payload) for _, entry, _ in rows]
        known = {name for (name,) in self._asked("SELECT digest FROM payloads WHERE digest IN", names)}
        absent: dict[bytes, str] = dict(
            self._asked("SELECT digest, state FROM absences WHERE digest IN", names)
        )
        brought = {
            name: payload
            for (_, _, payload), name in zip(rows, names, strict=True)
            if payload is not None and name not in known and absent.get(name, "") not in _NEVER_AGAIN
        }
        self._hold(list(brought.values()))
        links = [
            (name,)
            for (_, entry, _), name in zip(rows, names, strict=True)
            if not (name in known or name in brought or name in absent or entry.number in self._gone)
        ]
        self._database.execute_each(
            "INSERT OR IGNORE INTO absences (digest, state) VALUES (?, 'withheld')", links
        )
        project_many(self._database, self._to_project(rows, names, known, brought, first))

    def _to_project(
        self,
        rows: list[tuple[int, Entry, Payload | None]],
        names: list[bytes],
        known: set[bytes],
        brought: dict[bytes, Payload],
        first: int,
    ) -> Iterator[tuple[int, Entry, Payload]]:
        """The new entries whose payload is held now, and older ones that name a payload which came only now."""
        for (row, entry, payload), name in zip(rows, names, strict=True):
            held = brought.get(name) or (payload if name in known else None)
            if held is None and name in known:
                held = self._held(entry.payload)
            if held is not None:
                yield row, entry, held
        older = "SELECT id, content, payload FROM entries WHERE id < ? AND payload IN"
        for row, content, name in self._asked(older, list(brought), first):
            yield row, read_entry(content), brought[name]

    def _asked(self, sql: str, names: Sequence[bytes], *before: int) -> list[Row]:
        if not names:
            return []
        return self._database.rows(f"{sql} ({', '.join('?' * len(names))})", (*before, *names))


def _check_foreign(stream: str, entry: Entry, payload: Payload | None) -> None:
    if entry.stream != stream:
        raise JournalFault("journal.wrong_stream", number=entry.number)
    if payload is None:
        return
    if len(payload.content) > MAX_PAYLOAD_BYTES:
        raise JournalFault("journal.too_large", number=entry.number)
    if len(payload.salt) != SALT_BYTES or payload.digest != entry.payload:
        raise JournalFault("journal.payload_altered", number=entry.number)
