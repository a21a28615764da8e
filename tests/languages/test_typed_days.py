"""A day as somebody types it: the one order that every page asks for, and how others write it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.languages.typed_days import DAY_HINT, as_typed, day_of, read_day


@given(st.dates(min_value=date(1000, 1, 1)))
def test_what_stands_in_a_line_and_what_a_machine_writes_are_read_again(day: date) -> None:
    assert read_day(as_typed(day)) == read_day(day.isoformat()) == day
    assert as_typed(day.isoformat()) == as_typed(day)


@pytest.mark.parametrize("text", ["21.11.2026", " 21/11/2026 ", "21 11 2026", "٢١.١١.٢٠٢٦", "2026-11-21"])
def test_a_day_is_read_however_it_is_spelled(text: str) -> None:
    assert day_of(text) == "2026-11-21"


@pytest.mark.parametrize("text", ["", "soon", "21.11.26", "31.2.2026", "11.21.2026", "2026", "1.2.3.2026"])
def test_what_is_no_whole_day_is_none(text: str) -> None:
    assert day_of(text) == "" and read_day(text) is None


def test_the_hint_shows_a_day_that_is_read() -> None:
    assert read_day(DAY_HINT) == date(2026, 11, 21) and as_typed("") == ""
