"""Blocks of a document one below the other, as strips; pages come after (`strips.paginate`).

1. A block begins at its own language's side: right for Arabic, also in a French document, and the other way.
2. A heading stays with what follows it; a paragraph is not cut so that one line stands alone.
3. Two languages on facing columns are two parts of the structure, each read through by itself.
4. A list's marks and a table's columns stand in the language's order: from the right in right-to-left text.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fieldkit.domain.document import (
    Blank,
    Block,
    Box,
    Code,
    Contents,
    Facing,
    Heading,
    Items,
    Paragraph,
    Picture,
    Run,
    Sketch,
    Space,
    Table,
)
from fieldkit.languages.direction import is_rtl
from fieldkit.leaflets import beside, blanks, codes, sketches, tables
from fieldkit.leaflets.fonts import Library
from fieldkit.leaflets.lines import Line, set_line, set_lines
from fieldkit.leaflets.pictograms import UNITS, pictogram
from fieldkit.leaflets.placed import ARTIFACT, Element, Figure, Ink, PlacedLine, Shape
from fieldkit.leaflets.strips import Frame, Strip
from fieldkit.leaflets.styles import Sizes
from fieldkit.leaflets.text import Passage, passage

BOX_PAD = 8.0
"""Points between a box's frame and its text."""
_BULLET = "\u2022"
_WHOLE_SHARE = 0.45
"""A box or table up to this share of a page is not divided."""
_LEADS_IN = (":", "\uff1a", "\u1361", "\u1366")
"""A paragraph that ends so (colon; full-width; Ethiopic) announces what follows and stays with it."""


