"""Compiles the expressions of a form being read, and keeps what is wrong with them.

One expression in one place is compiled once, however often it is written.
"""

import re
from collections.abc import Mapping

from fieldkit.forms.definition import Formula
from fieldkit.forms.expressions.compile import Compiler, check_call
from fieldkit.forms.expressions.faults import ExpressionFault
from fieldkit.forms.expressions.functions import FUNCTIONS
from fieldkit.forms.expressions.grammar import parse
from fieldkit.forms.expressions.reads import reads_of
from fieldkit.forms.expressions.scope import Scope
from fieldkit.forms.problems import Problem
from fieldkit.forms.shapes import TemplatePath

_COLUMN = re.compile(r"[\w.\-]+|jr:itext\([\w.\-]+\)")
_WHOLE_LIST = re.compile(r"instance\('[^']*'\)/[\w.\-]+/[\w.\-]+")


class Formulas:
    """The workshop: `make` a formula for a place; `problems` is what could not be made."""

    def __init__(self, rows: frozenset[TemplatePath], namespaces: Mapping[str, str]) -> None:
        self.rows = rows
        self.namespaces = namespaces
        self.problems: list[Problem] = []
        self._made: dict[tuple[str, TemplatePath | None, TemplatePath | None], Formula] = {}

    def make(
        self, text: str, context: TemplatePath | None, what: str = "", scope: Scope | None = None
    ) -> Formula | None:
        """The formula of `text` for nodes at `context`, or None after noting the problem."""
        placed = scope or self.scope(context)
        # a plain column of a list, and a whole list, mean the same wherever they are asked
        anywhere = _WHOLE_LIST.fullmatch(text) or (placed.foreign and _COLUMN.fullmatch(text))
        key = (
            (text, None, None)
            if anywhere
            else (text, placed.context, placed.origin if placed.foreign else None)
        )
        made = self._made.get(key)
        if made is None:
            try:
                made = self._made[key] = self._compile(text, placed)
            except ExpressionFault as fault:
                self._note(fault, context, what)
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
        data = {**fault.data, "path": "/" + "/".join(context or ()), "what": what}
        self.problems.append(Problem(fault.code, data=data))
