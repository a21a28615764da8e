"""Dates and numbers as people write them, always Gregorian, with Latin digits and 24 hours."""

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.languages.autonyms import LANGUAGES
from fieldkit.languages.numbers import format_date, format_list, format_moment, format_number

DAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("tag", "shown"),
    [
        ("en", "21 November 2026"),
        ("fr", "21 novembre 2026"),
        ("es", "21 de noviembre de 2026"),
        ("ar", "21 نوفمبر 2026"),
        ("rhg", "21 November 2026"),
        ("kri", "21 November 2026"),
        ("ar_XB", "21 نوفمبر 2026"),
    ],
)
def test_a_date_in_full(tag: str, shown: str) -> None:
    assert format_date(DAY, tag) == shown
    assert format_date("2026-11-21", tag) == shown


def test_a_moment_stays_in_its_own_zone() -> None:
    moment = datetime(2026, 11, 21, 3, 10, tzinfo=timezone(timedelta(hours=3)))
    assert format_moment(moment, "fr") == "21 novembre 2026, 03:10"
    assert format_moment("2026-11-21T15:10:00+03:00", "en") == "21 November 2026, 15:10"


def test_a_number_is_grouped_as_the_language_does() -> None:
    assert format_number(12000, "en") == "12,000"
    assert format_number(12000, "es") == "12.000"
    assert format_number(12000, "fr") == "12\u202f000"


def test_names_are_set_apart_as_the_language_does() -> None:
    assert format_list(["a", "b", "c"], "en") == "a, b, c"
    assert format_list(["a", "b", "c"], "fr") == "a, b, c"
    assert format_list(["a", "b"], "ar") == "a، b"
    assert format_list(["a", "b"], "ti") == "a፣ b"
    assert format_list([], "ar") == ""


def test_what_is_no_date_is_refused() -> None:
    with pytest.raises(ValueError, match="Invalid isoformat"):
        format_date("soon", "en")


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.sampled_from([row.tag for row in LANGUAGES]))
def test_every_language_shows_day_and_year_in_latin_digits(day: date, tag: str) -> None:
    shown = format_date(day, tag)
    assert str(day.year) in shown
    assert str(day.day) in shown
