"""Paths as closures: from a node to nodes.

1. Child steps by plain names are looked up, never searched; such paths also know their first node alone.
2. An absolute path in a form binds to the rows it shares with its context (`scope.shared_rows`).
3. `[column = value]` on the rows of a secondary instance goes through an index (`lookup`).
4. Nodes come out in document order, each once.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from fieldkit.forms.expressions.environment import Environment
from fieldkit.forms.expressions.lookup import rows_equal
from fieldkit.forms.expressions.scope import Scope, TemplatePath, shared_rows
from fieldkit.forms.expressions.syntax import Call, Chain, Expression, Literal, Path, Step
from fieldkit.forms.expressions.values import Value
from fieldkit.forms.nodes import (
    ATTRIBUTE,
    COMMENT,
    DOCUMENT,
    ELEMENT,
    INSTRUCTION,
    NAMESPACE,
    NOBODY,
    TEXT,
    Node,
    descendants,
    in_order,
)

if TYPE_CHECKING:
    from fieldkit.forms.expressions.compile import Compiler

Nodes = list[Node]
Run = Callable[[Node, int, int, Environment], Value]
RunNodes = Callable[[Node, int, int, Environment], Nodes]
RunFirst = Callable[[Node, int, int, Environment], Node | None]
Walk = Callable[[Nodes, Environment], Nodes]
Keep = Callable[[Nodes, Environment], Nodes]
_NONE: tuple[Node, ...] = ()
_ORDERLY = frozenset({"child", "attribute", "self"})
_BACKWARDS = frozenset({"ancestor", "ancestor-or-self", "preceding", "preceding-sibling"})


def plain_names(steps: list[Step]) -> list[str] | None:
    """The names of the steps when all are child or attribute steps by name without predicates, else None."""
    names = [plain_name(step) for step in steps]
    return None if None in names else [name for name in names if name is not None]


def plain_name(step: Step) -> str | None:
    """The key under which a plain step finds its nodes in `Node.named`; None for one with predicates."""
    return None if step.predicates else _key(step.axis, step.test)


def bare_name(step: Step) -> str | None:
    """The same, whatever predicates the step has."""
    return _key(step.axis, step.test)


@lru_cache(maxsize=4096)
def _key(axis: str, test: str) -> str | None:
    if "*" in test or test.endswith(")"):
        return None
    local = test.rpartition(":")[2]
    return local if axis == "child" else "@" + local if axis == "attribute" else None


def simple(step: Step, axis: str) -> bool:
    """Whether `step` is a bare `.` or `..`."""
    return step.axis == axis and step.test == "node()" and not step.predicates


def descend(start: RunFirst, names: list[str]) -> tuple[RunNodes, RunFirst]:
    """From one node down by names: all nodes, and only the first."""
    if len(names) == 1:
        only = names[0]

        def children(node: Node, position: int, size: int, env: Environment) -> Nodes:
            top = start(node, position, size, env)
            return list(top.named.get(only, _NONE)) if top is not None else []

        def child(node: Node, position: int, size: int, env: Environment) -> Node | None:
            top = start(node, position, size, env)
            found = top.named.get(only) if top is not None else None
            return found[0] if found else None

        return children, child

    def all_nodes(node: Node, position: int, size: int, env: Environment) -> Nodes:
        top = start(node, position, size, env)
        if top is None:
            return []
        level: Sequence[Node] = (top,)
        for name in names:
            level = [below for one in level for below in one.named.get(name, _NONE)]
            env.work(len(level))
        return list(level)

    def first(node: Node, position: int, size: int, env: Environment) -> Node | None:
        at = start(node, position, size, env)
        for name in names:
            if at is None:
                return None
            found = at.named.get(name)
            if not found:
                # an empty first row must not hide a later one that has the step
                nodes = all_nodes(node, position, size, env)
                return nodes[0] if nodes else None
            at = found[0]
        return at

    return all_nodes, first


def climb(levels: int) -> RunFirst:
    """From a node up by `levels` parents."""

    def up(node: Node, position: int, size: int, env: Environment) -> Node | None:
        at: Node | None = node
        for _ in range(levels):
            if at is None:
                return None
            at = at.parent
        return at

    def same(node: Node, position: int, size: int, env: Environment) -> Node | None:
        return node

    def parent(node: Node, position: int, size: int, env: Environment) -> Node | None:
        return node.parent

    return (same, parent)[levels] if levels < 2 else up


def _from_root(node: Node, position: int, size: int, env: Environment) -> Node | None:
    return env.root


def _from_origin(levels: int) -> RunFirst:
    up = climb(levels)

    def start(node: Node, position: int, size: int, env: Environment) -> Node | None:
        return up(env.origin, position, size, env)

    return start


def absolute_start(steps: list[Step], scope: Scope) -> tuple[RunFirst, int, TemplatePath | None]:
    """Where an absolute path begins (rule 2): the start, how many steps it has spared, its template path."""
    leading: list[str] = []
    for step in steps:
        bare = bare_name(step)
        if bare is None:
            break
        leading.append(bare)
    free = next((at for at, step in enumerate(steps) if step.predicates), len(steps))
    base = scope.origin if scope.foreign else scope.context
    template = tuple(leading)
    shared = shared_rows(template + ("",) * (len(steps) - len(leading)), base, scope.rows, free)
    if not shared or base is None:
        return _from_root, 0, ()
    levels = len(base) - shared
    return (_from_origin(levels) if scope.foreign else climb(levels)), shared, template[:shared]


def compile_path(path: Path, compiler: "Compiler") -> tuple[RunNodes, RunFirst | None]:
    """The closures of `path`: all nodes, and the first alone when that is cheaper."""
    if isinstance(path.start, str):
        start, spared, template = absolute_start(path.steps, compiler.scope)
        return _from_start(start, path.steps[spared:], template, compiler)
    if path.start is None:
        levels = 0
        while levels < len(path.steps) and (
            simple(path.steps[levels], "parent") or simple(path.steps[levels], "self")
        ):
            levels += 1
        ups = sum(1 for step in path.steps[:levels] if step.axis == "parent")
        context = compiler.scope.context
        above = None if context is None or ups > len(context) else context[: len(context) - ups]
        return _from_start(climb(ups), path.steps[levels:], above, compiler)
    return _from_expression(path, compiler)


def _from_start(
    start: RunFirst, steps: list[Step], template: TemplatePath | None, compiler: "Compiler"
) -> tuple[RunNodes, RunFirst | None]:
    names = plain_names(steps) if compiler.scope.any_namespace and not _prefixed(steps, compiler) else None
    if names:
        return descend(start, names)
    if not steps:

        def only(node: Node, position: int, size: int, env: Environment) -> Nodes:
            found = start(node, position, size, env)
            return [found] if found is not None else []

        return only, start
    walk = _walks(steps, template, compiler)

    def nodes(node: Node, position: int, size: int, env: Environment) -> Nodes:
        found = start(node, position, size, env)
        return walk([found], env) if found is not None else []

    return nodes, None


def _prefixed(steps: list[Step], compiler: "Compiler") -> bool:
    """Whether a step's prefix must be looked at: one that the form declares; others match by local name."""
    return any(":" in step.test and compiler.namespace(step.test) is not None for step in steps)


