"""Pages as data: what stands where. Made by `layout`, written by `pdf`, compared with golden files by tests.

Lengths are points; `y` counts from the top of the page downwards.
"""

from dataclasses import dataclass
from enum import StrEnum

from fieldkit.leaflets.lines import Line

ARTIFACT = -1
"""The element of what is no content: page numbers, footers, a table's header said again."""


@dataclass(frozen=True, slots=True)
class Element:
    """A node of the document's structure, named as in PDF (ISO 32000-1, 14.8.4): H1, P, L, LI, TR, TD ..."""

    kind: str
    parent: int
    language: str


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


@dataclass(frozen=True, slots=True)
class Shape:
    """A rectangle; a rule has no height or no width."""

    ink: Ink
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """One page: shapes lie under the lines."""

    shapes: tuple[Shape, ...]
    lines: tuple[PlacedLine, ...]


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
