"""Outcomes: what a screening may suggest and a person may confirm (`protection.md` 1 and 16).

1. Silence is not safety. A rule answers yes, no or *cannot tell*; an answer that was not asked, skipped,
   declined or unknown gives *cannot tell*, unless what is known already gives yes.
2. No rule may suggest C26 (no specific need). Only a person can choose it, and only when every core section
   was asked in private, through a suitable interpreter, in reviewed text; otherwise it is C27. The core is what
   the first screening asks: a quick check or a form for some people, asked whole, is not the whole talk.
3. No verdict: the vocabulary is refer to, needs, screen again. No score, no rank, no decision on status.
"""

from dataclasses import dataclass
from enum import StrEnum

NO_SPECIFIC_NEED = "C26"
SCREEN_AGAIN = "C27"
COMMON_CORE = "screening"
"""The form whose core sections are the common core."""
NEVER_SUGGESTED = frozenset({NO_SPECIFIC_NEED})


class Verdict(StrEnum):
    """What a rule can say of the answers it reads."""

    YES = "yes"
    NO = "no"
    CANNOT_TELL = "cannot tell"


class Step(StrEnum):
    """The only things an outcome can lead to (R-017)."""

    REFER = "refer to"
    NEEDS = "needs"
    SCREEN_AGAIN = "screen again"


class Mark(StrEnum):
    """How a question ended, beside its value. Skipped and declined are answers (`look.md`). SEALED is how it looks
    to somebody who is not cleared for it: they cannot tell how it ended, nor whether it did."""

    ANSWERED = "answered"
    SKIPPED = "skipped"
    DECLINED = "declined"
    UNKNOWN = "unknown"
    NOT_ASKED = "not asked"
    SEALED = "sealed"


class Interpreted(StrEnum):
    """Through whom the person was understood (`protection.md` 2)."""

    NOBODY = "nobody"
    INTERPRETER = "interpreter"
    COMPANION = "companion"
    CHILD = "child"
    ARRIVAL = "arrival"


SUITABLE = frozenset({Interpreted.NOBODY, Interpreted.INTERPRETER})
"""With anybody else, sensitive sections stay closed and are scheduled."""


@dataclass(frozen=True, slots=True)
class AnswerRead:
    """One answer that a rule read: the codebook name, the value as stored, and how it was given."""

    name: str
    value: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What one rule says. `because` is a codebook text id; `answers` are those that led to it."""

    rule: str
    category: str
    verdict: Verdict
    because: str
    answers: tuple[AnswerRead, ...]


@dataclass(frozen=True, slots=True)
class CoreSection:
    """How one core section was asked: the conditions that C26 needs (rule 2)."""

    name: str
    asked: bool
    in_private: bool
    interpreted: Interpreted
    reviewed_text: bool


def may_choose_no_specific_need(sections: tuple[CoreSection, ...]) -> bool:
    """Whether a person may choose C26: every core section asked, in private, suitably, in reviewed text."""
    return bool(sections) and all(
        section.asked and section.in_private and section.interpreted in SUITABLE and section.reviewed_text
        for section in sections
    )
