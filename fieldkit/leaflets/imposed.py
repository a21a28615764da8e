"""Pages put together: a booklet that is folded once, cards that are cut, several documents in one file.

1. A booklet's sheets, printed on both sides (turned over the short edge) and folded, are read in order; one in a
   right-to-left language is bound at its right.
2. Several documents on one file stand one after the other, each read through with its own language.
3. Cards stand side by side with lines to cut along. Only the first of the same is content for a screen reader.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from fieldkit.languages.direction import is_rtl
from fieldkit.leaflets.placed import ARTIFACT, ROOT, Element, Ink, Pages, PlacedPage, Shape

_EMPTY = PlacedPage((), ())
_A4 = (595.28, 841.89)
_ON_ONE_SHEET = 4
"""Pages of a booklet on both sides of a sheet."""


def booklet(pages: Pages) -> Pages:
    """The pages two by two on sheets twice as wide, in the order in which a folded booklet has them."""
    held = list(pages.pages)
    held += [_EMPTY] * (-len(held) % _ON_ONE_SHEET)
    sheets = tuple(
        _joined(_moved(held[left], 0.0, 0.0), _moved(held[right], pages.width, 0.0))
        for left, right in _pairs(len(held), rtl=is_rtl(pages.language))
    )
    return replace(pages, width=2 * pages.width, pages=sheets)


def _pairs(count: int, *, rtl: bool) -> Iterator[tuple[int, int]]:
    """Which page stands left and which right on each side of each sheet, counted from 0."""
    for sheet in range(count // _ON_ONE_SHEET):
        first, last = 2 * sheet, count - 1 - 2 * sheet
        for earlier, later in ((last, first), (first + 1, last - 1)):
            yield (later, earlier) if rtl else (earlier, later)


def cards(pages: Pages) -> Pages:
    """Each page as often as it fits on a sheet of A4, with lines to cut along."""
    across, down = int(_A4[0] // pages.width), int(_A4[1] // pages.height)
    left = (_A4[0] - across * pages.width) / 2
    top = (_A4[1] - down * pages.height) / 2
    cuts = tuple(
        Shape(Ink.RULE, left + column * pages.width, 0.0, 0.0, _A4[1]) for column in range(1, across)
    ) + tuple(Shape(Ink.RULE, 0.0, top + row * pages.height, _A4[0], 0.0) for row in range(1, down))
    sheets = []
    for page in pages.pages:
        sheet = PlacedPage(cuts, ())
        for number in range(across * down):
            row, column = divmod(number, across)
            copy = _moved(page, left + column * pages.width, top + row * pages.height)
            sheet = _joined(sheet, copy if number == 0 else _unread(copy))
        sheets.append(sheet)
    return replace(pages, width=_A4[0], height=_A4[1], pages=tuple(sheets))


def together(documents: Sequence[Pages]) -> Pages:
    """Several documents one after the other, with the title and language of the first (rule 2). None of them may
    have a list of contents: its entries lead to numbers of elements."""
    elements: list[Element] = []
    pages: list[PlacedPage] = []
    for one in documents:
        first = len(elements)
        elements += [
            replace(element, parent=element.parent if element.parent == ROOT else element.parent + first)
            for element in one.elements
        ]
        pages += [_renumbered(page, first) for page in one.pages]
    return replace(documents[0], elements=tuple(elements), pages=tuple(pages))


def _renumbered(page: PlacedPage, first: int) -> PlacedPage:
    return PlacedPage(
        page.shapes,
        tuple(
            line if line.element == ARTIFACT else replace(line, element=line.element + first)
            for line in page.lines
        ),
        tuple(
            figure if figure.element == ARTIFACT else replace(figure, element=figure.element + first)
            for figure in page.figures
        ),
    )


def _moved(page: PlacedPage, right: float, down: float) -> PlacedPage:
    return PlacedPage(
        tuple(replace(shape, x=shape.x + right, y=shape.y + down) for shape in page.shapes),
        tuple(replace(line, x=line.x + right, y=line.y + down) for line in page.lines),
        tuple(replace(figure, x=figure.x + right, y=figure.y + down) for figure in page.figures),
    )


def _unread(page: PlacedPage) -> PlacedPage:
    return PlacedPage(
        page.shapes,
        tuple(replace(line, element=ARTIFACT) for line in page.lines),
        tuple(replace(figure, element=ARTIFACT) for figure in page.figures),
    )


def _joined(one: PlacedPage, other: PlacedPage) -> PlacedPage:
    return PlacedPage(
        (*one.shapes, *other.shapes), (*one.lines, *other.lines), (*one.figures, *other.figures)
    )
