"""Information on paper: leaflets in the person's language, made, looked at as pages, handed over.

What is handed over is kept as an entry: which leaflet and version, in which language, draft or not; never to whom
unless it belongs to a case.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from fieldkit.content import packs
from fieldkit.domain.access import Action
from fieldkit.domain.document import Document, Page
from fieldkit.domain.entries import subject
from fieldkit.domain.ids import new_id
from fieldkit.domain.ports import JsonObject
from fieldkit.languages import catalogues
from fieldkit.leaflets import pages, source
from fieldkit.leaflets.facing import facing
from fieldkit.leaflets.imposed import cards
from fieldkit.leaflets.layout import lay_out
from fieldkit.leaflets.pages import RgbaImage
from fieldkit.leaflets.pdf import write
from fieldkit.leaflets.pictured import pictured
from fieldkit.leaflets.source import Inserts, Status
from fieldkit.services import local_inserts, sketches
from fieldkit.services.case_file import CASE
from fieldkit.services.vault import OpenVault
from fieldkit.services.world import World

LEAFLET_LANGUAGES = ("en", "fr", "es", "ar", "ti", "am", "om", "so", "fa_AF", "ps", "sw", "pt", "ru", "ht")
"""The languages that stand first, in this order; `leaflet_languages` has all."""
INFORMATION = "information"
ON_CARDS = frozenset({"L32"})
"""Leaflets that are meant for the pocket: numbers, and words to point to (R-151)."""


@dataclass(frozen=True, slots=True)
class OfferedLeaflet:
    """A leaflet of the library, with how far its text can be trusted in each language. `titles`: as it is called in
    each of them, so that it is found by any."""

    id: str
    title: str
    titles: tuple[str, ...]
    groups: tuple[str, ...]
    version: int
    date: str
    languages: Mapping[str, Status]


@dataclass(frozen=True, slots=True)
class Edition:
    """A leaflet as it is wanted on paper: in which language, `beside` a second one, for which place's contacts; as
    a `card` for the pocket, eight of the same on a sheet."""

    leaflet: str
    language: str
    beside: str = ""
    large: bool = False
    pictures: bool = False
    place: str = ""
    card: bool = False

    @property
    def file_name(self) -> str:
        """A neutral name for its file."""
        parts = ["leaflet", self.leaflet, self.language]
        parts += [self.beside] if self.beside and self.beside != self.language else []
        parts += [word for word, on in self._ways() if on]
        return "-".join(parts) + ".pdf"

    def _ways(self) -> tuple[tuple[str, bool], ...]:
        return (("pictures", self.pictures), ("large", self.large), ("card", self.card))


@dataclass(frozen=True, slots=True)
class Printed:
    """A document as it comes out of the printer."""

    pdf: bytes
    pages: int


def leaflets(tag: str, vault: OpenVault | None = None) -> tuple[OfferedLeaflet, ...]:
    """The library, with what the pack in force of `vault` brings; titles in the language `tag`."""
    folder = vault.content[0] if vault is not None else None
    languages = leaflet_languages()
    spoken = {language: catalogues.load(language, "leaflets") for language in (tag, *languages)}
    found = []
    for leaflet_id in source.leaflet_ids(folder):
        held = source.read_leaflet(leaflet_id, folder)
        titles = {
            language: words.in_context(f"{leaflet_id}/title", held.title)
            for language, words in spoken.items()
        }
        found.append(
            OfferedLeaflet(
                leaflet_id,
                titles[tag],
                tuple(dict.fromkeys(titles.values())),
                held.groups,
                held.version,
                held.date.isoformat(),
                {language: source.status(held, language, spoken[language]) for language in languages},
            )
        )
    return tuple(found)


def leaflet_languages() -> tuple[str, ...]:
    """Every language in which there is a catalogue of leaflets: adding a language is adding a catalogue."""
    there = catalogues.available(domain="leaflets")
    first = (tag for tag in LEAFLET_LANGUAGES if tag in there)
    return tuple(dict.fromkeys((*first, *there)))


def leaflet(vault: OpenVault, leaflet_id: str, language: str) -> Document:
    """A leaflet in a language, with this post's contacts. Raises LeafletFault."""
    return edition(vault, Edition(leaflet_id, language))


def edition(vault: OpenVault, wanted: Edition) -> Document:
    """A leaflet as somebody wants it on paper. Raises LeafletFault."""
    vault.demand(Action.PRINT_LEAFLET)
    document = _in_language(vault, wanted, wanted.language)
    if wanted.beside and wanted.beside != wanted.language:
        document = facing(document, _in_language(vault, wanted, wanted.beside))
    drawn = sketches.on_paper(vault, wanted.leaflet, wanted.place)
    document = replace(document, blocks=(*document.blocks, *drawn), large_print=wanted.large)
    return replace(document, page=Page.CARD, large_print=False) if wanted.card else document


def _in_language(vault: OpenVault, wanted: Edition, language: str) -> Document:
    words = catalogues.load(language, "leaflets")
    contacts = local_inserts.printable(vault, wanted.place)
    inserts = Inserts(contacts=contacts, reviewed=_reviewed(vault, language))
    make = pictured if wanted.pictures else source.leaflet
    return make(wanted.leaflet, language, words, inserts, vault.content[0])


def _reviewed(vault: OpenVault, language: str) -> dict[str, str]:
    """The reviewed sentences of the pack in force, in one language (`protection.md` 11)."""
    return {one.name: one.text for one in packs.inserts(vault.content[0]) if one.language == language}


def print_pages(document: Document, world: World) -> Printed:
    """The document as PDF. Raises LeafletFault `leaflet.missing_glyph` naming what no font can write."""
    pages_of = lay_out(document)
    pdf = write(cards(pages_of) if document.page is Page.CARD else pages_of, made=world.today())
    return Printed(pdf, pages.page_count(pdf))


def page_picture(pdf: bytes, index: int, scale: float) -> RgbaImage:
    """One page as a picture; `scale` 1 is 72 points an inch."""
    return pages.page_image(pdf, index, scale)


def record_printed(
    vault: OpenVault,
    what: str,
    language: str,
    count: int,
    case: str = "",
    *,
    about: str = "",
    told: JsonObject | None = None,
) -> None:
    """Keep that something was printed or saved, without its content; `about` a subject that is no case, `told`
    which copy of what it was. Raises PersonFault `access.not_allowed`."""
    vault.demand(Action.PRINT_LEAFLET)
    vault.journal.append(
        actor=vault.person.id,
        subject=about or _about(vault, case),
        kind="document.printed",
        payload={"what": what, "language": language, "pages": count, **(told or {})},
    )


def record_information(vault: OpenVault, leaflet_id: str, language: str, how: str, case: str = "") -> None:
    """Keep that a leaflet was given (R-051): version, language, draft or reviewed, how.

    Raises PersonFault `access.not_allowed`.
    """
    vault.demand(Action.PRINT_LEAFLET)
    held = source.read_leaflet(leaflet_id, vault.content[0])
    status = source.status(held, language, catalogues.load(language, "leaflets"))
    vault.journal.append(
        actor=vault.person.id,
        subject=_about(vault, case),
        kind="information.given",
        payload={
            "leaflet": leaflet_id,
            "version": str(held.version),
            "language": language,
            "draft": status not in (Status.SOURCE, Status.REVIEWED),
            "how": how,
        },
    )


def _about(vault: OpenVault, case: str) -> str:
    return subject(CASE, case) if case else subject(INFORMATION, new_id(vault.world.randomness))
