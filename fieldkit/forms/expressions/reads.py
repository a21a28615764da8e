"""The read set of an expression: what must change for its worth to change.

1. A read is (path, apex, kind). Only readers that share the changed node's ancestor at depth `apex` are asked.
2. VALUE: the text or relevance of nodes at the path. STRUCTURE: which rows there are at the path.
   PLACE: the number of the row at the path. BELOW: anything at the path or under it.
3. What cannot be told before the form runs is read as BELOW of the nearest ancestor that can.
4. Reads inside a secondary instance are none: it does not change. `/` and `current()` inside one are the form's.
"""

from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple, cast

from fieldkit.forms.expressions.functions import FUNCTIONS
from fieldkit.forms.expressions.paths import bare_name, below, plain_name, simple
from fieldkit.forms.expressions.scope import Scope, TemplatePath, shared_rows
from fieldkit.forms.expressions.syntax import (
    Call,
    Chain,
    Expression,
    Filter,
    Literal,
    Negate,
    Path,
    Reference,
    Step,
)

_NAME_A_LIST = frozenset({"instance", "pulldata", "fk:search"})


class Kind(IntEnum):
    """What of a path is read (rule 2)."""

    VALUE = 0
    STRUCTURE = 1
    PLACE = 2
    BELOW = 3


class Read(NamedTuple):
    """One read; `apex` counts steps from the root."""

    path: TemplatePath
    apex: int
    kind: Kind


@dataclass(slots=True)
class ReadSet:
    """Everything an expression depends on."""

    reads: set[Read] = field(default_factory=set)
    own: set[Read] = field(default_factory=set)
    """Reads through `current()` inside predicates: the reader's own rows, whatever rows are looked at."""
    texts: bool = False
    """Whether the language of the form matters (`jr:itext`, `jr:choice-name`)."""
    changing: bool = False
    """Whether clock or chance are asked."""
    choices_of: list[Expression] = field(default_factory=list)
    """Second arguments of `jr:choice-name`: the questions whose lists are asked."""
    calls: list[Call] = field(default_factory=list)
    references: set[str] = field(default_factory=set)
    instances: set[str] = field(default_factory=set)
    """Secondary instances named by `instance('…')` and `pulldata('…')`."""


def reads_of(tree: Expression, scope: Scope) -> ReadSet:
    """The read set of `tree` in `scope`."""
    found = ReadSet()
    _read(tree, scope, found)
    found.reads |= found.own
    return found


def _read_predicates(predicates: list[Expression], scope: Scope, apex: int, found: ReadSet) -> None:
    """What predicates read of the nodes they look at: all of those below `apex`, not only the reader's own."""
    for predicate in predicates:
        inside = ReadSet()
        _read(predicate, scope, inside)
        found.reads |= {Read(path, min(depth, apex), kind) for path, depth, kind in inside.reads}
        found.own |= inside.own
        found.texts = found.texts or inside.texts
        found.changing = found.changing or inside.changing
        found.choices_of += inside.choices_of
        found.calls += inside.calls
        found.references |= inside.references
        found.instances |= inside.instances


def template_of(path: Path, scope: Scope) -> tuple[TemplatePath, int] | None:
    """The template path of a path whose steps are all plain, and its apex; else None."""
    start = _start(path, scope)
    if start is None:
        return None
    template, apex, steps = start
    for step in steps:
        if step.predicates:
            return None
        further = below(template, step)
        if further is None or plain_name(step) is None:
            return None
        template = further
    return template, apex


def _start(path: Path, scope: Scope) -> tuple[TemplatePath, int, list[Step]] | None:
    """(template so far, apex, the steps left) of a path in the form; None for one that starts elsewhere."""
    if isinstance(path.start, str):
        return _absolute(path, scope)
    context: TemplatePath | None
    if path.start is None:
        context = None if scope.foreign else scope.context
    elif isinstance(path.start, Call) and path.start.name == "current":
        context = scope.origin
    else:
        return None
    if context is None:
        return None
    at, depth = 0, len(context)
    while at < len(path.steps):
        if simple(path.steps[at], "parent"):
            depth -= 1
        elif not simple(path.steps[at], "self"):
            break
        at += 1
    if depth < 0:
        return None
    return context[:depth], depth, path.steps[at:]


def _absolute(path: Path, scope: Scope) -> tuple[TemplatePath, int, list[Step]]:
    names: list[str] = []
    for step in path.steps:
        name = bare_name(step)
        if name is None:
            break
        names.append(name)
    free = next((at for at, step in enumerate(path.steps) if step.predicates), len(path.steps))
    base = scope.origin if scope.foreign else scope.context
    padded = tuple(names) + ("",) * (len(path.steps) - len(names))
    apex = shared_rows(padded, base, scope.rows, free)
    return tuple(names[:apex]), apex, path.steps[apex:]


def _read(tree: Expression, scope: Scope, found: ReadSet) -> None:
    match tree:
        case Path():
            _read_path(tree, scope, found)
        case Chain(first, rest):
            _read(first, scope, found)
            for _, operand in rest:
                _read(operand, scope, found)
        case Negate(operand):
            _read(operand, scope, found)
        case Filter(base, predicates):
            _read(base, scope, found)
            _read_predicates(predicates, _inside(base, scope), 0, found)
        case Call():
            _read_call(tree, scope, found)
        case Reference(name):
            found.references.add(name)
        case _:
            pass


