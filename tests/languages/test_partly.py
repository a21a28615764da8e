"""Partly known days: what is stored, what is said again, and that nobody is made older than they may be."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.languages.calendars import Calendar, in_calendar
from fieldkit.languages.partly import (
    ABOUT_YEARS,
    MOST_YEARS,
    Known,
    Said,
    in_gregorian,
    in_words,
    read_said,
    said_of,
    stored,
)

TODAY = date(2026, 11, 21)
DAYS = st.dates(date(1930, 1, 1), date(2060, 12, 31))
CALENDARS = st.sampled_from(sorted(Calendar))


def say(text: str, /, **data: str | int) -> str:
    return text.format(**data)


@pytest.mark.parametrize(
    ("text", "day", "beside", "words"),
    [
        ("2009-05-17", "2009-05-17", "", "17 May 2009"),
        ("2009-05", "2009-05-31", "month", "May 2009"),
        ("2009", "2009-12-31", "year", "2009"),
        ("2026", "2026-11-21", "year", "2026"),  # no day to come
        ("2026-11", "2026-11-21", "month", "November 2026"),
        ("2027-01", "2027-01-01", "month", "January 2027"),  # but one that was told as such
        ("1388 persian", "2010-03-20", "year persian", "1388 (Persian Calendar)"),
        ("2001-13 ethiopic", "2009-09-10", "month ethiopic", "Pagumen 2001 (Ethiopic Calendar)"),
        ("1430-09 islamic", "2009-09-19", "month islamic", "Ramadan 1430 (Hijri Calendar (Umm al-Qura))"),
        ("age 17", "2009-11-21", "age 17 on 2026-11-21", "Age: 17, said on 21 November 2026"),
        ("about 17", "2011-11-21", "about 17 on 2026-11-21", "Age: about 17, said on 21 November 2026"),
        ("about 1", "2026-11-21", "about 1 on 2026-11-21", "Age: about 1, said on 21 November 2026"),
        ("age 0", "2026-11-21", "age 0 on 2026-11-21", "Age: 0, said on 21 November 2026"),
    ],
)
def test_what_was_said_is_kept_and_said_again(text: str, day: str, beside: str, words: str) -> None:
    assert stored(text, TODAY) == (day, beside)
    said = said_of(day, beside)
    assert said is not None and said.text() == text
    assert in_words(said, say, "en") == words


NOT_WHOLE = (
    *(
        "",
        "2009-",
        "2009-5-",
        "2009--",
        "2009-5",
        "2009-13",
        "1388-13 persian",
        "2009 martian",
        "1501 islamic",
    ),
    *("17", "0000", "twenty", "about", "age 131", "about 17 on 2026-11-21", "2009-02-30"),
)


@pytest.mark.parametrize("text", NOT_WHOLE)
def test_what_is_not_whole_is_kept_as_it_stands(text: str) -> None:
    assert read_said(text) is None
    assert stored(text, TODAY) == (text, "")


@pytest.mark.parametrize("beside", ["", "day", "soon", "about", "age 17", "age 17 on 2026-13-01"])
def test_beside_words_of_another_tool_the_day_counts_whole(beside: str) -> None:
    assert said_of("2009-05-17", beside) == Said(Known.DAY, day=date(2009, 5, 17))


def test_no_day_says_nothing() -> None:
    assert said_of("", "year") is None


def test_a_year_of_another_calendar_says_which_days_it_covers() -> None:
    said = read_said("1388 persian")
    assert said is not None
    assert in_gregorian(said, "en") == "21 March 2009 – 20 March 2010"
    plain = read_said("2009")
    assert plain is not None and in_gregorian(plain, "en") == ""


def test_a_leap_day_has_a_birthday_in_every_year() -> None:
    assert stored("age 17", date(2028, 2, 29)) == ("2011-02-28", "age 17 on 2028-02-29")


# Laws: somebody was born on a day, tells it in part, and an age is reckoned from the stored day alone


def years_between(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


@given(DAYS, st.integers(0, 60_000), CALENDARS, st.booleans())
def test_nobody_is_made_older_by_telling_less(
    born: date, later: int, calendar: Calendar, month: bool
) -> None:
    today = born + timedelta(days=later)
    named = in_calendar(born, calendar)
    if named is None:
        return
    told = Said(
        Known.MONTH if month else Known.YEAR, named.year, named.month if month else 0, calendar
    ).text()
    day, beside = stored(told, today)
    assert born <= date.fromisoformat(day) <= today
    assert years_between(date.fromisoformat(day), today) <= years_between(born, today)
    said = said_of(day, beside)
    assert said is not None and said.text() == told


@given(DAYS, st.integers(0, 40_000), st.integers(-ABOUT_YEARS, ABOUT_YEARS))
def test_an_estimate_moves_towards_child_only(born: date, later: int, mistaken: int) -> None:
    today = born + timedelta(days=later)
    age = years_between(born, today)
    day, beside = stored(f"about {max(0, min(MOST_YEARS, age + mistaken))}", today)
    assert years_between(date.fromisoformat(day), today) <= age
    told, _ = stored(f"age {age}", today)
    assert years_between(date.fromisoformat(told), today) == age
    assert beside.endswith(today.isoformat())


@given(DAYS)
def test_a_day_known_whole_is_stored_whole(day: date) -> None:
    assert stored(day.isoformat(), TODAY) == (day.isoformat(), "")
