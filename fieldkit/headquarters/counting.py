"""Counting: pure functions from rows to figures, each with its definition.

1. What was not asked is never 0 (`protection.md` 15). A figure says of how many interviews it could be known;
   when nobody was asked and nothing was found either, it has no value.
2. A figure counts persons (cases), each once, however often they were interviewed or how many rules spoke.
3. The words are "persons with indicators" and "may need"; nothing here decides what somebody is.
4. Small numbers stand here as they are: this is headquarters' own screen, where the cases themselves are
   listed. Whatever leaves headquarters suppresses small cells, and never crosses category, nationality and
   post; nothing in this file does either, so nothing in it may be handed on.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

_Row = TypeVar("_Row")
_Key = TypeVar("_Key", bound=Hashable)

CONFIRMED = "figure.confirmed"
SUGGESTED = "figure.suggested"
BASE = "figure.base"
SECTION = "figure.section"
CASES = "figure.cases"
WITHHELD = "figure.withheld"
ANSWER = "figure.answer"
DEFINITIONS = (CONFIRMED, SUGGESTED, BASE, SECTION, CASES, WITHHELD)
"""Ids of the definition texts (`languages/messages/headquarters.py`); every figure here names one."""


class Asked(StrEnum):
    """How a section of an interview ended."""

    ASKED = "asked"
    NOT_ASKED = "not asked"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class InterviewRow:
    """One finished interview: its case, its day (ISO date as the post's clock showed), its sections."""

    case: str
    day: str
    sections: Mapping[str, Asked]


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One category for one case: suggested by a rule, confirmed or chosen by a person, or both."""

    case: str
    day: str
    category: str
    suggested: bool
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Base:
    """Of how many interviews something could be known."""

    asked: int = 0
    not_asked: int = 0
    declined: int = 0
    definition: str = BASE


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of persons; None when nobody was asked, which is not 0 (rule 1)."""

    value: int | None
    definition: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One category on one day, or over all days."""

    confirmed: Figure
    suggested: Figure
    base: Base


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One question of one interview: its case, the values that were given (none that is in own words), how it
    ended."""

    case: str
    name: str
    values: tuple[str, ...]
    way: Asked


@dataclass(frozen=True, slots=True)
class AnswerFigure:
    """One question: persons by value, and of how many interviews it could be known. Nothing else stands beside
    it."""

    name: str
    persons: tuple[tuple[str, Figure], ...]
    base: Base


@dataclass(frozen=True, slots=True)
class CountTable:
    """Counts by category and day. `days` and `categories` are sorted; a cell exists for each pair."""

    days: tuple[str, ...]
    categories: tuple[str, ...]
    cells: Mapping[tuple[str, str], Cell]
    totals: Mapping[str, Cell]
    sections: Mapping[str, Base]
    cases: Figure
    withheld: Figure
    definitions: tuple[str, ...] = field(default=DEFINITIONS)


Needs = Mapping[str, frozenset[str]]
"""The sections that must have been asked before a category can be known; all sections, when not named."""


def count(
    interviews: Sequence[InterviewRow],
    outcomes: Sequence[OutcomeRow],
    *,
    categories: Iterable[str] = (),
    needs: Needs | None = None,
    withheld: int = 0,
) -> CountTable:
    """The table of all figures. `categories` are listed even where nobody has them."""
    days = tuple(sorted({row.day for row in interviews} | {row.day for row in outcomes}))
    listed = tuple(sorted({*categories, *(row.category for row in outcomes)}))
    wanted = needs or {}
    daily = _grouped(interviews, lambda row: row.day)
    by_cell = _grouped(outcomes, lambda row: (row.day, row.category))
    by_category = _grouped(outcomes, lambda row: row.category)
    cells = {
        (day, category): _cell(daily.get(day, []), by_cell.get((day, category), []), wanted.get(category))
        for day in days
        for category in listed
    }
    totals = {
        category: _cell(interviews, by_category.get(category, []), wanted.get(category))
        for category in listed
    }
    cases = {row.case for row in interviews} | {row.case for row in outcomes}
    return CountTable(
        days=days,
        categories=listed,
        cells=cells,
        totals=totals,
        sections=_sections(interviews),
        cases=Figure(len(cases), CASES),
        withheld=Figure(withheld, WITHHELD),
    )


def asked_for(sections: Mapping[str, Asked], needed: frozenset[str] | None) -> Asked:
    """Whether an interview with these sections could tell about something that needs some of them (None: all).

    Declined weighs more than not asked: the person was given the choice. No section at all: not asked.
    """
    names = needed if needed is not None else frozenset(sections)
    ways = {sections.get(name, Asked.NOT_ASKED) for name in names}
    if Asked.DECLINED in ways:
        return Asked.DECLINED
    return Asked.ASKED if ways == {Asked.ASKED} else Asked.NOT_ASKED


def count_answers(rows: Iterable[AnswerRow]) -> tuple[AnswerFigure, ...]:
    """Persons by answer, question by question in the order of the names; each person once a value (rules 1 and
    2)."""
    found = []
    for name, asked in sorted(_grouped(rows, lambda row: row.name).items()):
        ways = Counter(row.way for row in asked)
        values = sorted({value for row in asked for value in row.values})
        base = Base(ways[Asked.ASKED], ways[Asked.NOT_ASKED], ways[Asked.DECLINED])
        persons = [
            (value, _persons((row.case for row in asked if value in row.values), base.asked > 0, ANSWER))
            for value in values
        ]
        found.append(AnswerFigure(name, tuple(persons), base))
    return tuple(found)


def _grouped(rows: Iterable[_Row], key: Callable[[_Row], _Key]) -> dict[_Key, list[_Row]]:
    groups: dict[_Key, list[_Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups


def _cell(
    interviews: Iterable[InterviewRow], outcomes: Sequence[OutcomeRow], needed: frozenset[str] | None
) -> Cell:
    ways = Counter(asked_for(row.sections, needed) for row in interviews)
    base = Base(ways[Asked.ASKED], ways[Asked.NOT_ASKED], ways[Asked.DECLINED])
    asked, spoken = base.asked > 0, any(row.suggested for row in outcomes)
    confirmed = any(row.confirmed for row in outcomes)
    return Cell(
        confirmed=_persons(
            (row.case for row in outcomes if row.confirmed), asked or spoken or confirmed, CONFIRMED
        ),
        suggested=_persons((row.case for row in outcomes if row.suggested), asked or spoken, SUGGESTED),
        base=base,
    )


def _persons(cases: Iterable[str], known: bool, definition: str) -> Figure:
    return Figure(len(set(cases)) if known else None, definition)


def _sections(interviews: Iterable[InterviewRow]) -> dict[str, Base]:
    """Every section that any interview knows; an interview without it did not ask it."""
    rows = list(interviews)
    sections = {}
    for name in sorted({name for row in rows for name in row.sections}):
        ways = Counter(row.sections.get(name, Asked.NOT_ASKED) for row in rows)
        sections[name] = Base(ways[Asked.ASKED], ways[Asked.NOT_ASKED], ways[Asked.DECLINED], SECTION)
    return sections
