"""A form as it was read: instance, binds, body, texts, actions. Nothing here changes while it is filled in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fieldkit.forms.expressions.compile import Compiled, Compiler
from fieldkit.forms.expressions.environment import MAX_WORK, Environment
from fieldkit.forms.expressions.reads import ReadSet
from fieldkit.forms.expressions.scope import Scope
from fieldkit.forms.expressions.syntax import Expression
from fieldkit.forms.expressions.values import Value
from fieldkit.forms.nodes import Node
from fieldkit.forms.problems import Problem
from fieldkit.forms.shapes import Shape, TemplatePath

if TYPE_CHECKING:
    from fieldkit.forms.expressions.graph import Graph
    from fieldkit.forms.formulas import Formulas
    from fieldkit.forms.itext import Texts

FK = "https://fieldkit.org/xforms"
"""The namespace of fieldkit's own attributes on binds and body elements."""


@dataclass(slots=True, eq=False, repr=False)
class Formula:
    """An expression of the form: as written, as tree, what it reads, and its closure, made when it is first run."""

    text: str
    tree: Expression
    reads: ReadSet
    scope: Scope
    _compiled: Compiled | None = None

    def __repr__(self) -> str:
        return f"<Formula {self.text!r}>"

    def run(self, node: Node, env: Environment) -> Value:
        """What it is worth at `node`, within the work that one evaluation may take. Raises EvaluationFault."""
        if env.busy:  # a text inside a text works on what the outer one may still take
            return self.compiled.run(node, 1, 1, env)
        env.busy, env.left = True, MAX_WORK
        try:
            return self.compiled.run(node, 1, 1, env)
        finally:
            env.busy = False

    @property
    def compiled(self) -> Compiled:
        """The closure. Most constraints and texts of a long form are never asked in one interview."""
        made = self._compiled
        if made is None:
            made = self._compiled = Compiler(self.scope).compile(self.tree)
        return made


@dataclass(frozen=True, slots=True)
class TextSource:
    """Where a text comes from: literal parts with formulas between, an itext id, a formula for one, or columns."""

    parts: tuple["str | Formula", ...] = ()
    itext: str | None = None
    dynamic: "Formula | None" = None
    columns: tuple[tuple[str | None, str], ...] = ()
    """Columns of a table's row by language; None is a column for all of them."""


@dataclass(slots=True)
class Bind:
    """The logic of one template path."""

    path: TemplatePath
    type: str = "string"
    relevant: Formula | None = None
    calculate: Formula | None = None
    required: Formula | None = None
    readonly: Formula | None = None
    constraint: Formula | None = None
    constraint_message: TextSource | None = None
    required_message: TextSource | None = None
    preload: tuple[str, str] | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    """Attributes in the fk namespace, by local name."""
    max_pixels: int | None = None


@dataclass(slots=True)
class Itemset:
    """Choices from nodes: a nodeset, and the paths of value and label below each."""

    nodeset: Formula
    value: Formula
    label: TextSource | None


@dataclass(slots=True)
class StaticChoice:
    """A choice that is written into the body."""

    value: str
    label: TextSource


@dataclass(slots=True, eq=False, repr=False)
class Control:
    """An element of the body. `kind` is input, select1, select, rank, range, trigger, upload, group or repeat."""

    kind: str
    number: int
    path: TemplatePath | None
    appearance: str = ""
    label: TextSource | None = None
    hint: TextSource | None = None
    guidance: TextSource | None = None
    choices: tuple[StaticChoice, ...] = ()
    itemset: Itemset | None = None
    query: str | None = None
    """How an external question asks `itemsets.csv`, until the reader has made an itemset of it."""
    search: str | None = None
    """The `search()` of its appearance as an expression, until the reader has made an itemset of it."""
    children: tuple["Control", ...] = ()
    count: Formula | None = None
    fixed: bool = False
    """Whether rows may not be added or taken out by hand."""
    media_type: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    """Attributes such as `start`, `end`, `step` of a range, `rows`, `autoplay`."""
    attributes: Mapping[str, str] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<Control {self.kind} {'/'.join(self.path or ())}>"


@dataclass(frozen=True, slots=True)
class Action:
    """`setvalue`: at `events`, the nodes at `target` get the value. `source` is where it stands in the form."""

    events: frozenset[str]
    target: TemplatePath
    value: Formula | None
    text: str
    source: TemplatePath | None
    places: Formula | None = None
    """The target as an expression, when it names rows."""


@dataclass(slots=True, eq=False, repr=False)
class Form:
    """A form, ready to be filled in. `languages` are Babel's tags, in the order of the form.

    Its parts point at each other, so it says no more of itself than its name: all of it would be gigabytes.
    """

    id: str
    version: str
    title: str
    languages: tuple[str, ...]
    default_language: str | None
    root: Node
    """The instance as it stands at the start; sessions work on copies."""
    shapes: Mapping[TemplatePath, Shape]
    rows: frozenset[TemplatePath]
    binds: Mapping[TemplatePath, Bind]
    body: tuple[Control, ...]
    controls: tuple[Control, ...]
    """All controls by number."""
    texts: "Texts"
    actions: tuple[Action, ...]
    instances: Mapping[str, Callable[[], Node | None]]
    """Secondary instances, each read when it is first asked."""
    graph: "Graph"
    metadata: Mapping[str, str]
    """fk attributes of the model and the instance's root."""
    attributes: Mapping[str, str]
    """Attributes of the primary instance's root, prefixes as written."""
    namespaces: Mapping[str, str]
    problems: tuple[Problem, ...]
    missing_files: tuple[str, ...]
    missing_lists: Mapping[str, str]
    """Names of secondary instances whose file is missing, and the file's name."""
    unsupported: tuple[str, ...]
    """What the form asks for and this version does not do yet, by name."""
    encrypted: bool
    """Whether the form asks for ODK's own encryption, which is not used (`design/forms.md`)."""
    formulas: "Formulas"
    """Compiles the expressions inside translated texts when those are first shown."""

    def __repr__(self) -> str:
        return f"<Form {self.id} {self.version}>"
