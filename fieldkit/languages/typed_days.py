"""A day as somebody types it, in the one way that every page asks for: day, month, year.

1. `21.11.2026`, `21/11/2026`, `21-11-2026` and `2026-11-21` are all understood, in any digits; nothing else is.
2. What stands in a line beforehand is spelled as its hint says it.
"""

import re
from datetime import date

from fieldkit.languages.marking import mark

DAY_HINT = mark("Day, month, year, such as 21.11.2026.")
MAY_BE_EMPTY = mark("You can leave this empty.")
NO_DAY = mark("Write the day as day, month, year, such as 21.11.2026.")
NO_DAY_NOR_EMPTY = mark("Write the day as day, month, year, such as 21.11.2026, or leave it empty.")

_PARTS = re.compile(r"\D+")
_YEAR_DIGITS = 4


def read_day(typed: str) -> date | None:
    """The day that was typed (rule 1); None when it is none."""
    parts = [part for part in _PARTS.split(typed.strip()) if part]
    if len(parts) != len(("day", "month", "year")):
        return None
    year, month, day = parts if len(parts[0]) == _YEAR_DIGITS else reversed(parts)
    try:
        return date(int(year), int(month), int(day)) if len(year) == _YEAR_DIGITS else None
    except ValueError:
        return None


def day_of(typed: str) -> str:
    """The same in ISO; empty when it is none."""
    day = read_day(typed)
    return day.isoformat() if day else ""


def as_typed(day: date | str) -> str:
    """A day (ISO, or empty) as it is typed (rule 2)."""
    if not day:
        return ""
    known = date.fromisoformat(day) if isinstance(day, str) else day
    return f"{known.day}.{known.month}.{known.year:04}"
