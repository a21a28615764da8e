"""What is wrong with an expression as its author wrote it, in an author's words."""

from collections.abc import Iterator, Mapping
from typing import Any

from fieldkit.forms.columns import nearest
from fieldkit.forms.expressions.compile import check_call
from fieldkit.forms.expressions.faults import ExpressionFault
from fieldkit.forms.expressions.functions import FUNCTIONS
from fieldkit.forms.expressions.functions.table import ANY_NUMBER
from fieldkit.forms.expressions.grammar import parse
from fieldkit.forms.expressions.reads import reads_of
from fieldkit.forms.expressions.scope import Scope
from fieldkit.forms.portability import ELSEWHERE

Told = tuple[str, dict[str, Any]]


def check_expression(text: str) -> Iterator[Told]:
    """Everything wrong with one expression as (code, data): unreadable, or calling what is not there."""
    try:
        calls = reads_of(parse(text), Scope()).calls
    except ExpressionFault as fault:
        yield author_words(fault.code, fault.data)
        return
    for call in calls:
        wrong = check_call(call, FUNCTIONS.get(call.name))
        if wrong is not None:
            yield author_words(wrong.code, wrong.data)


def author_words(code: str, data: Mapping[str, Any]) -> Told:
    """An engine's fault as an author needs it: what was probably meant, what a function takes."""
    match code:
        case "expression.unknown_function":
            name = str(data["name"])
            if name in ELSEWHERE:
                return "form.function_elsewhere", {"name": name, "only": ELSEWHERE[name]}
            meant = nearest(name, tuple(FUNCTIONS))
            return (
                ("form.function_unknown_meant", {"name": name, "meant": meant})
                if meant
                else ("form.function_unknown", {"name": name})
            )
        case "expression.arguments":
            name = str(data["name"])
            return "form.arguments", {"name": name, "count": data["given"], "expected": _expected(name)}
        case "expression.syntax":
            return "form.expression_unreadable", {"position": data["at"]}
        case "expression.too_long" | "expression.too_deep":
            return "form.expression_too_large", {"limit": data["limit"]}
        case "expression.cycle":
            return "form.cycle", {"names": data["steps"]}
        case _:
            return code, dict(data)


def _expected(name: str) -> str:
    function = FUNCTIONS[name]
    if function.least == function.most:
        return str(function.least)
    return f"{function.least}+" if function.most >= ANY_NUMBER else f"{function.least}–{function.most}"
