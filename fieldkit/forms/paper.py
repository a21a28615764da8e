"""What a form says when it is printed and not running: gaps where answers would be, whole lists of choices."""

from collections.abc import Iterator
from dataclasses import dataclass

from fieldkit.forms.definition import Control, Formula, Itemset
from fieldkit.forms.expressions.syntax import Call, Expression, Filter, Literal, Path, Step
from fieldkit.forms.items import Text
from fieldkit.forms.labels import Labels
from fieldkit.forms.nodes import Node
from fieldkit.forms.session import Session

GAP = "\u2026\u2026\u2026"
"""Stands where an answer would be repeated."""


class PaperLabels(Labels):
    """Texts with a gap where they would repeat an answer."""

    def _value(self, formula: Formula, node: Node) -> str:
        return super()._value(formula, node) or GAP


@dataclass(frozen=True, slots=True)
class Offered:
    """A choice as it stands on paper."""

    value: str
    text: Text


def choices_on_paper(session: Session, control: Control, tag: str, most: int) -> Iterator[Offered]:
    """The choices of a question, at most `most`; a list that answers would filter is given whole."""
    root = session.state.root
    if control.itemset is None:
        for one in control.choices[:most]:
            yield Offered(one.value, session.labels.paint(one.label, root, tag))
        return
    label = control.itemset.label
    seen: set[str] = set()
    for node in _all_of(session, control.itemset):
        value = session.state.row_value(control.itemset, node)
        if value in seen or len(seen) == most:
            continue
        seen.add(value)
        yield Offered(value, session.labels.paint(label, node, tag) if label is not None else Text(value))


def _all_of(session: Session, itemset: Itemset) -> list[Node]:
    """The nodes of the list without its filters; none where it is no plain list of the form."""
    found = _plain(itemset.nodeset.tree)
    if found is None:
        return []
    name, steps = found
    document = session.env.instance(name)
    level = [document] if document is not None else []
    for step in steps:
        level = [child for node in level for child in node.named.get(step.test.rpartition(":")[2], ())]
    return level


def _plain(tree: Expression) -> tuple[str, list[Step]] | None:
    """`instance('towns')/root/item[…]` as its name and steps."""
    match tree:
        case Path(Call("instance", [Literal(name)]), steps):
            return name, steps
        case Path(Filter(base, _), steps):
            return _plain(Path(base, steps))
        case Call("randomize", [inner, *_]):
            return _plain(inner)
        case Filter(base, _):
            return _plain(base)
    return None
