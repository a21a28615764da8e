"""Local inserts: what a place adds to the leaflets - phones, addresses, hours, phrases in the country's language.

1. Every insert says where it comes from (the directory, or written here) and until when it holds (R-145).
2. One that is soon past its day is shown with a mark; one that is past it never reaches paper: the leaflet has a
   line to write on by hand instead, and says on the screen which ones (K-26, K-33).
3. What was written for a place stands before what was written for the post, and that before the directory: who
   wrote it knows the place.
4. A house with a hidden address is on no leaflet, not even by name; an invented one only in training
   (`protection.md` 8, 10).
5. Where two people wrote different things and nobody decided, the leaflet has the line to write on.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from fieldkit.content.directory import Service
from fieldkit.domain.access import Action
from fieldkit.domain.entries import subject
from fieldkit.domain.ids import new_id
from fieldkit.domain.ports import JsonValue
from fieldkit.languages import catalogues
from fieldkit.leaflets import source
from fieldkit.leaflets.markdown import placeholders
from fieldkit.services.directory import all_services
from fieldkit.services.errors import DeskFault
from fieldkit.services.vault import OpenVault
from fieldkit.storage.projections import standing, subjects_with_values

INSERT = "insert"
KEPT = "insert.kept"
PLACE_NAME = "place"
"""The field that says how a place is called."""

HOLDS_FOR = timedelta(days=365)
"""How long an entry of the directory may stand on leaflets after somebody checked it. A proposal."""
WARNS_BEFORE = timedelta(days=30)
MOST_TEXT = 300
"""Characters of one insert: it stands in a line of a leaflet."""
CONTACTS_BY_PATHWAY = {"protection": "C04", "women": "C09"}
"""Contacts that stand for a pathway. All others are named by the kind of service: `contact_health`."""
PHRASES = {
    "phrase_alone": "say_alone",
    "phrase_asylum": "say_asylum",
    "phrase_child": "say_child",
    "phrase_danger": "say_danger",
    "phrase_doctor": "say_doctor",
    "phrase_family": "say_family",
    "phrase_food": "say_food",
    "phrase_help": "say_help",
    "phrase_interpreter": "say_interpreter",
    "phrase_language": "say_language",
}
"""Phrases of L32 in the country's language, and the paragraph of L32 that says the same."""
_PHRASES_OF = "L32"


class State(StrEnum):
    """How an insert stands today."""

    GOOD = "good"
    ENDS_SOON = "ends soon"
    NEVER_CHECKED = "never checked"
    EXPIRED = "expired"
    DIFFERS = "differs"
    MISSING = "missing"


PRINTED = frozenset({State.GOOD, State.ENDS_SOON, State.NEVER_CHECKED})


class From(StrEnum):
    """Where an insert comes from."""

    DIRECTORY = "directory"
    POST = "written for the post"
    PLACE = "written for the place"
    NOTHING = ""


@dataclass(frozen=True, slots=True)
class Insert:
    """One insert as it stands. `until` is the last day on which it may be printed, None when nobody said one."""

    name: str
    text: str
    state: State
    comes_from: From = From.NOTHING
    until: date | None = None
    service: str = ""
    """The id of the service it was taken from."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place where this laptop works; the post itself has no id."""

    id: str
    name: str


def needed_names(vault: OpenVault) -> tuple[str, ...]:
    """Every insert that a leaflet asks for, in order of the name."""
    folder = vault.content[0]
    asked = {
        name
        for leaflet in source.read_leaflets(folder)
        for block in leaflet.texts()
        for name in placeholders(block.text)
    }
    return tuple(sorted(asked))


def asked_by(vault: OpenVault, leaflet: str) -> tuple[str, ...]:
    """The inserts that one leaflet asks for. Raises LeafletFault."""
    held = source.read_leaflet(leaflet, vault.content[0])
    return tuple(sorted({name for block in held.texts() for name in placeholders(block.text)}))


def inserts(vault: OpenVault, place: str = "") -> Mapping[str, Insert]:
    """All inserts of a place by name, those that are missing too."""
    found = {name: Insert(name, "", State.MISSING) for name in needed_names(vault)}
    found.update(_from_directory(vault))
    found.update(_written(vault, "", From.POST))
    if place:
        found.update(_written(vault, place, From.PLACE))
    return found


def printable(vault: OpenVault, place: str = "") -> dict[str, str]:
    """What may stand on a leaflet today (rule 2)."""
    return {one.name: one.text for one in inserts(vault, place).values() if one.state in PRINTED and one.text}


def left_out(vault: OpenVault, leaflet: str, place: str = "") -> tuple[Insert, ...]:
    """The inserts of a leaflet that are past their day or in dispute: the paper has a line there instead."""
    held = inserts(vault, place)
    return tuple(
        held[name] for name in asked_by(vault, leaflet) if held[name].state in (State.EXPIRED, State.DIFFERS)
    )


def to_check(vault: OpenVault, leaflet: str, place: str = "") -> tuple[Insert, ...]:
    """The inserts of a leaflet that are printed, and whose day is near or was never said (rule 2)."""
    held = inserts(vault, place)
    return tuple(
        held[name]
        for name in asked_by(vault, leaflet)
        if held[name].state in (State.ENDS_SOON, State.NEVER_CHECKED)
    )


def suggestion(vault: OpenVault, name: str, official: str) -> str:
    """A phrase as L32 says it in the country's language, to be looked at by somebody who speaks it; else empty."""
    if name not in PHRASES:
        return ""
    held = source.read_leaflet(_PHRASES_OF, vault.content[0])
    block = next((one for one in held.texts() if one.id == PHRASES[name]), None)
    if block is None:
        return ""
    said = catalogues.load(official, "leaflets").in_context(f"{_PHRASES_OF}/{block.id}", block.text)
    return said.partition("{{")[0].replace("**", "").strip()


