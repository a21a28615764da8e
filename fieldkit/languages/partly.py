"""Days that are known in part: a year, a month and its year, an age instead of a birth date.

1. What was said is one short text: `2009-05-17`, `2009-05`, `2009`, `1388 persian`, `age 17`, `about 17`.
2. It is stored as two: the *latest* day that it allows, but no day to come, and beside it how much of that day is
   known: `month`, `year persian`, `about 17 on 2026-11-21`; nothing beside a day that is known whole.
3. So whoever reads the day alone, and reckons an age from it, finds the youngest age that is possible: an estimate
   only moves towards child (`protection.md` 9).
4. An age that was estimated may be two years too high or too low (`ABOUT_YEARS`).

Why it is done this way: `CONTRIBUTING.md`, "Partly known dates".
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from fieldkit.languages.calendars import (
    Calendar,
    calendar_name,
    day_of,
    days_in,
    in_calendar,
    months_in,
)
from fieldkit.languages.marking import mark
from fieldkit.languages.numbers import format_date, format_month

ABOUT_YEARS: Final = 2
"""How far an estimated age may lie from the true one, in years; the whole margin is given to the child's side."""
MOST_YEARS: Final = 130

_SAID: Final = re.compile(r"(\d{4})(?:-(\d{2}))?(?: ([a-z]+))?")
_AGE: Final = re.compile(r"(age|about) (\d{1,3})(?: on (\d{4}-\d{2}-\d{2}))?")

IN_CALENDAR = mark("{date} ({calendar})")
AGE, ABOUT_AGE = mark("Age: {years}"), mark("Age: about {years}")
AGE_ON, ABOUT_AGE_ON = mark("Age: {years}, said on {date}"), mark("Age: about {years}, said on {date}")

Say = Callable[..., str]


class Known(StrEnum):
    """How much of a day is known; the first word of what is stored beside it."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    AGE = "age"
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said of a day. Year and month are those of `calendar`; `day` is Gregorian, and for an age the
    day on which it was said; `years` is the age."""

    known: Known
    year: int = 0
    month: int = 0
    calendar: Calendar = Calendar.GREGORIAN
    years: int = 0
    day: date | None = None

    def text(self) -> str:
        """The one text that a field shows and gives (rule 1)."""
        match self.known:
            case Known.DAY:
                return self.day.isoformat() if self.day else ""
            case Known.AGE | Known.ABOUT:
                return f"{self.known.value} {self.years}"
            case _:
                month = f"-{self.month:02d}" if self.known is Known.MONTH else ""
                other = f" {self.calendar.value}" if self.calendar is not Calendar.GREGORIAN else ""
                return f"{self.year:04d}{month}{other}"

    def latest(self, today: date) -> date | None:
        """The day that is stored (rule 2); None for what no calendar has."""
        match self.known:
            case Known.DAY:
                return self.day
            case Known.AGE | Known.ABOUT:
                margin = ABOUT_YEARS if self.known is Known.ABOUT else 0
                return _years_before(self.day or today, max(0, self.years - margin))
            case _:
                bounds = self.bounds()
                return None if bounds is None else min(bounds[1], max(bounds[0], today))

    def bounds(self) -> tuple[date, date] | None:
        """The first and the last day of the month or year; None for what no calendar has."""
        first_month = self.month or 1
        last_month = self.month or months_in(self.calendar)
        first = day_of(self.calendar, self.year, first_month, 1)
        length = days_in(self.calendar, self.year, last_month)
        last = day_of(self.calendar, self.year, last_month, length)
        return (first, last) if first is not None and last is not None else None

    def beside(self, today: date) -> str:
        """What is stored beside the day (rule 2)."""
        match self.known:
            case Known.DAY:
                return ""
            case Known.AGE | Known.ABOUT:
                return f"{self.known.value} {self.years} on {(self.day or today).isoformat()}"
            case _:
                other = f" {self.calendar.value}" if self.calendar is not Calendar.GREGORIAN else ""
                return f"{self.known.value}{other}"


def read_said(text: str) -> Said | None:
    """What a field gave; None for what is not whole, or is no day, month, year or age."""
    age = _AGE.fullmatch(text)
    if age is not None:
        years = int(age[2])
        return Said(Known(age[1]), years=years) if years <= MOST_YEARS and not age[3] else None
    day = _day(text)
    return Said(Known.DAY, day=day) if day is not None else _month_or_year(text)


def _month_or_year(text: str) -> Said | None:
    match = _SAID.fullmatch(text)
    if match is None or (match[3] and match[3] not in set(Calendar)):
        return None
    month = int(match[2] or 0)
    said = Said(
        Known.MONTH if match[2] else Known.YEAR,
        int(match[1]),
        month,
        Calendar(match[3] or Calendar.GREGORIAN),
    )
    return said if said.bounds() is not None else None


def stored(text: str, today: date) -> tuple[str, str]:
    """The two texts that are stored for what a field gave; a text that says no day is kept as it is."""
    said = read_said(text)
    day = said.latest(today) if said is not None else None
    return (day.isoformat(), said.beside(today)) if said is not None and day is not None else (text, "")


def said_of(day: str, beside: str) -> Said | None:
    """What was said, from the two texts that are stored; None where there is no day."""
    value = _day(day)
    if value is None:
        return None
    age = _AGE.fullmatch(beside)
    told = _day(age[3]) if age is not None and age[3] else None
    if age is not None and told is not None:
        return Said(Known(age[1]), years=int(age[2]), day=told)
    known, _, other = beside.partition(" ")
    calendar = Calendar(other) if other in set(Calendar) else Calendar.GREGORIAN
    named = in_calendar(value, calendar)
    if known not in (Known.MONTH, Known.YEAR) or named is None:
        return Said(Known.DAY, day=value)  # also beside what another tool wrote: the day is what there is
    return Said(Known(known), named.year, named.month if known == Known.MONTH else 0, calendar)


def in_words(said: Said, say: Say, tag: str) -> str:
    """What was said, in a language and with no more than was said: "2009", "May 2009", "Age: about 17, said on
    21 November 2026". `say` says a text of the interface in that language."""
    match said.known:
        case Known.DAY:
            return format_date(said.day, tag) if said.day else ""
        case Known.AGE | Known.ABOUT:
            bare, dated = _AGE_SENTENCES[said.known]
            if said.day is None:
                return say(bare, years=said.years)
            return say(dated, years=said.years, date=format_date(said.day, tag))
        case Known.MONTH:
            shown = format_month(said.year, said.month, said.calendar, tag)
        case _:
            shown = str(said.year)
    if said.calendar is Calendar.GREGORIAN:
        return shown
    return say(IN_CALENDAR, date=shown, calendar=calendar_name(said.calendar, tag))


def in_gregorian(said: Said, tag: str) -> str:
    """The Gregorian days that a month or year of another calendar covers: "21 March 2009 – 20 March 2010"."""
    bounds = said.bounds() if said.known in (Known.MONTH, Known.YEAR) else None
    if bounds is None or said.calendar is Calendar.GREGORIAN:
        return ""
    return " – ".join(format_date(day, tag) for day in bounds)


_AGE_SENTENCES: Final = {Known.AGE: (AGE, AGE_ON), Known.ABOUT: (ABOUT_AGE, ABOUT_AGE_ON)}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == len("2026-11-21") else None
    except ValueError:
        return None


def _years_before(day: date, years: int) -> date:
    if day.year - years < 1:
        return date.min
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)
