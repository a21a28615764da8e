"""The recorded XPath checks of other engines (`shared/vectors/forms`), run on fieldkit's expressions."""

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from lxml import etree

from fieldkit.forms.expressions.compile import compile_text
from fieldkit.forms.expressions.environment import Environment
from fieldkit.forms.expressions.scope import Scope
from fieldkit.forms.expressions.values import Value, number_value, text_value, truth_value
from fieldkit.forms.nodes import ATTRIBUTE, COMMENT, DOCUMENT, ELEMENT, INSTRUCTION, NAMESPACE, TEXT, Node

VECTORS = Path(__file__).parents[4] / "shared" / "vectors" / "forms"
PREFIXES = {
    "xhtml": "http://www.w3.org/1999/xhtml",
    "h": "http://www.w3.org/1999/xhtml",
    "xml": "http://www.w3.org/XML/1998/namespace",
    "jr": "http://openrosa.org/javarosa",
    "orx": "http://openrosa.org/xforms",
    "xf": "http://www.w3.org/2002/xforms",
}
XFORMS = "{http://www.w3.org/2002/xforms}"


@dataclass(frozen=True)
class FixedClock:
    """A clock that stands still."""

    at: datetime

    def now(self) -> datetime:
        return self.at


class CountedBytes:
    """Randomness that is the same in every run."""

    def __init__(self) -> None:
        self.count = 0

    def bytes(self, count: int) -> bytes:
        self.count += 1
        return bytes((self.count * 37 + place * 101) % 256 for place in range(count))


def clock_at(text: str, zone: str) -> FixedClock:
    """A clock that stands at an ISO instant, seen in `zone`."""
    return FixedClock(datetime.fromisoformat(text).astimezone(ZoneInfo(zone)))


def full_tree(content: str) -> Node:
    """A document with every node XPath knows, text and comments included."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(content.encode(), parser)
    top = Node(DOCUMENT, "")
    information: Any = root.getroottree().docinfo
    if information.doctype:
        _add(top, Node(INSTRUCTION, "doctype"))  # holds the place that the recorded child numbers give it
    for sibling in reversed(list(root.itersiblings(preceding=True))):
        _add(top, _full(sibling))
    _add(top, _full(root))
    return top


def _add(parent: Node, child: Node) -> None:
    parent.append(child)


def _full(element: Any) -> Node:
    if element.tag is etree.Comment:
        return Node(COMMENT, "", value=element.text or "")
    if element.tag is etree.ProcessingInstruction:
        return Node(INSTRUCTION, element.target, value=element.text or "")
    name = etree.QName(element)
    node = Node(ELEMENT, name.localname)
    node.namespace, node.prefix = name.namespace or "", element.prefix or ""
    _full_attributes(node, element)
    if element.text:
        _add(node, Node(TEXT, "", value=element.text))
    for child in element:
        _add(node, _full(child))
        if child.tail:
            _add(node, Node(TEXT, "", value=child.tail))
    return node


def _full_attributes(node: Node, element: Any) -> None:
    for key, value in element.attrib.items():
        name = etree.QName(key)
        attribute = Node(ATTRIBUTE, name.localname, value=value)
        attribute.namespace = name.namespace or ""
        attribute.prefix = next((p for p, uri in element.nsmap.items() if p and uri == name.namespace), "")
        if name.namespace == PREFIXES["xml"]:
            attribute.prefix = "xml"
        node.add_attribute(attribute)
    above = element.getparent().nsmap if element.getparent() is not None else {}
    for prefix, uri in element.nsmap.items():
        if prefix and above.get(prefix) != uri:
            declared = Node(NAMESPACE, prefix, value=uri)
            declared.prefix = "xmlns"
            node.add_attribute(declared)


@cache
def checks() -> dict[str, Any]:
    """The file of checks."""
    found: dict[str, Any] = json.loads((VECTORS / "xpath-checks.json").read_text(encoding="utf-8"))
    return found


def node_at(top: Node, steps: list[Any]) -> Node:
    """The node reached by child numbers, `@name` for an attribute."""
    node = top
    for step in steps:
        node = node.named[step][0] if isinstance(step, str) else node.children[step]
    return node


def path_of(node: Node) -> list[Any]:
    """The recorded spelling of a node's place."""
    steps: list[Any] = []
    at = node
    while at.parent is not None:
        if at.kind in (ATTRIBUTE, NAMESPACE):
            steps.append("@" + at.tag)
        else:
            steps.append(next(place for place, child in enumerate(at.parent.children) if child is at))
        at = at.parent
    return steps[::-1]


