"""The condition of a question in words, for a paper that cannot hide what is not asked: "Only if 4 is: Yes".

What has no words here (arithmetic, a form's own functions) is told by the numbers of the questions it looks at,
so that nobody is sent past a question by a formula they cannot read.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from fieldkit.forms.expressions.syntax import Call, Chain, Expression, Literal, Negate, Number, Path
from fieldkit.forms.shapes import TemplatePath
from fieldkit.languages.marking import mark

Say = Callable[..., str]
"""Says a sentence of the interface in a language, its `{placeholders}` filled."""

IS, IS_NOT = mark("question {question} is: {answer}"), mark("question {question} is not: {answer}")
INCLUDES, LEAVES_OUT = (
    mark("question {question} includes: {answer}"),
    mark("question {question} does not include: {answer}"),
)
ANSWERED, EMPTY = mark("question {question} has an answer"), mark("question {question} has no answer")
MORE, LESS = (
    mark("question {question} is more than {answer}"),
    mark("question {question} is less than {answer}"),
)
AT_LEAST, AT_MOST = (
    mark("question {question} is {answer} or more"),
    mark("question {question} is {answer} or less"),
)
AND, OR = mark("{one} and {other}"), mark("{one} or {other}")
NOT = mark("not ({condition})")
LOOK = mark("depends on the answers to questions {questions}")

_COMPARED = {"=": IS, "!=": IS_NOT, ">": MORE, "<": LESS, ">=": AT_LEAST, "<=": AT_MOST}
_TURNED = {"=": "=", "!=": "!=", ">": "<", "<": ">", ">=": "<=", "<=": ">="}
_JOINED = {"and": AND, "or": OR}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a condition names it: how it is called on the paper, and its choices by value."""

    name: str
    choices: Mapping[str, str]


class Conditions:
    """Says conditions of one form. `ask` gives the question at a template path, or None for one not on paper."""

    def __init__(self, ask: Callable[[TemplatePath], Asked | None], say: Say) -> None:
        self._ask = ask
        self._say = say

    def in_words(self, tree: Expression, context: TemplatePath) -> str:
        """The condition that `tree` states at `context`; empty when it looks at nothing that is on the paper."""
        said = self._said(tree, context)
        if said is not None:
            return said
        found = dict.fromkeys(
            one.name for path in _paths(tree, context) if (one := self._ask(path)) is not None
        )
        return self._say(LOOK, questions=", ".join(found)) if found else ""

    def _said(self, tree: Expression, context: TemplatePath) -> str | None:
        match tree:
            case Chain(first, [(operator, other)]) if operator in _COMPARED:
                return self._compared(first, operator, other, context)
            case Chain(first, rest) if rest[0][0] in _JOINED:
                return self._joined(first, rest, context)
            case Call("selected", [question, Literal(value)]):
                return self._about(question, value, INCLUDES, context)
            case Call("not", [Call("selected", [question, Literal(value)])]):
                return self._about(question, value, LEAVES_OUT, context)
            case Call("not", [inner]):
                said = self._said(inner, context)
                return None if said is None else self._say(NOT, condition=said)
        return None

    def _joined(
        self, first: Expression, rest: list[tuple[str, Expression]], context: TemplatePath
    ) -> str | None:
        said = self._said(first, context)
        for operator, operand in rest:
            other = self._said(operand, context)
            if said is None or other is None:
                return None
            said = self._say(_JOINED[operator], one=said, other=other)
        return said

    def _compared(
        self, one: Expression, operator: str, other: Expression, context: TemplatePath
    ) -> str | None:
        if not isinstance(one, Path):
            one, operator, other = other, _TURNED[operator], one
        match other:
            case Literal(""):
                sentence = {"=": EMPTY, "!=": ANSWERED}.get(operator)
                return self._about(one, "", sentence, context) if sentence else None
            case Literal(text) | Number(text):
                return self._about(one, text, _COMPARED[operator], context)
            case Negate(Number(text)):
                return self._about(one, f"-{text}", _COMPARED[operator], context)
        return None

    def _about(self, question: Expression, value: str, sentence: str, context: TemplatePath) -> str | None:
        path = _path(question, context) if isinstance(question, Path) else None
        asked = self._ask(path) if path is not None else None
        if asked is None:
            return None
        return self._say(sentence, question=asked.name, answer=asked.choices.get(value, value))


def _path(path: Path, context: TemplatePath) -> TemplatePath | None:
    """The template path that a path of a form names; None for one with predicates or other axes."""
    found: list[str] = []
    if path.start is None:
        found = list(context)
    elif path.start != "/" and not (isinstance(path.start, Call) and path.start.name == "current"):
        return None
    elif path.start != "/":
        found = list(context)
    for step in path.steps:
        if step.predicates:
            return None
        if step.axis == "parent":
            found = found[:-1]
        elif step.axis == "child":
            found.append(step.test.rpartition(":")[2])
        elif step.axis != "self":
            return None
    return tuple(found)


def _paths(tree: Expression, context: TemplatePath) -> list[TemplatePath]:
    """Every path that an expression looks at, in the order in which they stand."""
    match tree:
        case Path():
            found = _path(tree, context)
            return [found] if found is not None else []
        case Call(_, arguments):
            return [path for argument in arguments for path in _paths(argument, context)]
        case Chain(first, rest):
            return [
                *_paths(first, context),
                *(path for _, operand in rest for path in _paths(operand, context)),
            ]
        case Negate(operand):
            return _paths(operand, context)
    return []
