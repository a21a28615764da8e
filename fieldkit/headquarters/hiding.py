"""Small numbers hidden, so that nobody can be found behind one and no subtraction gives it back (R-165, K-04).

1. A number of persons from 1 to 4 is hidden. 0 is told: that nobody was found is no person. Five is the limit in
   common use for tables that leave an office; the sources name none.
2. Where numbers add up to a total that is told, one hidden number could be worked out from the others. So what is
   hidden stands beside something else that is hidden, the smallest number there is; together they are at least
   the limit, and more than one each.
3. The same across all tables of a page: no sum or difference of what is told gives a hidden number (what is hidden
   is looked at as the unknowns of all sums at once). Each of them could be another whole number.
4. Nothing here helps when the same table is handed out twice with one more person in it: whoever hands figures out
   does it by the month, and the page says so.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

LIMIT = 5
"""Persons: fewer than this are hidden."""

Key = tuple[str, ...]
"""What a number counts, as words in an order."""


@dataclass(frozen=True, slots=True)
class Sum:
    """What adds up: `total` is all of `parts` together."""

    total: Key
    parts: tuple[Key, ...]

    @property
    def members(self) -> tuple[Key, ...]:
        """The parts first."""
        return (*self.parts, self.total)


def hidden(values: Mapping[Key, int], sums: Sequence[Sum], limit: int = LIMIT) -> frozenset[Key]:
    """The numbers that are not told (rules 1 to 3). Every key of `sums` is one of `values`."""
    found = {key for key, value in values.items() if 0 < value < limit}
    while True:
        more = _beside(values, sums, found, limit) or _worked_out(values, sums, found)
        if not more:
            return frozenset(found)
        found |= more


def worked_out(sums: Iterable[Sum], unknown: Collection[Key]) -> frozenset[Key]:
    """Which of the unknown numbers the sums alone determine: those on which every solution agrees."""
    rows: dict[Key, dict[Key, Fraction]] = {}
    for one in sums:
        row = _row(one, unknown)
        for pivot, held in rows.items():
            if pivot in row:
                row = _less(row, held, row[pivot])
        if not row:
            continue
        pivot, weight = next(iter(row.items()))
        row = {key: part / weight for key, part in row.items()}
        for other, held in rows.items():
            if pivot in held:
                rows[other] = _less(held, row, held[pivot])
        rows[pivot] = row
    return frozenset(pivot for pivot, row in rows.items() if len(row) == 1)


def _row(one: Sum, unknown: Collection[Key]) -> dict[Key, Fraction]:
    row = {part: Fraction(1) for part in one.parts if part in unknown}
    if one.total in unknown:
        row[one.total] = Fraction(-1)
    return row


def _less(row: Mapping[Key, Fraction], other: Mapping[Key, Fraction], times: Fraction) -> dict[Key, Fraction]:
    made = dict(row)
    for key, weight in other.items():
        made[key] = made.get(key, Fraction(0)) - times * weight
    return {key: weight for key, weight in made.items() if weight}


def _beside(
    values: Mapping[Key, int], sums: Sequence[Sum], found: Collection[Key], limit: int
) -> frozenset[Key]:
    """What is hidden beside hidden numbers that a sum leaves too little choice (rule 2); empty when none does."""
    more = set[Key]()
    for one in sums:
        unknown = [key for key in one.members if key in found]
        if unknown and not _has_choice(one, unknown, values, limit):
            chosen = _next(values, one, {*found, *more})
            more |= {chosen} if chosen is not None and more.isdisjoint(one.members) else set()
    return frozenset(more)


def _has_choice(one: Sum, unknown: Sequence[Key], values: Mapping[Key, int], limit: int) -> bool:
    if one.total in unknown:
        return len(unknown) > 1
    together = sum(values[key] for key in unknown)
    return len(unknown) > 1 and together >= limit and together > len(unknown)


def _worked_out(values: Mapping[Key, int], sums: Sequence[Sum], found: Collection[Key]) -> frozenset[Key]:
    """What is hidden beside numbers that several sums together give away (rule 3)."""
    known, more = worked_out(sums, found), set[Key]()
    for one in sums:
        if not known.isdisjoint(one.members) and more.isdisjoint(one.members):
            chosen = _next(values, one, {*found, *more})
            more |= {chosen} if chosen is not None else set()
    return frozenset(more)


def _next(values: Mapping[Key, int], one: Sum, found: Collection[Key]) -> Key | None:
    """The smallest part that is told and not 0, else the total, else a 0; None when all of it is hidden."""
    told = [key for key in one.parts if key not in found]
    some = [key for key in told if values[key]]
    if some:
        return min(some, key=lambda key: (values[key], key))
    if one.total not in found:
        return one.total
    return min(told, default=None)
