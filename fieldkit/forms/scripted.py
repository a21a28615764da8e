"""A scripted interview: a readable table of answers and expectations, for a form before it is sent out.

1. Four columns: `do`, `question`, `value`, `note`. One row is one step; a row without `do` is a remark.
2. A question is named by its name, in a repeat with its row: `family[2]/name`; by more of its path where a name
   is used twice. Values are names of choices, numbers, dates as 2026-11-21, `today`, `today-30`.
3. Answering what is not shown, cannot be answered, or does not offer the value is a miss; so is an answer that
   the form refuses, unless the next step expects that.
4. A heading in a markdown file, and the step `interview`, begin a new interview with the empty form.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from fieldkit.domain.errors import Datum, FieldkitError


class Do(StrEnum):
    """What a step does."""

    INTERVIEW = "interview"
    TODAY = "today"
    LANGUAGE = "language"
    ANSWER = "answer"
    CLEAR = "clear"
    ADD_ROW = "add row"
    REMOVE_ROW = "remove row"
    VALUE = "expect value"
    SHOWN = "expect shown"
    HIDDEN = "expect hidden"
    REQUIRED = "expect required"
    OPTIONAL = "expect optional"
    CHOICES = "expect choices"
    CHOICE = "expect choice"
    NO_CHOICE = "expect no choice"
    LABEL = "expect label"
    ROWS = "expect rows"
    ACCEPTED = "expect accepted"
    REFUSED = "expect refused"
    FINISHED = "expect finished"
    UNFINISHED = "expect unfinished"


ALSO: Final[Mapping[str, Do]] = {
    "set": Do.ANSWER,
    "type": Do.ANSWER,
    "choose": Do.ANSWER,
    "skip": Do.CLEAR,
    "empty": Do.CLEAR,
    "add": Do.ADD_ROW,
    "new row": Do.ADD_ROW,
    "remove": Do.REMOVE_ROW,
    "delete row": Do.REMOVE_ROW,
    "new interview": Do.INTERVIEW,
    "expect": Do.VALUE,
    "expect relevant": Do.SHOWN,
    "expect not shown": Do.HIDDEN,
    "expect not relevant": Do.HIDDEN,
    "expect not required": Do.OPTIONAL,
    "expect error": Do.REFUSED,
    "expect valid": Do.ACCEPTED,
    "expect text": Do.LABEL,
    "expect error-free finish": Do.FINISHED,
    "expect complete": Do.FINISHED,
    "expect not finished": Do.UNFINISHED,
    "finish": Do.FINISHED,
}
"""Other words for the same steps."""

WITHOUT_QUESTION: Final = frozenset({Do.INTERVIEW, Do.TODAY, Do.LANGUAGE, Do.FINISHED, Do.UNFINISHED})
NEEDS_VALUE: Final = frozenset(
    {Do.TODAY, Do.LANGUAGE, Do.ANSWER, Do.CHOICES, Do.CHOICE, Do.NO_CHOICE, Do.LABEL, Do.ROWS}
)


@dataclass(frozen=True, slots=True)
class Step:
    """One row of a script. `row` counts as the file shows it, from 1."""

    row: int
    do: Do
    question: str = ""
    value: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Miss:
    """What was found in place of what was expected, as a code with data."""

    code: str
    data: Mapping[str, Datum] = field(default_factory=dict, hash=False)

    def as_error(self) -> FieldkitError:
        """The same for whoever turns codes into sentences."""
        return FieldkitError(self.code, **self.data)


@dataclass(frozen=True, slots=True)
class Result:
    """One step and how it went."""

    step: Step
    miss: Miss | None = None


@dataclass(frozen=True, slots=True)
class ScriptReport:
    """Every step in its order."""

    results: tuple[Result, ...]

    @property
    def missed(self) -> tuple[Result, ...]:
        """The steps that did not go as the script says."""
        return tuple(result for result in self.results if result.miss is not None)

    @property
    def passed(self) -> bool:
        """Whether all went as the script says."""
        return not self.missed
