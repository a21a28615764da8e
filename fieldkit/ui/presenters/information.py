"""What the library shows of each leaflet: in which language, how far its text can be trusted, from when."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldkit.domain.access import Action
from fieldkit.languages.autonyms import autonym
from fieldkit.languages.marking import mark
from fieldkit.leaflets.source import Status
from fieldkit.services import counsel

if TYPE_CHECKING:
    from fieldkit.services.vault import OpenVault

STATUS_WORDS: dict[Status, str] = {
    Status.SOURCE: mark("the text as it was written"),
    Status.REVIEWED: mark("reviewed by a speaker"),
    Status.DRAFT: mark("draft: no speaker has reviewed it"),
    Status.PARTLY: mark("partly translated, the rest in English"),
    Status.MISSING: mark("not translated, in English"),
}


@dataclass(frozen=True, slots=True)
class Edition:
    """A leaflet in one language; `status` in words (English source)."""

    language: str
    autonym: str
    status: str


@dataclass(frozen=True, slots=True)
class Row:
    """A leaflet of the library; `date` is ISO; `found_by` what it can be found by, folded."""

    id: str
    title: str
    version: int
    date: str
    editions: tuple[Edition, ...]
    found_by: str = ""


class Library:
    """The leaflets, titles in the language `tag`."""

    def __init__(self, vault: OpenVault, tag: str) -> None:
        self.vault = vault
        self.may_edit_contacts = vault.may(Action.EDIT_DIRECTORY)
        self.rows = tuple(
            Row(
                held.id,
                held.title,
                held.version,
                held.date,
                tuple(
                    Edition(language, autonym(language), STATUS_WORDS[status])
                    for language, status in held.languages.items()
                ),
                _folded(" ".join((held.id, *held.titles, *held.groups))),
            )
            for held in counsel.leaflets(tag, vault)
        )

    def found(self, typed: str) -> frozenset[str]:
        """The leaflets with every word of `typed` in a title, in any language, or in groups or number."""
        asked = _folded(typed).split()
        return frozenset(row.id for row in self.rows if all(word in row.found_by for word in asked))


def _folded(text: str) -> str:
    """Without accents and capitals, so that a keyboard of another country finds it too."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))
