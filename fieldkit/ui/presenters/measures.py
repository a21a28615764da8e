"""What the page of plans says: what may be planned, what stops it and why, what happened, what child
protection has.

1. What stops a plan is shown with its rule and with what is missing, before anything is pressed.
2. That nothing stops a plan is told nobody: there is no word for it (`protection.md` 5).
3. Whether a consulate may hear of somebody is asked of the person last, when nothing else stops it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from fieldkit.domain.access import Action
from fieldkit.domain.locks import Check, Lock, What
from fieldkit.languages import catalogues
from fieldkit.languages.marking import mark
from fieldkit.services import confidential, consulates, measures, recovering, sealed, thinking
from fieldkit.services.measures import Happening
from fieldkit.ui.presenters import countries
from fieldkit.ui.presenters.countries import Country

if TYPE_CHECKING:
    from fieldkit.content.directory import Service
    from fieldkit.domain.locks import Shut
    from fieldkit.languages.catalogues import Words
    from fieldkit.services.vault import OpenVault

WHAT_WORDS: Mapping[What, str] = {
    What.DETENTION: mark("Kept in a closed place"),
    What.PENALTY: mark("A penalty"),
    What.REFUSAL: mark("Not let in"),
    What.RETURN: mark("Brought to another country"),
    What.CHOSEN_RETURN: mark("A return by choice"),
    What.CONSULATE: mark("Contact with a consulate"),
}
LOCK_WORDS: Mapping[Lock, str] = {
    Lock.FEAR: mark(
        "Nobody who is afraid to go back, may not be able to, or asks for protection, is sent back or turned "
        "away."
    ),
    Lock.NOT_PUNISHED: mark(
        "Whoever may be exploited, was brought by somebody, or needs protection is not punished or held for it."
    ),
    Lock.CHILD_HELD: mark("A child is not held. In doubt the person is a child."),
    Lock.CHILD_RETURN: mark("A child goes to another country only when child protection has five things."),
    Lock.BEFORE_REMOVAL: mark("Before a return or a refusal four looks need an outcome."),
    Lock.COUNTRY: mark(
        "No consulate hears of somebody who may need protection, or who did not say yes, or whose countries "
        "are not all known."
    ),
    Lock.CHOICE_TALK: mark("Nobody goes back by choice before the talk about it was led."),
    Lock.FREE_CHOICE: mark(
        "Going back by choice is the person's own wish, without pressure, and wished now."
    ),
    Lock.TIME_TO_THINK: mark("Who wished time to think has it before anybody plans their return."),
    Lock.RECOVERING: mark("Whom an authority gave time to rest takes no step back while it lasts."),
}
CHECK_WORDS: Mapping[Check, str] = {
    Check.BEST_INTEREST: mark("A decision on what is best for the child"),
    Check.RECEPTION: mark("A parent or guardian who receives the child"),
    Check.CONSULAR: mark("Consular protection, where that is safe"),
    Check.AFTERWARDS: mark("Help after the return, and somebody who looks how the child is"),
    Check.ESCORT: mark("Somebody safe who travels along"),
}
LOOK_WORDS: Mapping[str, str] = {
    "gate_asylum": mark("Asylum"),
    "gate_trafficking": mark("Exploitation"),
    "gate_child": mark("Child"),
    "gate_needs": mark("Needs"),
    "agreement": mark("The person's yes"),
    "country": mark("All countries of the person"),
    "child": mark("The person may be a child"),
    "return_own_choice": mark("Own wish"),
    "return_pressure": mark("No pressure"),
    "return_may_withdraw": mark("It can be taken back"),
    "return_wish_now": mark("Wished now"),
    "return_time": mark("Time to think"),
    "recovery_time": mark("Time to rest"),
}
AGREEMENT = "agreement"
"""What `domain.locks` calls the person's yes."""
DAYS_BACK = 3
"""So many days can be chosen by a button; an earlier one is written."""


