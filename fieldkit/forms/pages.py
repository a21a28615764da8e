"""Builds the views of what is relevant now (`items`) from the body and the tree."""

from collections.abc import Iterable, Mapping

from fieldkit.forms.definition import Control
from fieldkit.forms.finding import in_same_rows
from fieldkit.forms.items import GroupItem, Item, QuestionItem, RepeatItem, RowItem
from fieldkit.forms.nodes import Node, ref_of
from fieldkit.forms.recalculation import State


class Pages:
    """The pages of one running form."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.form = state.form

    def below(self, controls: Iterable[Control], node: Node) -> tuple[Item, ...]:
        """The relevant items of `controls`, which stand below `node`."""
        found = (self._item(control, node) for control in controls)
        return tuple(item for item in found if item is not None)

    def rows(self, control: Control, parent: Node) -> tuple[RowItem, ...]:
        """The relevant rows of a repeat below `parent`."""
        name = control.path[-1] if control.path else ""
        return tuple(
            RowItem(self._ref(row), row.name, own(control, row), self, control, row, number=row.index + 1)
            for row in parent.named.get(name, ())
            if row.active
        )

    def question(self, control: Control, node: Node) -> QuestionItem:
        """The view of one question."""
        shape = node.shape
        kind = shape.type if shape is not None else "string"
        note = control.kind == "input" and shape is not None and shape.readonly and kind == "string"
        if kind == "string" and control.kind in ("select", "select1", "rank"):
            kind = control.kind
        return QuestionItem(
            ref=self._ref(node),
            name=node.name,
            control="note" if note else control.kind,
            type=kind,
            appearance=control.appearance,
            required=node.required,
            readonly=is_readonly(node),
            value=node.value,
            attributes=own(control, node),
            options=control.options,
            media_type=control.media_type,
        )

    def _ref(self, node: Node) -> str:
        return ref_of(node, self.form.rows)

    def _item(self, control: Control, above: Node) -> Item | None:
        if control.kind == "repeat":
            return self._repeat(control, above)
        place = above if control.path is None else in_same_rows(self.state.env.root, above, control.path)
        if place is None or not place.active or place.shape is None:
            return None
        if control.kind != "group":
            return None if is_head_of_table(control) else self.question(control, place)
        ref, name, attributes = self._ref(place), place.name, own(control, place)
        if control.path is None:
            ref, name, attributes = f"{ref}#{control.number}", "", control.attributes
        return GroupItem(ref, name, attributes, self, control, place, appearance=control.appearance)

    def _repeat(self, control: Control, above: Node) -> Item | None:
        path = control.path or ()
        parent = in_same_rows(self.state.env.root, above, path[:-1])
        shape = self.form.shapes.get(path)
        if parent is None or not parent.active or shape is None or shape.rows is None:
            return None
        rows = parent.named.get(path[-1], ())
        if rows and not any(row.active for row in rows):
            return None
        ref = f"{self._ref(parent)}/{shape.rows.tag}"
        attributes = {**(shape.bind.attributes if shape.bind else {}), **control.attributes}
        return RepeatItem(
            ref, shape.rows.name, control.appearance, control.fixed, attributes, self, control, parent
        )


def own(control: Control, node: Node) -> Mapping[str, str]:
    """The fk attributes of the bind and of the body element, which wins."""
    bind = node.shape.bind if node.shape is not None else None
    if bind is None or not bind.attributes:
        return control.attributes
    return {**bind.attributes, **control.attributes}


def is_head_of_table(control: Control) -> bool:
    """Whether a select only writes its choices above a table (`label`, as `table-list` makes it): it asks nothing,
    and every row says its choices here."""
    return control.kind in ("select", "select1") and "label" in control.appearance.split()


def is_readonly(node: Node) -> bool:
    """Whether the node or a group above it is read-only."""
    at: Node | None = node
    while at is not None:
        if at.readonly:
            return True
        at = at.parent
    return False


def questions(items: Iterable[Item]) -> Iterable[QuestionItem]:
    """Every question among `items` and below them, in order."""
    for item in items:
        if isinstance(item, QuestionItem):
            yield item
        else:
            yield from questions(item.children)
