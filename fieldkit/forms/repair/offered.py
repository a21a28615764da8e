"""Repairs values that expressions compare with a question, where only the spelling differs from its choice.

`'Yes'` for the choice `yes`: the comparison would never be true. Another word is left, and `form check` names it.
"""

from fieldkit.forms.columns import EXPRESSION_PARTS
from fieldkit.forms.expressions.faults import ExpressionFault
from fieldkit.forms.expressions.grammar import parse
from fieldkit.forms.expressions.syntax import (
    Call,
    Chain,
    Expression,
    Literal,
    Negate,
    Path,
    Reference,
    print_expression,
)
from fieldkit.forms.repair.bench import Bench
from fieldkit.forms.repair.lists import choices_of, selects
from fieldkit.forms.repair.spellings import squeezed


def mend_offered(bench: Bench) -> None:
    """Values in the spelling of their choice."""
    task = _Values(bench)
    view = bench.view("survey")
    for line in view.lines if view else ():
        for column in view.of(EXPRESSION_PARTS) if view else ():
            text = line.text(column.index)
            if not text or not view or ("'" not in text and '"' not in text):
                continue
            try:
                written = task.mended(parse(text), view.get(line, "name"))
            except ExpressionFault:
                continue
            if written:
                view.put(line, column, written, "repair.value")


class _Values:
    def __init__(self, bench: Bench) -> None:
        self.bench, self.lists = bench, selects(bench)
        self.offered: dict[str, dict[str, list[str]]] = {}
        self.own, self.changed = "", False

    def mended(self, tree: Expression, own: str) -> str:
        """The expression with its values spelled as offered; empty when nothing changed."""
        self.own, self.changed = own, False
        written = self._in(tree)
        return print_expression(written) if self.changed else ""

    def _in(self, one: Expression) -> Expression:
        match one:
            case Call("selected", [question, Literal(value)]):
                return Call("selected", [question, Literal(self._spelled(question, value))])
            case Call(name, arguments):
                return Call(name, [self._in(argument) for argument in arguments])
            case Chain(first, [(("=" | "!=") as sign, Literal(value))]):
                return Chain(first, [(sign, Literal(self._spelled(first, value)))])
            case Chain(Literal(value), [(("=" | "!=") as sign, second)]):
                return Chain(Literal(self._spelled(second, value)), [(sign, second)])
            case Chain(first, rest):
                return Chain(self._in(first), [(sign, self._in(operand)) for sign, operand in rest])
            case Negate(operand):
                return Negate(self._in(operand))
            case _:
                return one

    def _spelled(self, asked: Expression, value: str) -> str:
        question = asked.name if isinstance(asked, Reference) else ""
        if (
            isinstance(asked, Path)
            and asked.start is None
            and [step.axis for step in asked.steps] == ["self"]
        ):
            question = self.own
        names = self._names(question)
        alike = names.get(squeezed(value), []) if squeezed(value) else []
        if len(alike) == 1 and alike[0] != value:
            self.changed = True
            return alike[0]
        return value

    def _names(self, question: str) -> dict[str, list[str]]:
        """The choices of a question by their letters; a spelling that is offered as it stands is left."""
        name = self.lists.get(question, "")
        if name not in self.offered:
            view = self.bench.view("choices")
            found: dict[str, list[str]] = {}
            for line in choices_of(self.bench, name) if view and name else ():
                spelled = view.get(line, "name") if view else ""
                if spelled not in found.setdefault(squeezed(spelled), []):
                    found[squeezed(spelled)].append(spelled)
            self.offered[name] = found
        return self.offered[name]
