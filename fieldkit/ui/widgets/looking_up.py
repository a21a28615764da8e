"""A line in which somebody is looked for while its letters are typed."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldkit.ui import theme
from fieldkit.ui.widgets.card import empty
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.tab_order import follow

PAUSE = 120
"""Milliseconds after the last key before it is looked up."""


class LookUp(QWidget):
    """`found` makes what stands below the line for what was typed; `otherwise` stands there while nothing is."""

    def __init__(self, label: str, hint: str, found: Callable[[str], QWidget], otherwise: QWidget) -> None:
        super().__init__()
        self._found, self._otherwise = found, otherwise
        self.field = Field(label, hint=hint)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.current().px(16))
        self._results = QVBoxLayout()
        layout.addWidget(self.field)
        layout.addLayout(self._results)
        layout.addWidget(otherwise)
        layout.addStretch(1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.look)
        self.field.line.textChanged.connect(lambda _text: self._timer.start())

    def look(self) -> None:
        """Look up what stands in the line now."""
        self._timer.stop()
        typed = self.field.value.strip()
        empty(self._results)
        self._otherwise.setVisible(not typed)
        if typed:
            found = self._found(typed)
            self._results.addWidget(found)
            follow(self.field, found)
