"""Which paragraph of the booklet belongs to what somebody has in hand, and where each paragraph comes from.

1. Every paragraph has a row with its jurisdiction, its source and who reviewed it (`content.provenance`).
2. What is nearest counts first: the question, the class of what it asks, the form, the kind of section, the screen
   (R-156). What has no row of its own leads to the paragraph about this program.
3. A row that points to a paragraph which is not there refuses the table.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from fieldkit.content import provenance
from fieldkit.content.codebook import Codebook
from fieldkit.content.provenance import Provenance
from fieldkit.content.tables import read_table
from fieldkit.domain.shelf import Folder

KINDS = ("fact", "class", "form", "section", "category", "screen")
OTHERWISE = "this_program"
_PLACES = ("kind", "name", "paragraph")
_PARAGRAPHS = ("paragraph", *provenance.COLUMNS)

Place = tuple[str, str]
"""A kind of `KINDS` and a name: (`fact`, `fear_mentioned`)."""


@dataclass(frozen=True, slots=True)
class Guide:
    """Both tables."""

    places: Mapping[Place, str]
    abouts: Mapping[str, Provenance]
    codebook: Codebook

    def paragraph(self, *places: Place) -> str:
        """The paragraph of the first of `places` with a row; a question without one has its class's (rule 2)."""
        asked = (one for place in places for one in (place, *self._class_of(place)))
        return next((self.places[one] for one in asked if one in self.places), OTHERWISE)

    def _class_of(self, place: Place) -> tuple[Place, ...]:
        kind, name = place
        fact = self.codebook.facts.get(name) if kind == "fact" else None
        return (("class", fact.sensitivity.value),) if fact is not None else ()


def load(folder: Folder, codebook: Codebook, paragraphs: Collection[str]) -> Guide:
    """The tables beside a booklet with these `paragraphs`. Raises ContentFault."""
    at = folder / "booklet"
    regions = provenance.jurisdictions(codebook)
    abouts = {
        row.name("paragraph", paragraphs): provenance.read(row, regions)
        for row in read_table(at / "paragraphs.csv", _PARAGRAPHS, key=("paragraph",))
    }
    places = {
        (row.name("kind", KINDS), row.needed("name")): row.name("paragraph", abouts)
        for row in read_table(at / "places.csv", _PLACES, key=("kind", "name"))
    }
    return Guide(places, abouts, codebook)
