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

MOST_CORNERS = 1_000
"""Corners that are looked at for crossings, every segment against every other: half a second at most."""

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


def _side(one: Point, other: Point, point: Point) -> float:
    """On which side of the line from `one` to `other` the point lies; 0 on it."""
    return (other[0] - one[0]) * (point[1] - one[1]) - (other[1] - one[1]) * (point[0] - one[0])


def _meet(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    """Whether two segments have a point in common."""
    (a, b), (c, d) = one, other
    sides = _side(a, b, c), _side(a, b, d), _side(c, d, a), _side(c, d, b)
    if sides[0] * sides[1] < 0 and sides[2] * sides[3] < 0:
        return True
    touching = ((a, b, c, sides[0]), (a, b, d, sides[1]), (c, d, a, sides[2]), (c, d, b, sides[3]))
    return any(side == 0 and _between_ends(start, end, point) for start, end, point, side in touching)


def _between_ends(start: Point, end: Point, point: Point) -> bool:
    return all(min(start[axis], end[axis]) <= point[axis] <= max(start[axis], end[axis]) for axis in (0, 1))


def _doubles_back(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    """Whether the segment behind `one` runs back along it."""
    (a, b), (_, c) = one, other
    ahead = (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1])
    return _side(a, b, c) == 0 and ahead < 0


def _intersects(_: Environment, line: str) -> bool:
    """Whether a line or the border of an area crosses itself; neighbours share a corner, which is no crossing."""
    points = _points((line,)) or []
    corners = [point for at, point in enumerate(points) if at == 0 or point != points[at - 1]][:MOST_CORNERS]
    segments = list(itertools.pairwise(corners))
    closed = len(segments) > 2 and corners[0] == corners[-1]
    for at, one in enumerate(segments):
        for later in range(at + 1, len(segments)):
            other = segments[later]
            if later == at + 1:
                crossed = _doubles_back(one, other)
            elif closed and at == 0 and later == len(segments) - 1:
                crossed = _doubles_back(other, one)
            else:
                crossed = _meet(one, other)
            if crossed:
                return True
    return False


FUNCTIONS: tuple[Function, ...] = (
    row("distance", (1, ANY_NUMBER), "v", "n", _distance),
    row("area", (1, ANY_NUMBER), "v", "n", _area),
    row("enclosed-area", (1, ANY_NUMBER), "v", "n", _area),
    row("intersects", (1, 1), "s", "b", _intersects),
    row("geofence", (2, 2), "s", "b", _geofence),
)
