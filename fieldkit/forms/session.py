"""A form being filled in.

1. `set_value` never refuses: a text that is no value of its type reads as empty, is kept as typed, and is a fault.
2. Every operation leaves the whole form true: relevance, calculations, counts of rows, choices that still exist.
3. The same operations with the same clock and the same randomness give the same form: a draft is restored by
   replaying them.
4. Refs are concrete paths, `/data/family[2]/name`; rows count from 1 and a repeat's own ref has no index.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from datetime import UTC

from fieldkit.domain.errors import ProgramFault
from fieldkit.domain.ports import Clock, Randomness
from fieldkit.forms.answers import canonical, computed, selected, within_range
from fieldkit.forms.definition import Action, Control, Form, TextSource
from fieldkit.forms.expressions.environment import Environment
from fieldkit.forms.expressions.faults import ExpressionFault
from fieldkit.forms.expressions.values import text_value, truth_value
from fieldkit.forms.items import Choice, Fault, GroupItem, Item, QuestionItem, RepeatItem, RowItem, Text
from fieldkit.forms.labels import GUIDANCE, Labels
from fieldkit.forms.nodes import Node, document, ref_of, text_of
from fieldkit.forms.preloads import preload_value
from fieldkit.forms.recalculation import State, prepared, subtree
from fieldkit.forms.shapes import TemplatePath, copy_tree
from fieldkit.forms.submission import Submission, submission_of

Ref = str
_FIRST_LOAD = frozenset(
    {"odk-instance-first-load", "odk-instance-load", "xforms-ready", "xforms-model-construct-done"}
)
_NEW_ROW = frozenset({"odk-new-repeat", "jr-insert"})
_CHANGED = "xforms-value-changed"
_MAX_ECHOES = 50
"""Actions that one change may set off, one after another: two that answer each other must come to an end."""


@dataclass(frozen=True)
class Change:
    """What an operation touched, as refs."""

    _values: frozenset[Node]
    _relevance: frozenset[Node]
    _requirements: frozenset[Node]
    _structure: frozenset[Node]
    _rows: frozenset[TemplatePath]

    @cached_property
    def values(self) -> frozenset[Ref]:
        """Questions whose value is another now."""
        return self._refs(self._values)

    @cached_property
    def relevance(self) -> frozenset[Ref]:
        """Nodes that became relevant or ceased to be."""
        return self._refs(self._relevance)

    @cached_property
    def requirements(self) -> frozenset[Ref]:
        """Nodes that became required or read-only, or ceased to be."""
        return self._refs(self._requirements)

    @cached_property
    def structure(self) -> frozenset[Ref]:
        """Rows that are new or moved, and parents that lost one."""
        return self._refs(self._structure)

    def _refs(self, nodes: frozenset[Node]) -> frozenset[Ref]:
        return frozenset(ref_of(node, self._rows) for node in nodes)


class Session:
    """One interview with one form. `properties` fill metadata such as `deviceid` and `username`."""

    def __init__(
        self,
        form: Form,
        *,
        clock: Clock,
        randomness: Randomness,
        properties: Mapping[str, str] | None = None,
    ) -> None:
        self.form = form
        self.language: str | None = form.default_language
        root = prepared(copy_tree(form.root))
        self.env = Environment(document(root), clock, randomness)
        self.env.zone = self.env.zone or UTC
        self.env.instance = lambda name: get() if (get := form.instances.get(name)) else None
        self.env.pull = self.env.instance
        self.state = State(form, self.env, root)
        self.labels = Labels(form, self.env)
        self.env.itext = lambda name: self.labels.itext(name, self.language)
        self.env.choice_name = self._choice_name
        self.properties = dict(properties or {})
        self._typed: dict[Node, str] = {}
        self._start(root)

    # ---- the beginning -------------------------------------------------------------------------------

    def _start(self, root: Node) -> None:
        for node in subtree(root):
            if node.shape is not None and node.value:
                node.value = self._stored(node, node.value)
            self._preload(node)
        self.state.compute_all()
        self._run_actions(_FIRST_LOAD, None)
        self.state.start_change()

    def _stored(self, node: Node, text: str) -> str:
        shape = node.shape
        kept = canonical(shape.type, text, self.env.zone) if shape is not None else text
        return kept if kept is not None else ""

    def _preload(self, node: Node) -> None:
        shape = node.shape
        if shape is None:
            return
        preload = shape.bind.preload if shape.bind is not None else None
        if preload is not None and not (preload[0] == "uid" and node.value):
            value = preload_value(preload, self.env, self.properties)
            if value is not None:
                node.value = value

    def _nodes_at(self, path: TemplatePath) -> list[Node]:
        level = [self.env.root]
        for name in path:
            level = [child for node in level for child in node.named.get(name, ())]
        return level

    # ---- operations ----------------------------------------------------------------------------------

    def set_value(self, ref: Ref, value: str) -> Change:
        """Give a question its answer (rule 1). Raises ProgramFault `form.no_node`."""
        node = self.node(ref)
        self.state.start_change()
        stored = canonical(node.shape.type if node.shape else "string", value, self.env.zone)
        self._typed.pop(node, None)
        self.state.withdrawn.pop(node, None)
        if stored and not self._within_range(node, stored):
            stored = None
        if stored is None:
            self._typed[node] = value
            stored = ""
        elif stored and " " in stored:
            stored = self._in_list_order(node, stored)
        self.state.set_text(node, stored)
        self._settle()
        return self._change()

    def _within_range(self, node: Node, value: str) -> bool:
        control = node.shape.control if node.shape is not None else None
        return control is None or control.kind != "range" or within_range(value, control.options)

    def _in_list_order(self, node: Node, value: str) -> str:
        control = node.shape.control if node.shape is not None else None
        if control is None or control.kind != "select":
            return value
        offered = self._offered(control, node)
        known = set(offered)
        kept = [
            one for one in value.split() if one not in known
        ]  # what the list does not know stays, at the end
        return " ".join([*selected(value, offered).split(), *kept])

    def add_row(self, repeat: Ref) -> Ref:
        """Add a row at the end; its ref. Raises ProgramFault `form.no_node`."""
        parent, path = self._repeat(repeat)
        self.state.start_change()
        row = self.state.new_row(parent, path)
        for node in subtree(row):
            if node.value:
                node.value = self._stored(node, node.value)
            self._preload(node)
        self.state.grow(row)
        self.state.settle()
        self._run_actions(_NEW_ROW, row)
        self._settle()
        return self.ref(row)

    def remove_row(self, row: Ref) -> Change:
        """Take a row out; later rows move up. Raises ProgramFault `form.no_node`."""
        node = self.node(row)
        if node.shape is None or node.shape.path not in self.form.rows:
            raise ProgramFault("form.no_node", ref=row)
        self.state.start_change()
        for one in subtree(node):
            self._typed.pop(one, None)
        self.state.shrink(node)
        self._settle()
        return self._change()

    def set_language(self, tag: str | None) -> Change:
        """Choose the language of `jr:itext()` and `jr:choice-name()` in calculations; painting needs no choice."""
        self.state.start_change()
        self.language = tag
        for vertex in self.form.graph.speaking:
            for node in self.state.instances(vertex, self.env.root, 0):
                self.state.wait(vertex, node)
        self._settle()
        return self._change()

    def last_change(self) -> Change:
        """What the last operation touched (for `add_row`, which gives the new row's ref)."""
        return self._change()

    def _change(self) -> Change:
        state = self.state
        return Change(
            frozenset(state.values),
            frozenset(state.relevance),
            frozenset(state.requirements),
            frozenset(state.structure),
            self.form.rows,
        )

    def _settle(self) -> None:
        self.state.settle()
        for _ in range(_MAX_ECHOES):
            if not self.state.listened:
                return
            changed, self.state.listened = self.state.listened, []
            for node in changed:
                self._run_actions(frozenset({_CHANGED}), node)
            self.state.settle()
        self.state.listened = []

    # ---- actions -------------------------------------------------------------------------------------

    def _run_actions(self, events: frozenset[str], source: Node | None) -> None:
        """Run the actions that wait for one of `events`, those at `source` only when there is one."""
        for action in self.form.actions:
            if action.events.isdisjoint(events):
                continue
            if source is None:
                self._run_everywhere(action)
            elif (
                action.source is not None and source.shape is not None and action.source == source.shape.path
            ):
                self._act(action, source)

    def _run_everywhere(self, action: Action) -> None:
        inside = [
            path
            for path in self.form.rows
            if action.source is not None and action.source[: len(path)] == path
        ]
        if inside:
            for node in self._nodes_at(action.source or ()):
                self._act(action, node)
        else:
            self._act(action, self.state.root)

    def _act(self, action: Action, source: Node) -> None:
        for node in self._targets(action, source):
            value = action.text
            if action.value is not None:
                self.env.origin = node
                try:
                    found = action.value.compiled.run(node, 1, 1, self.env)
                except (ExpressionFault, RecursionError):
                    continue
                shape = node.shape
                value = computed(shape.type if shape else "string", found, self.env.zone or UTC)
            self._typed.pop(node, None)
            self.state.set_text(node, self._stored(node, value))
            self.state.settle()

    def _targets(self, action: Action, source: Node) -> list[Node]:
        """The nodes an action sets: below the rows it shares with its source; never an unbound many."""
        if action.places is not None:
            self.env.origin = source
            found = action.places.compiled.run(source, 1, 1, self.env)
            return found if isinstance(found, list) else []
        top, depth = self.env.root, 0
        if source.shape is not None:
            lineage = _lineage(source)
            for at, node in enumerate(lineage, 1):
                path = node.shape.path if node.shape is not None else ()
                if path != action.target[:at]:
                    break
                if path in self.form.rows:
                    top, depth = node, at
        level = [top]
        for name in action.target[depth:]:
            level = [child for node in level for child in node.named.get(name, ())]
        return level

    # ---- finding -------------------------------------------------------------------------------------

    def node(self, ref: Ref) -> Node:
        """The node at `ref`. Raises ProgramFault `form.no_node`."""
        at = self.env.root
        for step in ref.partition("#")[0].strip("/").split("/"):
            name, _, rest = step.partition("[")
            mark = "@" if name.startswith("@") else ""
            name = mark + name.lstrip("@").rpartition(":")[2]
            found = at.named.get(name, ())
            place = int(rest[:-1]) - 1 if rest else 0
            if not 0 <= place < len(found):
                raise ProgramFault("form.no_node", ref=ref)
            at = found[place]
        return at

    def ref(self, node: Node) -> Ref:
        """The ref of a node."""
        return ref_of(node, self.form.rows)

    def _repeat(self, ref: Ref) -> tuple[Node, TemplatePath]:
        above, _, name = ref.rpartition("/")
        parent = self.node(above)
        assert parent.shape is not None
        path = (*parent.shape.path, name.partition("[")[0].rpartition(":")[2])
        shape = self.form.shapes.get(path)
        if shape is None or shape.rows is None:
            raise ProgramFault("form.no_node", ref=ref)
        return parent, path

    def _control(self, ref: Ref) -> tuple[Control | None, Node | None]:
        place, mark, number = ref.partition("#")
        if mark:
            return self.form.controls[int(number)], self.node(place)
        try:
            node = self.node(ref)
        except ProgramFault:
            parent, path = self._repeat(ref)
            return self.form.shapes[path].control, parent
        return (node.shape.control if node.shape is not None else None), node

    # ---- what is on the page -------------------------------------------------------------------------

    def page_tree(self) -> tuple[Item, ...]:
        """What is relevant now, in the order of the body."""
        return self.items_below(self.form.body, self.state.root)

    def items_below(self, controls: Iterable[Control], node: Node) -> tuple[Item, ...]:
        """The relevant items of `controls`, which stand below `node`."""
        found: list[Item] = []
        for control in controls:
            item = self._item(control, node)
            if item is not None:
                found.append(item)
        return tuple(found)

    def _item(self, control: Control, above: Node) -> Item | None:
        if control.kind == "repeat":
            return self._repeat_item(control, above)
        place = self._below(above, control.path)
        if place is None or not place.active:
            return None
        if control.kind != "group":
            return self._question(control, place)
        ref = self.ref(place) if control.path is not None else f"{self.ref(place)}#{control.number}"
        return GroupItem(
            ref,
            place.name if control.path else "",
            control.appearance,
            _own(control, place),
            self,
            control,
            place,
        )

    def _repeat_item(self, control: Control, above: Node) -> Item | None:
        assert control.path is not None
        parent = self._below(above, control.path[:-1])
        if parent is None or not parent.active:
            return None
        rows = parent.named.get(control.path[-1], ())
        if rows and not any(row.active for row in rows):
            return None
        shape = self.form.shapes.get(control.path)
        if shape is None or shape.rows is None:
            return None
        ref = f"{self.ref(parent)}/{shape.rows.tag}"
        own = {**(shape.bind.attributes if shape.bind else {}), **control.attributes}
        return RepeatItem(ref, shape.rows.name, control.appearance, control.fixed, own, self, control, parent)

    def rows_below(self, control: Control, parent: Node) -> tuple[RowItem, ...]:
        """The relevant rows of a repeat below `parent`."""
        name = control.path[-1] if control.path else ""
        return tuple(
            RowItem(self.ref(row), row.name, row.index + 1, _own(control, row), self, control, row)
            for row in parent.named.get(name, ())
            if row.active
        )

    def _below(self, above: Node, path: TemplatePath | None) -> Node | None:
        """The node at `path` in the same rows as `above`."""
        if path is None:
            return above
        lineage = _lineage(above)
        at: Node | None = self.env.root
        for depth, name in enumerate(path):
            if (
                depth < len(lineage)
                and lineage[depth].name == name
                and (depth == 0 or lineage[depth].parent is at)
            ):
                at = lineage[depth]
                continue
            found = at.named.get(name) if at is not None else None
            at = found[0] if found else None
        return at

    def _question(self, control: Control, node: Node) -> QuestionItem:
        shape = node.shape
        readonly = self._is_readonly(node)
        note = control.kind == "input" and shape is not None and shape.readonly and shape.type == "string"
        kind = shape.type if shape is not None else "string"
        if kind == "string" and control.kind in ("select", "select1", "rank"):
            kind = control.kind
        return QuestionItem(
            ref=self.ref(node),
            name=node.name,
            control="note" if note else control.kind,
            type=kind,
            appearance=control.appearance,
            required=node.required,
            readonly=readonly,
            value=node.value,
            attributes=_own(control, node),
            options=control.options,
            media_type=control.media_type,
            supported=control.query is None and "search(" not in control.appearance,
        )

    def all_questions(self) -> Iterable[QuestionItem]:
        """Every relevant question, in document order, all rows included."""
        return _questions(self.page_tree())

    # ---- texts ---------------------------------------------------------------------------------------

    def label(self, ref: Ref, tag: str | None = None) -> Text:
        """The label in the language `tag`, or in what it falls back to."""
        control, node = self._control(ref)
        return self._paint(control.label if control else None, node, tag)

    def hint(self, ref: Ref, tag: str | None = None) -> Text:
        """The hint."""
        control, node = self._control(ref)
        return self._paint(control.hint if control else None, node, tag)

    def guidance(self, ref: Ref, tag: str | None = None) -> Text:
        """The guidance: a longer hint that is opened when it is wanted."""
        control, node = self._control(ref)
        if control is None or node is None:
            return Text("")
        return self.labels.paint(control.guidance, node, tag, GUIDANCE)

    def constraint_message(self, ref: Ref, tag: str | None = None) -> Text:
        """What the form says when an answer breaks its constraint."""
        node = self.node(ref)
        bind = node.shape.bind if node.shape is not None else None
        return self._paint(bind.constraint_message if bind else None, node, tag)

    def required_message(self, ref: Ref, tag: str | None = None) -> Text:
        """What the form says when a required answer is missing."""
        node = self.node(ref)
        bind = node.shape.bind if node.shape is not None else None
        return self._paint(bind.required_message if bind else None, node, tag)

    def _paint(self, source: TextSource | None, node: Node | None, tag: str | None) -> Text:
        return Text("") if node is None else self.labels.paint(source, node, tag)

    # ---- choices -------------------------------------------------------------------------------------

    def choices(self, ref: Ref, tag: str | None = None) -> tuple[Choice, ...]:
        """What a select, rank or ranked question offers now."""
        control, node = self._control(ref)
        if control is None or node is None:
            return ()
        return self._choices(control, node, tag)

    def _choices(self, control: Control, node: Node, tag: str | None) -> tuple[Choice, ...]:
        if control.itemset is None:
            return tuple(
                Choice(one.value, self.labels.paint(one.label, node, tag)) for one in control.choices
            )
        run, label = control.itemset.value.compiled.run, control.itemset.label
        found: list[Choice] = []
        for row in self.state.rows_of(control.itemset, node):
            value = text_value(run(row, 1, 1, self.env))
            found.append(
                Choice(value, self.labels.paint(label, row, tag) if label is not None else Text(value))
            )
        return tuple(found)

    def _offered(self, control: Control, node: Node) -> list[str]:
        if control.itemset is not None:
            return self.state.offered(control.itemset, node)
        return [choice.value for choice in control.choices]

    def offered_values(self, ref: Ref) -> tuple[str, ...]:
        """The values a question offers now, without painting their labels."""
        control, node = self._control(ref)
        return tuple(self._offered(control, node)) if control is not None and node is not None else ()

    def _choice_name(self, value: str, question: str, node: Node) -> str:
        """`jr:choice-name(value, '/data/question')`: the label of that choice in the session's language."""
        from fieldkit.forms.body import template_path

        origin = self.env.origin
        context = origin.shape.path if origin.shape is not None else ()
        shape = self.form.shapes.get(template_path(question, context))
        if shape is None or shape.control is None:
            return ""
        place = self._below(origin, shape.path)
        if place is None:
            return ""
        for choice in self._choices(shape.control, place, self.language):
            if choice.value == value:
                return choice.label.text
        return ""

    # ---- answers and faults --------------------------------------------------------------------------

    def value(self, ref: Ref) -> str:
        """The answer as stored, whether relevant or not."""
        return text_of_any(self.node(ref))

    def typed(self, ref: Ref) -> str:
        """The answer as typed: the stored one, or the text that is no value of the type."""
        node = self.node(ref)
        return self._typed.get(node, text_of_any(node))

    def is_relevant(self, ref: Ref) -> bool:
        """Whether the node and all above it are relevant."""
        return self.node(ref).active

    def is_required(self, ref: Ref) -> bool:
        """Whether an answer is required."""
        return self.node(ref).required

    def is_readonly(self, ref: Ref) -> bool:
        """Whether the node or a group above it is read-only."""
        return self._is_readonly(self.node(ref))

    def _is_readonly(self, node: Node) -> bool:
        at: Node | None = node
        while at is not None:
            if at.readonly:
                return True
            at = at.parent
        return False

    def fault(self, ref: Ref) -> Fault | None:
        """What is wrong with the answer, or None; nothing is wrong with what is not relevant."""
        return self._fault(self.node(ref))

    def _fault(self, node: Node) -> Fault | None:
        if not node.active or node.shape is None or node.children:
            return None
        if node in self._typed:
            return Fault(self.ref(node), "type")
        if node.value == "":
            return Fault(self.ref(node), "required") if node.required else None
        return None if self._satisfies(node) else Fault(self.ref(node), "constraint")

    def _satisfies(self, node: Node) -> bool:
        bind = node.shape.bind if node.shape is not None else None
        if bind is None or bind.constraint is None:
            return True
        self.env.origin = node
        try:
            return truth_value(bind.constraint.compiled.run(node, 1, 1, self.env))
        except (ExpressionFault, RecursionError) as problem:
            code = problem.code if isinstance(problem, ExpressionFault) else "expression.too_deep"
            self.state.troubles[(bind.path, "constraint")] = code
            return True

    def faults(self) -> tuple[Fault, ...]:
        """Every fault, in document order."""
        found = (self._fault(node) for node in subtree(self.state.root))
        return tuple(fault for fault in found if fault is not None)

    def facts(self, names: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """The answers by leaf name of relevant questions that have one; a repeat gives several."""
        wanted = set(names)
        found: dict[str, list[str]] = {}
        for node in subtree(self.state.root):
            if node.name in wanted and node.active and not node.children and node.value:
                found.setdefault(node.name, []).append(node.value)
        return {name: tuple(values) for name, values in found.items()}

    def submission(self) -> Submission:
        """The OpenRosa submission as it stands; the `end` of the interview is now."""
        self.state.start_change()
        for node in subtree(self.state.root):
            bind = node.shape.bind if node.shape is not None else None
            if bind is not None and bind.preload == ("timestamp", "end"):
                value = preload_value(("timestamp", "start"), self.env, self.properties)
                self.state.set_text(node, value or "")
        self._name_instance()
        self._settle()
        return submission_of(self.form, self.state.root)

    def _name_instance(self) -> None:
        """A submission has an instanceID even when the form forgot to make one."""
        for meta in self.state.root.named.get("meta", ()):
            for node in meta.named.get("instanceID", ()):
                if not node.value:
                    self.state.set_text(node, preload_value(("uid", ""), self.env, self.properties) or "")


def text_of_any(node: Node) -> str:
    """The text of a node whether it is relevant or not."""
    return node.value if not node.children else text_of(node)


def _lineage(node: Node) -> list[Node]:
    """From the root element down to `node`."""
    found: list[Node] = []
    at: Node | None = node
    while at is not None and at.parent is not None:
        found.append(at)
        at = at.parent
    return found[::-1]


def _own(control: Control, node: Node) -> Mapping[str, str]:
    """The fk attributes of the bind and of the body element, which wins."""
    bind = node.shape.bind if node.shape is not None and control.path is not None else None
    if bind is None or not bind.attributes:
        return control.attributes
    return {**bind.attributes, **control.attributes}


def _questions(items: Iterable[Item]) -> Iterable[QuestionItem]:
    for item in items:
        if isinstance(item, QuestionItem):
            yield item
        else:
            yield from _questions(item.children)
