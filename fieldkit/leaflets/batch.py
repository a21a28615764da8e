"""Every leaflet in every language it has, one after the other, and how far each language has come.

1. One that cannot be composed does not keep the others from paper: it is named with its fault.
2. A leaflet without any text in a language is not made there: a page all in English would pass for a translation.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from fieldkit.domain.errors import FieldkitError
from fieldkit.domain.shelf import Folder
from fieldkit.languages import catalogues
from fieldkit.leaflets.layout import lay_out
from fieldkit.leaflets.pdf import write
from fieldkit.leaflets.source import Inserts, Status, leaflet, leaflet_ids, read_leaflet, status

PLANNED = 34
"""Leaflets of the whole library (`requirements.md`, table 6)."""


@dataclass(frozen=True, slots=True)
class Made:
    """One leaflet in one language: its PDF, or none when it has no text there, or the fault."""

    id: str
    status: Status
    pdf: bytes = b""
    pages: int = 0
    fault: FieldkitError | None = None


class Tally:
    """What a language has of the library."""

    def __init__(self) -> None:
        self._found = {"complete": 0, "draft": 0, "missing": PLANNED, "pages": 0}

    def add(self, made: Made) -> None:
        """Count one leaflet. One of which a text is missing counts as missing, though it was printed."""
        kind = {Status.SOURCE: "complete", Status.REVIEWED: "complete", Status.DRAFT: "draft"}.get(
            made.status
        )
        if kind is not None and made.fault is None:
            self._found[kind] += 1
            self._found["missing"] -= 1
        self._found["pages"] += made.pages

    def figures(self) -> dict[str, float]:
        """`complete` (all text is there and reviewed, or the source), `draft`, `missing`, and `pages` made."""
        return dict(self._found)


def languages() -> tuple[str, ...]:
    """The languages in which leaflets have text."""
    return catalogues.available(domain="leaflets")


def every_leaflet(
    tag: str, made: date, inserts: Inserts | None = None, folder: Folder | None = None
) -> Iterator[Made]:
    """Each leaflet in a language, composed while it is asked for."""
    words = catalogues.load(tag, "leaflets")
    for leaflet_id in leaflet_ids(folder):
        state = Status.MISSING
        try:
            state = status(read_leaflet(leaflet_id, folder), tag, words)
            if state is Status.MISSING:
                yield Made(leaflet_id, state)
                continue
            pages = lay_out(leaflet(leaflet_id, tag, words, inserts, folder))
            yield Made(leaflet_id, state, write(pages, made=made), len(pages.pages))
        except FieldkitError as fault:
            yield Made(leaflet_id, state, fault=fault)
