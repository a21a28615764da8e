"""Functions that the compiler builds itself, because they do not simply take the values of their arguments."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from fieldkit.forms.expressions.environment import Environment
from fieldkit.forms.expressions.paths import Nodes
from fieldkit.forms.expressions.syntax import Call
from fieldkit.forms.expressions.values import Value
from fieldkit.forms.nodes import Node, text_of

if TYPE_CHECKING:
    from fieldkit.forms.expressions.compile import Compiled, Compiler


def _made(run: Callable[..., Value], kind: str) -> "Compiled":
    from fieldkit.forms.expressions.compile import Compiled  # noqa: PLC0415 (compile imports this)

    return Compiled(run, kind)


def _true(compiler: "Compiler", call: Call) -> "Compiled":
    return _made(lambda n, p, s, e: True, "b")


def _false(compiler: "Compiler", call: Call) -> "Compiled":
    return _made(lambda n, p, s, e: False, "b")


def _if(compiler: "Compiler", call: Call) -> "Compiled":
    test = compiler.truth(call.arguments[0])
    yes, no = compiler.compile(call.arguments[1]), compiler.compile(call.arguments[2])
    then, otherwise = yes.run, no.run
    kind = yes.kind if yes.kind == no.kind else "v"
    return _made(lambda n, p, s, e: then(n, p, s, e) if test(n, p, s, e) else otherwise(n, p, s, e), kind)


def _coalesce(compiler: "Compiler", call: Call) -> "Compiled":
    texts = [compiler.text(tree) for tree in call.arguments]

    def run(n: Node, p: int, s: int, e: Environment) -> str:
        found = ""
        for text in texts:
            found = text(n, p, s, e)
            if found not in ("", "NaN"):  # a number that cannot be computed is no answer
                return found
        return found

    return _made(run, "s")


def _once(compiler: "Compiler", call: Call) -> "Compiled":
    text = compiler.text(call.arguments[0])

    def run(n: Node, p: int, s: int, e: Environment) -> str:
        # the node's own value even when it is not relevant: it was drawn once
        kept = n.value if not n.children else text_of(n)
        if kept:
            return kept
        found = text(n, p, s, e)
        return "" if found == "NaN" else found

    return _made(run, "s")


def _position(compiler: "Compiler", call: Call) -> "Compiled":
    if not call.arguments:
        return _made(lambda n, p, s, e: float(p), "n")
    nodes = compiler.nodes(call.arguments[0])

    def run(n: Node, p: int, s: int, e: Environment) -> float:
        found = nodes(n, p, s, e)
        return float(found[0].index + 1) if found else float("nan")

    return _made(run, "n")


def _last(compiler: "Compiler", call: Call) -> "Compiled":
    return _made(lambda n, p, s, e: float(s), "n")


def _current(compiler: "Compiler", call: Call) -> "Compiled":
    return _made(lambda n, p, s, e: [e.origin], "N")


def _instance(compiler: "Compiler", call: Call) -> "Compiled":
    name = compiler.text(call.arguments[0])

    def run(n: Node, p: int, s: int, e: Environment) -> Nodes:
        found = e.instance(name(n, p, s, e))
        return [found] if found is not None else []

    return _made(run, "N")


def _indexed_repeat(compiler: "Compiler", call: Call) -> "Compiled":
    """`indexed-repeat(target, rows, place, rows, place …)`: the target in the named rows.

    The target's names are walked from the root; at rows that are named, the place decides; above them the
    context's own rows are kept.
    """
    target = compiler.nodes(call.arguments[0])
    groups = [compiler.nodes(tree) for tree in call.arguments[1::2]]
    places = [compiler.number(tree) for tree in call.arguments[2::2]]

    def run(n: Node, p: int, s: int, e: Environment) -> Nodes:
        wanted: dict[tuple[str, ...], int] = {}
        for group, place in zip(groups, places, strict=True):
            rows, number = group(n, p, s, e), place(n, p, s, e)
            if not rows or number != number:
                return []
            wanted[names_of(rows[0])] = int(number)
        targets = target(n, p, s, e)
        return _walk_rows(names_of(targets[0]), wanted, n) if targets else []

    return _made(run, "N")


def names_of(node: Node) -> tuple[str, ...]:
    """The names from the root down to `node`."""
    names: list[str] = []
    at: Node | None = node
    while at is not None and at.parent is not None:
        names.append("@" + at.name if at.kind == 2 else at.name)
        at = at.parent
    return tuple(reversed(names))


def _walk_rows(names: tuple[str, ...], wanted: dict[tuple[str, ...], int], node: Node) -> Nodes:
    lineage: list[Node] = []
    at: Node | None = node
    while at is not None:
        lineage.append(at)
        at = at.parent
    lineage.reverse()  # the document first
    level: Nodes = [lineage[0]]
    kept = True
    for depth, name in enumerate(names, 1):
        found = [child for one in level for child in one.named.get(name, ())]
        place = wanted.get(names[:depth])
        if place is not None:
            level = found[place - 1 : place] if place > 0 else []
            kept = kept and depth < len(lineage) and bool(level) and lineage[depth] is level[0]
        elif kept and depth < len(lineage) and lineage[depth].name == name:
            level = [lineage[depth]]
        else:
            kept = False
            level = found
    return level


BUILD: dict[str, Callable[["Compiler", Call], "Compiled"]] = {
    "true": _true,
    "false": _false,
    "if": _if,
    "coalesce": _coalesce,
    "once": _once,
    "position": _position,
    "last": _last,
    "current": _current,
    "instance": _instance,
    "indexed-repeat": _indexed_repeat,
}
