"""A choice of many in a line that opens: a language, a group, a place. Its word stands before it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QWidget

from fieldkit.ui import theme
from fieldkit.ui.tokens import TARGET
from fieldkit.ui.widgets.text import words

LEAST, MOST = 14, 28
"""Characters for which there is room; what is longer is read in the open list."""


class OpeningLine(QComboBox):
    """A line that opens, with a sign of that at its reading end, in the colours of the look."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        look = theme.current()
        middle, half = look.px(16), look.px(4)
        across = middle if look.mirrored else self.width() - middle
        down = self.height() / 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(look.colours.quiet), look.px(2)))
        left, right = QPointF(across - half, down - half / 2), QPointF(across + half, down - half / 2)
        painter.drawPolyline([left, QPointF(across, down + half / 2), right])
        painter.end()


class Picker(QWidget):
    """`offered` are values and what is read. `picked` brings the value that somebody chose, not after `choose`."""

    def __init__(
        self, name: str, offered: Sequence[tuple[str, str]], value: str, picked: Callable[[str], object]
    ) -> None:
        super().__init__()
        look = theme.current()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(look.px(8))
        line.addWidget(words(name, wrap=False))
        self.box = OpeningLine()
        self.box.setMinimumHeight(look.px(TARGET))
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        longest = max((len(text) for _, text in offered), default=0)
        self.box.setMinimumContentsLength(max(LEAST, min(MOST, longest)))
        self.box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.box.setAccessibleName(name)
        for one, text in offered:
            self.box.addItem(text, one)
        self.choose(value)
        self.box.activated.connect(lambda place: picked(str(self.box.itemData(place))))
        line.addWidget(self.box)

    @property
    def value(self) -> str:
        """What is chosen."""
        return str(self.box.currentData())

    def choose(self, value: str) -> None:
        """Show this as chosen; says nothing to anybody."""
        self.box.setCurrentIndex(max(0, self.box.findData(value)))
