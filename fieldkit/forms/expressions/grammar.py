"""From text to tree: one tokenizer, one recursive descent (XPath 1.0 of ODK XForms, and `${name}`).

1. Bounded: at most MAX_LENGTH characters and MAX_DEPTH levels of nesting; what is more is refused with a code.
2. Whether `*`, `and`, `or`, `div`, `mod` are operators or names depends on the token before (XPath 1.0, 3.7).
3. A number may not be followed by a letter except an operator's (`1mod2` is `1 mod 2`).
"""

import re
from typing import NamedTuple

from fieldkit.forms.expressions.faults import ExpressionFault
from fieldkit.forms.expressions.syntax import (
    PRECEDENCE,
    Call,
    Chain,
    Expression,
    Filter,
    Literal,
    Negate,
    Number,
    Path,
    Reference,
    Step,
)

MAX_LENGTH = 60_000
"""Characters. The longest expression of 400 real forms had 11,000."""
MAX_DEPTH = 120
"""Levels of brackets, calls and predicates inside one another."""

AXES = frozenset(
    {
        "ancestor",
        "ancestor-or-self",
        "attribute",
        "child",
        "descendant",
        "descendant-or-self",
        "following",
        "following-sibling",
        "namespace",
        "parent",
        "preceding",
        "preceding-sibling",
        "self",
    }
)
NODE_TYPES = frozenset({"node", "text", "comment", "processing-instruction"})

_NAME = r"[^\W\d][\w.\-]*"
_TOKEN = re.compile(
    rf"""\s*(?:
      (?P<number>\d+(?:\.\d*)?|\.\d+)
    | (?P<literal>"[^"]*"|'[^']*')
    | (?P<reference>\$\{{\s*[^\s{{}}]+\s*\}})
    | (?P<name>{_NAME}(?::(?!:)(?:{_NAME}|\*))?)
    | (?P<symbol>//|::|\.\.|<=|>=|!=|[()\[\].@,/|+\-=<>*])
    )""",
    re.VERBOSE,
)
_WORDS = frozenset({"and", "or", "div", "mod"})
_GLUED = re.compile(r"(and|or|div|mod)(\d+(?:\.\d*)?|\.\d+)")
_CLOSERS = frozenset({")", "]", ".", ".."})


class Token(NamedTuple):
    """`kind` is number, literal, reference, name, symbol, operator, star or end; `at` counts from 0."""

    kind: str
    text: str
    at: int


def tokens(text: str) -> list[Token]:
    """The tokens of `text`. Raises ExpressionFault `expression.too_long` or `expression.syntax`."""
    if len(text) > MAX_LENGTH:
        raise ExpressionFault("expression.too_long", length=len(text), limit=MAX_LENGTH)
    found: list[Token] = []
    match, make = _TOKEN.match, Token
    at, end = 0, len(text.rstrip())
    after_operand = False  # rule 2
    while at < end:
        one = match(text, at)
        if one is None:
            raise ExpressionFault("expression.syntax", at=at + 1)
        kind: str = one.lastgroup  # type: ignore[assignment]  # one of the groups has matched
        word, start, at = one[kind], one.start(kind), one.end()
        if kind == "symbol":
            if word == "*":
                kind = "operator" if after_operand else "star"
            elif word in PRECEDENCE:
                kind = "operator"
            after_operand = kind == "star" or word in _CLOSERS
        elif kind == "name" and after_operand and word in _WORDS:
            kind, after_operand = "operator", False
        else:
            after_operand = True
        found.append(make(kind, word, start))
    found.append(Token("end", "", end))
    return found


def parse(text: str) -> Expression:
    """The tree of `text`. Raises ExpressionFault with the character, from 1, at which it cannot be read."""
    try:
        return _Parser(_split_words(tokens(text))).whole()
    except RecursionError as error:  # predicates take more of the stack than brackets
        raise ExpressionFault("expression.too_deep", limit=MAX_DEPTH) from error


def _split_words(found: list[Token]) -> list[Token]:
    """Rule 3: after an operand a name that begins with an operator's word is that operator and the rest.

    Only `1mod2` and `1div2` need it: there is no other place where two operands may stand side by side.
    """
    split: list[Token] = []
    for token in found:
        before = split[-1] if split else None
        if token.kind == "name" and before is not None and before.kind in ("number", "literal"):
            glued = _GLUED.fullmatch(token.text)
            if glued is not None:
                word, rest = glued.groups()
                split += [Token("operator", word, token.at), Token("number", rest, token.at + len(word))]
                continue
        split.append(token)
    return split


