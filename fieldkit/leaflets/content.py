"""The content of one page as PDF operators (ISO 32000-1, annex A): text, rules and marks for the structure.

1. Every glyph stands exactly where layout put it; a reader's own idea of widths and order changes nothing.
2. Where glyphs and characters do not match one by one, a left-to-right word carries its text; right-to-left
   words carry none, because readers turn it round once more: there only glyphs that stand for nothing say so.
3. What is drawn and is no content is marked as such.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from fieldkit.leaflets.embedded import EmbeddedFont, silent, texts, words
from fieldkit.leaflets.fonts import Font
from fieldkit.leaflets.lines import SetRun
from fieldkit.leaflets.placed import (
    ARTIFACT,
    Figure,
    Greys,
    Ink,
    Pages,
    PlacedLine,
    PlacedPage,
    Shape,
    Stroke,
)
from fieldkit.leaflets.shaping import Glyph

_SAID_BY_WORD = frozenset({"Beng", "Deva", "Taml", "Sinh", "Mymr", "Khmr", "Thai", "Laoo"})
"""Scripts whose vowel signs stand before, around or above the letter they are said after."""
_INKS = {
    Ink.RULE: "0.5 w 0.45 G",
    Ink.LEADER: "0.5 w 0.45 G [0.5 3] 0 d 1 J",
    Ink.FRAME: "0.7 w 0.35 G",
    Ink.CAREFUL: "1.6 w 0 G",
    Ink.SHADE: "0.92 g",
    Ink.SQUARE: "0 g",
}
FontOf = Callable[[Font], tuple[str, EmbeddedFont]]
"""Gives a font's name among the resources, and its codes."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked piece of content: its element, where its text starts there, and where it leads."""

    element: int
    start: int
    link: str = ""


@dataclass(frozen=True, slots=True)
class LinkBox:
    """Where a piece of a line that leads somewhere stands, in PDF's own coordinates, and what it says."""

    element: int
    link: str
    says: str
    box: tuple[float, float, float, float]


class PageWriter:
    """Writes one page; `marked` then holds the marked pieces of content, in order, and `links` what leads on."""

    def __init__(self, pages: Pages, font_of: FontOf, picture_of: Callable[[Greys], str]) -> None:
        self.marked: list[Marked] = []
        self.links: list[LinkBox] = []
        self._pages = pages
        self._font_of = font_of
        self._picture_of = picture_of

    def write(self, page: PlacedPage) -> bytes:
        """All operators of the page."""
        parts = ["/Artifact BMC", *map(self._shape, page.shapes), "EMC"] if page.shapes else []
        for figure in page.figures:
            parts.extend(self._figure(figure))
        for line in page.lines:
            if line.line.runs:
                parts.extend(self._line(line))
        return ("\n".join(parts) + "\n").encode("ascii")

    def _shape(self, shape: Shape) -> str:
        y = self._pages.height - shape.y
        setting = _INKS[shape.ink]
        if shape.ink in (Ink.RULE, Ink.LEADER):
            end_x, end_y = shape.x + shape.width, y - shape.height
            line = f"{setting} {_number(shape.x)} {_number(y)} m {_number(end_x)} {_number(end_y)} l S"
            return f"q {line} Q" if shape.ink is Ink.LEADER else line
        box = " ".join(map(_number, (shape.x, y - shape.height, shape.width, shape.height)))
        return f"{setting} {box} re {'f 0 g' if shape.ink in (Ink.SHADE, Ink.SQUARE) else 'S'}"

    def _figure(self, figure: Figure) -> Iterator[str]:
        yield self._begin(figure.element, 0)
        for shape in figure.shapes:
            yield self._shape(replace(shape, x=shape.x + figure.x, y=shape.y + figure.y))
        top = self._pages.height - figure.y
        if figure.greys is not None:
            box = " ".join(map(_number, (figure.side, 0.0, 0.0, figure.high, figure.x, top - figure.high)))
            yield f"q {box} cm /{self._picture_of(figure.greys)} Do Q"
        scale = figure.side / figure.units
        yield f"q {_number(scale)} 0 0 {_number(-scale)} {_number(figure.x)} {_number(top)} cm 1 J 1 j"
        yield from map(_stroke, figure.strokes)
        yield "Q"
        yield "EMC"

    def _begin(self, element: int, start: int, link: str = "") -> str:
        """The mark at the beginning of content that belongs to an element, or to none."""
        if element == ARTIFACT:
            return "/Artifact <</Type /Pagination>> BDC"
        kind = "Link" if link else self._pages.elements[element].kind
        self.marked.append(Marked(element, start, link))
        return f"/{kind} <</MCID {len(self.marked) - 1}>> BDC"

    def _line(self, placed: PlacedLine) -> Iterator[str]:
        runs: Iterable[SetRun] = placed.line.runs
        if any(run.run.link for run in runs):  # a link is marked apart, and pieces stand in reading order
            runs = sorted(runs, key=lambda run: run.run.start)
        for link, held in groupby(runs, lambda run: run.run.link):
            piece = list(held)
            start = min(run.run.start for run in piece) if link else piece[0].run.start
            yield self._begin(placed.element, start, link)
            yield "BT"
            for run in piece:
                yield from self._run(run, placed.x + run.x, self._pages.height - placed.y)
            yield "ET"
            yield "EMC"
            if link and placed.element != ARTIFACT:
                self.links.append(self._link_box(placed, link, piece))

    def _link_box(self, placed: PlacedLine, link: str, piece: list[SetRun]) -> LinkBox:
        left = min(run.x for run in piece)
        right = max(run.x + run.run.advance * run.size for run in piece)
        top = self._pages.height - placed.y + placed.line.above
        box = (placed.x + left, top - placed.line.height, placed.x + right, top)
        return LinkBox(placed.element, link, "".join(run.run.text for run in piece), box)

    def _run(self, placed: SetRun, x: float, y: float) -> Iterator[str]:
        run = placed.run
        name, font = self._font_of(run.font)
        yield f"/{name} {_number(placed.size)} Tf"
        pen = _Pen(font, placed.size, x, y)
        said_by_glyphs = run.script not in _SAID_BY_WORD and all(texts(run))
        for said, glyphs in silent(run) if run.rtl or said_by_glyphs else words(run):
            if said is None:
                yield pen.show(glyphs)
                continue
            yield f"/Span <</ActualText <feff{said.encode('utf-16-be').hex()}>>> BDC"
            yield pen.show(glyphs)
            yield "EMC"


