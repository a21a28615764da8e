"""A few lines to write in, with their label. What is typed is taken as sensitive, as in `field`."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from fieldkit.languages.direction import is_rtl
from fieldkit.ui import theme
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.field import SENSITIVE
from fieldkit.ui.widgets.text import dress, readable, words

LINES = 3


class TextBox(QWidget):
    """`edit` is the box; `tag` the language that is written in it, by default the interface's."""

    def __init__(
        self, label: str, *, hint: str = "", value: str = "", tag: str = "", lines: int = LINES
    ) -> None:
        super().__init__()
        look = theme.current()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(4))
        name = words(label, Size.QUESTION)
        column.addWidget(name)
        if hint:
            column.addWidget(readable(words(hint, quiet=True)))
        self.edit = QPlainTextEdit()
        dress(self.edit, tag or look.language)
        option = self.edit.document().defaultTextOption()
        right = is_rtl(tag or look.language)
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        option.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight)
        self.edit.document().setDefaultTextOption(option)
        self.edit.setPlainText(value)
        self.edit.setInputMethodHints(SENSITIVE)
        self.edit.setAccessibleName(label)
        self.edit.setAccessibleDescription(hint)
        self.edit.setTabChangesFocus(True)
        self.edit.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.edit.ensurePolished()
        self.edit.setFixedHeight(self.edit.fontMetrics().lineSpacing() * lines + look.px(28))
        name.setBuddy(self.edit)
        column.addWidget(self.edit)

    @property
    def value(self) -> str:
        """What was written."""
        return self.edit.toPlainText()

    @property
    def lines(self) -> tuple[str, ...]:
        """What was written, line by line, without empty ones."""
        return tuple(line.strip() for line in self.value.splitlines() if line.strip())
