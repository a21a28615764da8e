"""Anything printed, as blocks: leaflets, slips, records. `leaflets` composes any such document.

Text carries its language tag (Babel's spelling, such as `fa_AF`), because shaping, direction and line breaks
depend on it; what is a phone number or a case number is marked as such, so that its order survives
right-to-left text.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Page(StrEnum):
    """Paper sizes offered."""

    A4 = "A4"
    A5 = "A5"
    LETTER = "Letter"
    CARD = "Card"
    """A card for the pocket, A7 lying: 105 by 74 mm, eight on a sheet of A4."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one language and weight. `atomic` text is isolated and never broken (numbers).

    `link` is where it leads when the page is read on a screen: `https:`, `tel:` or `mailto:` and the rest. `told`
    is what somebody said or typed: a name in a script that no font here has still lets the paper be made, with a
    line to write each such letter on by hand."""

    text: str
    bold: bool = False
    atomic: bool = False
    link: str = ""
    told: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 to 3."""

    level: int
    runs: tuple[Run, ...]
    language: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. One that `leads_in` stays on the page of what follows it, as a heading does."""

    runs: tuple[Run, ...]
    language: str
    small: bool = False
    leads_in: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list; numbered or with bullets."""

    items: tuple[tuple[Run, ...], ...]
    language: str
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, first row a header when `header`; columns mirror in right-to-left languages.

    For readers of the screen, rows of two cells without a header are a name and what it is; any others without one
    only stand side by side. `widths` are shares of the line, one a column. `languages` are those of the columns
    where they differ: text then stands side by side in two of them. Without `ruled` there are no lines between the
    cells.
    """

    rows: tuple[tuple[tuple[Run, ...], ...], ...]
    language: str
    widths: tuple[float, ...]
    header: bool = False
    languages: tuple[str, ...] = ()
    ruled: bool = True
    small: bool = False


@dataclass(frozen=True, slots=True)
class Blank:
    """Room to write in by hand: so many ruled lines, or squares in groups, for a date or a number.

    It begins at the side of `language`; squares run from the left in every language, as figures do.
    """

    language: str
    lines: int = 0
    squares: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """Blocks set apart by a frame: contacts, what to do now, a draft notice. Without the frame, blocks that belong
    together and are not divided by the end of a page when they are few."""

    blocks: tuple["Block", ...]
    careful: bool = False
    framed: bool = True


@dataclass(frozen=True, slots=True)
class Code:
    """A code that a machine reads: its rows of squares, True for dark; `side` is its whole width in points.

    `alt` says what it leads to; without it, what it says stands beside it in words."""

    squares: tuple[tuple[bool, ...], ...]
    side: float
    language: str
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A pictogram by its name, `side` points wide, with blocks beside it; `alt` says in words what it shows."""

    name: str
    alt: str
    language: str
    side: float = 56.0
    blocks: tuple["Block", ...] = ()


@dataclass(frozen=True, slots=True)
class Sketch:
    """A drawing in greys that a place added, such as the way to a house; `alt` says the same in words.

    `points` are its rows as PNG packs them (the content of IDAT: greys of 8 bits, not interlaced), `width` by
    `height`; on paper it is at most `wide` points wide."""

    points: bytes
    width: int
    height: int
    alt: str
    language: str
    wide: float = 340.0


@dataclass(frozen=True, slots=True)
class Facing:
    """The same in two languages on facing columns: blocks of a row begin on one height.

    The language of the page begins, so that it is the left column of a French page and the right of an Arabic one.
    """

    rows: tuple[tuple[tuple["Block", ...], tuple["Block", ...]], ...]
    languages: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Contents:
    """The headings of level 2 and 3, with their pages; that of level 1 is the document's own."""

    language: str


@dataclass(frozen=True, slots=True)
class Space:
    """Empty room, in points."""

    points: float


Block = (
    Heading | Paragraph | Items | Table | Box | Space | Blank | Code | Picture | Sketch | Facing | Contents
)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. `language` sets the page's direction; `footer` runs on every page with its number,
    `header` in the margin above. Text runs in so many `columns`, the first where the language begins.

    `draft_notice` is printed on every page when a text in it has not been reviewed by a speaker (R-203); each
    of its lines stands in the direction of its own language.
    `title` goes into the PDF's metadata: never the name of a person, never a category.
    """

    title: str
    language: str
    blocks: tuple[Block, ...]
    footer: str = ""
    draft_notice: str = ""
    page: Page = Page.A4
    large_print: bool = False
    keywords: tuple[str, ...] = field(default=())
    header: str = ""
    columns: int = 1
