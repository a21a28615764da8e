"""What a select, a rank or a list offers now, and the name of a choice."""

from fieldkit.forms.definition import Control
from fieldkit.forms.finding import in_same_rows
from fieldkit.forms.items import Choice, Text
from fieldkit.forms.labels import MAX_NESTED, Labels
from fieldkit.forms.nodes import Node
from fieldkit.forms.recalculation import State
from fieldkit.forms.shapes import template_path


def choices_of(
    control: Control, node: Node, state: State, labels: Labels, tag: str | None
) -> tuple[Choice, ...]:
    """The choices of a question with their labels in the language `tag`."""
    if control.itemset is None:
        return tuple(Choice(one.value, labels.paint(one.label, node, tag)) for one in control.choices)
    itemset, label = control.itemset, control.itemset.label
    found = [Choice(one.value, labels.paint(one.label, node, tag)) for one in control.choices]
    for row in state.rows_of(itemset, node):
        value = state.row_value(itemset, row)
        found.append(Choice(value, labels.paint(label, row, tag) if label is not None else Text(value)))
    return tuple(found) if found or not lacks_file(control, state) else (_placeholder(control, state),)


PLACEHOLDER = "list-is-missing"
"""The value of the one choice that a list without its file offers, so that the interview can go on."""


def lacks_file(control: Control, state: State) -> bool:
    """Whether the choices come from a file that is not there."""
    itemset = control.itemset
    return itemset is not None and not itemset.nodeset.reads.instances.isdisjoint(state.form.missing_lists)


def _placeholder(control: Control, state: State) -> Choice:
    names = sorted(control.itemset.nodeset.reads.instances) if control.itemset is not None else []
    missing = next((state.form.missing_lists[name] for name in names if name in state.form.missing_lists), "")
    return Choice(PLACEHOLDER, Text(missing), placeholder=True)


def values_of(control: Control, node: Node, state: State) -> list[str]:
    """The values alone, without painting labels."""
    if control.itemset is not None:
        offered = state.offered(control, node)
        return offered or ([PLACEHOLDER] if lacks_file(control, state) else [])
    return [choice.value for choice in control.choices]


def choice_name(value: str, question: str, state: State, labels: Labels, tag: str | None) -> str:
    """`jr:choice-name(value, '/data/question')`: the label of that choice; empty when there is none."""
    origin = state.env.origin
    context = origin.shape.path if origin.shape is not None else ()
    shape = state.form.shapes.get(template_path(question, context))
    if shape is None or shape.control is None:
        return ""
    place = in_same_rows(state.env.root, origin, shape.path)
    if place is None:
        return ""
    if labels.depth >= MAX_NESTED:
        return ""
    labels.depth += 1
    try:
        return _name(value, shape.control, place, state, labels, tag)
    finally:
        labels.depth -= 1


def _name(value: str, control: Control, node: Node, state: State, labels: Labels, tag: str | None) -> str:
    """The label of one choice; the others are not painted."""
    static = next((one for one in control.choices if one.value == value), None)
    if static is not None or control.itemset is None:
        return labels.paint(static.label, node, tag).text if static is not None else ""
    for row in state.rows_of(control.itemset, node):
        if state.row_value(control.itemset, row) == value:
            return labels.paint(control.itemset.label, row, tag).text if control.itemset.label else value
    return ""
