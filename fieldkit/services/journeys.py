"""How far an export has come that does not fit on one stick.

1. A plan is made once: which entries go into which file, and how far the journal had come. It stays the same when
   the program is closed, so that every file continues the one before, whichever stick it lies on.
2. A file counts when it was written whole and read back, and not before.
3. What a receipt covers meanwhile need not be written any more.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fieldkit.domain.entries import canonical, read_object
from fieldkit.domain.errors import ForeignFault
from fieldkit.domain.ports import JsonValue
from fieldkit.services import receipts
from fieldkit.services.vault import OpenVault
from fieldkit.sync.manifest import Head

JOURNEY = "journey"


@dataclass(frozen=True, slots=True)
class Leg:
    """The entries of one file; `file` is its name once it was written, `number` and `digest` are the journal's head
    as every file of the journey names it."""

    stream: str
    first: int
    last: int
    number: int
    digest: str
    file: str = ""

    @property
    def head(self) -> Head:
        """How far the stream had come when the plan was made."""
        return Head(self.number, self.digest)


@dataclass(frozen=True, slots=True)
class Journey:
    """An export under way: its files in order, and the number above which the own entries begin."""

    after: int
    legs: tuple[Leg, ...]

    @property
    def left(self) -> tuple[Leg, ...]:
        """What is still to be written."""
        return tuple(leg for leg in self.legs if not leg.file)

    def written(self, leg: Leg, file: str) -> "Journey":
        """The journey after a file was written and read back."""
        return replace(self, legs=tuple(replace(one, file=file) if one == leg else one for one in self.legs))


def under_way(vault: OpenVault) -> Journey | None:
    """The export that was begun and not finished; None when there is none that can go on."""
    content = vault.belongings.get(JOURNEY)
    if content is None:
        return None
    try:
        fields = read_object(content, "journey")
        journey = Journey(fields["after"], tuple(Leg(**leg) for leg in fields["legs"]))
    except (ForeignFault, KeyError, TypeError):
        return None
    covered = {stream: _covered(vault, stream) for stream in {leg.stream for leg in journey.legs}}
    legs = [leg for leg in journey.legs if leg.last > covered[leg.stream]]
    usable = journey.legs and journey.legs[-1].stream == vault.stream
    return replace(journey, legs=tuple(legs)) if usable and any(not leg.file for leg in legs) else None


def keep(vault: OpenVault, journey: Journey) -> None:
    """Write down how far it has come; one that is finished is forgotten."""
    if not journey.left:
        vault.belongings.drop(JOURNEY)
        return
    legs: list[JsonValue] = [
        {
            "digest": leg.digest,
            "file": leg.file,
            "first": leg.first,
            "last": leg.last,
            "number": leg.number,
            "stream": leg.stream,
        }
        for leg in journey.legs
    ]
    vault.belongings.put(JOURNEY, canonical({"after": journey.after, "legs": legs}))


def forget(vault: OpenVault) -> None:
    """Give a journey up: the next export begins anew. What was written stays good."""
    vault.belongings.drop(JOURNEY)


def begin(vault: OpenVault, after: int, ranges: Sequence[tuple[str, int, int, Head]]) -> Journey:
    """A new journey over these ranges of streams: stream, first, last, head."""
    legs = tuple(Leg(stream, first, last, head.number, head.digest) for stream, first, last, head in ranges)
    return Journey(after, legs)


def _covered(vault: OpenVault, stream: str) -> int:
    standing = receipts.held(vault, stream)
    return standing.number if standing is not None else 0
