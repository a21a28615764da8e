"""What was ticked and counted in a sheet about a place, read from the submission as it was sent (R-008, R-124).

A sheet belongs to no case, so its answers are no facts of anybody: they stand in the submission alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fieldkit.domain.errors import ForeignFault
from fieldkit.forms.nodes import Node, plain_tree
from fieldkit.forms.xml import parse_xml


@dataclass(frozen=True, slots=True)
class Filled:
    """The answers of a sheet, or of one row of it, by name."""

    node: Node | None

    def text(self, name: str) -> str:
        """An answer as it is kept; empty without one."""
        return "" if self.node is None else _leaf(self.node, name)

    def several(self, name: str) -> tuple[str, ...]:
        """The choices of an answer, each once."""
        return tuple(dict.fromkeys(self.text(name).split()))

    def number(self, name: str) -> int | None:
        """A whole number; None without one."""
        text = self.text(name)
        return int(text) if text.isascii() and text.isdigit() else None

    def rows(self, name: str) -> tuple["Filled", ...]:
        """The rows of a repeat."""
        return () if self.node is None else tuple(map(Filled, _below(self.node, name)))


def filled(payload: Mapping[str, Any]) -> Filled:
    """A finished sheet as its entry holds it; one that cannot be read says nothing."""
    try:
        return Filled(plain_tree(parse_xml(str(payload.get("xml", "")).encode("utf-8"))))
    except ForeignFault:
        return Filled(None)


def _leaf(node: Node, name: str) -> str:
    found = _below(node, name)
    return found[0].value.strip() if found and not found[0].children else ""


def _below(node: Node, name: str) -> list[Node]:
    if name in node.named:
        return node.named[name]
    return next((found for child in node.children if (found := _below(child, name))), [])
