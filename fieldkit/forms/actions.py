"""Runs `setvalue`: when a form is first opened, when a row is new, when an answer changes.

1. An action sets the nodes at its target in the rows it shares with the place where it stands.
2. Its value is computed where it is put.
3. Actions that answer one another come to an end after MAX_ECHOES.
4. A row is new whether somebody adds it or a count does, and so are the rows inside it; the rows that stand in the
   form were there from the beginning (ODK XForms, "The odk-new-repeat event").
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC

from fieldkit.forms.answers import computed
from fieldkit.forms.definition import Action
from fieldkit.forms.expressions.faults import ExpressionFault
from fieldkit.forms.finding import lineage, nodes_at
from fieldkit.forms.nodes import Node
from fieldkit.forms.recalculation import State, subtree
from fieldkit.forms.shapes import TemplatePath

FIRST_LOAD = frozenset(
    {"odk-instance-first-load", "odk-instance-load", "xforms-ready", "xforms-model-construct-done"}
)
NEW_ROW = frozenset({"odk-new-repeat", "jr-insert"})
CHANGED = frozenset({"xforms-value-changed"})
MAX_ECHOES = 50


_BySource = Mapping[TemplatePath, list[Action]]


def _by_source(actions: Iterable[Action], events: frozenset[str]) -> _BySource:
    """The actions that wait for one of `events`, by the place where they stand."""
    found: dict[TemplatePath, list[Action]] = defaultdict(list)
    for action in actions:
        if action.source is not None and not action.events.isdisjoint(events):
            found[action.source].append(action)
    return found


class Actions:
    """The actions of one running form. `put` stores a text as the session stores answers."""

    def __init__(self, state: State, put: Callable[[Node, str], None]) -> None:
        self.state = state
        self.put = put
        self._new = _by_source(state.form.actions, NEW_ROW)
        self._changed = _by_source(state.form.actions, CHANGED)

    def at_start(self) -> None:
        """The form was opened for the first time; what it computed to begin with are no changes.

        Rows that counts have added meanwhile are new ones (rule 4).
        """
        self.state.listened = []
        added = frozenset(map(id, self.state.counted))
        for action in self.state.form.actions:
            if not action.events.isdisjoint(FIRST_LOAD):
                self._everywhere(action, added)
        self.settle()

    def at_row(self, row: Node) -> None:
        """`row` is new, and so is everything in it (rule 4)."""
        if not self._new:
            return
        for node in list(subtree(row)):
            for action in self._new.get(node.shape.path, ()) if node.shape is not None else ():
                self._act(action, node)

    def settle(self) -> None:
        """Walk until nothing changes any more, actions included (rule 3)."""
        state = self.state
        state.settle()
        for _ in range(MAX_ECHOES):
            if not state.listened and not state.counted:
                return
            changed, state.listened = state.listened, []
            added, state.counted = state.counted, []
            for row in added:
                if row not in state.gone:
                    self.at_row(row)
            for node in changed:
                if node not in state.gone:
                    self._changed_at(node)
            state.settle()
        state.listened, state.counted = [], []

    def _changed_at(self, node: Node) -> None:
        path = node.shape.path if node.shape is not None else ()
        for action in self._changed.get(path, ()):
            self._act(action, node)

    def _everywhere(self, action: Action, added: frozenset[int]) -> None:
        source = action.source or ()
        if any(source[: len(path)] == path for path in self.state.form.rows):
            for node in nodes_at(self.state.env.root, source):
                self._act(action, node, added)
        else:
            self._act(action, self.state.root, added)

    def _act(self, action: Action, source: Node, without: frozenset[int] = frozenset()) -> None:
        """Set the targets; not those in a row of `without`."""
        for node in self._targets(action, source):
            if without and not without.isdisjoint(map(id, lineage(node))):
                continue
            value = self._value(action, node)
            if value is not None:
                self.put(node, value)
                self.state.settle()

    def _value(self, action: Action, node: Node) -> str | None:
        if action.value is None:
            return action.text
        env = self.state.env
        env.origin = node
        try:
            found = action.value.run(node, env)
        except (ExpressionFault, RecursionError):
            return None
        return computed(node.shape.type if node.shape else "string", found, env.zone or UTC)

    def _targets(self, action: Action, source: Node) -> list[Node]:
        """Rule 1."""
        env = self.state.env
        if action.places is not None:
            env.origin = source
            try:
                found = action.places.run(source, env)
            except (ExpressionFault, RecursionError):
                return []
            return found if isinstance(found, list) else []
        top, depth = env.root, 0
        for at, node in enumerate(lineage(source), 1):
            path = node.shape.path if node.shape is not None else ()
            if path != action.target[:at]:
                break
            if path in self.state.form.rows:
                top, depth = node, at
        return nodes_at(top, action.target[depth:])
