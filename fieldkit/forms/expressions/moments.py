"""Dates and times as expressions know them.

1. A *whole day* (`date('2026-11-21')`, `today()`) stays a day: printed without a time, a whole step apart
   from the next in arithmetic, whatever the clocks do in spring.
2. An *instant* has a zone. A text without a zone is read in the zone of the laptop's clock.
3. In arithmetic both are days since 1970-01-01T00:00Z. A whole day counts from the zone's standard midnight,
   so that the difference of two days is always a whole number.
"""

import math
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

SECONDS_A_DAY = 86_400
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DATE = re.compile(r"(\d{4,})-(\d{1,2})-(\d{1,2})")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?(Z|[+-]\d{2}(?::?\d{2})?)?")
_MAX_OFFSET_HOURS = 14  # the farthest zone there is, Kiribati


@dataclass(frozen=True, slots=True)
class Moment:
    """A day or an instant. `days` as rule 3; `local` is the wall clock's date and time with its zone."""

    days: float
    local: datetime
    whole_day: bool

    def text(self) -> str:
        """ISO 8601: `2026-11-21`, or `2026-11-21T03:10:00.000+03:00` with milliseconds."""
        if self.whole_day:
            return self.local.date().isoformat()
        return self.local.isoformat(timespec="milliseconds")


def of_day(day: date, zone: tzinfo) -> Moment:
    """The whole day `day`."""
    days = day.toordinal() - _EPOCH_DAY - standard_offset(zone) / SECONDS_A_DAY
    return Moment(days, datetime(day.year, day.month, day.day, tzinfo=zone), True)


def of_instant(instant: datetime, zone: tzinfo) -> Moment:
    """The instant, shown in `zone`."""
    return Moment((instant - _EPOCH) / timedelta(days=1), instant.astimezone(zone), False)


def of_days(days: float, zone: tzinfo) -> Moment | None:
    """The moment that many days after 1970-01-01T00:00Z; a whole day when it is one's midnight (rule 3)."""
    if not math.isfinite(days):
        return None
    whole = days + standard_offset(zone) / SECONDS_A_DAY
    try:
        if abs(whole - round(whole)) < 1e-7 and standard_offset(zone):
            return of_day(date.fromordinal(_EPOCH_DAY + round(whole)), zone)
        return of_instant(_EPOCH + timedelta(milliseconds=round(days * SECONDS_A_DAY * 1000)), zone)
    except (OverflowError, ValueError):
        return None


def standard_offset(zone: tzinfo) -> float:
    """Seconds east of Greenwich without daylight saving, as in January 2026."""
    sample = datetime(2026, 1, 1, tzinfo=zone)
    offset = sample.utcoffset() or timedelta()
    return (offset - (sample.dst() or timedelta())).total_seconds()


def read_date(text: str) -> date | None:
    """The date at the start of an ISO text (`2026-11-21`, `2026-1-2`, `2026-11-21T…`), or None."""
    match = _DATE.match(text)
    if match is None or (match.end() < len(text) and text[match.end()] not in "T "):
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except (ValueError, OverflowError):
        return None


def read_time(text: str) -> tuple[time, timezone | None] | None:
    """The time of an ISO text `hh:mm[:ss[.fff]][zone]` and its zone, or None."""
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    fraction = int(((match[4] or "") + "000000")[:6])
    try:
        clock = time(int(match[1]), int(match[2]), int(match[3] or 0), fraction)
    except ValueError:
        return None
    if match[5] is None:
        return clock, None
    zone = read_zone(match[5])
    return (clock, zone) if zone is not None else None


def read_zone(text: str) -> timezone | None:
    """`Z`, `+03`, `+03:00` or `-0700` as a zone; None beyond what exists."""
    if text == "Z":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    hours, minutes = int(digits[:2]), int(digits[2:])
    if hours > _MAX_OFFSET_HOURS or minutes > 59:
        return None
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset)


def read_moment(text: str, zone: tzinfo) -> Moment | None:
    """The day or instant that `text` spells, or None."""
    text = text.strip()
    day = read_date(text)
    if day is None:
        return None
    _, separator, rest = text.partition("T")
    if not separator:
        _, separator, rest = text.partition(" ")
    if not separator:
        return of_day(day, zone)
    clock = read_time(rest)
    if clock is None:
        return None
    instant = datetime.combine(day, clock[0], tzinfo=clock[1] or zone)
    try:
        return of_instant(instant, zone)
    except OverflowError:
        return None


_SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SHORT_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def format_moment(at: datetime, pattern: str) -> str:
    """`at` by the marks of ODK's `format-date-time`; names are English (ODK XForms gives no others)."""
    return re.sub(r"%([a-zA-Z%]|[0-9])", lambda match: _mark(at, match[1]), pattern)


def _mark(at: datetime, mark: str) -> str:
    match mark:
        case "Y":
            return f"{at.year:04d}"
        case "y":
            return f"{at.year % 100:02d}"
        case "m":
            return f"{at.month:02d}"
        case "n":
            return str(at.month)
        case "b":
            return _SHORT_MONTHS[at.month - 1]
        case "d":
            return f"{at.day:02d}"
        case "e":
            return str(at.day)
        case "a":
            return _SHORT_DAYS[at.weekday()]
        case "W":
            return str(at.isocalendar().week)
        case _:
            return _clock_mark(at, mark)


def _clock_mark(at: datetime, mark: str) -> str:
    match mark:
        case "H":
            return f"{at.hour:02d}"
        case "h":
            return str(at.hour)
        case "M":
            return f"{at.minute:02d}"
        case "S":
            return f"{at.second:02d}"
        case "3":
            return f"{at.microsecond // 1000:03d}"
        case "Z":
            return at.strftime("%z")
        case "%":
            return "%"
        case _:
            return "%" + mark
