"""A child who is alone, or with adults who are not the parents, as a line of the register (R-099, R-085).

1. What nobody told is "not told", never "none" (`protection.md` 15): a line says which of the two it is.
2. Days without a guardian are counted from the day of registration, and from the day a guardian's task ended; they
   end with a designation: name, day and mandate. That somebody said there is one ends nothing (R-085).
3. Overdue is what has a limit and is past it. Without a limit nothing is overdue, and the days are said.
4. Overdue first, then who has waited longest. Nothing else orders the list: no category, no nationality, no score.

Everything here is a pure law: no clock, no disk, no person.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Item(StrEnum):
    """What is followed for each child."""

    HAND_OVER = "hand_over"
    GUARDIAN = "guardian"
    BEST_INTEREST = "best_interest"
    TRACING = "tracing"
    PLACEMENT = "placement"


class State(StrEnum):
    """How far an item is."""

    NOT_TOLD = "not told"
    NONE = "none"
    SAID = "said"
    DONE = "done"
    DECIDED = "decided"


class Late(StrEnum):
    """What is overdue, or cannot wait."""

    HAND_OVER = "hand_over"
    GUARDIAN = "guardian"
    ASSESSMENT = "assessment"
    REVIEW = "review"
    PLACE = "place"


LOCKED_UP, NO_PLACE, LIVES_ALONE = "held", "none", "alone"
"""Values of the codebook's list `living_places` that cannot wait."""
CANNOT_WAIT = frozenset({LOCKED_UP, NO_PLACE, LIVES_ALONE})


@dataclass(frozen=True, slots=True)
class Limits:
    """Days from registration until each is due; None where nobody set a limit (rule 3)."""

    hand_over: int | None = None
    assessment: int | None = None
    guardian: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of one child's items. Days are ISO, empty where there is none.

    `whole`: everything that was written down is at hand, as at the post; else what is missing was not told
    (rule 1).
    """

    registered: str
    whole: bool = True
    handed_over: str = ""
    called: str = ""
    guardian_from: str = ""
    guardian_ended: str = ""
    guardian_said: str = ""
    assessed: str = ""
    stage: str = ""
    determined: str = ""
    several_decide: str = ""
    look_again: str = ""
    traced: str = ""
    lives: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A child in the register. `post` is the place's name, `band` an age band, `sex` a value of the list `sexes` or
    empty; `days` without a guardian, None where one is named or nobody told; `name` only where it may be seen."""

    case: str
    number: str
    post: str
    band: str
    sex: str
    told: Told
    states: Mapping[Item, State]
    late: tuple[Late, ...]
    days: int | None
    is_closed: bool = False
    name: str = field(default="", repr=False)

    @property
    def since(self) -> str:
        """From which day on the line counts: rule 4."""
        return self.told.registered


def states(told: Told) -> dict[Item, State]:
    """How far each item is."""
    nothing = State.NONE if told.whole else State.NOT_TOLD
    return {
        Item.HAND_OVER: State.DONE if told.handed_over else _said(told.called, nothing),
        Item.GUARDIAN: _guardian(told, nothing),
        Item.BEST_INTEREST: State.DECIDED
        if told.determined
        else (State.DONE if told.assessed else _said(told.several_decide, nothing)),
        Item.TRACING: State.DONE if told.traced else nothing,
        Item.PLACEMENT: State.DONE if told.lives else nothing,
    }


def _said(value: str, nothing: State) -> State:
    return State.SAID if value else nothing


def _guardian(told: Told, nothing: State) -> State:
    if told.guardian_from:
        return State.DONE
    if told.guardian_said == "yes":
        return State.SAID
    return State.NONE if told.guardian_ended or told.guardian_said else nothing


def days_without(told: Told, today: date) -> int | None:
    """Days without a guardian (rule 2); None where one is named, or where nobody told (rule 1)."""
    if states(told)[Item.GUARDIAN] in (State.DONE, State.NOT_TOLD):
        return None
    return _days(max(told.registered, told.guardian_ended), today)


def late(told: Told, limits: Limits, today: date) -> tuple[Late, ...]:
    """What is overdue or cannot wait (rule 3)."""
    held = states(told)
    since = _days(told.registered, today)
    without = days_without(told, today)
    not_yet = {item for item, state in held.items() if state in (State.NONE, State.SAID)}
    passed = {
        Late.HAND_OVER: Item.HAND_OVER in not_yet and _past(since, limits.hand_over),
        Late.GUARDIAN: without is not None and _past(without, limits.guardian),
        Late.ASSESSMENT: Item.BEST_INTEREST in not_yet and _past(since, limits.assessment),
        Late.REVIEW: bool(told.look_again) and told.look_again < today.isoformat(),
        Late.PLACE: told.lives in CANNOT_WAIT,
    }
    return tuple(one for one in Late if passed[one])


def _past(days: int | None, limit: int | None) -> bool:
    return days is not None and limit is not None and days > limit


def _days(since: str, today: date) -> int:
    """Whole days since then; 0 where a clock was turned back meanwhile."""
    return max(0, (today - date.fromisoformat(since)).days)


def in_order(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Rule 4; cases that a person closed stand last."""
    return tuple(sorted(lines, key=lambda one: (one.is_closed, not one.late, one.since, one.number)))


def counts(lines: Sequence[Line]) -> dict[Item, dict[State, int]]:
    """How many children of open cases are at each state of each item; what was not told has its own count."""
    found = {item: dict.fromkeys(State, 0) for item in Item}
    for line in lines:
        if not line.is_closed:
            for item, state in line.states.items():
                found[item][state] += 1
    return found
