"""The lines of the practice case: what happens on a screen, and why (R-036, R-157).

A line belongs to a screen, or to a kind of section of an interview, and names its paragraph of the booklet.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from fieldkit.content.tables import read_table
from fieldkit.content.texts import SourceText
from fieldkit.domain.shelf import Folder

KINDS = frozenset({"screen", "section"})
Place = tuple[str, str]
_COLUMNS = ("step", "kind", "name", "text", "paragraph")


@dataclass(frozen=True, slots=True)
class Line:
    """One line."""

    step: str
    text: str
    paragraph: str


def load(folder: Folder) -> Mapping[Place, Line]:
    """Every line by its place. Raises ContentFault."""
    return {
        (row.name("kind", KINDS), row.needed("name")): Line(
            row.needed("step"), row.needed("text"), row.needed("paragraph")
        )
        for row in read_table(folder / "training" / "practice.csv", _COLUMNS, ("kind", "name"))
    }


def texts(resources: Path) -> Iterator[SourceText]:
    """What translators are given. Raises ContentFault."""
    for line in load(resources).values():
        yield SourceText(f"practice/{line.step}", line.text, "Told above a screen of the practice case.")
