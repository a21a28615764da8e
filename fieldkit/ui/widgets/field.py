"""A line to write in, with its label, what it is for, and what is wrong with it."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from fieldkit.ui import icons, theme
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.text import readable, set_words, words

SENSITIVE = (
    Qt.InputMethodHint.ImhSensitiveData
    | Qt.InputMethodHint.ImhNoPredictiveText
    | Qt.InputMethodHint.ImhNoAutoUppercase
)
"""So that keyboards and input methods keep nothing of what is typed (`vault-and-bundles.md`, Traces)."""


class Field(QWidget):
    """`line` is the line edit. A `secret` one shows dots until somebody presses its show button.

    Every line is taken as sensitive: what is typed into this program is about people.
    """

    def __init__(
        self, label: str, *, hint: str = "", secret: str = "", size: Size = Size.QUESTION, value: str = ""
    ) -> None:
        """`secret`: the word on the button that shows what was typed; empty for a line that is no secret."""
        super().__init__()
        px = theme.current().px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        name = words(label, Size.QUESTION)
        column.addWidget(name)
        if hint:
            column.addWidget(readable(words(hint, quiet=True)))
        self.line = QLineEdit(value)
        self.line.setProperty("kind", size.value)
        self.line.setInputMethodHints(SENSITIVE)
        self.line.setAccessibleName(label)
        if theme.current().mirrored:  # what is written begins below its label, whatever its script
            self.line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
        self.line.setAccessibleDescription(hint)
        self.line.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        name.setBuddy(self.line)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.line, 1)
        self.reveal: QPushButton | None = None
        if secret:
            self.line.setEchoMode(QLineEdit.EchoMode.Password)
            self.reveal = button(secret, icon="show")
            self.reveal.setCheckable(True)
            self.reveal.toggled.connect(self._show_secret)
            row.addWidget(self.reveal)
        column.addLayout(row)
        self._problem = QWidget()
        self._problem_words = words("", tone=Tone.URGENT)
        column.addWidget(self._problem)
        self._lay_problem()

    @property
    def value(self) -> str:
        """What was typed."""
        return self.line.text()

    def show_problem(self, text: str) -> None:
        """Say what is wrong and what to do, below the line; empty takes it away."""
        set_words(self._problem_words, text)
        self._problem.setVisible(bool(text))
        if text:
            QTimer.singleShot(0, self, self._into_sight)  # after the layout has made room for it
        self.line.setProperty("tone", Tone.URGENT.value if text else "")
        self.line.setAccessibleDescription(text)
        self.line.style().unpolish(self.line)
        self.line.style().polish(self.line)

    def _into_sight(self) -> None:
        above: QWidget | None = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            above.ensureWidgetVisible(self._problem)

    def _lay_problem(self) -> None:
        look = theme.current()
        row = QHBoxLayout(self._problem)
        row.setContentsMargins(0, look.px(4), 0, 0)
        row.setSpacing(look.px(8))
        shape = QLabel()
        shape.setPixmap(icons.picture("careful", look.colours.urgent))
        row.addWidget(shape, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._problem_words, 1)
        self._problem.setVisible(False)

    def _show_secret(self, shown: bool) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
