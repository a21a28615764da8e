"""Following up referrals: what became of them, what is overdue (R-040, R-047).

1. A referral is open until somebody heard that help was given, was not given, or is not wanted any more. Not
   wanting it is kept without any consequence: nothing else changes by it.
2. What headquarters sends back and what the post hears itself stand side by side; none undoes the other.
3. Overdue is what has a target time and of which nobody heard anything by then. The time is that of the rules
   which asked for it, each from the talk in which it first said yes; the earliest counts. What has to be done at
   once is late after an hour, as a step is (`procedure_steps`): nobody can hear back in the same minute. Where no
   time is set nothing is overdue; how many days have passed is said.
4. The list says numbers and days, no name and no category: it may be read across the desk. A referral that is
   sealed (`confidential`) stands in its case alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from fieldkit.domain.access import Action
from fieldkit.domain.entries import subject
from fieldkit.domain.ports import JsonObject
from fieldkit.languages.marking import mark
from fieldkit.services import confidential, sealed
from fieldkit.services.case_file import CASE, CaseFile, read_case
from fieldkit.services.errors import DeskFault
from fieldkit.services.vault import OpenVault
from fieldkit.storage import queries_home, queries_papers
from fieldkit.storage.journal import Change
from fieldkit.storage.kinds_home import STATES
from fieldkit.storage.kinds_papers import FOLLOWED
from fieldkit.storage.queries_papers import ENDED

AT_ONCE = 1
"""Hours after which something that has to be done at once is late (rule 3)."""
MOST_TEXT = 500
MOST_ROWS = 200

WORDS: Mapping[str, str] = {
    "acknowledged": mark("They know of it"),
    "served": mark("Help was given"),
    "not served": mark("Help was not given"),
    "declined": mark("The person does not want it any more"),
}
"""What can be heard of a referral, as it is shown."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What the post heard itself: one of `STATES`, a note, the day."""

    referral: str
    state: str
    text: str
    day: str


@dataclass(frozen=True, slots=True)
class ToFollow:
    """A referral of which nobody heard the end. `due` is ISO, empty without a target time; `days` since it was
    made."""

    case: str
    number: str
    referral: str
    service: str
    day: str
    days: int
    state: str
    due: str
    overdue: bool


def record(vault: OpenVault, case: str, referral: str, state: str, text: str = "") -> None:
    """Keep what became of a referral, as the post heard it. A closed case takes it too: it happened.

    Raises PersonFault `access.not_allowed`, `case.unknown`; DeskFault `refer.unknown`, `follow.state`.
    """
    vault.demand(Action.FOLLOW_UP)
    made = next((one for one in sealed.case_file(vault, case).referrals() if one.id == referral), None)
    if made is None:
        raise DeskFault("refer.unknown")
    if state not in STATES:
        raise DeskFault("follow.state")
    told: JsonObject = {"referral": referral, "state": state, "text": text.strip()[:MOST_TEXT]}
    change = Change(subject(CASE, case), FOLLOWED, told)
    confidential.write(vault, [confidential.of_category(vault, change, made.category)])


def heard(vault: OpenVault, case: str) -> tuple[Heard, ...]:
    """What was heard here about the referrals of a case, the oldest first."""
    held = sealed.case_file(vault, case).of_kind(FOLLOWED)
    return tuple(
        Heard(said.payload["referral"], said.payload["state"], said.payload["text"], said.entry.at[:10])
        for said in held
    )


def to_follow_up(vault: OpenVault) -> tuple[ToFollow, ...]:
    """What is open at this post: overdue first, then what is due soonest, then the oldest."""
    vault.demand(Action.FOLLOW_UP)
    found = [
        _row(vault, read_case(vault.journal, one.case), one)
        for one in queries_papers.open_referrals(vault.database, MOST_ROWS)
    ]
    return tuple(
        sorted(
            (one for one in found if one is not None),
            key=lambda one: (not one.overdue, one.due or "9", one.day),
        )
    )


def of_case(vault: OpenVault, case: str) -> tuple[ToFollow, ...]:
    """What is open in one case."""
    file = sealed.case_file(vault, case)
    states = {one.referral: one.state for one in queries_home.results(vault.database, case)}
    states |= {one.referral: one.state for one in heard(vault, case)}
    rows = (
        queries_papers.OpenReferral(
            one.id, case, file.number, one.category, one.service, one.day, states.get(one.id, "")
        )
        for one in file.referrals()
        if not one.declined
    )
    return tuple(one for one in (_row(vault, file, row) for row in rows) if one is not None)


def _row(vault: OpenVault, file: CaseFile, one: queries_papers.OpenReferral) -> ToFollow | None:
    now = vault.world.clock.now()
    made = next((held for held in file.referrals() if held.id == one.referral), None)
    if made is None or made.declined or one.state in ENDED:
        return None
    by = due(vault, file, one.category)
    return ToFollow(
        one.case,
        one.number or file.number,
        one.referral,
        one.service,
        one.day,
        (vault.world.today() - date.fromisoformat(one.day)).days,
        one.state,
        by,
        bool(by) and one.state == "" and datetime.fromisoformat(by) < now,
    )


def due(vault: OpenVault, file: CaseFile, category: str) -> str:
    """By when somebody should have heard of a referral to a category (rule 3), ISO; empty without a target time."""
    rules = vault.rules.of(category)
    timed = {rule.id: rule.target_hours for rule in rules if rule.target_hours is not None}
    return file.due_by({rule: max(hours, AT_ONCE) for rule, hours in timed.items()})


__all__ = [
    "ENDED",
    "STATES",
    "WORDS",
    "Heard",
    "ToFollow",
    "due",
    "heard",
    "of_case",
    "record",
    "to_follow_up",
]
