"""What goes into a bundle: everything above the last receipt, and of that only what may travel.

1. The chain travels whole; a payload travels only when the caller's rule says so. An entry that the person
   did not agree to share with this recipient goes as a link without payload.
2. What is not clearly allowed stays: the rule is asked for every entry, also for kinds unknown here.
3. More than one bundle can carry makes more bundles, each with the head of the whole journal.
4. A file that was attached to an answer travels with the entry that names it, and with no other.
5. What was withheld before and may travel now goes into the first bundle: whoever accepted the entry that
   allows it has it, or the next export brings it again.
6. What is of a sealed class goes sealed to headquarters' key for that class, or as a link (`sealed_lines`).
"""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from fieldkit.crypto.sealing import Sink
from fieldkit.crypto.signature import SigningKey
from fieldkit.domain.entries import Entry, Payload, digest, read_entry
from fieldkit.domain.errors import ProgramFault
from fieldkit.domain.ports import Randomness
from fieldkit.sync.bundle import Range, write_bundle
from fieldkit.sync.faults import NothingToSend
from fieldkit.sync.lines import ENTRIES, FILES, GONE, LATER, PAYLOADS, SEALED, payload_line, write_lines
from fieldkit.sync.manifest import Head, Manifest
from fieldkit.sync.sealed_lines import SealedLine, sealed_line
from fieldkit.sync.trust import Certificate

BATCH_ENTRIES = 20_000
BATCH_BYTES = 48 * 1024 * 1024
"""Payload files of one bundle; far below what a bundle may hold, so that both ends stay below 256 MiB."""
BATCH_FILES = 200

Stored = tuple[bytes, Payload | None]
"""An entry's exact bytes and its payload, if it is held: how a journal hands out its stream."""

Attached = Sequence[tuple[str, int]]
"""Files that an entry names and that are here: SHA-256 in hexadecimal, bytes."""


def _nothing(name: str) -> bytes:
    raise KeyError(name)


def _none(entry: Entry) -> Attached:
    return ()


def _open(entry: Entry) -> SealedLine | None:
    return None


@dataclass(slots=True)
class Outgoing:
    """The entries of one bundle, in order. `withheld` counts those that go without their payload by rule 1;
    `gone` are those whose payload may travel but is not held here (purged, or lost: a fault to look into)."""

    stream: str = ""
    first: int = 0
    last: int = 0
    head: Head = field(default_factory=lambda: Head(0, ""))
    withheld: int = 0
    gone: list[int] = field(default_factory=list)
    size: int = 0
    subjects: set[str] = field(default_factory=set)
    entries: list[bytes] = field(default_factory=list)
    payloads: list[bytes] = field(default_factory=list)
    later: list[bytes] = field(default_factory=list)
    attached: dict[str, int] = field(default_factory=dict)
    sealed: dict[str, bytes] = field(default_factory=dict)
    """Lines of what goes sealed, by the digest of the payload; in the order of their numbers."""

    @property
    def missing(self) -> int:
        """How many payloads should go and are not here."""
        return len(self.gone)

    def files(self) -> list[tuple[str, bytes]]:
        """The payload files of the bundle without what is attached."""
        lists = [(ENTRIES, write_lines(self.entries)), (PAYLOADS, write_lines(self.payloads))]
        if self.later:
            lists.append((LATER, write_lines(self.later)))
        if self.gone:
            lists.append((GONE, write_lines(b"%d" % number for number in self.gone)))
        if self.sealed:
            lists.append((SEALED, write_lines(self.sealed.values())))
        return lists

    def full(self, room: int) -> bool:
        """Whether another entry should go into the next bundle."""
        return bool(self.entries) and (
            len(self.entries) >= BATCH_ENTRIES or self.size >= room or len(self.attached) >= BATCH_FILES
        )

    def take_later(self, content: bytes, entry: Entry, payload: Payload, attached: Attached) -> None:
        """An entry that travelled as a link, with what was withheld (rule 5)."""
        self.later += [content, payload_line(payload)]
        self.size += len(content) + len(self.later[-1])
        self.subjects.add(entry.subject)
        self._attach(attached)

    def take_sealed(self, line: SealedLine, attached: Attached = ()) -> None:
        """What goes sealed, of an entry here or of one that travelled as a link (rule 6)."""
        self.sealed[line.digest] = sealed_line(line)
        self.size += len(self.sealed[line.digest])
        self._attach(attached)

    def take(
        self, content: bytes, entry: Entry, payload: Payload | None, travels: bool, attached: Attached = ()
    ) -> None:
        """The next entry."""
        self.first = self.first or entry.number
        if self.entries and (entry.stream, entry.number) != (self.stream, self.last + 1):
            raise ProgramFault("bundle.not_contiguous")
        self.stream, self.last = entry.stream, entry.number
        self.head = Head(entry.number, digest(content))
        self.subjects.add(entry.subject)
        self.entries.append(content)
        self.size += len(content)
        if payload is not None and travels:
            self.payloads.append(payload_line(payload))
            self.size += len(self.payloads[-1])
            self._attach(attached)
        self.withheld += not travels and entry.payload not in self.sealed
        if travels and payload is None:
            self.gone.append(entry.number)

    def _attach(self, attached: Attached) -> None:
        for name, size in attached:
            self.size += size * (name not in self.attached)
            self.attached[name] = size


