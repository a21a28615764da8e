r"""Patterns of `regex()`, matched in time that grows with the text and no faster.

Patterns come with forms, and Python's own matcher tries every way a text could match: the widespread
`([a-z]+ ?)+` takes it sixteen seconds for thirty letters and one digit. So:

1. A pattern that can match one text in one way only goes to Python's matcher.
2. One with choices inside a repetition, or several repetitions and a long text, becomes an automaton that is in all
   its states at once (Thompson, "Regular expression search algorithm", 1968).
3. What no automaton can do (an earlier group again, a look ahead) is tried on SHORT texts and told on longer ones.
4. `\p{L}` and its kin, which Java and so JavaRosa know and Python does not, are known here too.
"""

import importlib
import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from fieldkit.forms.expressions.faults import EvaluationFault

MAX_MATCHED = 20_000
"""Characters of a text that are looked at."""
SHORT = 24
"""Characters of a text for which a pattern may try every way."""
LONG = 200
"""Characters beyond which two repetitions one behind the other are too many for rule 1."""
MAX_STATES = 4_000
_MANY = 10
"""Repetitions from which on a bounded one counts like an unbounded one."""

Test = Callable[[str], bool]
Step = tuple[str, Any, Any]
_PROPERTY = re.compile(r"\\([pP])\{(?:\^)?([A-Za-z]+)\}")
_MARKS = 0xF0000  # private use: no text of a form has these
_parser: Any = importlib.import_module("re._parser")
_names: Any = importlib.import_module("re._constants")


class _NoAutomaton(Exception):
    """Rule 3."""


@lru_cache(maxsize=256)
def matcher(pattern: str) -> Test:
    """Whether a whole text matches `pattern`. Raises EvaluationFault `expression.pattern`, here or when asked."""
    marked, properties = _marked(pattern)
    try:
        whole, tree = re.compile(marked), _parser.parse(marked)
    except (re.error, RecursionError, OverflowError) as error:
        raise EvaluationFault("expression.pattern", pattern=pattern[:60]) from error
    repeats = _repeats(tree)
    if not properties and repeats == 0:
        return lambda text: whole.fullmatch(text[:MAX_MATCHED]) is not None
    try:
        automaton = _Automaton(tree, properties)
    except (_NoAutomaton, RecursionError):
        return _patient(whole, pattern, SHORT if repeats > 1 or properties else LONG)
    if properties or repeats > 1:
        return lambda text: automaton.matches(text[:MAX_MATCHED])
    return lambda text: (
        whole.fullmatch(text) is not None if len(text) <= LONG else automaton.matches(text[:MAX_MATCHED])
    )


def _patient(whole: re.Pattern[str], pattern: str, most: int) -> Test:
    def match(text: str) -> bool:
        if len(text) > most:
            raise EvaluationFault("expression.pattern", pattern=pattern[:60])
        return whole.fullmatch(text) is not None

    return match


def _repeats(tree: Iterable[Any], inside: bool = False) -> int:
    """0: one way only; 1: several repetitions one behind the other; 2: choices inside a repetition."""
    found, beside = 0, 0
    for operator, argument in tree:
        name = str(operator)
        if name in ("MAX_REPEAT", "MIN_REPEAT"):
            least, most, below = argument
            if inside and least != most:
                return 2
            wide = most >= _MANY and least != most
            beside += wide
            found = max(found, _repeats(below, inside or most >= _MANY))
        elif name == "BRANCH":
            if inside:
                return 2
            found = max(found, *(_repeats(one, inside) for one in argument[1]))
        elif name == "SUBPATTERN":
            found = max(found, _repeats(argument[3], inside))
        elif name in ("ASSERT", "ASSERT_NOT"):
            found = max(found, _repeats(argument[1], inside))
    return max(found, 1 if beside > 1 else 0)


# ---- the automaton ---------------------------------------------------------------------------------------


