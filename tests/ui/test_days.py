"""Laws of the boxes of a day: what they spell is found again in them, in every calendar, however much is known."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from fieldkit.languages.calendars import Calendar, in_calendar
from fieldkit.ui.presenters.days import (
    Asks,
    Parts,
    asks_of,
    calendars_for,
    parts_of,
    spelled,
    told,
    trouble,
    turned,
)

DAYS = st.dates(date(1850, 1, 1), date(2150, 12, 31))
CALENDARS = st.sampled_from(sorted(Calendar))
ASKS = st.sampled_from(sorted(Asks))
DIGITS = st.sampled_from(["", "1", "7", "13", "31", "99"])
YEARS = st.sampled_from(["", "9", "1388", "2009", "0000", "9999"])


def say(text: str, /, **data: str | int) -> str:
    return text.format(**data)


@given(DAYS, CALENDARS, st.sampled_from([Asks.DAY, Asks.PARTLY]))
def test_a_whole_day_is_spelled_in_one_way_in_every_calendar(
    day: date, calendar: Calendar, asks: Asks
) -> None:
    parts = parts_of(day.isoformat(), calendar, asks)
    assert parts.calendar is (calendar if in_calendar(day, calendar) else Calendar.GREGORIAN)
    assert spelled(parts, asks) == day.isoformat()
    assert trouble(parts, asks, "en") is None
    assert told(parts, asks, "en", "fa", say)


@given(DAYS, CALENDARS, CALENDARS)
def test_another_calendar_is_another_name_of_the_same_day(
    day: date, first: Calendar, second: Calendar
) -> None:
    parts = parts_of(day.isoformat(), first, Asks.DAY)
    there = turned(parts, second, Asks.DAY)
    assert spelled(there, Asks.DAY) == day.isoformat()
    assert turned(there, parts.calendar, Asks.DAY) == parts


@given(YEARS, st.integers(0, 13), DIGITS, CALENDARS, ASKS)
def test_what_stands_in_the_boxes_stands_there_again(
    year: str, month: int, day: str, calendar: Calendar, asks: Asks
) -> None:
    """However little or wrong it is: what somebody typed is theirs."""
    parts = Parts(
        year,
        str(month or "") if asks is not Asks.YEAR else "",
        day if asks in (Asks.DAY, Asks.PARTLY) else "",
        calendar,
    )
    text = spelled(parts, asks)
    again = parts_of(text, calendar, asks)
    assert spelled(again, asks) == text
    assert (text == "") is parts.empty
    trouble(parts, asks, "en")
    told(parts, asks, "en", "ti", say)


@given(st.integers(0, 130), st.booleans())
def test_an_age_stands_there_again(years: int, about: bool) -> None:
    parts = Parts(age=str(years), about=about)
    assert parts_of(spelled(parts, Asks.PARTLY), Calendar.GREGORIAN, Asks.PARTLY) == parts


@given(
    st.sampled_from(["", "persian", "ethiopian", "year islamic"]), st.sampled_from(["en", "ar", "fa", "xx"])
)
def test_every_calendar_is_offered_once_and_the_forms_first(appearance: str, person: str) -> None:
    offered = calendars_for(frozenset(appearance.split()), "en", person)
    assert sorted(offered) == sorted(Calendar)
    firsts = {"": Calendar.GREGORIAN, "persian": Calendar.PERSIAN, "ethiopian": Calendar.ETHIOPIC}
    assert offered[0] is firsts.get(appearance, Calendar.ISLAMIC)


def test_how_much_of_a_day_is_asked() -> None:
    assert asks_of(frozenset({"year"}), partly=False) is Asks.YEAR
    assert asks_of(frozenset({"month-year", "persian"}), partly=False) is Asks.MONTH
    assert asks_of(frozenset({"year"}), partly=True) is Asks.PARTLY
