"""A sheet to draw on, with a finger, a pen, a mouse, or the arrow keys.

1. Lines are kept as points between 0 and 1: the sheet may be any size on the screen, and is written in its own.
2. Ink is dark on white paper in every set of colours: what is drawn is a picture, not a part of the window.
3. Arrow keys move the pen, Space puts it down and lifts it, Backspace takes the last line back.
"""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from fieldkit.ui import fonts, theme

Line = list[QPointF]

PAPER: Final = QColor("#FFFFFF")
INK: Final = QColor("#17212B")
ON_PICTURE: Final = QColor("#C2185B")
"""Lines on a picture must be seen on dark and on light."""

MOST_POINTS: Final = 100_000
"""Points of all lines: a pen left on the paper must not fill the memory."""

_PEN = 0.006
_STEP = 0.02
_SMALL_STEP = 0.004
_TEXT = 0.11
_EDGE = 0.06

_ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Canvas(QWidget):
    """`shape` is the sheet's size in points of the picture it becomes. `changed` comes after each finished line."""

    changed = Signal()
    drawing = Signal()

    def __init__(self, shape: QSize, *, most_width: int = 760) -> None:
        super().__init__()
        self.shape = shape
        self.ground: QImage | None = None
        self.words = ""
        self.tag = "en"
        self.lines: list[Line] = []
        self._pen = QPointF(0.5, 0.5)
        self._down = False
        self._most_width = most_width
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_StaticContents)
        self.setMaximumWidth(most_width)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands on the sheet."""
        return not self.lines and not self.words and self.ground is None

    def clear(self, ground: QImage | None = None) -> None:
        """A new sheet, or a picture to draw on; says nothing to anybody."""
        self.lines, self.words, self.ground, self._down = [], "", ground, False
        if ground is not None:
            self.shape = ground.size()
        self.updateGeometry()
        self.update()

    def undo(self) -> None:
        """Take the last line back, or the words."""
        if self.lines:
            self.lines.pop()
        else:
            self.words = ""
        self._down = False
        self.update()
        self.changed.emit()

    def write(self, text: str, tag: str) -> None:
        """Let the sheet say this in words, instead of lines."""
        self.lines, self.words, self.tag = [], text, tag
        self.update()
        self.changed.emit()

    def picture(self, longest: int) -> QImage:
        """What stands on the sheet, at most `longest` points on its longer side."""
        size = self.shape
        if max(size.width(), size.height()) > longest:
            size = size.scaled(longest, longest, Qt.AspectRatioMode.KeepAspectRatio)
        image = QImage(size.expandedTo(QSize(1, 1)), QImage.Format.Format_RGB32)
        image.fill(PAPER)
        painter = QPainter(image)
        self._paint(painter, QRectF(image.rect()))
        painter.end()
        return image

    # --- what Qt asks ---------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(self._most_width, self.heightForWidth(self._most_width))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 90)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        width = min(width, self._most_width)  # a layout asks for the width of the whole card
        return max(60, width * self.shape.height() // max(1, self.shape.width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current().colours
        sheet = self._sheet()
        painter = QPainter(self)
        painter.setClipRegion(event.region())
        painter.fillRect(sheet, PAPER)
        self._paint(painter, sheet)
        painter.setPen(
            QPen(QColor(colours.main if self.hasFocus() else colours.edge), 2 if self.hasFocus() else 1)
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(sheet.adjusted(1, 1, -1, -1))
        if self.hasFocus():
            self._paint_pen(painter, sheet)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton or not self.isEnabled():
            return
        self._begin(self._place(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._down and event.buttons() & Qt.MouseButton.LeftButton:
            self._go(self._place(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._down and event.button() is Qt.MouseButton.LeftButton:
            self._lift()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        arrow = _ARROWS.get(Qt.Key(event.key()))
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if arrow and modifiers in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
            step = _SMALL_STEP if modifiers else _STEP
            across = step * self.shape.height() / max(1, self.shape.width())
            self._go(_within(QPointF(self._pen.x() + arrow[0] * across, self._pen.y() + arrow[1] * step)))
        elif event.key() == Qt.Key.Key_Space:
            if self._down:
                self._lift()
            else:
                self._begin(self._pen)
        elif event.key() == Qt.Key.Key_Backspace:
            self.undo()
        else:
            super().keyPressEvent(event)

    # --- lines ----------------------------------------------------------------------------------------

    def _begin(self, place: QPointF) -> None:
        self._pen, self._down = place, True
        self.lines.append([place])
        self.drawing.emit()
        self.update()

    def _go(self, place: QPointF) -> None:
        self._pen = place
        if self._down and self.lines and sum(map(len, self.lines)) < MOST_POINTS:
            self.lines[-1].append(place)
        self.update()

    def _lift(self) -> None:
        self._down = False
        self.update()
        self.changed.emit()

    def _sheet(self) -> QRectF:
        """Where the sheet lies in the widget: as large as fits, at the reading start."""
        size = self.shape.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left = self.width() - size.width() if theme.current().mirrored else 0
        return QRectF(left, 0, size.width(), size.height())

    def _place(self, point: QPointF) -> QPointF:
        sheet = self._sheet()
        return _within(
            QPointF(
                (point.x() - sheet.x()) / max(1.0, sheet.width()),
                (point.y() - sheet.y()) / max(1.0, sheet.height()),
            )
        )

    # --- painting -------------------------------------------------------------------------------------

    def _paint(self, painter: QPainter, sheet: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self.ground is not None:
            painter.drawImage(sheet, self.ground)
        if self.words:
            self._paint_words(painter, sheet)
        ink = INK if self.ground is None else ON_PICTURE
        wide = max(1.5, _PEN * max(sheet.width(), sheet.height()))
        painter.setPen(
            QPen(ink, wide, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        )
        for line in self.lines:
            painter.drawPolyline(QPolygonF(_on(sheet, line if len(line) > 1 else line * 2)))

    def _paint_words(self, painter: QPainter, sheet: QRectF) -> None:
        font = QFont(fonts.font_for(self.tag))
        font.setPixelSize(max(8, round(sheet.height() * _TEXT)))
        painter.setFont(font)
        painter.setPen(INK)
        edge = sheet.height() * _EDGE
        room = sheet.adjusted(edge, edge, -edge, -edge)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap), self.words)

    def _paint_pen(self, painter: QPainter, sheet: QRectF) -> None:
        """Where the arrow keys have moved the pen; a ring while it is up, a dot while it is down."""
        at = _on(sheet, [self._pen])[0]
        painter.setPen(QPen(QColor(theme.current().colours.main), 2))
        painter.setBrush(QColor(theme.current().colours.main) if self._down else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(at, 6, 6)


def _on(sheet: QRectF, line: Sequence[QPointF]) -> list[QPointF]:
    return [
        QPointF(sheet.x() + point.x() * sheet.width(), sheet.y() + point.y() * sheet.height())
        for point in line
    ]


def _within(point: QPointF) -> QPointF:
    return QPointF(min(1.0, max(0.0, point.x())), min(1.0, max(0.0, point.y())))
