"""Functions on numbers, and the truths."""

import math
from collections.abc import Callable
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal, InvalidOperation

from fieldkit.forms.expressions.environment import Environment
from fieldkit.forms.expressions.functions.table import ANY_NUMBER, Function, row
from fieldkit.forms.expressions.values import NAN, Value, number_value, text_number
from fieldkit.forms.nodes import Node, text_of

MOST_PLACES = 30
"""Decimal places that `round` may be asked for, as in JavaRosa."""


def _round(_: Environment, number: float, places: float | None = None) -> float:
    # JavaRosa and XPath 1.0: halves go up, so round(-1.5) is -1 and round(-1.25, 1) is -1.2
    if places is None:
        return float(math.floor(number + 0.5)) if math.isfinite(number) and abs(number) < 2**52 else number
    if not math.isfinite(number):
        return number
    if not math.isfinite(places) or abs(places) > MOST_PLACES:
        return NAN
    halves = ROUND_HALF_UP if number >= 0 else ROUND_HALF_DOWN
    try:
        step = Decimal(1).scaleb(-int(places))
        rounded = (Decimal(repr(number)) / step).to_integral_value(halves) * step
    except InvalidOperation:
        return number
    return float(rounded)


def _int(_: Environment, number: float) -> float:
    return float(math.trunc(number)) if math.isfinite(number) else number


def _whole(turn: Callable[[float], int]) -> Callable[[Environment, float], float]:
    return lambda _, number: float(turn(number)) if math.isfinite(number) else number


def _guarded(compute: Callable[..., float]) -> Callable[..., float]:
    """`compute`, with NaN outside its domain and Infinity beyond the largest number."""

    def guarded(_: Environment, *numbers: float) -> float:
        try:
            value = compute(*numbers)
            return NAN if isinstance(value, complex) else float(value)
        except OverflowError:
            return math.inf
        except (ValueError, ZeroDivisionError):
            return NAN

    return guarded


def _log(number: float) -> float:
    return -math.inf if number == 0 else math.log(number)


def _log10(number: float) -> float:
    return -math.inf if number == 0 else math.log10(number)


def _numbers(env: Environment, values: tuple[Value, ...]) -> list[float]:
    """The numbers of all values, each relevant node of a set its own; what is none is left out (JavaRosa)."""
    found: list[float] = []
    for value in values:
        if isinstance(value, list):
            found += [text_number(text_of(node), env.zone) for node in value if node.active]
        else:
            found.append(number_value(value, env.zone))
    return [number for number in found if number == number]


def _least(env: Environment, *values: Value) -> float:
    return min(_numbers(env, values), default=NAN)


def _greatest(env: Environment, *values: Value) -> float:
    return max(_numbers(env, values), default=NAN)


def _sum(env: Environment, nodes: list[Node]) -> float:
    # what is no number is left out, as in JavaRosa: one empty row does not blank the total of all others
    total = 0.0
    zone = env.zone
    for node in nodes:
        if node.active:
            text = node.value if not node.children else text_of(node)
            number = (
                float(text) if text.isdecimal() else text_number(text, zone)
            )  # mostly whole: a quick test
            if number == number:
                total += number
    return total


def _number(env: Environment, node: Node, value: Value | None = None) -> float:
    return text_number(text_of(node), env.zone) if value is None else number_value(value, env.zone)


def _from_text(_: Environment, text: str) -> bool:
    return text in ("true", "1")


FUNCTIONS: tuple[Function, ...] = (
    row("number", (0, 1), "v", "n", _number, here=True),
    row("int", (1, 1), "n", "n", _int),
    row("round", (1, 2), "n", "n", _round),
    row("floor", (1, 1), "n", "n", _whole(math.floor)),
    row("ceiling", (1, 1), "n", "n", _whole(math.ceil)),
    row("abs", (1, 1), "n", "n", lambda _, number: abs(number)),
    row("sum", (1, 1), "N", "n", _sum),
    row("min", (1, ANY_NUMBER), "v", "n", _least),
    row("max", (1, ANY_NUMBER), "v", "n", _greatest),
    row("pow", (2, 2), "n", "n", _guarded(lambda base, power: base**power)),
    row("sqrt", (1, 1), "n", "n", _guarded(math.sqrt)),
    row("exp", (1, 1), "n", "n", _guarded(math.exp)),
    row("exp10", (1, 1), "n", "n", _guarded(lambda power: 10.0**power)),
    row("log", (1, 1), "n", "n", _guarded(_log)),
    row("log10", (1, 1), "n", "n", _guarded(_log10)),
    row("sin", (1, 1), "n", "n", _guarded(math.sin)),
    row("cos", (1, 1), "n", "n", _guarded(math.cos)),
    row("tan", (1, 1), "n", "n", _guarded(math.tan)),
    row("asin", (1, 1), "n", "n", _guarded(math.asin)),
    row("acos", (1, 1), "n", "n", _guarded(math.acos)),
    row("atan", (1, 1), "n", "n", _guarded(math.atan)),
    row("atan2", (2, 2), "n", "n", _guarded(math.atan2)),
    row("pi", (0, 0), "n", "n", lambda _: math.pi),
    row("random", (0, 0), "n", "n", lambda env: env.chance(), changes=True),
    row("boolean", (1, 1), "b", "b", lambda _, truth: truth),
    row("not", (1, 1), "b", "b", lambda _, truth: not truth),
    row("boolean-from-string", (1, 1), "s", "b", _from_text),
)
