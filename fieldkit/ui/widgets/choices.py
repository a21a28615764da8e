"""Answers as big buttons, numbered 1 to 9 for the keyboard."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import QWidget

from fieldkit.ui import theme
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.buttons import BigButton
from fieldkit.ui.widgets.layouts import Columns, Flow

NUMBERED = 9


@dataclass(frozen=True, slots=True)
class Offered:
    """One choice: what is stored, what is read, in which language; perhaps a second line, an icon, a picture."""

    value: str
    text: str
    tag: str | None = None
    second: str = ""
    second_tag: str | None = None
    icon: str = ""
    picture: QPixmap | None = None


class ChoiceGrid(QWidget):
    """One answer or several. `chosen` brings all values after a person's change, not after `choose`."""

    chosen = Signal(tuple)

    def __init__(
        self,
        offered: Sequence[Offered],
        *,
        name: str,
        several: bool = False,
        numbered: bool = True,
        size: Size = Size.QUESTION,
        least: int = 220,
        most: int = 0,
        packed: bool = False,
    ) -> None:
        """`name` is the question, for screen readers; `least` the least width of a button at 100 % text;
        `most` the greatest number of columns (0: as many as fit). `packed` buttons are as wide as their text."""
        super().__init__()
        self.setAccessibleName(name)
        self._several = several
        px = theme.current().px
        layout = Flow(self, gap=px(8)) if packed else Columns(self, least=px(least), most=most, gap=px(8))
        self.buttons: dict[str, BigButton] = {}
        for place, one in enumerate(offered, 1):
            made = BigButton(
                one.text,
                tag=one.tag,
                size=size,
                second=one.second,
                second_tag=one.second_tag,
                number=place if numbered and place <= NUMBERED else None,
                icon=one.icon,
                picture=one.picture,
                checkable=True,
            )
            made.clicked.connect(lambda _=False, value=one.value: self._pressed(value))
            self.buttons[one.value] = made
            layout.addWidget(made)

    @property
    def values(self) -> tuple[str, ...]:
        """What is chosen, in the order in which it is offered."""
        return tuple(value for value, made in self.buttons.items() if made.isChecked())

    def choose(self, *values: str) -> None:
        """Show these as chosen; says nothing to anybody."""
        for value, made in self.buttons.items():
            made.setChecked(value in values)

    def press(self, number: int) -> bool:
        """As if the button with this number had been pressed; False when there is none."""
        if not 1 <= number <= min(len(self.buttons), NUMBERED):
            return False
        made = list(self.buttons.values())[number - 1]
        made.setFocus(Qt.FocusReason.ShortcutFocusReason)
        made.click()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if not (plain and typed.isdecimal() and len(typed) == 1 and self.press(int(typed))):
            super().keyPressEvent(event)

    def focus_first(self) -> None:
        """Give the keyboard to what is chosen, or to the first choice."""
        made = next((self.buttons[value] for value in self.values), next(iter(self.buttons.values()), None))
        if made is not None:
            made.setFocus(Qt.FocusReason.OtherFocusReason)

    def _pressed(self, value: str) -> None:
        if not self._several:
            self.choose(value)  # pressing the chosen one again keeps it: "no answer" has a button of its own
        self.chosen.emit(self.values)
