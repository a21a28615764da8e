"""What was written down of one person that cannot all be so (R-178): to be looked at, never to be decided.

1. It is about writing, not about the person: a slip of the hand, two calendars, a tired day. Nobody is asked again
   for it alone, nothing is changed by it, and it stops nothing (`protection.md` 5 and 16).
2. Open answers only. What differs stays side by side; in doubt about an age the person is a child
   (`protection.md` 9).
3. A birth that is known in part says nothing here: its day is the latest possible one (`services.partly`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import combinations

from fieldkit.languages.marking import mark
from fieldkit.services.case_file import FINISHED, KEPT, CaseFile
from fieldkit.services.keyed_in import is_day, moment_of

YEAR = 365.25
"""Days."""
APART = 2
"""Years by which ages may differ that different people told on different days."""


class Odd(StrEnum):
    """What does not fit together."""

    ARRIVED_AFTER = "arrived after"
    BORN_AFTER = "born after"
    BIRTH_AND_AGE = "birth and age"
    AGES = "ages"
    SEXES = "sexes"


WORDS: Mapping[Odd, str] = {
    Odd.ARRIVED_AFTER: mark("The day of arrival lies after the talk."),
    Odd.BORN_AFTER: mark("The day of birth lies after the arrival."),
    Odd.BIRTH_AND_AGE: mark(
        "The age does not fit the day of birth. In doubt the person is a child; nobody has to be asked again."
    ),
    Odd.AGES: mark(
        "Two talks say different ages. In doubt the person is a child; nobody has to be asked again."
    ),
    Odd.SEXES: mark("Two talks say different things about woman, man or another word."),
}
"""What is said of each, to whoever wrote it."""


@dataclass(slots=True)
class _Talk:
    """One talk: its day, and what was told in it."""

    day: date
    told: dict[str, Sequence[str]] = field(default_factory=dict)

    def one(self, name: str) -> str:
        """The only answer under a name; empty when there is none, or more than one."""
        values = self.told.get(name, ())
        return values[0] if len(values) == 1 else ""

    def day_of(self, name: str) -> date | None:
        """An answer that is a day."""
        return date.fromisoformat(self.one(name)) if is_day(self.one(name)) else None

    @property
    def birth(self) -> date | None:
        """The day of birth, where all of it is known (rule 3)."""
        return None if self.told.get("birth_date_known") else self.day_of("birth_date")

    @property
    def age(self) -> int | None:
        """The age in years that was told."""
        told = self.one("age_years")
        return int(told) if told.isascii() and told.isdigit() else None


def odd(file: CaseFile) -> tuple[Odd, ...]:
    """What of a case does not fit together, each once."""
    talks = _talks(file)
    found = {one for talk in talks for one in _within(talk)}
    found |= {one for pair in combinations(talks, 2) for one in _between(*pair)}
    return tuple(one for one in Odd if one in found)


def _talks(file: CaseFile) -> list[_Talk]:
    held: dict[str, _Talk] = {}
    for said in file.standing(FINISHED):
        day = date.fromisoformat(moment_of(said.payload, said.entry.at)[:10])
        held[said.payload["instance_id"]] = _Talk(day)
    for said in file.standing(FINISHED, KEPT):
        if said.payload["instance_id"] in held:
            held[said.payload["instance_id"]].told.update(said.payload["facts"])
    return list(held.values())


def _within(talk: _Talk) -> Iterator[Odd]:
    arrived, born, age = talk.day_of("arrival_date"), talk.birth, talk.age
    if arrived is not None and arrived > talk.day:
        yield Odd.ARRIVED_AFTER
    if arrived is not None and born is not None and born > arrived:
        yield Odd.BORN_AFTER
    if born is not None and age is not None and abs((talk.day - born).days / YEAR - age) > APART:
        yield Odd.BIRTH_AND_AGE


def _between(first: _Talk, second: _Talk) -> Iterator[Odd]:
    if first.age is not None and second.age is not None:
        passed = (second.day - first.day).days / YEAR
        if abs(second.age - first.age - passed) > APART:
            yield Odd.AGES
    if first.one("sex") and second.one("sex") and first.one("sex") != second.one("sex"):
        yield Odd.SEXES
