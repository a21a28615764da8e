"""The content of one page as PDF operators (ISO 32000-1, annex A): text, rules and marks for the structure.

1. Every glyph stands exactly where layout put it; a reader's own idea of widths and order changes nothing.
2. Where glyphs and characters do not match one by one, a left-to-right word carries its text; right-to-left
   text carries none, because readers turn it round once more.
3. What is drawn and is no content is marked as such.
"""

from collections.abc import Callable, Iterator

from fieldkit.leaflets.embedded import EmbeddedFont, texts, words
from fieldkit.leaflets.fonts import Font
from fieldkit.leaflets.lines import SetRun
from fieldkit.leaflets.placed import ARTIFACT, Ink, Pages, PlacedLine, PlacedPage, Shape
from fieldkit.leaflets.shaping import Glyph

_SAID_BY_WORD = frozenset({"Beng", "Deva", "Taml", "Sinh", "Mymr", "Khmr", "Thai", "Laoo"})
"""Scripts whose vowel signs stand before, around or above the letter they are said after."""
_INKS = {
    Ink.RULE: "0.5 w 0.45 G",
    Ink.FRAME: "0.7 w 0.35 G",
    Ink.CAREFUL: "1.6 w 0 G",
    Ink.SHADE: "0.92 g",
    Ink.SQUARE: "0 g",
}
FontOf = Callable[[Font], tuple[str, EmbeddedFont]]
"""Gives a font's name among the resources, and its codes."""


class PageWriter:
    """Writes one page; `marked` then holds the element of each marked piece of content, in order."""

    def __init__(self, pages: Pages, font_of: FontOf) -> None:
        self.marked: list[int] = []
        self._pages = pages
        self._font_of = font_of

    def write(self, page: PlacedPage) -> bytes:
        """All operators of the page."""
        parts = ["/Artifact BMC", *map(self._shape, page.shapes), "EMC"] if page.shapes else []
        for line in page.lines:
            if line.line.runs:
                parts.extend(self._line(line))
        return ("\n".join(parts) + "\n").encode("ascii")

    def _shape(self, shape: Shape) -> str:
        y = self._pages.height - shape.y
        setting = _INKS[shape.ink]
        if shape.ink is Ink.RULE:
            end_x, end_y = shape.x + shape.width, y - shape.height
            return f"{setting} {_number(shape.x)} {_number(y)} m {_number(end_x)} {_number(end_y)} l S"
        box = " ".join(map(_number, (shape.x, y - shape.height, shape.width, shape.height)))
        return f"{setting} {box} re {'f 0 g' if shape.ink in (Ink.SHADE, Ink.SQUARE) else 'S'}"

    def _line(self, placed: PlacedLine) -> Iterator[str]:
        if placed.element == ARTIFACT:
            yield "/Artifact BMC"
        else:
            kind = self._pages.elements[placed.element].kind
            yield f"/{kind} <</MCID {len(self.marked)}>> BDC"
            self.marked.append(placed.element)
        yield "BT"
        for run in placed.line.runs:
            yield from self._run(run, placed.x + run.x, self._pages.height - placed.y)
        yield "ET"
        yield "EMC"

    def _run(self, placed: SetRun, x: float, y: float) -> Iterator[str]:
        run = placed.run
        name, font = self._font_of(run.font)
        yield f"/{name} {_number(placed.size)} Tf"
        pen = _Pen(font, placed.size, x, y)
        said_by_glyphs = run.script not in _SAID_BY_WORD and all(texts(run))
        if run.rtl or said_by_glyphs:
            yield pen.show(tuple(zip(run.glyphs, texts(run), strict=True)))
            return
        for said, glyphs in words(run):
            yield f"/Span <</ActualText <feff{said.encode('utf-16-be').hex()}>>> BDC"
            yield pen.show(glyphs)
            yield "EMC"


class _Pen:
    """Shows glyphs one after the other; `x` is where the next one's origin falls, in points."""

    def __init__(self, font: EmbeddedFont, size: float, x: float, y: float) -> None:
        self._font, self._size, self._x, self._y = font, size, x, y

    def show(self, glyphs: tuple[tuple[Glyph, str], ...]) -> str:
        """Operators for glyphs; the pen then stands after the last."""
        thousandth = self._size / 1000
        unit = self._size / self._font.font.units
        parts = [f"1 0 0 1 {_number(self._x)} {_number(self._y)} Tm"]
        row: list[str] = []
        rise = 0
        reader = self._x  # where a reader's pen stands, which knows plain widths only
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
        return "\n".join(parts)


def _row(row: list[str]) -> list[str]:
    return [f"[{''.join(row)}] TJ".replace("><", "")] if row else []


def _number(value: float) -> str:
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
