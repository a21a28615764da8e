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

from fieldkit.headquarters.hiding import LIMIT
from fieldkit.headquarters.office_rows import Referred
from fieldkit.headquarters.tables import ALL, Cell, Gap, Line, Name, Page, Table, Value, parts, word

HELPED, NOT_HELPED, KNOWN = word("helped"), word("not_helped"), word("known_there")
DECLINED, OVERDUE, WAITING = word("declined_referral"), word("overdue"), word("waiting")
COLUMNS = (HELPED, NOT_HELPED, KNOWN, DECLINED, OVERDUE, WAITING)
ARRIVED = (HELPED, NOT_HELPED, KNOWN)
_OF_STATE = {"served": HELPED, "not served": NOT_HELPED, "acknowledged": KNOWN, "declined": DECLINED}
SCOPE, BY_SERVICE = "referrals", "referrals_by_service"
Moments = tuple[str, str | None, str | None, str | None]
"""A case with the first moment of its arrival, of its talk and of its referral, as far as they are known."""
TO_TALK, TO_REFERRAL = word("hours_to_talk"), word("hours_to_referral")
SHARE, MEDIAN = word("share_arrived"), word("median_days")


def became(state: str, *, declined: bool, late: bool) -> Name:
    """What became of a referral: the column in which it stands. `state` is what was heard of it, or empty."""
    if declined:
        return DECLINED
    return _OF_STATE.get(state) or (OVERDUE if late else WAITING)


def lay(
    page: Page,
    rows: Iterable[Referred],
    posts: Mapping[str, str],
    overdue: frozenset[str],
    limit: int = LIMIT,
) -> None:
    """By post, by service, and how long an answer took. `overdue` names referrals."""
    held = tuple(rows)
    ways: tuple[tuple[str, str, Callable[[Referred], str]], ...] = (
        ("referrals_by_post", "post", lambda one: posts.get(one.case, "")),
        (BY_SERVICE, "service", lambda one: one.service),
    )
    for name, rows_are, way in ways:
        parts(page, name, rows_are, COLUMNS, counted(held, rows_are, way, overdue), scope=SCOPE)
    for name, rows_are, way in ways:
        page.table(f"days_{name}", rows_are, (MEDIAN,), _medians(held, rows_are, way, limit))


def lay_delays(page: Page, steps: Iterable[Moments], posts: Mapping[str, str], limit: int = LIMIT) -> None:
    """Hours from arrival to the first talk, and from there to the first referral, by post (R-019)."""
    took: dict[str, tuple[Counter[int], Counter[int]]] = {
        post: (Counter(), Counter()) for post in sorted(set(posts.values()))
    }
    for case, arrived, talked, sent in steps:
        if case in posts:
            to_talk, to_referral = took[posts[case]]
            to_talk.update(_hours(arrived, talked))
            to_referral.update(_hours(talked, sent))
    lines = [
        (Name("post", post), [_median(hours, limit) for hours in counted]) for post, counted in took.items()
    ]
    everybody = [sum(of_all, Counter[int]()) for of_all in zip(*took.values(), strict=True)]
    lines.append((ALL, [_median(hours, limit) for hours in everybody or [Counter[int](), Counter[int]()]]))
    page.table("delays", "post", (TO_TALK, TO_REFERRAL), lines)


def _hours(first: str | None, last: str | None) -> tuple[int, ...]:
    """Whole hours between two moments; nothing when one of them is not known."""
    if first is None or last is None:
        return ()
    took = (datetime.fromisoformat(last) - datetime.fromisoformat(first)).total_seconds()
    return (max(0, round(took / 3600)),)


def counted(
    rows: Iterable[Referred], kind: str, way: Callable[[Referred], str], overdue: frozenset[str]
) -> dict[Name, Counter[Name]]:
    """What became of referrals, by whatever `way` says; `kind` is whose word that is."""
    tally = Counter((way(one), one.state, one.declined, one.id in overdue) for one in rows)
    found: dict[Name, Counter[Name]] = {
        Name(kind, key): Counter() for key in sorted({row[0] for row in tally})
    }
    for (key, state, declined, late), count in tally.items():
        found[Name(kind, key)][became(state, declined=declined, late=late)] += count
    return found


def _medians(
    rows: Sequence[Referred], kind: str, way: Callable[[Referred], str], limit: int
) -> list[tuple[Name, Sequence[Cell]]]:
    days: dict[Name, Counter[int]] = {
        name: Counter() for name in (*(Name(kind, key) for key in sorted({way(one) for one in rows})), ALL)
    }
    for (key, day, heard), count in Counter((way(one), one.day, one.heard) for one in rows).items():
        if heard:
            took = max(0, (date.fromisoformat(heard) - date.fromisoformat(day)).days)
            days[Name(kind, key)][took] += count
            days[ALL][took] += count
    return [(name, [_median(found, limit)]) for name, found in days.items()]


def _median(counts: Counter[int], limit: int) -> Cell:
    if not counts:
        return Gap.EMPTY
    return median_low(counts.elements()) if counts.total() >= limit else Gap.HIDDEN


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
