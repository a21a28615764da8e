"""Headquarters' pages of figures: what a coordinator is asked on the telephone, without exposing anybody
(`protection.md` 15).

1. What is read is told by `figure_reading`.
2. Tables are made whole in `headquarters`, small numbers hidden; nothing behind here sees the numbers before.
3. What was counted is kept while the vault is open, until something new is accepted or the hour is over. Nothing of
   it is written anywhere.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from fieldkit.domain.access import Action
from fieldkit.domain.outcome import COMMON_CORE
from fieldkit.domain.ports import Progress
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
from fieldkit.headquarters.tables import Name, Page, Table
from fieldkit.headquarters.whole import Days
from fieldkit.services import report
from fieldkit.services.figure_reading import (
    BACK,
    BACK_TALK,
    FAR,
    FAR_TALK,
    WANTED,
    Known,
    Reading,
    broken_down,
)
from fieldkit.services.needs import TELLING
from fieldkit.services.sections import sections_of
from fieldkit.services.vault import OpenVault
from fieldkit.storage import queries_papers
from fieldkit.storage.queries_papers import newest_entry

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


@dataclass
class _Kept:
    """What is kept of a vault (rule 3): the pages with the moment they belong to, and what never changes."""

    content: tuple[object, ...]
    since: object = None
    pages: "Pages | None" = None
    known: Known = field(default_factory=Known)


_KEPT: WeakKeyDictionary[OpenVault, _Kept] = WeakKeyDictionary()


@dataclass(frozen=True)
class Pages:
    """All pages as they stand at one moment: small numbers are hidden over all of them together."""

    tables: Mapping[str, tuple[Table, ...]]

    def of(self, name: str) -> tuple[Table, ...]:
        """The tables of one page that have something to tell (`languages.messages.figures.PAGES`); none of the
        monthly report, which is counted by itself."""
        return tuple(table for table in self.tables.get(name, ()) if table.lines and not table.is_empty)


def pages(vault: OpenVault, progress: Progress | None = None) -> Pages:
    """All pages of figures (rule 2), those that are kept where nothing changed (rule 3). `progress` hears how many
    parts are done. Raises PersonFault `access.not_allowed`."""
    vault.demand(Action.COUNT)
    kept, now = _kept(vault), _moment(vault)
    if kept.pages is None or kept.since != now:
        kept.pages, kept.since = _count(Reading(vault, kept.known), progress), now
    return kept.pages


def kept_pages(vault: OpenVault) -> Pages | None:
    """The pages if they were counted before and nothing changed since. Raises PersonFault `access.not_allowed`."""
    vault.demand(Action.COUNT)
    kept = _kept(vault)
    return kept.pages if kept.since == _moment(vault) else None


def forget(vault: OpenVault) -> None:
    """Keep nothing of a vault any more (rule 3)."""
    _KEPT.pop(vault, None)


def reading(vault: OpenVault) -> Reading:
    """What the pages read, for a report of its own. Raises PersonFault `access.not_allowed`."""
    vault.demand(Action.COUNT)
    return Reading(vault, _kept(vault).known)


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


def _count(read: Reading, progress: Progress | None) -> Pages:
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


def _referred(read: Reading, made: Page) -> None:
    referred.lay(made, read.referrals, read.posts, read.overdue)
    referred.lay_delays(made, read.rows.steps(), read.posts)


def _asked(read: Reading, made: Page) -> None:
    talks = Counter(talk.post for talk in read.talks if talk.form == COMMON_CORE)
    names = [section.name for section in sections_of(read.forms[COMMON_CORE]) if section.name]
    whole.lay_sections(made, talks, read.rows.sections(COMMON_CORE), names)


def _flows(read: Reading, made: Page) -> None:
    journeys_counted.lay_phases(made, read.rows.answers("phase"), read.posts, read.listed("phases"))
    far = sorted({talk.case for talk in read.talks if talk.form == FAR_TALK})
    asked = [(one, read.rows.answers(one.name, None if one.of_all else far)) for one in FAR]
    journeys_counted.lay_profiles(made, asked, read.posts, far)


def _movement(read: Reading, made: Page) -> None:
    journeys_counted.lay_moving(made, read.moving())
    journeys_counted.lay_events(made, read.events())


def _places(read: Reading, made: Page) -> None:
    names = (*places_compared.HAS, places_compared.GAPS)
    places_compared.lay(made, read.checks, {name: read.listed(name) for name in names})


def _unmet(read: Reading, made: Page) -> None:
    told = read.needs
    missing = read.rows.said("help_missing")
    unmet.lay(made, told, read.rows.settled(), TELLING, read.rows.help(), missing)
    unmet.lay_open(made, read.referrals, read.overdue)
    unmet.lay_gaps(made, places_compared.gaps(read.checks))
    posts = sorted({one.post for one in queries.certificates(read.vault.database)})
    talks = queries_papers.interpreting(read.vault.database)
    interpreting.lay(made, [(read.rows.post(one.stream), one) for one in talks], posts)


def _signs(read: Reading, made: Page) -> None:
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


def _back(read: Reading, made: Page) -> None:
    led = sorted({talk.case for talk in read.talks if talk.form == BACK_TALK})
    asked = [(one, read.rows.answers(one.name, led)) for one in BACK]
    journeys_counted.lay_profiles(made, asked, read.posts, led, "back")


def _persons(read: Reading, made: Page) -> None:
    said = {name: read.rows.said(name) for name in ("sex", *(one.question for one in breakdowns.BREAKDOWNS))}
    found = read.rows.outcomes(broken_down(read.vault))
    breakdowns.lay(made, read.posts, read.rows.months, said, read.listed("sexes"), found)


def _held(read: Reading, made: Page) -> None:
    held_data.lay(made, read.rows.held(), read.vault.world.today())


def _whole(read: Reading, made: Page) -> None:
    arrived, ages = read.rows.first("arrival_date"), read.rows.first("age_years")
    days = {entry: Days(arrived.get(entry, ""), _number(ages.get(entry, ""))) for entry in {*arrived, *ages}}
    said = {Name("question", name): read.rows.said(name) for name in WANTED}
    whole.lay(made, read.talks, read.rows.worst, said, read.posts, days, read.vault.world.today())
    breakdowns.link(made, read.posts.values())


_READINGS: tuple[Callable[[Reading], object], ...] = (
    lambda read: read.posts,
    lambda read: read.talks,
    lambda read: read.referrals,
    lambda read: read.rows.worst,
)
"""What several pages read, one after the other, so that whoever waits hears how far it is."""

_PAGES: Mapping[str, Callable[[Reading, Page], None]] = {
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


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None
