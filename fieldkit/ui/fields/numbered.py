"""A line for a number: the arrow keys count it up and down, and digits of any script are read."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from fieldkit.ui.fields.field import Line, numbers_from_the_left


class NumberLine(Line):
    """A whole number within bounds, typed or counted. What is typed is not held to the bounds; counting is."""

    def __init__(self, name: str, *, hint: str, digits: int, least: int, most: int) -> None:
        super().__init__(name, hint=hint, characters=digits + 4)
        self._bounds = (least, most)
        numbers_from_the_left(self)
        self.setMaxLength(digits)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
        if not step or self.isReadOnly():
            super().keyPressEvent(event)
            return
        least, most = self._bounds
        held = western(self.text()).strip()
        number = int(held) + step if held.isdecimal() else (least if step > 0 else most)
        self.setText(str(min(max(least, number), most)))
        self.selectAll()
        self.textEdited.emit(self.text())


def western(text: str) -> str:
    """Digits of any script as 0 to 9."""
    return "".join(str(int(letter)) if letter.isdecimal() else letter for letter in text)
