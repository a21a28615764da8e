"""Pages as data: what stands where. Made by `layout`, written by `pdf`, compared with golden files by tests.

Lengths are points; `y` counts from the top of the page downwards.
"""

from dataclasses import dataclass
from enum import StrEnum

from fieldkit.leaflets.lines import Line

ARTIFACT = -1
"""The element of what is no content: page numbers, a table's header or a footer said again."""
ROOT = -1
"""The parent of an element at the top of the structure."""


@dataclass(frozen=True, slots=True)
class Element:
    """A node of the document's structure, named as in PDF (ISO 32000-1, 14.8.4): H1, P, L, LI, TR, TD ..."""

    kind: str
    parent: int
    language: str
    alt: str = ""
    """What a figure shows, in words."""
    scope: str = ""
    """Of a table's header cell: whether it heads its Column or its Row."""


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line of text with its left edge and baseline; `element` is an index into `Pages.elements`."""

    line: Line
    x: float
    y: float
    element: int


class Ink(StrEnum):
    """How a rectangle is drawn. Grey only: leaflets are printed and copied in black."""

    RULE = "rule"
    FRAME = "frame"
    CAREFUL = "careful"
    SHADE = "shade"
    SQUARE = "square"
    LEADER = "leader"


@dataclass(frozen=True, slots=True)
class Shape:
    """A rectangle; a rule has no height or no width."""

    ink: Ink
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line of a drawing: PDF's steps (m, l, c, h) with their points, in the drawing's own units.

    `fill` and `line` are greys from 0 (black) to 1 (white), or None; `width` is that of the line.
    """

    steps: tuple[tuple[str, tuple[float, ...]], ...]
    fill: float | None
    line: float | None
    width: float


@dataclass(frozen=True, slots=True)
class Greys:
    """A picture of grey points, as PDF takes PNG's rows (ISO 32000-1, 7.4.4.4)."""

    points: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture that is content: its box on the page, and what is drawn in it.

    `shapes` are points from its left top corner; `strokes` are in a square of `units`, as wide as the box; `greys`
    fill a box as wide as `side`.
    """

    element: int
    x: float
    y: float
    side: float
    shapes: tuple[Shape, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    units: float = 48.0
    greys: Greys | None = None

    @property
    def high(self) -> float:
        """The height of its box."""
        return self.side if self.greys is None else self.side * self.greys.height / self.greys.width


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """One page: shapes lie under the lines."""

    shapes: tuple[Shape, ...]
    lines: tuple[PlacedLine, ...]
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Pages:
    """A document laid out."""

    width: float
    height: float
    title: str
    language: str
    keywords: tuple[str, ...]
    elements: tuple[Element, ...]
    pages: tuple[PlacedPage, ...]
