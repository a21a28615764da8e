"""What the library shows of each leaflet: in which language, how far its text can be trusted, from when."""

from __future__ import annotations

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
    """A leaflet of the library; `date` is ISO."""

    id: str
    title: str
    version: int
    date: str
    editions: tuple[Edition, ...]


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
            )
            for held in counsel.leaflets(tag, vault)
        )
