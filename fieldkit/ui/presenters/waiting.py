"""What the page of somebody who waits decides: emergencies on top, needs with providers, what comes next.

1. Emergencies stand at the top of the record (R-004), in words; what this version does not know is said to be that.
2. The next step is one: the first page where nobody has asked it, else the screening, else the referral.
3. A need is met, or it could not be, with a reason; a provider whose entry is old is offered with that word.
4. To whom somebody was sent stands with the need: nobody is sent twice, and what is to be told can be read again.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from fieldkit.domain.access import Action
from fieldkit.domain.waiting import CASE, Because, Step
from fieldkit.languages.marking import mark
from fieldkit.services import directory, households, intake, needs, waiting
from fieldkit.services.case_file import FINISHED, read_case
from fieldkit.storage import queries_desk
from fieldkit.ui.presenters.new_interview import officers_side

if TYPE_CHECKING:
    from fieldkit.services.interview import Interview
    from fieldkit.services.needs import Need
    from fieldkit.services.vault import OpenVault

SCREENING, CHILD = "screening", "child_first"
NEED_WORDS = {
    "urgent_labour": mark("A baby is coming"),
    "urgent_medical": mark("A doctor or a nurse"),
    "urgent_child_alone": mark("Somebody who takes care of the child"),
    "urgent_safety": mark("A safer place, away from others"),
    "urgent_water": mark("Water"),
    "urgent_food": mark("Food"),
    "urgent_shelter": mark("A place to rest or sleep"),
    "urgent_clothing": mark("Clothes or a blanket"),
    "rescued_at_sea": mark("Warmth and rest after the rescue"),
}
BECAUSE_WORDS = {
    Because.HELPED: mark("Helped, and went on"),
    Because.LEFT: mark("Left without telling us"),
    Because.ELSEWHERE: mark("Somebody else takes care now"),
    Because.ENTERED: mark("Everybody has a number of their own"),
    Because.MISTAKE: mark("Pressed by mistake"),
}


class Next(StrEnum):
    """The next step (rule 2)."""

    GO_ON = "go on"
    NEEDS = "needs"
    SCREENING = "screening"
    REFERRAL = "referral"


@dataclass(frozen=True, slots=True)
class Moments:
    """When somebody arrived, was screened and was referred (ISO, empty for not yet; R-019)."""

    arrived: str
    screened: str
    referred: str


def after(form: str, case: str) -> tuple[str, dict[str, object]]:
    """Where the desk goes when an interview with `form` is finished: whoever goes on waiting to their own page, a
    child to the call that comes first, everybody else to what the answers point to."""
    if form == CHILD:
        return "alert", {"case": case}
    if form in waiting.STAY:
        return "waiting", {"about": f"{CASE}/{case}"}
    return "outcome", {"case": case}


class PersonPage:
    """Somebody who waits, or waited. Raises PersonFault `access.not_allowed`, `case.unknown`."""

    def __init__(self, vault: OpenVault, case: str) -> None:
        self.vault = vault
        self.case = case
        self.about = f"{CASE}/{case}"
        self.may_refer = vault.may(Action.REFER)
        self.read()

    def read(self) -> None:
        """Read it as it stands now."""
        file = read_case(self.vault.journal, self.case)
        self.services = {service.id: service for service in directory.all_services(self.vault)}
        self.number = file.number
        self.row = waiting.find(self.vault, self.about)
        self.needs: tuple[Need, ...] = needs.needs(self.vault, self.case)
        self.forms = frozenset(said.payload["form"] for said in file.standing(FINISHED))
        self.dialect = " · ".join(file.answers().known("dialect"))
        self.language = file.languages()[1] if self.forms else self._told_language()
        drafts = self.vault.drafts.list(self.vault.person.id)
        self.draft = next((draft.id for draft in drafts if draft.case == self.case), "")
        self.household = households.household_of_case(self.vault, self.case)
        held = dict(reversed(queries_desk.steps(self.vault.database, self.about)))
        self.moments = Moments(*(held.get(step, "") for step in (Step.ARRIVED, Step.SCREENED, Step.REFERRED)))

    @property
    def next(self) -> Next:
        """What comes next for this person."""
        if self.draft:
            return Next.GO_ON
        if self.moments.screened:
            return Next.REFERRAL
        return Next.SCREENING if self.forms else Next.NEEDS

    @property
    def flags(self) -> tuple[str, ...]:
        """The emergencies that stand."""
        return queries_desk.said(self.vault.database, [self.about])[self.about].get("flag", ())

    def begin(self, form: str, tag: str) -> Interview:
        """Begin an interview of this person. Raises as `intake.begin`."""
        return intake.begin(
            self.vault,
            form,
            officer_language=officers_side(tag),
            person_language=self.language or "en",
            case=self.case,
        )

    def settle(self, name: str, *, done: bool, reason: str = "") -> None:
        """Keep that a need was met or could not be. Raises as `needs.settle`."""
        needs.settle(self.vault, self.case, name, done=done, reason=reason)
        self.read()

    def refer(self, name: str, service: str, *, safe_to_carry: bool) -> str:
        """Somebody goes to a provider for a need; the referral's id. Raises as `needs.refer`."""
        made = needs.refer(self.vault, self.case, name, service, safe_to_carry=safe_to_carry)
        self.read()
        return made

    def end(self, because: str) -> None:
        """They wait no more. Raises as `waiting.end`."""
        waiting.end(self.vault, self.about, Because(because))
        self.read()

    def again(self) -> None:
        """They wait again. Raises as `waiting.again`."""
        waiting.again(self.vault, self.about)
        self.read()

    def _told_language(self) -> str:
        said = queries_desk.said(self.vault.database, [self.about])[self.about]
        return said.get("language", ("",))[0]