def gather(
    items: Iterable[Stored],
    may_travel: Callable[[Entry], bool],
    *,
    later: Iterable[tuple[bytes, Payload]] = (),
    late_sealed: Iterable[tuple[SealedLine, Attached]] = (),
    attached: Callable[[Entry], Attached] = _none,
    sealed: Callable[[Entry], SealedLine | None] = _open,
    room: int = 0,
) -> list[Outgoing]:
    """What goes, as one `Outgoing` a bundle; `items` are one stream's, in order, above the last receipt.

    `may_travel(entry)` says whether the entry's payload may go to this recipient, `attached(entry)` which files go
    with it, `sealed(entry)` what goes sealed in the place of its payload. `later` are entries below the items
    with what was withheld (rule 5), `late_sealed` those with what is sealed. `room` is the bytes of one bundle.
    Raises NothingToSend `bundle.nothing_to_send`.
    """
    batches = list(_batches(items, may_travel, later, late_sealed, attached, sealed, room or BATCH_BYTES))
    if not batches:
        raise NothingToSend("bundle.nothing_to_send")
    for batch in batches:
        batch.head = batches[-1].head
    return batches


def plan(
    items: Iterable[Stored],
    may_travel: Callable[[Entry], bool],
    *,
    later: Iterable[tuple[bytes, Payload]] = (),
    late_sealed: Iterable[tuple[SealedLine, Attached]] = (),
    attached: Callable[[Entry], Attached] = _none,
    sealed: Callable[[Entry], SealedLine | None] = _open,
    room: int = 0,
) -> list[tuple[str, int, int, Head]]:
    """Which entries go into which bundle, as `gather` would part them: stream, first, last, and the head. Holds no
    more than one bundle at a time."""
    parts = [
        (batch.stream, batch.first, batch.last, batch.head)
        for batch in _batches(items, may_travel, later, late_sealed, attached, sealed, room or BATCH_BYTES)
    ]
    return [(stream, first, last, parts[-1][3]) for stream, first, last, _ in parts]


def _batches(
    items: Iterable[Stored],
    may_travel: Callable[[Entry], bool],
    later: Iterable[tuple[bytes, Payload]],
    late_sealed: Iterable[tuple[SealedLine, Attached]],
    attached: Callable[[Entry], Attached],
    sealed: Callable[[Entry], SealedLine | None],
    room: int,
) -> Iterator[Outgoing]:
    batch = Outgoing()
    for content, withheld in later:
        entry = read_entry(content)
        batch.take_later(content, entry, withheld, attached(entry))
    for late, files in late_sealed:
        batch.take_sealed(late, files)
    for content, payload in items:
        if batch.full(room):
            yield batch
            batch = Outgoing()
        entry = read_entry(content)
        travels = may_travel(entry)
        line = None if travels else sealed(entry)
        if line is not None:
            batch.take_sealed(line, attached(entry))
        batch.take(content, entry, payload, travels, attached(entry) if travels else ())
    if batch.entries:
        yield batch


def write_outgoing(
    into: Sink,
    outgoing: Outgoing,
    content_of: Callable[[str], bytes],
    *,
    key: SigningKey,
    certificate: Certificate,
    recipient: str,
    versions: dict[str, str],
    randomness: Randomness,
) -> Manifest:
    """Write the bundle of one `Outgoing`; `content_of` gives an attached file by its digest.

    Raises as `write_bundle`; ProgramFault if the stream is neither the key's nor one that the
    certificate says it continues.
    """
    ours = certificate.stream == outgoing.stream or certificate.parent(outgoing.stream) is not None
    if not ours or certificate.key != key.public:
        raise ProgramFault("bundle.not_certified")
    content = Range(outgoing.stream, outgoing.first, outgoing.last, outgoing.head)
    return write_bundle(
        into,
        content,
        outgoing.files() + [(FILES + name, content_of(name)) for name in sorted(outgoing.attached)],
        key=key,
        certificate=certificate,
        recipient=recipient,
        versions=versions,
        randomness=randomness,
    )


def seal_outgoing(
    outgoing: Outgoing,
    *,
    key: SigningKey,
    certificate: Certificate,
    recipient: str,
    versions: dict[str, str],
    randomness: Randomness,
    content_of: Callable[[str], bytes] = _nothing,
) -> bytes:
    """The bytes of the bundle of one `Outgoing`, as `write_outgoing` writes it."""
    into = io.BytesIO()
    write_outgoing(
        into,
        outgoing,
        content_of,
        key=key,
        certificate=certificate,
        recipient=recipient,
        versions=versions,
        randomness=randomness,
    )
    return into.getvalue()
