"""What one operation touched."""

from dataclasses import dataclass
from functools import cached_property

from fieldkit.forms.nodes import Node, ref_of
from fieldkit.forms.shapes import TemplatePath


@dataclass(frozen=True)
class Change:
    """What an operation touched, as refs."""

    _values: frozenset[Node]
    _relevance: frozenset[Node]
    _requirements: frozenset[Node]
    _structure: frozenset[Node]
    _rows: frozenset[TemplatePath]

    @cached_property
    def values(self) -> frozenset[str]:
        """Questions whose value is another now."""
        return self._refs(self._values)

    @cached_property
    def relevance(self) -> frozenset[str]:
        """Nodes that became relevant or ceased to be."""
        return self._refs(self._relevance)

    @cached_property
    def requirements(self) -> frozenset[str]:
        """Nodes that became required or read-only, or ceased to be."""
        return self._refs(self._requirements)

    @cached_property
    def structure(self) -> frozenset[str]:
        """Rows that are new or moved, and parents that lost one."""
        return self._refs(self._structure)

    def __or__(self, other: "Change") -> "Change":
        """What this operation and another touched together."""
        return Change(
            self._values | other._values,
            self._relevance | other._relevance,
            self._requirements | other._requirements,
            self._structure | other._structure,
            self._rows,
        )

    def _refs(self, nodes: frozenset[Node]) -> frozenset[str]:
        return frozenset(ref_of(node, self._rows) for node in nodes)
