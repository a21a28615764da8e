"""The running state of a form: one tree, and the walk that keeps it true after every change.

1. A change puts the vertices that read it on a heap by rank; the walk takes the lowest until none is left. Of each
   vertex only the nodes below the ancestor it shares with the change are asked.
2. A node whose relevance changes takes all below it along.
3. An expression that fails when it runs (a broken pattern) decides nothing: relevance stays, a calculation
   stores nothing, and the place is kept in `troubles`.
4. A walk ends: no vertex of one node is computed more often than MAX_TURNS in one change, and what all of them look
   at together is bounded.
"""

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence

from fieldkit.forms.answers import computed, ranked, selected
from fieldkit.forms.definition import Control, Form, Itemset
from fieldkit.forms.expressions.environment import MAX_WORK, Environment
from fieldkit.forms.expressions.faults import ExpressionFault
from fieldkit.forms.expressions.graph import Vertex, What
from fieldkit.forms.expressions.values import Value, number_value, text_value, truth_value
from fieldkit.forms.nodes import ELEMENT, Node
from fieldkit.forms.shapes import Shape, TemplatePath, copy_tree

MAX_TURNS = 12
MAX_ROWS = 10_000
"""Rows that counts may add in one change, rows inside rows included."""
MAX_CHANGE_WORK = 20 * MAX_WORK
"""Nodes that all evaluations of one change may look at together."""
MAX_CALCULATED = 100_000
"""Characters a calculation may store: one that takes in its own value would double it at every turn."""


