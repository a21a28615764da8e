"""A day in boxes: what stands in them for an answer, the answer they spell, and what is said beside them.

1. A whole day is spelled `2026-11-21`, whatever calendar it was typed in. What is not whole, or no day, is spelled
   as it stands, with its calendar: `1404-07-31 persian`; the form says that it is not whole yet.
2. A form that asks for a month or a year gets the first day of it, as ODK writes it. A day that may be known in
   part is spelled as it was said (`languages/partly`).
3. A day that has no name in the chosen calendar stands in the Gregorian one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from fieldkit.languages.calendars import (
    APPEARANCES,
    Calendar,
    Named,
    calendar_name,
    day_of,
    days_in,
    in_calendar,
    month_names,
    months_in,
    usual_calendars,
)
from fieldkit.languages.marking import mark
from fieldkit.languages.numbers import format_date, format_date_in, format_month
from fieldkit.languages.partly import Known, Said, Say, in_gregorian, in_words, read_said

DAYS_OF_A_MONTH = mark("There is no such day: {month} has {number} days.")
MONTHS_OF_A_YEAR = mark("There is no such month: this calendar has {number}.")
YEARS_OF_TABLES = mark(
    "This calendar is known here for the years {first} to {last} only. Please use another."
)
IS_IT_THIS_CALENDAR = mark("This is the year {year} of the Gregorian calendar. Is the right calendar chosen?")
IN_PART = mark("Known in part: {said}")

_RAW: Final = re.compile(r"(\d*)-(\d*)(?:-(\d*))?(?: ([a-z]+))?|(\d+)(?: ([a-z]+))?")
_RAW_AGE: Final = re.compile(r"(age|about) (\d*)")
_YEAR_DIGITS: Final = 4
_LIKELY: Final = range(1850, 2151)
"""Years of the Gregorian calendar that an answer may well mean; others are asked about, never refused."""
_TABLES: Final = (1343, 1500)


class Asks(StrEnum):
    """How much of a day a question asks for."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    PARTLY = "partly"


@dataclass(frozen=True, slots=True)
class Parts:
    """What stands in the boxes, in digits 0 to 9; `month` is a number from 1, or empty."""

    year: str = ""
    month: str = ""
    day: str = ""
    calendar: Calendar = Calendar.GREGORIAN
    age: str = ""
    about: bool = False

    @property
    def empty(self) -> bool:
        """Whether no box holds anything."""
        return not (self.year or self.month or self.day or self.age)

    def whole(self, asks: Asks) -> date | None:
        """The day that the boxes name, the first one where less than a day is asked."""
        month = self.month if asks is not Asks.YEAR else "1"
        day = self.day if asks in (Asks.DAY, Asks.PARTLY) else "1"
        if len(self.year) != _YEAR_DIGITS or not (month and day):
            return None
        return day_of(self.calendar, int(self.year), int(month), int(day))


def asks_of(appearance: frozenset[str], *, partly: bool) -> Asks:
    """How much of a day an appearance asks for."""
    if partly:
        return Asks.PARTLY
    return Asks.YEAR if "year" in appearance else Asks.MONTH if "month-year" in appearance else Asks.DAY


def calendars_for(appearance: frozenset[str], officer: str, person: str) -> tuple[Calendar, ...]:
    """The calendars that are offered: what the form asks for, the Gregorian, the usual ones of both, the others."""
    asked = (calendar for name, calendar in APPEARANCES.items() if name in appearance)
    usual = (*usual_calendars(person), *usual_calendars(officer))
    return tuple(dict.fromkeys((*asked, Calendar.GREGORIAN, *usual, *Calendar)))


def parts_of(value: str, calendar: Calendar, asks: Asks) -> Parts:
    """The boxes for an answer, in `calendar` unless the answer itself says another."""
    said = read_said(value)
    if said is not None and asks is not Asks.PARTLY and said.known is not Known.DAY:
        said = None
    if said is not None and said.day is not None:
        return _boxes(said.day, calendar, asks)
    if said is not None:
        if said.known in (Known.AGE, Known.ABOUT):
            return Parts(calendar=calendar, age=str(said.years), about=said.known is Known.ABOUT)
        return Parts(str(said.year), str(said.month or ""), "", said.calendar)
    return _raw(value, calendar)


def _boxes(day: date, calendar: Calendar, asks: Asks) -> Parts:
    named = in_calendar(day, calendar)
    if named is None:
        named, calendar = Named(day.year, day.month, day.day), Calendar.GREGORIAN
    parts = Parts(str(named.year), str(named.month), str(named.day), calendar)
    if asks is Asks.YEAR:
        return replace(parts, month="", day="")
    return replace(parts, day="") if asks is Asks.MONTH else parts


