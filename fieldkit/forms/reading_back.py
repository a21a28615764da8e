"""A finished submission put back into a fresh form of the same version, to be corrected.

1. What the submission says stands in the form again, metadata such as `start` included; its name does not: an edit
   is a new submission that names the one it takes the place of (OpenRosa `deprecatedID`).
2. Where nothing is changed the form says the same again.
3. What the submission leaves out was not relevant; where it is asked now it is empty.
"""

from collections.abc import Iterator

from fieldkit.domain.errors import ProgramFault
from fieldkit.forms.moving import Step, What, take
from fieldkit.forms.nodes import ELEMENT, Node, plain_tree
from fieldkit.forms.session import Session
from fieldkit.forms.shapes import Shape, TemplatePath
from fieldkit.forms.xml import parse_xml

_NAMES = frozenset({"instanceID", "deprecatedID"})
_ROUNDS = 2
"""What is set first may make rows that are counted only afterwards."""


def read_back(session: Session, content: bytes) -> tuple[Step, ...]:
    """Put the answers of a submission into `session`; the steps that do it again. Raises FormFault for no XML."""
    back = _Back(session)
    root = plain_tree(parse_xml(content))
    shape = session.state.root.shape
    assert shape is not None
    for _ in range(_ROUNDS):
        back.below(root, shape, f"/{session.state.root.tag}", questions=True)
    back.below(root, shape, f"/{session.state.root.tag}", questions=False)
    return tuple(back.steps)


def values_in(session: Session, content: bytes) -> Iterator[tuple[str, str]]:
    """Concrete paths and values of everything a submission holds that the form knows."""
    root = plain_tree(parse_xml(content))
    yield from _values(root, (root.name,), f"/{root.name}", session.form.rows)


def deprecate(session: Session, instance_id: str) -> None:
    """Say in the form's `meta` which submission this one takes the place of."""
    for meta in session.state.root.named.get("meta", ()):
        named = meta.named.get("instanceID", ())
        for node in meta.named.get("deprecatedID", ()):
            node.value = instance_id
            return
        made = Node(ELEMENT, "deprecatedID", None, instance_id)
        beside = named[0] if named else meta
        made.namespace, made.prefix = beside.namespace, beside.prefix
        meta.append(made)


class _Back:
    def __init__(self, session: Session) -> None:
        self.steps: list[Step] = []
        self._session = session

    def below(self, said: Node, shape: Shape, ref: str, *, questions: bool) -> None:
        """Everything below one element: what is asked and kept first, then what the form works out."""
        for child in shape.children:
            name = child.path[-1]
            if name.startswith("@") or name in _NAMES:
                continue
            found = said.named.get(name, ())
            if child.path in self._session.form.rows:
                self._rows(child, f"{ref}/{name}", len(found))
                for number, row in enumerate(found, 1):
                    self.below(row, child, f"{ref}/{name}[{number}]", questions=questions)
            elif child.children:
                for one in found:
                    self.below(one, child, f"{ref}/{one.tag}", questions=questions)
            elif _is_worked_out(child) is not questions:
                self._leaf(f"{ref}/{found[0].tag if found else name}", found[0].value if found else "")

    def _rows(self, shape: Shape, repeat: str, wanted: int) -> None:
        control = shape.control
        if control is None or control.count is not None or control.fixed:
            return
        above, _, name = repeat.rpartition("/")
        try:
            held = len(self._session.node(above).named.get(name, ()))
        except ProgramFault:
            return
        for number in range(held, wanted, -1):
            self._do(Step(What.REMOVE_ROW, f"{repeat}[{number}]"))
        for _ in range(held, wanted):
            self._do(Step(What.ADD_ROW, repeat))

    def _leaf(self, ref: str, value: str) -> None:
        try:
            held = self._session.value(ref)
        except ProgramFault:
            return
        if held != value:
            self._do(Step(What.SET, ref, value))

    def _do(self, step: Step) -> None:
        take(self._session, step)
        self.steps.append(step)


def _values(
    node: Node, path: TemplatePath, ref: str, rows: frozenset[TemplatePath]
) -> Iterator[tuple[str, str]]:
    for child in node.children:
        place = (*path, child.name)
        written = f"{ref}/{child.tag}" + (f"[{child.index + 1}]" if place in rows else "")
        if child.children:
            yield from _values(child, place, written, rows)
        else:
            yield written, child.value


def _is_worked_out(shape: Shape) -> bool:
    return shape.bind is not None and shape.bind.calculate is not None
