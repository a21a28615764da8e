"""Reception places side by side, from the newest sheet of each (R-008, R-009).

1. A place is a post and a kind of place: the names that people write stay in the sheets.
2. What nobody ticked is not told when the question was left out; it is missing when it was answered without it.
3. Rooms, stores and people who can be had are no persons, and are never hidden; people who are there are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fieldkit.headquarters.tables import Cell, Gap, Name, Page, word

HAS = ("site_places", "site_stock", "site_people")
GAPS = "site_gaps"
NUMBERS = ("site_beds", "site_people_now", "site_staff", "site_not_helped")
NONE = "none"
_OF_PERSONS = frozenset({"site_people_now", "site_not_helped"})


@dataclass(frozen=True, slots=True)
class Check:
    """One sheet: post, kind of place, day; what was ticked by question (None where it was left out); numbers."""

    post: str
    kind: str
    day: str
    ticked: Mapping[str, frozenset[str] | None]
    numbers: Mapping[str, int | None]

    @property
    def place(self) -> Name:
        """The place (rule 1)."""
        return Name("place", f"{self.kind} {self.post}")


def newest(checks: Sequence[Check]) -> tuple[Check, ...]:
    """The newest sheet of each place; of the same day the last that was written."""
    found: dict[Name, Check] = {}
    for one in checks:
        held = found.get(one.place)
        if held is None or held.day <= one.day:
            found[one.place] = one
    return tuple(found[name] for name in sorted(found))


def lay(page: Page, checks: Sequence[Check], lists: Mapping[str, Sequence[str]]) -> None:
    """What is missing where, how full places are, and of each thing at how many places it is.

    `lists` are the answers that each question offers.
    """
    held = newest(checks)
    offered = {name: [value for value in lists[name] if value != NONE] for name in (*HAS, GAPS)}
    page.table(
        "places_missing",
        "place",
        (word("day"), *(word(f"missing_{name}") for name in HAS), word("lacked")),
        [(one.place, _missing(one, offered)) for one in held],
    )
    page.table(
        "places_full",
        "place",
        tuple(map(word, NUMBERS)),
        [(one.place, [_number(page, one, name) for name in NUMBERS]) for one in held],
    )
    rows: list[tuple[Name, Sequence[Cell]]] = [
        (Name(f"list:{name}", value), list(_at(held, name, value)))
        for name in HAS
        for value in offered[name]
        if held
    ]
    page.table("places_have", "thing", (word("there"), word("not_there"), word("not_told")), rows)


def gaps(checks: Sequence[Check]) -> dict[Name, int]:
    """At how many places each thing was missing in the days before the newest sheet."""
    found: dict[Name, int] = {}
    for one in newest(checks):
        for value in sorted((one.ticked.get(GAPS) or frozenset()) - {NONE}):
            name = Name(f"list:{GAPS}", value)
            found[name] = found.get(name, 0) + 1
    return dict(sorted(found.items()))


def _missing(one: Check, offered: Mapping[str, Sequence[str]]) -> list[Cell]:
    cells: list[Cell] = [(Name("day", one.day),)]
    for name in HAS:
        ticked = one.ticked.get(name)
        gone = [value for value in offered[name] if ticked is not None and value not in ticked]
        cells.append(Gap.NOT_TOLD if ticked is None else _words(name, gone))
    lacked = one.ticked.get(GAPS)
    named = [value for value in offered[GAPS] if lacked is not None and value in lacked]
    return [*cells, Gap.NOT_TOLD if lacked is None else _words(GAPS, named)]


def _words(name: str, values: Sequence[str]) -> Cell:
    return tuple(Name(f"list:{name}", value) for value in values) or (word("nothing"),)


def _number(page: Page, one: Check, name: str) -> Cell:
    value = one.numbers.get(name)
    if value is None:
        return Gap.NOT_TOLD
    return page.put((one.place.key, name), value) if name in _OF_PERSONS else value


def _at(checks: Sequence[Check], name: str, value: str) -> tuple[int, int, int]:
    ticked = [one.ticked.get(name) for one in checks]
    told = [held for held in ticked if held is not None]
    there = sum(value in held for held in told)
    return there, len(told) - there, len(ticked) - len(told)
