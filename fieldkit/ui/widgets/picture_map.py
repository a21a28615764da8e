"""A drawing of which parts can be pressed, each part an answer (XLSForm's `image-map`).

1. A part belongs to an answer by its `id` in the drawing (SVG), as ODK Collect and Enketo have it.
2. The same answers stand as buttons below: whoever uses the keyboard, or cannot tell the parts apart,
   misses nothing.
3. What is chosen is seen by a veil and an edge, never by colour alone: its button has the check mark.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from fieldkit.domain.errors import FieldkitError
from fieldkit.ui import theme
from fieldkit.ui.pictures import read_drawing
from fieldkit.ui.widgets.two_languages import Say

LONGEST: Final = 560
"""The longer side in pixels at 100 % text."""

_VEIL: Final = 110  # of 255
_NEAR: Final = 3  # pixels that a finger or a hand that shakes may miss a line by


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the drawing: its answer, where it stands, and which points are painted."""

    value: str
    place: QRectF
    painted: QImage

    def holds(self, at: QPoint) -> bool:
        """Whether something of this part is painted at, or next to, a point."""
        return any(
            self.painted.valid(x, y) and self.painted.pixelColor(x, y).alpha() > 0
            for x in (at.x() - _NEAR, at.x(), at.x() + _NEAR)
            for y in (at.y() - _NEAR, at.y(), at.y() + _NEAR)
        )


class PictureMap(QWidget):
    """`pressed` brings the answer of the part that somebody pressed."""

    pressed = Signal(str)

    def __init__(self, drawing: QSvgRenderer, values: Sequence[str], name: str) -> None:
        super().__init__()
        self._drawing = drawing
        longest = theme.current().px(LONGEST)
        size = drawing.defaultSize().scaled(longest, longest, Qt.AspectRatioMode.KeepAspectRatio)
        self.setFixedSize(size.expandedTo(QSize(1, 1)))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self.parts = tuple(self._part(value) for value in values if drawing.elementExists(value))
        self._chosen: frozenset[str] = frozenset()
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def choose(self, values: Collection[str]) -> None:
        """Show which answers are chosen."""
        self._chosen = frozenset(values)
        self.update()

    def at(self, point: QPoint) -> str:
        """The answer of the part at a point; of several the smallest; empty where there is none."""
        painted = [part for part in self.parts if part.holds(point)]
        around = [part for part in self.parts if part.place.contains(QPointF(point))]
        found = painted or around  # a part may be drawn with nothing inside its edge
        return min(found, key=lambda part: part.place.width() * part.place.height()).value if found else ""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        value = self.at(event.position().toPoint())
        if value and event.button() is Qt.MouseButton.LeftButton:
            self.pressed.emit(value)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._drawing.render(painter, QRectF(self.rect()))
        colour = QColor(theme.current().colours.main)
        for part in self.parts:
            if part.value in self._chosen:
                painter.drawImage(0, 0, _veil(part.painted, colour))
                painter.setPen(QPen(colour, theme.current().px(3)))
                painter.drawRoundedRect(part.place, 4, 4)
        painter.end()

    def _part(self, value: str) -> Part:
        drawing = self._drawing
        inside = drawing.transformForElement(value).mapRect(drawing.boundsOnElement(value))
        whole = drawing.viewBoxF()
        across, down = self.width() / whole.width(), self.height() / whole.height()
        place = QRectF(
            (inside.x() - whole.x()) * across,
            (inside.y() - whole.y()) * down,
            inside.width() * across,
            inside.height() * down,
        )
        painted = QImage(self.size(), QImage.Format.Format_ARGB32_Premultiplied)
        painted.fill(Qt.GlobalColor.transparent)
        painter = QPainter(painted)
        drawing.render(painter, value, place)
        painter.end()
        return Part(value, place, painted)


def picture_map(content: bytes | None, values: Sequence[str], name: str, say: Say) -> PictureMap | None:
    """The drawing as a thing to press; None where it is none, or no part of it belongs to an answer."""
    if content is None:
        return None
    try:
        drawing = read_drawing(content)
    except FieldkitError:
        return None
    made = PictureMap(drawing, values, say("Picture: {file}", file=name))
    return made if made.parts else None


def _veil(painted: QImage, colour: QColor) -> QImage:
    """The points of a part in one colour that lets the drawing through."""
    veil = QImage(painted)
    painter = QPainter(veil)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(veil.rect(), QColor(colour.red(), colour.green(), colour.blue(), _VEIL))
    painter.end()
    return veil