class _Parser:
    def __init__(self, found: list[Token]) -> None:
        self.found = found
        self.next = 0
        self.depth = 0

    def whole(self) -> Expression:
        expression = self.chain(1)
        if self.found[self.next].kind != "end":
            self.refuse()
        return expression

    def refuse(self) -> None:
        raise ExpressionFault("expression.syntax", at=self.found[self.next].at + 1)

    def take(self, text: str) -> bool:
        token = self.found[self.next]
        if token.text == text and token.kind in ("symbol", "operator"):
            self.next += 1
            return True
        return False

    def need(self, text: str) -> None:
        if not self.take(text):
            self.refuse()

    def nested(self) -> Expression:
        """An expression one level deeper."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ExpressionFault("expression.too_deep", limit=MAX_DEPTH)
        expression = self.chain(1)
        self.depth -= 1
        return expression

    def chain(self, lowest: int) -> Expression:
        """Operands joined by operators of `lowest` precedence or higher (precedence climbing)."""
        left = self.unary() if lowest < 8 else self.path()
        while True:
            token = self.found[self.next]
            if token.kind != "operator" or PRECEDENCE[token.text] < lowest:
                return left
            left = self.level(left, PRECEDENCE[token.text])

    def level(self, first: Expression, level: int) -> Expression:
        rest: list[tuple[str, Expression]] = []
        while True:
            token = self.found[self.next]
            if token.kind != "operator" or PRECEDENCE[token.text] != level:
                return Chain(first, rest)
            self.next += 1
            rest.append((token.text, self.chain(level + 1)))

    def unary(self) -> Expression:
        signs = 0
        while self.take("-"):
            signs += 1
        operand = self.chain(8)
        if signs > MAX_DEPTH:
            raise ExpressionFault("expression.too_deep", limit=MAX_DEPTH)
        for _ in range(signs):
            operand = Negate(operand)
        return operand

    def path(self) -> Expression:
        if self.take("//"):
            return Path("/", [_anywhere(), *self.steps()])
        if self.take("/"):
            return Path("/", self.steps() if self.at_step() else [])
        if not self.at_primary():
            return Path(None, self.steps())
        base = self.primary()
        predicates = self.predicates()
        if predicates:
            base = Filter(base, predicates)
        if self.take("//"):
            return Path(base, [_anywhere(), *self.steps()])
        return Path(base, self.steps()) if self.take("/") else base

    def at_primary(self) -> bool:
        token = self.found[self.next]
        if token.kind == "name":
            follows = self.found[self.next + 1].text
            return follows == "(" and token.text not in NODE_TYPES
        return token.kind in ("number", "literal", "reference") or token.text == "("

    def at_step(self) -> bool:
        token = self.found[self.next]
        return token.kind in ("name", "star") or token.text in (".", "..", "@")

    def primary(self) -> Expression:
        token = self.found[self.next]
        self.next += 1
        if token.kind == "number":
            return Number(token.text)
        if token.kind == "literal":
            return Literal(token.text[1:-1])
        if token.kind == "reference":
            return Reference(token.text[2:-1].strip())
        if token.kind == "name":
            return Call(token.text, self.arguments())
        inner = self.nested()
        self.need(")")
        return inner

    def arguments(self) -> list[Expression]:
        self.need("(")
        found: list[Expression] = []
        if self.take(")"):
            return found
        while True:
            found.append(self.nested())
            if self.take(")"):
                return found
            self.need(",")

    def predicates(self) -> list[Expression]:
        found: list[Expression] = []
        while self.take("["):
            found.append(self.nested())
            self.need("]")
        return found

    def steps(self) -> list[Step]:
        found = [self.step()]
        while True:
            if self.take("//"):
                found += [_anywhere(), self.step()]
            elif self.take("/"):
                found.append(self.step())
            else:
                return found

    def step(self) -> Step:
        if self.take(".."):
            return Step("parent", "node()", self.predicates())
        if self.take("."):
            return Step("self", "node()", self.predicates())
        axis = "child"
        if self.take("@"):
            axis = "attribute"
        elif self.found[self.next].text in AXES and self.found[self.next + 1].text == "::":
            axis = self.found[self.next].text
            self.next += 2
        return Step(axis, self.test(), self.predicates())

    def test(self) -> str:
        token = self.found[self.next]
        if token.kind not in ("name", "star"):
            self.refuse()
        self.next += 1
        if token.text in NODE_TYPES and self.take("("):
            target = self.found[self.next]
            if target.kind == "literal":
                self.next += 1
            self.need(")")
            return f"{token.text}({target.text if target.kind == 'literal' else ''})"
        return token.text


def _anywhere() -> Step:
    return Step("descendant-or-self", "node()")
