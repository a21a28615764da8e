"""Finding rows of a list by the value of a column, through an index made when it is first asked.

The index of (list, column) maps text to rows; a second one, made only when numbers are asked for, maps numbers.
Secondary instances do not change while a form is open, so an index stays true.
"""

from fieldkit.forms.expressions.environment import Environment
from fieldkit.forms.expressions.moments import Moment
from fieldkit.forms.expressions.values import Value, text_number
from fieldkit.forms.nodes import Node, descendants, text_of

Rows = dict[object, list[Node]]


def index_of(env: Environment, key: tuple[object, ...], rows: list[Node], column: str) -> Rows:
    """The index of `rows` by the text of `column` (an attribute as `@name`), remembered under `key`."""
    index = env.indexes.get(key)
    if index is None:
        index = {}
        for row in rows:
            for cell in row.named.get(column, ()):
                index.setdefault(cell.value if not cell.children else text_of(cell), []).append(row)
        env.indexes[key] = index
    return index


def rows_equal(
    env: Environment, key: tuple[object, ...], rows: list[Node], column: str, value: Value
) -> list[Node] | None:
    """The rows whose `column` equals `value`, in order; None when the index cannot tell (truths, moments)."""
    if isinstance(value, str):
        return index_of(env, key, rows, column).get(value, [])
    if isinstance(value, bool | Moment):
        return None
    if isinstance(value, float):
        return _number_index(env, key, rows, column).get(value, [])
    if len(value) > 1:
        return None
    return index_of(env, key, rows, column).get(text_of(value[0]), []) if value else []


def _number_index(env: Environment, key: tuple[object, ...], rows: list[Node], column: str) -> Rows:
    numbers = env.indexes.get((*key, "#"))
    if numbers is None:
        numbers = {}
        for row in rows:
            for cell in row.named.get(column, ()):
                numbers.setdefault(text_number(text_of(cell), env.zone), []).append(row)
        env.indexes[(*key, "#")] = numbers
    return numbers


def pulled(env: Environment, name: str, wanted: str, key: str, value: str) -> str:
    """`pulldata(name, wanted, key, value)`: the cell in column `wanted` of the first row where `key` is `value`."""
    tree = env.pull(name)
    if tree is None:
        return ""
    memory = ("pull", name, key)
    rows = [] if memory in env.indexes else _rows_of(tree)
    found = index_of(env, memory, rows, key).get(value, [])
    cells = found[0].named.get(wanted, []) if found else []
    return text_of(cells[0]) if cells else ""


def _rows_of(tree: Node) -> list[Node]:
    """The rows of a list: the children of its root (`root/item`)."""
    roots = [node for node in tree.children if node.kind == 1]
    if not roots:
        return []
    items = roots[0].named.get("item")
    return items if items is not None else [node for node in descendants(roots[0]) if node.children]
