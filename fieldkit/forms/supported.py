"""What this version of the program cannot do yet with a question, in one table.

A form with such a question opens; the question is shown with the sentence that says what is missing. Take a
row out when its field exists (`ui/fields`).
"""

from collections.abc import Mapping
from typing import Final

from fieldkit.forms.definition import Control
from fieldkit.languages.marking import mark

NOT_YET: Final[Mapping[str, str]] = {
    # kind of control or type of answer -> what is missing, for the sentence
    "external select": mark("the list of its answers cannot be read yet"),
}

APPEARANCES_NOT_YET: Final = frozenset({"bikram-sambat", "myanmar"})


ANOTHER_PROGRAM: Final = ("ex:", "printer:")
"""How an appearance begins that asks another program of a telephone for the answer; here it is typed."""


def appearances_not_yet(appearance: str) -> tuple[str, ...]:
    """The words of an appearance that change nothing here although the form counts on them."""
    names = sorted(set(appearance.split()))
    calls = (name.partition("(")[0] for name in names if name.startswith(ANOTHER_PROGRAM))
    return (*(name for name in names if name in APPEARANCES_NOT_YET), *calls)


def not_yet(control: Control, answer_type: str) -> str:
    """The key of `NOT_YET` that fits a question, or an empty string when it can be answered."""
    if control.query is not None or "search(" in control.appearance:
        return "external select"
    return answer_type if answer_type in NOT_YET else ""
