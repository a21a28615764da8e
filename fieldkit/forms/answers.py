"""The one spelling of an answer of each bind type, and what is none.

1. `canonical(type, text)` gives the spelling stored, or None when the text is no value of the type.
2. An int is within 32 bits (XML Schema's int, as JavaRosa and Collect keep it); a decimal shows its point.
3. A text type takes any text. A fraction typed for an int is cut off.
"""

import math
import re
from collections.abc import Mapping
from datetime import UTC, tzinfo

from fieldkit.forms.expressions.functions.places import read_point
from fieldkit.forms.expressions.moments import (
    SECONDS_A_DAY,
    Moment,
    of_days,
    read_date,
    read_moment,
    read_time,
    standard_offset,
)
from fieldkit.forms.expressions.values import Value, number_text, text_value

_INT = re.compile(r"[+-]?\d+(\.\d*)?")
_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_ZONED = re.compile(r"[T ].*(Z|[+-])")
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
            return _date(text.strip())
        case "time":
            return text.strip() if read_time(text.strip()) is not None else None
        case "dateTime":
            return text.strip() if read_moment(text, zone or UTC) is not None else None
        case "geopoint":
            return _point(text)
        case "geotrace" | "geoshape":
            parts = [_point(part) for part in text.split(";") if part.strip()]
            return ";".join(part for part in parts if part) if parts and None not in parts else None
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
    numbers = [_decimal(part) for part in text.split()]
    return " ".join(part for part in numbers if part) if read_point(text) and None not in numbers else None


def _date(text: str) -> str | None:
    """A date, or the date of a time without a zone; with a zone it would be another day elsewhere."""
    day = read_date(text)
    if day is None or (len(text) > 10 and _ZONED.search(text)):
        return None
    return day.isoformat()


def computed(kind: str, value: Value, zone: tzinfo) -> str:
    """What a calculation of a bind type stores: `""` for NaN and for what is no value of the type."""
    if kind == "int":
        number = _number(value)
        return "" if number is None else canonical("int", str(math.trunc(number))) or ""
    if kind in ("date", "dateTime", "time") and isinstance(value, float):
        return _from_days(kind, value, zone)
    if isinstance(value, Moment) and kind == "date":
        return value.local.date().isoformat()
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


def selected(text: str, offered: list[str]) -> str:
    """The chosen values that are offered, in the order of the list."""
    known = set(text.split())
    return " ".join(dict.fromkeys(value for value in offered if value in known))


def ranked(text: str, offered: list[str]) -> str:
    """The ranked values that are offered, in their order; what the list offers besides comes last."""
    known = set(offered)
    kept = [value for value in text.split() if value in known]
    return " ".join(dict.fromkeys([*kept, *offered]))


def within_range(text: str, options: Mapping[str, str]) -> bool:
    """Whether a number lies within the `start` and `end` of a range."""
    bounds = [options.get("start", ""), options.get("end", "")]
    if not all(map(_DECIMAL.fullmatch, bounds)) or not _DECIMAL.fullmatch(text):
        return True
    low, high = sorted(map(float, bounds))
    return low <= float(text) <= high
