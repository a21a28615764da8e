"""A child's guardian: named with name, day and mandate; days are counted until one is (R-085).

1. A guardian is written down with all three; with less the days go on (`domain.children`, rule 2).
2. That one was named, and on which day, may travel with the child's agreement; name and mandate stay at the post.
3. Several can stand side by side; a task that ended is kept with its day and why, and the days begin anew.
4. How many days there may be is content: a row a country, with who answers for it (`content.child_limits`).
"""

from dataclasses import dataclass, field

from fieldkit.content import child_limits
from fieldkit.content.child_limits import ChildLimits, ChildStep
from fieldkit.domain.access import Action
from fieldkit.domain.children import Limits
from fieldkit.domain.entries import subject
from fieldkit.domain.ids import new_id
from fieldkit.languages.typed_days import read_day
from fieldkit.services import retention
from fieldkit.services.case_file import CASE, CaseFile, read_case
from fieldkit.services.errors import DeskFault
from fieldkit.services.vault import OpenVault
from fieldkit.storage.journal import Change
from fieldkit.storage.kinds_children import ENDED, KEPT, NAMED

MOST_TEXT = 500


@dataclass(frozen=True, slots=True)
class Designation:
    """What the paper says: who, from which day on (ISO), named by whom and for what."""

    name: str = field(repr=False)
    day: str
    mandate: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Guardian:
    """A guardian as written down. `ended` is the day on which the task ended, or empty."""

    guardian: str
    told: Designation
    ended: str = ""


def name(vault: OpenVault, case: str, told: Designation) -> str:
    """Keep that a guardian was named; its id.

    Raises PersonFault `access.not_allowed`, `case.unknown`; DeskFault `guardian.incomplete`, `guardian.day`.
    """
    vault.demand(Action.NAME_GUARDIAN)
    read_case(vault.journal, case)
    who, mandate = told.name.strip(), told.mandate.strip()
    if not who or not mandate or max(len(who), len(mandate)) > MOST_TEXT:
        raise DeskFault("guardian.incomplete", limit=MOST_TEXT)
    day = _day(vault, told.day)
    guardian, about = new_id(vault.world.randomness), subject(CASE, case)
    vault.journal.append_many(
        vault.person.id,
        [
            Change(about, NAMED, {"guardian": guardian, "day": day}),
            Change(about, KEPT, {"guardian": guardian, "name": who, "mandate": mandate}),
        ],
    )
    return guardian


def end(vault: OpenVault, case: str, guardian: str, day: str, reason: str) -> None:
    """Keep that a guardian's task ended.

    Raises as `name`; DeskFault `guardian.unknown`, `measure.reason_missing`.
    """
    vault.demand(Action.NAME_GUARDIAN)
    if all(one.guardian != guardian for one in standing(vault, case)):
        raise DeskFault("guardian.unknown")
    if not reason.strip():
        raise DeskFault("measure.reason_missing")
    vault.journal.append(
        actor=vault.person.id,
        subject=subject(CASE, case),
        kind=ENDED,
        payload={"guardian": guardian, "day": _day(vault, day), "reason": reason.strip()},
    )


def guardians(vault: OpenVault, case: str) -> tuple[Guardian, ...]:
    """Every guardian of a child, the first one first. Raises PersonFault `case.unknown`."""
    return of_file(read_case(vault.journal, case))


def of_file(file: CaseFile) -> tuple[Guardian, ...]:
    """The same of a case that was read."""
    kept = {said.payload["guardian"]: said.payload for said in file.of_kind(KEPT)}
    ended = {said.payload["guardian"]: said.payload["day"] for said in file.of_kind(ENDED)}
    found = []
    for said in file.of_kind(NAMED):
        guardian = said.payload["guardian"]
        told = kept.get(guardian, {"name": "", "mandate": ""})
        designation = Designation(told["name"], said.payload["day"], told["mandate"])
        found.append(Guardian(guardian, designation, ended.get(guardian, "")))
    return tuple(found)


def standing(vault: OpenVault, case: str) -> tuple[Guardian, ...]:
    """Those whose task has not ended."""
    return tuple(one for one in guardians(vault, case) if not one.ended)


def table(vault: OpenVault) -> ChildLimits:
    """The limits of the content in force (rule 4). Raises ContentFault."""
    return child_limits.load(vault.content[0], vault.codebook)


def limits(vault: OpenVault) -> Limits:
    """The same as days, for the country of this post."""
    held, country = table(vault), retention.country(vault)
    days = {step: row.days for step in ChildStep if (row := held.of(step, country)) is not None}
    return Limits(days.get(ChildStep.HAND_OVER), days.get(ChildStep.ASSESSMENT), days.get(ChildStep.GUARDIAN))


def _day(vault: OpenVault, day: str) -> str:
    """The day as it is kept. Raises DeskFault `guardian.day` when it is none, or still to come."""
    read = read_day(day)
    if read is None or read > vault.world.today():
        raise DeskFault("guardian.day")
    return read.isoformat()
