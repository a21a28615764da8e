"""What an expression may ask of the world while it runs: instances, clock, chance, texts.

Everything comes from here and is handed in, so the same answers with the same clock and the same bytes of
randomness give the same form again: a draft is restored by replaying it.
"""

from collections.abc import Callable
from datetime import datetime, tzinfo

from fieldkit.domain.ports import Clock, Randomness
from fieldkit.forms.expressions.faults import EvaluationFault
from fieldkit.forms.nodes import Node

_UNIT_BITS = 53
MAX_WORK = 2_000_000
"""Nodes that one evaluation may look at, a second or two: a search inside a search inside a search never ends."""


def _no_instance(_: str) -> Node | None:
    return None


def _no_text(_: str) -> str:
    return ""


def _no_choice(value: str, _: str, __: Node) -> str:
    return value


def _no_reference(_: str) -> str:
    return ""


def _no_fact(name: str) -> str:
    raise EvaluationFault("expression.not_in_rules", name=name)


class Environment:
    """The world of one running form. `root` is the document node that `/` means."""

    __slots__ = (
        "busy",
        "choice_name",
        "clock",
        "fact",
        "indexes",
        "instance",
        "itext",
        "left",
        "lookup",
        "origin",
        "pull",
        "randomness",
        "root",
        "seeds",
        "zone",
    )

    def __init__(self, root: Node, clock: Clock, randomness: Randomness) -> None:
        self.root = root
        self.clock = clock
        self.randomness = randomness
        self.zone: tzinfo | None = clock.now().tzinfo
        self.origin: Node = root
        """The node that `current()` means."""
        self.instance: Callable[[str], Node | None] = _no_instance
        """The document node of a secondary instance, or None."""
        self.pull: Callable[[str], Node | None] = _no_instance
        """The document node that `pulldata` names."""
        self.itext: Callable[[str], str] = _no_text
        self.choice_name: Callable[[str, str, Node], str] = _no_choice
        self.fact: Callable[[str], str] = _no_fact
        """What `version()` and `property(name)` answer: `version`, `deviceid`, `username` …"""
        self.lookup: Callable[[str], str] = _no_reference
        """The value of `${name}` in a rule."""
        self.indexes: dict[tuple[object, ...], dict[object, list[Node]]] = {}
        self.busy = False
        """Whether an evaluation is going on."""
        self.left = MAX_WORK
        """Nodes that it may still look at."""
        self.seeds: dict[tuple[int, int], float] = {}

    def now(self) -> datetime:
        """The present instant in the clock's zone."""
        return self.clock.now()

    def work(self, nodes: int) -> None:
        """`nodes` are going to be looked at. Raises EvaluationFault `expression.too_much_work`."""
        self.left -= nodes
        if self.left < 0:
            raise EvaluationFault("expression.too_much_work")

    def chance(self) -> float:
        """A number from 0 up to, not including, 1."""
        bits = int.from_bytes(self.randomness.bytes(7), "big") >> (56 - _UNIT_BITS)
        return bits / (1 << _UNIT_BITS)
