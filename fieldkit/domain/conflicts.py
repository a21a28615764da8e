"""What rules while values differ, until a person has decided (`journal.md`, rule 5).

1. A value that nothing replaced stands. Several different standing values of one field are a difference; nobody
   wins by being later, nearer or higher up.
2. Until a person decides, the most protective value rules. Which one that is stands in the table below, a row a
   kind of field.
3. Where no value protects more than another, all of them are honoured; where they cannot be honoured together, it
   cannot be told, and whoever asks must do what is safe without knowing.
4. A value of a kind that the row does not expect protects as if it were the careful one.

Everything here is a pure law: no clock, no disk, no person.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from itertools import combinations

from fieldkit.domain.ports import JsonValue


class Holds(StrEnum):
    """How much can be said while values differ."""

    ONE = "one"
    ALL = "all"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True, slots=True)
class Ruling:
    """What rules of several values: one of them, all of them, or that it cannot be told (then all are listed)."""

    holds: Holds
    values: tuple[JsonValue, ...]

    @property
    def one(self) -> JsonValue:
        """The value that rules; None unless there is one."""
        return self.values[0] if self.holds is Holds.ONE else None


Picks = Callable[[Sequence[JsonValue]], Ruling]

CONFIRMED, NOT_CONFIRMED, CLOSED_CATEGORY = "confirmed", "not confirmed", "closed"
"""What was decided on a category."""
OPEN_CASE, CLOSED_CASE = "open", "closed"
"""The state of a case."""
LEAST_SUITABLE = ("arrival", "child", "companion", "interpreter", "nobody")
"""Through whom somebody was understood, the least suitable first (`protection.md` 2)."""
_YOUNGEST_BAND = ("child", "unknown", "adult")


def _one(value: JsonValue) -> Ruling:
    return Ruling(Holds.ONE, (value,))


def no_wins(values: Sequence[JsonValue]) -> Ruling:
    """Yes only when everybody says so."""
    return _one(all(value is True for value in values))


def yes_wins(values: Sequence[JsonValue]) -> Ruling:
    """No only when everybody says so."""
    return _one(not all(value is False for value in values))


def first_of(order: Sequence[str]) -> Picks:
    """The value that stands first in `order`; one that is not known there comes before all (rule 4)."""

    def pick(values: Sequence[JsonValue]) -> Ruling:
        known = {value: place for place, value in enumerate(order)}
        if any(not isinstance(value, str) or value not in known for value in values):
            return _one(order[0])
        return _one(min(values, key=lambda value: known[str(value)]))

    return pick


def youngest(values: Sequence[JsonValue]) -> Ruling:
    """The lowest age: an estimate only moves towards child (`protection.md` 9)."""
    ages = [int(str(value)) for value in values if str(value).isdecimal()]
    return _one(min(ages)) if ages else Ruling(Holds.CANNOT_TELL, tuple(values))


def latest_day(values: Sequence[JsonValue]) -> Ruling:
    """The latest day of birth, for the same reason."""
    return _one(max(str(value or "") for value in values))


def oldest_day(values: Sequence[JsonValue]) -> Ruling:
    """The day longest ago: what nobody is sure was checked is checked again."""
    return _one(min(str(value or "") for value in values))


def what_all_have(values: Sequence[JsonValue]) -> Ruling:
    """Only what stands in every list: nobody gets a right that somebody else took away."""
    lists = [value if isinstance(value, list) else [] for value in values]
    return _one([item for item in lists[0] if all(item in other for other in lists)])


def what_any_has(values: Sequence[JsonValue]) -> Ruling:
    """Everything that stands in any list: no way to help is left out."""
    found: list[JsonValue] = []
    for value in values:
        found += [item for item in (value if isinstance(value, list) else []) if item not in found]
    return _one(found)


def all_stand(values: Sequence[JsonValue]) -> Ruling:
    """Every value is honoured."""
    return Ruling(Holds.ALL, tuple(values))


def cannot_tell(values: Sequence[JsonValue]) -> Ruling:
    """None may be acted on."""
    return Ruling(Holds.CANNOT_TELL, tuple(values))


PROTECTS: tuple[tuple[str, Picks], ...] = (
    ("agreement/*", no_wins),
    ("*safe_to_carry", no_wins),
    ("*declined", yes_wins),
    ("hidden_address", yes_wins),
    ("outcome/*", first_of((CONFIRMED, NOT_CONFIRMED, CLOSED_CATEGORY))),
    ("state", first_of((OPEN_CASE, CLOSED_CASE))),
    ("interview/*", all_stand),
    ("origin/*", all_stand),
    ("stopped", yes_wins),
    ("age_years", youngest),
    ("age_band", first_of(_YOUNGEST_BAND)),
    ("birth_date", latest_day),
    ("interpreted", first_of(LEAST_SUITABLE)),
    ("roles", what_all_have),
    ("clearances", what_all_have),
    ("verified", oldest_day),
    ("kinds", what_any_has),
    ("categories", what_any_has),
    ("languages", what_any_has),
)
"""Which value protects most, by the name of the field; the first row that fits (rule 2)."""


def ruling(field: str, values: Sequence[JsonValue]) -> Ruling:
    """What rules of the standing `values` of `field`, at least one. The same values in any order rule the same."""
    different = distinct(values)
    if len(different) == 1:
        return _one(different[0])
    for pattern, pick in PROTECTS:
        if fnmatchcase(field, pattern):
            return pick(different)
    texts = all(isinstance(value, str) for value in different)
    return all_stand(different) if texts else cannot_tell(different)


def distinct(values: Sequence[JsonValue]) -> tuple[JsonValue, ...]:
    """The different values, each once, in a fixed order; true and 1 are different."""
    found = {_spelled(value): value for value in values}
    return tuple(found[key] for key in sorted(found))


def pairs(values: Sequence[JsonValue]) -> Iterator[tuple[JsonValue, JsonValue]]:
    """Every two of them that differ, once."""
    return combinations(distinct(values), 2)


def _spelled(value: JsonValue) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)