class MeasuresPage:
    """One case; texts in the language of `words`. Raises PersonFault `case.unknown`."""

    def __init__(self, vault: OpenVault, case: str, words: Words) -> None:
        self.vault = vault
        self.case = case
        self._words = words
        self.may_plan = vault.may(Action.PLAN_MEASURE)
        self.may_record = vault.may(Action.RECORD_MEASURE)
        self.may_check = vault.may(Action.CHECK_CHILD_RETURN)
        self.may_see_held = vault.may(Action.SEE_HELD)
        self.read()

    def read(self) -> None:
        """Read the case as it stands now."""
        self._file = file = sealed.case_file(self.vault, self.case)
        self.number = file.number
        self.is_closed = file.is_closed
        self.plans = measures.plans(self.vault, self.case)
        self.happened = measures.happened(self.vault, self.case)
        self.alerts = tuple(one for one in self.happened if one.is_alert)
        self.is_child = measures.standing(self.vault, self.case).child
        self.checks = measures.checks(self.vault, self.case)
        self.thinking = thinking.wished(self.vault, file)
        self.recovering = recovering.under_way(self.vault, file)

    def what(self, what: What) -> str:
        """What is done, in words."""
        return self._words.say(WHAT_WORDS[what])

    def rule(self, lock: Lock) -> str:
        """The rule of a lock, in words."""
        return self._words.say(LOCK_WORDS[lock])

    def shut(self, what: What, country: str = "") -> tuple[Shut, ...]:
        """What stops it now."""
        return measures.shut(self.vault, self.case, what, country)

    def missing(self, one: Shut) -> tuple[str, ...]:
        """What is missing behind a lock, in words. Categories stand on the case's own page only."""
        codebook, spoken = self.vault.codebook, catalogues.load(self._words.tag, "codebook")
        found = []
        for name in confidential.visible(self.vault, one.missing, self._file):
            if name in codebook.categories:
                found.append(codebook.category_name(name, spoken))
            elif name in set(Check):
                found.append(self._words.say(CHECK_WORDS[Check(name)]))
            else:
                found.append(self._words.say(LOOK_WORDS[name]))
        return tuple(found)

    # A consulate

    def country(self, code: str) -> str:
        """A country in words."""
        return countries.country_name(self.vault, code, self._words.tag)

    def countries_like(self, typed: str) -> tuple[Country, ...]:
        """Countries by what was typed of their name."""
        return countries.matches(self.vault, typed, self._words.tag)

    def listed_countries(self) -> tuple[Country, ...]:
        """The countries whose consulates stand in the directory."""
        held = dict.fromkeys(one.country for one in consulates.listed(self.vault))
        return tuple(Country(code, self.country(code)) for code in held)

    def consulates_of(self, country: str) -> tuple[Service, ...]:
        """The consulates of a country in the directory."""
        return consulates.listed(self.vault, country)

    def asks_the_person(self, country: str, stopped: Sequence[Shut]) -> bool:
        """Whether only the person's yes is missing (rule 3), and no no stands."""
        only = [(one.lock, one.missing) for one in stopped] == [(Lock.COUNTRY, (AGREEMENT,))]
        return only and not consulates.answers(self.vault, self.case, country)

    def person_answers(self, country: str, *, agreed: bool) -> None:
        """Keep what the person said about the consulate of a country. Raises as `consulates.record_answer`."""
        consulates.record_answer(self.vault, self.case, country, agreed=agreed)
        self.read()

    def days(self) -> tuple[str, ...]:
        """The days that can be chosen: today first (ISO)."""
        today = self.vault.world.today()
        return tuple((today - timedelta(days=back)).isoformat() for back in range(DAYS_BACK))

    def plan(self, what: What, country: str, reason: str) -> bool:
        """Keep a plan; False when it waits for a second person. Raises as `measures.plan`."""
        done = measures.plan(self.vault, self.case, what, reason, country)
        self.read()
        return done

    def record(self, what: What, day: str, by: str, tried: str, country: str = "") -> bool:
        """Keep what happened; whether it is an alert. Raises as `measures.record_happened`."""
        held = measures.record_happened(self.vault, self.case, Happening(what, day, by, tried), country)
        self.read()
        return held.is_alert

    def drop(self, measure: str, reason: str) -> None:
        """Give a plan up."""
        measures.drop(self.vault, self.case, measure, reason)
        self.read()

    def wish_time(self) -> None:
        """Keep that the person wishes time to think."""
        thinking.wish(self.vault, self.case)
        self.read()

    def end_time(self, how: str) -> None:
        """Keep that the person wants no more time. Raises as `thinking.end`."""
        thinking.end(self.vault, self.case, how)
        self.read()

    def check(self, check: Check, reason: str, *, done: bool) -> None:
        """Keep what child protection has."""
        measures.record_check(self.vault, self.case, check, done=done, reason=reason)
        self.read()
