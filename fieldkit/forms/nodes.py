"""The trees that expressions walk: slotted nodes, children by name, cached effective relevance.

1. A node that is not relevant, or stands below one that is not, reads as empty; it keeps its value.
2. `index` counts a node among its siblings of the same name, from 0; repeat rows are such siblings.
3. A leaf of a form holds its text in `value` and has no text node; a mixed tree (`keep_text`) has text nodes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from lxml import etree

if TYPE_CHECKING:
    from fieldkit.forms.shapes import Shape

DOCUMENT, ELEMENT, ATTRIBUTE, TEXT, COMMENT, INSTRUCTION, NAMESPACE = range(7)

NOBODY: tuple["Node", ...] = ()
_NO_NAMES: dict[str, list["Node"]] = {}


class Node:
    """One node. `named` finds children by local name (attributes as `@name`), in document order."""

    __slots__ = (
        "active",
        "attributes",
        "children",
        "index",
        "kind",
        "name",
        "named",
        "namespace",
        "parent",
        "prefix",
        "readonly",
        "relevant",
        "required",
        "shape",
        "value",
    )

    def __init__(self, kind: int, name: str, parent: "Node | None" = None, value: str = "") -> None:
        self.kind = kind
        self.name = name
        self.parent = parent
        self.value = value
        self.namespace = ""
        self.prefix = ""
        self.children: list[Node] | tuple[Node, ...] = NOBODY
        self.attributes: list[Node] | tuple[Node, ...] = NOBODY
        self.named: dict[str, list[Node]] = _NO_NAMES
        self.index = 0
        self.relevant = True
        self.active = True
        self.required = False
        self.readonly = False
        self.shape: Shape | None = None

    @property
    def tag(self) -> str:
        """The name as written, with its prefix."""
        return f"{self.prefix}:{self.name}" if self.prefix else self.name

    def append(self, child: "Node") -> None:
        """Add `child` as the last child."""
        if self.children is NOBODY:
            self.children = []
        self.children.append(child)  # type: ignore[union-attr]
        child.parent = self
        if child.kind == ELEMENT:
            self._name(child.name, child)

    def add_attribute(self, attribute: "Node") -> None:
        """Add an attribute node; it is found under `@name`."""
        if self.attributes is NOBODY:
            self.attributes = []
        self.attributes.append(attribute)  # type: ignore[union-attr]
        attribute.parent = self
        self._name("@" + attribute.name, attribute)

    def _name(self, name: str, child: "Node") -> None:
        if self.named is _NO_NAMES:
            self.named = {}
        row = self.named.get(name)
        if row is None:
            self.named[name] = [child]
            child.index = 0
        else:
            child.index = len(row)
            row.append(child)

    def insert_row(self, row: "Node", after: "Node | None") -> None:
        """Add `row` behind `after` (its last sibling of the same name), or at the end when there is none."""
        if after is None:
            self.append(row)
            return
        siblings = self.named[row.name]
        row.parent = self
        row.index = len(siblings)
        siblings.append(row)
        _insert_behind(self.children, after, row)

    def remove(self, child: "Node") -> None:
        """Take `child` out; its later siblings of the same name move up."""
        siblings = self.named[child.name]
        del siblings[child.index]
        for position in range(child.index, len(siblings)):
            siblings[position].index = position
        del self.children[_from_the_end(self.children, child)]  # type: ignore[union-attr]
        if not siblings:
            del self.named[child.name]
        child.parent = None


def _insert_behind(children: Any, after: Node, row: Node) -> None:
    children.insert(_from_the_end(children, after) + 1, row)


def _from_the_end(children: Sequence[Node], child: Node) -> int:
    """The place of `child`: rows mostly come and go near the end."""
    place = len(children) - 1
    while children[place] is not child:
        place -= 1
    return place


def text_of(node: Node) -> str:
    """The text a node reads as: empty when it is not relevant, else its own or its descendants' text."""
    if not node.active:
        return ""
    children = node.children
    if not children:
        return node.value
    return "".join([text_of(child) for child in children if child.kind <= ELEMENT or child.kind == TEXT])


