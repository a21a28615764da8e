"""A case as a file: whether it is open, what stands in it, what happened, and what can be closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldkit.domain.access import Action
from fieldkit.domain.children import Late
from fieldkit.domain.entries import subject
from fieldkit.languages.marking import mark
from fieldkit.services import (
    assistance,
    child_paper,
    child_register,
    closing,
    confidential,
    differences,
    events,
    follow_up,
    homeward,
    households,
    joint,
    measures,
    permits,
    plausible,
    sealed,
    second_person,
)
from fieldkit.services.case_file import CASE, CaseFile
from fieldkit.services.closing import WORDS, Because
from fieldkit.services.directory import all_services
from fieldkit.ui.presenters.category_names import category_name

if TYPE_CHECKING:
    from fieldkit.languages.catalogues import Words
    from fieldkit.services.events import Event
    from fieldkit.services.vault import OpenVault


REFERRED = (mark("The person said no to it"), mark("Nothing was heard of it yet"))
"""What is said of a referral of which nothing was heard."""


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """A referral: the day, the service's neutral name, what became of it in the words of the program, and whether
    it is overdue."""

    day: str
    service: str
    state: str
    overdue: bool


@dataclass(frozen=True, slots=True)
class CategoryLine:
    """A category of the case: its state in the words of the program, whether it can be closed, why it was."""

    category: str
    name: str
    is_closed: bool
    waits: bool
    reason: str


class CaseFilePage:
    """One case; texts in the language of `words`. Raises PersonFault `case.unknown`."""

    def __init__(self, vault: OpenVault, case: str, words: Words) -> None:
        self.vault = vault
        self.case = case
        self._words = words
        self.read()

    def read(self) -> None:
        """Read the case as it stands now, and remember what is on the screen."""
        file = sealed.case_file(self.vault, self.case)
        self.number = file.number
        self.is_closed = file.is_closed
        self.events: tuple[Event, ...] = events.events(self.vault, self.case, self._words.tag)
        self.differences = len(differences.differences(self.vault, subject(CASE, self.case)))
        self.help = assistance.standing(self.vault, self.case)
        self.child = child_register.of_case(self.vault, self.case)
        self.is_alert = bool(measures.alerts(self.vault, self.case))
        self.referrals = self._referrals(file)
        self.overdue = sum(one.overdue for one in self.referrals)
        self.last_days = permits.of_case(self.vault, self.case)
        self.talks = joint.talks(self.vault, self.case)
        self.odd = tuple(self._words.say(plausible.WORDS[one]) for one in plausible.odd(file))
        self.household = households.household_of_case(self.vault, self.case)
        waiting = second_person.waiting(self.vault, subject(CASE, self.case))
        self.waiting = len(waiting)
        asked = {one.category for one in waiting}
        self._state_seen = file.state_entries()
        standing = {**file.for_review(), **file.confirmed(), **file.closed_categories()}
        self._seen = {category: file.outcome_entries(category) for category in standing}
        closed = file.closed_categories()
        self.categories = tuple(
            CategoryLine(
                category,
                category_name(self.vault.codebook, category, self._words.tag),
                category in closed,
                category in asked,
                str(closed[category].payload["reason"]) if category in closed else "",
            )
            for category in sorted(confidential.visible(self.vault, standing, file))
        )

    def _referrals(self, file: CaseFile) -> tuple[ReferralLine, ...]:
        """Every referral with the newest that was heard of it, here or from headquarters; a no stands as a no."""
        heard = {one.referral: one.state for one in homeward.results(self.vault, self.case)}
        heard |= {one.referral: one.state for one in follow_up.heard(self.vault, self.case)}
        late = {one.referral for one in follow_up.of_case(self.vault, self.case) if one.overdue}
        names = {one.id: one.name_on_paper for one in all_services(self.vault)}
        return tuple(
            ReferralLine(
                one.day,
                names.get(one.service, ""),
                self._words.say(REFERRED[0 if one.declined else 1])
                if one.declined or one.id not in heard
                else self._words.say(follow_up.WORDS[heard[one.id]]),
                one.id in late,
            )
            for one in file.referrals()
        )

    def joined(self, mandates: tuple[str, ...], function: str) -> None:
        """Keep who led the last talk together. Raises as `joint.record`."""
        joint.record(self.vault, self.case, mandates, function)
        self.read()

    @property
    def without_guardian(self) -> str:
        """How long a child has had no guardian, in words; empty when one is named, or for an adult."""
        if self.child is None or self.child.days is None:
            return ""
        return self._words.say("Guardian: {state}", state=child_paper.without(self.child, self._words))

    @property
    def guardian_late(self) -> bool:
        """Whether the days until a guardian are over."""
        return self.child is not None and Late.GUARDIAN in self.child.late

    @property
    def may_counsel(self) -> bool:
        """Whether this person may lead a counselling talk, and read earlier ones."""
        return self.vault.may(Action.COUNSEL)

    @property
    def may_help(self) -> bool:
        """Whether this person may write down what help was offered or given."""
        return self.vault.may(Action.FOLLOW_UP)

    @property
    def may_lead(self) -> bool:
        """Whether this person leads talks with people."""
        return self.vault.may(Action.INTERVIEW)

    def helped(self, kind: str, state: str) -> None:
        """Keep that help was offered, received, or not wanted. Raises as `assistance.record`."""
        assistance.record(self.vault, self.case, kind, state)
        self.read()

    @property
    def may_close(self) -> bool:
        """Whether this person may close and open cases."""
        return self.vault.may(Action.CLOSE_CASE)

    @property
    def may_close_category(self) -> bool:
        """Whether this person may close a category."""
        return self.vault.may(Action.CONFIRM_OUTCOME) and not self.is_closed

    def becauses(self) -> tuple[tuple[str, str], ...]:
        """What can be chosen as the ground of closing."""
        return tuple((because.value, self._words.say(told)) for because, told in WORDS.items())

    def close(self, because: str, reason: str) -> None:
        """Close the case. Raises as `closing.close_case`."""
        closing.close_case(self.vault, self.case, Because(because), reason, self._state_seen)
        self.read()

    def reopen(self, reason: str) -> None:
        """Open it again. Raises as `closing.reopen_case`."""
        closing.reopen_case(self.vault, self.case, reason, self._state_seen)
        self.read()

    def close_category(self, category: str, because: str, reason: str) -> bool:
        """Close a category; False when it waits for a second person. Raises as `closing.close_category`."""
        done = closing.close_category(
            self.vault, self.case, category, Because(because), reason, self._seen[category]
        )
        self.read()
        return done
