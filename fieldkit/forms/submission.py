"""The OpenRosa submission of a running form, and reading one back into a form.

1. What is not relevant is left out; order, attributes and namespaces are the instance's own. Only `meta` always
   stands in the OpenRosa namespace, where servers look for it (OpenRosa metadata schema).
2. The bytes are what is kept and sent; they are made once.
3. Names that are left out are left out wherever they stand: what stays at a post is in no byte that leaves it.
4. Reading back takes values by path; what the form does not know is left where it was.
"""

from collections.abc import Collection
from dataclasses import dataclass

from lxml import etree

from fieldkit.forms.definition import Form
from fieldkit.forms.nodes import Node, text_of

OPENROSA = "http://openrosa.org/xforms"
XFORMS = "http://www.w3.org/2002/xforms"


@dataclass(frozen=True, slots=True)
class Submission:
    """A finished interview: exact bytes, and what names it."""

    content: bytes
    instance_id: str
    form_id: str
    form_version: str


def submission_of(form: Form, root: Node, without: Collection[str] = ()) -> Submission:
    """The submission of the tree as it stands, `without` the elements of these names (rule 3)."""
    prefixes: dict[str | None, str] = {}
    _prefixes(root, prefixes)
    if OPENROSA not in prefixes.values():
        prefixes["orx"] = OPENROSA
    element = etree.Element(_tag(root), nsmap=prefixes)  # type: ignore[arg-type]  # None is the default namespace
    _fill(element, root, without)
    content = etree.tostring(element, encoding="utf-8", xml_declaration=True)
    return Submission(content, instance_id(root), form.id, form.version)


def instance_id(root: Node) -> str:
    """`meta/instanceID`."""
    for meta in root.named.get("meta", ()):
        for node in meta.named.get("instanceID", ()):
            return text_of(node)
    return ""


def _prefixes(node: Node, found: dict[str | None, str]) -> None:
    for one in (node, *node.attributes):
        if one.namespace and one.prefix != "xml":
            found.setdefault(one.prefix or None, one.namespace)
    for child in node.children:
        _prefixes(child, found)


def _tag(node: Node) -> str:
    return f"{{{node.namespace}}}{node.name}" if node.namespace else node.name


def _fill(element: "etree._Element", node: Node, without: Collection[str], *, in_meta: bool = False) -> None:
    for attribute in node.attributes:
        if attribute.active:
            element.set(_tag(attribute), _clean(attribute.value))
    if not node.children:
        if node.value:
            element.text = _clean(node.value)
        return
    for child in node.children:
        if child.active and child.name not in without:
            meta = in_meta or (child.name == "meta" and node.shape is not None and node.shape.depth == 1)
            own = meta and child.name != "entity" and child.namespace in ("", XFORMS)
            tag = f"{{{OPENROSA}}}{child.name}" if own else _tag(child)
            _fill(etree.SubElement(element, tag), child, without, in_meta=own)


def _clean(text: str) -> str:
    """`text` without the control characters that XML 1.0 cannot hold."""
    return (
        "".join(letter for letter in text if letter >= " " or letter in "\t\n\r")
        if not text.isprintable()
        else text
    )
