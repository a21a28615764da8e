"""What is known of somebody's being held: since when, why, who answers for it, who looked at it (R-125, R-127).

1. Grounds of entry and stay are kept apart from a charge before a court; where nobody told a ground, that is said.
2. What was not written down is not told, never a no.
3. Days are counted from the day on which it began to the day on which it ended, or to today.
4. Children stand first, and whoever may be one is one.
5. No order by anything but days: nobody is held more or less rightly (`protection.md` 16).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """Which kind of ground it is (rule 1)."""

    IMMIGRATION = "immigration"
    CRIMINAL = "criminal"
    NOT_TOLD = "not_told"


COURT = frozenset({"court"})
"""Names of the list `held_grounds` that are a charge before a court."""
UNTOLD = frozenset({"", "not_told", "not_known"})


@dataclass(frozen=True, slots=True)
class Review:
    """Somebody looked at whether it may go on: the day, who (a function), a name of the list `held_reviews`."""

    day: str
    by: str
    result: str


@dataclass(frozen=True, slots=True)
class Visit:
    """Whether the person could speak to somebody: a name of the list `held_visitors`."""

    day: str
    whom: str
    given: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is held from a day on."""

    day: str
    place: str


@dataclass(frozen=True, slots=True)
class Held:
    """One time that somebody is or was held. `grounds` and `bodies` are what stands: several where people wrote
    different things. `until` is empty while it goes on, `how` how it ended."""

    case: str
    number: str
    measure: str
    since: str
    until: str
    days: int
    child: bool
    past_a_lock: bool
    grounds: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    reviews: tuple[Review, ...] = ()
    visits: tuple[Visit, ...] = ()
    tried: str = ""
    how: str = ""
    talked: str = ""
    """The day of the newest talk about how it is there; what was said stays in it."""

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of its grounds; of several all (rule 1)."""
        return kinds_of(self.grounds)

    @property
    def last_review(self) -> Review | None:
        """The newest look at it; None where nobody told of any (rule 2)."""
        return max(self.reviews, key=lambda one: one.day, default=None)


def kinds_of(grounds: Iterable[str]) -> tuple[Kind, ...]:
    """Immigration, criminal, or not told (rules 1 and 2)."""
    told = {one for one in grounds if one not in UNTOLD}
    found = {Kind.CRIMINAL if one in COURT else Kind.IMMIGRATION for one in told}
    return tuple(kind for kind in Kind if kind in found) or (Kind.NOT_TOLD,)


def days_between(since: str, until: str, today: date) -> int:
    """How many days it lasted, or has lasted by `today` (rule 3); never below 0."""
    end = date.fromisoformat(until) if until else today
    return max(0, (end - date.fromisoformat(since)).days)


def in_order(rows: Iterable[Held]) -> tuple[Held, ...]:
    """Children first, then the longest (rules 4 and 5)."""
    return tuple(sorted(rows, key=lambda one: (not one.child, -one.days, one.number)))
