"""A small number with its word before it: copies, people. Typed, stepped with the arrow keys, or pressed."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from fieldkit.ui import icons, theme
from fieldkit.ui.tokens import TARGET
from fieldkit.ui.widgets.text import words


class _Line(QLineEdit):
    """Up and down step the number."""

    def __init__(self, step: Callable[[int], object]) -> None:
        super().__init__()
        self._step = step

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        by = steps.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
        else:
            self._step(by)


class NumberBox(QWidget):
    """`line` is the box itself; the buttons beside it are named by their sign and the word. An empty or impossible
    number counts as the least."""

    def __init__(
        self, name: str, value: int, most: int, changed: Callable[[int], object], least: int = 1
    ) -> None:
        super().__init__()
        look = theme.current()
        self._least, self._most, self._changed = least, most, changed
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(4))
        self.line = _Line(self._by)
        self.line.setValidator(QIntValidator(least, most, self))
        self.line.setText(str(value))
        self.line.setFixedWidth(look.px(72))
        self.line.setAccessibleName(name)
        self.line.textEdited.connect(lambda _text: changed(self.value))
        row.addWidget(words(name, wrap=False))
        row.addWidget(self._step("remove", f"− {name}", -1))
        row.addWidget(self.line)
        row.addWidget(self._step("new", f"+ {name}", 1))

    @property
    def value(self) -> int:
        """The number that stands there."""
        typed = self.line.text().strip()
        number = int(typed) if typed.isascii() and typed.isdecimal() else self._least
        return max(self._least, min(self._most, number))

    def _by(self, by: int) -> None:
        self.line.setText(str(max(self._least, min(self._most, self.value + by))))
        self._changed(self.value)

    def _step(self, icon: str, name: str, by: int) -> QPushButton:
        look = theme.current()
        made = QPushButton()
        made.setIcon(icons.icon(icon, look.colours.ink))
        made.setIconSize(icons.size())
        made.setMinimumHeight(look.px(TARGET))
        made.setAccessibleName(name)
        made.clicked.connect(lambda _=False: self._by(by))
        return made


def number_box(
    name: str, value: int, most: int, changed: Callable[[int], object], least: int = 1
) -> NumberBox:
    """A box with its word; `changed` brings the new number."""
    return NumberBox(name, value, most, changed, least)