class _Automaton:
    """Steps: ("char", test, next), ("fork", one, other), ("at", test of a place, next), ("end",)."""

    def __init__(self, tree: Any, properties: list[Test]) -> None:
        self.properties = properties
        self.steps: list[Step] = []
        end = self._add("end", None, None)
        self.start = self._sequence(tree, end, tree.state.flags)

    def _add(self, kind: str, one: Any, other: Any) -> int:
        if len(self.steps) >= MAX_STATES:
            raise _NoAutomaton
        self.steps.append((kind, one, other))
        return len(self.steps) - 1

    def _sequence(self, tree: Iterable[Any], then: int, flags: int) -> int:
        for operator, argument in reversed(list(tree)):
            then = self._one(str(operator), argument, then, flags)
        return then

    def _one(self, name: str, argument: Any, then: int, flags: int) -> int:
        match name:
            case "BRANCH":
                ways = [self._sequence(one, then, flags) for one in argument[1]]
                first = ways[-1]
                for way in reversed(ways[:-1]):
                    first = self._add("fork", way, first)
                return first
            case "SUBPATTERN":
                return self._sequence(argument[3], then, (flags | argument[1]) & ~argument[2])
            case "MAX_REPEAT" | "MIN_REPEAT":
                least, most, below = argument
                return self._repeat(least, most, below, then, flags)
            case "AT":
                return self._add("at", _place(str(argument), flags), then)
            case _:
                return self._add("char", self._test(name, argument, flags), then)

    def _repeat(self, least: int, most: int, tree: Any, then: int, flags: int) -> int:
        if most == _names.MAXREPEAT:
            fork = self._add("fork", None, then)
            self.steps[fork] = ("fork", self._sequence(tree, fork, flags), then)
            then = fork
        else:
            behind = then
            for _ in range(most - least):
                then = self._add("fork", self._sequence(tree, then, flags), behind)
        for _ in range(least):
            then = self._sequence(tree, then, flags)
        return then

    def _test(self, name: str, argument: Any, flags: int) -> Test:
        fold = bool(flags & re.IGNORECASE)
        match name:
            case "LITERAL":
                mark: int = argument - _MARKS
                known = 0 <= mark < len(self.properties)
                return self.properties[mark] if known else _literal(chr(argument), fold)
            case "NOT_LITERAL":
                literal = self._test("LITERAL", argument, flags)
                return lambda letter: not literal(letter)
            case "ANY":
                return (lambda _: True) if flags & re.DOTALL else (lambda letter: letter != "\n")
            case "IN":
                return self._class(argument, flags)
            case "RANGE":
                low, high = chr(argument[0]), chr(argument[1])
                if fold:
                    return lambda one: any(low <= x <= high for x in (one, one.lower(), one.upper()))
                return lambda letter: low <= letter <= high
            case "CATEGORY" if str(argument) in _CATEGORIES:
                return _CATEGORIES[str(argument)]
            case _:
                raise _NoAutomaton

    def _class(self, items: Any, flags: int) -> Test:
        tests = [self._test(str(name), one, flags) for name, one in items if str(name) != "NEGATE"]
        if str(items[0][0]) == "NEGATE":
            return lambda letter: not any(test(letter) for test in tests)
        return tests[0] if len(tests) == 1 else lambda letter: any(test(letter) for test in tests)

    def matches(self, text: str) -> bool:
        """Whether the automaton is at its end when the text is."""
        states = self._closure([self.start], text, 0)
        for place, letter in enumerate(text, 1):
            onward = [
                then
                for kind, test, then in map(self.steps.__getitem__, states)
                if kind == "char" and test(letter)
            ]
            if not onward:
                return False
            states = self._closure(onward, text, place)
        return 0 in states

    def _closure(self, found: list[int], text: str, place: int) -> set[int]:
        """Everything that can be reached from `found` without another letter."""
        reached: set[int] = set()
        while found:
            state = found.pop()
            if state in reached:
                continue
            reached.add(state)
            kind, one, other = self.steps[state]
            if kind == "fork":
                found += [one, other]
            elif kind == "at" and one(text, place):
                found.append(other)
        return reached


def _literal(wanted: str, fold: bool) -> Test:
    if fold:
        wanted = wanted.lower()
        return lambda letter: letter.lower() == wanted
    return lambda letter: letter == wanted


def _is_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


_CATEGORIES: dict[str, Test] = {
    "CATEGORY_DIGIT": str.isdecimal,
    "CATEGORY_NOT_DIGIT": lambda letter: not letter.isdecimal(),
    "CATEGORY_SPACE": str.isspace,
    "CATEGORY_NOT_SPACE": lambda letter: not letter.isspace(),
    "CATEGORY_WORD": _is_word,
    "CATEGORY_NOT_WORD": lambda letter: not _is_word(letter),
}


def _place(name: str, flags: int) -> Callable[[str, int], bool]:
    lines = bool(flags & re.MULTILINE)
    match name:
        case "AT_BEGINNING":
            return lambda text, at: at == 0 or (lines and text[at - 1] == "\n")
        case "AT_BEGINNING_STRING":
            return lambda text, at: at == 0
        case "AT_END":
            return lambda text, at: at == len(text) or (text[at] == "\n" and (lines or at == len(text) - 1))
        case "AT_END_STRING":
            return lambda text, at: at == len(text)
        case "AT_BOUNDARY":
            return _at_boundary
        case "AT_NON_BOUNDARY":
            return lambda text, at: not _at_boundary(text, at)
        case _:
            raise _NoAutomaton


def _at_boundary(text: str, at: int) -> bool:
    return (at > 0 and _is_word(text[at - 1])) != (at < len(text) and _is_word(text[at]))


# ---- properties (rule 4) ---------------------------------------------------------------------------------

_POSIX: dict[str, Test] = {
    "Alpha": lambda letter: letter.isascii() and letter.isalpha(),
    "Digit": lambda letter: letter.isascii() and letter.isdecimal(),
    "Alnum": lambda letter: letter.isascii() and letter.isalnum(),
    "Upper": lambda letter: letter.isascii() and letter.isupper(),
    "Lower": lambda letter: letter.isascii() and letter.islower(),
    "Space": lambda letter: letter.isascii() and letter.isspace(),
    "Punct": lambda letter: (
        letter.isascii() and letter.isprintable() and not letter.isalnum() and letter != " "
    ),
    "IsAlphabetic": str.isalpha,
    "IsLetter": str.isalpha,
    "IsDigit": str.isdecimal,
}


def _marked(pattern: str) -> tuple[str, list[Test]]:
    """The pattern with a private letter for each property, and the tests these letters stand for."""
    tests: list[Test] = []

    def mark(match: re.Match[str]) -> str:
        test = _property(match[2])
        if test is None:
            return match[0]  # Python's parser refuses it
        tests.append(test if match[1] == "p" else lambda letter: not test(letter))
        return chr(_MARKS + len(tests) - 1)

    return _PROPERTY.sub(mark, pattern), tests


def _property(name: str) -> Test | None:
    """A general category (`L`, `Lu`), one of Java's classes, or a script (`IsArabic`), told by letters' names."""
    if name in _POSIX:
        return _POSIX[name]
    if len(name) <= 2 and name[0] in "LMNPSZC":
        return lambda letter: unicodedata.category(letter).startswith(name)
    if name.startswith(("Is", "In")) and len(name) > 3:
        script = name[2:].upper() + " "
        return lambda letter: unicodedata.name(letter, "").startswith(script)
    return None
