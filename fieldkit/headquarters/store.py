"""Headquarters' store: bundles come in, whole or not at all.

1. Looking changes nothing: what was verified is shown to a person first, then accepted.
2. Accepting is one transaction: entries, their projections, and the record of the import, or none of it.
3. Importing twice has no effect, and leaves no second record.
   What only headquarters writes (`OFFICE_ONLY`: who is trusted, what was imported, who may read) is taken from
   no laptop.
4. Nobody writes into headquarters' own stream or its outboxes, and no device into another's: a stream belongs to
   the device it was first certified for, and has the key of its newest certificate. What only headquarters says
   (`OFFICE_ONLY`: who is trusted, what was imported, who may read) is taken from no laptop.
5. What comes from a laptop that is not trusted any more is not merged above its cut-off, and neither is the other
   branch of a stream: both are set aside, whole, and shown to a person (`storage.quarantine`).
6. A stream that its laptop continues under a new certificate is another matter: what the old one still had to tell
   is merged, beside the branch that is held if there are two (`journal.md`, rule 1).
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Protocol

from fieldkit.crypto.offline import OfflineKeys
from fieldkit.domain.entries import Entry, Payload, canonical, digest, read_entry, subject
from fieldkit.domain.ports import JsonObject
from fieldkit.headquarters import devices, queries
from fieldkit.headquarters.faults import HeadquartersFault
from fieldkit.headquarters.office import OfficeKeys, certify_device
from fieldkit.headquarters.outbox import own_outboxes
from fieldkit.storage import kinds_home, kinds_sealed, sealed_office
from fieldkit.storage.attachments import take_files, take_sealed_file
from fieldkit.storage.database import Database
from fieldkit.storage.quarantine import Item, Quarantine, Why
from fieldkit.storage.sealed_office import SealedContent
from fieldkit.sync.bundle import Sealed
from fieldkit.sync.contents import MemoryShelf, Shelf
from fieldkit.sync.faults import BundleFault
from fieldkit.sync.incoming import Hole, Verified, verify_bundle
from fieldkit.sync.manifest import Head
from fieldkit.sync.trust import Certificate, DeviceRequest

OFFICE_ONLY = frozenset(
    {
        "bundle.imported",
        "device.certified",
        "device.revoked",
        "outbox.opened",
        kinds_sealed.OFFICE_CLEARED,
        kinds_sealed.OFFICE_ENDED,
        *kinds_home.HOME,
    }
)
"""Kinds of entries that no laptop writes into its own record: with one of them it would say who is trusted."""


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

    def accept_branch(
        self, stream: str, items: Sequence[tuple[bytes, Payload | None]], gone: Collection[int] = ()
    ) -> Taken: ...

    def find(self, identity: str) -> Entry | None: ...

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
    missing: int = 0
    """Entries whose payload was gone at the post: missing, not withheld."""
    files: int = 0
    """Attached files that are held now and were not before."""
    sealed: int = 0
    """Entries whose content came sealed, for people here who are cleared for it."""
    set_aside: int = 0
    why: Why | None = None
    """Why entries were set aside instead of merged (rule 5); `set_aside` counts those that were not there yet."""

    @property
    def already(self) -> bool:
        """Whether nothing changed."""
        return not (self.entries_new or self.filled or self.set_aside)


class Store:
    """The embedded store: storage's journal and its projections."""

    def __init__(
        self,
        database: Database,
        journal: Ledger,
        keys: OfficeKeys,
        *,
        staging: Callable[[], Shelf] = MemoryShelf,
    ) -> None:
        self._staging = staging
        self._database = database
        self._journal = journal
        self._keys = keys
        self.quarantine = Quarantine(database)

    def certify(self, request: DeviceRequest, offline: OfflineKeys, actor: str) -> Certificate:
        """Certify a device whose words were compared, and record it.

        Asked again for the same device it gives the same certificate and records nothing. Raises as
        `certify_device`, and HeadquartersFault `headquarters.stream_taken`, `headquarters.revoked`,
        `headquarters.not_its_record`.
        """
        certificate = certify_device(request, self._keys, offline)
        with self._database.transaction():
            self._check_may_write(certificate)
            self._record_device(certificate, actor)
        return certificate

    def look(self, sealed: Sealed) -> Verified:
        """What a bundle is and brings, verified; nothing is changed.

        Raises as `sync.verify_bundle`, and BundleFault `bundle.replayed`, `bundle.former_key`.
        """
        known = queries.certificates(self._database)
        listed = frozenset(one.is_for for one in known)
        verified = verify_bundle(
            sealed,
            self._keys.opening,
            self._keys.trust(listed=listed),
            HeldStreams(self._journal),
            self._staging,
            never=OFFICE_ONLY,
        )
        sender = verified.sender
        if not self._is_free(sender, known):
            raise BundleFault("bundle.replayed")
        if sender not in devices.valid((*known, sender)):
            raise BundleFault("bundle.former_key", post=sender.post)
        return verified

    def why_apart(self, verified: Verified) -> Why | None:
        """Why what came would be set aside instead of merged; None when it would not (rules 5 and 6)."""
        gone = devices.revocations(self._database)
        if not gone.keys().isdisjoint({verified.sender.device, verified.sender.stream}):
            return Why.REVOKED
        forked = verified.forked is not None and verified.stream == verified.sender.stream
        return Why.FORKED if forked else None

    def accept(self, verified: Verified, actor: str) -> Imported:
        """Keep what `look` verified, in one transaction: merged, or set aside (`why_apart`).

        Raises BundleFault `bundle.hole`; JournalFault when the store has changed since; DatabaseFault.
        """
        why = self.why_apart(verified)
        with self._database.transaction():
            if why is not None:
                return self._set_aside(verified, why, actor)
            if verified.hole is not None:
                hole = verified.hole
                raise BundleFault("bundle.hole", first=hole.first, last=hole.last, post=verified.sender.post)
            return self._merge(verified, actor)

    def revoke(self, revoked: str, reason: str, actor: str) -> None:
        """Trust a device or a stream (its id) no more, from this moment; what is held now is its cut-off.

        Raises HeadquartersFault `revoke.unknown`, `revoke.already`, `revoke.reason_missing`.
        """
        if not reason.strip():
            raise HeadquartersFault("revoke.reason_missing")
        known = queries.certificates(self._database)
        streams = {one.stream for one in known if revoked in (one.device, one.stream)}
        if not streams:
            raise HeadquartersFault("revoke.unknown")
        if revoked in devices.revocations(self._database):
            raise HeadquartersFault("revoke.already")
        heads = {stream: self._journal.head(stream) for stream in sorted(streams)}
        self._journal.append(
            actor=actor,
            subject=subject("device", revoked),
            kind="device.revoked",
            payload={
                "cut_offs": {
                    stream: {"digest": head.digest, "number": head.number} for stream, head in heads.items()
                },
                "reason": reason.strip(),
                "revoked": revoked,
            },
        )

    def admit(self, stream: str, actor: str, reason: str) -> int:
        """Merge what was set aside of a stream, because a person decided so; how many entries.

        It must follow what is held. Raises JournalFault `journal.hole`; HeadquartersFault `quarantine.empty`.
        """
        items = self.quarantine.items(stream)
        if not items:
            raise HeadquartersFault("quarantine.empty")
        with self._database.transaction():
            taken = self._journal.accept_branch(stream, items)
            self.quarantine.drop(items)
            self._journal.append(
                actor=actor,
                subject=subject("stream", stream),
                kind="quarantine.admitted",
                payload={"entries": taken.new, "reason": reason, "stream": stream},
            )
        return taken.new

    def _merge(self, verified: Verified, actor: str) -> Imported:
        known_cases = queries.number_of_cases(self._database)
        if verified.forked is None:
            came = chain(verified.late(), verified.items.pairs())
            taken = self._journal.accept(verified.stream, came, verified.gone)
        else:
            taken = self._journal.accept_branch(verified.stream, _items(verified), verified.gone)
        files = take_files(
            self._database, verified.stream, _with_content(verified), verified.attached, verified.file
        )
        filled = taken.filled + self._take_sealed(verified)
        if taken.new or filled:
            self.quarantine.drop(verified.items.pairs())
            self._record_device(verified.sender, actor)
            self._record_import(verified, taken.new, actor)
        cases_new = queries.number_of_cases(self._database) - known_cases
        return _imported(verified, taken.new, cases_new=cases_new, filled=filled, files=files)

    def _take_sealed(self, verified: Verified) -> int:
        """What came sealed, kept for whoever is cleared for it; how many were new. Raises BundleFault
        `bundle.unsound` for one that no entry of that kind names."""
        taken = 0
        for line in verified.sealed_lines():
            if not sealed_office.names_it(self._database, verified.stream, line.number, line.digest):
                raise BundleFault("bundle.unsound")
            came = SealedContent(line.digest, line.name, line.recipient, line.content)
            if not sealed_office.take(self._database, came):
                continue
            taken += 1
            for name, held_as in line.files:
                if held_as in verified.attached:
                    key = (line.name, line.recipient)
                    take_sealed_file(self._database, line.digest, name, held_as, key, verified.file(held_as))
        return taken

    def _set_aside(self, verified: Verified, why: Why, actor: str) -> Imported:
        """Rule 5. Up to the cut-off entries are merged where they fit: headquarters may have been restored."""
        items = _items(verified)
        covered = self._covered(verified) if why is Why.REVOKED else 0
        taken = self._journal.accept(verified.stream, items[:covered]) if covered else None
        apart = [item for item in items[covered:] if self._journal.find(digest(item[0])) is None]
        new = self.quarantine.put(apart, why, verified.sender.device)
        if taken is not None and (taken.new or taken.filled):
            self._record_import(verified, taken.new, actor)
        if new:
            self._journal.append(
                actor=actor,
                subject=subject("import", verified.bundle),
                kind="bundle.set_aside",
                payload={
                    "bundle": verified.bundle,
                    "device": verified.sender.device,
                    "entries": new,
                    "first": verified.first,
                    "last": verified.last,
                    "stream": verified.stream,
                    "why": why.value,
                },
            )
        merged, filled = (taken.new, taken.filled) if taken is not None else (0, 0)
        return _imported(verified, merged, filled=filled, set_aside=new, why=why)

    def _covered(self, verified: Verified) -> int:
        """How many of the items lie up to the cut-off of a revoked laptop, and lead to the entry that it names."""
        revocations = devices.revocations(self._database)
        revoked = revocations.get(verified.sender.device) or revocations.get(verified.sender.stream)
        cut = revoked.cut_offs.get(verified.stream) if revoked else None
        count = min(cut.number - verified.first + 1, len(verified.items)) if cut else 0
        if cut is None or count <= 0 or verified.hole is not None:
            return 0
        reached = digest(next(islice(verified.items.pairs(), count - 1, None))[0])
        if verified.first + count - 1 == cut.number:
            return count if reached == cut.digest else 0
        return count if self._journal.find(reached) is not None else 0

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

    def _check_may_write(self, certificate: Certificate) -> None:
        known = queries.certificates(self._database)
        if not self._is_free(certificate, known):
            raise HeadquartersFault("headquarters.stream_taken", post=certificate.post)
        if (
            not devices.revocations(self._database)
            .keys()
            .isdisjoint({certificate.device, certificate.stream})
        ):
            raise HeadquartersFault("headquarters.revoked", post=certificate.post)
        # Whoever continues a record that is known here shows that they had its key (rule 6).
        parents = {parent.stream for parent in certificate.parents}
        keys = {one.key for one in known if one.stream in parents}
        if keys and certificate.former not in keys:
            raise HeadquartersFault("headquarters.not_its_record", post=certificate.post)

    def _is_free(self, certificate: Certificate, known: Iterable[Certificate]) -> bool:
        """Rule 4: nobody's yet, or the same device's under the same key or one that was vouched for."""
        if certificate.stream in {self._journal.stream, *own_outboxes(self._database, self._journal.stream)}:
            return False
        held = [one for one in known if one.stream == certificate.stream]
        same_device = all(one.device == certificate.device for one in held)
        keys = {one.key for one in held} | {one.former for one in held}
        return not held or (same_device and bool({certificate.key, certificate.former} & (keys - {b""})))


def _items(verified: Verified) -> list[Item]:
    return list(verified.items.pairs())


def _with_content(verified: Verified) -> list[int]:
    """The entries whose content came: attached files can belong to these only."""
    if not verified.attached:
        return []
    came = chain(verified.late(), verified.items.pairs())
    return [read_entry(content).number for content, payload in came if payload is not None]


def _imported(
    verified: Verified,
    new: int,
    *,
    cases_new: int = 0,
    filled: int = 0,
    files: int = 0,
    set_aside: int = 0,
    why: Why | None = None,
) -> Imported:
    return Imported(
        bundle=verified.bundle,
        sender=verified.sender,
        first=verified.first,
        last=verified.last,
        hole=None,
        entries_new=new,
        entries_known=len(verified.items) - new - (set_aside if why else 0),
        cases_new=cases_new,
        withheld=verified.withheld,
        filled=filled,
        behind=verified.behind,
        missing=len(verified.gone),
        files=files,
        sealed=verified.sealed,
        set_aside=set_aside,
        why=why,
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
