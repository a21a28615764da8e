"""A document on pages: the flow of its blocks, frames around boxes, and what stands on every page.

1. A document with unreviewed text says so at the top of every page (R-203).
2. Every page has its number and how many there are, so that a missing one is noticed.
3. A screen reader reads the notice once, before all else, and the footer once, after all else (ISO 14289-1, 7.8).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fieldkit.domain.document import Block, Contents, Document, Facing, Run
from fieldkit.languages.direction import is_rtl
from fieldkit.leaflets import styles
from fieldkit.leaflets.beside import moved
from fieldkit.leaflets.flow import BOX_PAD, Column, Entry, Flow
from fieldkit.leaflets.fonts import Library, shipped
from fieldkit.leaflets.lines import Line, set_line, set_lines
from fieldkit.leaflets.placed import (
    ARTIFACT,
    ROOT,
    Element,
    Figure,
    Ink,
    Pages,
    PlacedLine,
    PlacedPage,
    Shape,
)
from fieldkit.leaflets.scripts import resolve, script_of_language
from fieldkit.leaflets.strips import Frame, Placed, Strip, paginate
from fieldkit.leaflets.text import passage

_AROUND = 10.0
"""Points between the text of a page and its draft notice or footer."""
_GUTTER = 20.0
"""Points between columns."""
_ROOM_FOR_HEADER = 30.0
_LISTED = 3
"""Headings of level 2 up to this one stand in a contents list; that of level 1 is the document's own."""


