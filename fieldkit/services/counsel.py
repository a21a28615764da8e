"""Information on paper: leaflets in the person's language, made, looked at as pages, handed over.

What is handed over is kept as an entry: which leaflet and version, in which language, draft or not; never to whom
unless it belongs to a case.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fieldkit.content import packs
from fieldkit.content.directory import Service
from fieldkit.domain.access import Action
from fieldkit.domain.document import Document
from fieldkit.domain.entries import subject
from fieldkit.domain.ids import new_id
from fieldkit.domain.ports import JsonObject
from fieldkit.languages import catalogues
from fieldkit.leaflets import pages, source
from fieldkit.leaflets.pages import RgbaImage
from fieldkit.leaflets.pdf import compose
from fieldkit.leaflets.source import Inserts, Status
from fieldkit.services.case_file import CASE
from fieldkit.services.directory import all_services
from fieldkit.services.vault import OpenVault
from fieldkit.services.world import World

LEAFLET_LANGUAGES = ("en", "fr", "es", "ar", "ti", "so", "pt", "ru")
INFORMATION = "information"
CONTACTS_BY_PATHWAY = {"protection": "C04", "women": "C09"}
"""Contacts that stand for a pathway. All others are named by the kind of service: `contact_health`."""


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
class Printed:
    """A document as it comes out of the printer."""

    pdf: bytes
    pages: int


def leaflets(tag: str, vault: OpenVault | None = None) -> tuple[OfferedLeaflet, ...]:
    """The library, with what the pack in force of `vault` brings; titles in the language `tag`."""
    folder = vault.content[0] if vault is not None else None
    spoken = {language: catalogues.load(language, "leaflets") for language in (tag, *LEAFLET_LANGUAGES)}
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
                {language: source.status(held, language, spoken[language]) for language in LEAFLET_LANGUAGES},
            )
        )
    return tuple(found)


def leaflet(vault: OpenVault, leaflet_id: str, language: str) -> Document:
    """A leaflet in a language, with this post's contacts. Raises LeafletFault."""
    vault.demand(Action.PRINT_LEAFLET)
    words = catalogues.load(language, "leaflets")
    inserts = Inserts(contacts=_contacts(vault), reviewed=_reviewed(vault, language))
    return source.leaflet(leaflet_id, language, words, inserts, vault.content[0])


def _reviewed(vault: OpenVault, language: str) -> dict[str, str]:
    """The reviewed sentences of the pack in force, in one language (`protection.md` 11)."""
    return {one.name: one.text for one in packs.inserts(vault.content[0]) if one.language == language}


def _contacts(vault: OpenVault) -> dict[str, str]:
    """The contacts that leaflets ask for, from the directory; an invented one only in training.

    A house with a hidden address is on none of them, not even by name: a leaflet is for everybody, and a person
    who is referred there has the slip (`protection.md` 8)."""
    found: dict[str, str] = {}
    for service in all_services(vault):
        if service.hidden_address or not service.may_be_printed(vault.training):
            continue
        for name in _names(service):
            found.setdefault(f"contact_{name}", f"{service.name_on_paper} {service.phone}".strip())
            found.setdefault(f"place_{name}", service.place_on_paper)
            found.setdefault(f"hours_{name}", service.hours)
        if "hotline" in service.kinds:
            found.setdefault("hotline", f"{service.name_on_paper} {service.phone}")
    return found


def _names(service: Service) -> Iterator[str]:
    """By which names leaflets ask for a service: its kinds, and the pathways it serves."""
    yield from service.kinds
    for name, category in CONTACTS_BY_PATHWAY.items():
        if service.serves(category):
            yield name


def print_pages(document: Document, world: World) -> Printed:
    """The document as PDF. Raises LeafletFault `leaflet.missing_glyph` naming what no font can write."""
    pdf = compose(document, made=world.today())
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
