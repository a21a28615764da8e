"""Dates, moments, numbers and lists as a language writes them.

Babel is loaded at the first use: `babel.dates` costs some 30 ms that no start has to spend. Dates are Gregorian
unless another calendar is asked for, and digits Latin in every language, as they stand on the papers that people
carry; a day has 24 hours, because a wrong half of the day is a missed appointment.
"""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Final

from fieldkit.languages.autonyms import language
from fieldkit.languages.calendars import (
    Calendar,
    Named,
    calendar_name,
    in_calendar,
    printed_calendar,
    written,
)

if TYPE_CHECKING:
    from babel import Locale

_STAND_IN: Final = {"en": "en_GB", "en_XA": "en_GB", "ar_XB": "ar", "rhg": "en_GB"}
"""Day before month in English; Babel's Rohingya has month names such as "M11"."""

_COMMA: Final = {"Arab": "، ", "Ethi": "፣ ", "Hans": "、", "Hant": "、"}
"""By script; a comma and a space elsewhere."""


def format_date(day: date | str, tag: str) -> str:
    """A date (or its ISO spelling) in full: "21 November 2026". Raises ValueError for what is no date."""
    from babel.dates import format_date as babel_date  # noqa: PLC0415 (see the module's docstring)

    value = date.fromisoformat(day[:10]) if isinstance(day, str) else day
    return babel_date(value, "long", locale=_locale(tag))


def format_date_in(day: date, calendar: Calendar, tag: str) -> str:
    """A date in full as another calendar names it: "30 Aban 1405"; empty where it has no certain name."""
    if calendar is Calendar.GREGORIAN:
        return format_date(day, tag)
    named = in_calendar(day, calendar)
    return written(named, calendar, tag, _locale(tag).date_formats["long"].pattern) if named else ""


def format_date_for(day: date | str, tag: str) -> str:
    """A date for somebody who reads this language: also in the calendar that its speakers live by, where they have
    another, named, because months of two calendars may have one name (Tigrinya). Raises ValueError for what is
    no date."""
    value = date.fromisoformat(day[:10]) if isinstance(day, str) else day
    usual = printed_calendar(tag)
    other = format_date_in(value, usual, tag) if usual is not None else ""
    if usual is None or not other:
        return format_date(value, tag)
    return f"{format_date(value, tag)} ({format_list((other, calendar_name(usual, tag)), tag)})"


def format_month(year: int, month: int, calendar: Calendar, tag: str) -> str:
    """A month of a calendar, without a day: "November 2026"."""
    pattern = _locale(tag).datetime_skeletons["yMMMM"].pattern
    return written(Named(year, month, 1), calendar, tag, pattern)


def format_moment(moment: datetime | str, tag: str) -> str:
    """Date and time in the moment's own zone: "21 November 2026, 03:10". Raises ValueError."""
    value = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    pattern = str(_locale(tag).datetime_formats["medium"])
    return pattern.replace("{1}", format_date(value.date(), tag)).replace("{0}", f"{value:%H:%M}")


def format_number(number: int, tag: str) -> str:
    """A whole number with the language's grouping: "12 000" in French, without breaking at the space."""
    from babel.numbers import format_decimal  # noqa: PLC0415 (see the module's docstring)

    return format_decimal(number, locale=_locale(tag))


def format_list(parts: Iterable[str], tag: str) -> str:
    """Names one after the other, set apart by the comma of the language's script. Nothing joins the last two:
    Babel's lists do, and its Arabic ones say the second of two names twice."""
    known = language(tag)
    return _COMMA.get(known.script if known else "", ", ").join(parts)


@cache
def _locale(tag: str) -> "Locale":
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 (see the module's docstring)

    for candidate in (_STAND_IN.get(tag, tag), tag.partition("_")[0]):
        try:
            return Locale.parse(candidate)
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse("en_GB")
