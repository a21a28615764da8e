"""What came: a bundle taken apart and verified to the last byte, before anything is kept.

1. Pure: bytes, keys and what is held already go in; what was verified comes out, or a fault.
2. The chain must hold from the first entry carried to the last, and join what is held. What is missing
   between is a *hole*, reported by number; an entry without payload is *withheld*, and no hole.
3. Another entry under a number that is held is a *fork*: this laptop was copied, or restored from a backup. From
   which number on is said; the store keeps both branches apart (`journal.md`, rule 1).
4. What is held already changes nothing.
5. Kinds of entries that only the receiving side writes are refused with the whole bundle: a laptop tells what
   happened there, and never who is trusted.
6. Nothing is held in memory that grows with the bundle but a few bytes an entry: its files lie on a shelf.
"""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from fieldkit.crypto.sealing import SealingKey
from fieldkit.domain.entries import MAX_PAYLOAD_BYTES, Entry, Payload, ProvenPayload, read_entry
from fieldkit.domain.errors import ForeignFault
from fieldkit.sync.bundle import OpenedBundle, Sealed, open_bundle
from fieldkit.sync.contents import MemoryShelf, Shelf
from fieldkit.sync.faults import BundleFault
from fieldkit.sync.lines import (
    ENTRIES,
    FILES,
    GONE,
    LATER,
    PAYLOADS,
    SEALED,
    cut_payload,
    read_lines,
    read_payload,
)
from fieldkit.sync.manifest import MAX_ENTRIES, Head, Manifest
from fieldkit.sync.sealed_lines import SealedLine, read_sealed
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


class Items(Collection[Item]):
    """The entries of a bundle that was verified. They are read from its shelf each time they are asked for."""

    def __init__(self, opened: OpenedBundle, with_payload: bytes) -> None:
        self._opened = opened
        self._with_payload = with_payload

    def __len__(self) -> int:
        return len(self._with_payload)

    def __contains__(self, item: object) -> bool:
        return any(held == item for held in self)

    def __iter__(self) -> Iterator[Item]:
        for content, payload in self.pairs():
            plain = payload and Payload(payload.salt, payload.content)
            yield Item(content, read_entry(content), plain)

    def pairs(self) -> Iterator[tuple[bytes, Payload | None]]:
        """The exact bytes of each entry and its payload, as they were proven sound."""
        payloads = read_lines(self._opened.shelf.read(PAYLOADS))
        lines = read_lines(self._opened.shelf.read(ENTRIES))
        for line, has in zip(lines, self._with_payload, strict=True):
            yield line, _proven(next(payloads)) if has else None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Items) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]  # as of a list


@dataclass(frozen=True, slots=True)
class Verified:
    """A bundle that can be accepted, unless there is a `hole`.

    `known` counts items held already, `withheld` those without payload, `gone` are the numbers of those whose
    payload is not at the sender's any more. `later` is how many payloads came for entries that travelled as links
    before. `behind` is how many entries the sender had above this bundle when it was sealed (they travel in
    another one). `attached` are the digests of files that came.
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
    items: Items
    opened: OpenedBundle
    later: int = 0
    gone: frozenset[int] = frozenset()
    attached: tuple[str, ...] = ()
    forked: int | None = None
    """The first number at which what is held and what came differ, as far as can be seen; None when they agree."""
    sealed: int = 0
    """How many payloads came sealed for people who are cleared for their class."""

    @property
    def stream(self) -> str:
        """Whose entries these are: the sender's own stream, or one that its stream continues."""
        return self.opened.manifest.stream

    @property
    def already_held(self) -> bool:
        """Whether nothing in it is new."""
        return self.known == len(self.items) and not self.later and not self.sealed

    def late(self) -> Iterator[tuple[bytes, Payload]]:
        """Entries that travelled as links before, with their payload."""
        lines = read_lines(self.opened.shelf.read(LATER))
        for line in lines:
            yield line, _proven(next(lines))

    def sealed_lines(self) -> Iterator[SealedLine]:
        """What came sealed; whether its entry names it is for the store to ask."""
        return read_sealed(self.opened.shelf.read(SEALED), self.last)

    def file(self, digest: str) -> Iterator[bytes]:
        """A file that came, in pieces."""
        return self.opened.shelf.read(FILES + digest)


