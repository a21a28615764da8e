"""The shape of a form's instance: one `Shape` a template path, shared by all nodes that stand there."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from fieldkit.forms.nodes import Node

if TYPE_CHECKING:
    from fieldkit.forms.definition import Bind, Control
    from fieldkit.forms.expressions.graph import Vertex

TemplatePath = tuple[str, ...]
_PLACES = re.compile(r"\[[^\]]*\]")


@lru_cache(maxsize=4096)
def template_path(text: str, context: TemplatePath) -> TemplatePath:
    """A `ref` or `nodeset` as template path: absolute, or relative to `context`; prefixes and places dropped."""
    text = (_PLACES.sub("", text) if "[" in text else text).strip()
    steps: list[str] = [] if text.startswith("/") else list(context)
    for part in text.split("/"):
        if part == "..":
            steps = steps[:-1]
        elif part not in ("", "."):
            mark = "@" if part.startswith("@") else ""
            steps.append(mark + part.lstrip("@").rpartition(":")[2])
    return tuple(steps)


@dataclass(slots=True, eq=False, repr=False)
class Shape:
    """What is the same for every node at one template path.

    `rows` is the prototype of a new row when nodes here are rows of a repeat. `readers` are the vertices that a
    change of such a node may concern, with the depth of the ancestor they share (`expressions/reads`).
    """

    path: TemplatePath
    parent: "Shape | None"
    children: list["Shape"] = field(default_factory=list)
    named: dict[str, "Shape"] = field(default_factory=dict)
    bind: "Bind | None" = None
    control: "Control | None" = None
    rows: Node | None = None
    defaults: list[Node] = field(default_factory=list)
    """The rows that the form itself writes, when there are several: a counted repeat begins with them."""
    type: str = "string"
    required: bool = False
    readonly: bool = False
    vertices: list["Vertex"] = field(default_factory=list)
    """The vertices of nodes here, in rank order."""
    readers: list[tuple["Vertex", int]] = field(default_factory=list)
    """Who reads the value."""
    row_readers: list[tuple["Vertex", int]] = field(default_factory=list)
    """Who reads which rows there are."""
    place_readers: list[tuple["Vertex", int]] = field(default_factory=list)
    """Who reads the number of a row."""
    listened: bool = False
    """Whether an action waits for a change here."""

    def __repr__(self) -> str:
        return f"<Shape {'/'.join(self.path)}>"

    @property
    def depth(self) -> int:
        """Steps from the root, which has depth 1."""
        return len(self.path)

    def child(self, name: str) -> "Shape":
        """The shape below by `name`, made when it is new."""
        found = self.named.get(name)
        if found is None:
            found = Shape((*self.path, name), self)
            self.named[name] = found
            self.children.append(found)
        return found


def shape_tree(root: Node) -> dict[TemplatePath, Shape]:
    """Give every node below and including `root` its shape; all shapes by path."""
    top = Shape((root.name,), None)
    found = {top.path: top}
    _assign(root, top, found)
    return found


def _assign(node: Node, shape: Shape, found: dict[TemplatePath, Shape]) -> None:
    node.shape = shape
    for attribute in node.attributes:
        _assign_child(attribute, "@" + attribute.name, shape, found)
    for child in node.children:
        _assign_child(child, child.name, shape, found)


def _assign_child(child: Node, name: str, shape: Shape, found: dict[TemplatePath, Shape]) -> None:
    below = shape.named.get(name)
    if below is None:
        below = shape.child(name)
        found[below.path] = below
    _assign(child, below, found)


def copy_tree(node: Node) -> Node:
    """A fresh copy of `node` with everything below it, without a parent."""
    copy = Node(node.kind, node.name, None, node.value)
    copy.namespace, copy.prefix, copy.shape = node.namespace, node.prefix, node.shape
    for attribute in node.attributes:
        copy.add_attribute(copy_tree(attribute))
    for child in node.children:
        copy.append(copy_tree(child))
    return copy
