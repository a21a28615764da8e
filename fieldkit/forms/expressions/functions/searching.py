"""`search()` of an appearance as a function: the rows of a table that match (`forms/lookups`).

Texts are compared without regard to case, as Collect's database does.
"""

from collections.abc import Callable

from fieldkit.forms.expressions.environment import Environment
from fieldkit.forms.expressions.functions.table import Function, row
from fieldkit.forms.nodes import Node, text_of

_HOW: dict[str, Callable[[str, str], bool]] = {
    "contains": lambda text, part: part in text,
    "startswith": str.startswith,
    "endswith": str.endswith,
    "matches": str.__eq__,
}


def _search(
    env: Environment,
    table: str,
    how: str = "contains",
    columns: str = "",
    text: str = "",
    also: str = "",
    value: str = "",
) -> list[Node]:
    """`search(table[, how, columns, text[, also, value]])`; several columns stand between commas."""
    found = env.pull(table.removesuffix(".csv"))
    rows = [item for top in found.children for item in top.children] if found is not None else []
    test = _HOW.get(how.strip().lower())
    if test is None:
        return []
    names = [name.strip() for name in columns.split(",") if name.strip()]
    if names:
        wanted = text.casefold()
        rows = [one for one in rows if any(test(_cell(one, name), wanted) for name in names)]
    if also.strip():
        rows = [one for one in rows if _cell(one, also.strip()) == value.casefold()]
    return rows


def _cell(item: Node, column: str) -> str:
    found = item.named.get(column)
    return text_of(found[0]).casefold() if found else ""


FUNCTIONS: tuple[Function, ...] = (row("fk:search", (1, 6), "s", "N", _search),)
