"""Runs `setvalue`: when a form is first opened, when a row is new, when an answer changes.

1. An action sets the nodes at its target in the rows it shares with the place where it stands.
2. Its value is computed where it is put.
3. Actions that answer one another come to an end after MAX_ECHOES.
"""

from collections.abc import Callable
from datetime import UTC

from fieldkit.forms.answers import computed
from fieldkit.forms.definition import Action
from fieldkit.forms.expressions.faults import ExpressionFault
from fieldkit.forms.finding import lineage, nodes_at
from fieldkit.forms.nodes import Node
from fieldkit.forms.recalculation import State

FIRST_LOAD = frozenset(
    {"odk-instance-first-load", "odk-instance-load", "xforms-ready", "xforms-model-construct-done"}
)
NEW_ROW = frozenset({"odk-new-repeat", "jr-insert"})
CHANGED = frozenset({"xforms-value-changed"})
MAX_ECHOES = 50


class Actions:
    """The actions of one running form. `put` stores a text as the session stores answers."""

    def __init__(self, state: State, put: Callable[[Node, str], None]) -> None:
        self.state = state
        self.put = put

    def at_start(self) -> None:
        """The form was opened for the first time."""
        for action in self.state.form.actions:
            if not action.events.isdisjoint(FIRST_LOAD):
                self._everywhere(action)

    def at_row(self, row: Node) -> None:
        """`row` is new."""
        self._at(NEW_ROW, row)

    def settle(self) -> None:
        """Walk until nothing changes any more, actions included (rule 3)."""
        self.state.settle()
        for _ in range(MAX_ECHOES):
            if not self.state.listened:
                return
            changed, self.state.listened = self.state.listened, []
            for node in changed:
                self._at(CHANGED, node)
            self.state.settle()
        self.state.listened = []

    def _at(self, events: frozenset[str], source: Node) -> None:
        path = source.shape.path if source.shape is not None else None
        for action in self.state.form.actions:
            if action.source == path and not action.events.isdisjoint(events):
                self._act(action, source)

    def _everywhere(self, action: Action) -> None:
        source = action.source or ()
        if any(source[: len(path)] == path for path in self.state.form.rows):
            for node in nodes_at(self.state.env.root, source):
                self._act(action, node)
        else:
            self._act(action, self.state.root)

    def _act(self, action: Action, source: Node) -> None:
        for node in self._targets(action, source):
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
            found = action.value.compiled.run(node, 1, 1, env)
        except (ExpressionFault, RecursionError):
            return None
        return computed(node.shape.type if node.shape else "string", found, env.zone or UTC)

    def _targets(self, action: Action, source: Node) -> list[Node]:
        """Rule 1."""
        env = self.state.env
        if action.places is not None:
            env.origin = source
            found = action.places.compiled.run(source, 1, 1, env)
            return found if isinstance(found, list) else []
        top, depth = env.root, 0
        for at, node in enumerate(lineage(source), 1):
            path = node.shape.path if node.shape is not None else ()
            if path != action.target[:at]:
                break
            if path in self.state.form.rows:
                top, depth = node, at
        return nodes_at(top, action.target[depth:])