def _raw(value: str, calendar: Calendar) -> Parts:
    age = _RAW_AGE.fullmatch(value)
    if age is not None:
        return Parts(calendar=calendar, age=age[2], about=age[1] == "about")
    match = _RAW.fullmatch(value)
    if match is None:
        return Parts(calendar=calendar)
    other = match[4] or match[6] or ""
    held = Calendar(other) if other in set(Calendar) else Calendar.GREGORIAN
    year, month, day = match[1] or match[5] or "", match[2] or "", match[3] or ""
    return Parts(year, month.lstrip("0"), day.lstrip("0"), held)


def spelled(parts: Parts, asks: Asks) -> str:
    """The answer that the boxes spell (rules 1 and 2)."""
    if parts.age:
        return f"{'about' if parts.about else 'age'} {int(parts.age) if parts.age.isdecimal() else parts.age}"
    day = parts.whole(asks)
    if parts.empty or day is not None:
        return day.isoformat() if day is not None else ""
    said = _said(parts) if asks is Asks.PARTLY else None
    if said is not None:
        return said.text()
    month, number = parts.month, parts.day
    if asks in (Asks.YEAR, Asks.MONTH):
        month, number = (parts.month or ("1" if asks is Asks.YEAR else "")), "1"
    other = "" if parts.calendar is Calendar.GREGORIAN else f" {parts.calendar.value}"
    return f"{parts.year}-{_two(month)}-{_two(number)}{other}"


def _two(digits: str) -> str:
    return digits.zfill(2) if digits else ""


def _said(parts: Parts) -> Said | None:
    """A month or a year, where that is all there is."""
    if parts.day or len(parts.year) != _YEAR_DIGITS:
        return None
    known = Known.MONTH if parts.month else Known.YEAR
    said = Said(known, int(parts.year), int(parts.month or 0), parts.calendar)
    return said if said.bounds() is not None else None


def turned(parts: Parts, calendar: Calendar, asks: Asks) -> Parts:
    """The boxes after another calendar was chosen: the same day under its other name. What is no whole day, or a
    year that is not likely meant, was typed in the calendar that is chosen only now: it stays as it stands."""
    day = parts.whole(asks)
    if day is None or day.year not in _LIKELY:
        return replace(parts, calendar=calendar)
    if in_calendar(day, calendar) is None:
        return parts
    return _boxes(day, calendar, asks)


def told(parts: Parts, asks: Asks, officer: str, person: str, say: Say) -> str:
    """What stands beside the boxes: the day in words, in the Gregorian calendar and in another that the two use."""
    day = parts.whole(asks)
    if day is not None:
        return _day_in_words(day, parts, asks, officer, person)
    said = _said(parts) if asks is Asks.PARTLY else None
    if said is None:
        return ""
    covered = in_gregorian(said, officer)
    shown = in_words(said, say, officer)
    return say(IN_PART, said=f"{shown} = {covered}" if covered else shown)


def _day_in_words(day: date, parts: Parts, asks: Asks, officer: str, person: str) -> str:
    if asks is Asks.YEAR:
        return "" if parts.calendar is Calendar.GREGORIAN else _span(parts, asks, officer)
    if asks is Asks.MONTH:
        if parts.calendar is not Calendar.GREGORIAN:
            return _span(parts, asks, officer)
        return format_month(day.year, day.month, Calendar.GREGORIAN, officer)
    texts = [format_date(day, officer)]
    for other in dict.fromkeys((*usual_calendars(person)[:1], *usual_calendars(officer)[:1])):
        name = format_date_in(day, other, officer)
        if name and other is not parts.calendar:
            texts.append(f"{name} ({calendar_name(other, officer)})")
    return " · ".join(texts)


def _span(parts: Parts, asks: Asks, officer: str) -> str:
    known = Known.YEAR if asks is Asks.YEAR else Known.MONTH
    month = 0 if asks is Asks.YEAR else int(parts.month)
    return in_gregorian(Said(known, int(parts.year), month, parts.calendar), officer)


def trouble(parts: Parts, asks: Asks, officer: str) -> tuple[str, Mapping[str, str | int]] | None:
    """A sentence, and what fills it, about a day that is not there or not likely meant; None where all is well."""
    if len(parts.year) != _YEAR_DIGITS:
        return None
    year, month, day = (int(text or 0) for text in (parts.year, parts.month, parts.day))
    if days_in(parts.calendar, year, 1) == 0:
        return YEARS_OF_TABLES, {"first": _TABLES[0], "last": _TABLES[1]}
    if month > months_in(parts.calendar):
        return MONTHS_OF_A_YEAR, {"number": months_in(parts.calendar)}
    length = days_in(parts.calendar, year, month) if month else 0
    if month and day > length:
        shown = f"{month_names(parts.calendar, officer)[month - 1]} {year}"
        return DAYS_OF_A_MONTH, {"month": shown, "number": length}
    first = day_of(parts.calendar, year, month or 1, 1)
    if first is not None and first.year not in _LIKELY:
        return IS_IT_THIS_CALENDAR, {"year": first.year}
    return None
