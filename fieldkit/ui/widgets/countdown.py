"""The last seconds before a vault that was left alone is locked."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldkit.ui import theme
from fieldkit.ui.tokens import Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.text import set_words

_WIDTH = 640
"""Of the row, in pixels at 100 %, where there is room."""


class Countdown(QWidget):
    """Lies on the top edge of `window` until somebody is there again."""

    def __init__(self, window: QWidget, sentence: str) -> None:
        super().__init__(window)
        self._window = window
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.banner = Banner(Tone.CAREFUL, sentence)
        column.addWidget(self.banner)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setLayoutDirection(
            Qt.LayoutDirection.RightToLeft if theme.current().mirrored else Qt.LayoutDirection.LeftToRight
        )
        self.lay()
        self.show()
        self.raise_()
        QAccessible.updateAccessibility(QAccessibleEvent(self.banner, QAccessible.Event.Alert))

    def say(self, sentence: str) -> None:
        """Another second."""
        set_words(self.banner.label, sentence)
        self.banner.setAccessibleName(sentence)
        self.lay()

    def lay(self) -> None:
        """In the middle of the top edge, as high as the words need."""
        px = theme.current().px
        room = self._window.width() - px(32)
        width = min(px(_WIDTH), max(1, room))
        self.setFixedWidth(width)
        self.setFixedHeight(
            self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height()
        )
        self.move((self._window.width() - width) // 2, px(8))
