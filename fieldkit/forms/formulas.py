"""Compiles the expressions of a form being read, and keeps what is wrong with them.

One expression in one place is compiled once, however often it is written.
"""

from collections.abc import Mapping

from fieldkit.forms.definition import Formula
from fieldkit.forms.expressions.compile import Compiler, check_call
from fieldkit.forms.expressions.faults import ExpressionFault
from fieldkit.forms.expressions.functions import FUNCTIONS
from fieldkit.forms.expressions.grammar import parse
from fieldkit.forms.expressions.reads import reads_of
from fieldkit.forms.expressions.scope import Scope
from fieldkit.forms.problems import Problem, error
from fieldkit.forms.shapes import TemplatePath


class Formulas:
    """The workshop: `make` a formula for a place; `problems` is what could not be made."""

    def __init__(self, rows: frozenset[TemplatePath], namespaces: Mapping[str, str]) -> None:
        self.rows = rows
        self.namespaces = namespaces
        self.problems: list[Problem] = []
        self._made: dict[tuple[str, Scope | TemplatePath | None], Formula] = {}

    def make(
        self, text: str, context: TemplatePath | None, what: str = "", scope: Scope | None = None
    ) -> Formula | None:
        """The formula of `text` for nodes at `context`, or None after noting the problem."""
        key = (text, context)
        if scope is None and key in self._made:
            return self._made[key]
        try:
            made = self._compile(text, scope or self.scope(context))
        except ExpressionFault as fault:
            self._note(fault, context, what)
            return None
        if scope is None:
            self._made[key] = made
        return made

    def scope(self, context: TemplatePath | None) -> Scope:
        """The scope of an expression that belongs to nodes at `context`."""
        return Scope(context, context, self.rows, self.namespaces)

    def _compile(self, text: str, scope: Scope) -> Formula:
        tree = parse(text)
        reads = reads_of(tree, scope)
        for call in reads.calls:
            fault = check_call(call, FUNCTIONS.get(call.name))
            if fault is not None:
                raise fault
        return Formula(text, tree, reads, Compiler(scope).compile(tree))

    def _note(self, fault: ExpressionFault, context: TemplatePath | None, what: str) -> None:
        path = "/" + "/".join(context or ())
        self.problems.append(error(fault.code, path=path, what=what, **dict(fault.data)))
