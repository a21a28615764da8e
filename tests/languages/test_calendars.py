"""Days in other calendars: days that history has written down twice, and the laws that hold for every day.

Every day from 1850 to 2189 was also compared with other libraries (2026-11): the Persian calendar with
jdatetime 6.1 (the same up to 2124) and convertdate 2.5, the Coptic with convertdate (the same
everywhere), ICU's Islamic one
with hijridate 2.6: another day on 22,058 of 55,991, all of them before 2000 or after 2028.
"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.languages.autonyms import LANGUAGES
from fieldkit.languages.calendars import (
    APPEARANCES,
    Calendar,
    Named,
    calendar_name,
    day_of,
    days_in,
    first_weekday,
    in_calendar,
    month_names,
    months_in,
    printed_calendar,
    usual_calendars,
    weekday_names,
    written,
)
from fieldkit.languages.numbers import format_date, format_date_for, format_date_in, format_month

PERSIAN, ISLAMIC = Calendar.PERSIAN, Calendar.ISLAMIC
ETHIOPIC, COPTIC, BUDDHIST = Calendar.ETHIOPIC, Calendar.COPTIC, Calendar.BUDDHIST

WRITTEN_DOWN_TWICE = [
    # calendar, its date, the Gregorian date, the event
    (PERSIAN, (1352, 4, 26), "1973-07-17", "the republic in Kabul, 26 Saratan"),
    (PERSIAN, (1357, 2, 7), "1978-04-27", "7 Saur"),
    (PERSIAN, (1357, 11, 22), "1979-02-11", "22 Bahman"),
    (PERSIAN, (1358, 1, 12), "1979-04-01", "12 Farvardin"),
    (PERSIAN, (1376, 3, 2), "1997-05-23", "2 Khordad"),
    (PERSIAN, (1378, 4, 18), "1999-07-09", "18 Tir"),
    (PERSIAN, (1399, 1, 1), "2020-03-20", "Nowruz"),
    (PERSIAN, (1400, 1, 1), "2021-03-21", "Nowruz"),
    (PERSIAN, (1403, 12, 30), "2025-03-20", "the last day of a leap year"),
    (PERSIAN, (1404, 1, 1), "2025-03-21", "Nowruz"),
    (ISLAMIC, (1373, 3, 2), "1953-11-09", "King Abdulaziz died"),
    (ISLAMIC, (1384, 6, 27), "1964-11-02", "King Faisal acceded"),
    (ISLAMIC, (1400, 1, 1), "1979-11-20", "the first morning of the century, at the Grand Mosque"),
    (ISLAMIC, (1402, 8, 21), "1982-06-13", "King Fahd acceded"),
    (ISLAMIC, (1412, 8, 27), "1992-03-01", "the Basic Law, royal order A/90"),
    (ISLAMIC, (1426, 6, 26), "2005-08-01", "King Abdullah acceded"),
    (ISLAMIC, (1436, 4, 3), "2015-01-23", "King Salman acceded"),
    (ISLAMIC, (1445, 9, 1), "2024-03-11", "the first of Ramadan"),
    (ISLAMIC, (1445, 12, 10), "2024-06-16", "Eid al-Adha"),
    (ISLAMIC, (1446, 1, 1), "2024-07-07", "new year"),
    (ISLAMIC, (1446, 10, 1), "2025-03-30", "Eid al-Fitr"),
    (ETHIOPIC, (1888, 6, 23), "1896-03-01", "Adwa, 23 Yekatit"),
    (ETHIOPIC, (1967, 6, 11), "1975-02-18", "11 Lekatit"),
    (ETHIOPIC, (1983, 9, 20), "1991-05-28", "20 Ginbot"),
    (ETHIOPIC, (2000, 1, 1), "2007-09-12", "the millennium"),
    (ETHIOPIC, (2016, 1, 1), "2023-09-12", "new year after a leap year"),
    (ETHIOPIC, (2017, 4, 29), "2025-01-07", "Christmas"),
    (ETHIOPIC, (2018, 1, 1), "2025-09-11", "new year"),
    (COPTIC, (1740, 1, 1), "2023-09-12", "Nayrouz after a leap year"),
    (COPTIC, (1741, 4, 29), "2025-01-07", "Christmas"),
    (BUDDHIST, (2569, 11, 21), "2026-11-21", "today"),
]
NO_SUCH_DAY = [
    (PERSIAN, (1404, 7, 31)),  # Mehr has 30
    (PERSIAN, (1404, 12, 30)),  # Esfand has 29 but in a leap year
    (ISLAMIC, (1445, 9, 31)),
    (ISLAMIC, (1445, 13, 1)),
    (ISLAMIC, (1342, 12, 1)),  # before the tables (rule 3)
    (ISLAMIC, (1501, 1, 1)),
    (ETHIOPIC, (2018, 13, 6)),  # Pagumen has 5
    (ETHIOPIC, (2018, 1, 31)),
    (ETHIOPIC, (0, 1, 1)),
    (COPTIC, (1741, 14, 1)),
    (BUDDHIST, (2569, 2, 29)),
    (Calendar.GREGORIAN, (2026, 2, 29)),
    (Calendar.GREGORIAN, (2026, 0, 1)),
    (PERSIAN, (9999, 1, 1)),
]
DAYS = st.dates(date(1800, 1, 1), date(2250, 1, 1))
CERTAIN = st.dates(date(1924, 8, 1), date(2077, 11, 15))
CALENDARS = st.sampled_from(sorted(Calendar))
TAGS = [row.tag for row in LANGUAGES] + ["xx", "rhg", "en_XA", "ar_XB"]


@pytest.mark.parametrize(("calendar", "named", "day", "event"), WRITTEN_DOWN_TWICE)
def test_days_that_were_written_down_in_both_calendars(
    calendar: Calendar, named: tuple[int, int, int], day: str, event: str
) -> None:
    assert day_of(calendar, *named) == date.fromisoformat(day), event
    assert in_calendar(date.fromisoformat(day), calendar) == Named(*named), event


@pytest.mark.parametrize(("calendar", "named"), NO_SUCH_DAY)
def test_a_day_that_a_calendar_does_not_have_is_no_day(
    calendar: Calendar, named: tuple[int, int, int]
) -> None:
    assert day_of(calendar, *named) is None


@given(DAYS, CALENDARS)
def test_there_and_back_is_the_same_day(day: date, calendar: Calendar) -> None:
    named = in_calendar(day, calendar)
    assert named is None or day_of(calendar, named.year, named.month, named.day) == day


@given(DAYS, CALENDARS)
def test_tomorrow_comes_after_today_in_every_calendar(day: date, calendar: Calendar) -> None:
    today, tomorrow = in_calendar(day, calendar), in_calendar(day + timedelta(1), calendar)
    if today is None or tomorrow is None:
        assert calendar is ISLAMIC
        return
    assert today < tomorrow
    last = today.day == days_in(calendar, today.year, today.month)
    assert tomorrow.day == (1 if last else today.day + 1)


@given(CERTAIN)
def test_every_day_within_the_tables_has_an_islamic_name(day: date) -> None:
    assert in_calendar(day, ISLAMIC) is not None


@given(DAYS, CALENDARS)
def test_a_month_is_as_long_as_months_are(day: date, calendar: Calendar) -> None:
    named = in_calendar(day, calendar)
    if named is None:
        return
    long = days_in(calendar, named.year, named.month)
    # What was really announced: eight months before 1365 A.H. had 28 or 31 days; from then on none.
    sighted = calendar is ISLAMIC and named.year >= 1365
    expected = {5, 6} if named.month == 13 else {29, 30} if sighted else {28, 29, 30, 31}
    assert long in expected


def test_the_months_that_were_announced_with_28_or_31_days_are_eight() -> None:
    lengths = {
        (year, month): days_in(ISLAMIC, year, month) for year in range(1343, 1501) for month in range(1, 13)
    }
    odd = {named: long for named, long in lengths.items() if long not in (29, 30)}
    assert len(odd) == 8
    assert max(odd) == (1364, 8)


@given(DAYS, CALENDARS)
def test_a_month_of_thirty_days_is_one(day: date, calendar: Calendar) -> None:
    named = in_calendar(day, calendar)
    if named is None:
        return
    long = days_in(calendar, named.year, named.month)
    assert {COPTIC: 30, ETHIOPIC: 30}.get(calendar, long) == long or named.month == 13


@given(st.integers(1700, 2200), st.integers(1, 13), st.integers(1, 5))
def test_the_ethiopian_year_is_the_julian_one(year: int, month: int, day: int) -> None:
    """Thirty days a month, six days of Pagumen every fourth year: the sum from the era's first day, 29.8.8."""
    counted = date(8, 8, 27).toordinal() + 365 * (year - 1) + year // 4 + 30 * (month - 1) + day - 1
    assert day_of(ETHIOPIC, year, month, day) == date.fromordinal(counted)
    assert in_calendar(date.fromordinal(counted), COPTIC) == Named(year - 276, month, day)


