"""Repairs words without marks in expressions: `Ethiopia` for `'Ethiopia'`, `age` for `${age}`.

A bare word in an expression asks for a question *inside* the question it stands at, and there is none. A value
that the question it is compared with offers is text; a name of a question is that question; anything else can
only be text.
"""

import re
from typing import Final

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
    Step,
    print_expression,
)
from fieldkit.forms.repair.bench import Bench
from fieldkit.forms.repair.lists import choices_of, selects
from fieldkit.forms.repair.references import question_names
from fieldkit.forms.survey_checks import BEGIN

_PARTS: Final = frozenset(EXPRESSION_PARTS) - {"choice_filter", "default"}
_TRUTHS: Final = frozenset({"yes", "no", "true", "false"})
_SENTENCE: Final = re.compile(r"[^\W\d_][^\W\d_]*(?: [^\W\d_]+)+")


def mend_bare_words(bench: Bench) -> None:
    """Words without marks get those of a text or of a reference."""
    names = frozenset(question_names(bench))
    task = _Words(bench, names)
    for kind in ("survey", "settings"):
        view = bench.view(kind)
        columns = view.of(_PARTS if kind == "survey" else ("instance_name",)) if view else ()
        for line in view.lines if view else ():
            inside = view is not None and BEGIN.fullmatch(view.get(line, "type")) is not None
            for column in columns:
                text = line.text(column.index).strip()
                if not text or text.lower() in _TRUTHS or inside or view is None:
                    continue
                now = task.mended(text)
                if now != text:
                    view.put(line, column, now, "repair.bare_word")


class _Words:
    def __init__(self, bench: Bench, names: frozenset[str]) -> None:
        self.names, self.lists, self.bench = names, selects(bench), bench
        self.changed = False

    def mended(self, text: str) -> str:
        """The expression with marks; the same when nothing was missing or it cannot be read."""
        try:
            tree = parse(text)
        except ExpressionFault:
            return f"'{text}'" if _SENTENCE.fullmatch(text) else text
        self.changed = False
        written = self._in(tree, None)
        return print_expression(written) if self.changed else text

    def _in(self, one: Expression, beside: Expression | None) -> Expression:
        match one:
            case Path(None, [Step("child", word, [])]) if word != "*" and ":" not in word and "(" not in word:
                self.changed = True
                return self._marked(word, beside)
            case Call(name, arguments):
                first = arguments[0] if arguments and name in ("selected", "count-selected") else None
                return Call(name, [self._in(a, first if at else None) for at, a in enumerate(arguments)])
            case Chain(first, rest):
                last = rest[0][1]
                return Chain(self._in(first, last), [(sign, self._in(o, first)) for sign, o in rest])
            case Negate(operand):
                return Negate(self._in(operand, None))
            case _:
                return one

    def _marked(self, word: str, beside: Expression | None) -> Expression:
        if word in ("true", "false"):
            return Call(word, [])
        offered = self._offered(beside.name) if isinstance(beside, Reference) else frozenset()
        return Literal(word) if word in offered or word not in self.names else Reference(word)

    def _offered(self, question: str) -> frozenset[str]:
        view, name = self.bench.view("choices"), self.lists.get(question, "")
        lines = choices_of(self.bench, name) if name else ()
        return frozenset(view.get(line, "name") for line in lines) if view else frozenset()
