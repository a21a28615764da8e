"""A small number with its word before it: copies, people in a row. Typed, or stepped with the arrow keys."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QWidget

from fieldkit.ui import theme
from fieldkit.ui.tokens import TARGET
from fieldkit.ui.widgets.text import words


class NumberBox(QWidget):
    """`spin` is the box itself."""

    def __init__(
        self, name: str, value: int, most: int, changed: Callable[[int], object], least: int = 1
    ) -> None:
        super().__init__()
        look = theme.current()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(look.px(8))
        line.addWidget(words(name, wrap=False))
        self.spin = QSpinBox()
        self.spin.setRange(least, most)
        self.spin.setValue(value)
        self.spin.setMinimumHeight(look.px(TARGET))
        self.spin.setMinimumWidth(look.px(96))
        self.spin.setAccessibleName(name)
        self.spin.lineEdit().setAccessibleName(name)
        self.spin.valueChanged.connect(changed)
        line.addWidget(self.spin)


def number_box(
    name: str, value: int, most: int, changed: Callable[[int], object], least: int = 1
) -> NumberBox:
    """A box with its word; `changed` brings the new number."""
    return NumberBox(name, value, most, changed, least)
