"""The kinds of answer there are, and which one a question takes. `ui/fields/table.py` has a field for each.

1. A question that `forms/supported.py` cannot do yet is `NOT_YET`: it is shown, named and can be left out.
2. Lists of more than twelve choices, and those that ask for it, are searched; shorter ones are buttons.
"""

from enum import StrEnum
from typing import Final

from fieldkit.forms.definition import Control
from fieldkit.forms.items import QuestionItem
from fieldkit.forms.supported import not_yet
from fieldkit.ui.presenters.appearances import marks_of

MOST_BUTTONS: Final = 12
"""More choices than this are searched in a list."""


class Kind(StrEnum):
    """How a question is answered."""

    NOTE = "note"
    ACKNOWLEDGE = "acknowledge"
    ONE = "one"
    SEVERAL = "several"
    ONE_OF_MANY = "one of many"
    SEVERAL_OF_MANY = "several of many"
    TEXT = "text"
    LONG_TEXT = "long text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    TIME = "time"
    DATE_TIME = "date and time"
    PLACE = "place"
    DROPPED = "one, from a list that opens"
    RANGE = "range"
    PICKER = "range, from a list that opens"
    RATING = "range, as stars"
    RANK = "rank"
    FILE = "file"
    DRAWING = "drawing"
    POINTS = "points"
    BARCODE = "barcode"
    NOT_YET = "not yet"


BY_TYPE: Final = {
    "int": Kind.INTEGER,
    "decimal": Kind.DECIMAL,
    "date": Kind.DATE,
    "time": Kind.TIME,
    "dateTime": Kind.DATE_TIME,
    "geopoint": Kind.PLACE,
    "geotrace": Kind.POINTS,
    "geoshape": Kind.POINTS,
    "barcode": Kind.BARCODE,
}
BY_CONTROL: Final = {
    "note": Kind.NOTE,
    "trigger": Kind.ACKNOWLEDGE,
    "rank": Kind.RANK,
}
DRAWN: Final = frozenset({"draw", "signature", "annotate"})
"""Appearances of a picture that is made here."""
RANGES: Final = {"picker": Kind.PICKER, "rating": Kind.RATING}
SEARCHED: Final = frozenset({"autocomplete", "search"})
SAYS_NOTHING: Final = frozenset({Kind.NOTE})
"""Kinds that take no answer, and no mark either."""


def missing_of(item: QuestionItem, control: Control) -> str:
    """The key of `supported.NOT_YET` that fits a question; empty when it can be answered."""
    return not_yet(control, item.type) if item.supported else "external select"


def kind_of(item: QuestionItem, control: Control, choices: int) -> Kind:
    """How a question with so many choices is answered."""
    if missing_of(item, control):
        return Kind.NOT_YET
    appearance = frozenset(item.appearance.split())
    if item.control == "range":
        found = next((kind for name, kind in RANGES.items() if name in appearance), Kind.RANGE)
        return found if marks_of(item.options) is not None else Kind.RANGE
    if item.control in BY_CONTROL:
        return BY_CONTROL[item.control]
    if item.control == "upload":
        is_picture = control.media_type.startswith("image/")
        return Kind.DRAWING if is_picture and DRAWN & appearance else Kind.FILE
    if item.control in ("select1", "select"):
        several = item.control == "select"
        if choices > MOST_BUTTONS or SEARCHED & appearance or (several and "minimal" in appearance):
            return Kind.SEVERAL_OF_MANY if several else Kind.ONE_OF_MANY
        if "minimal" in appearance:
            return Kind.DROPPED
        return Kind.SEVERAL if several else Kind.ONE
    if item.type in BY_TYPE:
        return BY_TYPE[item.type]
    return Kind.LONG_TEXT if "multiline" in appearance else Kind.TEXT
