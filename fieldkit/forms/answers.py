"""The one spelling of an answer of each bind type, and what is none.

1. `canonical(type, text)` gives the spelling stored, or None when the text is no value of the type.
2. An int is within 32 bits (XML Schema's int, as JavaRosa and Collect keep it); a decimal shows its point.
3. A date is the date of what is given; a text type takes any text.
"""

import math
import re
from datetime import UTC, tzinfo

from fieldkit.forms.expressions.functions.places import read_point
from fieldkit.forms.expressions.moments import (
    SECONDS_A_DAY,
    of_days,
    read_date,
    read_moment,
    read_time,
    standard_offset,
)
from fieldkit.forms.expressions.values import Moment, Value, number_text, text_value

_INT = re.compile(r"[+-]?\d+(\.0*)?")
_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
INT_BITS = 32


def canonical(kind: str, text: str, zone: tzinfo | None = None) -> str | None:
    """`text` as it is stored for the bind type `kind`; `""` stays; None when it is no such value."""
    if text == "":
        return ""
    match kind:
        case "int":
            return _int(text)
        case "decimal":
            return _decimal(text)
        case "date":
            day = read_date(text.strip())
            return day.isoformat() if day is not None else None
        case "time":
            return text.strip() if read_time(text.strip()) is not None else None
        case "dateTime":
            return text.strip() if read_moment(text, zone or UTC) is not None else None
        case "geopoint":
            return _point(text)
        case "geotrace" | "geoshape":
            parts = [_point(part) for part in text.split(";") if part.strip()]
            return text.strip() if parts and None not in parts else None
        case "boolean":
            return text.strip() if text.strip() in ("true", "false", "1", "0") else None
        case _:
            return text


def _int(text: str) -> str | None:
    if not _INT.fullmatch(text.strip()):
        return None
    number = int(text.strip().partition(".")[0])
    limit = 1 << (INT_BITS - 1)
    return str(number) if -limit <= number < limit else None


def _decimal(text: str) -> str | None:
    if not _DECIMAL.fullmatch(text.strip()):
        return None
    number = float(text)
    if not math.isfinite(number):
        return None
    written = number_text(number)
    return written if "." in written else written + ".0"


def _point(text: str) -> str | None:
    return " ".join(text.split()) if read_point(text) is not None else None


def computed(kind: str, value: Value, zone: tzinfo) -> str:
    """What a calculation of a bind type stores: `""` for NaN and for what is no value of the type."""
    if kind == "int":
        number = _number(value)
        return "" if number is None else canonical("int", str(math.trunc(number))) or ""
    if kind in ("date", "dateTime", "time") and isinstance(value, float):
        return _from_days(kind, value, zone)
    if isinstance(value, Moment) and kind == "dateTime" and value.whole_day:
        return value.local.isoformat(timespec="milliseconds")
    text = text_value(value)
    if text == "NaN" and isinstance(value, float):
        return ""
    if isinstance(value, bool) and kind == "boolean":
        return text
    return canonical(kind, text, zone) or ""


def _number(value: Value) -> float | None:
    if isinstance(value, bool):
        return float(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    text = text_value(value).strip()
    return float(text) if _DECIMAL.fullmatch(text) and math.isfinite(float(text)) else None


def _from_days(kind: str, days: float, zone: tzinfo) -> str:
    """Days since the epoch as a date or an instant; a whole number is that day (JavaRosa)."""
    if not math.isfinite(days):
        return ""
    if kind == "date" and days == int(days):
        days -= standard_offset(zone) / SECONDS_A_DAY
    moment = of_days(days, zone)
    if moment is None:
        return ""
    if kind == "date":
        return moment.local.date().isoformat()
    return moment.local.isoformat(timespec="milliseconds")


def selected(text: str, offered: list[str], *, ordered: bool) -> str:
    """The chosen values that are offered: in the order of the list, or as chosen when `ordered` (rank)."""
    chosen = text.split()
    if ordered:
        return " ".join(value for value in chosen if value in offered)
    known = set(chosen)
    return " ".join(dict.fromkeys(value for value in offered if value in known))
