"""Rows that wait, one below the other: pressed by mouse, by Enter, or by their number on the keyboard."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from fieldkit.ui import fonts, theme
from fieldkit.ui.presenters.queue import Line, Place
from fieldkit.ui.widgets.buttons import BigButton
from fieldkit.ui.widgets.layouts import Columns

NUMBERED = 9
ICONS = {Place.NOW: "urgent", Place.TOO_LONG: "wait", Place.WAITING: "person"}
"""The shape that goes with each place."""


class QueueRows(QWidget):
    """`opened` brings what a row is about. Arrows go from row to row while one of them has the keyboard."""

    opened = Signal(str)

    def __init__(self, lines: Sequence[Line], *, name: str, first: int = 1) -> None:
        """`first` is the number of the first row on the keyboard: rows are numbered through all places."""
        super().__init__()
        self.setAccessibleName(name)
        px = theme.current().px
        layout = Columns(self, least=px(420), most=2, gap=px(8))
        self.buttons: dict[str, BigButton] = {}
        self._first = first
        for place, line in enumerate(lines, first):
            for tag in line.languages:
                fonts.font_for(tag)  # its letters stand in a line of the interface's language
            icon = "people" if line.household and line.place is Place.WAITING else ICONS[line.place]
            made = BigButton(
                line.number,
                tag="en",
                second=line.told,
                icon=icon,
                number=place if place <= NUMBERED else None,
            )
            made.clicked.connect(lambda _=False, about=line.about: self.opened.emit(about))
            self.buttons[line.about] = made
            layout.addWidget(made)

    def press(self, number: int) -> bool:
        """As if the row with this number had been pressed; False when there is none here."""
        place = number - self._first
        if not 0 <= place < len(self.buttons) or number > NUMBERED:
            return False
        list(self.buttons.values())[place].click()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text()
        step = {Qt.Key.Key_Down: True, Qt.Key.Key_Up: False}.get(Qt.Key(event.key()))
        if step is not None:
            self.focusNextPrevChild(step)
        elif not (typed.isdecimal() and len(typed) == 1 and self.press(int(typed))):
            super().keyPressEvent(event)
