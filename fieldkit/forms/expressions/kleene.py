"""Rules over facts, in three values (`protection.md` 1: silence is not safety).

1. A rule has the grammar and the functions of forms, with `${name}` for the codebook's names; no paths, no
   clock and no chance, so that the same answers always give the same verdict.
2. `and`, `or`, `not()`, `if()` are Kleene's. Anything else that reads a name which is unknown cannot be told.
3. A name may have several standing values. YES if any combination gives yes, NO only if every combination gives
   no. Beyond MAX_COMBINATIONS they are not all tried: then yes is searched for, and never is NO said.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product
from math import prod
from typing import Final

from fieldkit.domain.outcome import Verdict
from fieldkit.forms.expressions.compile import Compiler, check_call
from fieldkit.forms.expressions.environment import Environment
from fieldkit.forms.expressions.faults import EvaluationFault, ExpressionFault
from fieldkit.forms.expressions.functions import FUNCTIONS
from fieldkit.forms.expressions.grammar import parse
from fieldkit.forms.expressions.reads import ReadSet, reads_of
from fieldkit.forms.expressions.scope import Scope
from fieldkit.forms.expressions.syntax import Call, Chain, Expression, Filter, Negate, Path
from fieldkit.forms.nodes import DOCUMENT, Node

MAX_COMBINATIONS = 256
_OF_ROWS = "indexed-repeat"
"""A function that looks for the rows of a form. A rule has none (rule 1)."""
_PASSES = 3
"""How often the search beyond MAX_COMBINATIONS goes through all names."""


@dataclass(frozen=True, slots=True)
class Known:
    """The standing values of a name; several when interviews or rows differ."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """Not asked, skipped, declined, or answered with "not known"."""


UNKNOWN: Final = Unknown()
Lookup = Known | Unknown
Values = Mapping[str, str]
Test = Callable[[Values], Verdict]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a rule says, and the names it had to look at."""

    verdict: Verdict
    read: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A compiled rule. `names` are all the names in it."""

    text: str
    names: frozenset[str]
    _test: Test

    def verdict(self, lookup: Callable[[str], Lookup]) -> Verdict:
        """What the rule says of the facts that `lookup` gives."""
        return self.judge(lookup).verdict

    def judge(self, lookup: Callable[[str], Lookup]) -> Judgement:
        """The same, with the names that were read, sorted."""
        known: dict[str, tuple[str, ...]] = {}
        for name in sorted(self.names):
            found = lookup(name)
            if isinstance(found, Known) and found.values:
                known[name] = tuple(dict.fromkeys(found.values))
        read: set[str] = set()
        return Judgement(self._most_protective(known, read), tuple(sorted(read)))

    def _most_protective(self, known: Mapping[str, tuple[str, ...]], read: set[str]) -> Verdict:
        if prod(len(values) for values in known.values()) > MAX_COMBINATIONS:
            found = self._search(known, read)
            return Verdict.YES if found is Verdict.YES else Verdict.CANNOT_TELL
        verdicts: set[Verdict] = set()
        for combination in _combinations(known):
            verdict = self._test(_Watched(combination, read))
            if verdict is Verdict.YES:
                return verdict
            verdicts.add(verdict)
        return Verdict.NO if verdicts == {Verdict.NO} else Verdict.CANNOT_TELL

    def _search(self, known: Mapping[str, tuple[str, ...]], read: set[str]) -> Verdict:
        """Rule 3: name by name, keep the value that leads nearest to a yes."""
        chosen = {name: values[0] for name, values in known.items()}
        best = self._test(_Watched(chosen, read))
        for _ in range(_PASSES):
            for name, values in known.items():
                for value in values:
                    tried = {**chosen, name: value}
                    verdict = self._test(_Watched(tried, read))
                    if _NEARNESS[verdict] > _NEARNESS[best]:
                        best, chosen = verdict, tried
        return best


_NEARNESS = {Verdict.NO: 0, Verdict.CANNOT_TELL: 1, Verdict.YES: 2}


class _Watched(dict[str, str]):
    """One combination of values that notes which names were asked."""

    def __init__(self, values: Values, read: set[str]) -> None:
        super().__init__(values)
        self.read = read


def _combinations(known: Mapping[str, tuple[str, ...]]) -> Iterator[dict[str, str]]:
    names = list(known)
    for values in product(*known.values()):
        yield dict(zip(names, values, strict=True))


def compile_rule(text: str) -> Rule:
    """The rule that `text` spells.

    Raises ExpressionFault: `expression.syntax` and its kin, or `expression.not_in_rules` (rule 1).
    """
    tree = parse(text)
    reads = reads_of(tree, Scope())
    _refuse(tree, reads)
    return Rule(text, frozenset(reads.references), _tri(tree))


def _refuse(tree: Expression, reads: ReadSet) -> None:
    for call in reads.calls:
        fault = check_call(call, FUNCTIONS.get(call.name))
        if fault is not None:
            raise fault
    if any(call.name == _OF_ROWS for call in reads.calls):
        raise ExpressionFault("expression.not_in_rules")
    if reads.changing or reads.texts or reads.instances or _has_path(tree):
        raise ExpressionFault("expression.not_in_rules")


def _has_path(tree: Expression) -> bool:
    match tree:
        case Path() | Filter():
            return True
        case Chain(first, rest):
            return _has_path(first) or any(_has_path(operand) for _, operand in rest)
        case Negate(operand):
            return _has_path(operand)
        case Call(_, arguments):
            return any(map(_has_path, arguments))
        case _:
            return False


def _tri(tree: Expression) -> Test:
    match tree:
        case Chain(first, rest) if rest[0][0] in ("and", "or"):
            tests = [_tri(first), *(_tri(operand) for _, operand in rest)]
            return _all(tests) if rest[0][0] == "and" else _any(tests)
        case Call("not", [operand]):
            return _not(_tri(operand))
        case Call("boolean", [operand]) if _is_logic(operand):
            return _tri(operand)
        case Call("if", [test, yes, no]):
            return _if(_tri(test), _tri(yes), _tri(no))
        case _:
            return _atom(tree)


def _is_logic(tree: Expression) -> bool:
    return isinstance(tree, Chain) or (isinstance(tree, Call) and tree.name in ("not", "if"))


def _all(tests: list[Test]) -> Test:
    def run(values: Values) -> Verdict:
        found = [test(values) for test in tests]
        if Verdict.NO in found:
            return Verdict.NO
        return Verdict.CANNOT_TELL if Verdict.CANNOT_TELL in found else Verdict.YES

    return run


def _any(tests: list[Test]) -> Test:
    def run(values: Values) -> Verdict:
        found = [test(values) for test in tests]
        if Verdict.YES in found:
            return Verdict.YES
        return Verdict.CANNOT_TELL if Verdict.CANNOT_TELL in found else Verdict.NO

    return run


_OPPOSITE = {Verdict.YES: Verdict.NO, Verdict.NO: Verdict.YES, Verdict.CANNOT_TELL: Verdict.CANNOT_TELL}


def _not(test: Test) -> Test:
    return lambda values: _OPPOSITE[test(values)]


def _if(test: Test, yes: Test, no: Test) -> Test:
    def run(values: Values) -> Verdict:
        match test(values):
            case Verdict.YES:
                return yes(values)
            case Verdict.NO:
                return no(values)
            case _:
                either = {yes(values), no(values)}
                return either.pop() if len(either) == 1 else Verdict.CANNOT_TELL

    return run


class _NoClock:
    """Rules ask no clock (rule 1); their zone is Greenwich, where every day begins at midnight."""

    def now(self) -> datetime:
        return datetime(2000, 1, 1, tzinfo=UTC)


class _NoChance:
    def bytes(self, count: int) -> bytes:
        raise EvaluationFault("expression.not_in_rules")


def _atom(tree: Expression) -> Test:
    names = reads_of(tree, Scope()).references
    truth = Compiler(Scope()).truth(tree)
    nowhere = Node(DOCUMENT, "")
    env = Environment(nowhere, _NoClock(), _NoChance())

    def run(values: Values) -> Verdict:
        if isinstance(values, _Watched):
            values.read |= names
        if any(name not in values for name in names):
            return Verdict.CANNOT_TELL
        env.lookup = values.__getitem__
        try:
            return Verdict.YES if truth(nowhere, 1, 1, env) else Verdict.NO
        except EvaluationFault:
            return Verdict.CANNOT_TELL

    return run
