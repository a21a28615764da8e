"""A form being filled in.

1. `set_value` never refuses: a text that is no value of its type reads as empty, is kept as typed, and is a fault.
2. Every operation leaves the whole form true: relevance, calculations, counts of rows, choices that still exist.
3. The same operations with the same clock and the same randomness give the same form: a draft is restored by
   replaying them.
4. Refs are concrete paths, `/data/family[2]/name`; rows count from 1 and a repeat's own ref has no index.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC

from fieldkit.domain.errors import ProgramFault
from fieldkit.domain.ports import Clock, Randomness
from fieldkit.forms.actions import Actions
from fieldkit.forms.answers import canonical, selected, within_range
from fieldkit.forms.asked import asked
from fieldkit.forms.building import uncollected
from fieldkit.forms.changes import Change
from fieldkit.forms.choosing import choice_name, choices_of, values_of
from fieldkit.forms.definition import Control, Form, TextSource
from fieldkit.forms.expressions.environment import Environment
from fieldkit.forms.expressions.faults import ExpressionFault
from fieldkit.forms.expressions.values import truth_value
from fieldkit.forms.finding import find_node, find_repeat
from fieldkit.forms.items import Choice, Fault, Item, QuestionItem, Text
from fieldkit.forms.labels import GUIDANCE, Labels
from fieldkit.forms.nodes import Node, document, ref_of, text_of
from fieldkit.forms.pages import Pages, is_readonly, questions
from fieldkit.forms.preloads import preload_value, property_of
from fieldkit.forms.recalculation import State, prepared, subtree
from fieldkit.forms.shapes import copy_tree
from fieldkit.forms.submission import Submission, submission_of

Ref = str


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
        self.env.choice_name = lambda value, question, _: choice_name(
            value, question, self.state, self.labels, self.language
        )
        self.pages = Pages(self.state)
        self.actions = Actions(self.state, self._put)
        self.properties = dict(properties or {})
        self.env.fact = self._fact
        self._typed: dict[Node, str] = {}
        with uncollected():
            self._start(root)

    def __repr__(self) -> str:
        return f"<Session with {self.form!r}>"

    # ---- the beginning -------------------------------------------------------------------------------

    def _start(self, root: Node) -> None:
        self.state.fill = self._fill
        for node in subtree(root):
            self._fill(node)
        self.state.compute_all()
        self.actions.at_start()
        self.state.start_change()

    def _fill(self, node: Node) -> None:
        """What a node has from the beginning: the form's default, spelled as answers are stored, and metadata."""
        if node.value:
            node.value = self._stored(node, node.value)
        self._preload(node)

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

    def _fact(self, name: str) -> str:
        """What `version()` and `property(name)` answer; empty when it is not known."""
        return self.form.version if name == "version" else property_of(name, self.properties) or ""

    def _put(self, node: Node, text: str) -> None:
        """What an action sets: stored like an answer, and it forgets what was typed."""
        self._typed.pop(node, None)
        self.state.withdrawn.pop(node, None)
        self.state.set_text(node, self._stored(node, text))

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
        self.actions.settle()
        return self._change()

    def _within_range(self, node: Node, value: str) -> bool:
        control = node.shape.control if node.shape is not None else None
        return control is None or control.kind != "range" or within_range(value, control.options)

    def _in_list_order(self, node: Node, value: str) -> str:
        control = node.shape.control if node.shape is not None else None
        if control is None or control.kind != "select":
            return value
        offered = values_of(control, node, self.state)
        known = set(offered)
        kept = [
            one for one in value.split() if one not in known
        ]  # what the list does not know stays, at the end
        return " ".join([*selected(value, offered).split(), *kept])

    def add_row(self, repeat: Ref) -> Ref:
        """Add a row at the end; its ref. Raises ProgramFault `form.no_node`."""
        parent, path = find_repeat(self.form, self.env.root, repeat)
        self.state.start_change()
        row = self.state.new_row(parent, path)
        self.state.grow([row])
        self.state.settle()
        self.actions.at_row(row)
        self.actions.settle()
        return self.ref(row)

    def remove_row(self, row: Ref) -> Change:
        """Take a row out; later rows move up. Raises ProgramFault `form.no_node`."""
        node = self.node(row)
        if node.shape is None or node.shape.path not in self.form.rows:
            raise ProgramFault("form.no_node", ref=row)
        self.state.start_change()
        for one in subtree(node):
            self._typed.pop(one, None)
        self.state.shrink([node])
        self.actions.settle()
        return self._change()

    def set_language(self, tag: str | None) -> Change:
        """Choose the language of `jr:itext()` and `jr:choice-name()` in calculations; painting needs no choice."""
        self.state.start_change()
        self.language = tag
        for vertex in self.form.graph.speaking:
            for node in self.state.instances(vertex, self.env.root, 0):
                self.state.wait(vertex, node)
        self.actions.settle()
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

    # ---- finding -------------------------------------------------------------------------------------

    def node(self, ref: Ref) -> Node:
        """The node at `ref`. Raises ProgramFault `form.no_node`."""
        return find_node(self.env.root, ref)

    def ref(self, node: Node) -> Ref:
        """The ref of a node."""
        return ref_of(node, self.form.rows)

    def _control(self, ref: Ref) -> tuple[Control | None, Node | None]:
        place, mark, number = ref.partition("#")
        if mark:
            return self.form.controls[int(number)], self.node(place)
        try:
            node = self.node(ref)
        except ProgramFault:
            parent, path = find_repeat(self.form, self.env.root, ref)
            return self.form.shapes[path].control, parent
        return (node.shape.control if node.shape is not None else None), node

    # ---- what is on the page -------------------------------------------------------------------------

    def page_tree(self) -> tuple[Item, ...]:
        """What is relevant now, in the order of the body."""
        return self.pages.below(self.form.body, self.state.root)

    def all_questions(self) -> Iterable[QuestionItem]:
        """Every relevant question, in document order, all rows included."""
        return questions(self.page_tree())

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
        """What a select or rank offers now, with labels in the language `tag`."""
        control, node = self._control(ref)
        if control is None or node is None:
            return ()
        return choices_of(control, node, self.state, self.labels, tag)

    def offered_values(self, ref: Ref) -> tuple[str, ...]:
        """The values a question offers now, without painting their labels."""
        control, node = self._control(ref)
        return tuple(values_of(control, node, self.state)) if control is not None and node is not None else ()

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
        return is_readonly(self.node(ref))

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
            return truth_value(bind.constraint.run(node, self.env))
        except (ExpressionFault, RecursionError) as problem:
            code = problem.code if isinstance(problem, ExpressionFault) else "expression.too_deep"
            self.state.troubles[(bind.path, "constraint")] = code
            return True

    def faults(self) -> tuple[Fault, ...]:
        """Every fault of a question that is asked, in the order of the body.

        What stands on no page nobody can put right: values without a question, and questions inside a group of
        the body that is not relevant.
        """
        found = (self._fault(node) for _, node in asked(self.state))
        return tuple(fault for fault in found if fault is not None)

    def facts(self, names: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """The answers by leaf name of relevant questions that have one; a repeat gives several."""
        wanted = set(names)
        found: dict[str, list[str]] = {}
        for node in subtree(self.state.root):
            if node.name in wanted and node.active and not node.children and node.value:
                found.setdefault(node.name, []).append(node.value)
        return {name: tuple(values) for name, values in found.items()}

    def submission(self, without: Collection[str] = ()) -> Submission:
        """The OpenRosa submission as it stands, `without` elements of these names; its `end` is now."""
        self.state.start_change()
        for node in subtree(self.state.root):
            bind = node.shape.bind if node.shape is not None else None
            if bind is not None and bind.preload == ("timestamp", "end"):
                value = preload_value(("timestamp", "start"), self.env, self.properties)
                self.state.set_text(node, value or "")
        self._name_instance()
        self.actions.settle()
        return submission_of(self.form, self.state.root, without)

    def _name_instance(self) -> None:
        """A submission has an instanceID even when the form forgot to make one."""
        for meta in self.state.root.named.get("meta", ()):
            for node in meta.named.get("instanceID", ()):
                if not node.value:
                    self.state.set_text(node, preload_value(("uid", ""), self.env, self.properties) or "")


def text_of_any(node: Node) -> str:
    """The text of a node whether it is relevant or not."""
    return node.value if not node.children else text_of(node)