@given(st.integers(1244, 1500))
def test_persian_leap_years_are_those_of_the_33_years_cycle(year: int) -> None:
    """Iran's own almanac agrees with it from 1178 to 1633 (Heydari-Malayeri, 2004)."""
    assert (days_in(PERSIAN, year, 12) == 30) == ((25 * year + 11) % 33 < 8)


# Words


@pytest.mark.parametrize(
    ("calendar", "tag", "month", "name"),
    [
        (PERSIAN, "fa", 2, "اردیبهشت"),
        (PERSIAN, "fa_AF", 2, "ثور"),
        (PERSIAN, "ps", 12, "کب"),
        (PERSIAN, "en", 8, "Aban"),
        (ETHIOPIC, "am", 13, "ጳጉሜን"),
        (ETHIOPIC, "ti", 6, "ለካቲት"),
        (ETHIOPIC, "om", 2, "Tekemt"),  # CLDR's own have a wrong order
        (ISLAMIC, "ar", 9, "رمضان"),
        (ISLAMIC, "fr", 1, "mouharram"),
        (COPTIC, "ar", 1, "توت"),
        (Calendar.GREGORIAN, "ru", 11, "ноябрь"),
        (Calendar.GREGORIAN, "xx", 11, "November"),
    ],
)
def test_months_have_the_names_of_their_language(calendar: Calendar, tag: str, month: int, name: str) -> None:
    assert month_names(calendar, tag)[month - 1] == name


