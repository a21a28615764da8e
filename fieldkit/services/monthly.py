"""The monthly report of a post or of everything that this headquarters counts: a country, a region (R-173, N-042).

1. It counts the persons whose case was opened in the month, and the referrals that were made in it. Small numbers
   are hidden over all its tables together.
2. The report of a post is its rows of the same tables: nothing is counted for it again, and no nationality,
   language or pathway stands in it.
3. Only a month that is over has a report: the same table handed out twice in a month could give somebody away.
4. Its text says the same numbers in sentences, for a newsletter or a meeting (R-175): no person, no case.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from fieldkit.domain.access import Action
from fieldkit.domain.ports import Progress, unwatched
from fieldkit.headquarters import breakdowns, journeys_counted, referred, unmet
from fieldkit.headquarters.office_rows import months_held
from fieldkit.headquarters.tables import ALL, Gap, Name, Page, Table, Value, word
from fieldkit.languages.isolates import isolate_words
from fieldkit.languages.messages.figures import MONTHLY_TEXT
from fieldkit.services import figures
from fieldkit.services.figure_reading import Reading, broken_down
from fieldkit.services.figure_words import Said
from fieldkit.services.needs import TELLING
from fieldkit.services.vault import OpenVault

MOST_MONTHS = 24
_OF_A_POST = "post"


@dataclass(frozen=True, slots=True)
class Report:
    """One month; `post` is empty for everything. `tables` are as they may be read out."""

    month: str
    post: str
    tables: tuple[Table, ...]

    def value(self, table: str, row: Name, column: Name) -> Value | None:
        """A number of the report; None where the table or the row is not there."""
        for one in self.tables:
            if one.id == table and column in one.columns:
                for line in one.lines:
                    if line.name == row:
                        return line.cells[one.columns.index(column)]
        return None

    @property
    def posts(self) -> tuple[str, ...]:
        """The posts that opened a case in the month."""
        lines = (line for one in self.tables if one.id == "by_post" for line in one.lines)
        return tuple(line.name.key for line in lines if line.name.kind == "post")


def months(vault: OpenVault) -> tuple[str, ...]:
    """The months that have a report, such as `2026-03`, the newest first (rule 3). Raises PersonFault
    `access.not_allowed`."""
    vault.demand(Action.COUNT)
    present = vault.world.today().isoformat()[:7]
    held = [month for month in months_held(vault.database) if month < present]
    return tuple(reversed(held))[:MOST_MONTHS]


def report(vault: OpenVault, month: str, progress: Progress = unwatched) -> Report:
    """Everything of a month. Raises PersonFault `access.not_allowed`."""
    read, page = figures.reading(vault), Page()
    posts = {case: post for case, post in read.posts.items() if read.rows.months.get(case) == month}
    for number, lay in enumerate(_PARTS):
        progress(number, len(_PARTS))
        lay(read, page, posts, month)
    tables = tuple(map(referred.with_share, page.tables()))
    shown = (one for one in tables if one.lines and not one.is_empty and one.id != "by_month")
    return Report(month, "", tuple(shown))


def of_post(whole: Report, post: str) -> Report:
    """The rows of one post (rule 2)."""
    name = Name("post", post)
    tables = (
        Table(
            one.id,
            one.rows_are,
            one.columns,
            tuple(line for line in one.lines if line.name == name),
            one.subject,
        )
        for one in whole.tables
        if one.rows_are == _OF_A_POST
    )
    return Report(whole.month, post, tuple(one for one in tables if one.lines))


def _persons(read: Reading, page: Page, posts: Mapping[str, str], month: str) -> None:
    asked = ("sex", *(one.question for one in breakdowns.BREAKDOWNS))
    found = read.rows.outcomes(broken_down(read.vault))
    same = dict.fromkeys(posts, month)
    said = {name: _of(read.rows.said(name), posts) for name in asked}
    breakdowns.lay(page, posts, same, said, read.listed("sexes"), found)


def _phases(read: Reading, page: Page, posts: Mapping[str, str], _month: str) -> None:
    said = read.rows.answers("phase", posts)
    journeys_counted.lay_phases(page, said, posts, read.listed("phases"))


def _needs(read: Reading, page: Page, posts: Mapping[str, str], _month: str) -> None:
    told = {need: None if said is None else _of(said, posts) for need, said in read.needs.items()}
    unmet.lay_urgent(page, told, read.rows.settled(), TELLING)


def _referrals(read: Reading, page: Page, _posts: Mapping[str, str], month: str) -> None:
    rows = [one for one in read.referrals if one.day[:7] == month]
    referred.lay(page, rows, read.posts, read.overdue)


_PARTS: tuple[Callable[[Reading, Page, Mapping[str, str], str], None], ...] = (
    _persons,
    _phases,
    _needs,
    _referrals,
)


def _of(said: Mapping[str, tuple[str, ...]], posts: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    return {case: said[case] for case in posts if case in said}


def text(said: Said, whole: Report) -> tuple[str, ...]:
    """The report in sentences (rule 4), for as much as its tables tell."""
    return tuple(_sentences(said, whole))


def _sentences(said: Said, whole: Report) -> Iterator[str]:
    row = Name("post", whole.post) if whole.post else ALL

    def told(name: str, **cells: tuple[str, Name, Name]) -> Iterator[str]:
        held = {key: whole.value(*cell) for key, cell in cells.items()}
        if all(value is not None for value in held.values()):
            words = {
                key: isolate_words(said.value(value)) for key, value in held.items() if value is not None
            }
            yield said.say(MONTHLY_TEXT[name], **words)

    yield said.say(MONTHLY_TEXT["month"], month=isolate_words(said.name(Name("month", whole.month))))
    yield from told(
        "persons",
        count=("by_post", row, ALL),
        women=("by_post", row, Name("list:sexes", "female")),
        men=("by_post", row, Name("list:sexes", "male")),
    )
    ages = {key: ("by_age", Name("list:age_groups", key), ALL) for key in ("under_18", "perhaps_child")}
    yield from told("children", children=ages["under_18"], perhaps=ages["perhaps_child"])
    columns = {name: word(key) for name, key in _REFERRALS.items()}
    cells = {name: ("referrals_by_post", row, column) for name, column in columns.items()}
    yield from told("referrals", count=("referrals_by_post", row, ALL), **cells)
    for need in _unmet(whole):
        numbers = [whole.value("urgent_needs", need, column) for column in (unmet.NOT_MET, ALL)]
        count, everybody = (said.value(one) for one in numbers if one is not None)
        yield said.say(MONTHLY_TEXT["need"], need=isolate_words(said.name(need)), count=count, all=everybody)


_REFERRALS = {"helped": "helped", "waiting": "waiting", "overdue": "overdue", "declined": "declined_referral"}


_NOTHING = frozenset({0, Gap.NOT_TOLD, Gap.NOT_ASKED})


def _unmet(whole: Report) -> Iterator[Name]:
    for one in whole.tables:
        if one.id == "urgent_needs":
            at = one.columns.index(unmet.NOT_MET)
            yield from (line.name for line in one.lines if line.cells[at] not in _NOTHING)