@dataclass(frozen=True, slots=True)
class _Repeated:
    """Lines that stand on every page, and for each of them which of the texts it belongs to."""

    lines: tuple[Line, ...] = ()
    texts: tuple[int, ...] = ()
    languages: tuple[str, ...] = ()

    @property
    def height(self) -> float:
        return sum(line.height for line in self.lines)

    def elements(self) -> list[Element]:
        """An element for each text."""
        return [Element("P", ROOT, language) for language in self.languages]

    def read_from(self, first: int) -> tuple[int, ...]:
        """The element of each line, when the first text has the element `first`."""
        return tuple(first + number for number in self.texts)

    def unread(self) -> tuple[int, ...]:
        """On the other pages."""
        return (ARTIFACT,) * len(self.lines)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What every page of a document shares."""

    document: Document
    width: float
    height: float
    sizes: styles.Sizes
    notice: _Repeated
    footer: _Repeated
    header: _Repeated
    library: Library

    @property
    def top(self) -> float:
        return self.sizes.margin + (self.notice.height + 2 * BOX_PAD + _AROUND if self.notice.lines else 0.0)

    @property
    def bottom(self) -> float:
        return self._rule - _AROUND

    @property
    def _rule(self) -> float:
        number = (self.library.main_font(self.document.language).family,)
        row = (styles.leading(number) + styles.over_first(number)) * self.sizes.small
        rows = max(self.footer.height, row, self.sizes.small * 1.5)
        return self.height - self.sizes.margin - rows

    def page(self, placed: Sequence[Placed], number: int, count: int, footer: int) -> PlacedPage:
        """Blocks, frames, notice and footer of one page; `footer` is the element that the footer begins with."""
        shapes: list[Shape] = []
        lines: list[PlacedLine] = []
        figures: list[Figure] = []
        self._add_notice(shapes, lines, self.notice.read_from(0) if number == 1 else self.notice.unread())
        for one in placed:
            shapes.extend(replace(shape, y=shape.y + one.top) for shape in one.strip.shapes)
            lines.extend(replace(line, y=line.y + one.top) for line in one.strip.lines)
            figures.extend(replace(figure, y=figure.y + one.top) for figure in one.strip.figures)
        shapes.extend(_frames(placed))
        self._add_header(lines)
        ends = self.footer.read_from(footer) if number == count else self.footer.unread()
        self._add_footer(shapes, lines, ends, f"{number} / {count}")
        shapes.sort(key=lambda shape: shape.ink is not Ink.SHADE)  # shades lie under all rules
        return PlacedPage(tuple(shapes), tuple(lines), tuple(figures))

    def _add_header(self, lines: list[PlacedLine]) -> None:
        """In the margin above, so that it takes no room from the text; a card has no margin for one."""
        first = self.header.lines[:1]
        if first and self.sizes.margin >= _ROOM_FOR_HEADER:
            y = self.sizes.margin - _AROUND * 0.8 - first[0].height
            right = self.width - self.sizes.margin
            lines.extend(_stacked(first, self.header.unread(), self.sizes.margin, right, y))

    def _add_notice(self, shapes: list[Shape], lines: list[PlacedLine], elements: Sequence[int]) -> None:
        held = self.notice.lines
        if not held:
            return
        left, right, y = self.sizes.margin, self.width - self.sizes.margin, self.sizes.margin
        shapes.append(Shape(Ink.CAREFUL, left, y, right - left, self.notice.height + 2 * BOX_PAD))
        lines.extend(_stacked(held, elements, left + BOX_PAD, right - BOX_PAD, y + BOX_PAD))

    def _add_footer(
        self, shapes: list[Shape], lines: list[PlacedLine], elements: Sequence[int], number: str
    ) -> None:
        left, right = self.sizes.margin, self.width - self.sizes.margin
        shapes.append(Shape(Ink.RULE, left, self._rule, right - left, 0.0))
        y = self._rule + 3
        lines.extend(_stacked(self.footer.lines, elements, left, right, y))
        language = self.document.language
        text = passage([Run(number, atomic=True)], language, self.library)
        page_number = set_line(text, self.sizes.small)
        # Opposite the footer's own beginning: a footer that is not translated runs the other way.
        from_the_right = self.footer.lines[0].rtl if self.footer.lines else is_rtl(language)
        x = left if from_the_right else right - page_number.width
        lines.append(PlacedLine(page_number, x, y + page_number.above, ARTIFACT))


def lay_out(document: Document, library: Library | None = None) -> Pages:
    """Place everything a document prints. Raises LeafletFault, FontFault."""
    sheet = _sheet(document, library or shipped())
    flow, placed = _flow(sheet, ())
    if _has_contents(document.blocks):
        # Pages are known only once all is placed: the list as long as it will be, then once more with its numbers.
        flow, placed = _flow(sheet, _entries(flow, placed))
        flow, placed = _flow(sheet, _entries(flow, placed))
    footer = len(flow.elements)
    pages = tuple(sheet.page(one, number, len(placed), footer) for number, one in enumerate(placed, 1))
    return Pages(
        sheet.width,
        sheet.height,
        document.title,
        document.language,
        document.keywords,
        (*flow.elements, *sheet.footer.elements()),
        pages,
    )


def _flow(sheet: _Sheet, entries: Sequence[Entry]) -> tuple[Flow, list[list[Placed]]]:
    """The blocks as strips, and these on pages, column after column."""
    document, count = sheet.document, max(1, sheet.document.columns)
    flow = Flow(sheet.sizes, sheet.bottom - sheet.top, sheet.library, entries, sheet.notice.elements())
    left, right = sheet.sizes.margin, sheet.width - sheet.sizes.margin
    step = (right - left + _GUTTER) / count
    rtl = is_rtl(document.language)
    first = Column(right - step + _GUTTER, right) if rtl else Column(left, left + step - _GUTTER)
    for block in document.blocks:
        flow.add(block, first)
    columns = paginate(flow.strips, sheet.top, sheet.bottom, BOX_PAD)
    pages: list[list[Placed]] = []
    for number, column in enumerate(columns):
        if number % count == 0:
            pages.append([])
        pages[-1].extend(_in_column(column, (number % count) * (-step if rtl else step)))
    return flow, pages


def _in_column(column: Sequence[Placed], right: float) -> Sequence[Placed]:
    """The strips of a column at its place, with frames of their own."""
    if not right:
        return column
    frames: dict[int, Frame] = {}

    def framed(strip: Strip) -> Strip:
        held = tuple(
            frames.setdefault(id(frame), replace(frame, left=frame.left + right, right=frame.right + right))
            for frame in strip.frames
        )
        return replace(moved(strip, right), frames=held)

    return [Placed(framed(one.strip), one.top) for one in column]


def _entries(flow: Flow, placed: Sequence[Sequence[Placed]]) -> list[Entry]:
    """What a contents list has: headings up to level 2 with their pages; the document's title is none of them."""
    pages = {
        line.element: str(number)
        for number, page in reversed(list(enumerate(placed, 1)))
        for one in page
        for line in one.strip.lines
    }
    return [
        Entry(heading, element, pages.get(element, ""))
        for heading, element in flow.headings
        if 1 < heading.level <= _LISTED
    ]


