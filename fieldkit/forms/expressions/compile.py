"""From tree to closure: `run(node, position, size, environment)`.

1. Kinds are decided here, once: a comparison of texts never asks what it holds.
2. `and`, `or`, `if`, `coalesce` evaluate only what they need.
3. Functions are looked up in one table; an unknown one, or a wrong number of arguments, is a fault that
   `unknown` decides about: a form refuses it, a trial expression fails when it is reached.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fieldkit.forms.expressions import lazy
from fieldkit.forms.expressions.environment import Environment
from fieldkit.forms.expressions.faults import EvaluationFault, ExpressionFault
from fieldkit.forms.expressions.functions import FUNCTIONS
from fieldkit.forms.expressions.functions.table import Function
from fieldkit.forms.expressions.grammar import parse
from fieldkit.forms.expressions.paths import Nodes, Run, RunFirst, RunNodes, compile_path
from fieldkit.forms.expressions.scope import Scope
from fieldkit.forms.expressions.syntax import (
    Call,
    Chain,
    Expression,
    Filter,
    Literal,
    Negate,
    Number,
    Path,
    Reference,
)
from fieldkit.forms.expressions.values import (
    NAN,
    Value,
    at_most,
    equal,
    less,
    number_value,
    text_number,
    text_value,
    truth_value,
    unequal,
)
from fieldkit.forms.nodes import Node, in_order, text_of


@dataclass(slots=True)
class Compiled:
    """A closure and the kind of what it gives: `s`, `n`, `b`, `N`, or `v` when only the run can tell."""

    run: Run
    kind: str
    first: RunFirst | None = None


class Compiler:
    """Compiles trees in one scope."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def within(self, scope: Scope) -> "Compiler":
        """A compiler for another scope."""
        return Compiler(scope)

    def namespace(self, test: str) -> str | None:
        """What the prefix of a name test stands for; `""` without prefix, None when it is not declared."""
        prefix, mark, _ = test.rpartition(":")
        return self.scope.namespaces.get(prefix) if mark else ""

    def compile(self, tree: Expression) -> Compiled:
        """The closure of `tree`."""
        match tree:
            case Number(text):
                return _constant(float(text), "n")
            case Literal(text):
                return _constant(text, "s")
            case Path():
                run, first = compile_path(tree, self)
                return Compiled(run, "N", first)
            case Chain(first_operand, rest):
                return self._chain(first_operand, rest)
            case Call():
                return self._call(tree)
            case Negate(operand):
                number = self.number(operand)
                return Compiled(lambda n, p, s, e: -number(n, p, s, e), "n")
            case Filter(base, predicates):
                nodes, keep = self.nodes(base), self.keep(predicates)
                return Compiled(lambda n, p, s, e: keep(nodes(n, p, s, e), e), "N")
            case Reference(name):
                return Compiled(lambda n, p, s, e: e.lookup(name), "s")

    # ---- one kind asked for --------------------------------------------------------------------------

    def any(self, tree: Expression) -> Run:
        """A closure that gives whatever `tree` is worth."""
        return self.compile(tree).run

    def text(self, tree: Expression) -> Callable[..., str]:
        """A closure that gives text."""
        made = self.compile(tree)
        run, first = made.run, made.first
        if made.kind == "s":
            return run  # type: ignore[return-value]
        if first is not None:

            def first_text(n: Node, p: int, s: int, e: Environment) -> str:
                node = first(n, p, s, e)
                if node is None or not node.active:
                    return ""
                return text_of(node) if node.children else node.value

            return first_text
        return lambda n, p, s, e: text_value(run(n, p, s, e))

    def number(self, tree: Expression) -> Callable[..., float]:
        """A closure that gives a number."""
        made = self.compile(tree)
        run = made.run
        if made.kind == "n":
            return run  # type: ignore[return-value]
        if made.first is not None or made.kind == "s":
            text = self.text(tree)

            def as_number(n: Node, p: int, s: int, e: Environment) -> float:
                found = text(n, p, s, e)
                return text_number(found, e.zone) if found else NAN

            return as_number
        return lambda n, p, s, e: number_value(run(n, p, s, e), e.zone)

    def truth(self, tree: Expression) -> Callable[..., bool]:
        """A closure that gives true or false."""
        made = self.compile(tree)
        run = made.run
        return run if made.kind == "b" else lambda n, p, s, e: truth_value(run(n, p, s, e))  # type: ignore[return-value]

    def nodes(self, tree: Expression) -> RunNodes:
        """A closure that gives nodes; anything else is a fault when it runs."""
        run = self.compile(tree).run

        def as_nodes(n: Node, p: int, s: int, e: Environment) -> Nodes:
            found = run(n, p, s, e)
            if not isinstance(found, list):
                raise EvaluationFault("expression.not_nodes")
            return found

        return as_nodes

    def kind(self, tree: Expression, letter: str) -> Run:
        """A closure of the kind that a function's row asks for."""
        match letter:
            case "s":
                return self.text(tree)
            case "n":
                return self.number(tree)
            case "b":
                return self.truth(tree)
            case "N":
                return self.nodes(tree)
            case _:
                return self.any(tree)

    # ---- operators -----------------------------------------------------------------------------------

    def _chain(self, first: Expression, rest: list[tuple[str, Expression]]) -> Compiled:
        operator = rest[0][0]
        if operator in ("and", "or"):
            truths = [self.truth(first), *(self.truth(operand) for _, operand in rest)]
            return Compiled(_all_of(truths) if operator == "and" else _any_of(truths), "b")
        if operator == "|":
            sets = [self.nodes(first), *(self.nodes(operand) for _, operand in rest)]
            return Compiled(lambda n, p, s, e: in_order(x for one in sets for x in one(n, p, s, e)), "N")
        if operator in _COMPARE:
            made = self._compare(self.compile(first), operator, first, rest[0][1])
            for later, operand in rest[1:]:
                made = self._compare(made, later, None, operand)
            return made
        return self._arithmetic(first, rest)

    def _compare(
        self, left: Compiled, operator: str, left_tree: Expression | None, right_tree: Expression
    ) -> Compiled:
        right = self.compile(right_tree)
        if operator in ("=", "!=") and left_tree is not None:
            quick = self._text_equality(left, left_tree, right, right_tree, operator == "=")
            if quick is not None:
                return Compiled(quick, "b")
        one, other = left.run, right.run
        test, swapped = _COMPARE[operator]
        if swapped:
            one, other = other, one
        if left.kind == right.kind == "n":
            return Compiled(_number_test(operator, left.run, right.run), "b")
        if left_tree is not None and self._one_number_each(operator, left, left_tree, right, right_tree):
            numbers = self.number(left_tree), self.number(right_tree)
            return Compiled(_number_test(operator, *numbers), "b")
        return Compiled(lambda n, p, s, e: test(one(n, p, s, e), other(n, p, s, e), e.zone), "b")

    def _text_equality(
        self, left: Compiled, left_tree: Expression, right: Compiled, right_tree: Expression, wanted: bool
    ) -> Run | None:
        """`path = 'text'` where the path has one node at most: the most frequent test of all forms."""
        for side, tree, other in ((left, left_tree, right_tree), (right, right_tree, left_tree)):
            if isinstance(other, Literal) and side.first is not None and _single(tree, self.scope):
                return _equals(side.first, other.text, wanted)
        return None

    def _one_number_each(
        self, operator: str, left: Compiled, left_tree: Expression, right: Compiled, right_tree: Expression
    ) -> bool:
        """Whether a path with one node at most is measured against a number: without one, both are NaN."""
        if operator in ("=", "!="):  # NaN differs from every number; no node differs from none
            return False
        sides = ((left, left_tree, right), (right, right_tree, left))
        return any(
            other.kind == "n" and side.first is not None and _single(tree, self.scope)
            for side, tree, other in sides
        )

    def _arithmetic(self, first: Expression, rest: list[tuple[str, Expression]]) -> Compiled:
        start = self.number(first)
        steps = [(_ARITHMETIC[operator], self.number(operand)) for operator, operand in rest]
        if len(steps) == 1:
            (compute, other), begin = steps[0], start
            return Compiled(lambda n, p, s, e: compute(begin(n, p, s, e), other(n, p, s, e)), "n")

        def run(n: Node, p: int, s: int, e: Environment) -> float:
            total = start(n, p, s, e)
            for compute, operand in steps:
                total = compute(total, operand(n, p, s, e))
            return total

        return Compiled(run, "n")

    # ---- predicates ----------------------------------------------------------------------------------

    def keep(self, predicates: list[Expression]) -> Callable[[Nodes, Environment], Nodes]:
        """A closure that keeps the nodes for which all predicates hold; a number means that position."""
        tests = [self._predicate(predicate) for predicate in predicates]

        def keep(nodes: Nodes, env: Environment) -> Nodes:
            for test in tests:
                nodes = test(nodes, env)
            return nodes

        return tests[0] if len(tests) == 1 else keep

    def _predicate(self, tree: Expression) -> Callable[[Nodes, Environment], Nodes]:
        made = self.compile(tree)
        run, kind = made.run, made.kind

        def holds(nodes: Nodes, env: Environment) -> Nodes:
            size = len(nodes)
            env.work(size)
            return [node for at, node in enumerate(nodes, 1) if run(node, at, size, env)]

        def general(nodes: Nodes, env: Environment) -> Nodes:
            size = len(nodes)
            env.work(size)
            found: Nodes = []
            for at, node in enumerate(nodes, 1):
                if _keeps(run(node, at, size, env), at):
                    found.append(node)
            return found

        def at_place(nodes: Nodes, env: Environment) -> Nodes:
            place = int(tree.text) if isinstance(tree, Number) and tree.text.isdigit() else 0
            return nodes[place - 1 : place] if place > 0 else []

        if isinstance(tree, Number) and tree.text.isdigit():
            return at_place
        return holds if kind == "b" else general

    # ---- functions -----------------------------------------------------------------------------------

    def _call(self, call: Call) -> Compiled:
        function = FUNCTIONS.get(call.name)
        fault = check_call(call, function)
        if fault is not None or function is None:
            return Compiled(
                _failing(fault or ExpressionFault("expression.unknown_function", name=call.name)), "v"
            )
        if function.call is None:
            return lazy.BUILD[call.name](self, call)
        letters = function.takes.ljust(len(call.arguments), function.takes[-1])
        arguments = [self.kind(tree, letter) for tree, letter in zip(call.arguments, letters, strict=False)]
        return Compiled(_applied(function, arguments), "v" if function.gives == "m" else function.gives)


