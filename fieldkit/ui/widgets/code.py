"""A code that a machine reads, painted: dark squares on white in every set of colours, or no reader finds it."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from fieldkit.ui import theme

PAPER: Final = QColor("#FFFFFF")
INK: Final = QColor("#000000")
_QUIET = 4
"""Squares of white around it (ISO/IEC 18004, 5.3.8)."""
_SIDE = 220


class CodePicture(QWidget):
    """`squares` are its rows, True for dark; `name` is what a screen reader says."""

    def __init__(self, squares: Sequence[Sequence[bool]], name: str) -> None:
        super().__init__()
        self._squares = squares
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A whole number of points a square, so that no edge is grey."""
        count = len(self._squares) + 2 * _QUIET
        side = max(theme.current().px(_SIDE) // count, 3) * count
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), PAPER)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(INK)
        count = len(self._squares) + 2 * _QUIET
        side = min(self.width(), self.height()) // count
        for row, squares in enumerate(self._squares, _QUIET):
            for place, dark in enumerate(squares, _QUIET):
                if dark:
                    painter.drawRect(QRectF(place * side, row * side, side, side))
        painter.end()