def root_of(node: Node) -> Node:
    """The topmost ancestor."""
    while node.parent is not None:
        node = node.parent
    return node


_Places = dict[int, dict[int, int]]
"""Where each child and attribute of a parent stands, by identity; attributes come before children."""


def _place_of(node: Node, known: _Places) -> tuple[int, ...]:
    """A key that sorts nodes of one tree in document order."""
    place: list[int] = []
    while node.parent is not None:
        parent = node.parent
        beside = known.get(id(parent))
        if beside is None:
            before = len(parent.attributes)
            beside = {id(one): at - before for at, one in enumerate((*parent.attributes, *parent.children))}
            known[id(parent)] = beside
        place.append(beside.get(id(node), 0))
        node = parent
    return tuple(reversed(place))


def in_order(nodes: Iterable[Node]) -> list[Node]:
    """The same nodes, each once, in document order."""
    single = list({id(node): node for node in nodes}.values())
    if len(single) > 1:
        known: _Places = {}
        single.sort(key=lambda node: _place_of(node, known))
    return single


def descendants(node: Node) -> Iterator[Node]:
    """Every node below `node`, in document order, without attributes."""
    for child in node.children:
        yield child
        if child.children:
            yield from descendants(child)


def ref_of(node: Node, rows: frozenset[tuple[str, ...]]) -> str:
    """The concrete path of `node`; steps whose template path is in `rows` carry their index from 1."""
    shape = node.shape
    steps: list[str] = []
    at: Node | None = node
    while at is not None and at.kind != DOCUMENT:
        if at.kind == ATTRIBUTE:
            steps.append("@" + at.tag)
        elif shape is not None and shape.path in rows:
            steps.append(f"{at.tag}[{at.index + 1}]")
        else:
            steps.append(at.tag)
        at = at.parent
        shape = shape.parent if shape is not None else None
    return "/" + "/".join(reversed(steps))


_Names = dict[str, tuple[str, str]]


def split_name(tag: str, names: _Names) -> tuple[str, str]:
    """lxml's `{namespace}local` as (namespace, local), remembered in `names`."""
    known = names.get(tag)
    if known is None:
        if tag[0] == "{":
            namespace, _, local = tag[1:].partition("}")
            known = (namespace, local)
        else:
            known = ("", tag)
        names[tag] = known
    return known


def plain_tree(element: "etree._Element", names: _Names | None = None) -> Node:
    """A tree of elements and attributes; text of leaves in `value`, space between elements left out."""
    names = {} if names is None else names
    tag: Any = element.tag  # a comment's or an instruction's is a function
    namespace, local = split_name(tag, names) if isinstance(tag, str) else ("", "")
    node = Node(ELEMENT, local)
    if namespace:
        node.namespace = namespace
        node.prefix = element.prefix or ""
    if element.attrib:
        _take_attributes(node, element, names)
    if len(element):
        for child in element:
            if isinstance(child.tag, str):
                node.append(plain_tree(child, names))
    if not node.children:
        node.value = element.text or ""
    return node


def _take_attributes(node: Node, element: "etree._Element", names: _Names) -> None:
    for key, value in element.attrib.items():
        namespace, local = split_name(str(key), names)
        attribute = Node(ATTRIBUTE, local, node, str(value))
        if namespace:
            attribute.namespace = namespace
            attribute.prefix = _prefix_of(element.nsmap, namespace)
        node.add_attribute(attribute)


def _prefix_of(prefixes: Mapping[str | None, str], namespace: str) -> str:
    for prefix, uri in prefixes.items():
        if uri == namespace and prefix:
            return prefix
    return ""


def document(root: Node) -> Node:
    """A document node with `root` as its only child."""
    top = Node(DOCUMENT, "")
    top.append(root)
    return top
