r"""Patterns of `regex()`: the same answers as Python's matcher, in bounded time, and Java's `\p{…}`."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldkit.forms.expressions.faults import EvaluationFault
from fieldkit.forms.expressions.patterns import SHORT, matcher

_LEAVES = st.sampled_from(
    ["a", "b", ".", "[ab]", "[^a]", r"\d", r"\w", "1", "(?:ab)", r"\s", "[a-c1-3]", "é", "$", r"\b"]
)


def _deeper(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda two: f"(?:{two[0]}|{two[1]})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,3}", "{2,}", "*?", "+?"])).map(
            lambda two: f"({two[0]}){two[1]}"
        ),
    )


@settings(max_examples=400, deadline=None)
@given(
    st.recursive(_LEAVES, _deeper, max_leaves=6),
    st.lists(st.text(alphabet="ab1 é\n", max_size=7), min_size=1, max_size=5),
    st.sampled_from(["", "(?i)", "(?s)"]),
)
def test_the_answers_are_those_of_the_plain_matcher(pattern: str, texts: list[str], flags: str) -> None:
    ask = matcher(flags + pattern)
    for text in texts:
        assert ask(text) == (re.fullmatch(flags + pattern, text) is not None), (pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("([a-z]+ ?)+", "x" * 2_000 + "1"),
        ("(a+)+$", "a" * 2_000 + "b"),
        ("(a|aa)*c", "a" * 2_000),
        (r"(\d+)*x", "1" * 2_000),
        (".*.*.*=", "a" * 2_000),
        ("(x{1,20}){1,20}y", "x" * 300),
    ],
)
def test_a_pattern_that_could_be_tried_for_hours_is_not(pattern: str, text: str) -> None:
    assert matcher(pattern)(text) is False


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        (r"[\p{L} '-]+", "Ngozi O'Élan", True),
        (r"[\p{L} '-]+", "Ngozi 2", False),
        (r"\p{Lu}\p{Ll}+", "Ada", True),
        (r"\p{Lu}\p{Ll}+", "ada", False),
        (r"\p{IsArabic}+", "آدم", True),
        (r"\p{IsArabic}+", "Adam", False),
        (r"\P{N}+", "abc", True),
        (r"[^\p{N}]+", "ab1", False),
        (r"\p{Alpha}+", "é", False),
    ],
)
def test_properties_of_letters_as_java_has_them(pattern: str, text: str, expected: bool) -> None:
    assert matcher(pattern)(text) is expected


def test_what_cannot_be_told_in_time_is_told_for_short_texts_and_a_fault_for_long_ones() -> None:
    again = matcher(r"((a+)+)\1")
    assert again("aa")
    with pytest.raises(EvaluationFault):
        again("a" * (SHORT + 1))


@pytest.mark.parametrize("pattern", ["(", "[", r"\p{NoSuch}", "a{2,1}", "(?P<n>a)(?P<n>b)"])
def test_what_is_no_pattern_is_a_fault(pattern: str) -> None:
    with pytest.raises(EvaluationFault):
        matcher(pattern)
