"""What somebody was trained in, and which forms that opens (R-158, `protection.md` 4).

1. Headquarters says in its content which forms ask for a training; whoever lacks it does not open them, whatever
   their role.
2. A training is written down by whoever looks after the accounts: what, which day, who gave it. It travels, so that
   headquarters knows who screened and how they were trained (R-020).
3. Writing it again corrects it; what was written before stays in the journal.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from fieldkit.content import trainings
from fieldkit.domain.access import Action
from fieldkit.domain.entries import subject
from fieldkit.services.errors import DeskFault
from fieldkit.services.vault import PERSON, OpenVault
from fieldkit.storage.projections import standing

RECORDED = "training.recorded"
FIELD = "training/"


@dataclass(frozen=True, slots=True)
class Trained:
    """One training of one person."""

    topic: str
    day: str
    by: str


def topics(vault: OpenVault) -> tuple[str, ...]:
    """Every training that the codebook knows."""
    return tuple(choice.name for choice in vault.codebook.lists.get(trainings.LIST, ()))


def held(vault: OpenVault, person: str) -> tuple[Trained, ...]:
    """What somebody was trained in, by the names of the trainings. Several standing records: any of them counts."""
    found = {}
    for value in standing(vault.database, subject(PERSON, person)):
        if value.field.startswith(FIELD) and value.value is not None:
            topic = value.field.removeprefix(FIELD)
            found[topic] = Trained(topic, value.value["day"], value.value["by"])
    return tuple(found[topic] for topic in sorted(found))


def record(vault: OpenVault, person: str, topic: str, day: date, by: str) -> None:
    """Write down that somebody was trained (rule 2).

    Raises PersonFault `access.not_allowed`; DeskFault `training.unknown`, `training.day`, `training.by_missing`.
    """
    vault.demand(Action.MANAGE_PEOPLE)
    if topic not in topics(vault) or not vault.queries.person(person)[0]:
        raise DeskFault("training.unknown")
    if day > vault.world.today():
        raise DeskFault("training.day")
    if not by.strip():
        raise DeskFault("training.by_missing")
    about, field = subject(PERSON, person), f"{FIELD}{topic}"
    before = tuple(value.entry for value in standing(vault.database, about, field))
    vault.journal.append(
        actor=vault.person.id,
        subject=about,
        kind=RECORDED,
        payload={"fields": {field: {"day": day.isoformat(), "by": by.strip()}}},
        replaces=before,
    )


def asked_for(vault: OpenVault) -> Mapping[str, frozenset[str]]:
    """The trainings that forms ask for, in the content in force (rule 1)."""
    return trainings.load(vault.content[0], topics(vault))


def missing(vault: OpenVault, form: str) -> tuple[str, ...]:
    """The trainings that the person who is signed in lacks for a form."""
    return lacking(vault)(form)


def lacking(vault: OpenVault) -> Callable[[str], tuple[str, ...]]:
    """The same for many forms: what they ask for is read once."""
    asked = asked_for(vault)

    def lacks(form: str) -> tuple[str, ...]:
        wanted = asked.get(form, frozenset())
        if not wanted:
            return ()
        return tuple(sorted(wanted - {one.topic for one in held(vault, vault.person.id)}))

    return lacks
