"""Rules in three values: silence is not safety."""

from collections.abc import Callable
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.domain.outcome import Verdict
from fieldkit.forms.expressions.faults import ExpressionFault
from fieldkit.forms.expressions.kleene import UNKNOWN, Known, Lookup, compile_rule

YES, NO, CANNOT = Verdict.YES, Verdict.NO, Verdict.CANNOT_TELL


def said(**answers: str | tuple[str, ...]) -> Callable[[str], Lookup]:
    """A lookup over answers; a tuple holds several standing values, a name that is not there is unknown."""

    def lookup(name: str) -> Lookup:
        values = answers.get(name)
        if values is None:
            return UNKNOWN
        return Known(values if isinstance(values, tuple) else (values,))

    return lookup


def test_what_is_known_can_be_enough_for_yes_and_for_no() -> None:
    fear = compile_rule("${fear} = 'yes' or selected(${reasons}, 'war')")
    assert fear.verdict(said(reasons="family war")) is YES
    assert fear.verdict(said(fear="no")) is CANNOT
    assert fear.verdict(said(fear="no", reasons="family")) is NO
    child = compile_rule("${age} = 'under_18' and ${alone} = 'yes'")
    assert child.verdict(said(age="adult")) is NO
    assert child.verdict(said(age="under_18")) is CANNOT


def test_not_of_what_cannot_be_told_cannot_be_told() -> None:
    assert compile_rule("not(selected(${with_whom}, 'parent'))").verdict(said()) is CANNOT


def test_an_earlier_disclosure_is_not_withdrawn_by_a_later_no() -> None:
    assert compile_rule("${fear} = 'yes'").verdict(said(fear=("yes", "no"))) is YES
    assert compile_rule("${a} = 'x' and ${b} = 'y'").verdict(said(a=("u", "x"), b=("y", "v"))) is YES


def test_no_needs_every_combination() -> None:
    rule = compile_rule("${a} = 'x' and ${b} = 'y'")
    assert rule.verdict(said(a=("u", "v"), b=("y", "w"))) is NO
    assert rule.verdict(said(a=("u", "x"))) is CANNOT


def test_beyond_the_bound_yes_is_still_found_and_no_is_never_said() -> None:
    names = [f"n{number}" for number in range(12)]
    rule = compile_rule(" or ".join(f"${{{name}}} = 'yes'" for name in names))
    many = dict.fromkeys(names, ("no", "perhaps", "never"))
    assert rule.verdict(said(**many)) is CANNOT
    assert rule.verdict(said(**{**many, "n7": ("no", "yes")})) is YES


def test_a_rule_names_what_it_reads() -> None:
    rule = compile_rule("${a} = 'x' and not(selected(${b}, 'y'))")
    assert rule.names == {"a", "b"}
    assert rule.judge(said(a="x", b="z")).read == ("a", "b")


@pytest.mark.parametrize(
    "text", ["today() > 3", "random() < 1", "/data/a = 1", "jr:itext('a') = 'b'", "instance('x') = 1"]
)
def test_rules_ask_only_for_names(text: str) -> None:
    with pytest.raises(ExpressionFault, match="not_in_rules"):
        compile_rule(text)


@pytest.mark.parametrize("text", ["${a} = ", "no-such(${a})", "selected(${a})"])
def test_a_broken_rule_is_refused(text: str) -> None:
    with pytest.raises(ExpressionFault):
        compile_rule(text)


_ATOMS = st.sampled_from(["${a} = 'x'", "${b} = 'x'", "${c} != 'x'", "selected(${a}, 'y')"])
_RULES = st.recursive(
    _ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]}) and ({pair[1]})"),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]}) or ({pair[1]})"),
        inner.map(lambda text: f"not({text})"),
    ),
    max_leaves=6,
)


@given(
    _RULES,
    st.sets(st.sampled_from("abc")),
    st.dictionaries(st.sampled_from("abc"), st.sampled_from(["x", "y", ""])),
)
def test_a_verdict_never_falls_when_more_becomes_known(
    text: str, hidden: set[str], answers: dict[str, str]
) -> None:
    """What is told with some answers hidden holds for every way in which they could have been given."""
    rule = compile_rule(text)
    full = {name: answers.get(name, "x") for name in "abc"}
    verdict = rule.verdict(said(**{name: value for name, value in full.items() if name not in hidden}))
    if verdict is not CANNOT:
        for values in product(["x", "y", "z"], repeat=len(hidden)):
            possible = {**full, **dict(zip(sorted(hidden), values, strict=True))}
            assert rule.verdict(said(**possible)) is verdict
