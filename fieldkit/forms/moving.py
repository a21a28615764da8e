"""An interview moved to another version of its form: what moves, what does not and why. Pure: nothing is kept here.

1. A question is the same one when it stands at the same place, or when its name stands once in either version and
   in repeats of the same names. Another name is another question: nothing is guessed.
2. Every answer is told: it moved, it moved and wants to be looked at, or it was left, with the reason.
3. What was empty stays empty: a default of the newer version never answers what was asked and left open.
4. The steps that move an interview can be done again, and give the same form.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from fieldkit.domain.errors import ProgramFault
from fieldkit.forms.definition import Form
from fieldkit.forms.nodes import Node
from fieldkit.forms.session import Session
from fieldkit.forms.shapes import Shape, TemplatePath

_CHOSEN = frozenset({"select", "select1", "rank"})
_MAX_ROUNDS = 3
"""How often answers that the form itself changed are put in again."""


class Outcome(StrEnum):
    """What became of an answer."""

    MOVED = "moved"
    LOOK = "look"
    LEFT = "left"


class Reason(StrEnum):
    """Why an answer was left, or wants to be looked at."""

    NONE = ""
    GONE = "gone"
    OTHER_REPEAT = "other repeat"
    OTHER_KIND = "other kind"
    WORKED_OUT = "worked out"
    CHOICE_GONE = "choice gone"
    ROW_GONE = "row gone"
    OTHER_PLACE = "other place"
    REFUSED = "refused"
    NOT_RELEVANT = "not relevant"


class What(StrEnum):
    """A step in the running form."""

    SET = "set"
    MARK = "mark"
    ADD_ROW = "add row"
    REMOVE_ROW = "remove row"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do in the newer version; `ref` as `Session` takes it."""

    what: What
    ref: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it stands in the older version; `faulty` when that version already finds fault with it."""

    ref: str
    path: TemplatePath
    value: str
    mark: str
    relevant: bool
    faulty: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of one answer. `kept` is what stands in the newer version at `to`; empty `to`: nowhere."""

    ref: str
    value: str
    mark: str
    outcome: Outcome
    reason: Reason = Reason.NONE
    to: str = ""
    kept: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Every answer once, in the order of the older version, and the steps that were done."""

    answers: tuple[Moved, ...]
    steps: tuple[Step, ...]

    def of(self, outcome: Outcome) -> tuple[Moved, ...]:
        """The answers with this outcome."""
        return tuple(one for one in self.answers if one.outcome is outcome)


def answers_of(session: Session, marks: Mapping[str, str]) -> Iterator[Answer]:
    """What was answered in a running form, open questions included; what it works out itself is left out."""
    for node in _leaves(session.state.root):
        shape = node.shape
        assert shape is not None
        if _is_its_own(session.form, shape) or (shape.control is None and not node.value):
            continue
        ref = session.ref(node)
        value = session.typed(ref)
        fault = session.fault(ref)
        wrong = fault is not None and fault.why != "required"
        yield Answer(ref, shape.path, value, "" if value else marks.get(ref, ""), node.active, wrong)


def move(old: Session, marks: Mapping[str, str], new: Session) -> Report:
    """Put the answers of `old` into `new`, a fresh session of another version. `marks` by concrete path."""
    answers = tuple(answers_of(old, marks))
    mover = _Mover(old, new)
    mover.make_rows(old)
    mover.put_in(answers)
    return Report(tuple(mover.told(one) for one in answers if one.value or one.mark), tuple(mover.steps))


class _Mover:
    """Does the steps in `new`, and remembers them."""

    def __init__(self, old: Session, new: Session) -> None:
        self.steps: list[Step] = []
        self._old = old
        self._new = new
        self._places = _Places(old.form, new.form)
        self._lost: dict[str, Reason] = {}
        self._to: dict[str, str] = {}

    def make_rows(self, old: Session) -> None:
        """As many rows as there were, where rows are added by hand; outer repeats first."""
        for parent, path, count in _repeats(old.state.root, old.form):
            target = self._places.repeat(path)
            if target is None:
                continue
            repeat = self._places.ref(f"{old.ref(parent)}/{path[-1]}", path, target)
            control = self._new.form.shapes[target].control
            if control is not None and control.count is None and not control.fixed:
                self._count_rows(repeat, count)

    def _count_rows(self, repeat: str, wanted: int) -> None:
        above, _, name = repeat.rpartition("/")
        try:
            parent = self._new.node(above)
        except ProgramFault:
            return  # the row it stands in is made by the form, and is not there
        held = len(parent.named.get(name, ()))
        for number in range(held, wanted, -1):
            self._do(Step(What.REMOVE_ROW, f"{repeat}[{number}]"))
        for _ in range(held, wanted):
            self._do(Step(What.ADD_ROW, repeat))

    def put_in(self, answers: tuple[Answer, ...]) -> None:
        """Every answer that has a place, in the order of the newer form: what lists are filtered by comes first."""
        held = [(one, target) for one in answers if (target := self._target(one))]
        held.sort(key=lambda pair: self._places.order(pair[1]))
        for _ in range(_MAX_ROUNDS):  # what is set may make rows, and may change what was set before
            for one, target in held:
                if self._is_there(target):
                    self._set(one, target)
        for one, target in held:
            if not self._is_there(target):
                self._lost[one.ref] = Reason.ROW_GONE
                continue
            self._to[one.ref] = target
            self._drop_lost_choices(one, target)
        for one, target in held:
            if one.mark and one.ref in self._to:
                self._do(Step(What.MARK, target, one.mark))

    def _target(self, one: Answer) -> str:
        path, reason = self._places.question(one.path)
        if path is None:
            self._lost[one.ref] = reason
            return ""
        if one.value and _kind(self._new.form.shapes[path]) != _kind(self._old.form.shapes[one.path]):
            self._lost[one.ref] = Reason.OTHER_KIND
            return ""
        return self._places.ref(one.ref, one.path, path)

    def _is_there(self, target: str) -> bool:
        try:
            self._new.node(target)
        except ProgramFault:
            return False
        return True

    def _set(self, one: Answer, target: str) -> None:
        if self._differs(one, target):
            self._do(Step(What.SET, target, one.value))

    def _differs(self, one: Answer, target: str) -> bool:
        held = self._new.typed(target)
        if self._control_kind(target) == "select":  # the order of the choices is the list's
            return set(held.split()) != set(one.value.split())
        return held != one.value

    def _control_kind(self, target: str) -> str:
        shape = self._new.node(target).shape
        return shape.control.kind if shape is not None and shape.control is not None else ""

    def _drop_lost_choices(self, one: Answer, target: str) -> None:
        """What its list does not offer any more is taken out, and told."""
        kind = self._control_kind(target)
        if not one.value or kind not in _CHOSEN:
            return
        if not self._new.is_relevant(target):
            return  # a list that is filtered by what is not asked offers nothing: that says nothing of the choice
        offered = set(self._new.offered_values(target))
        chosen = [one.value] if kind == "select1" else one.value.split()
        kept = [value for value in chosen if value in offered]
        if len(kept) == len(chosen):
            return
        self._lost[one.ref] = Reason.CHOICE_GONE
        self._do(Step(What.SET, target, "" if kind == "rank" else " ".join(kept)))

    def told(self, one: Answer) -> Moved:
        """What became of one answer (rule 2)."""
        target = self._to.get(one.ref, "")
        kept = self._new.typed(target) if target and one.value else ""
        reason = self._lost.get(one.ref)
        if reason is None and one.value and self._differs(one, target):
            reason = Reason.CHOICE_GONE if self._control_kind(target) in _CHOSEN else Reason.WORKED_OUT
        if reason is not None:
            return Moved(one.ref, one.value, one.mark, Outcome.LEFT, reason, target, kept)
        look = self._look(one, target)
        outcome = Outcome.LOOK if look is not Reason.NONE else Outcome.MOVED
        return Moved(one.ref, one.value, one.mark, outcome, look, target, kept)

    def _look(self, one: Answer, target: str) -> Reason:
        if one.relevant and not self._new.is_relevant(target):
            return Reason.NOT_RELEVANT
        fault = self._new.fault(target)
        if fault is not None and fault.why != "required" and not one.faulty:
            return Reason.REFUSED
        here = self._new.node(target).shape
        assert here is not None
        return Reason.OTHER_PLACE if here.path[1:] != one.path[1:] else Reason.NONE

    def _do(self, step: Step) -> None:
        take(self._new, step)
        self.steps.append(step)


def take(session: Session, step: Step) -> None:
    """Do one step in a running form; a mark has no place in it but empties the answer (rule 4)."""
    match step.what:
        case What.ADD_ROW:
            session.add_row(step.ref)
        case What.REMOVE_ROW:
            session.remove_row(step.ref)
        case What.SET:
            session.set_value(step.ref, step.value)
        case What.MARK:
            session.set_value(step.ref, "")


class _Places:
    """Where the questions and repeats of one version stand in the other (rule 1)."""

    def __init__(self, old: Form, new: Form) -> None:
        self._old, self._new = old, new
        self._old_names = Counter(path[-1] for path in _askable(old))
        self._new_names = Counter(path[-1] for path in _askable(new))
        self._by_name = {path[-1]: path for path in _askable(new)}
        self._order = {path: place for place, path in enumerate(new.shapes)}
        self._repeat_names = Counter(path[-1] for path in new.rows)
        self._repeats = {path[-1]: path for path in new.rows}

    def question(self, path: TemplatePath) -> tuple[TemplatePath | None, Reason]:
        """The same question in the newer version, or why there is none."""
        found = self._same(path)
        if found is None:
            return None, Reason.GONE
        if _rows_above(found, self._new) != _rows_above(path, self._old):
            return None, Reason.OTHER_REPEAT
        shape = self._new.shapes[found]
        if _is_its_own(self._new, shape):
            return None, Reason.WORKED_OUT
        return found, Reason.NONE

    def _same(self, path: TemplatePath) -> TemplatePath | None:
        here = (self._new.root.name, *path[1:])
        shape = self._new.shapes.get(here)
        if shape is not None and not shape.children and (shape.control is not None or not self._asks(path)):
            return here
        name = path[-1]
        if self._old_names[name] == 1 == self._new_names[name]:
            return self._by_name[name]
        return None

    def _asks(self, path: TemplatePath) -> bool:
        return self._old.shapes[path].control is not None

    def repeat(self, path: TemplatePath) -> TemplatePath | None:
        """The same repeat in the newer version, or None."""
        here = (self._new.root.name, *path[1:])
        found = here if here in self._new.rows else None
        if found is None and self._repeat_names[path[-1]] == 1:
            found = self._repeats[path[-1]]
        if found is None or _rows_above(found, self._new) != _rows_above(path, self._old):
            return None
        return found

    def ref(self, ref: str, path: TemplatePath, target: TemplatePath) -> str:
        """A concrete path of the older version as one of the newer: rows keep their numbers."""
        steps = ref.strip("/").split("/")
        numbers = [step.partition("[")[2] for step in steps if "[" in step]
        written: list[str] = []
        for depth, name in enumerate(target, 1):
            number = numbers.pop(0) if target[:depth] in self._new.rows and numbers else ""
            written.append(f"{name}[{number}" if number else name)
        return "/" + "/".join(written)

    def order(self, ref: str) -> tuple[tuple[int, int], ...]:
        """A key that sorts concrete paths of the newer version in document order."""
        place: list[tuple[int, int]] = []
        path: TemplatePath = ()
        for step in ref.strip("/").split("/"):
            name, _, number = step.partition("[")
            path = (*path, name)
            place.append((self._order.get(path, 0), int(number.rstrip("]") or 0)))
        return tuple(place)


def _leaves(node: Node) -> Iterator[Node]:
    for child in node.children:
        if child.namespace != node.namespace or child.name == "meta":
            continue  # names and times of the submission itself: each version makes its own
        if child.shape is None:
            continue
        if child.shape.children:
            yield from _leaves(child)
        else:
            yield child


def _repeats(node: Node, form: Form) -> Iterator[tuple[Node, TemplatePath, int]]:
    """Every repeat in every row: the node it stands in, its path, its number of rows; outer ones first."""
    shape = node.shape
    if shape is None:
        return
    for below in shape.children:
        rows = node.named.get(below.path[-1], ())
        if below.path in form.rows:
            yield node, below.path, len(rows)
        if below.children:
            for child in rows:
                yield from _repeats(child, form)


def _askable(form: Form) -> Iterator[TemplatePath]:
    """The questions of a form: leaves with a control."""
    for path, shape in form.shapes.items():
        if shape.control is not None and not shape.children and path not in form.rows:
            yield path


def _rows_above(path: TemplatePath, form: Form) -> tuple[str, ...]:
    return tuple(path[depth - 1] for depth in range(1, len(path)) if path[:depth] in form.rows)


def _is_its_own(form: Form, shape: Shape) -> bool:
    """Whether the form itself fills a place in: by calculation, as metadata, or as text that nobody changes."""
    bind = shape.bind
    if shape.rows is not None or shape.readonly:
        return True
    if bind is None:
        return False
    if bind.calculate is not None:
        return not bind.calculate.text.replace(" ", "").startswith("once(")
    return bind.preload is not None


def _kind(shape: Shape) -> tuple[str, str]:
    """How a question is answered: what can be carried over lies between equal ones only."""
    control = shape.control
    kind = control.kind if control is not None else ""
    chosen = kind in _CHOSEN
    text = shape.type in ("string", "select", "select1", "text", "")
    return kind, "" if chosen and text else shape.type