def places(vault: OpenVault) -> tuple[Place, ...]:
    """The places with inserts of their own, by name."""
    found = []
    for whose in subjects_with_values(vault.database, INSERT):
        identity = whose.partition("/")[2]
        names = [str(one.value) for one in standing(vault.database, whose, PLACE_NAME) if one.value]
        if names and identity != vault.header.vault:
            found.append(Place(identity, " / ".join(names)))
    return tuple(sorted(found, key=lambda one: one.name.casefold()))


def add_place(vault: OpenVault, name: str) -> Place:
    """Another place where this laptop works. Raises DeskFault `inserts.no_name`, PersonFault."""
    vault.demand(Action.EDIT_DIRECTORY)
    if not name.strip():
        raise DeskFault("inserts.no_name")
    place = Place(new_id(vault.world.randomness), name.strip()[:MOST_TEXT])
    _append(vault, place.id, PLACE_NAME, place.name, ())
    return place


def keep(
    vault: OpenVault,
    name: str,
    text: str,
    until: date | None,
    place: str = "",
    seen: Sequence[str] | None = None,
) -> None:
    """Keep what somebody wrote for an insert; an empty text takes it away again. `seen`: the entries that stood on
    the screen, by default those that stand.

    Raises DeskFault `inserts.no_day`, `inserts.past_day`, `inserts.too_long`, `inserts.unknown`; PersonFault
    `access.not_allowed`.
    """
    vault.demand(Action.EDIT_DIRECTORY)
    said = " ".join(text.split())
    if name not in needed_names(vault):
        raise DeskFault("inserts.unknown", name=name)
    if len(said) > MOST_TEXT:
        raise DeskFault("inserts.too_long", limit=MOST_TEXT)
    if said and until is None:
        raise DeskFault("inserts.no_day")
    if said and until is not None and until < vault.world.today():
        raise DeskFault("inserts.past_day")
    value: JsonValue = {"text": said, "until": until.isoformat() if until else ""} if said else None
    held = standing(vault.database, about(vault, place), name)
    replaced = [one.entry for one in held] if seen is None else seen
    _append(vault, place, name, value, replaced)


def seen(vault: OpenVault, name: str, place: str = "") -> tuple[str, ...]:
    """The entries that stand for an insert now; to be handed back when it is kept (journal rule 5)."""
    return tuple(one.entry for one in standing(vault.database, about(vault, place), name))


def _append(vault: OpenVault, place: str, field: str, value: JsonValue, replaces: Sequence[str]) -> None:
    vault.journal.append(
        actor=vault.person.id,
        subject=about(vault, place),
        kind=KEPT,
        payload={"fields": {field: value}},
        replaces=replaces,
    )


def about(vault: OpenVault, place: str = "") -> str:
    """The subject that the inserts of a place, or of the post, are kept under."""
    return subject(INSERT, place or vault.header.vault)


def _from_directory(vault: OpenVault) -> dict[str, Insert]:
    """Rule 4; the first service of a kind is the one that is named."""
    today = vault.world.today()
    found: dict[str, Insert] = {}
    for service in all_services(vault):
        if service.hidden_address or not service.may_be_printed(vault.training):
            continue
        until = service.verified + HOLDS_FOR if service.verified else None
        for name, text in _said(service):
            one = Insert(name, text, state_of(text, until, today), From.DIRECTORY, until, service.id)
            before = found.get(name)
            if before is None or (before.state not in PRINTED and one.state in PRINTED):
                found[name] = one
    return found


def _said(service: Service) -> Iterator[tuple[str, str]]:
    contact = f"{service.name_on_paper} {service.phone}".strip()
    for name in _names(service):
        yield f"contact_{name}", contact
        yield f"place_{name}", service.place_on_paper
        yield f"hours_{name}", service.hours
        yield f"phone_{name}", service.phone
        if name == "hotline":
            yield "hotline", contact


def _names(service: Service) -> Iterator[str]:
    """By which names leaflets ask for a service: its kinds, and the pathways it serves."""
    yield from service.kinds
    for name, category in CONTACTS_BY_PATHWAY.items():
        if service.serves(category):
            yield name


def _written(vault: OpenVault, place: str, comes_from: From) -> dict[str, Insert]:
    """What was written by hand; a value that was cleared does not stand before anything."""
    today = vault.world.today()
    held: dict[str, list[tuple[str, date | None]]] = {}
    for one in standing(vault.database, about(vault, place)):
        said = _read(one.value)
        if one.field != PLACE_NAME and said is not None:
            held.setdefault(one.field, []).append(said)
    found = {}
    for name, values in held.items():
        text, until = values[0]
        if len(set(values)) > 1:
            text = " / ".join(sorted({value for value, _ in values}))
            found[name] = Insert(name, text, State.DIFFERS, comes_from, until)
        else:
            found[name] = Insert(name, text, state_of(text, until, today), comes_from, until)
    return found


def _read(value: object) -> tuple[str, date | None] | None:
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        return None
    try:
        until = date.fromisoformat(str(value.get("until") or ""))
    except ValueError:
        until = None
    return value["text"], until


def state_of(text: str, until: date | None, today: date) -> State:
    """How an insert with this last day stands on a day (rule 2)."""
    if not text:
        return State.MISSING
    if until is None:
        return State.NEVER_CHECKED
    if until < today:
        return State.EXPIRED
    return State.ENDS_SOON if until - today <= WARNS_BEFORE else State.GOOD
