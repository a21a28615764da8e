"""A small number with its word before it: copies, people. Typed, stepped with the arrow keys, or pressed."""

from collections.abc import Callable

from PySide6.QtWidgets import QAbstractSpinBox, QHBoxLayout, QPushButton, QSpinBox, QWidget

from fieldkit.ui import icons, theme
from fieldkit.ui.tokens import TARGET
from fieldkit.ui.widgets.text import words


class NumberBox(QWidget):
    """`spin` is the box itself; the buttons beside it are named by their sign and the word."""

    def __init__(
        self, name: str, value: int, most: int, changed: Callable[[int], object], least: int = 1
    ) -> None:
        super().__init__()
        look = theme.current()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(look.px(4))
        self.spin = QSpinBox()
        self.spin.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.spin.setRange(least, most)
        self.spin.setValue(value)
        self.spin.setMinimumHeight(look.px(TARGET))
        self.spin.setFixedWidth(look.px(72))
        self.spin.setAccessibleName(name)
        self.spin.lineEdit().setAccessibleName(name)
        self.spin.lineEdit().setStyleSheet("border: none; padding: 0; min-height: 0;")
        self.spin.valueChanged.connect(changed)
        line.addWidget(words(name, wrap=False))
        line.addWidget(self._step("remove", f"− {name}", self.spin.stepDown))
        line.addWidget(self.spin)
        line.addWidget(self._step("new", f"+ {name}", self.spin.stepUp))

    def _step(self, icon: str, name: str, do: Callable[[], object]) -> QPushButton:
        look = theme.current()
        made = QPushButton()
        made.setIcon(icons.icon(icon, look.colours.ink))
        made.setIconSize(icons.size())
        made.setMinimumHeight(look.px(TARGET))
        made.setAccessibleName(name)
        made.clicked.connect(lambda _=False: do())
        return made


def number_box(
    name: str, value: int, most: int, changed: Callable[[int], object], least: int = 1
) -> NumberBox:
    """A box with its word; `changed` brings the new number."""
    return NumberBox(name, value, most, changed, least)
