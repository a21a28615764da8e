"""Words with a plain meaning each, so that "refugee", "trafficking" and "smuggling" are used right (R-202).

1. A meaning is in plain words and no law; what the law of a place says is the region's definition, shown beside it
   with its source and its review (`content.regions`).
2. Where such words stand - a screen, a form, a pathway - is a table, so that their meaning is one press away there.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from fieldkit.content.tables import read_table
from fieldkit.content.texts import SourceText
from fieldkit.domain.shelf import Folder

KINDS = frozenset({"screen", "form", "category"})
Place = tuple[str, str]
_TERMS = ("word", "term", "text", "not", "paragraph", "definitions")
_PLACES = ("kind", "name", "words")


@dataclass(frozen=True, slots=True)
class Term:
    """One word. `unlike` says what it does not mean, or is empty; `definitions` are ids of a region's."""

    id: str
    term: str
    text: str
    unlike: str
    paragraph: str
    definitions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All words, and where they stand."""

    terms: Mapping[str, Term]
    places: Mapping[Place, tuple[str, ...]]

    def at(self, *places: Place) -> tuple[Term, ...]:
        """The words of the first of `places` that has some."""
        names = next((self.places[one] for one in places if one in self.places), ())
        return tuple(self.terms[name] for name in names)


def load(folder: Folder) -> Vocabulary:
    """Both tables. Raises ContentFault naming file, row and column."""
    at = folder / "words"
    terms = {
        row.needed("word"): Term(
            row.needed("word"),
            row.needed("term"),
            row.needed("text"),
            row.text("not"),
            row.needed("paragraph"),
            tuple(row.text("definitions").split()),
        )
        for row in read_table(at / "terms.csv", _TERMS, ("word",))
    }
    places = {
        (row.name("kind", KINDS), row.needed("name")): row.names("words", terms)
        for row in read_table(at / "places.csv", _PLACES, ("kind", "name"))
    }
    return Vocabulary(terms, places)


def texts(resources: Path) -> Iterator[SourceText]:
    """What translators are given. Raises ContentFault."""
    for one in load(resources).terms.values():
        yield SourceText(f"word/{one.id}/term", one.term, "A word and its plain meaning; see the glossary.")
        yield SourceText(f"word/{one.id}/text", one.text, "Plain meaning, not law.")
        if one.unlike:
            yield SourceText(f"word/{one.id}/not", one.unlike, "What the word does not mean.")
