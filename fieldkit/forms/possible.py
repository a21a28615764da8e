"""Whether a condition of a form can ever be true, or ever be false, without running the form.

1. The answer errs to "it can": only what is certain is called impossible.
2. Certain are: constants; a choice that its question does not offer; an answer of a question that is never
   shown; two choices at once of a question that takes one; a number above and below itself.
3. Conditions joined by `and` are looked at together for the last two; everything else counts as independent.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from fieldkit.forms.expressions.reads import Kind, reads_of
from fieldkit.forms.expressions.scope import Scope, TemplatePath
from fieldkit.forms.expressions.syntax import Call, Chain, Expression, Literal, Negate, Number, Path

_TURNED: Final = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_EVERYTHING: Final = float("inf")


class Can(NamedTuple):
    """Whether a condition can be true, and whether it can be false."""

    be_true: bool
    be_false: bool


UNKNOWN: Final = Can(True, True)
NEVER: Final = Can(False, True)
ALWAYS: Final = Can(True, False)


@dataclass(slots=True)
class Strange:
    """A value that is compared with a question whose list does not have it."""

    question: TemplatePath
    value: str


@dataclass(slots=True)
class Facts:
    """What is known about the form: lists of choices (None: unknown), and what is never shown."""

    offered: Callable[[TemplatePath], frozenset[str] | None]
    takes_one: Callable[[TemplatePath], bool]
    never_shown: frozenset[TemplatePath] = frozenset()
    strange: list[Strange] = field(default_factory=list)


@dataclass(slots=True)
class _Bounds:
    """What one `and` says of one question."""

    equal: set[str] = field(default_factory=set)
    low: float = -_EVERYTHING
    high: float = _EVERYTHING
    is_open_below: bool = False  # the bound itself is not part of the range
    is_open_above: bool = False

    def is_empty(self) -> bool:
        numbers = [number for text in self.equal if (number := as_number(text)) is not None]
        outside = any(not self.low <= number <= self.high for number in numbers)
        is_open = self.is_open_below or self.is_open_above
        return self.low > self.high or (self.low == self.high and is_open) or outside

    def take(self, sign: str, number: float) -> None:
        """One more bound; the narrower of two counts."""
        if sign in ("<", "<=") and number <= self.high:
            self.is_open_above = sign == "<" or (number == self.high and self.is_open_above)
            self.high = number
        elif sign in (">", ">=") and number >= self.low:
            self.is_open_below = sign == ">" or (number == self.low and self.is_open_below)
            self.low = number


def possible(tree: Expression, scope: Scope, facts: Facts) -> Can:
    """Rule 1 for a whole condition."""
    match tree:
        case Chain(first, rest) if rest[0][0] in ("and", "or"):
            parts = [first, *(operand for _, operand in rest)]
            found = [possible(part, scope, facts) for part in parts]
            if rest[0][0] == "or":
                return Can(any(c.be_true for c in found), all(c.be_false for c in found))
            together = all(c.be_true for c in found) and not _contradict(parts, scope, facts)
            return Can(together, any(c.be_false for c in found) or not together)
        case Chain(first, [(sign, second)]) if sign in _TURNED:
            return _compared(first, sign, second, scope, facts)
        case Call("not", [inner]):
            can = possible(inner, scope, facts)
            return Can(can.be_false, can.be_true)
        case Call("true", []):
            return ALWAYS
        case Call("false", []):
            return NEVER
        case Call("boolean", [inner]):
            return possible(inner, scope, facts)
        case Call("selected", [question, Literal(value)]):
            return _chosen(question, value, scope, facts)
        case Literal(text):
            return ALWAYS if text else NEVER
        case Number(text):
            return ALWAYS if as_number(text) else NEVER
        case Path():
            path = question_at(tree, scope)
            return NEVER if path in facts.never_shown else UNKNOWN
        case _:
            return UNKNOWN


def question_at(tree: Expression, scope: Scope) -> TemplatePath | None:
    """The one question that a path reads, without conditions on the way."""
    if not isinstance(tree, Path) or any(step.predicates for step in tree.steps):
        return None
    reads = [read for read in reads_of(tree, scope).reads if read.kind is Kind.VALUE]
    return reads[0].path if len(reads) == 1 else None


def as_number(text: str) -> float | None:
    """The number that a text spells."""
    try:
        return float(text)
    except ValueError:
        return None


def _constant(tree: Expression) -> str | None:
    match tree:
        case Literal(text) | Number(text):
            return text
        case Negate(Number(text)):
            return f"-{text}"
        case _:
            return None


def _compared(first: Expression, sign: str, second: Expression, scope: Scope, facts: Facts) -> Can:
    one, other = _constant(first), _constant(second)
    if one is not None and other is not None:
        return ALWAYS if _holds(one, sign, other) else NEVER
    if one is not None:
        return _compared(second, _TURNED[sign], first, scope, facts)
    path = question_at(first, scope)
    if other is None or path is None:
        return UNKNOWN
    if path in facts.never_shown:
        return ALWAYS if _holds("", sign, other) else NEVER
    if sign in ("=", "!=") and other and not _offers(path, other, facts):
        return NEVER if sign == "=" else ALWAYS
    return UNKNOWN


def _chosen(question: Expression, value: str, scope: Scope, facts: Facts) -> Can:
    path = question_at(question, scope)
    if path is None or not value:
        return UNKNOWN
    return NEVER if path in facts.never_shown or not _offers(path, value, facts) else UNKNOWN


def _offers(path: TemplatePath, value: str, facts: Facts) -> bool:
    """Whether a question offers a value; what it does not offer is kept for the author."""
    offered = facts.offered(path)
    number = as_number(value)
    if offered is None or value in offered or (not facts.takes_one(path) and " " in value):
        return True
    if number is not None and any(as_number(name) == number for name in offered):
        return True
    facts.strange.append(Strange(path, value))
    return False


def _holds(one: str, sign: str, other: str) -> bool:
    first, second = as_number(one), as_number(other)
    if sign in ("=", "!="):
        same = first == second if first is not None and second is not None else one == other
        return same if sign == "=" else not same
    if first is None or second is None:
        return False
    return {"<": first < second, "<=": first <= second, ">": first > second, ">=": first >= second}[sign]


def _contradict(parts: list[Expression], scope: Scope, facts: Facts) -> bool:
    """Rule 2, the last two: what the parts of one `and` say of each question."""
    said: dict[TemplatePath, _Bounds] = {}
    for path, sign, value in _said(parts, scope):
        bounds = said.setdefault(path, _Bounds())
        number = as_number(value)
        if sign == "=" and value:
            bounds.equal.add(value)
        elif number is not None:
            bounds.take(sign, number)
    return any(bounds.is_empty() or len(bounds.equal) > 1 for bounds in said.values())


def _said(parts: list[Expression], scope: Scope) -> Iterator[tuple[TemplatePath, str, str]]:
    for part in parts:
        match part:
            case Chain(first, rest) if rest[0][0] == "and":
                yield from _said([first, *(operand for _, operand in rest)], scope)
            case Chain(first, [(sign, second)]) if sign in _TURNED:
                one, other = _constant(first), _constant(second)
                path = question_at(second if one is not None else first, scope)
                value = one if one is not None else other
                if path is not None and value is not None:
                    yield path, _TURNED[sign] if one is not None else sign, value
            case _:
                continue