def _from_expression(path: Path, compiler: "Compiler") -> tuple[RunNodes, RunFirst | None]:
    start = path.start
    assert start is not None and not isinstance(start, str)
    base = compiler.nodes(start)
    foreign = isinstance(start, Call) and start.name == "instance"
    current = isinstance(start, Call) and start.name == "current" and compiler.scope.origin is not None
    inner = compiler
    template: TemplatePath | None = None
    if foreign:
        inner = compiler.within(compiler.scope.inside_foreign())
        indexed = _indexed(path, base, inner)
        if indexed is not None:
            return indexed, None
    elif current:
        return _from_current(path, compiler)
    walk = _walks(path.steps, template, inner)

    def nodes(node: Node, position: int, size: int, env: Environment) -> Nodes:
        return walk(base(node, position, size, env), env)

    return nodes, None


def _from_current(path: Path, compiler: "Compiler") -> tuple[RunNodes, RunFirst | None]:
    levels = 0
    while levels < len(path.steps) and (
        simple(path.steps[levels], "parent") or simple(path.steps[levels], "self")
    ):
        levels += 1
    ups = sum(1 for step in path.steps[:levels] if step.axis == "parent")
    origin = compiler.scope.origin or ()
    return _from_start(_from_origin(ups), path.steps[levels:], origin[: len(origin) - ups], compiler)


# ---- the index (rule 3) ----------------------------------------------------------------------------------