def _form_world(top: Node, env: Environment, language: str | None) -> None:
    """Instances and texts, when the document is a form."""
    model = next((n for n in _below(top) if n.kind == ELEMENT and n.name == "model"), None)
    if model is None or top.named.get("model"):
        return
    instances = model.named.get("instance", [])
    if instances:
        env.root = instances[0]
    named = {node.named["@id"][0].value: node for node in instances if "@id" in node.named}
    env.instance = named.get
    texts = _texts(model)

    def itext(name: str) -> str:
        default = next(iter(texts.values()), {})
        for _, is_default, found in texts_list:
            if is_default:
                default = found
        return texts.get(language or "", default).get(name, "")

    texts_list = [
        (t.named["@lang"][0].value, "@default" in t.named, texts[t.named["@lang"][0].value])
        for itext_node in model.named.get("itext", [])
        for t in itext_node.named.get("translation", [])
    ]
    env.itext = itext


def _texts(model: Node) -> dict[str, dict[str, str]]:
    return {
        translation.named["@lang"][0].value: {
            text.named["@id"][0].value: text_value(
                [v for v in text.named["value"] if "@form" not in v.named][:1]
            )
            for text in translation.named.get("text", [])
        }
        for itext in model.named.get("itext", [])
        for translation in itext.named.get("translation", [])
    }


def _below(node: Node) -> Iterator[Node]:
    for child in node.children:
        yield child
        yield from _below(child)


def answer(check: Mapping[str, Any]) -> Value:
    """What fieldkit says to a check."""
    top = full_tree(checks()["docs"][check["doc"]])
    context = node_at(top, check["ctx"])
    env = Environment(top, clock_at(check["now"], check["tz"]), CountedBytes())
    env.origin = context
    _form_world(top, env, check["lang"])
    scope = Scope(namespaces=PREFIXES, any_namespace=check["xforms"])
    return compile_text(check["expr"], scope).run(context, 1, 1, env)


def passes(check: Mapping[str, Any]) -> bool:
    """Whether fieldkit's answer is the recorded one."""
    try:
        value = answer(check)
    except Exception:  # a check that fails loudly is a check that fails
        return bool(check["kind"] == "throws")
    return _same(check, value)


def _same(check: Mapping[str, Any], value: Value) -> bool:
    expected, kind = check["expected"], check["kind"]
    zone = ZoneInfo(check["tz"])
    match kind:
        case "boolean":
            return truth_value(value) is expected
        case "number":
            number = number_value(value, zone)
            wanted = float(expected.replace("Infinity", "inf") if isinstance(expected, str) else expected)
            return number == wanted or (math.isnan(number) and math.isnan(wanted))
        case "rounded":
            factor = 10 ** check["factor"] if check["factor"] < 20 else check["factor"]
            return bool(abs(number_value(value, zone) - expected) <= 1 / factor)
        case "string":
            return bool(text_value(value) == expected)
        case "strlen":
            return bool(len(text_value(value)) == expected)
        case "match":
            return re.search(expected.strip("/"), text_value(value)) is not None
        case "throws":
            return False
        case _:
            return _same_nodes(expected, value, ordered=kind != "assertUnorderedNodeSet")


def _same_nodes(expected: Any, value: Value, ordered: bool) -> bool:
    if not isinstance(expected, list):
        if isinstance(expected, bool):
            return truth_value(value) is expected
        return text_value(value) == text_value(expected)
    if not isinstance(value, list):
        return len(expected) == 1 and text_value(value) == expected[0]["text"]
    places = [path_of(node) for node in value]
    wanted = [item["p"] for item in expected]
    return places == wanted if ordered else sorted(map(str, places)) == sorted(map(str, wanted))
