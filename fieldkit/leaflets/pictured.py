"""Leaflets in pictures: the main sentences of a leaflet, each beside a large pictogram, for whoever reads little.

1. Nothing new is said: every line is a paragraph of the leaflet itself, with its translation, its mark and its
   contacts. A leaflet in pictures can say no more than the leaflet.
2. Which picture stands beside which paragraph is the table `leaflets/pictured.csv`. A picture is never alone: words
   stand beside it, and readers for the blind are told what it shows.
3. The others wait for trials with readers: a picture that is understood wrongly is worse than none.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from fieldkit.domain.document import Block, Box, Document, Heading, Picture
from fieldkit.domain.shelf import Folder
from fieldkit.files import read_bounded, resources
from fieldkit.leaflets.faults import LeafletFault
from fieldkit.leaflets.pictograms import pictogram_names
from fieldkit.leaflets.source import Inserts, LeafletWords, Pieces, pieces

SIDE = 58.0
"""Points of a pictogram's side: seen from across a table."""
_COLUMNS = ["leaflet", "paragraph", "pictogram", "shows"]
_MAX_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph with its pictogram; none for a heading. `shows` says in English what the picture shows."""

    paragraph: str
    pictogram: str
    shows: str


def leaflets() -> frozenset[str]:
    """The leaflets that have a version in pictures."""
    return frozenset(table())


@cache
def table() -> Mapping[str, tuple[Line, ...]]:
    """The pictures by leaflet, in order. Raises LeafletFault."""
    path = resources() / "leaflets" / "pictured.csv"
    content = read_bounded(path, _MAX_BYTES)
    lines = list(csv.reader(io.StringIO((content or b"").decode("utf-8"), newline=""), strict=True))
    if not lines or lines[0] != _COLUMNS or any(len(line) != len(_COLUMNS) for line in lines):
        raise LeafletFault("leaflet.fixed_table", file=path.name)
    names = pictogram_names()
    found: dict[str, list[Line]] = {}
    for leaflet, paragraph, name, shows in lines[1:]:
        if name and name not in names:
            raise LeafletFault("leaflet.pictogram_unknown", name=name)
        found.setdefault(leaflet, []).append(Line(paragraph, name, shows))
    return {leaflet: tuple(rows) for leaflet, rows in found.items()}


def pictured(
    leaflet_id: str,
    tag: str,
    words: LeafletWords,
    inserts: Inserts | None = None,
    folder: Folder | None = None,
) -> Document:
    """The leaflet in pictures. Raises LeafletFault `leaflet.no_pictures` when it has no such version."""
    if leaflet_id not in table():
        raise LeafletFault("leaflet.no_pictures", id=leaflet_id)
    held = pieces(leaflet_id, tag, words, inserts, folder)
    return replace(held.document, blocks=(*_top(held.document), *_lines(leaflet_id, held)))


def _top(whole: Document) -> Iterator[Block]:
    """The title, and the box that asks for an interpreter where there is one."""
    yield whole.blocks[0]
    if len(whole.blocks) > 1 and isinstance(whole.blocks[1], Box) and whole.blocks[1].careful:
        yield whole.blocks[1]


def _lines(leaflet_id: str, held: Pieces) -> Iterator[Block]:
    for line in table()[leaflet_id]:
        blocks = held.by_id.get(line.paragraph, ())
        if not blocks:
            continue  # a pack's wording has no such paragraph: nothing is said that it does not say
        if isinstance(blocks[0], Heading) or not line.pictogram:
            yield from blocks
        else:
            yield Picture(line.pictogram, line.shows, blocks[0].language, SIDE, blocks)  # type: ignore[union-attr]
