"""A procedure step by step, as far as it has come in one case (R-041).

1. The steps are content (`region.steps_of`): who does what, by when. What nobody has reviewed says so.
2. A step is done, not done with a reason, or open. Nothing is done by itself, and nothing goes away: what was
   said first stays in the case's history.
3. What was done is kept in a closed case too (`protection.md` 5).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from fieldkit.content.steps import ProcedureStep
from fieldkit.domain.access import Action
from fieldkit.domain.entries import subject
from fieldkit.domain.ports import JsonObject
from fieldkit.services import confidential, region, sealed
from fieldkit.services.case_file import CASE, CaseFile, Said, read_case
from fieldkit.services.errors import DeskFault
from fieldkit.services.vault import OpenVault
from fieldkit.storage.journal import Change
from fieldkit.storage.kinds_papers import STEP

DONE, NOT_DONE, OPEN = "done", "not done", ""


@dataclass(frozen=True, slots=True)
class StepOfCase:
    """A step with where it stands: `state` is one of the three above; `day` and `reason` of the newest word
    on it; `due` is ISO, empty without a time."""

    step: ProcedureStep
    state: str = OPEN
    day: str = ""
    reason: str = ""
    due: str = ""


def steps(vault: OpenVault, case: str, category: str) -> tuple[StepOfCase, ...]:
    """The steps of a pathway in this case, in order; none where nobody wrote any."""
    file = sealed.case_file(vault, case)
    return tuple(_standing(file, one) for one in region.steps_of(vault, category))


def record(vault: OpenVault, case: str, category: str, number: int, *, done: bool, reason: str = "") -> None:
    """Keep that a step was done, or why it was not.

    Raises PersonFault `access.not_allowed`, `case.unknown`; DeskFault `step.unknown`, `measure.reason_missing`.
    """
    vault.demand(Action.FOLLOW_UP)
    read_case(vault.journal, case)
    step = next((one for one in region.steps_of(vault, category) if one.number == number), None)
    if step is None:
        raise DeskFault("step.unknown")
    if not done and not reason.strip():
        raise DeskFault("measure.reason_missing")
    told: JsonObject = {
        "category": category,
        "step": number,
        "jurisdiction": step.about.jurisdiction,
        "state": DONE if done else NOT_DONE,
        "reason": reason.strip(),
    }
    change = Change(subject(CASE, case), STEP, told)
    confidential.write(vault, [confidential.of_category(vault, change, category)])


def _standing(file: CaseFile, step: ProcedureStep) -> StepOfCase:
    due = file.due(step.within_hours) if step.within_hours is not None else ""
    said = [one for one in file.of_kind(STEP) if _is_of(one, step)]
    if not said:
        return StepOfCase(step, due=due)
    told = said[-1].payload
    return StepOfCase(step, told["state"], said[-1].entry.at[:10], told["reason"], due)


def _is_of(said: Said, step: ProcedureStep) -> bool:
    told = said.payload
    place = (told["category"], told["step"], told["jurisdiction"])
    return place == (step.category, step.number, step.about.jurisdiction)


def is_late(one: StepOfCase, now: datetime) -> bool:
    """Whether a step should have been done by now; what is at once is late after an hour."""
    if one.state == DONE or not one.due:
        return False
    grace = timedelta(hours=1) if one.step.within_hours == 0 else timedelta()
    return datetime.fromisoformat(one.due) + grace < now
