"""The dependency graph of a form, made once: vertices, ranks, and who reads what.

1. A vertex is (template path, what): relevant, calculate, required, readonly, count (of rows) or choices (the
   answers a select may keep). Constraints, labels and lists are asked when they are shown, never walked to.
2. Rank: a vertex comes after every vertex it reads from. Relevance of a group reaches all below it.
3. An edge is *soft* when it only says "reads as empty while not relevant", or when it leads to another row of the
   same repeat: soft edges order what they can and make no cycle.
4. A cycle of hard edges is a fault of the form.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from fieldkit.forms.expressions.reads import Kind, Read
from fieldkit.forms.shapes import Shape, TemplatePath

if TYPE_CHECKING:
    from fieldkit.forms.definition import Control, Formula


class What(StrEnum):
    """What a vertex decides."""

    RELEVANT = "relevant"
    CALCULATE = "calculate"
    REQUIRED = "required"
    READONLY = "readonly"
    COUNT = "count"
    CHOICES = "choices"


WRITERS = frozenset({What.CALCULATE, What.CHOICES})
"""They may change the value at their path."""


@dataclass(slots=True, eq=False)
class Vertex:
    """One rule of one template path. `rank` orders evaluation; equal ranks never read one another."""

    shape: Shape
    what: What
    formula: "Formula"
    control: "Control | None" = None
    number: int = 0
    rank: int = 0
    reads: frozenset[Read] = frozenset()


@dataclass(slots=True, eq=False)
class Graph:
    """All vertices in the order in which they may be computed from nothing."""

    vertices: list[Vertex] = field(default_factory=list)
    cycle: tuple[Vertex, ...] = ()
    """The vertices of a cycle, when there is one: the form is then refused."""
    speaking: list[Vertex] = field(default_factory=list)
    """Those whose worth depends on the language."""


def build_graph(
    vertices: list[Vertex], shapes: Mapping[TemplatePath, Shape], rows: frozenset[TemplatePath]
) -> Graph:
    """Rank `vertices` and tell every shape its readers."""
    for number, vertex in enumerate(vertices):
        vertex.number = number
    edges = _Edges(vertices, rows)
    order, cycle = _ranked(vertices, edges)
    for rank, vertex in enumerate(order):
        vertex.rank = rank
        vertex.shape.vertices.append(vertex)
    _tell_readers(vertices, shapes)
    return Graph(order, tuple(cycle), [v for v in order if v.formula.reads.texts])


class _Edges:
    """From a vertex to those that must come after it, hard and soft."""

    def __init__(self, vertices: list[Vertex], rows: frozenset[TemplatePath]) -> None:
        self.rows = rows
        self.hard: list[set[int]] = [set() for _ in vertices]
        self.soft: list[set[int]] = [set() for _ in vertices]
        self.writers: dict[TemplatePath, list[Vertex]] = defaultdict(list)
        self.relevances: dict[TemplatePath, list[Vertex]] = defaultdict(list)
        self.counts: dict[TemplatePath, list[Vertex]] = defaultdict(list)
        for vertex in vertices:
            path = vertex.shape.path
            if vertex.what in WRITERS:
                self.writers[path].append(vertex)
            elif vertex.what is What.RELEVANT:
                self.relevances[path].append(vertex)
            elif vertex.what is What.COUNT:
                self.counts[path].append(vertex)
        self.below = _by_prefix(vertices)
        for vertex in vertices:
            self._collect(vertex)

    def _collect(self, vertex: Vertex) -> None:
        path = vertex.shape.path
        for depth in range(1, len(path) + 1):
            for count in self.counts.get(path[:depth], ()):
                if count is not vertex:
                    self.hard[count.number].add(vertex.number)
        for read in vertex.reads:
            self._read(vertex, read)

    def _read(self, vertex: Vertex, read: Read) -> None:
        path = read.path
        other_row = any(
            path[:depth] in self.rows and vertex.shape.path[:depth] == path[:depth]
            for depth in range(read.apex + 1, min(len(path), len(vertex.shape.path)) + 1)
        )
        if read.kind is not Kind.PLACE:
            for depth in range(1, len(path) + 1):
                for relevance in self.relevances.get(path[:depth], ()):
                    self.soft[relevance.number].add(vertex.number)
        for depth in range(1, len(path) + 1):
            for count in self.counts.get(path[:depth], ()):
                if count is not vertex:
                    (self.soft if other_row else self.hard)[count.number].add(vertex.number)
        if read.kind is Kind.VALUE:
            for writer in self.writers.get(path, ()):
                self_read = writer is vertex and vertex.what is What.CHOICES
                (self.soft if other_row or self_read else self.hard)[writer.number].add(vertex.number)
            if len(path) < len(vertex.shape.path) and vertex.shape.path[: len(path)] == path:
                self._own_group(vertex, path)
        elif read.kind is Kind.BELOW:
            for other in self.below.get(path, ()):
                if other is not vertex and other.what in WRITERS:
                    self.soft[other.number].add(vertex.number)

    def _own_group(self, vertex: Vertex, path: TemplatePath) -> None:
        """The text of a group that holds the reader holds what the reader writes: a cycle, not a value."""
        for other in self.below.get(path, ()):
            if other.what in WRITERS or other.what is What.COUNT:
                (self.hard if other is vertex else self.soft)[other.number].add(vertex.number)


def _by_prefix(vertices: list[Vertex]) -> dict[TemplatePath, list[Vertex]]:
    found: dict[TemplatePath, list[Vertex]] = defaultdict(list)
    for vertex in vertices:
        for depth in range(len(vertex.shape.path) + 1):
            found[vertex.shape.path[:depth]].append(vertex)
    return found


def _ranked(vertices: list[Vertex], edges: _Edges) -> tuple[list[Vertex], list[Vertex]]:
    """Topological order, document order among the free; soft edges give way when nothing else is left."""
    hard, soft = [0] * len(vertices), [0] * len(vertices)
    for source in range(len(vertices)):
        edges.soft[source] -= edges.hard[source]
        for target in edges.hard[source]:
            hard[target] += 1
        for target in edges.soft[source]:
            soft[target] += 1
    free = [v.number for v in vertices if not hard[v.number] and not soft[v.number]]
    waiting = set(range(len(vertices))) - set(free)
    heapq.heapify(free)
    order: list[Vertex] = []
    while free or waiting:
        if not free:
            given_way = next((n for n in sorted(waiting) if not hard[n]), None)
            if given_way is None:
                return order, _one_cycle(vertices, edges, waiting)
            waiting.discard(given_way)
            free.append(given_way)
        number = heapq.heappop(free)
        order.append(vertices[number])
        for target in edges.hard[number]:
            hard[target] -= 1
        for target in edges.soft[number]:
            soft[target] -= 1
        for target in edges.hard[number] | edges.soft[number]:
            if target in waiting and not hard[target] and not soft[target]:
                waiting.discard(target)
                heapq.heappush(free, target)
    return order, []


def _one_cycle(vertices: list[Vertex], edges: _Edges, waiting: set[int]) -> list[Vertex]:
    """One cycle among `waiting`: walk hard edges until a vertex comes twice."""
    after = {n: sorted(edges.hard[n] & waiting) for n in waiting}
    # every waiting vertex is waited for by a hard edge from another: walk backwards along them
    before: dict[int, int] = {}
    for source, targets in after.items():
        for target in targets:
            before.setdefault(target, source)
    at, seen = min(waiting), []
    while at not in seen:
        seen.append(at)
        at = before[at]
    return [vertices[number] for number in reversed(seen[seen.index(at) :])]


def _tell_readers(vertices: Iterable[Vertex], shapes: Mapping[TemplatePath, Shape]) -> None:
    nearest: dict[tuple[int, Vertex, str], int] = {}
    for vertex in vertices:
        for read in vertex.reads:
            for shape, kind in _concerned(read, shapes):
                key = (id(shape), vertex, kind)
                nearest[key] = min(read.apex, nearest.get(key, read.apex))
    by_id = {id(shape): shape for shape in shapes.values()}
    for (shape_id, vertex, kind), apex in nearest.items():
        getattr(by_id[shape_id], kind).append((vertex, apex))


def _concerned(read: Read, shapes: Mapping[TemplatePath, Shape]) -> Iterable[tuple[Shape, str]]:
    shape = shapes.get(read.path)
    if read.kind is Kind.BELOW:
        tops = [shape] if shape is not None else [s for s in shapes.values() if s.parent is None]
        for top in tops:
            for one in _all_below(top):
                yield one, "readers"
                yield one, "row_readers"
        return
    if shape is None:
        return
    if read.kind is Kind.VALUE:
        for one in _all_below(shape):  # the text of a group is the text of all below it
            yield one, "readers"
    elif read.kind is Kind.STRUCTURE:
        yield shape, "row_readers"
    else:
        yield shape, "place_readers"


def _all_below(shape: Shape) -> Iterable[Shape]:
    yield shape
    for child in shape.children:
        yield from _all_below(child)
