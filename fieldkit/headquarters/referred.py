"""Referrals: did they arrive, were they declined, are they overdue, how long did an answer take (R-033, R-047).

1. A referral that the person does not want is a column of its own: it says nothing about the person or the post.
2. Overdue has a target time that has passed, and nobody heard anything. Where no target time is set nothing is
   overdue: it waits.
3. Posts and services are never crossed: a service of a single post would tell of single persons.
4. A median is told when it stands for enough referrals that nobody can be found behind it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from statistics import median_low

from fieldkit.domain.waiting import Step
from fieldkit.headquarters.hiding import LIMIT
from fieldkit.headquarters.office_rows import Referred
from fieldkit.headquarters.tables import ALL, Cell, Gap, Line, Name, Page, Table, Value, parts, word

HELPED, NOT_HELPED, KNOWN = word("helped"), word("not_helped"), word("known_there")
DECLINED, OVERDUE, WAITING = word("declined_referral"), word("overdue"), word("waiting")
COLUMNS = (HELPED, NOT_HELPED, KNOWN, DECLINED, OVERDUE, WAITING)
ARRIVED = (HELPED, NOT_HELPED, KNOWN)
_OF_STATE = {"served": HELPED, "not served": NOT_HELPED, "acknowledged": KNOWN, "declined": DECLINED}
SCOPE, BY_SERVICE = "referrals", "referrals_by_service"
TO_TALK, TO_REFERRAL = word("hours_to_talk"), word("hours_to_referral")
SHARE, MEDIAN = word("share_arrived"), word("median_days")


def became(one: Referred, overdue: frozenset[str]) -> Name:
    """What became of a referral: the column in which it stands."""
    if one.declined:
        return DECLINED
    return _OF_STATE.get(one.state) or (OVERDUE if one.id in overdue else WAITING)


def lay(
    page: Page,
    rows: Iterable[Referred],
    posts: Mapping[str, str],
    overdue: frozenset[str],
    limit: int = LIMIT,
) -> None:
    """By post, by service, and how long an answer took. `overdue` names referrals."""
    held = tuple(rows)
    ways: tuple[tuple[str, str, Callable[[Referred], Name]], ...] = (
        ("referrals_by_post", "post", lambda one: Name("post", posts.get(one.case, ""))),
        (BY_SERVICE, "service", lambda one: Name("service", one.service)),
    )
    for name, rows_are, way in ways:
        parts(page, name, rows_are, COLUMNS, counted(held, way, overdue), scope=SCOPE)
    for name, rows_are, way in ways:
        page.table(f"days_{name}", rows_are, (MEDIAN,), _medians(held, way, limit))


def lay_delays(
    page: Page, steps: Mapping[tuple[str, str], str], posts: Mapping[str, str], limit: int = LIMIT
) -> None:
    """Hours from arrival to the first talk, and from there to the first referral, by post (R-019)."""
    pairs = ((TO_TALK, Step.ARRIVED, Step.SCREENED), (TO_REFERRAL, Step.SCREENED, Step.REFERRED))
    took: dict[tuple[Name, Name], list[int]] = {}
    for case, post in posts.items():
        for column, first, last in pairs:
            hours = _hours(steps.get((case, first)), steps.get((case, last)))
            if hours is None:
                continue
            for row in (Name("post", post), ALL):
                took.setdefault((row, column), []).append(hours)
    rows = (*(Name("post", post) for post in sorted(set(posts.values()))), ALL)
    columns = (TO_TALK, TO_REFERRAL)
    lines = [(row, [_median(took.get((row, column), []), limit) for column in columns]) for row in rows]
    page.table("delays", "post", columns, lines)


def _hours(first: str | None, last: str | None) -> int | None:
    """Whole hours between two moments; None when one of them is not known."""
    if first is None or last is None:
        return None
    return max(
        0, round((datetime.fromisoformat(last) - datetime.fromisoformat(first)).total_seconds() / 3600)
    )


def counted(
    rows: Sequence[Referred], way: Callable[[Referred], Name], overdue: frozenset[str]
) -> dict[Name, Counter[Name]]:
    """What became of referrals, by whatever `way` says."""
    found: dict[Name, Counter[Name]] = {name: Counter() for name in sorted({way(one) for one in rows})}
    for one in rows:
        found[way(one)][became(one, overdue)] += 1
    return found


def _medians(
    rows: Sequence[Referred], way: Callable[[Referred], Name], limit: int
) -> list[tuple[Name, Sequence[Cell]]]:
    days: dict[Name, list[int]] = {name: [] for name in (*sorted({way(one) for one in rows}), ALL)}
    for one in rows:
        if one.heard:
            took = max(0, (date.fromisoformat(one.heard) - date.fromisoformat(one.day)).days)
            days[way(one)].append(took)
            days[ALL].append(took)
    return [(name, [_median(found, limit)]) for name, found in days.items()]


def _median(days: Sequence[int], limit: int) -> Cell:
    if not days:
        return Gap.EMPTY
    return median_low(days) if len(days) >= limit else Gap.HIDDEN


def with_share(table: Table) -> Table:
    """Beside each row, of a hundred that were not declined how many arrived; hidden with any number of its row."""
    if table.columns[0] != HELPED:
        return table
    lines = tuple(Line(line.name, (*line.cells, _share(table.columns, line.cells))) for line in table.lines)
    return replace(table, columns=(*table.columns, SHARE), lines=lines)


def _share(columns: Sequence[Name], cells: Sequence[Value]) -> Value:
    held = dict(zip(columns, cells, strict=True))
    numbers = {name: value for name, value in held.items() if isinstance(value, int)}
    if len(numbers) < len(held):
        return Gap.HIDDEN
    wanted = numbers[ALL] - numbers[DECLINED]
    return round(100 * sum(numbers[name] for name in ARRIVED) / wanted) if wanted else Gap.EMPTY
