"""The translated texts of a form, read when they are first painted.

1. A translation is indexed by id when its language is first asked, a text is taken apart when it is first shown.
2. A text is missing when it has no value, or exactly `-`, which pyxform fills in for a missing translation.
3. Declared languages (`English (en)`, `fr-CA`, `Somali`) become Babel's tags; a name that is none stays.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from fieldkit.languages.autonyms import LANGUAGES
from fieldkit.languages.direction import from_bcp47

_CODE = re.compile(r".*\(([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*)\)\s*$")
_BY_NAME = {name.lower(): one.tag for one in LANGUAGES for name in (one.english, one.autonym)}
MISSING = "-"

Piece = tuple[str, str]
"""("text", literal) or ("output", expression)."""


def language_tag(declared: str) -> str:
    """The tag of a language as a form declares it (rule 3)."""
    match = _CODE.match(declared)
    if match is not None:
        return from_bcp47(match[1])
    named = _BY_NAME.get(declared.strip().lower())
    return named if named is not None else from_bcp47(declared.strip())


@dataclass(frozen=True, slots=True)
class Entry:
    """One text in one language: pieces by form (`""` is the plain text, `image`, `audio`, `guidance` …)."""

    forms: Mapping[str, tuple[Piece, ...]]

    def pieces(self, *forms: str) -> tuple[Piece, ...] | None:
        """The pieces of the first of `forms` that is there and not missing (rule 2)."""
        for form in forms:
            found = self.forms.get(form)
            if found and found != (("text", MISSING),):
                return found
        return None


class Texts:
    """All texts, by language and id. `declared` are the languages as the form spells them."""

    def __init__(self, translations: list[Any]) -> None:
        self._elements = {language_tag(e.get("lang", "")): e for e in reversed(translations)}
        self.declared: Mapping[str, str] = {
            language_tag(e.get("lang", "")): e.get("lang", "") for e in translations
        }
        marked = [e for e in translations if e.get("default") is not None] or translations[:1]
        self.default: str | None = language_tag(marked[0].get("lang", "")) if marked else None
        self._indexes: dict[str, dict[str, Any]] = {}
        self._entries: dict[tuple[str, str], Entry] = {}

    @property
    def languages(self) -> tuple[str, ...]:
        """Tags in the order of the form."""
        return tuple(self.declared)

    def entry(self, tag: str, name: str) -> Entry | None:
        """The text `name` in the language `tag`, or None."""
        key = (tag, name)
        found = self._entries.get(key)
        if found is None:
            element = self._index(tag).get(name)
            if element is None:
                return None
            found = self._entries[key] = _read_entry(element)
        return found

    def _index(self, tag: str) -> dict[str, Any]:
        index = self._indexes.get(tag)
        if index is None:
            translation = self._elements.get(tag)
            children = [] if translation is None else list(translation)
            index = self._indexes[tag] = {child.get("id", ""): child for child in children}
        return index

    def fallbacks(self, tag: str) -> list[str]:
        """Asked, then default, then any, in the order of the form (`design/forms.md`, 6)."""
        order = [tag, *([self.default] if self.default else []), *self.declared]
        return list(dict.fromkeys(order))

    def ids(self, tag: str) -> tuple[str, ...]:
        """The ids that have a text element in `tag`."""
        return tuple(self._index(tag))


def _read_entry(text: Any) -> Entry:
    forms: dict[str, tuple[Piece, ...]] = {}
    for value in text:
        if isinstance(value.tag, str):
            forms.setdefault(value.get("form", ""), pieces_of(value))
    return Entry(forms)


def pieces_of(element: "etree._Element") -> tuple[Piece, ...]:
    """Text and `<output value="…"/>` of an element, in order; any other element inside counts by its text."""
    pieces: list[Piece] = []
    _collect(element, pieces)
    return tuple(pieces)


def _collect(element: Any, pieces: list[Piece]) -> None:
    if element.text:
        pieces.append(("text", element.text))
    for child in element:
        if isinstance(child.tag, str):
            if child.tag.rpartition("}")[2] == "output":
                pieces.append(("output", child.get("value") or child.get("ref") or "''"))
            else:
                _collect(child, pieces)
        if child.tail:
            pieces.append(("text", child.tail))
