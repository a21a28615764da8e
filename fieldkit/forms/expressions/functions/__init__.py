"""The functions of the form language, all families in one table by name."""

from fieldkit.forms.expressions.functions import (
    choices,
    dates,
    numbers,
    places,
    record,
    searching,
    text,
    trees,
)
from fieldkit.forms.expressions.functions.table import Function

FUNCTIONS: dict[str, Function] = {
    function.name: function
    for family in (text, numbers, dates, places, choices, trees, record, searching)
    for function in family.FUNCTIONS
}
