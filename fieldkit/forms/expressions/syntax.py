"""The expression's tree, and its one spelling: `print_expression(parse(text))` parses to the same tree.

Chains of one level (`a or b or c`, `1 + 2 - 3`) are one node with many operands: long rules stay shallow.
"""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Number:
    """A number as written, such as `.5`."""

    text: str


@dataclass(slots=True)
class Literal:
    """Text between quotes."""

    text: str


@dataclass(slots=True)
class Reference:
    """`${name}` of XLSForm and of rules."""

    name: str


@dataclass(slots=True)
class Call:
    """A function call; `name` with its prefix, such as `jr:choice-name`."""

    name: str
    arguments: "list[Expression]"


@dataclass(slots=True)
class Negate:
    """`-x`."""

    operand: "Expression"


@dataclass(slots=True)
class Chain:
    """`first` followed by (operator, operand) of one level of precedence, from left to right."""

    first: "Expression"
    rest: "list[tuple[str, Expression]]"


@dataclass(slots=True)
class Step:
    """One step of a path. `test` is `name`, `prefix:name`, `*`, `prefix:*`, `node()`, `text()` …"""

    axis: str
    test: str
    predicates: "list[Expression]" = field(default_factory=list)


@dataclass(slots=True)
class Path:
    """A path. `start` is None (from the context), `"/"` (from the root) or an expression that gives nodes."""

    start: "Expression | str | None"
    steps: list[Step]


@dataclass(slots=True)
class Filter:
    """An expression with predicates, such as `instance('x')[1]`."""

    base: "Expression"
    predicates: "list[Expression]"


Expression = Number | Literal | Reference | Call | Negate | Chain | Path | Filter

_WHERE_IT_STANDS = frozenset(
    {"current", "once", "jr:choice-name", "randomize", "indexed-repeat", "lang", "id"}
)
"""Functions whose worth hangs on the node for which they are asked."""


def is_placeless(expression: Expression) -> bool:
    """Whether an expression surely means the same wherever it stands: absolute paths and plain calls alone."""
    match expression:
        case Call(name, arguments):
            alone = bool(arguments) or name in ("true", "false", "today", "now", "pi")
            return alone and name not in _WHERE_IT_STANDS and all(map(is_placeless, arguments))
        case Chain(first, rest):
            return is_placeless(first) and all(is_placeless(operand) for _, operand in rest)
        case Negate(operand):
            return is_placeless(operand)
        case Path(start, steps):
            return start == "/" and not any(step.predicates for step in steps)
        case _:
            return isinstance(expression, Number | Literal)


PRECEDENCE: dict[str, int] = {
    "or": 1,
    "and": 2,
    "=": 3,
    "!=": 3,
    "<": 4,
    "<=": 4,
    ">": 4,
    ">=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "div": 6,
    "mod": 6,
    "|": 8,
}
NEGATE = 7
PRIMARY = 9


def print_expression(expression: Expression) -> str:
    """The expression as text that parses to the same tree."""
    return _print(expression, 0)


def _print(expression: Expression, above: int) -> str:
    match expression:
        case Number(text):
            return text
        case Literal(text):
            return f"'{text}'" if "'" not in text else f'"{text}"'
        case Reference(name):
            return f"${{{name}}}"
        case Call(name, arguments):
            return f"{name}({', '.join(_print(argument, 0) for argument in arguments)})"
        case Negate(operand):
            return _wrap(f"-{_print(operand, NEGATE)}", NEGATE, above)
        case Chain(first, rest):
            return _print_chain(first, rest, above)
        case Path(start, steps):
            return _wrap(_print_path(start, steps), PRIMARY - 1, above)
        case Filter(base, predicates):
            return _print(base, PRIMARY) + _print_predicates(predicates)


def _print_chain(first: Expression, rest: list[tuple[str, Expression]], above: int) -> str:
    level = PRECEDENCE[rest[0][0]]
    parts = [_print(first, level + 1)]
    for operator, operand in rest:
        parts += [operator, _print(operand, level + 1)]
    return _wrap(" ".join(parts), level, above)


def _wrap(text: str, level: int, above: int) -> str:
    return f"({text})" if level < above else text


def _print_path(start: Expression | str | None, steps: list[Step]) -> str:
    written = "/".join(_print_step(step) for step in steps)
    if start is None:
        return written
    if isinstance(start, str):
        return start + written
    return f"{_print(start, PRIMARY)}/{written}"


def _print_step(step: Step) -> str:
    predicates = _print_predicates(step.predicates)
    if step.axis == "child":
        return step.test + predicates
    if step.axis == "attribute":
        return f"@{step.test}{predicates}"
    if step.test == "node()" and step.axis in ("self", "parent") and not predicates:
        return "." if step.axis == "self" else ".."
    return f"{step.axis}::{step.test}{predicates}"


def _print_predicates(predicates: list[Expression]) -> str:
    return "".join(f"[{_print(predicate, 0)}]" for predicate in predicates)
