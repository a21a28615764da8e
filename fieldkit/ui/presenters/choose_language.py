"""What the language screen decides: which languages, in which order, and how far the form has text in each.

1. Languages in which the form has text come first, in the order of need; the others follow.
2. Nobody is told that a text exists when it does not: a language without text says so, and the interview then
   shows the source with a mark.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from unicodedata import combining, normalize

from fieldkit.languages.autonyms import LANGUAGES, Language


@dataclass(frozen=True, slots=True)
class LanguageChoice:
    """A language to point at; `has_text` says whether the form can be read in it."""

    tag: str
    autonym: str
    english: str
    has_text: bool


def choices(
    form_languages: Collection[str], languages: Sequence[Language] = LANGUAGES
) -> tuple[LanguageChoice, ...]:
    """All languages, those of the form first (rule 1)."""
    rows = [LanguageChoice(row.tag, row.autonym, row.english, row.tag in form_languages) for row in languages]
    return tuple(sorted(rows, key=lambda row: not row.has_text))


def found(rows: Sequence[LanguageChoice], typed: str) -> tuple[LanguageChoice, ...]:
    """The languages whose own or English name contains what was typed; accents and case do not matter."""
    wanted = _folded(typed)
    return tuple(row for row in rows if wanted in _folded(row.autonym) or wanted in _folded(row.english))


def _folded(text: str) -> str:
    plain = normalize("NFKD", text.strip().casefold())
    return "".join(letter for letter in plain if not combining(letter))
