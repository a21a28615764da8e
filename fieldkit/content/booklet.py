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

    def paragraph(self, *places: Place) -> str:
        """The paragraph of the first of `places` that has a row (rule 2)."""
        return next((self.places[place] for place in places if place in self.places), OTHERWISE)

    def of_fact(self, name: str, codebook: Codebook, *otherwise: Place) -> str:
        """The paragraph for a question by its codebook name: its own, its class's, then `otherwise`."""
        fact = codebook.facts.get(name)
        sealed = (("class", fact.sensitivity.value),) if fact is not None else ()
        return self.paragraph(("fact", name), *sealed, *otherwise)


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
    return Guide(places, abouts)
