"""What every field is: it shows an answer, and says when a person gave another one.

1. `answered` comes at once when something is chosen, half a second after the last key when something is
   typed, and when the keyboard goes elsewhere (`flush`). What is shown by the program says nothing.
2. What somebody is typing is never rewritten under their hands, and stays when it could not be kept.
"""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from fieldkit.languages.direction import is_rtl
from fieldkit.ui import theme
from fieldkit.ui.presenters.question import QuestionView
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.field import SENSITIVE

PAUSE = 500
"""Milliseconds after the last key until what was typed is kept."""


LINES, MOST_LINES = 5, 20
"""Lines of a field for several of them: as a rule, and at most."""


class Say(Protocol):
    """Says a text of the interface in its language."""

    def __call__(self, text: str, /, **data: str | int) -> str: ...


class AnswerField(QWidget):
    """Derive one for each kind. `answered` brings the value as a form spells it; `typing` that one is coming;
    `wished` what only the screen can do: a file to choose, a picture to keep. `done` says that the next question
    may follow at once."""

    answered = Signal(str)
    typing = Signal()
    wished = Signal(object)
    done = Signal()

    def __init__(self, view: QuestionView, say: Say) -> None:
        super().__init__()
        self.view = view
        self.say = say
        self.setAccessibleName(view.label.officer.text)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.current().px(8))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.flush)
        self._waiting: Callable[[], str] | None = None

    def show_value(self, value: str) -> None:
        """Show an answer as it stands; says nothing to anybody."""
        raise NotImplementedError

    def first(self) -> QWidget | None:
        """The widget that takes the keyboard first; None for a field without one."""
        return None

    def press(self, _number: int) -> bool:
        """Answer with the choice of this number, from 1; False where there is none."""
        return False

    def enter(self) -> bool:
        """Enter was pressed in here; False when it means nothing to this field."""
        return False

    def flush(self) -> None:
        """Keep what was typed now."""
        self._pause.stop()
        read, self._waiting = self._waiting, None
        if read is not None:
            self.answered.emit(read())

    def later(self, read: Callable[[], str]) -> None:
        """Something is being typed: keep `read()` when the keys rest."""
        self._waiting = read
        self._pause.start()
        self.typing.emit()

    def refused(self) -> None:
        """What was given could not be kept: what is chosen goes back to what is kept. Typed fields keep it."""
        self.show_value(self.view.value)

    def dropped(self) -> None:
        """What was typed is not to be kept: another answer took its place."""
        self._pause.stop()
        self._waiting = None


class Line(QLineEdit):
    """A line to answer in. `left` comes when the keyboard goes elsewhere."""

    left = Signal()

    def __init__(self, name: str, *, hint: str = "", characters: int = 0) -> None:
        super().__init__()
        self.setProperty("kind", Size.QUESTION.value)
        self.setAccessibleName(name)
        self.setInputMethodHints(SENSITIVE)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setPlaceholderText(hint)
        if characters:
            self.ensurePolished()
            wide = self.fontMetrics().horizontalAdvance("0") * (characters + 1)
            self.setMaximumWidth(wide + theme.current().px(32))
            self.setMinimumWidth(min(self.maximumWidth(), wide + theme.current().px(24)))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


def holds_focus(widget: QWidget) -> bool:
    """Whether the keyboard is in `widget`."""
    focused = QApplication.focusWidget()
    return focused is not None and (focused is widget or widget.isAncestorOf(focused))


def numbers_from_the_left(line: QLineEdit) -> None:
    """Numbers, dates and coordinates run from left to right in every interface; they stand at its start."""
    line.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    side = Qt.AlignmentFlag.AlignRight if is_rtl(theme.current().language) else Qt.AlignmentFlag.AlignLeft
    line.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)


class Lines(QPlainTextEdit):
    """Several lines to answer in; Tab leads on."""

    left = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setInputMethodHints(SENSITIVE)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.stand(LINES)

    def stand(self, lines: int) -> None:
        """As high as so many lines."""
        self.ensurePolished()
        within = min(max(2, lines), MOST_LINES)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * within + theme.current().px(24))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()
