"""What five devices must hold, worked out without a database: sets of digests and the rules of `journal.md`.

The real journals are compared with this after every step.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field

from fieldkit.domain.entries import FIRST, Payload

Place = tuple[str, str]
"""A subject and one of its fields."""


@dataclass(frozen=True, slots=True)
class Made:
    """An entry as it was written somewhere, with its payload and what it says of one field."""

    identity: str
    stream: str
    number: int
    previous: str
    content: bytes
    payload: Payload
    place: Place
    value: str
    replaces: frozenset[str]


@dataclass(frozen=True, slots=True)
class Parcel:
    """Entries of one stream on their way; those in `bare` go without their payload."""

    items: tuple[Made, ...]
    bare: frozenset[str]


@dataclass(slots=True)
class Shelf:
    """What one device holds: streams as lists of identities; payloads, erasures and purges by digest."""

    streams: dict[str, list[str]] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)
    withheld: set[str] = field(default_factory=set)
    erased: set[str] = field(default_factory=set)
    purged: set[str] = field(default_factory=set)

    def copy(self) -> "Shelf":
        """As it is now, for a backup."""
        return deepcopy(self)

    def wrote(self, made: Made) -> None:
        """An entry of its own."""
        self.streams.setdefault(made.stream, []).append(made.identity)
        self.held.add(made.payload.digest)

    def refuses(self, parcel: Parcel) -> str | None:
        """The code of the fault that taking this parcel must raise; None when it must be taken."""
        stream = list(self.streams.get(parcel.items[0].stream, []))
        for made in parcel.items:
            if made.number <= len(stream):
                if stream[made.number - 1] != made.identity:
                    return "journal.fork"
            elif made.number > len(stream) + 1:
                return "journal.hole"
            elif made.number != FIRST and made.previous != stream[-1]:
                return "journal.broken"
            else:
                stream.append(made.identity)
        return None

    def take(self, parcel: Parcel) -> int:
        """Take a parcel that is not refused; how many entries are new."""
        stream = self.streams.setdefault(parcel.items[0].stream, [])
        before = len(stream)
        for made in parcel.items:
            if made.number > len(stream):
                stream.append(made.identity)
            name = made.payload.digest
            if name in self.erased or name in self.purged or name in self.held:
                continue
            if made.identity in parcel.bare:
                self.withheld.add(name)
            else:
                self.held.add(name)
                self.withheld.discard(name)
        return len(stream) - before

    def erase(self, name: str) -> None:
        """A payload is erased for ever."""
        self.held.discard(name)
        self.withheld.discard(name)
        self.purged.discard(name)
        self.erased.add(name)

    def purge(self, name: str) -> None:
        """A payload that is held goes from here, and from here only."""
        self.held.remove(name)
        self.purged.add(name)

    def standing(self, made: Mapping[str, Made]) -> dict[Place, frozenset[tuple[str, str]]]:
        """For each field the values that stand, each with the entry that set it (journal rule 5)."""
        here = [made[identity] for stream in self.streams.values() for identity in stream]
        said = [entry for entry in here if entry.payload.digest in self.held]
        replaced = {(identity, entry.place) for entry in said for identity in entry.replaces}
        found: dict[Place, frozenset[tuple[str, str]]] = {}
        for entry in said:
            if (entry.identity, entry.place) not in replaced:
                found[entry.place] = found.get(entry.place, frozenset()) | {(entry.value, entry.identity)}
        return found


def in_conflict(standing: Mapping[Place, frozenset[tuple[str, str]]]) -> dict[Place, frozenset[str]]:
    """The fields with several different values, and those values."""
    values = {place: frozenset(value for value, _ in held) for place, held in standing.items()}
    return {place: found for place, found in values.items() if len(found) > 1}


def parcel_of(shelf: Shelf, made: Mapping[str, Made], stream: str, first: int, bare: Sequence[int]) -> Parcel:
    """What a device would hand on of a stream from number `first`: payloads it holds, less those left out."""
    items = tuple(made[identity] for identity in shelf.streams[stream][first - 1 :])
    lacking = {item.identity for item in items if item.payload.digest not in shelf.held}
    chosen = {items[place].identity for place in bare if place < len(items)}
    return Parcel(items, frozenset(lacking | chosen))
