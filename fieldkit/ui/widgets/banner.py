"""A calm row that tells something: a shape and words, perhaps one thing to do. Colour is only the third."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from fieldkit.ui import icons, theme
from fieldkit.ui.tokens import Tone
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.text import readable, words

Do = Callable[[], object]


def _beside(action: str) -> Qt.AlignmentFlag:
    """A button is higher than a line of text, and both stand in its middle; without one the text begins on top."""
    return Qt.AlignmentFlag.AlignVCenter if action else Qt.AlignmentFlag.AlignTop


class Banner(QFrame):
    """`tone` chooses shape and colours; `action` is the word on the button that does `do`."""

    def __init__(self, tone: Tone, text: str, *, action: str = "", do: Do | None = None) -> None:
        super().__init__()
        look = theme.current()
        ink, _ = look.colours.tone(tone)
        self.setProperty("role", "banner")
        self.setProperty("tone", tone.value)
        self.setAccessibleName(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(12))
        row.setSpacing(look.px(12))
        shape = QLabel()
        shape.setPixmap(icons.picture(icons.TONE_ICON[tone], ink))
        shape.setAccessibleName(tone.value)
        row.addWidget(shape, 0, Qt.AlignmentFlag.AlignTop if look.stacked else _beside(action))
        said = QVBoxLayout()
        said.setSpacing(look.px(8))
        self.label = words(text, tone=None if tone is Tone.NOTE else tone)
        said.addWidget(readable(self.label))
        row.addLayout(said, 1)
        self.button = button(action, do) if action else None
        if self.button is not None and look.stacked:
            said.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        elif self.button is not None:
            row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