class State:
    """A tree being filled in. The four sets are what the running change has touched."""

    def __init__(self, form: Form, env: Environment, root: Node) -> None:
        self.form = form
        self.env = env
        self.root = root
        self.values: set[Node] = set()
        self.relevance: set[Node] = set()
        self.requirements: set[Node] = set()
        self.structure: set[Node] = set()
        self.troubles: dict[tuple[TemplatePath, str], str] = {}
        self.listened: list[Node] = []
        """Nodes that changed and for whose changes an action waits."""
        self.gone: set[Node] = set()
        """Everything in rows that this change took out: whoever still waits in them is not asked any more."""
        self.counted: list[Node] = []
        """Rows that a count added, for which `odk-new-repeat` has not happened yet."""
        self.fill: Callable[[Node], None] = _nothing
        """Gives a node of a new row what it has from the beginning: its default as stored, its metadata."""
        self.withdrawn: dict[Node, str] = {}
        """Answers that their lists do not offer now, as they were given."""
        self._heap: list[tuple[int, int]] = []
        self._waiting: dict[int, dict[int, Node]] = {}
        self._turns: dict[tuple[int, int], int] = {}
        self._grown = 0
        self._spent = 0
        self._lasting: dict[int, list[Node]] = {}
        """The nodes of vertices that stand outside of rows."""
        self._by_rank = {vertex.rank: vertex for vertex in form.graph.vertices}

    # ---- changes from outside ------------------------------------------------------------------------

    def start_change(self) -> None:
        """Forget what the last change touched."""
        self.values, self.relevance, self.requirements, self.structure = set(), set(), set(), set()
        self.gone = set()
        self._turns.clear()
        self._grown = self._spent = 0

    def set_text(self, node: Node, text: str) -> bool:
        """Give a node its text and tell its readers; whether it differs from before."""
        if node.value == text:
            return False
        node.value = text
        self.values.add(node)
        shape = node.shape
        if shape is not None:
            if shape.listened:
                self.listened.append(node)
            if node.active:
                self._tell(node, shape.readers)
        return True

    def settle(self) -> None:
        """Walk until nothing waits (rule 1)."""
        while self._heap:
            rank, _ = heapq.heappop(self._heap)
            nodes = self._waiting.pop(rank, None)
            if nodes:
                vertex = self._by_rank[rank]
                for node in nodes.values():
                    if self._may_turn(vertex, node):
                        self._compute(vertex, node)

    def _may_turn(self, vertex: Vertex, node: Node) -> bool:
        key = (vertex.rank, id(node))
        turns = self._turns.get(key, 0) + 1
        self._turns[key] = turns
        return turns <= MAX_TURNS and node not in self.gone

    def compute_all(self) -> None:
        """Everything, from nothing: at the start of a session."""
        for vertex in self.form.graph.vertices:
            for node in self.instances(vertex, self.env.root, 0):
                self.wait(vertex, node)
        self.settle()

    def grow(self, rows: Sequence[Node]) -> None:
        """New rows of one parent stand in the tree: compute what is in them, and tell who counts rows."""
        shapes: dict[int, Shape] = {}
        for row in rows:
            self.structure.add(row)
            parent = row.parent
            row.active = row.relevant and (parent is None or parent.active)
            for node in subtree(row):
                if node is not row:
                    node.active = node.relevant and node.parent.active  # type: ignore[union-attr]
                shape = node.shape
                if shape is None:
                    continue
                shapes[id(shape)] = shape
                for vertex in shape.vertices:
                    if vertex.what is not What.COUNT:
                        self.wait(vertex, node)
                if shape.children:
                    self._nested_counts(node)
        self._tell_outside(rows, shapes.values())

    def _tell_outside(self, rows: Sequence[Node], shapes: Iterable[Shape]) -> None:
        """Ask, once, whoever outside of `rows` reads what is in them or counts them."""
        parent, shape = rows[0].parent, rows[0].shape
        if parent is None or shape is None:
            return
        for one in shapes:
            self._tell_from(parent, shape.depth - 1, one.readers)
        self._tell_from(parent, shape.depth - 1, shape.row_readers)

    def _nested_counts(self, node: Node) -> None:
        """Counts of rows inside a new node: their vertices stand at the rows, which may not be there yet."""
        for below in node.shape.children if node.shape is not None else ():
            for vertex in below.vertices:
                if vertex.what is What.COUNT:
                    self.wait(vertex, node)

    def shrink(self, rows: Sequence[Node]) -> None:
        """Take rows that stand one behind the other out, and tell who counted them or the rows behind them."""
        parent, shape, place = rows[0].parent, rows[0].shape, rows[0].index
        assert parent is not None and shape is not None
        shapes: dict[int, Shape] = {}
        for row in reversed(rows):
            for node in subtree(row):
                self.gone.add(node)
                if node.shape is not None:
                    shapes[id(node.shape)] = node.shape
        self.structure.add(parent)
        self._tell_outside(rows, shapes.values())
        for row in reversed(rows):
            parent.remove(row)
        for later in parent.named.get(shape.path[-1], [])[place:]:
            self.structure.add(later)
            self._tell(later, shape.place_readers)

    # ---- who is asked --------------------------------------------------------------------------------

    def wait(self, vertex: Vertex, node: Node) -> None:
        waiting = self._waiting.get(vertex.rank)
        if waiting is None:
            self._waiting[vertex.rank] = {id(node): node}
            heapq.heappush(self._heap, (vertex.rank, 0))
        else:
            waiting[id(node)] = node

    def _tell(self, node: Node, readers: Iterable[tuple[Vertex, int]]) -> None:
        """Ask each reader below the ancestor it shares with `node`."""
        if not readers:
            return
        depth = node.shape.depth if node.shape is not None else 0
        for vertex, apex in readers:
            top = node
            for _ in range(depth - apex):
                top = top.parent  # type: ignore[assignment]
            for reader in self.instances(vertex, top, apex):
                self.wait(vertex, reader)

    def _tell_from(self, parent: Node, depth: int, readers: Iterable[tuple[Vertex, int]]) -> None:
        """The same when the changed node is gone: `parent` at `depth` was above it."""
        for vertex, apex in readers:
            if apex > depth:
                continue
            top = parent
            for _ in range(depth - apex):
                top = top.parent  # type: ignore[assignment]
            for reader in self.instances(vertex, top, apex):
                self.wait(vertex, reader)

    def instances(self, vertex: Vertex, top: Node, depth: int) -> Iterable[Node]:
        """The nodes of a vertex below `top`, an ancestor at `depth`; a count stands at the rows' parent."""
        lasting = self._lasting.get(vertex.rank)
        if lasting is not None:
            return lasting
        path = vertex.shape.path
        if vertex.what is What.COUNT:
            path = path[:-1]
        if depth > len(path):
            for _ in range(depth - len(path)):
                top = top.parent  # type: ignore[assignment]
            return (top,)
        level: list[Node] = [top]
        for name in path[depth:]:
            level = [below for node in level for below in node.named.get(name, ())]
        if not any(path[:place] in self.form.rows for place in range(1, len(path) + 1)):
            self._lasting[vertex.rank] = level  # outside of rows nothing comes or goes
        return level

    # ---- what a vertex does --------------------------------------------------------------------------

    def _compute(self, vertex: Vertex, node: Node) -> None:
        env = self.env
        before = env.origin
        if self._spent > MAX_CHANGE_WORK:
            self.troubles[(vertex.shape.path, vertex.what.value)] = "expression.too_much_work"
            return
        try:
            if vertex.what is What.COUNT:
                self._count(vertex, node)
                return
            if vertex.what is What.CHOICES:
                self._choices(vertex, node)
                return
            env.origin = node
            value = vertex.formula.run(node, env)
        except (ExpressionFault, RecursionError) as fault:
            code = fault.code if isinstance(fault, ExpressionFault) else "expression.too_deep"
            self.troubles[(vertex.shape.path, vertex.what.value)] = code
            return
        finally:
            env.origin = before
            self._spent += MAX_WORK - env.left
        if vertex.what is What.RELEVANT:
            self._set_relevant(node, truth_value(value))
        elif vertex.what is What.CALCULATE:
            self._set_calculated(vertex, node, value)
        else:
            self._set_flag(node, vertex.what.value, truth_value(value))

    def _set_calculated(self, vertex: Vertex, node: Node, value: Value) -> None:
        assert self.env.zone is not None
        text = computed(vertex.shape.type, value, self.env.zone)
        if len(text) > MAX_CALCULATED:
            self.troubles[(vertex.shape.path, vertex.what.value)] = "expression.too_long"
        else:
            self.set_text(node, text)

    def _set_flag(self, node: Node, name: str, flag: bool) -> None:
        if getattr(node, name) != flag:
            setattr(node, name, flag)
            self.requirements.add(node)

    def _set_relevant(self, node: Node, relevant: bool) -> None:
        node.relevant = relevant
        above = node.parent
        self._spread(node, relevant and (above is None or above.active))

    def _spread(self, node: Node, active: bool) -> None:
        """Rule 2."""
        if node.active == active:
            return
        node.active = active
        self.relevance.add(node)
        shape = node.shape
        if shape is not None:
            self._tell(node, shape.readers)
            self._tell(node, shape.row_readers)
        for child in (*node.children, *node.attributes):
            self._spread(child, active and child.relevant)

    # ---- counted rows --------------------------------------------------------------------------------

    def _count(self, vertex: Vertex, parent: Node) -> None:
        shape = vertex.shape
        place = Node(ELEMENT, shape.path[-1], parent)
        place.shape = shape
        self.env.origin = place
        number = number_value(vertex.formula.run(place, self.env), self.env.zone)
        if number != number:
            return  # a count that is blank for the moment takes no rows away
        wanted = int(max(0, min(number, MAX_ROWS)))
        rows = parent.named.get(shape.path[-1], [])
        if len(rows) > wanted:
            self.shrink(rows[wanted:])
            return
        missing = min(wanted - len(rows), MAX_ROWS - self._grown)
        if missing > 0:
            self._grown += missing
            added = [self.new_row(parent, shape.path) for _ in range(missing)]
            self.grow(added)
            self.counted += added

    def new_row(self, parent: Node, path: TemplatePath) -> Node:
        """A new last row below `parent`, from the form's own row at that place or from the prototype."""
        shape = self.form.shapes[path]
        rows = parent.named.get(path[-1], [])
        place = len(rows)
        source = shape.defaults[place] if place < len(shape.defaults) else shape.rows
        assert source is not None
        row = prepared(copy_tree(source))
        if rows:
            parent.insert_row(row, rows[-1])
        else:
            _first_row(parent, row, self.form)
        for node in subtree(row):
            self.fill(node)
        return row

    # ---- filtered choices ----------------------------------------------------------------------------

    def _choices(self, vertex: Vertex, node: Node) -> None:
        """An answer that its list no longer offers is taken back, and comes again when it is offered again."""
        control = vertex.control
        chosen = self.withdrawn.get(node, node.value)
        if not chosen or control is None or control.itemset is None:
            return
        offered = self.offered(control, node)
        if control.kind == "rank":
            kept = ranked(chosen, offered)
        elif control.kind == "select":
            kept = selected(chosen, offered)
        else:
            kept = chosen if chosen in offered else ""
        if set(kept.split()) >= set(chosen.split()):
            self.withdrawn.pop(node, None)
        else:
            self.withdrawn[node] = chosen
        self.set_text(node, kept)

    def rows_of(self, itemset: Itemset, node: Node) -> list[Node]:
        """The nodes an itemset offers to a question now."""
        before = self.env.origin
        self.env.origin = node
        try:
            found = itemset.nodeset.run(node, self.env)
        except (ExpressionFault, RecursionError) as fault:
            code = fault.code if isinstance(fault, ExpressionFault) else "expression.too_deep"
            self.troubles[(node.shape.path if node.shape else (), "itemset")] = code
            return []
        finally:
            self.env.origin = before
        return [one for one in found if one.active] if isinstance(found, list) else []

    def offered(self, control: Control, node: Node) -> list[str]:
        """The values a question offers now: those written into the form, then those of its list."""
        own = [choice.value for choice in control.choices]
        itemset = control.itemset
        if itemset is None:
            return own
        return own + [self.row_value(itemset, row) for row in self.rows_of(itemset, node)]

    def row_value(self, itemset: Itemset, row: Node) -> str:
        """The value of the choice that `row` is; empty when it cannot be computed."""
        try:
            return text_value(itemset.value.run(row, self.env))
        except (ExpressionFault, RecursionError):
            return ""


def _nothing(_: Node) -> None:
    """Nobody has anything to give."""


def prepared(row: Node) -> Node:
    """A fresh subtree with the flags that never change already set."""
    for node in subtree(row):
        if node.shape is not None:
            node.required, node.readonly = node.shape.required, node.shape.readonly
    return row


def subtree(node: Node) -> Iterator[Node]:
    """`node`, its attributes and everything below, in document order."""
    yield node
    yield from node.attributes
    for child in node.children:
        yield from subtree(child)


def _first_row(parent: Node, row: Node, form: Form) -> None:
    """Put the first row where the form has it: behind the nearest earlier sibling of its shape."""
    parent.append(row)
    shape = row.shape
    if shape is None or shape.parent is None or parent.children[-2:-1] == []:
        return
    order = {child.path[-1]: at for at, child in enumerate(shape.parent.children)}
    children = parent.children
    assert isinstance(children, list)
    children.pop()
    mine = order.get(row.name, len(order))
    place = next((at for at, one in enumerate(children) if order.get(one.name, -1) > mine), len(children))
    children.insert(place, row)