def _has_contents(blocks: Sequence[Block]) -> bool:
    return any(isinstance(block, Contents) for block in blocks)


def _sheet(document: Document, library: Library) -> _Sheet:
    width, height = styles.PAPER[document.page]
    sizes = styles.sizes(document.page, large_print=document.large_print)
    room = width - 2 * sizes.margin
    number_room = sizes.small * 5
    return _Sheet(
        document,
        width,
        height,
        sizes,
        _set(document.draft_notice, document, library, room - 2 * BOX_PAD, sizes.small, bold=True),
        _set(document.footer, document, library, room - number_room, sizes.small),
        _set(document.header, document, library, room, sizes.small),
        library,
    )


def _set(
    said: str, document: Document, library: Library, width: float, size: float, *, bold: bool = False
) -> _Repeated:
    """Each line of `said` is a text of its own, in its own language."""
    lines: list[Line] = []
    texts: list[int] = []
    languages = []
    for number, text in enumerate(said.splitlines()):
        languages.append(_language(text, document))
        made = set_lines(passage([Run(text)], languages[-1], library, bold=bold), width, size)
        lines.extend(made)
        texts.extend([number] * len(made))
    return _Repeated(tuple(lines), tuple(texts), tuple(languages))


def _language(text: str, document: Document) -> str:
    """The language of a text on every page by its script: the document's, the second one of facing columns, or
    English for what is mostly in Latin letters (a notice not translated yet)."""
    others = [tag for block in document.blocks if isinstance(block, Facing) for tag in block.languages]
    scripts = [
        script for one, script in zip(text, resolve(text, document.language), strict=True) if one.isalpha()
    ]
    for tag in (document.language, *others):
        if scripts.count(script_of_language(tag)) * 2 >= len(scripts):
            return tag
    return "en"


def _stacked(
    lines: Sequence[Line], elements: Sequence[int], left: float, right: float, top: float
) -> list[PlacedLine]:
    placed: list[PlacedLine] = []
    y = top
    for line, element in zip(lines, elements, strict=False):
        x = right - line.width if line.rtl else left
        placed.append(PlacedLine(line, x, y + line.above, element))
        y += line.height
    return placed


def _within(inner: Frame, outer: Frame) -> bool:
    """Whether a frame stands in another one, not beside it."""
    return outer.left <= inner.left and inner.right <= outer.right


def _frames(placed: Sequence[Placed]) -> list[Shape]:
    """Frames around the strips of each box on this page, the outer ones first."""
    found: dict[int, tuple[Frame, float, float]] = {}
    for one in placed:
        frames = one.strip.frames
        for depth, frame in enumerate(frames):
            pad = BOX_PAD * (1 + sum(_within(inner, frame) for inner in frames[depth + 1 :]))
            end = one.top + one.strip.height + pad
            _, top, _ = found.get(id(frame), (frame, one.top - pad, end))
            found[id(frame)] = (frame, top, end)
    return [
        Shape(
            Ink.CAREFUL if frame.careful else Ink.FRAME, frame.left, top, frame.right - frame.left, end - top
        )
        for frame, top, end in found.values()
    ]