def _indexed(path: Path, base: RunNodes, inner: "Compiler") -> RunNodes | None:
    """`instance('x')/root/item[column = value]…` through the index, or None when it has another shape."""
    start = path.start
    assert isinstance(start, Call)
    at = next((at for at, step in enumerate(path.steps) if step.predicates), None)
    if at is None or len(start.arguments) != 1 or not isinstance(start.arguments[0], Literal):
        return None
    names = plain_names([*path.steps[:at], Step(path.steps[at].axis, path.steps[at].test)])
    found = _index_test(path.steps[at].predicates[0])
    if names is None or found is None:
        return None
    column, value_tree, others = found
    value = inner.any(value_tree)
    full = inner.keep(path.steps[at].predicates)
    rest = inner.keep([*others, *path.steps[at].predicates[1:]])
    key = ("rows", start.arguments[0].text, tuple(names), column)
    onward = _walks(path.steps[at + 1 :], None, inner)

    def nodes(node: Node, position: int, size: int, env: Environment) -> Nodes:
        rows: Nodes = []
        if key not in env.indexes:
            rows = _below(base(node, position, size, env), names)
        kept = rows_equal(env, key, rows, column, value(node, position, size, env))
        if kept is None:
            return onward(full(_below(base(node, position, size, env), names), env), env)
        return onward(rest(kept, env), env)

    return nodes


def _below(tops: Nodes, names: list[str]) -> Nodes:
    for name in names:
        tops = [node for top in tops for node in top.named.get(name, _NONE)]
    return tops


def _index_test(predicate: Expression) -> tuple[str, Expression, list[Expression]] | None:
    """`column = value` (or the first of `and`s): the column, the value, what else must hold."""
    conjuncts = [predicate]
    if isinstance(predicate, Chain) and predicate.rest[0][0] == "and":
        conjuncts = [predicate.first, *(operand for _, operand in predicate.rest)]
    for at, one in enumerate(conjuncts):
        if isinstance(one, Chain) and len(one.rest) == 1 and one.rest[0][0] == "=":
            for column, value in ((one.first, one.rest[0][1]), (one.rest[0][1], one.first)):
                name = _column(column)
                if name is not None and independent(value):
                    return name, value, conjuncts[:at] + conjuncts[at + 1 :]
    return None


def _column(side: Expression) -> str | None:
    if isinstance(side, Path) and side.start is None:
        steps = [step for step in side.steps if not simple(step, "self")]
        return plain_name(steps[0]) if len(steps) == 1 else None
    return None


_POSITIONAL = frozenset(
    {"position", "last", "string", "number", "name", "local-name", "randomize", "random", "uuid"}
)


def independent(tree: Expression) -> bool:
    """Whether `tree` is worth the same for every row that a predicate looks at."""
    match tree:
        case Path(start, steps):
            if any(not independent(predicate) for step in steps for predicate in step.predicates):
                return False
            return isinstance(start, str) or (isinstance(start, Call) and independent(start))
        case Call(name, arguments):
            bare = name in _POSITIONAL and len(arguments) == 0
            return not bare and name not in ("position", "last") and all(map(independent, arguments))
        case Chain(first, rest):
            return independent(first) and all(independent(operand) for _, operand in rest)
        case _:
            return not hasattr(tree, "predicates") and (
                not hasattr(tree, "operand") or independent(tree.operand)
            )


# ---- general steps ---------------------------------------------------------------------------------------


def _walks(steps: list[Step], template: TemplatePath | None, compiler: "Compiler") -> Walk:
    walks: list[Walk] = []
    for step in steps:
        template = below(template, step)
        inner = compiler if compiler.scope.foreign else compiler.within(compiler.scope.at(template))
        walks.append(_walk(step, inner))
    orderly = all(step.axis in _ORDERLY for step in steps)

    def walk(nodes: Nodes, env: Environment) -> Nodes:
        for one in walks:
            nodes = one(nodes, env)
        return nodes if orderly else in_order(nodes)

    return walk


def below(template: TemplatePath | None, step: Step) -> TemplatePath | None:
    """The template path one step further; None when a step leaves what is known before the form runs."""
    if template is None:
        return None
    if step.test == "node()" and step.axis in ("parent", "self"):
        if step.axis == "self":
            return template
        return template[:-1] if template else None
    name = bare_name(step)
    if name is not None:
        return (*template, name)
    if (
        step.axis in ("preceding-sibling", "following-sibling")
        and ":" not in step.test
        and "(" not in step.test
    ):
        return (*template[:-1], step.test)
    return None


