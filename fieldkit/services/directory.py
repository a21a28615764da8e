"""The directory of services of this post (R-042).

Invented entries load only where the vault was made for training; a real vault begins empty and asks for its
first five contacts (`protection.md` 10).
"""

from datetime import date

from fieldkit.content import directory, packs
from fieldkit.content.directory import Service
from fieldkit.domain.access import Action
from fieldkit.domain.entries import subject
from fieldkit.domain.ports import JsonObject
from fieldkit.files import resources
from fieldkit.services.errors import DeskFault
from fieldkit.services.vault import OpenVault
from fieldkit.storage.projections import standing, subjects_with_values

FIRST_CONTACTS = 5
SERVICE = "service"


def all_services(vault: OpenVault) -> tuple[Service, ...]:
    """The services recorded in this vault, then those of the pack in force; in a training vault the invented ones
    too. What the post recorded under the same id stands: it knows the place."""
    recorded = tuple(_service(vault, found) for found in subjects_with_values(vault.database, SERVICE))
    invented = directory.load_sample(resources(), vault.codebook) if vault.training else ()
    known = {service.id for service in recorded}
    brought = (one for one in packs.services(vault.content[0], vault.codebook) if one.id not in known)
    return (*recorded, *brought, *invented)


def contacts_missing(vault: OpenVault) -> int:
    """How many of the first five contacts are still to be entered; 0 in training."""
    return 0 if vault.training else max(0, FIRST_CONTACTS - len(all_services(vault)))


def record_service(vault: OpenVault, service: Service) -> None:
    """Keep a service, new or changed. Raises DeskFault `directory.name_missing`, `directory.invented`,
    `directory.hidden_place`."""
    vault.demand(Action.EDIT_DIRECTORY)
    if not service.name.strip() or not service.name_on_paper.strip():
        raise DeskFault("directory.name_missing")
    if service.sample:
        raise DeskFault("directory.invented")
    if service.hidden_address and service.place:
        raise DeskFault("directory.hidden_place")
    about = subject(SERVICE, service.id)
    vault.journal.append(
        actor=vault.person.id,
        subject=about,
        kind="service.recorded",
        payload={"fields": _fields(service)},
        replaces=sorted({value.entry for value in standing(vault.database, about)}),
    )


def _fields(service: Service) -> JsonObject:
    return {
        "name": service.name,
        "name_on_paper": service.name_on_paper,
        "kinds": list(service.kinds),
        "categories": list(service.categories),
        "languages": list(service.languages),
        "hours": service.hours,
        "place": service.place,
        "hidden_address": service.hidden_address,
        "phone": service.phone,
        "verified": service.verified.isoformat() if service.verified else "",
    }


def _service(vault: OpenVault, about: str) -> Service:
    """The service as its standing values say; where two people disagree the hidden address wins, else the first
    in the fixed order."""
    values: dict[str, list[object]] = {}
    for value in standing(vault.database, about):
        values.setdefault(value.field, []).append(value.value)
    hidden = True in values.get("hidden_address", [False])

    def text(name: str) -> str:
        return str(values.get(name, [""])[0])

    def several(name: str) -> tuple[str, ...]:
        given = values.get(name, [[]])[0]
        return tuple(str(item) for item in given) if isinstance(given, list) else ()

    return Service(
        about.partition("/")[2],
        text("name"),
        text("name_on_paper"),
        several("kinds"),
        several("categories"),
        several("languages"),
        text("hours"),
        "" if hidden else text("place"),
        hidden,
        text("phone"),
        date.fromisoformat(text("verified")) if text("verified") else None,
    )
