"""What an expression can be worth, and how one kind becomes another.

1. Kinds: text, number, true or false, nodes in document order, a `Moment`.
2. An empty node is false, and NaN in arithmetic; a group is true when it is there.
3. A text that is an ISO date is a number too: the days of its moment (`moments`, rule 3).
4. Numbers print without exponent and without `.0`; NaN and Infinity by their XPath names.
5. Nodes compare if any of them does (XPath 1.0, 3.4); a moment beside a text reads the text as a moment.
"""

import math
import re
from collections.abc import Callable
from datetime import tzinfo
from decimal import Decimal

from fieldkit.forms.expressions.moments import Moment, of_days, read_moment
from fieldkit.forms.nodes import Node, text_of

Value = str | float | bool | list[Node] | Moment
NAN = math.nan
_Test = Callable[["Value", "Value", tzinfo | None], bool]
_NUMBER = re.compile(r"\s*-?(?:\d+(?:\.\d*)?|\.\d+)\s*")


def text_value(value: Value) -> str:
    """Any value as text (rule 4)."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, Moment):
        return value.text()
    return text_of(value[0]) if value else ""


def number_text(number: float) -> str:
    """A number as XPath writes it."""
    if number != number:
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number == int(number) and abs(number) < 1e16:
        return str(int(number))
    written = repr(float(number))
    return format(Decimal(written), "f") if "e" in written else written


def text_number(text: str, zone: tzinfo | None) -> float:
    """A text as a number (rule 3); NaN when it is none."""
    if _NUMBER.fullmatch(text):
        return float(text)
    if zone is not None and len(text) >= 8 and "-" in text:
        moment = read_moment(text, zone)
        if moment is not None:
            return moment.days
    return NAN


def number_value(value: Value, zone: tzinfo | None) -> float:
    """Any value as a number."""
    if isinstance(value, float):
        return value
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    if isinstance(value, str):
        return text_number(value, zone)
    if isinstance(value, Moment):
        return value.days
    return text_number(text_of(value[0]), zone) if value else NAN


def truth_value(value: Value) -> bool:
    """Any value as true or false (rule 2)."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return value != ""
    if isinstance(value, float):
        return value == value and value != 0
    if isinstance(value, Moment):
        return True
    return any(node.children or text_of(node) != "" for node in value)


def moment_value(value: Value, zone: tzinfo) -> Moment | None:
    """Any value as a moment, or None: ISO text, days since the epoch, a moment."""
    if isinstance(value, Moment):
        return value
    if isinstance(value, float):
        return of_days(value, zone)
    text = text_value(value)
    moment = read_moment(text, zone)
    if moment is None and _NUMBER.fullmatch(text):
        return of_days(float(text), zone)
    return moment


def equal(left: Value, right: Value, zone: tzinfo | None) -> bool:
    """`left = right` (rule 5)."""
    if isinstance(left, list) or isinstance(right, list):
        return _any_pair(left, right, zone, equal)
    if isinstance(left, bool) or isinstance(right, bool):
        return truth_value(left) == truth_value(right)
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    return number_value(left, zone) == number_value(right, zone)


def unequal(left: Value, right: Value, zone: tzinfo | None) -> bool:
    """`left != right`: for nodes, whether any differs."""
    if isinstance(left, list) or isinstance(right, list):
        return _any_pair(left, right, zone, unequal)
    return not equal(left, right, zone)


def less(left: Value, right: Value, zone: tzinfo | None) -> bool:
    """`left < right`."""
    if isinstance(left, list) or isinstance(right, list):
        return _any_pair(left, right, zone, less)
    return number_value(left, zone) < number_value(right, zone)


def at_most(left: Value, right: Value, zone: tzinfo | None) -> bool:
    """`left <= right`."""
    if isinstance(left, list) or isinstance(right, list):
        return _any_pair(left, right, zone, at_most)
    return number_value(left, zone) <= number_value(right, zone)


def _any_pair(left: Value, right: Value, zone: tzinfo | None, test: _Test) -> bool:
    if test in _EQUALITY and (isinstance(left, bool) or isinstance(right, bool)):
        return test(
            truth_value(left), truth_value(right), zone
        )  # XPath 1.0, 3.4: nodes beside a truth are one
    if isinstance(left, list) and isinstance(right, list):
        return _any_of_both(left, right, zone, test)
    lefts = [text_of(node) for node in left] if isinstance(left, list) else [left]
    rights = [text_of(node) for node in right] if isinstance(right, list) else [right]
    return any(test(one, other, zone) for one in lefts for other in rights)


def _any_of_both(left: list[Node], right: list[Node], zone: tzinfo | None, test: _Test) -> bool:
    """The same for two sets of nodes, without trying every pair: both may be long."""
    lefts, rights = {text_of(node) for node in left}, {text_of(node) for node in right}
    if test is equal:
        return not lefts.isdisjoint(rights)
    if test is unequal:
        return bool(lefts) and bool(rights) and len(lefts | rights) > 1
    low = [number for number in (text_number(text, zone) for text in lefts) if number == number]
    high = [number for number in (text_number(text, zone) for text in rights) if number == number]
    return bool(low) and bool(high) and test(min(low), max(high), zone)


_EQUALITY: tuple[_Test, ...] = (equal, unequal)
