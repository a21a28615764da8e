"""Headquarters' pages of figures: what a coordinator is asked on the telephone, without exposing anybody
(`protection.md` 15).

1. Everything is read from what posts sent and people agreed to; what is sealed is not read here.
2. Tables are made whole in `headquarters`, small numbers hidden; nothing behind here sees the numbers before.
3. Sheets about places hold text that people wrote. Of it nothing is read: only what was ticked and counted.
4. Whether a referral is overdue is decided as the post decides it (`follow_up.due`); where the day alone decides,
   the case is not read.
5. What was counted is kept while the vault is open, until something new is accepted or the hour is over; so is what
   single sheets and payloads said, which never changes. Nothing of it is written anywhere.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache, cached_property
from typing import TypeVar
from weakref import WeakKeyDictionary

from fieldkit.domain.access import Action
from fieldkit.domain.classes import CONFIDENTIAL_CATEGORIES
from fieldkit.domain.errors import FieldkitError
from fieldkit.domain.outcome import COMMON_CORE
from fieldkit.domain.ports import Progress
from fieldkit.forms.definition import Form
from fieldkit.headquarters import (
    breakdowns,
    held_data,
    interpreting,
    journeys_counted,
    places_compared,
    queries,
    referred,
    signs,
    unmet,
    whole,
)
from fieldkit.headquarters.journeys_counted import Event, Moving, Question
from fieldkit.headquarters.office_rows import Marks, Referred, Rows, Talk
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
from fieldkit.storage.queries_papers import newest_entry

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
OVERVIEW = (
    ("flows", "phases"),
    ("movement", "ways"),
    ("movement", "routes"),
    ("movement", "moving_reasons"),
    ("persons", "by_month"),
    ("persons", "by_reason"),
    ("persons", "by_pathway"),
    ("unmet", "urgent_needs"),
    ("unmet", "gaps"),
    ("referred", "referrals_by_service"),
    ("signs", "signs_by_time"),
)
"""The tables of the overview, as they stand on other pages (R-181): flows, routes, reasons, pathways, needs, gaps,
referrals, indicators of trafficking. Nothing is counted for it again."""
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
class _Kept:
    """What is kept of a vault (rule 5): the pages with the moment they belong to, and what never changes."""

    content: tuple[object, ...]
    since: object = None
    pages: "Pages | None" = None
    marks: Marks = field(default_factory=dict)
    sheets: dict[str, object] = field(default_factory=dict)


_KEPT: WeakKeyDictionary[OpenVault, _Kept] = WeakKeyDictionary()


@dataclass(frozen=True)
class _Reading:
    """What the pages read, each thing once."""

    vault: OpenVault
    kept: _Kept

    @cached_property
    def rows(self) -> Rows:
        broken_down = (one.question for one in breakdowns.BREAKDOWNS)
        names = {"help_missing", *KINDS, *WANTED, *broken_down, *(one.name for one in (*FAR, *BACK))}
        asked: dict[str, dict[str, str]] = {name: {} for name in sorted(names)}
        for form_id, form in self.forms.items():
            for path in form.shapes:
                if path and path[-1] in names:
                    asked[path[-1]][form_id] = "/" + "/".join(path)
        return Rows(self.vault.database, self.vault.name, asked, self.kept.marks)

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

    def listed(self, name: str) -> tuple[str, ...]:
        """The answers of a list of the codebook."""
        return tuple(choice.name for choice in self.vault.codebook.lists[name])

    def filled(self, form: str, read: Callable[[str, str, Filled], _Read]) -> Iterator[_Read]:
        """What `read` makes of each sheet of a form about places: of its post, its day, what was ticked and
        counted."""
        for one in self.rows.sheets(form):
            held: _Read | None = self.kept.sheets.get(one.payload)  # type: ignore[assignment]  # by its form
            if held is None:
                payload = self.vault.journal.payload(one.payload)
                if payload is None:
                    continue
                held = self.kept.sheets[one.payload] = read(one.post, one.day, filled(payload.value()))
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


@dataclass(frozen=True)
class Pages:
    """All pages as they stand at one moment: small numbers are hidden over all of them together."""

    tables: Mapping[str, tuple[Table, ...]]

    def of(self, name: str) -> tuple[Table, ...]:
        """The tables of one page that have something to tell (`languages.messages.figures.PAGES`)."""
        return tuple(table for table in self.tables[name] if table.lines and not table.is_empty)


def pages(vault: OpenVault, progress: Progress | None = None) -> Pages:
    """All pages of figures (rule 2), those that are kept where nothing changed (rule 5). `progress` hears how many
    parts are done. Raises PersonFault `access.not_allowed`."""
    vault.demand(Action.COUNT)
    kept, now = _kept(vault), _moment(vault)
    if kept.pages is None or kept.since != now:
        kept.pages, kept.since = _count(_Reading(vault, kept), progress), now
    return kept.pages


def kept_pages(vault: OpenVault) -> Pages | None:
    """The pages if they were counted before and nothing changed since. Raises PersonFault `access.not_allowed`."""
    vault.demand(Action.COUNT)
    kept = _kept(vault)
    return kept.pages if kept.since == _moment(vault) else None


def forget(vault: OpenVault) -> None:
    """Keep nothing of a vault any more (rule 5)."""
    _KEPT.pop(vault, None)


def _kept(vault: OpenVault) -> _Kept:
    """What is kept of a vault; nothing of before when other content is in force."""
    content, kept = (vault.rules, vault.codebook), _KEPT.get(vault)
    if kept is None or any(one is not other for one, other in zip(kept.content, content, strict=True)):
        kept = _KEPT[vault] = _Kept(content)
    return kept


def _moment(vault: OpenVault) -> tuple[object, ...]:
    """What the pages follow from beside the content: the newest entry that says something, and the hour."""
    hour = vault.world.clock.now().replace(minute=0, second=0, microsecond=0)
    return newest_entry(vault.database), hour


def _count(read: _Reading, progress: Progress | None) -> Pages:
    made, ends = Page(), list[int]()
    whole = len(_READINGS) + len(_PAGES) + 1
    for number, reading in enumerate(_READINGS):
        _tell(progress, number, whole)
        reading(read)
    for number, lay in enumerate(_PAGES.values(), len(_READINGS)):
        _tell(progress, number, whole)
        lay(read, made)
        ends.append(made.count)
    _tell(progress, whole - 1, whole)
    tables = tuple(map(referred.with_share, made.tables()))
    pages = {name: tables[start:end] for name, start, end in zip(_PAGES, (0, *ends), ends, strict=False)}
    overview = tuple(table for page, name in OVERVIEW for table in pages[page] if table.id == name)
    return Pages({"overview": overview, **pages})


def _tell(progress: Progress | None, done: int, whole: int) -> None:
    if progress is not None:
        progress(done, whole)


def _referred(read: _Reading, made: Page) -> None:
    referred.lay(made, read.referrals, read.posts, read.overdue)
    referred.lay_delays(made, read.rows.steps(), read.posts)


def _asked(read: _Reading, made: Page) -> None:
    talks = Counter(talk.post for talk in read.talks if talk.form == COMMON_CORE)
    names = [section.name for section in sections_of(read.forms[COMMON_CORE]) if section.name]
    whole.lay_sections(made, talks, read.rows.sections(COMMON_CORE), names)


def _flows(read: _Reading, made: Page) -> None:
    journeys_counted.lay_phases(made, read.rows.answers("phase"), read.posts, read.listed("phases"))
    far = sorted({talk.case for talk in read.talks if talk.form == FAR_TALK})
    asked = [(one, read.rows.answers(one.name, None if one.of_all else far)) for one in FAR]
    journeys_counted.lay_profiles(made, asked, read.posts, far)


def _movement(read: _Reading, made: Page) -> None:
    journeys_counted.lay_moving(made, read.moving())
    journeys_counted.lay_events(made, read.events())


def _places(read: _Reading, made: Page) -> None:
    names = (*places_compared.HAS, places_compared.GAPS)
    places_compared.lay(made, read.checks, {name: read.listed(name) for name in names})


def _unmet(read: _Reading, made: Page) -> None:
    facts = read.vault.codebook.facts
    told = {
        need: read.rows.said(need) if HEADQUARTERS in facts[need].recipients else None
        for need in KINDS
        if need in facts
    }
    missing = read.rows.said("help_missing")
    unmet.lay(made, told, read.rows.settled(), TELLING, read.rows.help(), missing)
    unmet.lay_open(made, read.referrals, read.overdue)
    unmet.lay_gaps(made, places_compared.gaps(read.checks))
    posts = sorted({one.post for one in queries.certificates(read.vault.database)})
    talks = queries_papers.interpreting(read.vault.database)
    interpreting.lay(made, [(read.rows.post(one.stream), one) for one in talks], posts)


def _signs(read: _Reading, made: Page) -> None:
    lists = {name: read.listed(name) for name in ("sexes", "age_groups")}
    found = read.rows.outcomes(signs.CATEGORIES)
    cases = {one.case for one in found}
    people = (read.rows.answers("sex", cases), read.rows.answers("age_group", cases))
    needed = report.needed_sections(read.vault)
    known = {
        category: read.rows.some_asked_all(needed.get(category))
        for category in set(signs.CATEGORIES) - {one.category for one in found}
    }
    signs.lay(made, found, known, *people, lists, read.referrals)


def _back(read: _Reading, made: Page) -> None:
    led = sorted({talk.case for talk in read.talks if talk.form == BACK_TALK})
    asked = [(one, read.rows.answers(one.name, led)) for one in BACK]
    journeys_counted.lay_profiles(made, asked, read.posts, led, "back")


def _persons(read: _Reading, made: Page) -> None:
    said = {name: read.rows.said(name) for name in ("sex", *(one.question for one in breakdowns.BREAKDOWNS))}
    found = read.rows.outcomes(broken_down(read.vault))
    breakdowns.lay(made, read.posts, read.rows.months, said, read.listed("sexes"), found)


def broken_down(vault: OpenVault) -> frozenset[str]:
    """The pathways that stand beside the sex of persons (`breakdowns`, rule 4)."""
    return frozenset(vault.codebook.categories) - CONFIDENTIAL_CATEGORIES.keys() - set(signs.CATEGORIES)


def _held(read: _Reading, made: Page) -> None:
    held_data.lay(made, read.rows.held(), read.vault.world.today())


def _whole(read: _Reading, made: Page) -> None:
    arrived, ages = read.rows.first("arrival_date"), read.rows.first("age_years")
    days = {entry: Days(arrived.get(entry, ""), _number(ages.get(entry, ""))) for entry in {*arrived, *ages}}
    said = {Name("question", name): read.rows.said(name) for name in WANTED}
    whole.lay(made, read.talks, read.rows.worst, said, read.posts, days, read.vault.world.today())
    breakdowns.link(made, read.posts.values())


_READINGS: tuple[Callable[[_Reading], object], ...] = (
    lambda read: read.posts,
    lambda read: read.talks,
    lambda read: read.referrals,
    lambda read: read.rows.worst,
)
"""What several pages read, one after the other, so that whoever waits hears how far it is."""

_PAGES: Mapping[str, Callable[[_Reading, Page], None]] = {
    "referred": _referred,
    "asked": _asked,
    "persons": _persons,
    "flows": _flows,
    "back": _back,
    "movement": _movement,
    "places": _places,
    "unmet": _unmet,
    "signs": _signs,
    "whole": _whole,
    "held": _held,
}


def _overdue(read: _Reading) -> frozenset[str]:
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


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None
