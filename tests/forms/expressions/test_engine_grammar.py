"""The grammar: what is read, what is refused, and that printing loses nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.forms.expressions.faults import ExpressionFault
from fieldkit.forms.expressions.grammar import MAX_DEPTH, MAX_LENGTH, parse
from fieldkit.forms.expressions.syntax import (
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
    print_expression,
)
from tests.forms.expressions.test_engine_functions import worth

_NAMES = st.sampled_from(["a", "family", "age-group", "orx:meta", "and", "div", "q1.b", "text"])
_LEAVES: st.SearchStrategy[Expression] = st.one_of(
    st.sampled_from(["0", "1", "12.5", ".5", "3."]).map(Number),
    st.sampled_from(["", "yes", "it's", "éàç", "a b"]).map(Literal),
    st.sampled_from(["age", "fear_return"]).map(Reference),
)
_LEVELS = [["or"], ["and"], ["=", "!="], ["<", "<=", ">", ">="], ["+", "-"], ["*", "div", "mod"], ["|"]]


def _steps(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[list[Step]]:
    step = st.builds(
        Step,
        st.sampled_from(["child", "attribute", "self", "parent", "preceding-sibling", "descendant"]),
        st.one_of(_NAMES, st.sampled_from(["*", "node()"])),
        st.lists(inner, max_size=1),
    )
    return st.lists(step, min_size=1, max_size=3)


def _deeper(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    chains = st.sampled_from(_LEVELS).flatmap(
        lambda level: st.builds(
            Chain, inner, st.lists(st.tuples(st.sampled_from(level), inner), min_size=1, max_size=3)
        )
    )
    return st.one_of(
        chains,
        st.builds(Negate, inner),
        st.builds(Call, st.sampled_from(["if", "concat", "jr:choice-name"]), st.lists(inner, max_size=3)),
        st.builds(Path, st.sampled_from([None, "/"]), _steps(inner)),
        st.builds(
            Filter,
            st.builds(Call, st.just("instance"), st.lists(inner, max_size=1)),
            st.lists(inner, min_size=1, max_size=2),
        ),
    )


@given(st.recursive(_LEAVES, _deeper, max_leaves=12))
def test_printing_and_parsing_give_one_tree(tree: Expression) -> None:
    once = parse(print_expression(tree))
    assert parse(print_expression(once)) == once


@given(st.text(alphabet="ab1.'\"()[]/@*-+=<>|,:$ {}and", max_size=60))
def test_any_text_is_a_tree_or_a_fault(text: str) -> None:
    try:
        tree = parse(text)
    except ExpressionFault as fault:
        assert fault.code.startswith("expression.")
    else:
        assert parse(print_expression(tree)) == tree


@pytest.mark.parametrize(
    "text", ["", "1 +", "(", "a[", "a b", "'open", "if(1", "1..2", "/a//", "a[]", "${a", "&"]
)
def test_what_is_no_expression_says_where(text: str) -> None:
    with pytest.raises(ExpressionFault) as caught:
        parse(text)
    assert caught.value.code == "expression.syntax"
    assert isinstance(caught.value.data["at"], int)


def test_length_and_depth_are_bounded() -> None:
    with pytest.raises(ExpressionFault, match="too_long"):
        parse("1+" * MAX_LENGTH + "1")
    for nested in ("(" * (MAX_DEPTH + 1) + "1" + ")" * (MAX_DEPTH + 1), "-" * (MAX_DEPTH + 1) + "1"):
        with pytest.raises(ExpressionFault, match="too_deep"):
            parse(nested)


def test_a_long_chain_is_not_a_deep_one() -> None:
    rule = parse(" or ".join(f"${{q{number}}} = 'yes'" for number in range(2_000)))
    assert isinstance(rule, Chain)
    assert len(rule.rest) == 1_999


def test_words_are_operators_only_where_an_operator_can_stand() -> None:
    assert parse("div div mod") == Chain(
        Path(None, [Step("child", "div")]), [("div", Path(None, [Step("child", "mod")]))]
    )
    assert parse("1mod2") == parse("1 mod 2")
    assert parse("* * 2") == Chain(Path(None, [Step("child", "*")]), [("*", Number("2"))])


def test_the_deepest_expression_still_runs() -> None:
    depth = MAX_DEPTH - 1
    assert worth("(" * depth + "1" + ")" * depth) == 1.0
    assert worth("if(true(), " * (depth - 1) + "2" + ", 0)" * (depth - 1)) == 2.0
    assert worth("-" * depth + "1") == -1.0
