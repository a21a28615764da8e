"""Recorded XPath checks of other engines (`xpath-checks.json`), run on fieldkit's expressions.

The recorded child numbers are those of a DOM: a document type, a comment and a CDATA section count as children, and
attributes stand in the order in which they are written. So the documents are read with a DOM here, not with `lxml`.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.dom import minidom
from zoneinfo import ZoneInfo

from benchmarks.recordings import CountedBytes, Miss, Score, clock_at
from fieldkit.forms.expressions.compile import compile_text
from fieldkit.forms.expressions.environment import Environment
from fieldkit.forms.expressions.scope import Scope
from fieldkit.forms.expressions.values import Value, number_value, text_value, truth_value
from fieldkit.forms.nodes import ATTRIBUTE, COMMENT, DOCUMENT, ELEMENT, INSTRUCTION, NAMESPACE, TEXT, Node

FILE = "xpath-checks.json"
PREFIXES = {
    "xhtml": "http://www.w3.org/1999/xhtml",
    "h": "http://www.w3.org/1999/xhtml",
    "xml": "http://www.w3.org/XML/1998/namespace",
    "jr": "http://openrosa.org/javarosa",
    "orx": "http://openrosa.org/xforms",
    "xf": "http://www.w3.org/2002/xforms",
}
_XMLNS = "http://www.w3.org/2000/xmlns/"
Check = Mapping[str, Any]


def score(file: Path) -> Score:
    """All checks of a file; one that throws here is a miss."""
    recorded: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    checks, documents = recorded.get("checks") or [], recorded.get("docs") or []
    found = [(check, miss_of(check, documents)) for check in checks]
    misses = tuple((f"{c.get('id')} {c.get('src', '')}", miss) for c, miss in found if miss is not None)
    return Score(len(found) - len(misses), len(found), 0, misses)


def miss_of(check: Check, documents: Any) -> Miss | None:
    """What differs, or None when fieldkit's answer is the recorded one."""
    kind, where = check.get("kind"), f"{check.get('expr')}  ({check.get('kind')})"
    try:
        value = answer(check, documents)
    except Exception as fault:  # a check that fails loudly is a check that fails
        got = f"{type(fault).__name__}: {fault}"
        return None if kind == "throws" else Miss(where, check.get("expected"), got)
    try:
        same = _same(check, value)
    except (KeyError, TypeError, ValueError) as fault:  # a spelling that this runner does not know
        return Miss(where, check.get("expected"), f"cannot be compared: {type(fault).__name__}: {fault}")
    return None if same else Miss(where, check.get("expected"), _shown(value))


def answer(check: Check, documents: Any) -> Value:
    """What fieldkit says to a check."""
    document = check["doc"]
    top = full_tree(documents[document])
    context = node_at(top, check["ctx"])
    env = Environment(top, clock_at(check["now"], check["tz"]), CountedBytes())
    env.origin = context
    _form_world(top, env, check.get("lang"))
    scope = Scope(namespaces=PREFIXES, any_namespace=bool(check.get("xforms")))
    return compile_text(check["expr"], scope).run(context, 1, 1, env)


def _shown(value: Value) -> object:
    return [path_of(node) for node in value] if isinstance(value, list) else value


# ---- the documents ---------------------------------------------------------------------------------------


def full_tree(content: str) -> Node:
    """A document with every node XPath knows, text and comments included."""
    top = Node(DOCUMENT, "")
    for child in minidom.parseString(content.encode()).childNodes:
        top.append(_full(child))
    return top


def _full(one: Any) -> Node:
    match one.nodeType:
        case one.ELEMENT_NODE:
            return _element(one)
        case one.TEXT_NODE | one.CDATA_SECTION_NODE:
            return Node(TEXT, "", value=one.data)
        case one.COMMENT_NODE:
            return Node(COMMENT, "", value=one.data)
        case one.PROCESSING_INSTRUCTION_NODE:
            return Node(INSTRUCTION, one.target, value=one.data)
        case _:  # a document type holds the place that the recorded numbers give it
            return Node(INSTRUCTION, "doctype")


