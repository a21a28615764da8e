"""Any text in any language as pages: lines of a given width and nothing else, to be held beside other programs.

1. A paragraph is what stands between line ends of the text; every character of it is set, or the print refused.
2. A language tag decides direction, breaks and letter forms. What is no tag at all is refused: a wrong direction
   or a wrong letter form would be taken for a fault of the text.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from fieldkit.domain.document import Paragraph, Run
from fieldkit.languages.direction import from_bcp47
from fieldkit.languages.isolates import without_isolates
from fieldkit.leaflets import styles
from fieldkit.leaflets.faults import LeafletFault
from fieldkit.leaflets.flow import Column, Flow
from fieldkit.leaflets.fonts import Library, shipped
from fieldkit.leaflets.placed import Pages, PlacedLine, PlacedPage
from fieldkit.leaflets.strips import Placed, paginate

_TAG = re.compile(r"[a-z]{2,3}(_[A-Za-z0-9]{1,8})*")
_MARGIN = 36.0
_HEIGHT = 841.89
"""Points: that of A4."""
MOST = 1_000_000
"""Characters of a text; far more than any paper has."""


def language_of(tag: str) -> str:
    """A tag in either spelling as the program spells it. Raises LeafletFault for what is none."""
    known = from_bcp47(tag)
    if not _TAG.fullmatch(known):
        raise LeafletFault("leaflet.no_language", tag=tag[:40])
    return known


def text_pages(
    text: str, tag: str, width: float, *, size: float = 11.0, library: Library | None = None
) -> Pages:
    """The text in lines `width` points wide, in letters of `size` points. Raises LeafletFault, FontFault."""
    language = language_of(tag)
    if len(text) > MOST:
        raise LeafletFault("leaflet.too_long", file="", limit=MOST)
    sizes = styles.Sizes(size, size, (size, size, size), _MARGIN, size * 0.6)
    flow = Flow(sizes, _HEIGHT - 2 * _MARGIN, library or shipped())
    for paragraph in text.removeprefix("\ufeff").splitlines():
        if paragraph.strip():
            flow.add(Paragraph((Run(paragraph),), language), Column(_MARGIN, _MARGIN + width))
    placed = paginate(flow.strips, _MARGIN, _HEIGHT - _MARGIN, 0.0)
    pages = tuple(_page(one) for one in placed)
    return Pages(width + 2 * _MARGIN, _HEIGHT, "Lines", language, (), tuple(flow.elements), pages)


def _page(placed: tuple[Placed, ...]) -> PlacedPage:
    return PlacedPage((), tuple(_lowered(placed)))


def _lowered(placed: tuple[Placed, ...]) -> Iterator[PlacedLine]:
    for one in placed:
        yield from (replace(line, y=line.y + one.top) for line in one.strip.lines)


def line_texts(pages: Pages) -> list[str]:
    """What stands on each line, without the controls that keep numbers in order."""
    return [without_isolates(line.line.text).rstrip() for page in pages.pages for line in page.lines]
