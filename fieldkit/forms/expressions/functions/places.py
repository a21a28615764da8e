"""Functions on places: geopoints, lines and areas. Latitude and longitude in degrees (WGS 84).

Distances are on a sphere of EARTH_RADIUS metres by the haversine formula, areas by the spherical excess, as
JavaRosa computes them; both in metres, rounded to centimetres.
"""

import itertools
import math

from fieldkit.forms.expressions.environment import Environment
from fieldkit.forms.expressions.functions.table import ANY_NUMBER, Function, row
from fieldkit.forms.expressions.functions.text import spread
from fieldkit.forms.expressions.values import Value

EARTH_RADIUS = 6_378_100.0
"""Metres, the value JavaRosa uses."""

Point = tuple[float, float]


def read_point(text: str) -> Point | None:
    """`latitude longitude [altitude accuracy]` as (latitude, longitude), or None outside the earth."""
    parts = text.split()
    if not 2 <= len(parts) <= 4:
        return None
    try:
        latitude, longitude = float(parts[0]), float(parts[1])
    except ValueError:
        return None
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def _points(values: tuple[Value, ...]) -> list[Point] | None:
    points: list[Point] = []
    for text in spread(values):
        for part in text.split(";"):
            if part.strip():
                point = read_point(part)
                if point is None:
                    return None
                points.append(point)
    return points


def _between(one: Point, other: Point) -> float:
    north = math.radians(other[0] - one[0])
    east = math.radians(other[1] - one[1])
    share = (
        math.sin(north / 2) ** 2
        + math.cos(math.radians(one[0])) * math.cos(math.radians(other[0])) * math.sin(east / 2) ** 2
    )
    return 2 * EARTH_RADIUS * math.asin(min(1.0, math.sqrt(share)))


def _distance(_: Environment, *values: Value) -> float:
    points = _points(values)
    if not points or len(points) < 2:
        return 0.0
    return round(sum(_between(one, other) for one, other in itertools.pairwise(points)), 2)


def _area(_: Environment, *values: Value) -> float:
    points = _points(values)
    if not points or len(points) < 3:
        return 0.0
    total = 0.0
    for one, other in zip(points, points[1:] + points[:1], strict=True):
        east = math.radians(other[1] - one[1])
        total += east * (2 + math.sin(math.radians(one[0])) + math.sin(math.radians(other[0])))
    return round(abs(total) * EARTH_RADIUS**2 / 2, 2)


def _geofence(_: Environment, place: str, border: str) -> bool:
    point, corners = read_point(place), _points((border,))
    if point is None or not corners or len(corners) < 4 or corners[0] != corners[-1]:
        return False
    inside = False
    for one, other in itertools.pairwise(corners):
        if (one[0] > point[0]) != (other[0] > point[0]):
            crossing = (other[1] - one[1]) * (point[0] - one[0]) / (other[0] - one[0]) + one[1]
            inside ^= point[1] < crossing
    return inside


FUNCTIONS: tuple[Function, ...] = (
    row("distance", (1, ANY_NUMBER), "v", "n", _distance),
    row("area", (1, ANY_NUMBER), "v", "n", _area),
    row("geofence", (2, 2), "s", "b", _geofence),
)
