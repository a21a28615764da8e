"""What came: a bundle taken apart and verified to the last byte, before anything is kept.

1. Pure: bytes, keys and what is held already go in; verified items come out, or a fault.
2. The chain must hold from the first entry carried to the last, and join what is held. What is missing
   between is a *hole*, reported by number; an entry without payload is *withheld*, and no hole.
3. Another entry under a number that is held is a *fork*: this laptop was copied, or restored from a backup. From
   which number on is said; the store keeps both branches apart (`journal.md`, rule 1).
4. What is held already changes nothing.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from fieldkit.crypto.sealing import SealingKey
from fieldkit.domain.entries import MAX_PAYLOAD_BYTES, Entry, Payload, digest, read_entry
from fieldkit.domain.errors import ForeignFault
from fieldkit.sync.bundle import OpenedBundle, Sealed, open_bundle
from fieldkit.sync.faults import BundleFault
from fieldkit.sync.lines import ENTRIES, PAYLOADS, read_lines, read_payload
from fieldkit.sync.manifest import Direction, Head, Manifest
from fieldkit.sync.trust import Certificate, Trust


class Held(Protocol):
    """What the receiving store holds of other devices' streams."""

    def head(self, stream: str) -> Head | None:
        """The newest entry held of `stream`; None when nothing is."""
        ...

    def digest(self, stream: str, number: int) -> str | None:
        """The digest of entry `number` of `stream`, if held."""
        ...


@dataclass(frozen=True, slots=True)
class Hole:
    """Entries that are missing between what is held and what came; both ends included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Item:
    """One entry: its exact bytes, what they say, and its payload unless withheld."""

    content: bytes
    entry: Entry
    payload: Payload | None


@dataclass(frozen=True, slots=True)
class Verified:
    """A bundle that can be accepted, unless there is a `hole`.

    `known` counts items held already, `withheld` those without payload. `behind` is how many entries the
    sender's journal had above this bundle when it was sealed (they travel in another one).
    """

    bundle: str
    sender: Certificate
    first: int
    last: int
    head: Head
    hole: Hole | None
    known: int
    withheld: int
    behind: int
    versions: Mapping[str, str]
    items: tuple[Item, ...]
    stream: str
    """Whose entries these are: the sender's own stream, or one that its stream continues."""
    forked: int | None = None
    """The first number at which what is held and what came differ, as far as can be seen; None when they agree."""

    @property
    def already_held(self) -> bool:
        """Whether nothing in it is new."""
        return self.known == len(self.items)


def verify_bundle(sealed: Sealed, keys: Sequence[SealingKey], trust: Trust, held: Held) -> Verified:
    """The bundle in these bytes, verified.

    Raises BundleFault as `open_bundle`, and: `bundle.other_direction`, `bundle.unsound` (signed by one of
    ours, but its chain or payloads do not hold), `bundle.newer`.
    """
    opened = open_bundle(sealed, keys, trust)
    manifest = opened.manifest
    if manifest.kind is not Direction.TO_HEADQUARTERS:
        raise BundleFault("bundle.other_direction")
    items = tuple(_items(opened))
    digests = _check_chain(manifest, items)
    head = held.head(manifest.stream)
    reached = head.number if head else 0
    forked = _forked(manifest, items, digests, held)
    same = reached if forked is None else min(reached, forked - 1)
    return Verified(
        bundle=manifest.bundle,
        sender=opened.sender,
        first=manifest.first,
        last=manifest.last,
        head=manifest.head,
        hole=Hole(reached + 1, manifest.first - 1) if manifest.first > reached + 1 else None,
        known=max(0, min(manifest.last, same) - manifest.first + 1),
        withheld=sum(item.payload is None for item in items),
        behind=manifest.head.number - manifest.last,
        versions=manifest.versions,
        items=items,
        stream=manifest.stream,
        forked=forked,
    )


def _items(opened: OpenedBundle) -> Iterator[Item]:
    if list(opened.files) != [ENTRIES, PAYLOADS]:
        raise BundleFault("bundle.unsound")
    payloads = map(_payload, read_lines(opened.files[PAYLOADS]))
    waiting = next(payloads, None)
    for line in read_lines(opened.files[ENTRIES]):
        entry = _entry(line)
        if waiting is not None and waiting.digest == entry.payload:
            yield Item(line, entry, waiting)
            waiting = next(payloads, None)
        else:
            yield Item(line, entry, None)
    if waiting is not None:
        raise BundleFault("bundle.unsound")


def _entry(line: bytes) -> Entry:
    try:
        return read_entry(line)
    except ForeignFault as fault:
        raise BundleFault("bundle.newer" if fault.code == "entry.newer" else "bundle.unsound") from fault


def _payload(line: bytes) -> Payload:
    payload = read_payload(line)
    try:
        payload.value()
    except ForeignFault as fault:
        raise BundleFault("bundle.unsound") from fault
    if len(payload.content) > MAX_PAYLOAD_BYTES:
        raise BundleFault("bundle.unsound")
    return payload


def _check_chain(manifest: Manifest, items: Sequence[Item]) -> list[str]:
    """The digests of the items, whose numbers and links hold and are those that the manifest states."""
    digests = [digest(item.content) for item in items]
    links = [None, *digests]
    sound = len(items) == manifest.last - manifest.first + 1 and all(
        item.entry.stream == manifest.stream
        and item.entry.number == manifest.first + place
        and links[place] in (None, item.entry.previous)
        for place, item in enumerate(items)
    )
    if not sound or (manifest.last == manifest.head.number and digests[-1] != manifest.head.digest):
        raise BundleFault("bundle.unsound")
    return digests


def _forked(manifest: Manifest, items: Sequence[Item], digests: Sequence[str], held: Held) -> int | None:
    """The number from which two different journals exist, if they do (rule 3)."""
    before = held.digest(manifest.stream, manifest.first - 1) if manifest.first > 1 else None
    if before is not None and before != items[0].entry.previous:
        return manifest.first - 1
    head = held.head(manifest.stream)
    overlap = range(manifest.first, min(manifest.last, head.number if head else 0) + 1)
    # Two chains that are equal somewhere are equal below it, so the first difference can be searched for.
    same = bisect_left(
        overlap,
        True,
        key=lambda number: held.digest(manifest.stream, number) != digests[number - manifest.first],
    )
    return overlap[same] if same < len(overlap) else None
