"""Which value rules while several stand: the most protective one, whoever wrote first or last."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.domain.conflicts import PROTECTS, Holds, distinct, pairs, ruling

ROWS = [
    ("agreement/headquarters", [True, False], False),
    ("agreement/headquarters", [True, "perhaps"], False),
    ("referral/1/safe_to_carry", [True, False], False),
    ("referral/1/declined", [True, False], True),
    ("hidden_address", [False, True], True),
    ("hidden_address", [False, None], True),
    ("stopped", [False, True], True),
    ("outcome/C06", ["closed", "confirmed"], "confirmed"),
    ("outcome/C06", ["closed", "not confirmed"], "not confirmed"),
    ("outcome/C06", ["closed", "of a newer version"], "confirmed"),
    ("state", ["closed", "open"], "open"),
    ("age_years", ["34", "17"], 17),
    ("age_band", ["adult", "child"], "child"),
    ("birth_date", ["1990-01-01", "2009-12-31"], "2009-12-31"),
    ("interpreted", ["nobody", "companion"], "companion"),
    ("interpreted", ["companion", "arrival"], "arrival"),
    ("roles", [["officer", "administrator"], ["officer"]], ["officer"]),
    ("verified", ["2026-01-01", ""], ""),
    ("categories", [["C01"], ["C02", "C01"]], ["C01", "C02"]),
]


@pytest.mark.parametrize(("field", "values", "rules"), ROWS)
def test_the_most_protective_value_rules(field: str, values: list[Any], rules: Any) -> None:
    for order in (values, values[::-1]):
        found = ruling(field, order)
        assert (found.holds, found.one) == (Holds.ONE, rules)


def test_every_row_of_the_table_is_tried_here() -> None:
    tried = {field for field, _, _ in ROWS}
    rows = {pattern for pattern, _ in PROTECTS}
    untried = {row for row in rows if not any(row.strip("*") in field for field in tried)}
    assert untried == {
        "interview/*",
        "origin/*",
        "clearances",
        "kinds",
        "languages",
    }  # the same laws as a row that is tried


def test_where_no_value_protects_more_all_are_honoured_or_it_cannot_be_told() -> None:
    assert ruling("phone", ["+44 1632 960101", "+44 1632 960102"]).holds is Holds.ALL
    assert ruling("interview/uuid:1", ["uuid:2", "uuid:3"]).values == ("uuid:2", "uuid:3")
    assert ruling("open_at_night", [True, False]).holds is Holds.CANNOT_TELL
    assert ruling("age_years", ["about 20", "not sure"]).holds is Holds.CANNOT_TELL


VALUES: st.SearchStrategy[Any] = st.lists(
    st.none()
    | st.booleans()
    | st.integers(0, 3)
    | st.sampled_from(["open", "closed", "child", "17", ""])
    | st.lists(st.sampled_from("ab"), max_size=2),
    min_size=1,
    max_size=5,
)
FIELDS = st.sampled_from([pattern.replace("*", "x") for pattern, _ in PROTECTS] + ["phone", "anything"])


@given(FIELDS, VALUES, st.randoms(use_true_random=False))
def test_order_and_repetition_change_nothing(field: str, values: list[Any], chance: Any) -> None:
    mixed = [*values, *chance.choices(values, k=2)]
    chance.shuffle(mixed)
    first, second = ruling(field, values), ruling(field, mixed)
    assert (first.holds, first.values) == (second.holds, second.values)


@given(FIELDS, VALUES)
def test_what_everybody_says_rules(field: str, values: list[Any]) -> None:
    assert ruling(field, [values[0]] * 3).one == values[0]


@given(VALUES)
def test_every_two_different_values_are_one_pair(values: list[Any]) -> None:
    number = len(distinct(values))
    assert len(list(pairs(values))) == number * (number - 1) // 2
