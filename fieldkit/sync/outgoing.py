"""What goes into a bundle: everything above the last receipt, and of that only what may travel.

1. The chain travels whole; a payload travels only when the caller's rule says so. An entry that the person
   did not agree to share with this recipient goes as a link without payload.
2. What is not clearly allowed stays: the rule is asked for every entry, also for kinds unknown here.
3. More than one bundle can carry makes more bundles, each with the head of the whole journal.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from fieldkit.crypto.signature import SigningKey
from fieldkit.domain.entries import Entry, Payload, digest, read_entry
from fieldkit.domain.errors import ProgramFault
from fieldkit.domain.ports import Randomness
from fieldkit.sync.bundle import Range, seal_bundle
from fieldkit.sync.faults import NothingToSend
from fieldkit.sync.lines import ENTRIES, PAYLOADS, payload_line, write_lines
from fieldkit.sync.manifest import Head
from fieldkit.sync.trust import Certificate

BATCH_ENTRIES = 20_000
BATCH_BYTES = 48 * 1024 * 1024
"""Payload files of one bundle; far below what a bundle may hold, so that both ends stay below 256 MiB."""

Stored = tuple[bytes, Payload | None]
"""An entry's exact bytes and its payload, if it is held: how a journal hands out its stream."""


@dataclass(slots=True)
class Outgoing:
    """The entries of one bundle, in order. `withheld` counts those that go without their payload by rule 1;
    `missing` those whose payload may travel but is not held here (purged, or lost: a fault to look into)."""

    stream: str = ""
    first: int = 0
    last: int = 0
    head: Head = field(default_factory=lambda: Head(0, ""))
    withheld: int = 0
    missing: int = 0
    size: int = 0
    subjects: set[str] = field(default_factory=set)
    entries: list[bytes] = field(default_factory=list)
    payloads: list[bytes] = field(default_factory=list)

    def count_subjects(self, kind: str) -> int:
        """How many different subjects of `kind`, such as `case`, the entries are about."""
        return sum(subject.startswith(kind + "/") for subject in self.subjects)

    def files(self) -> list[tuple[str, bytes]]:
        """The payload files of the bundle."""
        return [(ENTRIES, write_lines(self.entries)), (PAYLOADS, write_lines(self.payloads))]

    def _take(self, content: bytes, entry: Entry, payload: Payload | None, travels: bool) -> None:
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
        self.withheld += not travels
        self.missing += travels and payload is None


def gather(items: Iterable[Stored], may_travel: Callable[[Entry], bool]) -> list[Outgoing]:
    """What goes, as one `Outgoing` a bundle; `items` are one stream's, in order, above the last receipt.

    `may_travel(entry)` says whether the entry's payload may go to this recipient.
    Raises NothingToSend `bundle.nothing_to_send`.
    """
    batches = list(_batches(items, may_travel))
    if not batches:
        raise NothingToSend("bundle.nothing_to_send")
    for batch in batches:
        batch.head = batches[-1].head
    return batches


def _batches(items: Iterable[Stored], may_travel: Callable[[Entry], bool]) -> Iterator[Outgoing]:
    batch = Outgoing()
    for content, payload in items:
        if len(batch.entries) >= BATCH_ENTRIES or batch.size >= BATCH_BYTES:
            yield batch
            batch = Outgoing()
        entry = read_entry(content)
        batch._take(content, entry, payload, may_travel(entry))
    if batch.entries:
        yield batch


def seal_outgoing(
    outgoing: Outgoing,
    *,
    key: SigningKey,
    certificate: Certificate,
    recipient: str,
    versions: dict[str, str],
    randomness: Randomness,
) -> bytes:
    """The bundle of one `Outgoing`. Raises as `seal_bundle`; ProgramFault if the stream is neither the key's nor
    one that the certificate says it continues."""
    ours = certificate.stream == outgoing.stream or certificate.parent(outgoing.stream) is not None
    if not ours or certificate.key != key.public:
        raise ProgramFault("bundle.not_certified")
    content = Range(outgoing.stream, outgoing.first, outgoing.last, outgoing.head)
    return seal_bundle(
        content,
        outgoing.files(),
        key=key,
        certificate=certificate,
        recipient=recipient,
        versions=versions,
        randomness=randomness,
    )
