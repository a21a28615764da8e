"""Points on a plain grid: their shape and how far they reach, without a map and without a network."""

import math
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from fieldkit.ui import theme

Place = tuple[float, float]
"""Longitude and latitude in degrees."""

METRES_A_DEGREE: Final = 111_320.0
"""Of latitude, and of longitude at the equator (a sphere of 6,378 km)."""

_EDGE = 14
_CELLS = 4


class Sketch(QWidget):
    """The points in their order, north above; `area` joins the last to the first."""

    def __init__(self, *, area: bool) -> None:
        super().__init__()
        self._area = area
        self._points: tuple[Place, ...] = ()
        side = theme.current().px(200)
        self.setFixedSize(QSize(side, side))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_points(self, points: Sequence[Place]) -> None:
        """Draw other points."""
        self._points = tuple(points)
        self.setVisible(len(self._points) > 1)
        self.update()

    @property
    def width_in_metres(self) -> int:
        """How many metres the grid is wide and high."""
        return round(reach(self._points))

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = theme.current().colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(colours.paper))
        painter.setPen(QPen(QColor(colours.line), 1))
        inner = QRectF(self.rect()).adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        for number in range(_CELLS + 1):
            at = number / _CELLS
            x, y = inner.x() + at * inner.width(), inner.y() + at * inner.height()
            painter.drawLine(QPointF(x, inner.top()), QPointF(x, inner.bottom()))
            painter.drawLine(QPointF(inner.left(), y), QPointF(inner.right(), y))
        self._paint_points(painter, inner)
        painter.end()

    def _paint_points(self, painter: QPainter, inner: QRectF) -> None:
        colours = theme.current().colours
        places = [
            QPointF(inner.x() + x * inner.width(), inner.bottom() - y * inner.height())
            for x, y in within_a_square(self._points)
        ]
        painter.setPen(QPen(QColor(colours.main), 2))
        ground = QColor(colours.main)
        ground.setAlpha(40)
        painter.setBrush(ground if self._area else Qt.BrushStyle.NoBrush)
        if self._area:
            painter.drawPolygon(QPolygonF(places))
        else:
            painter.drawPolyline(QPolygonF(places))
        painter.setBrush(QColor(colours.main))
        for place in places[:500]:
            painter.drawEllipse(place, 3, 3)


def reach(points: Sequence[Place]) -> float:
    """The longer side of the points' extent, in metres."""
    if not points:
        return 0.0
    wide, high = _extent(points)
    return max(wide, high)


def within_a_square(points: Sequence[Place]) -> list[tuple[float, float]]:
    """The points between 0 and 1, true in shape, in the middle of a square."""
    if not points:
        return []
    west, south = min(point[0] for point in points), min(point[1] for point in points)
    wide, high = _extent(points)
    side = max(wide, high) or 1.0
    east_metres = METRES_A_DEGREE * math.cos(math.radians(_middle(points)))
    return [
        (
            ((x - west) * east_metres + (side - wide) / 2) / side,
            ((y - south) * METRES_A_DEGREE + (side - high) / 2) / side,
        )
        for x, y in points
    ]


def _extent(points: Sequence[Place]) -> tuple[float, float]:
    across = max(point[0] for point in points) - min(point[0] for point in points)
    upward = max(point[1] for point in points) - min(point[1] for point in points)
    return across * METRES_A_DEGREE * math.cos(math.radians(_middle(points))), upward * METRES_A_DEGREE


def _middle(points: Sequence[Place]) -> float:
    return (max(point[1] for point in points) + min(point[1] for point in points)) / 2
