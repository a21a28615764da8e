"""A strip: what is never cut across by the end of a page, and where pages end.

1. A strip that keeps with the next stands on the same page, unless the kept ones are higher than a page.
2. Room between blocks is dropped at the top of a page.
3. A page that begins inside a table begins with the table's header, unless that takes most of a small page.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from fieldkit.leaflets.placed import ARTIFACT, Figure, PlacedLine, Shape

_MOST_FOR_HEADER = 0.4
"""Share of a page that a table's header said again may take."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of a box: its edges, and how its content is set apart."""

    left: float
    right: float
    careful: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """Lines and shapes placed from the strip's top; `gap` is the room wanted above it."""

    height: float
    lines: tuple[PlacedLine, ...] = ()
    shapes: tuple[Shape, ...] = ()
    gap: float = 0.0
    keep: bool = False
    frames: tuple[Frame, ...] = ()
    header: tuple["Strip", ...] = ()
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """A strip with its top's distance from the top of the page."""

    strip: Strip
    top: float


def paginate(
    strips: Sequence[Strip], top: float, bottom: float, pad: float
) -> tuple[tuple[Placed, ...], ...]:
    """Strips on pages whose room reaches from `top` to `bottom`; `pad` is left above a box that goes on."""
    paper = _Paper(top, bottom, pad)
    for chain in _chains(strips):
        if not paper.has_room(_height(chain)) and top + _height(chain) - chain[0].gap <= bottom:
            paper.turn(chain[0])
        for strip in chain:
            paper.put(strip)
    return tuple(map(tuple, paper.pages))


class _Paper:
    """The pages so far and how far down the last one is filled."""

    def __init__(self, top: float, bottom: float, pad: float) -> None:
        self.pages: list[list[Placed]] = [[]]
        self._top, self._bottom, self._pad = top, bottom, pad
        self._y = top

    def has_room(self, height: float) -> bool:
        return self._y + height <= self._bottom

    def put(self, strip: Strip) -> None:
        if self.pages[-1] and not self.has_room(strip.gap + strip.height):
            self.turn(strip)
        gap = strip.gap if self.pages[-1] else 0.0
        if not self.pages[-1] and strip.frames:
            gap = self._pad * len(strip.frames)
        self._set(strip, gap)

    def turn(self, first: Strip) -> None:
        """Begin a page, with the table's header when the page begins inside a table."""
        if not self.pages[-1]:
            return
        self.pages.append([])
        self._y = self._top
        if _height(first.header) > (self._bottom - self._top) * _MOST_FOR_HEADER:
            return
        for said_again in first.header:
            self._set(_as_artifact(said_again), 0.0)

    def _set(self, strip: Strip, gap: float) -> None:
        self.pages[-1].append(Placed(strip, self._y + gap))
        self._y += gap + strip.height


def _chains(strips: Iterable[Strip]) -> Iterator[list[Strip]]:
    chain: list[Strip] = []
    for strip in strips:
        chain.append(strip)
        if not strip.keep:
            yield chain
            chain = []
    if chain:
        yield chain


def _height(chain: Iterable[Strip]) -> float:
    return sum(strip.gap + strip.height for strip in chain)


def _as_artifact(strip: Strip) -> Strip:
    lines = tuple(replace(line, element=ARTIFACT) for line in strip.lines)
    return replace(strip, lines=lines, gap=0.0)
