"""The duty roster of child protection at a post: who is called first, now and next (R-084, N-072).

1. A shift names an entry of the directory, never a person: who it is stands with the service, and the number too.
2. A child's alert offers first whoever is on duty now, then whoever comes next, then every other number
   (`domain.duty`, rule 2). The list is help, never a lock: without it the order of the directory holds.
3. The list is the post's own and stays there.
4. A shift is not changed: it is taken out and written anew, so two people never write over each other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from fieldkit.content.directory import Service
from fieldkit.domain.access import Action
from fieldkit.domain.document import Block, Document, Heading, Paragraph, Run, Table
from fieldkit.domain.duty import WEEK, OnDuty, Shift, coming
from fieldkit.domain.entries import subject
from fieldkit.domain.ids import new_id
from fieldkit.domain.ports import JsonObject
from fieldkit.languages.catalogues import Words, load
from fieldkit.languages.isolates import isolate, isolate_words
from fieldkit.languages.marking import mark
from fieldkit.languages.numbers import format_date, format_list
from fieldkit.languages.typed_days import day_of
from fieldkit.services import directory, refer
from fieldkit.services.errors import DeskFault
from fieldkit.services.vault import OpenVault
from fieldkit.storage import projections
from fieldkit.storage.kinds_children import DUTY

ROSTER, SHIFT = "duty", "shift"
CHILD_PATHWAYS = ("C06", "C07", "C05")
"""Categories of which a child is handed over at once."""
MOST = 200

DAY_WORDS = (
    mark("Monday"),
    mark("Tuesday"),
    mark("Wednesday"),
    mark("Thursday"),
    mark("Friday"),
    mark("Saturday"),
    mark("Sunday"),
)
TITLE = mark("Who of child protection is on duty")
_TOLD = mark(
    "Call whoever is on duty. If nobody answers, call the next number. Stay with the child until somebody comes."
)
_HEADS = (mark("Days"), mark("Hours"), mark("Who"), mark("Number"))
_WIDTHS = (0.3, 0.18, 0.3, 0.22)
_NOBODY = mark("Nobody is in the list yet.")
_UNTIL = mark("until {day}")


@dataclass(frozen=True, slots=True)
class ToCall:
    """A number of child protection, and when it is on duty (None: not in the list)."""

    service: Service
    duty: OnDuty | None


def services(vault: OpenVault) -> tuple[Service, ...]:
    """The services of the directory that take children over, in its order."""
    held = vault.codebook.categories
    wanted = {name for name in CHILD_PATHWAYS if held[name].actor == refer.CHILD_PROTECTION}
    return tuple(one for one in directory.all_services(vault) if wanted & set(one.categories))


def keep(vault: OpenVault, service: str, days: Iterable[int], begins: str, ends: str, until: str = "") -> str:
    """Keep a shift; its id.

    Raises PersonFault `access.not_allowed`; DeskFault `duty.incomplete`, `duty.hours`, `duty.until`,
    `duty.too_many`, `refer.unknown_service`.
    """
    vault.demand(Action.KEEP_DUTY)
    if all(one.id != service for one in services(vault)):
        raise DeskFault("refer.unknown_service")
    chosen = sorted({day for day in days if 0 <= day < WEEK})
    if not chosen:
        raise DeskFault("duty.incomplete")
    if len(shifts(vault)) >= MOST:
        raise DeskFault("duty.too_many", limit=MOST)
    told: JsonObject = {
        "service": service,
        "days": chosen,
        "begins": _hour(begins),
        "ends": _hour(ends),
        "until": _last_day(until),
    }
    shift = new_id(vault.world.randomness)
    _write(vault, shift, told, ())
    return shift


def take_out(vault: OpenVault, shift: str) -> None:
    """Take a shift out of the list. Raises PersonFault `access.not_allowed`; DeskFault `duty.unknown`."""
    vault.demand(Action.KEEP_DUTY)
    if all(one.id != shift for one in shifts(vault)):
        raise DeskFault("duty.unknown")
    held = projections.standing(vault.database, subject(ROSTER, shift), SHIFT)
    _write(vault, shift, None, tuple(sorted(one.entry for one in held)))


def shifts(vault: OpenVault) -> tuple[Shift, ...]:
    """The list: by the first day of the week, then by the hour. What somebody took out is out."""
    found = []
    for about in projections.subjects_with_values(vault.database, ROSTER):
        values = [one.value for one in projections.standing(vault.database, about, SHIFT)]
        if values and all(isinstance(value, dict) for value in values):
            found.append(_shift(about.partition("/")[2], values[0]))
    return tuple(sorted(found, key=lambda one: (one.days, one.begins, one.service, one.id)))


def to_call(vault: OpenVault) -> tuple[ToCall, ...]:
    """The numbers of child protection in the order of calling (rule 2)."""
    numbers = services(vault)
    by_id = {one.id: one for one in numbers}
    now = vault.world.clock.now()
    on_list = [ToCall(by_id[one.service], one) for one in coming(shifts(vault), now) if one.service in by_id]
    named = {one.service.id for one in on_list}
    return (*on_list, *(ToCall(one, None) for one in numbers if one.id not in named))


def document(vault: OpenVault, language: str) -> Document:
    """The list as a page for the wall, with the numbers. Raises PersonFault `access.not_allowed`; DeskFault
    `refer.invented_contact` when an invented contact stands on it outside training."""
    if not vault.may(Action.KEEP_DUTY):
        vault.demand(Action.ALERT)
    words = load(language, "interface")
    return Document(
        title=words.say(TITLE),
        language=language,
        blocks=tuple(_blocks(vault, words)),
        footer=f"{isolate_words(vault.name)} · {format_date(vault.world.today().isoformat(), language)}",
    )


def _blocks(vault: OpenVault, words: Words) -> list[Block]:
    tag, held = words.tag, {one.id: one for one in directory.all_services(vault)}
    rows = [tuple((Run(words.say(head), bold=True),) for head in _HEADS)]
    listed = [one for one in shifts(vault) if one.service in held]
    for one in listed:
        service = held[one.service]
        if not service.may_be_printed(vault.training):
            raise DeskFault("refer.invented_contact")
        rows.append(
            (
                (Run(days_in_words(one, words)),),
                (Run(hours_of(one), atomic=True),),
                (Run(isolate_words(service.name)),),
                (Run(service.phone, bold=True, atomic=True),),
            )
        )
    told: Block = (
        Table(tuple(rows), tag, _WIDTHS, header=True)
        if listed
        else Paragraph((Run(words.say(_NOBODY)),), tag)
    )
    return [
        Heading(1, (Run(words.say(TITLE), bold=True),), tag),
        Paragraph((Run(words.say(_TOLD)),), tag),
        told,
    ]


def days_in_words(shift: Shift, words: Words) -> str:
    """The days of a shift as a list, with its last day where it has one."""
    said = format_list([words.say(DAY_WORDS[day]) for day in shift.days], words.tag)
    if shift.until is None:
        return said
    return f"{said} ({words.say(_UNTIL, day=format_date(shift.until.isoformat(), words.tag))})"


def hours_of(shift: Shift) -> str:
    """From when to when, such as 20:00 - 08:00."""
    return isolate(f"{shift.begins:%H:%M} - {shift.ends:%H:%M}")


def _shift(name: str, held: dict[str, Any]) -> Shift:
    return Shift(
        name,
        held["service"],
        tuple(held["days"]),
        time.fromisoformat(held["begins"]),
        time.fromisoformat(held["ends"]),
        date.fromisoformat(held["until"]) if held["until"] else None,
    )


def _hour(typed: str) -> str:
    try:
        return time.fromisoformat(typed.strip().zfill(5)).strftime("%H:%M")
    except ValueError as fault:
        raise DeskFault("duty.hours") from fault


def _last_day(typed: str) -> str:
    if not typed.strip():
        return ""
    day = day_of(typed)
    if not day:
        raise DeskFault("duty.until")
    return day


def _write(vault: OpenVault, shift: str, told: JsonObject | None, replaces: Sequence[str]) -> None:
    vault.journal.append(
        actor=vault.person.id,
        subject=subject(ROSTER, shift),
        kind=DUTY,
        payload={"fields": {SHIFT: told}},
        replaces=replaces,
    )
