"""Headquarters' pages of figures: what a coordinator is asked on the telephone, without exposing anybody
(`protection.md` 15).

1. Everything is read from what posts sent and people agreed to; what is sealed is not read here.
2. Tables are made whole in `headquarters`, small numbers hidden; nothing behind here sees the numbers before.
3. Sheets about places hold text that people wrote. Of it nothing is read: only what was ticked and counted.
4. Whether a referral is overdue is decided as the post decides it (`follow_up.due`); where the day alone decides,
   the case is not read.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

from fieldkit.domain.access import Action
from fieldkit.domain.errors import FieldkitError
from fieldkit.domain.outcome import COMMON_CORE
from fieldkit.forms.definition import Form
from fieldkit.headquarters import (
    interpreting,
    journeys_counted,
    places_compared,
    queries,
    referred,
    signs,
    unmet,
    whole,
)
from fieldkit.headquarters.counting import Asked, asked_for
from fieldkit.headquarters.journeys_counted import Event, Moving, Question
from fieldkit.headquarters.office_rows import Answer, Referred, Rows, Talk
from fieldkit.headquarters.places_compared import Check
from fieldkit.headquarters.tables import Name, Page, Table
from fieldkit.headquarters.whole import Days
from fieldkit.services import follow_up, forms_held, report
from fieldkit.services.case_file import read_case
from fieldkit.services.needs import KINDS, TELLING
from fieldkit.services.recipients import HEADQUARTERS
from fieldkit.services.sections import sections_of
from fieldkit.services.sheets import Filled, filled
from fieldkit.services.vault import OpenVault
from fieldkit.storage import queries_papers

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


@dataclass(frozen=True)
class _Reading:
    """What the pages read, each thing once."""

    vault: OpenVault
    _answers: dict[str, dict[str, Answer]] = field(default_factory=dict)

    @cached_property
    def rows(self) -> Rows:
        names = {"help_missing", *KINDS, *WANTED, *(one.name for one in FAR)}
        asked: dict[str, dict[str, str]] = {name: {} for name in sorted(names)}
        for form_id, form in self.forms.items():
            for path in form.shapes:
                if path and path[-1] in names:
                    asked[path[-1]][form_id] = "/" + "/".join(path)
        return Rows(self.vault.database, self.vault.name, asked)

    @cached_property
    def posts(self) -> dict[str, str]:
        return self.rows.posts()

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

    @cached_property
    def talks(self) -> tuple[Talk, ...]:
        return self.rows.talks()

    @cached_property
    def referrals(self) -> tuple[Referred, ...]:
        return self.rows.referrals()

    @cached_property
    def overdue(self) -> frozenset[str]:
        return _overdue(self)

    def answers(self, name: str) -> dict[str, Answer]:
        """What each person said to a question of the protection forms."""
        if name not in self._answers:
            self._answers[name] = self.rows.answers(name)
        return self._answers[name]

    def listed(self, name: str) -> tuple[str, ...]:
        """The answers of a list of the codebook."""
        return tuple(choice.name for choice in self.vault.codebook.lists[name])

    @cached_property
    def ways(self) -> dict[int, dict[str, Asked]]:
        """How each section of each talk was asked."""
        found: dict[int, dict[str, Asked]] = {}
        for entry, name, asked, declined, not_asked in self.rows.sections():
            way = Asked.DECLINED if declined else Asked.ASKED if asked and not not_asked else Asked.NOT_ASKED
            found.setdefault(entry, {})[name] = way
        return found

    def filled(self, form: str) -> tuple[tuple[str, str, Filled], ...]:
        """The sheets of a form about places: post, day, what was ticked and counted."""
        found = []
        for one in self.rows.sheets(form):
            payload = self.vault.journal.payload(one.payload)
            if payload is not None:
                found.append((one.post, one.day, filled(payload.value())))
        return tuple(found)

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """The sheets of reception places."""
        names = (*places_compared.HAS, places_compared.GAPS)
        return tuple(
            Check(
                post,
                said.text("site_kind") or "other",
                said.text("site_date") or day,
                {name: frozenset(said.several(name)) if said.text(name) else None for name in names},
                {name: said.number(name) for name in places_compared.NUMBERS},
            )
            for post, day, said in self.filled("site_checklist")
        )

    def moving(self) -> Iterator[Moving]:
        """The lines of the sheets that count people on the move."""
        for _, _, said in self.filled("movement"):
            for row in said.rows("movers"):
                yield Moving(
                    said.text("movement_way"),
                    row.text("movers_from"),
                    row.text("movers_to"),
                    {name: row.number(f"movers_{name}") for name in journeys_counted.GROUPS},
                    row.several("movers_means"),
                    row.several("movers_reasons"),
                    tuple(one for one in row.several("movers_needs") if one != places_compared.NONE),
                )

    def events(self) -> Iterator[Event]:
        """The sheets of groups that came."""
        for _, _, said in self.filled("group_event"):
            yield Event(
                said.text("event_kind"),
                {name: said.number(asked) for name, asked in _EVENT.items()},
                said.text("event_onward"),
                said.several("event_onward_why"),
            )


@dataclass(frozen=True)
class Pages:
    """All pages as they stand at one moment: small numbers are hidden over all of them together."""

    tables: Mapping[str, tuple[Table, ...]]

    def of(self, name: str) -> tuple[Table, ...]:
        """The tables of one page that have something to tell (`languages.messages.figures.PAGES`)."""
        return tuple(table for table in self.tables[name] if table.lines and not table.is_empty)


def pages(vault: OpenVault) -> Pages:
    """All pages of figures (rule 2). Raises PersonFault `access.not_allowed`."""
    vault.demand(Action.COUNT)
    read, made, ends = _Reading(vault), Page(), list[int]()
    for lay in _PAGES.values():
        lay(read, made)
        ends.append(made.count)
    tables = tuple(map(referred.with_share, made.tables()))
    starts = (0, *ends)
    return Pages({name: tables[start:end] for name, start, end in zip(_PAGES, starts, ends, strict=False)})


def _referred(read: _Reading, made: Page) -> None:
    referred.lay(made, read.referrals, read.posts, read.overdue)
    referred.lay_delays(made, read.rows.steps(), read.posts)


def _asked(read: _Reading, made: Page) -> None:
    talks = [talk for talk in read.talks if talk.form == COMMON_CORE]
    names = [section.name for section in sections_of(read.forms[COMMON_CORE]) if section.name]
    whole.lay_sections(made, talks, read.ways, names)


def _flows(read: _Reading, made: Page) -> None:
    journeys_counted.lay_phases(made, read.answers("phase"), read.posts, read.listed("phases"))
    far = sorted({talk.case for talk in read.talks if talk.form == FAR_TALK})
    journeys_counted.lay_profiles(made, [(one, read.answers(one.name)) for one in FAR], read.posts, far)


def _movement(read: _Reading, made: Page) -> None:
    journeys_counted.lay_moving(made, read.moving())
    journeys_counted.lay_events(made, read.events())


def _places(read: _Reading, made: Page) -> None:
    names = (*places_compared.HAS, places_compared.GAPS)
    places_compared.lay(made, read.checks, {name: read.listed(name) for name in names})


def _unmet(read: _Reading, made: Page) -> None:
    facts = read.vault.codebook.facts
    told = {
        need: read.answers(need) if HEADQUARTERS in facts[need].recipients else None
        for need in KINDS
        if need in facts
    }
    missing = read.answers("help_missing")
    unmet.lay(made, told, read.rows.settled(), TELLING, read.rows.help(), missing)
    unmet.lay_open(made, read.referrals, read.overdue)
    unmet.lay_gaps(made, places_compared.gaps(read.checks))
    posts = sorted({one.post for one in queries.certificates(read.vault.database)})
    talks = queries_papers.interpreting(read.vault.database)
    interpreting.lay(made, [(read.rows.post(one.stream), one) for one in talks], posts)


def _signs(read: _Reading, made: Page) -> None:
    lists = {name: read.listed(name) for name in ("sexes", "age_groups")}
    people = (read.answers("sex"), read.answers("age_group"))
    needed = report.needed_sections(read.vault)
    known = {
        category: any(asked_for(ways, needed.get(category)) is Asked.ASKED for ways in read.ways.values())
        for category in signs.CATEGORIES
    }
    signs.lay(made, read.rows.outcomes(), known, *people, lists, read.referrals)


def _whole(read: _Reading, made: Page) -> None:
    arrived, ages = read.rows.facts("arrival_date"), read.rows.facts("age_years")
    days = {entry: Days(arrived.get(entry, ""), _number(ages.get(entry, ""))) for entry in {*arrived, *ages}}
    missing = {
        Name("question", name): {case: not one.values for case, one in read.answers(name).items()}
        for name in WANTED
    }
    whole.lay(made, read.talks, read.ways, missing, read.posts, days, read.vault.world.today())


_PAGES: Mapping[str, Callable[[_Reading, Page], None]] = {
    "referred": _referred,
    "asked": _asked,
    "flows": _flows,
    "movement": _movement,
    "places": _places,
    "unmet": _unmet,
    "signs": _signs,
    "whole": _whole,
}


def _overdue(read: _Reading) -> frozenset[str]:
    """The referrals of which nobody heard anything in time (rule 4)."""
    vault, now = read.vault, read.vault.world.clock.now()
    hours = {rule.id: rule.target_hours for rule in vault.rules.rules if rule.target_hours is not None}
    asked: dict[tuple[str, str], list[datetime]] = {}
    for one in read.rows.outcomes():
        if one.rule in hours:
            day = datetime.combine(date.fromisoformat(one.day), datetime.min.time(), tzinfo=now.tzinfo)
            late = day + timedelta(days=1, hours=hours[one.rule])
            asked.setdefault((one.case, one.category), []).append(late)
    found = set()
    for row in read.referrals:
        limits = asked.get((row.case, row.category), []) if not (row.declined or row.state) else []
        if limits and (min(limits) < now or _is_late(vault, row.case, row.category, now)):
            found.add(row.id)
    return frozenset(found)


def _is_late(vault: OpenVault, case: str, category: str, now: datetime) -> bool:
    by = follow_up.due(vault, read_case(vault.journal, case), category)
    return bool(by) and datetime.fromisoformat(by) < now


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None
