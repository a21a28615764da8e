"""What must not be planned, printed or decided about a person (R-022, R-071, R-074, R-090, R-094, R-128, R-130,
R-131, R-167).

1. A lock stops plans, papers and outcomes. It never stops the recording of what happened (`protection.md` 5):
   what was done already is kept at once, and every lock that it went past is named beside it.
2. What is not known keeps a lock closed: silence is not safety (`protection.md` 1).
3. Fear of going back, or a wish for protection, in any words, stands until two people closed it, because it
   never was so or the person does not wish it any more (R-022). That help was given opens nothing. The same holds
   for whoever was not recognised and may not be able to go back (R-063).
4. Whoever may be exploited, smuggled or in search of asylum is not punished or held for it: a second person
   with the right to it has to agree, with a reason, and sees the rule (R-058, R-071).
5. A child is returned only when child protection has every one of five things (R-094), and is never planned
   to be held (R-090). In doubt the person is a child.
6. Return or refusal of entry needs the outcome of all four looks on file: asylum, trafficking, child, needs
   (R-128). A talk that has to be led again is no outcome (R-037).
7. No consulate hears of somebody who may need protection, nor of anybody unasked (R-131, R-167, K-03).
8. A return by choice needs the talk about it: the person's own wish, without pressure, who knows that it can be
   taken back, and wishes it now (R-130, K-28). What was ever said against it stands until a second person has
   talked with them and agrees; a talk that was not led nobody replaces.
9. Who wishes time to think has it: nobody plans their return until its days have passed, or they say that they
   want no more of it (K-28). Where no country set a number of days, only the person ends it.
10. Whom an authority gave time to rest and recover takes no step back while it lasts: no return, no refusal, no
   return by choice (R-074). It ends with its last day, or as `services.recovering` says.

Everything here is a pure law. That all locks are open is no verdict and is told nobody as one.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from fieldkit.domain.outcome import SCREEN_AGAIN


class What(StrEnum):
    """What is done to a person, or planned."""

    DETENTION = "detention"
    PENALTY = "penalty"
    REFUSAL = "refusal"
    RETURN = "return"
    CHOSEN_RETURN = "chosen_return"
    CONSULATE = "consulate"


class Lock(StrEnum):
    """One rule of the requirements."""

    FEAR = "fear"
    NOT_PUNISHED = "not_punished"
    CHILD_HELD = "child_held"
    CHILD_RETURN = "child_return"
    BEFORE_REMOVAL = "before_removal"
    COUNTRY = "country"
    CHOICE_TALK = "choice_talk"
    FREE_CHOICE = "free_choice"
    TIME_TO_THINK = "time_to_think"
    RECOVERING = "recovering"


class Check(StrEnum):
    """What child protection has before a child is returned (R-094)."""

    BEST_INTEREST = "best_interest"
    RECEPTION = "reception"
    CONSULAR = "consular"
    AFTERWARDS = "afterwards"
    ESCORT = "escort"


OPENED_BY_A_SECOND_PERSON = frozenset({Lock.NOT_PUNISHED, Lock.FREE_CHOICE})
"""All others open only when what is missing is there (rules 4 and 8)."""

ASYLUM = frozenset({"C01", "C02", "C03"})
EXPLOITED = frozenset({"C04", "C05"})
CANNOT_GO_BACK = frozenset({"C29"})
NOT_PUNISHED = ASYLUM | EXPLOITED | {"C16"}
AT_RISK = ASYLUM | EXPLOITED | CANNOT_GO_BACK | {"C09", "C10", "C13", "C25"}
"""Of whom no authority of another State hears (rule 7)."""
HELD_BY_TWO = ASYLUM | EXPLOITED | CANNOT_GO_BACK
"""Categories that one person alone cannot take away (rules 3 and 4)."""

TAKES_AWAY = frozenset({"mistake", "not_wished", "other"})
"""Grounds of closing a category after which it protects no more; they need two people where `HELD_BY_TWO` or a
child is protected (rule 3)."""

GATE = ("gate_asylum", "gate_trafficking", "gate_child", "gate_needs")
"""Codebook names of the four looks before a removal (rule 6)."""
NOTHING_FOUND, FOUND = "nothing_found", "found"
"""How a look ended. Any other value, or none, is no outcome."""

FREE_WISH: Mapping[str, str] = {
    "return_own_choice": "yes",
    "return_pressure": "none",
    "return_may_withdraw": "yes",
    "return_wish_now": "yes",
}
"""Codebook names of the talk about going back by choice, and the only answer that says it is free (rule 8)."""

WISHED_TIME = "return_time"
"""Codebook name of the wish for time to think (rule 9)."""
RECOVERY_TIME = "recovery_time"
"""Codebook name of the paper that gives time to rest (rule 10)."""

FEAR_SAID: Mapping[str, frozenset[str]] = {
    "fear_return": frozenset({"yes", "perhaps"}),
    "asks_protection": frozenset({"yes", "perhaps"}),
    "fear_mentioned": frozenset({"yes"}),
}
"""Answers that say it. One that was given stands, whatever is ticked over it (rule 3)."""

_OUT = frozenset({What.REFUSAL, What.RETURN, What.CHOSEN_RETURN})
_PUNISHING = frozenset({What.DETENTION, What.PENALTY, What.REFUSAL, What.RETURN})


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of one case. `categories` were found or chosen and stand; `doubtful` cannot be told; `looks`
    are the answers to the four looks by name, `wish` those to the talk about a return by choice; `abroad_open`
    says whether the country in question may hear of anybody from there; `agreed` whether the person said yes to
    the consulate; `thinking` whether a wished time to think is not over, `recovering` whether a time to rest
    that an authority gave is not."""

    categories: frozenset[str] = frozenset()
    doubtful: frozenset[str] = frozenset()
    child: bool = True
    checks: frozenset[Check] = frozenset()
    looks: Mapping[str, Collection[str]] = field(default_factory=dict)
    wish: Mapping[str, Collection[str]] = field(default_factory=dict)
    abroad_open: bool = False
    agreed: bool = False
    thinking: bool = False
    recovering: bool = False


