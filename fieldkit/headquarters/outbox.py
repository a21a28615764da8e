"""Headquarters' outboxes: one numbered stream a laptop (`journal.md`, rule 9).

1. What goes home is appended here, projected here as it will be at the post, and sent until the post says
   in a bundle of its own that it came. A lost stick is no alarm.
2. Which stream is whose stands in headquarters' own journal. Nobody else can say so.
3. When a post holds more than this headquarters, or something else, headquarters was put back to an earlier day: it
   begins another outbox, for numbers that are used cannot be used again.
4. Nothing is written for a laptop that is not trusted any more.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field

from fieldkit.domain.entries import Entry, subject
from fieldkit.domain.ports import JsonObject
from fieldkit.headquarters import devices
from fieldkit.headquarters.devices import Device
from fieldkit.headquarters.faults import HeadquartersFault
from fieldkit.storage.database import Database
from fieldkit.storage.journal import Change, Journal
from fieldkit.storage.kinds_home import BEGAN
from fieldkit.sync.manifest import Head
from fieldkit.sync.outgoing import Stored
from fieldkit.sync.trust import Certificate

_OUTBOXES = """
    SELECT outboxes.stream FROM outboxes JOIN entries ON entries.id = outboxes.entry
    JOIN streams ON streams.id = entries.stream
    WHERE streams.stream = ? AND outboxes.device = ? ORDER BY outboxes.entry DESC
"""
_RECEIVED = """
    SELECT received.number, received.digest FROM received JOIN entries ON entries.id = received.entry
    JOIN streams ON streams.id = entries.stream
    WHERE received.stream = ? AND streams.stream = ? ORDER BY received.number DESC LIMIT 1
"""
_CASE_STREAMS = """
    SELECT DISTINCT streams.stream FROM cases JOIN entries ON entries.id = cases.entry
    JOIN streams ON streams.id = entries.stream WHERE cases.case_id = ?
"""


def own_outboxes(database: Database, own: str) -> frozenset[str]:
    """Every stream that is an outbox of the headquarters whose own stream is `own`."""
    rows = database.rows(
        "SELECT outboxes.stream FROM outboxes JOIN entries ON entries.id = outboxes.entry "
        "JOIN streams ON streams.id = entries.stream WHERE streams.stream = ?",
        (own,),
    )
    return frozenset(row[0] for row in rows)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for one laptop: how many entries of each kind above what it said it has."""

    device: Device
    kinds: dict[str, int] = field(default_factory=dict)
    sent: int = 0
    """The number up to which the laptop said that it has them."""

    @property
    def total(self) -> int:
        """How many things wait."""
        return sum(self.kinds.values())


class Outboxes:
    """The outboxes of this headquarters; `open_stream` gives the journal of another stream that is written here."""

    def __init__(
        self,
        database: Database,
        journal: Journal,
        open_stream: Callable[[str], Journal],
        new_id: Callable[[], str],
    ) -> None:
        self._database = database
        self._journal = journal
        self._open = open_stream
        self._new_id = new_id

    def device_of_case(self, case: str) -> str:
        """The laptop that wrote a case. Raises HeadquartersFault `outbox.no_post`."""
        streams = {row[0] for row in self._database.rows(_CASE_STREAMS, (case,))}
        for device in devices.devices(self._database):
            own = device.certificate
            if device.trusted and (own.stream in streams or any(own.parent(stream) for stream in streams)):
                return own.device
        raise HeadquartersFault("outbox.no_post")

    def write(
        self,
        device: str,
        actor: str,
        about: str,
        kind: str,
        payload: JsonObject,
        replaces: Sequence[str] = (),
    ) -> Entry:
        """Append something for a laptop. Raises HeadquartersFault `outbox.no_post`, `outbox.revoked`."""
        with self._database.writing():
            outbox = self._outbox(self.device(device).certificate, actor)
            return outbox.append(actor=actor, subject=about, kind=kind, payload=payload, replaces=replaces)

    def devices_of(self, streams: Collection[str]) -> tuple[str, ...]:
        """The trusted laptops that write one of these streams, or wrote it before."""
        trusted = (one.certificate for one in devices.devices(self._database) if one.trusted)
        return tuple(
            own.device
            for own in trusted
            if own.stream in streams or any(own.parent(stream) for stream in streams)
        )

    def device(self, device: str) -> Device:
        """A laptop that may be written to. Raises HeadquartersFault `outbox.no_post`, `outbox.revoked`."""
        held = next(
            (one for one in devices.devices(self._database) if one.certificate.device == device), None
        )
        if held is None:
            raise HeadquartersFault("outbox.no_post")
        if not held.trusted:
            raise HeadquartersFault("outbox.revoked", post=held.certificate.post)
        return held

    def waiting(self) -> tuple[Waiting, ...]:
        """Every trusted laptop and what waits for it."""
        return tuple(self._waiting(one) for one in devices.devices(self._database) if one.trusted)

    def to_send(self, device: str, actor: str) -> tuple[list[Stored], Head]:
        """The entries for a laptop that it has not said it has, at least the newest one; and the newest of all."""
        with self._database.writing():
            certificate = self.device(device).certificate
            outbox = self._outbox(certificate, actor)
        head = outbox.head(outbox.stream)
        after = min(self._acknowledged(outbox.stream, certificate).number, head.number - 1)
        stored = [
            (content, outbox.payload(entry.payload))
            for entry, content in outbox.entries(outbox.stream, after)
        ]
        return stored, Head(head.number, head.digest)

    def _waiting(self, device: Device) -> Waiting:
        stream = self._stream(device.certificate.device)
        if stream is None:
            return Waiting(device)
        sent = self._acknowledged(stream, device.certificate).number
        kinds: dict[str, int] = {}
        for entry, _ in self._journal.entries(stream, sent):
            if entry.kind != BEGAN:
                kinds[entry.kind] = kinds.get(entry.kind, 0) + 1
        return Waiting(device, kinds, sent)

    def _outbox(self, certificate: Certificate, actor: str) -> Journal:
        """The outbox of a laptop, begun now if there is none that can go on (rule 3)."""
        stream = self._stream(certificate.device)
        if stream is None or not self._goes_on(stream, certificate):
            stream = self._new_id()
            self._journal.append(
                actor=actor,
                subject=subject("device", certificate.device),
                kind="outbox.opened",
                payload={"device": certificate.device, "stream": stream},
            )
            about = subject("device", certificate.device)
            self._open(stream).append_many(actor, [Change(about, BEGAN, {"device": certificate.device})])
        return self._open(stream)

    def _stream(self, device: str) -> str | None:
        row = self._database.one(_OUTBOXES, (self._journal.stream, device))
        return None if row is None else str(row[0])

    def _goes_on(self, stream: str, certificate: Certificate) -> bool:
        known = self._acknowledged(stream, certificate)
        if not known.number:
            return True
        held = next(self._digests(stream, known.number), "")
        return held == known.digest

    def _digests(self, stream: str, number: int) -> Iterator[str]:
        for (digest,) in self._database.rows(
            "SELECT digest FROM entries WHERE stream = (SELECT id FROM streams WHERE stream = ?) AND number = ?",
            (stream, number),
        ):
            yield digest.hex()

    def _acknowledged(self, stream: str, certificate: Certificate) -> Head:
        """How far the laptop said that it has this outbox, in its own stream or one that it continues."""
        own = [certificate.stream, *(parent.stream for parent in certificate.parents)]
        rows = [row for name in own for row in self._database.rows(_RECEIVED, (stream, name))]
        return Head(*max(rows, default=(0, "")))
