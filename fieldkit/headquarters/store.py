"""Headquarters' store: bundles come in, whole or not at all.

1. Looking changes nothing: what was verified is shown to a person first, then accepted.
2. Accepting is one transaction: entries, their projections, and the record of the import, or none of it.
3. Importing twice has no effect, and leaves no second record.
4. Nobody writes into headquarters' own stream, and no device into another's: a stream belongs to the device
   it was first certified for.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from fieldkit.crypto.offline import OfflineKeys
from fieldkit.domain.entries import Entry, Payload, canonical, digest, subject
from fieldkit.domain.ports import JsonObject
from fieldkit.headquarters import queries
from fieldkit.headquarters.faults import HeadquartersFault
from fieldkit.headquarters.office import OfficeKeys, certify_device
from fieldkit.storage.database import Database
from fieldkit.sync.bundle import Sealed
from fieldkit.sync.faults import BundleFault
from fieldkit.sync.incoming import Hole, Verified, verify_bundle
from fieldkit.sync.manifest import Head
from fieldkit.sync.trust import Certificate, DeviceRequest


class StreamHead(Protocol):
    """The newest entry of a stream as a journal says it; number 0 when it holds none."""

    @property
    def number(self) -> int: ...

    @property
    def digest(self) -> str: ...


class Taken(Protocol):
    """What accepting changed: entries that were new, payloads that were held as links before."""

    @property
    def new(self) -> int: ...

    @property
    def filled(self) -> int: ...


class Ledger(Protocol):
    """What this store needs of a journal; storage's is one."""

    stream: str

    def head(self, stream: str) -> StreamHead: ...

    def entries(
        self, stream: str, after: int = 0, limit: int | None = None
    ) -> Iterator[tuple[Entry, bytes]]: ...

    def accept(
        self, stream: str, items: Iterable[tuple[bytes, Payload | None]], gone: Collection[int] = ()
    ) -> Taken: ...

    def append(
        self, *, actor: str, subject: str, kind: str, payload: JsonObject, replaces: Sequence[str] = ()
    ) -> Entry: ...


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import brought. `filled` counts entries that were held as links and have their content now."""

    bundle: str
    sender: Certificate
    first: int
    last: int
    hole: Hole | None
    entries_new: int
    entries_known: int
    cases_new: int
    withheld: int
    filled: int
    behind: int

    @property
    def already(self) -> bool:
        """Whether nothing changed."""
        return not self.entries_new and not self.filled


class Store:
    """The embedded store: storage's journal and its projections."""

    def __init__(
        self,
        database: Database,
        journal: Ledger,
        keys: OfficeKeys,
        revoked: frozenset[str] = frozenset(),
    ) -> None:
        self._database = database
        self._journal = journal
        self._keys = keys
        self._revoked = revoked

    def certify(self, request: DeviceRequest, offline: OfflineKeys, actor: str) -> Certificate:
        """Certify a device whose words were compared, and record it.

        Asked again for the same device it gives the same certificate and records nothing. Raises as
        `certify_device`, and HeadquartersFault `headquarters.stream_taken`.
        """
        certificate = certify_device(request, self._keys, offline)
        with self._database.transaction():
            self._check_free(certificate)
            self._record_device(certificate, actor)
        return certificate

    def look(self, sealed: Sealed) -> Verified:
        """What a bundle is and brings, verified; nothing is changed. Raises as `sync.verify_bundle`."""
        verified = verify_bundle(
            sealed, [self._keys.bundles], self._keys.trust(self._revoked), HeldStreams(self._journal)
        )
        if not self._is_free(verified.sender):
            raise BundleFault("bundle.replayed")
        return verified

    def accept(self, verified: Verified, actor: str) -> Imported:
        """Keep what `look` verified, in one transaction.

        Raises BundleFault `bundle.hole`; JournalFault when the store has changed since; DatabaseFault.
        """
        if verified.hole is not None:
            hole = verified.hole
            raise BundleFault("bundle.hole", first=hole.first, last=hole.last, post=verified.sender.post)
        with self._database.transaction():
            known_cases = queries.number_of_cases(self._database)
            taken = self._journal.accept(
                verified.stream, ((item.content, item.payload) for item in verified.items)
            )
            new, filled = taken.new, taken.filled
            if new or filled:
                self._record_device(verified.sender, actor)
                self._record_import(verified, new, actor)
            cases_new = queries.number_of_cases(self._database) - known_cases
        return Imported(
            bundle=verified.bundle,
            sender=verified.sender,
            first=verified.first,
            last=verified.last,
            hole=None,
            entries_new=new,
            entries_known=len(verified.items) - new,
            cases_new=cases_new,
            withheld=verified.withheld,
            filled=filled,
            behind=verified.behind,
        )

    def _record_import(self, verified: Verified, new: int, actor: str) -> None:
        self._journal.append(
            actor=actor,
            subject=subject("import", verified.bundle),
            kind="bundle.imported",
            payload={
                "bundle": verified.bundle,
                "device": verified.sender.device,
                "first": verified.first,
                "holes": [],
                "last": verified.last,
                "new": new,
                "stream": verified.stream,
                "versions": dict(verified.versions),
                "withheld": verified.withheld,
            },
        )

    def _record_device(self, certificate: Certificate, actor: str) -> None:
        if any(known == certificate for known in queries.certificates(self._database)):
            return
        self._journal.append(
            actor=actor,
            subject=subject("device", certificate.device),
            kind="device.certified",
            payload={"certificate": canonical(certificate.signed).decode("utf-8")},
        )

    def _check_free(self, certificate: Certificate) -> None:
        if not self._is_free(certificate):
            raise HeadquartersFault("headquarters.stream_taken", post=certificate.post)

    def _is_free(self, certificate: Certificate) -> bool:
        owner = (certificate.device, certificate.key)
        return certificate.stream != self._journal.stream and all(
            (known.device, known.key) == owner
            for known in queries.certificates(self._database)
            if known.stream == certificate.stream
        )


class HeldStreams:
    """A journal as `sync` asks for it."""

    def __init__(self, journal: Ledger) -> None:
        self._journal = journal

    def head(self, stream: str) -> Head | None:
        """The newest entry held of `stream`."""
        head = self._journal.head(stream)
        return Head(head.number, head.digest) if head.number else None

    def digest(self, stream: str, number: int) -> str | None:
        """The digest of entry `number` of `stream`, if held."""
        for entry, content in self._journal.entries(stream, number - 1, 1):
            return digest(content) if entry.number == number else None
        return None