def verify_bundle(
    sealed: Sealed,
    keys: Sequence[SealingKey],
    trust: Trust,
    held: Held,
    shelf: Callable[[], Shelf] = MemoryShelf,
    *,
    never: Collection[str] = (),
) -> Verified:
    """The bundle to headquarters in these bytes, verified; its files lie on a new `shelf`. `never` are the
    kinds that no laptop writes (rule 5).

    Raises BundleFault as `open_bundle`, and: `bundle.unsound` (signed by one of ours, but its chain or payloads do
    not hold), `bundle.newer`.
    """
    return verify_opened(open_bundle(sealed, keys, trust, shelf), held, never=never)


def verify_opened(
    opened: OpenedBundle,
    held: Held,
    besides: Collection[str] = (LATER, GONE, SEALED),
    *,
    never: Collection[str] = (),
) -> Verified:
    """What an opened bundle brings, verified; `besides` are the files that it may have beside entries and
    payloads.

    Raises as `verify_bundle`.
    """
    manifest = opened.manifest
    attached = _check_files(opened, besides)
    chain = _Chain(manifest)
    with_payload = bytes(_pass(opened, chain, never))
    chain.finish()
    gone = _gone(opened, manifest, with_payload)
    later = _check_late(opened, held, never)
    sealed = _sealed(opened, chain, with_payload)
    if not gone.isdisjoint(sealed):
        raise BundleFault("bundle.unsound")
    head = held.head(manifest.stream)
    reached = head.number if head else 0
    forked = _forked(manifest, chain, held)
    same = reached if forked is None else min(reached, forked - 1)
    return Verified(
        bundle=manifest.bundle,
        sender=opened.sender,
        first=manifest.first,
        last=manifest.last,
        head=manifest.head,
        hole=Hole(reached + 1, manifest.first - 1) if manifest.first > reached + 1 else None,
        known=max(0, min(manifest.last, same) - manifest.first + 1),
        withheld=with_payload.count(0) - len(gone) - sum(number >= manifest.first for number in sealed),
        behind=manifest.head.number - manifest.last,
        versions=manifest.versions,
        items=Items(opened, with_payload),
        opened=opened,
        later=later,
        gone=gone,
        attached=attached,
        forked=forked,
        sealed=len(sealed),
    )


def _check_files(opened: OpenedBundle, besides: Collection[str]) -> tuple[str, ...]:
    """The digests of the attached files; the others are those of `lines`, in their order."""
    names = list(opened.names)
    attached = [name.removeprefix(FILES) for name in names if name.startswith(FILES)]
    lists = [name for name in names if not name.startswith(FILES)]
    by_digest = {file.name: file.digest for file in opened.manifest.files}
    sound = (
        lists == [ENTRIES, PAYLOADS, *(name for name in besides if name in lists)]
        and names == lists + [FILES + digest for digest in attached]
        and all(by_digest[FILES + digest] == digest for digest in attached)
    )
    if not sound:
        raise BundleFault("bundle.unsound")
    return tuple(attached)


def _pass(opened: OpenedBundle, chain: "_Chain", never: Collection[str]) -> Iterator[bool]:
    """Every entry and payload looked at once; for each entry whether it has one."""
    payloads = map(_payload, read_lines(opened.shelf.read(PAYLOADS)))
    waiting = next(payloads, None)
    for line in read_lines(opened.shelf.read(ENTRIES)):
        entry = _entry(line)
        chain.follow(line, entry)
        if entry.kind in never:
            raise BundleFault("bundle.unsound")
        has = waiting is not None and waiting == entry.payload
        if has:
            waiting = next(payloads, None)
        yield has
    if waiting is not None:
        raise BundleFault("bundle.unsound")


def _entry(line: bytes) -> Entry:
    try:
        return read_entry(line)
    except ForeignFault as fault:
        raise BundleFault("bundle.newer" if fault.code == "entry.newer" else "bundle.unsound") from fault


