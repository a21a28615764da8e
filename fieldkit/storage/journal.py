"""The journal: every change, for ever (`journal.md`; the numbers are its rules).

1. A stream's entries are numbered without holes and each carries the digest of the one before; an entry's
   identity is the digest of its exact bytes.
3. Salt and payload are stored exactly and travel together or not at all; the chain needs neither.
4. Append and projection are one transaction.
7. The digests of erased payloads are kept for ever and applied before anything is written.
9. An entry may come without its payload: it is withheld, which is not a hole. A payload that comes later is
   taken; one that was neither withheld nor erased and is not here is missing, which is a fault.
10. Whoever holds the vault's key can rewrite what no receipt has covered: `verify` finds what is not a chain.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from fieldkit.domain.entries import (
    FIRST,
    MAX_ENTRY_BYTES,
    MAX_PAYLOAD_BYTES,
    NOTHING_BEFORE,
    SALT_BYTES,
    Entry,
    Payload,
    canonical,
    digest,
    entry_bytes,
    read_entry,
)
from fieldkit.domain.ports import Clock, JsonObject, Randomness
from fieldkit.storage import erasure
from fieldkit.storage.database import Database
from fieldkit.storage.errors import JournalFault, StorageMistake
from fieldkit.storage.projections import project_links, project_payload
from fieldkit.storage.verification import Verified, verify

BATCH = 500
"""Entries held in memory while a stream is read."""


class State(StrEnum):
    """Where a payload is."""

    HELD = "held"
    WITHHELD = "withheld"
    MISSING = "missing"
    ERASED = "erased"
    PURGED = "purged"


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry held of a stream; number 0 and no digest before the first."""

    number: int
    digest: str


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be appended: all of an entry that is not given by the journal itself."""

    subject: str
    kind: str
    payload: JsonObject
    replaces: tuple[str, ...] = ()


class Journal:
    """This vault's own stream, and the streams it has accepted from others."""

    def __init__(self, database: Database, stream: str, clock: Clock, randomness: Randomness) -> None:
        self._database = database
        self._clock = clock
        self._randomness = randomness
        self.stream = stream

    def append(
        self, *, actor: str, subject: str, kind: str, payload: JsonObject, replaces: Sequence[str] = ()
    ) -> Entry:
        """Append one entry to the own stream and project it. On disk when this returns.

        Inside a transaction of the caller's it joins that. Raises StorageMistake `journal.payload`,
        `journal.too_large`; DatabaseFault.
        """
        return self.append_many(actor, [Change(subject, kind, payload, tuple(replaces))])[0]

    def append_many(self, actor: str, changes: Sequence[Change]) -> tuple[Entry, ...]:
        """Append several entries, all or none."""
        with self._database.writing():
            place, head = self._place(self.stream), self.head(self.stream)
            appended = []
            for change in changes:
                entry, head = self._append(place, head, actor, change)
                appended.append(entry)
        return tuple(appended)

    def begin(self, actor: str, change: Change, parent: Head) -> Entry:
        """Append the first entry of this stream, which names the digest of the stream it continues (rule 1: after a
        restore, a rescue, a fork). Raises StorageMistake `journal.begun`."""
        with self._database.writing():
            if self.head(self.stream).number:
                raise StorageMistake("journal.begun")
            return self._append(self._place(self.stream), Head(0, parent.digest), actor, change)[0]

    def accept(self, stream: str, items: Iterable[tuple[bytes, Payload | None]]) -> int:
        """Take entries of a stream from elsewhere, in order. The number of entries that were new.

        They must continue what is held or repeat it; repeating has no effect, except that a payload that was
        withheld is taken now. Needs the caller's transaction. Raises JournalFault `journal.hole`,
        `journal.fork`, `journal.broken`, `journal.wrong_stream`, `journal.payload_altered`,
        `journal.too_large`; ForeignFault `entry.unreadable`, `entry.newer`, `entry.too_large`.
        """
        self._database.demand_transaction()
        place, head, new = self._place(stream), self.head(stream), 0
        with self._database.writing():
            for content, payload in items:
                entry = read_entry(content)
                _check_foreign(stream, entry, payload)
                if entry.number <= head.number:
                    self._repeat(place, entry, content, payload)
                    continue
                _check_continues(head, entry)
                row, head = self._write(place, entry, content)
                self._take(row, entry, payload)
                new += 1
        return new

    def head(self, stream: str) -> Head:
        """The newest entry held of `stream`."""
        row = self._database.one(
            "SELECT number, digest FROM entries WHERE stream = (SELECT id FROM streams WHERE stream = ?) "
            "ORDER BY number DESC LIMIT 1",
            (stream,),
        )
        return Head(0, NOTHING_BEFORE) if row is None else Head(row[0], row[1].hex())

    def heads(self) -> dict[str, Head]:
        """The newest entry held of every stream."""
        rows = self._database.rows("SELECT stream FROM streams ORDER BY stream")
        held = {row[0]: self.head(row[0]) for row in rows}
        return {stream: head for stream, head in held.items() if head.number >= FIRST}

    def entries(self, stream: str, after: int = 0, limit: int | None = None) -> Iterator[tuple[Entry, bytes]]:
        """Entries of a stream above number `after`, at most `limit`, with their exact bytes, in order."""
        left = limit
        while left is None or left > 0:
            wanted = BATCH if left is None else min(BATCH, left)
            rows = self._database.rows(
                "SELECT content FROM entries WHERE stream = (SELECT id FROM streams WHERE stream = ?) "
                "AND number > ? ORDER BY number LIMIT ?",
                (stream, after, wanted),
            )
            for (content,) in rows:
                entry = read_entry(content)
                yield entry, content
                after = entry.number
            if len(rows) < wanted:
                return
            left = None if left is None else left - len(rows)

    def about(self, subject: str) -> tuple[tuple[Entry, str], ...]:
        """Every entry about `subject` with its identity: its history. Streams in turn, each in its order."""
        rows = self._database.rows(
            "SELECT content, digest FROM entries WHERE subject = ? ORDER BY stream, number", (subject,)
        )
        return tuple((read_entry(content), identity.hex()) for content, identity in rows)

    def subjects(self, kind: str) -> tuple[str, ...]:
        """The subjects of a kind, such as `backup`, that any entry is about."""
        rows = self._database.rows(
            "SELECT DISTINCT subject FROM entries WHERE subject >= ?1 || '/' AND subject < ?1 || '0'", (kind,)
        )
        return tuple(row[0] for row in rows)

    def find(self, identity: str) -> Entry | None:
        """The entry with this digest, or None."""
        row = self._database.one("SELECT content FROM entries WHERE digest = ?", (bytes.fromhex(identity),))
        return None if row is None else read_entry(row[0])

    def payload(self, name: str) -> Payload | None:
        """The payload under this digest, or None; `state` says why."""
        row = self._database.one(
            "SELECT salt, content FROM payloads WHERE digest = ?", (bytes.fromhex(name),)
        )
        return None if row is None else Payload(row[0], row[1])

    def state(self, name: str) -> State:
        """Where the payload under this digest is."""
        key = bytes.fromhex(name)
        if self._database.one("SELECT 1 FROM payloads WHERE digest = ?", (key,)) is not None:
            return State.HELD
        row = self._database.one("SELECT state FROM absences WHERE digest = ?", (key,))
        return State.MISSING if row is None else State(row[0])

    def verify(self, stream: str) -> Verified:
        """Check a whole stream, links and payloads."""
        return verify(self._database, stream)

    def erase(self, names: Iterable[str]) -> int:
        """Erase payloads for ever, with what was projected from them and the files they name. How many were held.

        Whether that is allowed is not decided here (rule 7: only when headquarters has signed it).
        """
        return erasure.take_away(self._database, names, State.ERASED)

    def purge(self, names: Iterable[str]) -> int:
        """Drop payloads on this laptop only, with what was projected from them and the files they name. How many
        were held. Whether that is allowed is not decided here (rule 8: only what is safe at headquarters).
        """
        return erasure.take_away(self._database, names, State.PURGED)

    def _append(self, place: int, head: Head, actor: str, change: Change) -> tuple[Entry, Head]:
        content = canonical(change.payload)
        payload = Payload(self._randomness.bytes(SALT_BYTES), content)
        entry = Entry(
            stream=self.stream,
            number=head.number + 1,
            previous=head.digest,
            at=self._clock.now().isoformat(timespec="seconds"),
            actor=actor,
            subject=change.subject,
            kind=change.kind,
            replaces=change.replaces,
            payload=payload.digest,
        )
        written = entry_bytes(entry)
        if len(content) > MAX_PAYLOAD_BYTES or len(written) > MAX_ENTRY_BYTES:
            raise StorageMistake("journal.too_large")
        if read_entry(written) != entry:
            raise StorageMistake("journal.entry")
        row, head = self._write(place, entry, written)
        self._hold(payload)
        if not project_payload(self._database, row, entry, payload):
            raise StorageMistake("journal.payload", kind=change.kind)
        return entry, head

    def _write(self, place: int, entry: Entry, content: bytes) -> tuple[int, Head]:
        identity = digest(content)
        row = self._database.insert(
            "INSERT INTO entries (stream, number, digest, content, subject, kind, payload) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                place,
                entry.number,
                bytes.fromhex(identity),
                content,
                entry.subject,
                entry.kind,
                bytes.fromhex(entry.payload),
            ),
        )
        project_links(self._database, row, entry)
        return row, Head(entry.number, identity)

    def _repeat(self, place: int, entry: Entry, content: bytes, payload: Payload | None) -> None:
        """An entry that is held comes again: only a payload that was withheld is taken."""
        row = self._database.one(
            "SELECT digest FROM entries WHERE stream = ? AND number = ?", (place, entry.number)
        )
        if row is None or row[0].hex() != digest(content):
            raise JournalFault("journal.fork", number=entry.number)
        if payload is not None and self.state(entry.payload) in (State.WITHHELD, State.MISSING):
            self._hold(payload)
            self._project_everywhere(payload)

    def _take(self, row: int, entry: Entry, payload: Payload | None) -> None:
        """The payload of a new entry from elsewhere, unless it was erased, or purged here (rules 7 and 9)."""
        held = self.payload(entry.payload)
        state = self.state(entry.payload)
        if held is not None:
            project_payload(self._database, row, entry, held)
        elif state in (State.ERASED, State.PURGED):
            return
        elif payload is not None:
            self._hold(payload)
            self._project_everywhere(payload, (row, entry))
        elif state is State.MISSING:
            self._absent(bytes.fromhex(entry.payload), State.WITHHELD)

    def _hold(self, payload: Payload) -> None:
        key = bytes.fromhex(payload.digest)
        self._database.execute("DELETE FROM absences WHERE digest = ?", (key,))
        self._database.execute(
            "INSERT INTO payloads (digest, salt, content) VALUES (?, ?, ?)",
            (key, payload.salt, payload.content),
        )

    def _project_everywhere(self, payload: Payload, known: tuple[int, Entry] | None = None) -> None:
        """Project a payload for every entry that names it; the `known` one is not read again."""
        key = bytes.fromhex(payload.digest)
        for row, content in self._database.rows("SELECT id, content FROM entries WHERE payload = ?", (key,)):
            entry = known[1] if known is not None and known[0] == row else read_entry(content)
            project_payload(self._database, row, entry, payload)

    def _absent(self, key: bytes, state: State) -> None:
        self._database.execute(
            "INSERT INTO absences (digest, state) VALUES (?, ?) "
            "ON CONFLICT (digest) DO UPDATE SET state = excluded.state",
            (key, state.value),
        )

    def _place(self, stream: str) -> int:
        self._database.execute("INSERT OR IGNORE INTO streams (stream) VALUES (?)", (stream,))
        return self._database.number("SELECT id FROM streams WHERE stream = ?", (stream,))


def identity(entry: Entry) -> str:
    """The digest of an entry's exact bytes: what `replaces` names."""
    return digest(entry_bytes(entry))


def _check_foreign(stream: str, entry: Entry, payload: Payload | None) -> None:
    if entry.stream != stream:
        raise JournalFault("journal.wrong_stream", number=entry.number)
    if payload is None:
        return
    if len(payload.content) > MAX_PAYLOAD_BYTES:
        raise JournalFault("journal.too_large", number=entry.number)
    if len(payload.salt) != SALT_BYTES or payload.digest != entry.payload:
        raise JournalFault("journal.payload_altered", number=entry.number)


def _check_continues(head: Head, entry: Entry) -> None:
    if entry.number != head.number + 1:
        raise JournalFault("journal.hole", first=head.number + 1, last=entry.number - 1)
    # A first entry may name a parent: the stream it continues after a restore or a fork (rule 1).
    if entry.number != FIRST and entry.previous != head.digest:
        raise JournalFault("journal.broken", number=entry.number)