@dataclass(frozen=True, slots=True)
class Column:
    """The room for blocks: left and right edge, and the frames it stands in."""

    left: float
    right: float
    frames: tuple[Frame, ...] = ()

    @property
    def width(self) -> float:
        """From edge to edge."""
        return self.right - self.left

    def within(self, start: float, *, rtl: bool) -> "Column":
        """The column without `start` points on the side where lines begin."""
        if rtl:
            return replace(self, right=self.right - start)
        return replace(self, left=self.left + start)


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading as the contents list has it: its element and its page, as far as they are known."""

    heading: Heading
    element: int
    page: str


class Flow:
    """Makes strips of blocks, and the tree of elements on the way. Raises LeafletFault, FontFault."""

    def __init__(
        self,
        sizes: Sizes,
        page_height: float,
        library: Library,
        entries: Sequence[Entry] = (),
        above: Sequence[Element] = (),
    ) -> None:
        self.strips: list[Strip] = []
        self.elements: list[Element] = [*above]
        self.headings: list[tuple[Heading, int]] = []
        """Headings so far, with their elements: what a contents list is made of."""
        self._entries = entries
        self._sizes = sizes
        self._library = library
        self._whole = page_height * _WHOLE_SHARE
        self._gap = 0.0
        self._cuts: list[int] = []  # where items and rows begin among the strips
        self._begun = False  # whether something stands above blocks that are made apart
        self._parent = -1

    def add(self, block: Block, column: Column) -> None:
        """One block below what is there."""
        match block:
            case Heading():
                self._heading(block, column)
            case Paragraph():
                size = self._sizes.small if block.small else self._sizes.body
                element = self.element("P", block.language)
                text = self._passage(block.runs, block.language)
                self._text(text, column, size, element, leads_in=block.leads_in)
            case Items():
                self._items(block, column)
            case Table():
                self._table(block, column)
            case Box():
                self._box(block, column)
            case Space():
                self._gap += block.points
            case Blank():
                self._blank(block, column)
            case Code():
                element = self.element("Figure", block.language, alt=block.alt) if block.alt else ARTIFACT
                made = codes.strip(block, column.left, column.right, self._sizes, element)
                self._emit(replace(made, frames=column.frames))
            case Picture():
                self._picture(block, column)
            case Sketch():
                element = self.element("Figure", block.language, alt=block.alt)
                made = sketches.strip(block, column.left, column.right, self._whole, self._sizes, element)
                self._emit(replace(made, frames=column.frames))
            case Facing():
                self._facing(block, column)
            case Contents():
                self._contents(block, column)

    def element(
        self, kind: str, language: str, parent: int | None = None, alt: str = "", scope: str = ""
    ) -> int:
        """A new node of the structure; its number. `scope` is that of a cell, if it heads anything."""
        scope = scope if kind == "TH" else ""
        self.elements.append(Element(kind, self._parent if parent is None else parent, language, alt, scope))
        return len(self.elements) - 1

    def _heading(self, block: Heading, column: Column) -> None:
        size = self._sizes.heading(block.level)
        element = self.element(f"H{min(max(block.level, 1), 3)}", block.language)
        self.headings.append((block, element))
        text = self._passage(block.runs, block.language, bold=True)
        begun = self.strips or self._begun
        gap = self._sizes.gap * (1.0 if not begun else 2.2 if block.level < 3 else 1.6)
        for number, line in enumerate(set_lines(text, column.width, size)):
            self._put(line, column, element, gap=gap if number == 0 else 0.0, keep=True)

    def _text(
        self,
        text: Passage,
        column: Column,
        size: float,
        element: int,
        gap: float | None = None,
        *,
        leads_in: bool = False,
    ) -> None:
        lines = set_lines(text, column.width, size)
        leads_in = leads_in or text.text.rstrip().endswith(_LEADS_IN)
        for number, line in enumerate(lines):
            above = (self._sizes.gap if gap is None else gap) if number == 0 else 0.0
            self._put(line, column, element, gap=above, keep=_keeps(number, len(lines), leads_in))

    def _passage(self, runs: Sequence[Run], language: str, *, bold: bool = False) -> Passage:
        return passage(runs, language, self._library, bold=bold)

    def _put(self, line: Line, column: Column, element: int, *, gap: float, keep: bool) -> None:
        x = column.right - line.width if line.rtl else column.left
        placed = PlacedLine(line, x, line.above, element)
        self._emit(Strip(line.height, (placed,), gap=gap, keep=keep, frames=column.frames))

    def _emit(self, strip: Strip) -> None:
        """Add a strip; what is pending above it (Space, the edges of boxes) adds to its gap."""
        self.strips.append(replace(strip, gap=strip.gap + self._gap))
        self._gap = 0.0

    def _items(self, block: Items, column: Column) -> None:
        rtl = is_rtl(block.language)
        marks = [self._mark(number, block) for number in range(1, len(block.items) + 1)]
        indent = max((mark.width for mark in marks), default=0.0) + self._sizes.body * 0.6
        inner = column.within(indent, rtl=rtl)
        whole = self.element("L", block.language)
        for number, (mark, runs) in enumerate(zip(marks, block.items, strict=True)):
            item = self.element("LI", block.language, whole)
            label = self.element("Lbl", block.language, item)
            body = self.element("LBody", block.language, item)
            first = len(self.strips)
            self._cuts.append(first)
            gap = self._sizes.gap * (1.0 if number == 0 else 0.45)
            self._text(self._passage(runs, block.language), inner, self._sizes.body, body, gap)
            self._put_mark(mark, inner, first, label, rtl=rtl)

    def _mark(self, number: int, block: Items) -> Line:
        text = f"{number}." if block.numbered else _BULLET
        return set_line(self._passage([Run(text)], block.language), self._sizes.body)

    def _put_mark(self, mark: Line, inner: Column, first: int, element: int, *, rtl: bool) -> None:
        if first == len(self.strips):  # an item without text has no mark
            return
        strip = self.strips[first]
        away = self._sizes.body * 0.6
        x = inner.right + away if rtl else inner.left - away - mark.width
        placed = PlacedLine(mark, x, strip.lines[0].y, element)
        self.strips[first] = replace(strip, lines=(placed, *strip.lines))

    def _box(self, block: Box, column: Column) -> None:
        inner, pad = column, 0.0
        if block.framed:
            frame = Frame(column.left, column.right, block.careful)
            pad = BOX_PAD
            inner = Column(column.left + pad, column.right - pad, (*column.frames, frame))
        self._gap += pad
        first, outer = len(self.strips), self._parent
        self._parent = self.element("Div", "")
        for inside in block.blocks:
            self.add(inside, inner)
        self._parent = outer
        self._gap += pad
        self._keep_whole(first)

    def _keep_whole(self, first: int) -> None:
        """Bind the strips from `first` on together when they are few enough; the last one stays as it is."""
        held = self.strips[first:]
        if sum(strip.gap + strip.height for strip in held) <= self._whole:
            self.strips[first:-1] = [replace(strip, keep=True) for strip in held[:-1]]

    def _blank(self, block: Blank, column: Column) -> None:
        made = blanks.strips(block, column.left, column.right, self._sizes)
        for strip in made:
            self._emit(replace(strip, frames=column.frames))

    def _apart(self, blocks: Sequence[Block], column: Column) -> list[Strip]:
        """Blocks as strips by themselves; what is pending below them stays pending, `_cuts` are theirs."""
        outer, self.strips, self._cuts = self.strips, [], []
        begun, self._begun = self._begun, self._begun or bool(outer)
        gap, self._gap = self._gap, 0.0
        for block in blocks:
            self.add(block, column)
        made, self.strips, self._begun = self.strips, outer, begun
        self._gap += gap
        return made

    def _picture(self, block: Picture, column: Column) -> None:
        rtl = is_rtl(block.language)
        element = self.element("Figure", block.language, alt=block.alt)
        x = column.right - block.side if rtl else column.left
        figure = Figure(element, x, 0.0, block.side, strokes=pictogram(block.name), units=UNITS)
        made = self._apart(block.blocks, column.within(block.side + self._sizes.body, rtl=rtl))
        for strip in beside.with_picture(made, figure, self._sizes.gap if not made else 0.0):
            self._emit(replace(strip, frames=strip.frames or column.frames))

    def _facing(self, block: Facing, column: Column) -> None:
        cells = tables.columns(column.left, column.right, (1, 1), rtl=is_rtl(block.languages[0]))
        sides = [Column(cell.left, cell.right, column.frames) for cell in cells]
        away = self._sizes.body * 0.7
        left = min(sides, key=lambda side: side.left)
        sides = [
            replace(side, right=side.right - away) if side is left else replace(side, left=side.left + away)
            for side in sides
        ]
        outer = self._parent
        parts = [self.element("Sect", language) for language in block.languages]
        for row in block.rows:
            made, pending = [], 0.0
            before, self._gap = self._gap, 0.0
            for blocks, side, part in zip(row, sides, parts, strict=True):
                self._parent = part
                strips = self._apart(blocks, side)
                made.append(beside.parted(strips, self._cuts))
                pending, self._gap = max(pending, self._gap), 0.0
            self._gap = before
            for strip in beside.merged_parts(made[0], made[1]):
                self._emit(strip)
            self._gap += pending
        self._parent = outer

    def _contents(self, block: Contents, column: Column) -> None:
        whole = self.element("TOC", block.language)
        for number, entry in enumerate(self._entries):
            self._entry(entry, column, whole, self._sizes.gap * (1.0 if number == 0 else 0.4))

    def _entry(self, entry: Entry, column: Column, whole: int, gap: float) -> None:
        """A line of the contents: the heading, a rule to lead the eye, the page."""
        language = entry.heading.language
        rtl = is_rtl(language)
        item = self.element("TOCI", language, whole)
        said = self.element("Reference", language, item)
        number = self.element("P", language, item)
        size = self._sizes.body
        room = column.within(size * 1.4 * (entry.heading.level - 2), rtl=rtl)
        narrow = room.within(size * 3, rtl=not rtl)
        runs = [replace(run, link=f"#{entry.element}") for run in entry.heading.runs]
        lines = set_lines(self._passage(runs, language), narrow.width, size)
        for place, line in enumerate(lines):
            self._put(line, narrow, said, gap=gap if place == 0 else 0.0, keep=place < len(lines) - 1)
        page = set_line(self._passage([Run(entry.page, atomic=True)], language), size)
        x = room.left if rtl else room.right - page.width
        strip, away = self.strips[-1], size * 0.4
        end = strip.lines[0]
        ends = (x + page.width, end.x) if rtl else (end.x + end.line.width, x)
        rule = Shape(Ink.LEADER, ends[0] + away, end.y, max(0.0, ends[1] - ends[0] - 2 * away), 0.0)
        self.strips[-1] = replace(
            strip, lines=(end, PlacedLine(page, x, end.y, number)), shapes=(*strip.shapes, rule)
        )

    def _table(self, block: Table, column: Column) -> None:
        columns = tables.columns(column.left, column.right, block.widths, rtl=is_rtl(block.language))
        table = self.element(tables.kinds(block).whole, block.language)
        header: tuple[Strip, ...] = ()
        first = len(self.strips)
        for number, cells in enumerate(block.rows):
            is_header = block.header and number == 0
            row = self._row(cells, columns, table, block, is_header=is_header)
            self._cuts.append(len(self.strips))
            for strip in row:
                gap = self._sizes.gap if len(self.strips) == first else 0.0
                self._emit(replace(strip, gap=gap, frames=column.frames, header=header))
            if is_header:
                header = tuple(row)
        self._keep_whole(first)

    def _row(
        self,
        cells: Sequence[Sequence[Run]],
        columns: Sequence[tables.Cell],
        table: int,
        block: Table,
        *,
        is_header: bool,
    ) -> list[Strip]:
        languages = block.languages or (block.language,) * len(columns)
        size = self._sizes.small if block.small else self._sizes.body
        kinds = tables.kinds(block)
        row = self.element(kinds.row, block.language, table)
        elements = [
            self.element(kinds.cell(place, is_header=is_header), language, row, scope=kinds.scope())
            for place, language in enumerate(languages)
        ]
        texts = [
            set_lines(self._passage(runs, language, bold=is_header), cell.room, size)
            for runs, cell, language in zip(cells, columns, languages, strict=True)
        ]
        strips = tables.row(texts, columns, elements, empty=size, is_header=is_header, ruled=block.ruled)
        if is_header:
            return [replace(strip, keep=True) for strip in strips]
        if sum(strip.height for strip in strips) > self._whole:
            return strips
        return [*(replace(strip, keep=True) for strip in strips[:-1]), strips[-1]]


def _keeps(number: int, count: int, leads_in: bool) -> bool:
    """Whether line `number` of `count` stays with the one after it (rule 2)."""
    if number == count - 1:
        return leads_in
    return count <= 3 or number in (0, count - 2)
