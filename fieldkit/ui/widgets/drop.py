"""One of a short list, opened when it is pressed. Typing finds a row by its number, or by how its words begin.

The mouse wheel changes nothing: whoever scrolls the page must not change an answer.
"""

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QComboBox

from fieldkit.ui import theme
from fieldkit.ui.models.choices import folded

TYPING_ENDS = 900
"""Milliseconds after which a letter begins another word."""
_NO_LETTERS = dict.fromkeys(range(0x2066, 0x206A))
ARROW = 16
"""Room for the arrow, in pixels at 100 %."""


class Drop(QComboBox):
    """`chosen` brings the value after a person's choice, not after `show_value`."""

    chosen = Signal(str)

    def __init__(self, rows: Iterable[tuple[str, str]], *, name: str, empty: str = "") -> None:
        """`rows` are values and what is read; with `empty` the first row is no answer and says that word."""
        super().__init__()
        self.setProperty("role", "drop")
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        if empty:
            self.addItem(empty, "")
        self._typed = ""
        self._ends = QTimer(self)
        self._ends.setSingleShot(True)
        self._ends.setInterval(TYPING_ENDS)
        self._ends.timeout.connect(self._forget)
        self.fill(rows)
        self.activated.connect(lambda _row: self.chosen.emit(self.value))

    def fill(self, rows: Iterable[tuple[str, str]]) -> None:
        """Offer other rows; an empty first row stays, and so does what is chosen, where it is still there."""
        held = self.value
        kept = 1 if self.count() and self.itemData(0) == "" else 0
        while self.count() > kept:
            self.removeItem(self.count() - 1)
        for value, text in rows:
            self.addItem(text, value)
        self.setMaxVisibleItems(max(1, self.count()))
        self.show_value(held)

    @property
    def value(self) -> str:
        """What is chosen."""
        return str(self.currentData() or "")

    def show_value(self, value: str) -> None:
        """Show a row as chosen; the first one where there is none."""
        self.setCurrentIndex(max(0, self.findData(value)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if (
            text.strip()
            and text.isprintable()
            and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self._find(text)
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) and self.itemData(0) == "":
            self._choose(0)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._choose(min(max(0, self.currentIndex() + step), self.count() - 1))
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(theme.current().px(ARROW), 0)

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint() + QSize(theme.current().px(ARROW), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The stylesheet takes Qt's own arrow away, which comes with a frame of its own."""
        super().paintEvent(event)
        px, colours = theme.current().px, theme.current().colours
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        middle = QPointF(px(16) if mirrored else self.width() - px(16), self.height() / 2)
        half, down = px(5), px(3)
        pen = QPen(QColor(colours.ink if self.isEnabled() else colours.quiet), max(1.5, px(2)))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen)
        left, right, tip = QPointF(-half, -down), QPointF(half, -down), QPointF(0, down)
        painter.drawPolyline([middle + left, middle + tip, middle + right])
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def _find(self, text: str) -> None:
        self._ends.start()
        for typed in (self._typed + text, text):
            row = self._row_of(typed)
            if row >= 0:
                self._typed = typed
                self._choose(row)
                return

    def _row_of(self, typed: str) -> int:
        if typed.isdecimal():
            return self.findData(str(int(typed)))
        plain = folded(typed)
        rows = (row for row in range(self.count()) if self.itemData(row))
        return next((row for row in rows if _begins(self.itemText(row), plain)), -1)

    def _choose(self, row: int) -> None:
        if row != self.currentIndex():
            self.setCurrentIndex(row)
            self.chosen.emit(self.value)

    def _forget(self) -> None:
        self._typed = ""


def _begins(text: str, plain: str) -> bool:
    """Whether a word of `text` begins so; the marks that keep its direction are no letters."""
    return any(part.startswith(plain) for part in folded(text.translate(_NO_LETTERS)).split())
