"""The sections of an interview on top, each with its name and how it stands: a word and a shape, not a colour."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from fieldkit.languages.marking import mark
from fieldkit.ui import icons, theme
from fieldkit.ui.presenters.interview import StepRow, StepState
from fieldkit.ui.widgets.card import empty
from fieldkit.ui.widgets.layouts import Flow
from fieldkit.ui.widgets.two_languages import Say

STATE_WORDS = {
    StepState.OPEN: "",
    StepState.HERE: mark("here"),
    StepState.DONE: mark("done"),
    StepState.CLOSED: mark("closed"),
    StepState.SCHEDULED: mark("for later"),
}
_ICONS = {
    StepState.HERE: "next",
    StepState.DONE: "check",
    StepState.CLOSED: "lock",
    StepState.SCHEDULED: "wait",
}


_LONGEST = 48
"""Characters of a title on its step; the whole title stands on the section's page."""


class SectionSteps(QWidget):
    """Emits `pressed` with a section's reference. At large text the sections stand in a menu."""

    pressed = Signal(str)

    def __init__(self, name: str, say: Say) -> None:
        super().__init__()
        self._say = say
        self.setAccessibleName(name)
        self.buttons: dict[str, QPushButton] = {}
        self.menu_button: QToolButton | None = None
        self._menu: QMenu | None = None
        self._rows: tuple[StepRow, ...] = ()
        self._layout = Flow(gap=theme.current().px(4))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._layout)

    def show_rows(self, rows: Sequence[StepRow]) -> None:
        """Show these sections; buttons that stay the same stay."""
        if [row.ref for row in rows] != [row.ref for row in self._rows]:
            self._lay(rows)
        self._rows = tuple(rows)
        if theme.current().stacked:
            self._fill_menu()
        else:
            for place, row in enumerate(rows, 1):
                self._dress(self.buttons[row.ref], place, row)

    def _lay(self, rows: Sequence[StepRow]) -> None:
        empty(self._layout)
        self.buttons = {}
        if theme.current().stacked:
            self.menu_button = QToolButton()
            self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            self._layout.addWidget(self.menu_button)
            return
        for row in rows:
            made = QPushButton()
            made.setProperty("role", "step")
            made.clicked.connect(lambda _=False, ref=row.ref: self.pressed.emit(ref))
            self._layout.addWidget(made)
            self.buttons[row.ref] = made

    def _dress(self, made: QPushButton, place: int, row: StepRow) -> None:
        text = self._text(place, row)
        if made.property("shown") == (text, row.state.value):
            return
        colours = theme.current().colours
        made.setProperty("shown", (text, row.state.value))
        made.setText(text.replace("&", "&&"))
        made.setAccessibleName(text)
        made.setToolTip(text)
        drawn = _ICONS.get(row.state)
        colour = {StepState.DONE: colours.done, StepState.HERE: colours.main}.get(row.state, colours.quiet)
        made.setIcon(icons.icon(drawn, colour) if drawn else QIcon())
        made.setIconSize(icons.size())
        made.setProperty("state", "current" if row.state is StepState.HERE else row.state.value)
        made.style().unpolish(made)
        made.style().polish(made)

    def _fill_menu(self) -> None:
        assert self.menu_button is not None
        say = self._say
        if self._menu is not None:
            self._menu.deleteLater()
        self._menu = menu = QMenu(self.menu_button)
        for place, row in enumerate(self._rows, 1):
            action = menu.addAction(self._text(place, row).replace("&", "&&"))
            drawn = _ICONS.get(row.state)
            if drawn:
                action.setIcon(icons.icon(drawn))
            action.triggered.connect(lambda _=False, ref=row.ref: self.pressed.emit(ref))
            if row.state is StepState.HERE:
                here = say("Section {place} of {whole}", place=place, whole=len(self._rows))
                self.menu_button.setText(here)
                self.menu_button.setAccessibleName(f"{here}: {row.title}")
                self.menu_button.setToolTip(say("All sections"))
        self.menu_button.setMenu(menu)

    def _text(self, place: int, row: StepRow) -> str:
        state = STATE_WORDS[row.state]
        title = row.title if len(row.title) <= _LONGEST else f"{row.title[: _LONGEST - 1]}…"
        return f"{place}. {title} · {self._say(state)}" if state else f"{place}. {title}"