class _Pen:
    """Shows glyphs one after the other; `x` is where the next one's origin falls, in points. Where it begins is
    said once: from there each piece goes on where the one before it ended."""

    def __init__(self, font: EmbeddedFont, size: float, x: float, y: float) -> None:
        self._font, self._size, self._x, self._y = font, size, x, y
        self._reader: float | None = None  # where a reader's pen stands, which knows plain widths only

    def show(self, glyphs: tuple[tuple[Glyph, str], ...]) -> str:
        """Operators for glyphs; the pen then stands after the last."""
        thousandth = self._size / 1000
        unit = self._size / self._font.font.units
        parts: list[str] = []
        if self._reader is None:
            parts.append(f"1 0 0 1 {_number(self._x)} {_number(self._y)} Tm")
        row: list[str] = []
        rise = 0
        reader = self._x if self._reader is None else self._reader
        for glyph, text in glyphs:
            if glyph.up != rise:
                parts.extend(_row(row))
                row = []
                rise = glyph.up
                parts.append(f"{_number(rise * unit)} Ts")
            wanted = self._x + glyph.right * unit
            back = round((reader - wanted) / thousandth, 1)
            if back:
                row.append(_number(back))
                reader -= back * thousandth
            row.append(f"<{self._font.code(glyph.id, text):04x}>")
            reader += self._font.width(glyph.id) * thousandth
            self._x += glyph.advance * unit
        parts.extend(_row(row))
        if rise:
            parts.append("0 Ts")
        self._reader = reader
        return "\n".join(parts)


def _stroke(stroke: Stroke) -> str:
    path = " ".join(" ".join((*map(_number, points), step)) for step, points in stroke.steps)
    fill = "" if stroke.fill is None else f"{_number(stroke.fill)} g "
    line = "" if stroke.line is None else f"{_number(stroke.line)} G {_number(stroke.width)} w "
    paint = {(False, False): "n", (True, False): "f", (False, True): "S", (True, True): "B"}
    return f"{fill}{line}{path} {paint[stroke.fill is not None, stroke.line is not None]}"


def _row(row: list[str]) -> list[str]:
    return [f"[{''.join(row)}] TJ".replace("><", "")] if row else []


def _number(value: float) -> str:
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
