"""A line that begins with a shape: what the words say is seen at once, and never by colour alone."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from fieldkit.ui import icons, theme
from fieldkit.ui.tokens import Tone


def marked(icon: str, label: QWidget, tone: Tone | None = None) -> QWidget:
    """`icon` from resources/icons, in the colour of `tone` or quiet, before `label`."""
    look = theme.current()
    colour = look.colours.tone(tone)[0] if tone else look.colours.quiet
    box = QWidget()
    line = QHBoxLayout(box)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(look.px(8))
    shape = QLabel()
    shape.setPixmap(icons.picture(icon, colour))
    line.addWidget(shape, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(label, 1)
    return box
