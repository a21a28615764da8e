"""The directory of services of this post (R-042).

1. Invented entries load only where the vault was made for training; a real vault begins empty and asks for its
   first five contacts (`protection.md` 10).
2. Keeping a contact writes only what was changed in it, and replaces only what was on the screen when that began
   (journal rule 5). What somebody else changed meanwhile is shown first, or kept beside it.
3. While values differ, the most protective rules, and otherwise both are told (`domain.conflicts`).
4. What is written here stands in the lists of the codebook. What a newer laptop wrote is kept as it is.
5. A consulate is listed by its country, and for no need (`content.directory`, rule 5).
"""

from collections.abc import Iterable, Sequence
from datetime import date

from fieldkit.content import directory, packs, regions
from fieldkit.content.directory import Service
from fieldkit.domain.access import Action
from fieldkit.domain.conflicts import ruling
from fieldkit.domain.entries import subject
from fieldkit.domain.ports import JsonObject, JsonValue
from fieldkit.files import resources
from fieldkit.services.errors import DeskFault
from fieldkit.services.vault import OpenVault
from fieldkit.storage.projections import StandingValue, on_screen, standing, subjects_with_values

FIRST_CONTACTS = 5
SERVICE = "service"


def all_services(vault: OpenVault) -> tuple[Service, ...]:
    """The services recorded in this vault, then those of the pack in force; in a training vault the invented ones
    too. What the post recorded under the same id stands: it knows the place."""
    recorded = tuple(
        _service(found, standing(vault.database, found))
        for found in subjects_with_values(vault.database, SERVICE)
    )
    invented = _invented(vault) if vault.training else ()
    known = {service.id for service in recorded}
    brought = (one for one in packs.services(vault.content[0], vault.codebook) if one.id not in known)
    return (*recorded, *brought, *invented)


def _invented(vault: OpenVault) -> tuple[Service, ...]:
    """The services for training, those of the region in force first (rule 1)."""
    region = regions.region_id(vault.content[0])
    own = regions.sample_services(resources(), region, vault.codebook)
    return (*own, *directory.load_sample(resources(), vault.codebook))


def contacts_missing(vault: OpenVault) -> int:
    """How many of the first five contacts are still to be entered; 0 in training."""
    return 0 if vault.training else max(0, FIRST_CONTACTS - len(all_services(vault)))


def seen(vault: OpenVault, service: str) -> tuple[str, ...]:
    """The entries whose values a screen shows of a service now; to be handed back when it is kept."""
    return tuple(sorted({value.entry for value in standing(vault.database, subject(SERVICE, service))}))


def record_service(
    vault: OpenVault, service: Service, seen: Sequence[str] | None = None, *, beside: bool = False
) -> None:
    """Keep a service, new or changed. `seen` is what was on the screen as the change began (by default, what
    stands); `beside` keeps a value also when somebody else changed the same since then, so that both stand.

    Raises DeskFault `directory.name_missing`, `directory.invented`, `directory.hidden_place`,
    `directory.consulate`, `directory.not_in_list`, `conflict.changed_meanwhile`.
    """
    vault.demand(Action.EDIT_DIRECTORY)
    _demand_complete(service)
    about = subject(SERVICE, service.id)
    held = standing(vault.database, about)
    _demand_in_lists(vault, service, _service(about, held) if held else None)
    shown = held if seen is None else on_screen(vault.database, about, seen)
    before = _fields(_service(about, shown)) if shown else {}
    fields = {
        name: value for name, value in _fields(service).items() if name not in before or before[name] != value
    }
    theirs = [value for value in held if value not in shown and value.field in fields]
    if not beside and any(value.value != fields[value.field] for value in theirs):
        raise DeskFault("conflict.changed_meanwhile")
    if fields:
        vault.journal.append(
            actor=vault.person.id,
            subject=about,
            kind="service.recorded",
            payload={"fields": fields},
            replaces=sorted(set(seen) if seen is not None else {value.entry for value in held}),
        )


def changed_meanwhile(vault: OpenVault, service: Service, seen: Sequence[str]) -> tuple[StandingValue, ...]:
    """What somebody else wrote about a service since `seen`, and `service` says otherwise."""
    fields = _fields(service)
    held = standing(vault.database, subject(SERVICE, service.id))
    return tuple(
        value for value in held if value.entry not in seen and fields.get(value.field) != value.value
    )


def _demand_complete(service: Service) -> None:
    if not service.name.strip() or not service.name_on_paper.strip():
        raise DeskFault("directory.name_missing")
    if service.sample:
        raise DeskFault("directory.invented")
    if service.hidden_address and service.place:
        raise DeskFault("directory.hidden_place")
    if service.is_consulate != bool(service.country) or (service.is_consulate and service.categories):
        raise DeskFault("directory.consulate")


def _demand_in_lists(vault: OpenVault, service: Service, before: Service | None) -> None:
    """Rule 4: what is not in the lists stands only where somebody with newer ones wrote it."""
    lists = vault.codebook.lists
    known = (
        (service.categories, set(vault.codebook.categories), before.categories if before else ()),
        (service.kinds, {one.name for one in lists["service_kinds"]}, before.kinds if before else ()),
        ((service.country,), {"", *(one.name for one in lists["countries"])}, ()),
    )
    if any(set(given) - listed - set(held) for given, listed, held in known):
        raise DeskFault("directory.not_in_list")


def fields_of(service: Service) -> JsonObject:
    """The service as an entry says it."""
    return _fields(service)


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
        "mandate": service.mandate,
        "groups": service.groups,
        "ask_for": service.ask_for,
        "nationals": "" if service.nationals is None else service.nationals,
        "country": service.country,
    }


def _service(about: str, held: Iterable[StandingValue]) -> Service:
    """The service as its standing values say, where they differ as rule 3 says."""
    values: dict[str, list[JsonValue]] = {}
    for value in held:
        values.setdefault(value.field, []).append(value.value)
    rules = {name: ruling(name, given) for name, given in values.items()}
    hidden = "hidden_address" in rules and rules["hidden_address"].one is not False

    def text(name: str) -> str:
        return " / ".join(str(value) for value in rules[name].values if value) if name in rules else ""

    def several(name: str) -> tuple[str, ...]:
        given = rules[name].one if name in rules else []
        return tuple(str(item) for item in given) if isinstance(given, list) else ()

    nationals, country = (rules[name].one if name in rules else None for name in ("nationals", "country"))
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
        mandate=text("mandate"),
        groups=text("groups"),
        ask_for=text("ask_for"),
        nationals=nationals if isinstance(nationals, bool) else None,
        country=country if isinstance(country, str) else "",
    )