def _inside(base: Expression, scope: Scope) -> Scope:
    if isinstance(base, Call) and base.name == "instance":
        return scope.inside_foreign()
    if isinstance(base, Path):
        placed = template_of(base, scope)
        return scope.at(placed[0] if placed else None)
    return scope.at(None)


def _read_path(path: Path, scope: Scope, found: ReadSet, last: Kind = Kind.VALUE) -> None:
    start = _start(path, scope)
    if start is None:
        _read_elsewhere(path, scope, found)
        return
    template, apex, steps = start
    mine = found.own if isinstance(path.start, Call) else found.reads  # a start that is a call is `current()`
    for at, step in enumerate(steps):
        further = below(template, step)
        if further is None or (bare_name(step) is None and not _self(step)):
            _read_unknown(template, apex, steps[at:], further, scope, found)
            return
        template = further
        if template in scope.rows and len(template) > apex:
            mine.add(Read(template, apex, Kind.STRUCTURE))
        _read_predicates(step.predicates, scope.at(template), apex, found)
    if template:
        mine.add(Read(template, min(apex, len(template)), last))


def _self(step: Step) -> bool:
    return step.axis == "self" and step.test == "node()"


def _read_unknown(
    template: TemplatePath,
    apex: int,
    steps: list[Step],
    further: TemplatePath | None,
    scope: Scope,
    found: ReadSet,
) -> None:
    """Rule 3: a star, an axis that wanders, a search; siblings and parents are read from their parent on."""
    climbs = sum(
        1
        for step in steps
        if step.axis not in ("child", "attribute", "self", "descendant", "descendant-or-self")
    )
    base = template[: max(len(template) - climbs, 0)]
    found.reads.add(Read(base, min(apex, len(base)), Kind.BELOW))
    inner = scope.at(further)
    for step in steps:
        _read_predicates(step.predicates, inner, min(apex, len(base)), found)
        inner = scope.at(None)


def _read_elsewhere(path: Path, scope: Scope, found: ReadSet) -> None:
    start = path.start
    foreign = isinstance(start, Call) and start.name == "instance"
    inner = scope.inside_foreign() if foreign else scope.at(None)
    if start is not None and not isinstance(start, str):
        _read(start, scope, found)
    elif start is None and not scope.foreign:  # a relative path where nothing is known: inside a search
        found.reads.add(Read((), 0, Kind.BELOW))
    for step in path.steps:
        for predicate in step.predicates:
            _read(predicate, inner, found)


def _read_call(call: Call, scope: Scope, found: ReadSet) -> None:
    found.calls.append(call)
    function = FUNCTIONS.get(call.name)
    if function is not None and function.changes:
        found.changing = True
    if call.name in ("jr:itext", "jr:choice-name"):
        found.texts = True
    if call.name == "jr:choice-name" and len(call.arguments) == 2:
        found.choices_of.append(call.arguments[1])
    if call.name in _NAME_A_LIST and call.arguments:
        _name_instance(call, found)
    if call.name == "position" and call.arguments:
        _read_place(call.arguments[0], scope, found)
        return
    if call.name == "count" and isinstance(call.arguments[0] if call.arguments else None, Path):
        # how many there are, not what they say: a value in a row does not make rows be counted again
        _read_path(cast(Path, call.arguments[0]), scope, found, Kind.STRUCTURE)
        return
    if call.name == "indexed-repeat" and call.arguments:
        _read_indexed(call, scope, found)
        return
    bare = not call.arguments and function is not None and function.here
    if bare and scope.context and not scope.foreign:
        found.reads.add(Read(scope.context, len(scope.context), Kind.VALUE))
    for argument in call.arguments:
        _read(argument, scope, found)


def _name_instance(call: Call, found: ReadSet) -> None:
    first = call.arguments[0]
    if isinstance(first, Literal):
        found.instances.add(first.text)


def _read_place(tree: Expression, scope: Scope, found: ReadSet) -> None:
    """`position(..)`: the number of the row, not what stands in it."""
    if isinstance(tree, Path):
        start = _start(tree, scope)
        if start is not None and not start[2] and start[0]:
            found.reads.add(Read(start[0], len(start[0]) - 1, Kind.PLACE))
            return
    _read(tree, scope, found)


def _read_indexed(call: Call, scope: Scope, found: ReadSet) -> None:
    """The target in any row: its apex is above the outermost rows that are named."""
    depths: list[int] = []
    for group in call.arguments[1::2]:
        placed = template_of(group, scope) if isinstance(group, Path) else None
        if placed is not None:
            depths.append(len(placed[0]) - 1)
            found.reads.add(Read(placed[0], len(placed[0]) - 1, Kind.STRUCTURE))
    target = call.arguments[0]
    placed = template_of(target, scope) if isinstance(target, Path) else None
    if placed is None or not depths:
        found.reads.add(Read((), 0, Kind.BELOW))
    else:
        apex = min(*depths, placed[1]) if depths else placed[1]
        found.reads.add(Read(placed[0], apex, Kind.VALUE))
    for place in call.arguments[2::2]:
        _read(place, scope, found)
