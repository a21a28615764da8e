"""The words of safety in somebody's language, each with its plain meaning and what the region's law says (R-202).

1. The plain meaning comes first. A region's definition stands below it with its source and its review, or that
   nobody reviewed it (`protection.md` 11).
2. How a word is called in a language is the glossary's, while no translator has written the entry; the English word
   stands beside it.
"""

from dataclasses import dataclass

from fieldkit.content import terms
from fieldkit.content.regions import Definition
from fieldkit.content.terms import Place, Term
from fieldkit.files import resources, translations
from fieldkit.languages import catalogues
from fieldkit.languages.glossary import read_glossary
from fieldkit.services import region
from fieldkit.services.library import folded
from fieldkit.services.region_paper import Said
from fieldkit.services.vault import OpenVault


@dataclass(frozen=True, slots=True)
class Word:
    """One entry as it is shown. `english` is empty where the term is the English one; `draft` where no speaker has
    reviewed its meaning in this language."""

    id: str
    term: str
    english: str
    text: str
    unlike: str
    paragraph: str
    in_law: tuple[tuple[str, str], ...]
    """What the region's law says, and what has to be said beside it."""
    draft: bool = False


class Words:
    """All words in the language `tag`; before sign-in without a region."""

    def __init__(self, tag: str, vault: OpenVault | None = None) -> None:
        self.tag = tag
        self._vault = vault
        self._held = terms.load(vault.content[0] if vault is not None else resources())
        self._texts = self._held.texts()
        self._spoken = catalogues.load(tag, "codebook")
        glossary = read_glossary(translations() / "glossary" / f"{tag}.csv")
        self._called = {one.term: one.translation for one in glossary}

    def all(self) -> tuple[Word, ...]:
        """Every entry, in the order of the table."""
        return tuple(map(self._word, self._held.terms.values()))

    def at(self, *places: Place) -> tuple[tuple[str, str], ...]:
        """The words of the nearest of `places` that has some: id, and how it is called."""
        return tuple((one.id, self._term(one)) for one in self._held.at(*places))

    def of_paragraph(self, paragraph: str) -> tuple[tuple[str, str], ...]:
        """The words that a paragraph of the booklet tells more of."""
        held = (one for one in self._held.terms.values() if one.paragraph == paragraph)
        return tuple((one.id, self._term(one)) for one in held)

    def search(self, typed: str) -> tuple[Word, ...]:
        """The entries that have every word, also in English; those whose name has them come first."""
        asked = folded(typed).split()
        found = [one for one in self.all() if asked and all(word in _all_of(one) for word in asked)]
        return tuple(
            sorted(
                found, key=lambda one: not all(word in folded(f"{one.term} {one.english}") for word in asked)
            )
        )

    def find(self, word: str) -> Word | None:
        """One entry."""
        held = self._held.terms.get(word)
        return self._word(held) if held is not None else None

    def _word(self, one: Term) -> Word:
        term = self._term(one)
        return Word(
            one.id,
            term,
            one.term if term != one.term else "",
            self._texts.say(f"word/{one.id}/text", self._spoken),
            self._texts.say(f"word/{one.id}/not", self._spoken) if one.unlike else "",
            one.paragraph,
            tuple(map(self._in_law, self._definitions(one))),
            self._spoken.is_draft(one.text, f"word/{one.id}/text"),
        )

    def _term(self, one: Term) -> str:
        said = self._texts.say(f"word/{one.id}/term", self._spoken)
        return said if said != one.term else self._called.get(one.term, one.term)

    def _definitions(self, one: Term) -> tuple[Definition, ...]:
        here = region.here(self._vault) if self._vault is not None else None
        held = here.definitions if here is not None else ()
        return tuple(found for found in held if found.id in one.definitions)

    def _in_law(self, one: Definition) -> tuple[str, str]:
        assert self._vault is not None, "definitions come from a region, and a region from an open vault"
        said = Said(self._vault.codebook, self.tag, self._vault.world.today())
        text = said.of(f"definition/{one.id}/text", one.text)
        return text, f"{one.instrument}. {said.about(one.about, region.here(self._vault))}"


def _all_of(one: Word) -> str:
    said = (one.term, one.english, one.text, one.unlike, *(text for text, _ in one.in_law))
    return folded(" ".join(said))
