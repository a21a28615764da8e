"""What is held here, by kind and by age: for whoever puts together who holds which data (R-180, N-051).

1. It lists kinds of records and how many there are, never a person, a case or a text.
2. What stands on another page as the same number is the same number here: small ones are hidden together.
3. The oldest month is told only where enough records stand behind it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from fieldkit.headquarters import breakdowns
from fieldkit.headquarters.hiding import LIMIT, Key
from fieldkit.headquarters.tables import ALL, Cell, Gap, Name, Page, Put, cell, whole, word

YEAR, YEAR_BEFORE, OLDER = word("last_year"), word("year_before"), word("longer_ago")
SINCE = word("since")
PERSONS = word("held_persons")
MONTHS = 12
AGES = (YEAR, YEAR_BEFORE, OLDER)
_TOTALS: Mapping[Name, Key] = {
    PERSONS: whole("persons"),
    word("held_referrals"): whole("referrals"),
}
"""Where the number of all records of a kind stands on another page."""


def lay(page: Page, held: Sequence[tuple[Name, Counter[str]]], today: date, limit: int = LIMIT) -> None:
    """One row a kind of record: how many of which age. `held` counts records by day (ISO)."""
    rows: list[tuple[Name, Sequence[Cell]]] = []
    for name, days in held:
        counts: Counter[Name] = Counter()
        for day, count in days.items():
            counts[_age(day, today)] += count
        cells = [page.put(("held", name.kind, name.key, age.key), counts[age]) for age in AGES]
        total = page.put(_total(name), days.total())
        page.adds(total, cells)
        if name == PERSONS:
            _same_months(page, days, today)
        oldest = min(days, default="")[:7]
        since: Cell = (Name("month", oldest),) if days.total() >= limit else Gap.HIDDEN if days else Gap.EMPTY
        rows.append((name, [*cells, total, since]))
    page.table("held", "record", (*AGES, ALL, SINCE), rows)


def _total(name: Name) -> Key:
    if name.kind == "form":
        return cell("talks", name, ALL)
    return _TOTALS.get(name, ("held", name.kind, name.key))


def _same_months(page: Page, days: Iterable[str], today: date) -> None:
    """Persons of a year are those of its months on the page of persons."""
    months: dict[Name, set[str]] = {}
    for day in days:
        months.setdefault(_age(day, today), set()).add(day[:7])
    for age, named in months.items():
        keys = [breakdowns.of_month(month) for month in sorted(named)]
        if all(map(page.has, keys)):
            page.adds(Put(("held", PERSONS.kind, PERSONS.key, age.key)), map(Put, keys))


def _age(day: str, today: date) -> Name:
    """In which of the three years before the end of this month a day lies: whole months, as they are told."""
    months = (today.year - int(day[:4])) * 12 + today.month - int(day[5:7])
    return YEAR if months < MONTHS else YEAR_BEFORE if months < 2 * MONTHS else OLDER