def _element(element: Any) -> Node:
    node = Node(ELEMENT, element.localName)
    node.namespace, node.prefix = element.namespaceURI or "", element.prefix or ""
    for written in element.attributes.values():
        attribute = _attribute(written)
        if attribute is not None:
            node.add_attribute(attribute)
    for child in element.childNodes:
        node.append(_full(child))
    return node


def _attribute(written: Any) -> Node | None:
    if written.namespaceURI == _XMLNS:
        if written.prefix is None:  # the default namespace has no name to be found under
            return None
        declared = Node(NAMESPACE, written.localName, value=written.value)
        declared.prefix = "xmlns"
        return declared
    attribute = Node(ATTRIBUTE, written.localName, value=written.value)
    attribute.namespace, attribute.prefix = written.namespaceURI or "", written.prefix or ""
    return attribute


def node_at(top: Node, steps: list[Any]) -> Node:
    """The node reached by child numbers, `@name` for an attribute."""
    node = top
    for step in steps:
        if isinstance(step, str):
            node = node.named["@" + step.lstrip("@").rpartition(":")[2]][0]
        else:
            node = node.children[step]
    return node


def path_of(node: Node) -> list[Any]:
    """The recorded spelling of a node's place."""
    steps: list[Any] = []
    at = node
    while at.parent is not None:
        if at.kind in (ATTRIBUTE, NAMESPACE):
            steps.append("@" + at.tag)
        else:
            steps.append(next((place for place, child in enumerate(at.parent.children) if child is at), 0))
        at = at.parent
    return steps[::-1]


# ---- instances and texts, when a document is a form -------------------------------------------------------


def _form_world(top: Node, env: Environment, language: str | None) -> None:
    model = next((n for n in _below(top) if n.kind == ELEMENT and n.name == "model"), None)
    if model is None or top.named.get("model"):
        return
    instances = model.named.get("instance", [])
    if instances:
        env.root = instances[0]
    named = {node.named["@id"][0].value: node for node in instances if "@id" in node.named}
    env.instance = named.get
    texts = _texts(model)
    default = _default_language(model)

    def itext(name: str) -> str:
        found = texts.get(language or "", texts.get(default, {}))
        return found.get(name, "")

    env.itext = itext


def _translations(model: Node) -> list[Node]:
    return [t for itext in model.named.get("itext", []) for t in itext.named.get("translation", [])]


def _default_language(model: Node) -> str:
    found = _translations(model)
    marked = [translation for translation in found if "@default" in translation.named] or found
    return marked[0].named["@lang"][0].value if marked else ""


def _texts(model: Node) -> dict[str, dict[str, str]]:
    return {
        translation.named["@lang"][0].value: {
            text.named["@id"][0].value: text_value(
                [v for v in text.named["value"] if "@form" not in v.named][:1]
            )
            for text in translation.named.get("text", [])
        }
        for translation in _translations(model)
    }


def _below(node: Node) -> Iterator[Node]:
    for child in node.children:
        yield child
        yield from _below(child)


# ---- comparing -------------------------------------------------------------------------------------------


def _same(check: Check, value: Value) -> bool:
    expected, kind = check["expected"], check["kind"]
    zone = ZoneInfo(check["tz"])
    match kind:
        case "boolean":
            return truth_value(value) is expected
        case "number":
            number, wanted = number_value(value, zone), _recorded_number(expected)
            return number == wanted or (math.isnan(number) and math.isnan(wanted))
        case "rounded":
            factor = 10 ** check["factor"] if check["factor"] < 20 else check["factor"]
            return bool(abs(number_value(value, zone) - _recorded_number(expected)) <= 1 / factor)
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


def _recorded_number(expected: Any) -> float:
    """JSON has no NaN and no Infinity: they are recorded as texts."""
    return float(expected.replace("Infinity", "inf") if isinstance(expected, str) else expected)


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
