"""What is asked now as nodes, in the order of the body: the walk of `pages` without making a view of each question.

For what looks at every question of a form after every answer: with a thousand rows views would be felt.
"""

from collections.abc import Iterable, Iterator

from fieldkit.forms.definition import Control
from fieldkit.forms.finding import in_same_rows
from fieldkit.forms.nodes import Node
from fieldkit.forms.recalculation import State
from fieldkit.forms.shapes import TemplatePath

Asked = tuple[Control, Node]


def asked(state: State, controls: Iterable[Control] | None = None) -> Iterator[Asked]:
    """Every relevant question below `controls` (the whole body when None) with its node, all rows included."""
    body = state.form.body if controls is None else controls
    return _below(body, state.root, state.env.root)


def _below(controls: Iterable[Control], above: Node, top: Node) -> Iterator[Asked]:
    for control in controls:
        path = control.path
        if control.kind == "repeat" and path is not None:
            parent = _node(path[:-1], above, top)
            if parent is not None and parent.active:
                for row in parent.named.get(path[-1], ()):
                    if row.active:
                        yield from _below(control.children, row, top)
            continue
        place = above if path is None else _node(path, above, top)
        if place is None or not place.active or place.shape is None:
            continue
        if control.kind == "group":
            yield from _below(control.children, place, top)
        else:
            yield control, place


def _node(path: TemplatePath, above: Node, top: Node) -> Node | None:
    """The node at `path` in the rows in which `above` stands: mostly a step or two below it."""
    start = above.shape.path if above.shape is not None else ()
    if path[: len(start)] != start:
        return in_same_rows(top, above, path)
    node = above
    for name in path[len(start) :]:
        found = node.named.get(name)
        if not found:
            return None
        node = found[0]
    return node
