"""The row below: the way back at the reading start, the one main action at the reading end."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from fieldkit.ui import theme
from fieldkit.ui.screens.screen import Way
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import empty
from fieldkit.ui.widgets.text import words


class Footer(QFrame):
    """Shown only when the screen has a way to offer."""

    def __init__(self, *, name: str) -> None:
        super().__init__()
        px = theme.current().px
        self.setProperty("role", "footer")
        self.setAccessibleName(name)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(px(24), px(8), px(24), px(8))
        self._row.setSpacing(px(12))
        self.back: QPushButton | None = None
        self.main: QPushButton | None = None

    def offer(self, back: Way | None, others: Sequence[Way], main: Way | None, tips: dict[str, str]) -> None:
        """Show these ways. `tips` holds the tooltips of "back" and "next"."""
        empty(self._row)
        self.back = _made(back, "plain", tips.get("back", "")) if back else None
        self.main = _made(main, "main", tips.get("next", "")) if main else None
        if self.back is not None:
            self._row.addWidget(self.back)
        self._row.addStretch(1)
        if main and not main.enabled and main.why_not:
            self._row.addWidget(words(main.why_not, quiet=True), 4)
        for way in others:
            self._row.addWidget(_made(way, "", ""))
        if self.main is not None:
            self._row.addWidget(self.main)
        self.setVisible(bool(self.back or self.main or others))


def _made(way: Way, role: str, tip: str) -> QPushButton:
    made = button(way.text, way.do, icon=way.icon, role=role, tip=tip)
    made.setEnabled(way.enabled)
    made.setAccessibleDescription(way.why_not if not way.enabled else "")
    return made
