"""Points as people write them, and as a form spells them: `latitude longitude altitude accuracy`, in degrees.

1. Digits of any script count. Comma or point for decimals; degrees, minutes and seconds with N, S, E, W too.
2. What is no point stays as it was written, and its line is named.
3. An area's last point is its first again; that one is not written by hand.
"""

import re
from collections.abc import Sequence
from typing import Final

BETWEEN: Final = ";"
MOST_LATITUDE, MOST_LONGITUDE = 90.0, 180.0

_NUMBER = r"[-+]?\d+(?:[.,]\d+)?"
_PAIR: Final = re.compile(
    rf"({_NUMBER})\s*°?\s*([NS])?(?:\s*[,;]\s+|\s+|,(?=\s*[-+\d]))\s*({_NUMBER})\s*°?\s*([EW])?(?:[\s,]+({_NUMBER}))?"
    rf"(?:[\s,]+({_NUMBER}))?",
    re.IGNORECASE,
)
_PLAIN_COMMA: Final = re.compile(r"([-+]?\d+\.\d+|[-+]?\d+),([-+]?\d+\.\d+|[-+]?\d+)")
_SEXAGESIMAL: Final = re.compile(
    r"(\d+)\s*°\s*(\d+)\s*['′]\s*(?:(\d+(?:[.,]\d+)?)\s*(?:\"|″|''))?\s*([NSEW])", re.IGNORECASE
)


def western(text: str) -> str:
    """Digits of any script as 0 to 9."""
    return "".join(str(int(letter)) if letter.isdecimal() else letter for letter in text)


def point_of(line: str) -> str:
    """A line as a form spells a point; empty when it is none."""
    line = western(line).strip()
    found = _by_minutes(line) or _plain(line)
    if found is None:
        return ""
    latitude, longitude, *more = found
    try:
        on_earth = abs(float(latitude)) <= MOST_LATITUDE and abs(float(longitude)) <= MOST_LONGITUDE
    except ValueError:
        return ""
    rest = [*more, "0", "0"][:2]
    return " ".join((latitude, longitude, *rest)) if on_earth else ""


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a list of points, empty ones left out."""
    return tuple(line.strip() for line in re.split(r"[\n\r;]+", text) if line.strip())


def unread(text: str) -> tuple[int, ...]:
    """The numbers of the lines that are no point, from 1."""
    return tuple(number for number, line in enumerate(lines_of(text), 1) if not point_of(line))


def spelled(text: str, *, area: bool) -> str:
    """A list of points as a form spells it; lines that are no points stay as they are (rule 2)."""
    points = [point_of(line) or line for line in lines_of(text)]
    if area and len(points) > 2 and points[0] != points[-1]:
        points.append(points[0])
    return BETWEEN.join(points)


def written(value: str, *, area: bool) -> str:
    """A form's spelling as a list to read and change: a point a line, without what was not measured."""
    points = [part.strip() for part in value.split(BETWEEN) if part.strip()]
    if area and len(points) > 3 and points[0] == points[-1]:
        points.pop()
    return "\n".join(_short(point) for point in points)


def coordinates(text: str) -> tuple[tuple[float, float], ...]:
    """The points that can be read, as longitude and latitude."""
    found: Sequence[str] = [point for line in lines_of(text) if (point := point_of(line))]
    return tuple((float(point.split()[1]), float(point.split()[0])) for point in found)


def _short(point: str) -> str:
    parts = point.split()
    while len(parts) > 2 and parts[-1] in ("0", "0.0"):
        parts.pop()
    return " ".join(parts)


def _plain(line: str) -> tuple[str, ...] | None:
    tight = _PLAIN_COMMA.fullmatch(line)
    if tight and ("." in line or line.count(",") == 1):
        return tight[1], tight[2]
    found = _PAIR.fullmatch(line)
    if found is None:
        return None
    latitude, longitude = _signed(found[1], found[2], "S"), _signed(found[3], found[4], "W")
    return (latitude, longitude, *(part.replace(",", ".") for part in found.groups()[4:] if part))


def _signed(number: str, side: str | None, negative: str) -> str:
    number = number.replace(",", ".").lstrip("+")
    return f"-{number.lstrip('-')}" if side and side.upper() == negative else number


def _by_minutes(line: str) -> tuple[str, ...] | None:
    parts = list(_SEXAGESIMAL.finditer(line))
    if len(parts) != 2 or parts[0][4].upper() not in "NS" or parts[1][4].upper() not in "EW":
        return None
    if _SEXAGESIMAL.sub("", line).strip(" ,;"):
        return None
    return tuple(_degrees(part) for part in parts)


def _degrees(part: re.Match[str]) -> str:
    minutes, seconds = int(part[2]), float((part[3] or "0").replace(",", "."))
    value = int(part[1]) + minutes / 60 + seconds / 3600
    sign = "-" if part[4].upper() in "SW" else ""
    return f"{sign}{value:.7f}".rstrip("0").rstrip(".")