def _keeps(value: Value, at: int) -> bool:
    """Whether a predicate keeps the node at place `at`: a number is a place, nodes keep it by being there."""
    if isinstance(value, list):
        return any(node.active for node in value)
    return value == at if isinstance(value, float) else truth_value(value)


def check_call(call: Call, function: Function | None) -> ExpressionFault | None:
    """What is wrong with a call: `expression.unknown_function`, `expression.arguments`, or nothing."""
    if function is None:
        return ExpressionFault("expression.unknown_function", name=call.name[:60])
    even = call.name == "indexed-repeat" and len(call.arguments) % 2 == 0  # rows without a place
    if not function.least <= len(call.arguments) <= function.most or even:
        return ExpressionFault("expression.arguments", name=call.name, given=len(call.arguments))
    return None


def compile_text(text: str, scope: Scope) -> Compiled:
    """Parse and compile. Raises ExpressionFault."""
    return Compiler(scope).compile(parse(text))


def _constant(value: Value, kind: str) -> Compiled:
    return Compiled(lambda n, p, s, e: value, kind)


def _equals(first: Callable[[Node, int, int, Environment], Node | None], literal: str, wanted: bool) -> Run:
    def test(n: Node, p: int, s: int, e: Environment) -> bool:
        node = first(n, p, s, e)
        return node is not None and (text_of(node) == literal) is wanted

    return test


