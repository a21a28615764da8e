"""Lets expressions follow when a choice gets another name, and keeps what they mean.

`selected(${q}, 'a')`, `${q} = 'a'` and their opposites are understood, `.` in the question's own row as well.
Whatever else asks for the value is counted as not understood, so that the choice can be left as it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from fieldkit.forms.columns import EXPRESSION_PARTS, Column
from fieldkit.forms.expressions.faults import ExpressionFault
from fieldkit.forms.expressions.grammar import parse
from fieldkit.forms.expressions.syntax import (
    Call,
    Chain,
    Expression,
    Filter,
    Literal,
    Negate,
    Path,
    Reference,
    print_expression,
)
from fieldkit.forms.repair.bench import Bench, Line, View


@dataclass(slots=True)
class Follow:
    """One choice renamed: `questions` use its list; `also` keeps the old name beside the new one."""

    questions: frozenset[str]
    was: str
    now: str
    also: bool
    lost: int = 0
    done: int = 0
    own: str = field(default="", init=False)

    def rewritten(self, tree: Expression, own: str) -> Expression:
        """The expression with the new name; counts what was followed and what could not be."""
        self.own = own
        return self._in(tree)

    def _is_ours(self, one: Expression) -> bool:
        if isinstance(one, Reference):
            return one.name in self.questions
        is_self = isinstance(one, Path) and one.start is None and [s.axis for s in one.steps] == ["self"]
        return is_self and self.own in self.questions

    def _is_value(self, one: Expression) -> bool:
        return isinstance(one, Literal) and one.text == self.was

    def _asked(self, first: Expression, second: Expression) -> bool:
        pairs = ((first, second), (second, first))
        return any(self._is_ours(one) and self._is_value(other) for one, other in pairs)

    def _in(self, one: Expression) -> Expression:
        match one:
            case Call("selected", [first, second]) if self._is_ours(first) and self._is_value(second):
                self.done += 1
                other = Call("selected", [first, Literal(self.now)])
                return Chain(one, [("or", other)]) if self.also else other
            case Call(name, arguments):
                return Call(name, [self._in(argument) for argument in arguments])
            case Chain(first, [(("=" | "!=") as sign, second)]) if self._asked(first, second):
                self.done += 1
                renamed = [Literal(self.now) if self._is_value(side) else side for side in (first, second)]
                other_side = Chain(renamed[0], [(sign, renamed[1])])
                return Chain(one, [("or" if sign == "=" else "and", other_side)]) if self.also else other_side
            case Chain(first, rest):
                return Chain(self._in(first), [(sign, self._in(operand)) for sign, operand in rest])
            case Negate(operand):
                return Negate(self._in(operand))
            case Literal(text) if text == self.was:
                self.lost += 1
                return one
            case Filter() | Path():
                self.lost += sum(1 for literal in _literals(one) if literal.text == self.was)
                return one
            case _:
                return one


def _literals(one: Expression | str | None) -> Iterator[Literal]:
    match one:
        case Literal():
            yield one
        case Call(_, arguments):
            for argument in arguments:
                yield from _literals(argument)
        case Chain(first, rest):
            for operand in (first, *(operand for _, operand in rest)):
                yield from _literals(operand)
        case Negate(operand):
            yield from _literals(operand)
        case Filter(base, predicates):
            for inner in (base, *predicates):
                yield from _literals(inner)
        case Path(start, steps):
            yield from _literals(start)
            for step in steps:
                for predicate in step.predicates:
                    yield from _literals(predicate)
        case _:
            return


def follow(bench: Bench, questions: frozenset[str], was: str, now: str, *, also: bool) -> bool:
    """Rewrite every expression that asks `questions` for the choice `was`.

    False, and nothing changed, when one asks in a way that is not understood.
    """
    planned: list[tuple[View, Line, Column, str]] = []
    for view, line, column, tree in _expressions(bench, questions, was):
        own = view.get(line, "name")
        task = Follow(questions, was, now, also)
        written = print_expression(task.rewritten(tree, own))
        if task.lost:
            return False
        if task.done:
            planned.append((view, line, column, written))
    for view, line, column, written in planned:
        view.put(line, column, written, "repair.value_follows")
    _defaults(bench, questions, was, now, also=also)
    return True


def _expressions(
    bench: Bench, questions: frozenset[str], was: str
) -> Iterator[tuple[View, Line, Column, Expression]]:
    """Those that hold the value and ask one of the questions."""
    view = bench.view("survey")
    for line in view.lines if view else ():
        for column in view.of(EXPRESSION_PARTS) if view else ():
            text = line.text(column.index)
            if was not in text or not view or (column.part == "default" and "${" not in text):
                continue
            if view.get(line, "name") not in questions and not any(
                f"${{{name}}}" in text for name in questions
            ):
                continue
            try:
                yield view, line, column, parse(text)
            except ExpressionFault:
                continue


def _defaults(bench: Bench, questions: frozenset[str], was: str, now: str, *, also: bool) -> None:
    view = bench.view("survey")
    column = view.column("default") if view else None
    for line in view.lines if view and column and not also else ():
        if view and column and view.get(line, "name") in questions:
            words = view.get(line, "default").split()
            if was in words or view.get(line, "default") == was:
                text = " ".join(now if word == was else word for word in words) if was in words else now
                view.put(line, column, text, "repair.value_follows")
