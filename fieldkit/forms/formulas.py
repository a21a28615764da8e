"""Reads the expressions of a form, and keeps what is wrong with them.

1. One text is parsed once, however often it is written; one expression in one place is one formula.
2. An expression that says nothing relative means the same everywhere outside repeats: there it is one formula too.
"""

import re
from collections.abc import Mapping

from fieldkit.forms.definition import Formula
from fieldkit.forms.expressions.compile import check_call
from fieldkit.forms.expressions.faults import ExpressionFault
from fieldkit.forms.expressions.functions import FUNCTIONS
from fieldkit.forms.expressions.grammar import MAX_DEPTH, parse
from fieldkit.forms.expressions.reads import reads_of
from fieldkit.forms.expressions.scope import Scope
from fieldkit.forms.expressions.syntax import Expression, is_placeless
from fieldkit.forms.problems import Problem
from fieldkit.forms.shapes import TemplatePath

_COLUMN = re.compile(r"[\w.\-]+|jr:itext\([\w.\-]+\)")
_WHOLE_LIST = re.compile(r"instance\('[^']*'\)/[\w.\-]+/[\w.\-]+")
_Key = tuple[str, TemplatePath | None, TemplatePath | None]


class Formulas:
    """The workshop: `make` a formula for a place; `problems` is what could not be made."""

    def __init__(self, rows: frozenset[TemplatePath], namespaces: Mapping[str, str]) -> None:
        self.rows = rows
        self.namespaces = namespaces
        self.problems: list[Problem] = []
        self._made: dict[_Key, Formula] = {}
        self._trees: dict[str, tuple[Expression, bool]] = {}
        """The tree of a text, and whether it is placeless (rule 2)."""
        self._in_rows: dict[TemplatePath, bool] = {}

    def make(
        self, text: str, context: TemplatePath | None, what: str = "", scope: Scope | None = None
    ) -> Formula | None:
        """The formula of `text` for nodes at `context`, or None after noting the problem."""
        placed = scope or self.scope(context)
        try:
            tree, placeless = self._tree(text)
            key = self._key(text, placeless, placed)
            made = self._made.get(key)
            if made is None:
                made = self._made[key] = _formula(text, tree, placed)
        except ExpressionFault as fault:
            self._note(fault, context, what)
            return None
        except RecursionError:  # what is left of the stack is not always the same
            self._note(ExpressionFault("expression.too_deep", limit=MAX_DEPTH), context, what)
            return None
        return made

    def _tree(self, text: str) -> tuple[Expression, bool]:
        found = self._trees.get(text)
        if found is None:
            tree = parse(text)
            found = self._trees[text] = tree, is_placeless(tree)
        return found

    def _key(self, text: str, placeless: bool, placed: Scope) -> _Key:
        if placeless and not placed.foreign and not self._stands_in_rows(placed.context):
            return text, (), None
        # a plain column of a list, and a whole list, mean the same wherever they are asked
        if _WHOLE_LIST.fullmatch(text) or (placed.foreign and _COLUMN.fullmatch(text)):
            return text, None, None
        return text, placed.context, placed.origin if placed.foreign else None

    def _stands_in_rows(self, context: TemplatePath | None) -> bool:
        if context is None:
            return True
        known = self._in_rows.get(context)
        if known is None:
            known = any(context[:depth] in self.rows for depth in range(1, len(context) + 1))
            self._in_rows[context] = known
        return known

    def scope(self, context: TemplatePath | None) -> Scope:
        """The scope of an expression that belongs to nodes at `context`."""
        return Scope(context, context, self.rows, self.namespaces)

    def _note(self, fault: ExpressionFault, context: TemplatePath | None, what: str) -> None:
        data = {**fault.data, "path": "/" + "/".join(context or ()), "what": what}
        self.problems.append(Problem(fault.code, data=data))


def _formula(text: str, tree: Expression, scope: Scope) -> Formula:
    reads = reads_of(tree, scope)
    for call in reads.calls:
        fault = check_call(call, FUNCTIONS.get(call.name))
        if fault is not None:
            raise fault
    return Formula(text, tree, reads, scope)
