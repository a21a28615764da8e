"""What headquarters' pages of figures read, each thing once (`figures`).

1. Everything is read from what posts sent and people agreed to; what is sealed is not read here.
2. Sheets about places hold text that people wrote. Of it nothing is read: only what was ticked and counted.
3. Whether a referral is overdue is decided as the post decides it (`follow_up.due`); where the day alone decides,
   the case is not read.
4. What single sheets and payloads said never changes: it is kept while the vault is open, and written nowhere.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache, cached_property
from typing import TypeVar

from fieldkit.domain.classes import CONFIDENTIAL_CATEGORIES
from fieldkit.domain.errors import FieldkitError
from fieldkit.forms.definition import Form
from fieldkit.headquarters import breakdowns, journeys_counted, places_compared, signs
from fieldkit.headquarters.journeys_counted import Event, Moving, Question
from fieldkit.headquarters.office_rows import Marks, Referred, Rows, Talk
from fieldkit.headquarters.places_compared import Check
from fieldkit.services import follow_up, forms_held
from fieldkit.services.case_file import read_case
from fieldkit.services.needs import KINDS
from fieldkit.services.recipients import HEADQUARTERS
from fieldkit.services.sheets import Filled, filled
from fieldkit.services.vault import OpenVault

FAR = (
    Question("other_continent", "yes_no_not_sure", of_all=True),
    Question("origin_continent", "continents"),
    Question("transit_continents", "continents", several=True),
    Question("destination", "countries"),
    Question("destination_told", "yes_no_not_sure"),
    Question("travel_group", "travel_groups"),
    Question("consulate_near", "yes_no_not_sure"),
    Question("languages_spoken", "languages", several=True),
    Question("support_needs", "support_needs", several=True),
)
"""What is counted of people from another continent (R-026): each question alone."""
BACK = (
    Question("back_how", "back_how"),
    Question("back_before", "back_before"),
    Question("back_needs", "back_needs", several=True),
)
"""What is counted of people who came back (R-140): how often people try again, question by question, of nobody."""
BACK_TALK = "came_back"
FAR_TALK = "extra_continental"
WANTED = ("sex", "age_group", "nationality", "languages_spoken", "arrival_date", "phase")
"""Answers without which figures say little: how often they are missing is shown."""
_EVENT = {
    "people": "event_people",
    "women": "event_women",
    "men": "event_men",
    "girls": "event_girls",
    "boys": "event_boys",
    "children_alone": "event_children_alone",
    "injured": "event_injured",
    "died": "event_died",
    "missing_people": "event_missing",
}


_Read = TypeVar("_Read")


@dataclass
class Known:
    """What never changes: how questions of talks ended, what sheets said (rule 4)."""

    marks: Marks = field(default_factory=dict)
    sheets: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """What the pages read, each thing once."""

    vault: OpenVault
    known: Known

    @cached_property
    def rows(self) -> Rows:
        broken_down = (one.question for one in breakdowns.BREAKDOWNS)
        names = {"help_missing", *KINDS, *WANTED, *broken_down, *(one.name for one in (*FAR, *BACK))}
        asked: dict[str, dict[str, str]] = {name: {} for name in sorted(names)}
        for form_id, form in self.forms.items():
            for path in form.shapes:
                if path and path[-1] in names:
                    asked[path[-1]][form_id] = "/" + "/".join(path)
        return Rows(self.vault.database, self.vault.name, asked, self.known.marks)

    @property
    def posts(self) -> dict[str, str]:
        return self.rows.posts

    @cached_property
    def forms(self) -> dict[str, Form]:
        """The protection forms held here, by id."""
        found = {}
        for form_id, access in forms_held.accesses(self.vault).items():
            if access.kind.has_case:
                try:
                    found[form_id] = forms_held.hold(self.vault, form_id).form
                except FieldkitError:
                    continue  # of another region
        return found

    @property
    def talks(self) -> tuple[Talk, ...]:
        return self.rows.talks

    @cached_property
    def referrals(self) -> tuple[Referred, ...]:
        return self.rows.referrals()

    @cached_property
    def overdue(self) -> frozenset[str]:
        return _overdue(self)

    @cached_property
    def needs(self) -> dict[str, dict[str, tuple[str, ...]] | None]:
        """What was said of each urgent need, by case; None for a need that posts do not send."""
        facts = self.vault.codebook.facts
        return {
            need: self.rows.said(need) if HEADQUARTERS in facts[need].recipients else None
            for need in KINDS
            if need in facts
        }

    def listed(self, name: str) -> tuple[str, ...]:
        """The answers of a list of the codebook."""
        return tuple(choice.name for choice in self.vault.codebook.lists[name])

    def filled(self, form: str, read: Callable[[str, str, Filled], _Read]) -> Iterator[_Read]:
        """What `read` makes of each sheet of a form about places: of its post, its day, what was ticked and
        counted."""
        for one in self.rows.sheets(form):
            held: _Read | None = self.known.sheets.get(one.payload)  # type: ignore[assignment]  # by its form
            if held is None:
                payload = self.vault.journal.payload(one.payload)
                if payload is None:
                    continue
                held = self.known.sheets[one.payload] = read(one.post, one.day, filled(payload.value()))
            yield held

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """The sheets of reception places."""
        return tuple(self.filled("site_checklist", _check))

    def moving(self) -> Iterator[Moving]:
        """The lines of the sheets that count people on the move."""
        for lines in self.filled("movement", _moving):
            yield from lines

    def events(self) -> Iterator[Event]:
        """The sheets of groups that came."""
        yield from self.filled("group_event", _event)


def _check(post: str, day: str, said: Filled) -> Check:
    names = (*places_compared.HAS, places_compared.GAPS)
    return Check(
        post,
        said.text("site_kind") or "other",
        said.text("site_date") or day,
        {name: frozenset(said.several(name)) if said.text(name) else None for name in names},
        {name: said.number(name) for name in places_compared.NUMBERS},
    )


def _moving(_post: str, _day: str, said: Filled) -> tuple[Moving, ...]:
    return tuple(
        Moving(
            said.text("movement_way"),
            row.text("movers_from"),
            row.text("movers_to"),
            {name: row.number(f"movers_{name}") for name in journeys_counted.GROUPS},
            row.several("movers_means"),
            row.several("movers_reasons"),
            tuple(one for one in row.several("movers_needs") if one != places_compared.NONE),
        )
        for row in said.rows("movers")
    )


def _event(_post: str, _day: str, said: Filled) -> Event:
    return Event(
        said.text("event_kind"),
        {name: said.number(asked) for name, asked in _EVENT.items()},
        said.text("event_onward"),
        said.several("event_onward_why"),
    )


def _overdue(read: Reading) -> frozenset[str]:
    """The referrals of which nobody heard anything in time (rule 4)."""
    vault, now = read.vault, read.vault.world.clock.now()
    hours = {rule.id: rule.target_hours for rule in vault.rules.rules if rule.target_hours is not None}
    asked: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for one in read.rows.asked_by(hours):
        asked.setdefault((one.case, one.category), set()).add((one.day, one.rule))

    @cache
    def passed(day: str, rule: str) -> bool:
        start = datetime.combine(date.fromisoformat(day), datetime.min.time(), tzinfo=now.tzinfo)
        return start + timedelta(days=1, hours=hours[rule]) < now

    found = set()
    for row in read.referrals:
        limits = asked.get((row.case, row.category), ()) if not (row.declined or row.state) else ()
        if limits and (any(passed(*one) for one in limits) or _is_late(vault, row.case, row.category, now)):
            found.add(row.id)
    return frozenset(found)


def _is_late(vault: OpenVault, case: str, category: str, now: datetime) -> bool:
    by = follow_up.due(vault, read_case(vault.journal, case), category)
    return bool(by) and datetime.fromisoformat(by) < now


def broken_down(vault: OpenVault) -> frozenset[str]:
    """The pathways that stand beside the sex of persons (`breakdowns`, rule 4)."""
    return frozenset(vault.codebook.categories) - CONFIDENTIAL_CATEGORIES.keys() - set(signs.CATEGORIES)
