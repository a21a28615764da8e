"""What stands where nothing stands yet: what belongs here, and what to do."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from fieldkit.ui import icons, theme
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.text import readable, words


class EmptyState(QWidget):
    """`text` says what is not there, `what_to_do` the next step."""

    def __init__(self, text: str, what_to_do: str, *, icon: str = "note") -> None:
        super().__init__()
        look = theme.current()
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(16), look.px(24), look.px(16), look.px(24))
        column.setSpacing(look.px(8))
        shape = QLabel()
        shape.setPixmap(icons.picture(icon, look.colours.quiet, side=32))
        column.addWidget(shape, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(words(text, Size.QUESTION))
        column.addWidget(readable(words(what_to_do, quiet=True)))