def _walk(step: Step, compiler: "Compiler") -> Walk:
    axis = AXIS[step.axis]
    test = _test(step, compiler)
    keep = compiler.keep(step.predicates) if step.predicates else None
    name = bare_name(step)
    prefixed = name is None or _prefixed([step], compiler) or not compiler.scope.any_namespace

    def walk(nodes: Nodes, env: Environment) -> Nodes:
        found: Nodes = []
        for node in nodes:
            if prefixed:
                reached = list(axis(node))
                env.work(len(reached))
                candidates = [one for one in reached if test(one)]
            else:
                candidates = list(node.named.get(name or "", _NONE))
                env.work(len(candidates))
            found += keep(candidates, env) if keep is not None else candidates
        return found if len(nodes) < 2 or step.axis in _ORDERLY else in_order(found)

    return walk


def _test(step: Step, compiler: "Compiler") -> Callable[[Node], bool]:
    test = step.test
    principal = {"attribute": ATTRIBUTE, "namespace": NAMESPACE}.get(step.axis, ELEMENT)
    if test.endswith(")"):
        return _type_test(test)
    prefix, _, local = test.rpartition(":")
    namespace = compiler.namespace(test)
    if prefix and namespace is None:  # an undeclared prefix is compared as written
        return lambda node: node.kind == principal and node.prefix == prefix and local in ("*", node.name)
    if not prefix and (compiler.scope.any_namespace or principal != ELEMENT):
        return lambda node: node.kind == principal and local in ("*", node.name)
    if not prefix and local == "*":
        return lambda node: node.kind == principal
    wanted = namespace or ""
    return lambda node: node.kind == principal and node.namespace == wanted and local in ("*", node.name)


def _type_test(test: str) -> Callable[[Node], bool]:
    kind, _, target = test[:-1].partition("(")
    target = target.strip("'\"")
    if kind == "node":
        return lambda node: True
    if kind == "processing-instruction":
        return lambda node: node.kind == INSTRUCTION and target in ("", node.name)
    wanted = TEXT if kind == "text" else COMMENT
    return lambda node: node.kind == wanted


def _children(node: Node) -> Iterable[Node]:
    if node.children:
        return node.children
    if (
        node.value and node.kind == ELEMENT
    ):  # a leaf's text, as a node, only for those who ask (nodes, rule 3)
        text = Node(TEXT, "", node, node.value)
        text.active = node.active
        return (text,)
    return NOBODY


def _ancestors(node: Node) -> Nodes:
    found: Nodes = []
    at = node.parent
    while at is not None:
        found.append(at)
        at = at.parent
    return found


def _siblings(node: Node) -> tuple[Nodes, Nodes]:
    """Those before, nearest first, and those behind."""
    if node.parent is None or node.kind in (ATTRIBUTE, NAMESPACE):
        return [], []
    children = list(node.parent.children)
    at = next((place for place, child in enumerate(children) if child is node), 0)
    return children[:at][::-1], children[at + 1 :]


def _with_descendants(node: Node) -> Iterable[Node]:
    yield node
    yield from descendants(node)


def _following(node: Node) -> Nodes:
    found: Nodes = []
    if node.kind == ATTRIBUTE and node.parent is not None:
        found += descendants(node.parent)
        node = node.parent
    for one in (node, *_ancestors(node)):
        for sibling in _siblings(one)[1]:
            found += _with_descendants(sibling)
    return found


def _preceding(node: Node) -> Nodes:
    found: Nodes = []
    if node.kind == ATTRIBUTE and node.parent is not None:
        node = node.parent
    for one in (node, *_ancestors(node)):
        for sibling in _siblings(one)[0]:
            found += list(_with_descendants(sibling))[::-1]
    return found


AXIS: dict[str, Callable[[Node], Iterable[Node]]] = {
    "child": _children,
    "attribute": lambda node: [one for one in node.attributes if one.kind == ATTRIBUTE],
    "namespace": lambda node: [one for one in node.attributes if one.kind == NAMESPACE],
    "self": lambda node: (node,),
    "parent": lambda node: (node.parent,) if node.parent is not None else NOBODY,
    "ancestor": _ancestors,
    "ancestor-or-self": lambda node: [node, *_ancestors(node)],
    "descendant": descendants,
    "descendant-or-self": _with_descendants,
    "following-sibling": lambda node: _siblings(node)[1],
    "preceding-sibling": lambda node: _siblings(node)[0],
    "following": _following,
    "preceding": _preceding,
}
"""Every axis, nearest node first."""
assert DOCUMENT == 0
