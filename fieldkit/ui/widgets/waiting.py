"""What is shown while people wait longer than a second: what is done, how far it is, and Cancel."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from fieldkit.ui import theme
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, empty
from fieldkit.ui.widgets.text import set_words, words

_CARD_WIDTH = 480


class Waiting(Card):
    """`show_progress` keeps it true; `cancel` is what the button does, None when the work cannot stop."""

    def __init__(
        self, what: str, how_long: str, cancel_word: str, cancel: Callable[[], object] | None
    ) -> None:
        super().__init__()
        self.setAccessibleName(what)
        self.column.addWidget(words(what, Size.QUESTION))
        self._how_long = words(how_long, quiet=True)
        self.column.addWidget(self._how_long)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(what)
        self.bar.setRange(0, 0)
        self.column.addWidget(self.bar)
        self.cancel = button(cancel_word, cancel, icon="close") if cancel else None
        if self.cancel is not None:
            self.column.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignLeft)

    def show_progress(self, done: int, whole: int, how_long: str) -> None:
        """`done` of `whole` parts (whole 0: not known), and how long in words."""
        self.bar.setRange(0, max(0, whole))
        self.bar.setValue(done)
        set_words(self._how_long, how_long)


class Curtain(QWidget):
    """Lies over the window while work is under way: nothing below can be pressed, everything stays in sight.

    For the first second it cannot be seen; then it carries the card that tells how long.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.card: Waiting | None = None
        self._before: QWidget | None = None
        column = QVBoxLayout(self)
        column.addStretch(1)
        self._place = QHBoxLayout()
        column.addLayout(self._place)
        column.addStretch(2)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()

    def draw(self) -> None:
        """Lie down over the window and take the keyboard."""
        self._before = QApplication.focusWidget()
        self.setGeometry(self.window().rect())
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def lift(self) -> None:
        """Go away, and give the keyboard back."""
        empty(self._place)
        self.card = None
        self.hide()
        before, self._before = self._before, None
        if before is not None and _alive(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def carry(self, card: Waiting) -> None:
        """Show the card in the middle."""
        empty(self._place)
        self.card = card
        card.setFixedWidth(
            min(theme.current().px(_CARD_WIDTH), max(1, self.width() - theme.current().px(32)))
        )
        self._place.addWidget(card)
        if card.cancel is not None:
            card.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()


def _alive(widget: QWidget) -> bool:
    from shiboken6 import isValid  # noqa: PLC0415 (needed only when work ends)

    return bool(isValid(widget))