@pytest.mark.parametrize("tag", TAGS)
def test_every_language_tells_months_days_and_calendars_apart(tag: str) -> None:
    for calendar in Calendar:
        names = month_names(calendar, tag)
        assert len(set(names)) == months_in(calendar), (tag, calendar)
        assert calendar_name(calendar, tag)
    assert len({calendar_name(calendar, tag) for calendar in Calendar}) == len(Calendar)
    assert len(set(weekday_names(tag))) == 7
    assert first_weekday(tag) in range(7)


def test_a_name_that_a_language_lacks_is_said_in_english() -> None:
    assert calendar_name(PERSIAN, "om") == "Persian Calendar"
    assert calendar_name(ETHIOPIC, "am") == "የኢትዮጵያ የቀን አቆጣጠር"


def test_a_week_begins_where_it_begins_on_the_wall() -> None:
    assert [first_weekday(tag) for tag in ("fr", "fa", "am")] == [0, 5, 6]
    assert weekday_names("fr")[0] == "lu"


@pytest.mark.parametrize(
    ("tag", "usual", "printed"),
    [
        ("fa", (PERSIAN, ISLAMIC), PERSIAN),
        ("fa_AF", (PERSIAN, ISLAMIC), PERSIAN),
        ("ti", (ETHIOPIC,), ETHIOPIC),
        ("ar", (ISLAMIC,), None),
        ("ar_XB", (ISLAMIC,), None),
        ("fr", (), None),
    ],
)
def test_which_calendars_speakers_use(
    tag: str, usual: tuple[Calendar, ...], printed: Calendar | None
) -> None:
    assert usual_calendars(tag) == usual
    assert printed_calendar(tag) is printed


@pytest.mark.parametrize(
    ("calendar", "tag", "shown"),
    [
        (PERSIAN, "fa", "30 آبان 1405"),
        (PERSIAN, "en", "30 Aban 1405"),
        (ETHIOPIC, "am", "12 ኅዳር 2019"),
        (ISLAMIC, "es", "11 de jumada II de 1448"),
        (ISLAMIC, "zh", "1448年6月11日"),
        (BUDDHIST, "th", "21 พฤศจิกายน 2569"),
        (Calendar.GREGORIAN, "fr", "21 novembre 2026"),
    ],
)
def test_a_date_in_full_in_another_calendar(calendar: Calendar, tag: str, shown: str) -> None:
    assert format_date_in(date(2026, 11, 21), calendar, tag) == shown


def test_papers_say_the_day_in_both_calendars_and_name_the_second() -> None:
    assert format_date_for("2026-11-21", "fa") == "21 نوامبر 2026 (30 آبان 1405، تقویم هجری شمسی)"
    assert format_date_for("2026-11-21", "ti").startswith(format_date("2026-11-21", "ti") + " (")
    assert format_date_for("2026-11-21", "ar") == format_date("2026-11-21", "ar")


def test_a_day_without_a_certain_name_stands_in_one_calendar() -> None:
    assert format_date_in(date(1900, 1, 1), ISLAMIC, "ar") == ""


def test_a_month_without_a_day() -> None:
    assert format_month(2009, 5, Calendar.GREGORIAN, "en") == "May 2009"
    assert format_month(1388, 2, PERSIAN, "fa") == "اردیبهشت 1388"


def test_an_era_and_quoted_words_of_a_pattern() -> None:
    assert written(Named(2019, 3, 12), ETHIOPIC, "en", "d 'de' MMMM G y") == "12 de Hedar 2019"
    assert written(Named(2019, 3, 12), ETHIOPIC, "en", "dd-M") == "12-3"


def test_appearances_of_forms_ask_for_calendars() -> None:
    assert set(APPEARANCES.values()) == set(Calendar) - {Calendar.GREGORIAN}