def _single(tree: Expression, scope: Scope) -> bool:
    """Whether a path has at most one node: no step below its start is a row."""
    if not isinstance(tree, Path) or scope.context is None or scope.foreign:
        return False
    from fieldkit.forms.expressions.reads import template_of  # noqa: PLC0415 (reads compiles with this)

    found = template_of(tree, scope)
    if found is None:
        return False
    template, apex = found
    return not any(template[:depth] in scope.rows for depth in range(apex + 1, len(template) + 1))


def _failing(fault: ExpressionFault) -> Run:
    def run(n: Node, p: int, s: int, e: Environment) -> Value:
        raise fault

    return run


def _applied(function: Function, arguments: list[Run]) -> Run:
    call: Any = function.call
    if function.here:
        return lambda n, p, s, e: call(e, n, *[argument(n, p, s, e) for argument in arguments])
    if len(arguments) == 1:
        only = arguments[0]
        return lambda n, p, s, e: call(e, only(n, p, s, e))
    if len(arguments) == 2:
        one, other = arguments
        return lambda n, p, s, e: call(e, one(n, p, s, e), other(n, p, s, e))
    return lambda n, p, s, e: call(e, *[argument(n, p, s, e) for argument in arguments])


def _all_of(truths: list[Callable[..., bool]]) -> Run:
    if len(truths) == 2:
        one, other = truths
        return lambda n, p, s, e: one(n, p, s, e) and other(n, p, s, e)

    def run(n: Node, p: int, s: int, e: Environment) -> bool:
        return all(truth(n, p, s, e) for truth in truths)

    return run


