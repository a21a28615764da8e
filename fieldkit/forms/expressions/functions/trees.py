"""Functions on nodes, and those the compiler builds itself because their arguments are not simply values."""

from fieldkit.forms.expressions.environment import Environment
from fieldkit.forms.expressions.functions.shuffle import seed_of, shuffled
from fieldkit.forms.expressions.functions.table import ANY_NUMBER, Function, row
from fieldkit.forms.expressions.functions.text import spread
from fieldkit.forms.expressions.lookup import pulled
from fieldkit.forms.expressions.values import Value, number_value
from fieldkit.forms.nodes import (
    ATTRIBUTE,
    ELEMENT,
    INSTRUCTION,
    NAMESPACE,
    Node,
    descendants,
    in_order,
    root_of,
)

_XML = "http://www.w3.org/XML/1998/namespace"
_NAMED = (ELEMENT, ATTRIBUTE, INSTRUCTION, NAMESPACE)


def _first(node: Node, nodes: list[Node] | None) -> Node | None:
    if nodes is None:
        return node
    return nodes[0] if nodes else None


def _local_name(_: Environment, node: Node, nodes: list[Node] | None = None) -> str:
    one = _first(node, nodes)
    return one.name if one is not None and one.kind in _NAMED else ""


def _name(_: Environment, node: Node, nodes: list[Node] | None = None) -> str:
    one = _first(node, nodes)
    return one.tag if one is not None and one.kind in _NAMED else ""


def _namespace(_: Environment, node: Node, nodes: list[Node] | None = None) -> str:
    one = _first(node, nodes)
    return one.namespace if one is not None and one.kind in (ELEMENT, ATTRIBUTE) else ""


def _count(_: Environment, nodes: list[Node]) -> float:
    return float(sum([node.active for node in nodes]))


def _language(_: Environment, node: Node, asked: str) -> bool:
    at: Node | None = node
    while at is not None:
        for attribute in at.named.get("@lang", ()):
            if attribute.namespace != _XML:
                continue
            found, wanted = attribute.value.lower(), asked.lower()
            return found == wanted or found.startswith(wanted + "-")
        at = at.parent
    return False


def _by_id(_: Environment, node: Node, value: Value) -> list[Node]:
    wanted = {word for text in spread((value,)) for word in text.split()}
    found: dict[str, Node] = {}
    for one in descendants(root_of(node)):
        for attribute in one.named.get("@id", ()):
            if attribute.value in wanted:
                found.setdefault(attribute.value, one)
    return in_order(found.values())


def _randomize(env: Environment, node: Node, nodes: list[Node], seed: Value | None = None) -> list[Node]:
    if seed is None:
        # one order for one question: drawing anew whenever the list is painted would make choices jump
        key = (id(node), len(nodes))
        if key not in env.seeds:
            env.seeds[key] = float(int(env.chance() * (1 << 31)))
        return shuffled(nodes, int(env.seeds[key]))
    return shuffled(nodes, seed_of(seed, number_value(seed, env.zone)))


def _pulldata(env: Environment, name: str, wanted: str, key: str, value: str) -> str:
    return pulled(env, name, wanted, key, value)


FUNCTIONS: tuple[Function, ...] = (
    row("local-name", (0, 1), "N", "s", _local_name, here=True),
    row("name", (0, 1), "N", "s", _name, here=True),
    row("namespace-uri", (0, 1), "N", "s", _namespace, here=True),
    row("count", (1, 1), "N", "n", _count),
    row("lang", (1, 1), "s", "b", _language, here=True),
    row("id", (1, 1), "v", "N", _by_id, here=True),
    row("randomize", (1, 2), "Nv", "N", _randomize, here=True),
    row("pulldata", (4, 4), "s", "s", _pulldata),
    row("true", (0, 0), "b", "b", None),
    row("false", (0, 0), "b", "b", None),
    row("if", (3, 3), "bvv", "v", None),
    row("coalesce", (1, ANY_NUMBER), "s", "s", None),
    row("once", (1, 1), "s", "s", None),
    row("position", (0, 1), "N", "n", None),
    row("last", (0, 0), "n", "n", None),
    row("current", (0, 0), "N", "N", None),
    row("instance", (1, 1), "s", "N", None),
    row("indexed-repeat", (3, ANY_NUMBER), "NNn", "N", None),
)
