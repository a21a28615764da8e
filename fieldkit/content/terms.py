"""Words with a plain meaning each, so that "refugee", "trafficking" and "smuggling" are used right (R-202).

1. A meaning is in plain words and no law; what the law of a place says is the region's definition, shown beside it
   with its source and its review (`content.regions`).
2. Where such words stand - a screen, a form, a pathway - is a table, so that their meaning is one press away there.
3. A pack adds words to the shipped ones, and places; a word or a place that it names anew is its own. No word goes.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from fieldkit.content.learning import paragraphs
from fieldkit.content.tables import Row, read_table
from fieldkit.content.texts import SourceText, Texts
from fieldkit.domain.shelf import Folder, Shelf

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

    def texts(self) -> Texts:
        """Every sentence by its id."""
        return Texts(_texts(self.terms.values()))


def load(folder: Folder) -> Vocabulary:
    """Both tables as they stand with a pack. Raises ContentFault naming file, row and column."""
    known = paragraphs(folder)
    terms = {row.needed("word"): _term(row, known) for row in _rows(folder, "terms", _TERMS, ("word",))}
    places = {
        (row.name("kind", KINDS), row.needed("name")): row.names("words", terms)
        for row in _rows(folder, "places", _PLACES, ("kind", "name"))
    }
    return Vocabulary(terms, places)


def texts(resources: Folder) -> Iterator[SourceText]:
    """What translators are given. Raises ContentFault."""
    yield from load(resources).texts()


def _rows(folder: Folder, table: str, columns: tuple[str, ...], key: tuple[str, ...]) -> Iterator[Row]:
    """The shipped rows, and after them those of a pack, which count (rule 3)."""
    name = f"{table}.csv"
    if isinstance(folder, Shelf):
        yield from read_table(folder.shipped / "words" / name, columns, key)
        if f"words/{name}" not in folder.over:
            return
    yield from read_table(folder / "words" / name, columns, key)


def _term(row: Row, known: frozenset[str]) -> Term:
    return Term(
        row.needed("word"),
        row.needed("term"),
        row.needed("text"),
        row.text("not"),
        row.name("paragraph", known),
        tuple(row.text("definitions").split()),
    )


def _texts(terms: Iterable[Term]) -> Iterator[SourceText]:
    for one in terms:
        yield SourceText(f"word/{one.id}/term", one.term, "A word and its plain meaning; see the glossary.")
        yield SourceText(f"word/{one.id}/text", one.text, "Plain meaning, not law.")
        if one.unlike:
            yield SourceText(f"word/{one.id}/not", one.unlike, "What the word does not mean.")