def _any_of(truths: list[Callable[..., bool]]) -> Run:
    if len(truths) == 2:
        one, other = truths
        return lambda n, p, s, e: one(n, p, s, e) or other(n, p, s, e)

    def run(n: Node, p: int, s: int, e: Environment) -> bool:
        return any(truth(n, p, s, e) for truth in truths)

    return run


def _number_test(operator: str, one: Run, other: Run) -> Run:
    numbers: dict[str, Run] = {
        "=": lambda n, p, s, e: one(n, p, s, e) == other(n, p, s, e),
        "!=": lambda n, p, s, e: one(n, p, s, e) != other(n, p, s, e),
        "<": lambda n, p, s, e: one(n, p, s, e) < other(n, p, s, e),  # type: ignore[operator]
        "<=": lambda n, p, s, e: one(n, p, s, e) <= other(n, p, s, e),  # type: ignore[operator]
        ">": lambda n, p, s, e: one(n, p, s, e) > other(n, p, s, e),  # type: ignore[operator]
        ">=": lambda n, p, s, e: one(n, p, s, e) >= other(n, p, s, e),  # type: ignore[operator]
    }
    return numbers[operator]


_COMPARE: dict[str, tuple[Callable[..., bool], bool]] = {
    "=": (equal, False),
    "!=": (unequal, False),
    "<": (less, False),
    "<=": (at_most, False),
    ">": (less, True),
    ">=": (at_most, True),
}
"""The test, and whether its sides are swapped."""


def _subtract(one: float, other: float) -> float:
    """`one - other`; a whole number but for the rounding of both is that whole number.

    Two days lie a whole number apart, although a day's own number has the fraction of the zone's midnight.
    """
    difference = one - other
    nearest = round(difference) if math.isfinite(difference) else difference
    off = abs(difference - nearest)
    return float(nearest) if 0 < off <= 2 * max(math.ulp(one), math.ulp(other)) else difference


def _divide(one: float, other: float) -> float:
    if other:
        return one / other
    if one == 0 or one != one or other != other:
        return NAN
    return math.copysign(math.inf, one) * math.copysign(1.0, other)


def _modulo(one: float, other: float) -> float:
    # XPath 1.0, 3.5: the sign of the first, as fmod
    return math.fmod(one, other) if other and math.isfinite(one) else NAN


_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": lambda one, other: one + other,
    "-": _subtract,
    "*": lambda one, other: one * other,
    "div": _divide,
    "mod": _modulo,
}
