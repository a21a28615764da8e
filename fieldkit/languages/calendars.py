"""Days as people name them in other calendars. What is stored is always the Gregorian day (ISO 8601).

1. A day has at most one name in a calendar, and each name one day: there and back gives the same day.
2. A day that a calendar does not have (31 Mehr, 6 Pagumen in most years) is no day: nothing is bent to the next.
3. Years count from the era in use today, from 1. The Islamic calendar is named where its tables are certain, from
   1343 to 1500 A.H. (1924 to 2077), and nowhere else.

The Islamic calendar is hijridate's, the others ICU's, a library that the program has anyway; so are the names of
months. ICU has tables of Umm al-Qura too, but before 1421 A.H. they miss the published calendar by a day more
often than not: 1 Muharram 1400 was 20 November 1979 (`tests/languages/test_calendars.py` has more). Both are
loaded at the first use. Neither has the Nepali (Bikram Sambat) or the Burmese calendar: `forms/supported.py`
names them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, date
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any, Final


class Calendar(StrEnum):
    """A calendar; its value stands in answers (`languages/partly`) and never changes."""

    GREGORIAN = "gregorian"
    PERSIAN = "persian"
    ISLAMIC = "islamic"
    ETHIOPIC = "ethiopic"
    COPTIC = "coptic"
    BUDDHIST = "buddhist"


APPEARANCES: Final[Mapping[str, Calendar]] = {
    "ethiopian": Calendar.ETHIOPIC,
    "coptic": Calendar.COPTIC,
    "islamic": Calendar.ISLAMIC,
    "persian": Calendar.PERSIAN,
    "buddhist": Calendar.BUDDHIST,
}
"""The appearances of an XLSForm's date that ask for a calendar."""

_ICU: Final = {Calendar.ISLAMIC: "islamic-umalqura"}
_THIRTEEN: Final = frozenset({Calendar.ETHIOPIC, Calendar.COPTIC})
_BY_NUMBERS: Final = frozenset({Calendar.GREGORIAN, Calendar.BUDDHIST})
_BUDDHIST_YEARS: Final = 543
_EPOCH: Final = date(1970, 1, 1).toordinal()
_SECONDS_A_DAY: Final = 86_400
_PART: Final = re.compile(r"'([^']*)'|([A-Za-z])\2*")

_SOLAR_HIJRI, _LUNAR_HIJRI = Calendar.PERSIAN, Calendar.ISLAMIC
_USUAL: Final[Mapping[str, tuple[Calendar, ...]]] = {
    "fa": (_SOLAR_HIJRI, _LUNAR_HIJRI),
    "ps": (_SOLAR_HIJRI, _LUNAR_HIJRI),
    "ckb": (_SOLAR_HIJRI, _LUNAR_HIJRI),
    "am": (Calendar.ETHIOPIC,),
    "ti": (Calendar.ETHIOPIC,),
    "om": (Calendar.ETHIOPIC,),
    "ar": (_LUNAR_HIJRI,),
    "so": (_LUNAR_HIJRI,),
    "ur": (_LUNAR_HIJRI,),
    "th": (Calendar.BUDDHIST,),
}
"""What speakers may use beside the Gregorian calendar, the most usual first."""

_EVERY_DAY: Final = frozenset({"fa", "ps", "am", "ti", "om", "th"})
"""Whose speakers date their daily lives in the first of these; beside the others it stands only when chosen."""

_STAND_IN: Final = {"en": "en_GB"}
_UNSOUND: Final = frozenset({("om", Calendar.ETHIOPIC)})
"""CLDR 47 puts the Oromo names of Gregorian months in a wrong order here; the English spelling stands instead."""


@dataclass(frozen=True, slots=True, order=True)
class Named:
    """A day's year, month and day of the month in some calendar, all from 1."""

    year: int
    month: int
    day: int


def in_calendar(day: date, calendar: Calendar) -> Named | None:
    """What `day` is called in a calendar; None where it has no certain name (rule 3)."""
    if calendar in _BY_NUMBERS:
        return Named(day.year + _offset(calendar), day.month, day.day)
    if calendar is Calendar.ISLAMIC:
        from hijridate import Gregorian  # noqa: PLC0415 (see the module's docstring)

        try:
            return Named(*Gregorian.fromdate(day).to_hijri().datetuple())
        except OverflowError:
            return None
    sums, fields = _sums(calendar), _icu().UCalendarDateFields
    sums.setTime(_seconds(day.toordinal()))
    year = sums.get(fields.EXTENDED_YEAR)
    return Named(year, sums.get(fields.MONTH) + 1, sums.get(fields.DATE)) if year >= 1 else None


def day_of(calendar: Calendar, year: int, month: int, day: int) -> date | None:
    """The day of that name; None when the calendar has no such day (rule 2), or none that a date can hold."""
    first = _first(calendar, year, month)
    if first is None or not 1 <= day <= days_in(calendar, year, month):
        return None
    return date.fromordinal(first + day - 1)


def months_in(calendar: Calendar) -> int:
    """How many months a year has."""
    return 13 if calendar in _THIRTEEN else 12


@lru_cache(maxsize=4096)
def days_in(calendar: Calendar, year: int, month: int) -> int:
    """How many days a month has; 0 for a month or a year that there is not."""
    first = _first(calendar, year, month)
    if first is None:
        return 0
    if calendar is Calendar.ISLAMIC:
        from hijridate import Hijri  # noqa: PLC0415

        return Hijri(year, month, 1).month_length()
    last_month = month == months_in(calendar)
    following = _first(calendar, year + 1, 1) if last_month else _first(calendar, year, month + 1)
    return (date.max.toordinal() + 1 if following is None else following) - first


