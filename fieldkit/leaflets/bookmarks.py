"""Bookmarks of a long document: its headings, for whoever reads it on a screen (ISO 32000-1, 12.3.3).

A leaflet of a few pages has none: they would open a pane that hides a third of it.
"""

from dataclasses import dataclass

from fieldkit.languages.isolates import without_isolates
from fieldkit.leaflets.placed import Pages

LONG = 8
"""Pages from which a document has bookmarks."""
_KINDS = frozenset({"H1", "H2"})


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A heading: its words, its page from 0, and how far its top is from the top of the page, in points."""

    text: str
    page: int
    top: float


def bookmarks(pages: Pages) -> tuple[Bookmark, ...]:
    """The headings of the first two levels, in reading order; none for a short document."""
    if len(pages.pages) < LONG:
        return ()
    found: dict[int, Bookmark] = {}
    for number, page in enumerate(pages.pages):
        for placed in page.lines:
            if placed.element < 0 or pages.elements[placed.element].kind not in _KINDS:
                continue
            before = found.get(placed.element)
            said = without_isolates(placed.line.text).strip()
            if before is None:
                found[placed.element] = Bookmark(said, number, placed.y - placed.line.above)
            else:
                found[placed.element] = Bookmark(f"{before.text} {said}", before.page, before.top)
    return tuple(found[element] for element in sorted(found))
