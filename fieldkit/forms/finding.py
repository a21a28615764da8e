"""From refs to nodes and back, and between nodes that share rows."""

from fieldkit.domain.errors import ProgramFault
from fieldkit.forms.definition import Form
from fieldkit.forms.nodes import Node
from fieldkit.forms.shapes import TemplatePath


def find_node(top: Node, ref: str) -> Node:
    """The node at `ref` below the document `top`. Raises ProgramFault `form.no_node`."""
    at = top
    for step in ref.partition("#")[0].strip("/").split("/"):
        name, _, rest = step.partition("[")
        found = at.named.get(_local(name), ())
        place = int(rest[:-1]) - 1 if rest else 0
        if not 0 <= place < len(found):
            raise ProgramFault("form.no_node", ref=ref)
        at = found[place]
    return at


def _local(name: str) -> str:
    mark = "@" if name.startswith("@") else ""
    return mark + name.lstrip("@").rpartition(":")[2]


def find_repeat(form: Form, top: Node, ref: str) -> tuple[Node, TemplatePath]:
    """The parent of the rows that `ref` names, and their template path. Raises ProgramFault `form.no_node`."""
    above, _, name = ref.rpartition("/")
    parent = find_node(top, above)
    path = (*(parent.shape.path if parent.shape is not None else ()), _local(name.partition("[")[0]))
    shape = form.shapes.get(path)
    if shape is None or shape.rows is None:
        raise ProgramFault("form.no_node", ref=ref)
    return parent, path


def lineage(node: Node) -> list[Node]:
    """From the root element down to `node`."""
    found: list[Node] = []
    at: Node | None = node
    while at is not None and at.parent is not None:
        found.append(at)
        at = at.parent
    return found[::-1]


def nodes_at(top: Node, path: TemplatePath) -> list[Node]:
    """All nodes at `path` below the document `top`."""
    level = [top]
    for name in path:
        level = [child for node in level for child in node.named.get(name, ())]
    return level


def in_same_rows(top: Node, near: Node, path: TemplatePath) -> Node | None:
    """The node at `path` that stands in the same rows as `near`; the first where they share none."""
    above = lineage(near)
    at = top
    for depth, name in enumerate(path):
        if depth < len(above) and above[depth].name == name and above[depth].parent is at:
            at = above[depth]
            continue
        found = at.named.get(name)
        if not found:
            return None
        at = found[0]
    return at