def _payload(line: bytes) -> str:
    """The digest of the payload on a line, of which everything is right."""
    payload = read_payload(line)
    if len(payload.content) > MAX_PAYLOAD_BYTES:  # before it is read, which takes its size some times over
        raise BundleFault("bundle.unsound")
    try:
        payload.value()
    except ForeignFault as fault:
        raise BundleFault("bundle.unsound") from fault
    return payload.digest


def _proven(line: bytes) -> Payload:
    salt, content = cut_payload(line)
    return ProvenPayload(salt, content)


class _Chain:
    """Follows numbers and links, and keeps the digests."""

    def __init__(self, manifest: Manifest) -> None:
        self._manifest = manifest
        self.digests: list[str] = []
        self.payloads: list[bytes] = []
        self.previous = ""
        """What the first entry names."""

    def follow(self, line: bytes, entry: Entry) -> None:
        place = len(self.digests)
        if place == 0:
            self.previous = entry.previous
        elif entry.previous != self.digests[-1] or place >= MAX_ENTRIES:
            raise BundleFault("bundle.unsound")
        if (entry.stream, entry.number) != (self._manifest.stream, self._manifest.first + place):
            raise BundleFault("bundle.unsound")
        self.digests.append(sha256(line).hexdigest())
        self.payloads.append(bytes.fromhex(entry.payload))

    def finish(self) -> None:
        manifest = self._manifest
        whole = len(self.digests) == manifest.last - manifest.first + 1
        if not whole or (manifest.last == manifest.head.number and self.digests[-1] != manifest.head.digest):
            raise BundleFault("bundle.unsound")


def _gone(opened: OpenedBundle, manifest: Manifest, with_payload: bytes) -> frozenset[int]:
    """The numbers of entries whose payload the sender does not hold any more."""
    numbers: list[int] = []
    for line in read_lines(opened.shelf.read(GONE)):
        sound = line.isdigit() and len(line) < 17 and b"%d" % int(line) == line
        place = int(line) - manifest.first if sound else -1
        if not 0 <= place < len(with_payload) or with_payload[place] or int(line) <= max(numbers, default=0):
            raise BundleFault("bundle.unsound")
        numbers.append(int(line))
    return frozenset(numbers)


def _check_late(opened: OpenedBundle, held: Held, never: Collection[str]) -> int:
    """How many payloads came for entries that travelled before; each must be the one that is held, if it is."""
    manifest, count, last = opened.manifest, 0, 0
    lines = read_lines(opened.shelf.read(LATER))
    for line in lines:
        entry, payload = _entry(line), next(lines, b"")
        sound = entry.stream == manifest.stream and last < entry.number < manifest.first
        if not sound or entry.kind in never or _payload(payload) != entry.payload:
            raise BundleFault("bundle.unsound")
        if held.digest(manifest.stream, entry.number) not in (None, sha256(line).hexdigest()):
            raise BundleFault("bundle.unsound")
        last, count = entry.number, count + 1
    return count


def _sealed(opened: OpenedBundle, chain: "_Chain", with_payload: bytes) -> tuple[int, ...]:
    """The numbers of entries of which the payload came sealed: those that are here are links that name it."""
    manifest, numbers = opened.manifest, []
    for line in read_sealed(opened.shelf.read(SEALED), manifest.last):
        place = line.number - manifest.first
        if place >= 0 and (with_payload[place] or chain.payloads[place] != bytes.fromhex(line.digest)):
            raise BundleFault("bundle.unsound")
        numbers.append(line.number)
    return tuple(numbers)


def _forked(manifest: Manifest, chain: _Chain, held: Held) -> int | None:
    """The number from which two different journals exist, if they do (rule 3)."""
    before = held.digest(manifest.stream, manifest.first - 1) if manifest.first > 1 else None
    if before is not None and before != chain.previous:
        return manifest.first - 1
    head = held.head(manifest.stream)
    overlap = range(manifest.first, min(manifest.last, head.number if head else 0) + 1)
    # Two chains that are equal somewhere are equal below it, so the first difference can be searched for.
    same = bisect_left(
        overlap,
        True,
        key=lambda number: held.digest(manifest.stream, number) != chain.digests[number - manifest.first],
    )
    return overlap[same] if same < len(overlap) else None
