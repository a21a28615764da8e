"""What is not needed at first: a line to press, and below it what folds out."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldkit.ui import icons, theme
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import row
from fieldkit.ui.widgets.tab_order import follow_place


class Fold(QWidget):
    """`make` builds the content when it is opened for the first time: closed folds cost nothing."""

    def __init__(self, text: str, make: Callable[[], QWidget], *, is_open: bool = False) -> None:
        super().__init__()
        self._make = make
        self.content: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.current().px(12))
        self.button = button(text, self.turn, role="plain")
        self.button.setIconSize(icons.size())
        self._column.addWidget(row(self.button))
        self.is_open = False
        self._show_state()
        if is_open:
            self.turn()

    def turn(self) -> None:
        """Open what is closed, close what is open."""
        self.is_open = not self.is_open
        if self.content is None:
            self.content = self._make()
            self._column.addWidget(self.content)
            follow_place(self.button, self.content)
        self.content.setVisible(self.is_open)
        self._show_state()

    def _show_state(self) -> None:
        self.button.setIcon(icons.icon("remove" if self.is_open else "new"))
        self.button.setProperty("open", self.is_open)