def usual_calendars(tag: str) -> tuple[Calendar, ...]:
    """The calendars that speakers of a language may use beside the Gregorian, the most usual first."""
    return _USUAL.get(tag.partition("_")[0], ())


def printed_calendar(tag: str) -> Calendar | None:
    """The calendar whose date stands beside the Gregorian one on papers in a language; None for most."""
    return usual_calendars(tag)[0] if tag.partition("_")[0] in _EVERY_DAY else None


@cache
def month_names(calendar: Calendar, tag: str, *, inside: bool = False) -> tuple[str, ...]:
    """The months in a language, in order; in English spelling where it has no names. `inside` a date some
    languages bend them."""
    sums, fields = _sums(calendar), _icu().UCalendarDateFields
    names = []
    for month in range(months_in(calendar)):
        sums.clear()
        sums.set(fields.EXTENDED_YEAR, 1400)
        sums.set(fields.MONTH, month)
        sums.set(fields.DATE, 3)
        names.append(_written(sums.getTime(), calendar, tag, "MMMM" if inside else "LLLL"))
    return tuple(names)


@cache
def calendar_name(calendar: Calendar, tag: str) -> str:
    """What a calendar is called in a language; in English where it has no name for it."""
    icu, kind = _icu(), _ICU.get(calendar, calendar.value)
    for locale in (_locale(tag), "en_GB"):
        name = str(
            icu.LocaleDisplayNames.createInstance(icu.Locale(locale)).keyValueDisplayName("calendar", kind)
        )
        if name != kind:
            return name
    return kind


@cache
def weekday_names(tag: str) -> tuple[str, ...]:
    """Short names of the days of the week, Monday first."""
    monday = date(2026, 11, 16).toordinal()
    return tuple(_written(_seconds(monday + n), Calendar.GREGORIAN, tag, "cccccc") for n in range(7))


@cache
def first_weekday(tag: str) -> int:
    """The day on which a week begins in a calendar on the wall: 0 is Monday."""
    icu = _icu()
    made = icu.Calendar.createInstance(icu.TimeZone.getGMT(), icu.Locale(_locale(tag)))
    return (int(made.getFirstDayOfWeek()) + 5) % 7


def written(named: Named, calendar: Calendar, tag: str, pattern: str) -> str:
    """A day by a CLDR pattern such as `d MMMM y`, in Latin digits; an era in the pattern is left out."""
    name = month_names(calendar, tag, inside=True)[named.month - 1]
    shown = {"d": str(named.day), "dd": str(named.day), "MMMM": name, "LLLL": name, "y": str(named.year)}
    shown |= dict.fromkeys(("M", "MM", "L"), str(named.month))
    said = _PART.sub(lambda part: part[1] if part[2] is None else shown.get(part[0], ""), pattern)
    return said if "G" not in pattern else " ".join(said.split())


@lru_cache(maxsize=4096)
def _first(calendar: Calendar, year: int, month: int) -> int | None:
    """The first day of a month as its ordinal; None for a month or a year that there is not."""
    if not (1 <= month <= months_in(calendar) and 1 <= year <= MAXYEAR + _BUDDHIST_YEARS):
        return None
    if calendar in _BY_NUMBERS:
        year -= _offset(calendar)
        return date(year, month, 1).toordinal() if 1 <= year <= MAXYEAR else None
    if calendar is Calendar.ISLAMIC:
        from hijridate import Hijri  # noqa: PLC0415

        try:
            return date(*Hijri(year, month, 1).to_gregorian().datetuple()).toordinal()
        except OverflowError:
            return None
    sums, fields = _sums(calendar), _icu().UCalendarDateFields
    sums.set(fields.EXTENDED_YEAR, year)
    sums.set(fields.MONTH, month - 1)
    sums.set(fields.DATE, 1)
    ordinal = _EPOCH + round(sums.getTime() / _SECONDS_A_DAY)
    return ordinal if 1 <= ordinal <= date.max.toordinal() else None


def _offset(calendar: Calendar) -> int:
    return _BUDDHIST_YEARS if calendar is Calendar.BUDDHIST else 0


def _seconds(ordinal: int) -> float:
    """ICU's clock at the midnight of Greenwich that begins a day."""
    return float((ordinal - _EPOCH) * _SECONDS_A_DAY)


def _sums(calendar: Calendar) -> Any:
    """A calculator of ICU for one sum (3 microseconds): it remembers things, and threads share nothing."""
    icu = _icu()
    locale = icu.Locale(f"en@calendar={_ICU.get(calendar, calendar.value)}")
    made = icu.Calendar.createInstance(icu.TimeZone.getGMT(), locale)
    made.clear()
    return made


def _written(seconds: float, calendar: Calendar, tag: str, pattern: str) -> str:
    icu = _icu()
    sound = "en_GB" if (tag.partition("_")[0], calendar) in _UNSOUND else _locale(tag)
    name = f"{sound}@calendar={_ICU.get(calendar, calendar.value)};numbers=latn"
    made = icu.SimpleDateFormat(pattern, icu.Locale(name))
    made.setTimeZone(icu.TimeZone.getGMT())
    return str(made.format(seconds))


@cache
def _locale(tag: str) -> str:
    """The locale of a language; English where ICU has none, never the one that the laptop was set to."""
    known = _icu().Locale.getAvailableLocales()
    for candidate in (_STAND_IN.get(tag, tag), tag.partition("_")[0]):
        if candidate in known:
            return candidate
    return "en_GB"


def _icu() -> Any:
    import icu  # noqa: PLC0415 (15 ms that no start has to spend)

    return icu
