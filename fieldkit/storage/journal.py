"""The journal: every change, for ever (`journal.md`; the numbers are its rules).

1. A stream's entries are numbered without holes and each carries the digest of the one before; an entry's
   identity is the digest of its exact bytes.
3. Salt and payload are stored exactly and travel together or not at all; the chain needs neither. What is of a
   sealed class is stored sealed (`sealed`), projected nowhere, and read only through `services.sealed`.
4. Append and projection are one transaction.
7. The digests of erased payloads are kept for ever and applied before anything is written.
9. An entry may come without its payload: it is withheld, which is not a hole. A payload that comes later is
   taken; one that was neither withheld nor erased and is not here is missing, which is a fault.
10. Whoever holds the vault's key can rewrite what no receipt has covered: `verify` finds what is not a chain.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from fieldkit.domain.classes import SealedClass
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
from fieldkit.storage import erasure, sealed_office
from fieldkit.storage.accepting import Accepted, Accepting
from fieldkit.storage.branches import branch_name, stream_of
from fieldkit.storage.database import Database
from fieldkit.storage.errors import JournalFault, StorageMistake
from fieldkit.storage.kinds_sealed import SEALED_KINDS, TRAVELS
from fieldkit.storage.projections import project_links, project_many, project_payload
from fieldkit.storage.sealed import Sealed
from fieldkit.storage.verification import Verified, verify

BATCH = 500
"""Entries held in memory while a stream is read."""


class State(StrEnum):
    """Where a payload is."""

    HELD = "held"
    SEALED = "sealed"
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
    seal: SealedClass | None = None
    """The class under whose key the payload is kept; None when everybody at the post may read it."""
    also: str = ""
    """The class key of headquarters to which it is sealed as well, for travelling; empty when it is not."""


class Journal:
    """This vault's own stream, and the streams it has accepted from others."""

    def __init__(
        self,
        database: Database,
        stream: str,
        clock: Clock,
        randomness: Randomness,
        sealed: Sealed | None = None,
    ) -> None:
        self._database = database
        self._sealed = sealed
        self._clock = clock
        self._randomness = randomness
        self.stream = stream

    def of(self, stream: str) -> "Journal":
        """The same journal writing another stream, such as an outbox of headquarters."""
        return Journal(self._database, stream, self._clock, self._randomness, self._sealed)

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

    def accept(
        self,
        stream: str,
        items: Iterable[tuple[bytes, Payload | None]],
        gone: Collection[int] = (),
    ) -> Accepted:
        """Take entries of a stream from elsewhere, in order. What that changed.

        They must continue what is held or repeat it; repeating has no effect, except that a payload that was
        withheld is taken now. An entry without payload is withheld, unless its number is among those that the
        sender says are `gone`: its payload is then missing. Needs the caller's transaction. Raises JournalFault
        `journal.hole`, `journal.fork`, `journal.broken`, `journal.wrong_stream`, `journal.payload_altered`,
        `journal.too_large`; ForeignFault `entry.unreadable`, `entry.newer`, `entry.too_large`.
        """
        self._database.demand_transaction()
        head = self.head(stream)
        with self._database.writing(), self._database.much_at_once():
            return Accepting(
                self._database,
                stream,
                self._place(stream),
                head.number,
                head.digest,
                fill=self._fill,
                hold=self._hold_all,
                held=self.payload,
                gone=gone,
            ).take(items)

    def accept_branch(
        self, stream: str, items: Sequence[tuple[bytes, Payload | None]], gone: Collection[int] = ()
    ) -> Accepted:
        """Take entries of another branch of a stream, beside what is held of it (rule 1). What that changed.

        The first of them that is new must follow an entry that is held. Otherwise as `accept`.
        """
        self._database.demand_transaction()
        new = next(
            (place for place, one in enumerate(items) if self.find(digest(one[0])) is None), len(items)
        )
        with self._database.writing(), self._database.much_at_once():
            filled = sum(payload is not None and self._fill(payload) for _, payload in items[:new])
            if new == len(items):
                return Accepted(0, filled)
            first = read_entry(items[new][0])
            taken = Accepting(
                self._database,
                stream,
                self._place(self._branch(stream, first, digest(items[new][0]))),
                first.number - 1,
                first.previous,
                fill=self._fill,
                hold=self._hold_all,
                held=self.payload,
                gone=gone,
            ).take(items[new:])
        return Accepted(taken.new, taken.filled + filled)

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
        if self._database.one("SELECT 1 FROM sealed_payloads WHERE digest = ?", (key,)) is not None:
            return State.SEALED
        row = self._database.one("SELECT state FROM absences WHERE digest = ?", (key,))
        return State.MISSING if row is None else State(row[0])

    def sealed_as(self, name: str) -> SealedClass | None:
        """The class under whose key the payload under this digest lies; None where it is not sealed."""
        return None if self._sealed is None else self._sealed.class_of(name)

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
        if (change.kind in SEALED_KINDS) and change.seal is None:
            raise StorageMistake("sealed.left_open")
        if change.seal is not None:
            self._hold_sealed(payload, change.seal)
            if change.also and change.kind in TRAVELS:
                sealed_office.prepare(self._database, payload, change.seal, change.also)
            return entry, head
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

    def _fill(self, payload: Payload) -> bool:
        """Keep a payload whose entry is held, if it was withheld or is missing."""
        if self.state(payload.digest) not in (State.WITHHELD, State.MISSING):
            return False
        self._hold(payload)
        self._project_everywhere(payload)
        return True

    def _hold_sealed(self, payload: Payload, name: SealedClass) -> None:
        if self._sealed is None:
            raise StorageMistake("sealed.no_key")
        self._sealed.hold(payload, name)

    def _hold(self, payload: Payload) -> None:
        self._hold_all([payload])

    def _hold_all(self, payloads: Sequence[Payload]) -> None:
        rows = [(bytes.fromhex(payload.digest), payload.salt, payload.content) for payload in payloads]
        self._database.execute_each("DELETE FROM absences WHERE digest = ?", [row[:1] for row in rows])
        self._database.execute_each("INSERT INTO payloads (digest, salt, content) VALUES (?, ?, ?)", rows)

    def _project_everywhere(self, payload: Payload) -> None:
        """Project a payload for every entry that names it."""
        key = bytes.fromhex(payload.digest)
        rows = self._database.rows("SELECT id, content FROM entries WHERE payload = ?", (key,))
        project_many(self._database, [(row, read_entry(content), payload) for row, content in rows])

    def _branch(self, stream: str, first: Entry, identity: str) -> str:
        """Under which name an entry belongs that follows one which is held: that of the branch whose newest this
        is, or of a new branch."""
        if first.number == FIRST:
            return branch_name(stream, identity)
        row = self._database.one(
            "SELECT streams.stream, entries.number FROM entries JOIN streams ON streams.id = entries.stream "
            "WHERE entries.digest = ?",
            (bytes.fromhex(first.previous),),
        )
        if row is None or stream_of(row[0]) != stream or row[1] != first.number - 1:
            raise JournalFault("journal.hole", first=first.number - 1, last=first.number - 1)
        return str(row[0]) if self.head(row[0]).digest == first.previous else branch_name(stream, identity)

    def _place(self, stream: str) -> int:
        self._database.execute("INSERT OR IGNORE INTO streams (stream) VALUES (?)", (stream,))
        return self._database.number("SELECT id FROM streams WHERE stream = ?", (stream,))


def identity(entry: Entry) -> str:
    """The digest of an entry's exact bytes: what `replaces` names."""
    return digest(entry_bytes(entry))
