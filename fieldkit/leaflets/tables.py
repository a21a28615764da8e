"""The rows of a table as strips: columns in the language's order, one strip for each line of text.

1. The first column is the rightmost in right-to-left languages.
2. Text of one row stands on common baselines.
3. To a screen reader a table has cells that head others: the first row, or the first of two columns. What only
   stands side by side (two languages, numbers to cut out) is none, and is read piece after piece.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from fieldkit.domain.document import Table
from fieldkit.leaflets.lines import Line
from fieldkit.leaflets.placed import Ink, PlacedLine, Shape
from fieldkit.leaflets.strips import Strip

_PAD = 4.0
"""Points between a rule and the text."""
_PLAIN_PAD = 1.0
"""Points above and below the text of a row without rules."""


_NAME_AND_VALUE = 2
"""Columns of a table whose first one heads its row (rule 3)."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """The elements that a table is made of (ISO 32000-1, table 337)."""

    whole: str = "Div"
    row: str = "Div"
    plain: str = "P"
    rows_are_headed: bool = False

    def cell(self, column: int, *, is_header: bool) -> str:
        """The kind of a cell."""
        return "TH" if is_header or (self.rows_are_headed and column == 0) else self.plain

    def scope(self) -> str:
        """What a header cell of it heads."""
        return "Row" if self.rows_are_headed else "Column"


def kinds(block: Table) -> Kinds:
    """The elements of a table (rule 3)."""
    headed = len(block.widths) == _NAME_AND_VALUE and not block.languages and not block.header
    return Kinds("Table", "TR", "TD", headed) if headed or block.header else Kinds()


@dataclass(frozen=True, slots=True)
class Cell:
    """The left and right rule of a column."""

    left: float
    right: float

    @property
    def room(self) -> float:
        """The width of its lines of text."""
        return self.right - self.left - 2 * _PAD

    def place(self, line: Line, baseline: float, element: int) -> PlacedLine:
        """A line at the side where its language begins."""
        x = self.right - _PAD - line.width if line.rtl else self.left + _PAD
        return PlacedLine(line, x, baseline, element)


def columns(left: float, right: float, shares: Sequence[float], *, rtl: bool) -> list[Cell]:
    """The columns between two edges in reading order, `shares` of the room each."""
    unit = (right - left) / sum(shares)
    cells: list[Cell] = []
    done = 0.0
    for share in shares:
        start = right - done - share * unit if rtl else left + done
        cells.append(Cell(start, start + share * unit))
        done += share * unit
    return cells


def row(
    texts: Sequence[Sequence[Line]],
    cells: Sequence[Cell],
    elements: Sequence[int],
    *,
    empty: float,
    is_header: bool,
    ruled: bool = True,
) -> list[Strip]:
    """A row, given the lines of each cell and its element; `empty` is the height when it has no text."""
    count = max(1, *(len(lines) for lines in texts))
    pad = _PAD if ruled else _PLAIN_PAD
    strips: list[Strip] = []
    for index in range(count):
        held = [lines[index] if index < len(lines) else None for lines in texts]
        top = pad if index == 0 else 0.0
        baseline = top + max((line.above for line in held if line), default=empty)
        below = max((line.height - line.above for line in held if line), default=0.0)
        height = baseline + below + (pad if index == count - 1 else 0.0)
        lines = tuple(
            cell.place(line, baseline, element)
            for line, cell, element in zip(held, cells, elements, strict=True)
            if line
        )
        shapes = _rules(cells, height, begins=index == 0, ends=index == count - 1) if ruled else []
        if is_header:
            shapes.insert(0, Shape(Ink.SHADE, _left(cells), 0.0, _right(cells) - _left(cells), height))
        strips.append(Strip(height, lines, tuple(shapes)))
    return strips


def _rules(cells: Sequence[Cell], height: float, *, begins: bool, ends: bool) -> list[Shape]:
    left, right = _left(cells), _right(cells)
    edges = sorted({cell.left for cell in cells} | {right})
    shapes = [Shape(Ink.RULE, edge, 0.0, 0.0, height) for edge in edges]
    if begins:
        shapes.append(Shape(Ink.RULE, left, 0.0, right - left, 0.0))
    if ends:
        shapes.append(Shape(Ink.RULE, left, height, right - left, 0.0))
    return shapes


def _left(cells: Sequence[Cell]) -> float:
    return min(cell.left for cell in cells)


def _right(cells: Sequence[Cell]) -> float:
    return max(cell.right for cell in cells)