@dataclass(frozen=True, slots=True)
class Shut:
    """A lock that is closed, and what is missing: categories, checks or looks by their names; may be empty."""

    lock: Lock
    missing: tuple[str, ...] = ()

    @property
    def opens_with_a_second_person(self) -> bool:
        """Whether another person may agree to it, with a reason."""
        return self.lock in OPENED_BY_A_SECOND_PERSON


def shut(what: What, case: Standing) -> tuple[Shut, ...]:
    """Every lock that stops `what`, in the order of the rules; none when nothing stops it."""
    found = ((lock, missing(what, case)) for lock, missing in _LOCKS)
    return tuple(Shut(lock, missing) for lock, missing in found if missing)


Missing = Callable[[What, Standing], tuple[str, ...]]


def _fear(what: What, case: Standing) -> tuple[str, ...]:
    return tuple(sorted(case.categories & (ASYLUM | CANNOT_GO_BACK))) if what in _OUT else ()


def _not_punished(what: What, case: Standing) -> tuple[str, ...]:
    whom = NOT_PUNISHED if what in (What.PENALTY, What.DETENTION) else EXPLOITED
    return tuple(sorted(case.categories & whom)) if what in _PUNISHING else ()


def _child_held(what: What, case: Standing) -> tuple[str, ...]:
    return ("child",) if what is What.DETENTION and case.child else ()


def _child_return(what: What, case: Standing) -> tuple[str, ...]:
    if what not in _OUT or not case.child:
        return ()
    return tuple(check.value for check in Check if check not in case.checks)


def _before_removal(what: What, case: Standing) -> tuple[str, ...]:
    if what not in _OUT:
        return ()
    again = (SCREEN_AGAIN,) if SCREEN_AGAIN in case.categories else ()
    return (*(name for name in GATE if not has_outcome(case.looks.get(name, ()))), *again)


def has_outcome(said: Collection[str]) -> bool:
    """Whether a look ended: nothing was found in one, and something in none."""
    return NOTHING_FOUND in said and FOUND not in said


def _country(what: What, case: Standing) -> tuple[str, ...]:
    if what is not What.CONSULATE:
        return ()
    doubtful = case.doubtful & (ASYLUM | EXPLOITED)  # rule 2
    unasked = () if case.agreed else ("agreement",)
    own = () if case.abroad_open else ("country",)
    return (*sorted(case.categories & AT_RISK | doubtful), *own, *unasked)


def _choice_talk(what: What, case: Standing) -> tuple[str, ...]:
    if what is not What.CHOSEN_RETURN:
        return ()
    return tuple(name for name in FREE_WISH if not case.wish.get(name))


def _free_choice(what: What, case: Standing) -> tuple[str, ...]:
    if what is not What.CHOSEN_RETURN:
        return ()
    return tuple(name for name, free in FREE_WISH.items() if set(case.wish.get(name, ())) - {free})


def _time_to_think(what: What, case: Standing) -> tuple[str, ...]:
    return (WISHED_TIME,) if what is What.CHOSEN_RETURN and case.thinking else ()


def _recovering(what: What, case: Standing) -> tuple[str, ...]:
    return (RECOVERY_TIME,) if what in _OUT and case.recovering else ()


_LOCKS: tuple[tuple[Lock, Missing], ...] = (
    (Lock.FEAR, _fear),
    (Lock.NOT_PUNISHED, _not_punished),
    (Lock.CHILD_HELD, _child_held),
    (Lock.CHILD_RETURN, _child_return),
    (Lock.BEFORE_REMOVAL, _before_removal),
    (Lock.COUNTRY, _country),
    (Lock.CHOICE_TALK, _choice_talk),
    (Lock.FREE_CHOICE, _free_choice),
    (Lock.TIME_TO_THINK, _time_to_think),
    (Lock.RECOVERING, _recovering),
)
