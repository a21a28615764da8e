"""Labels with their values in two columns, in reading direction."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from fieldkit.ui import theme
from fieldkit.ui.widgets.text import at_start, words


def facts(rows: Iterable[tuple[str, str | QWidget]], *, share: int = 1) -> QWidget:
    """One row for each label and value; `share` is how much wider the values' column is. Where two languages
    are stacked the value stands below its label."""
    look = theme.current()
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(look.px(16))
    grid.setVerticalSpacing(look.px(4))
    for place, (label, value) in enumerate(rows):
        said = words(value) if isinstance(value, str) else value
        if isinstance(said, QLabel):
            at_start(said)
        top = Qt.AlignmentFlag.AlignTop
        if look.stacked:
            grid.addWidget(words(label, quiet=True), 2 * place, 0, top)
            grid.addWidget(said, 2 * place + 1, 0, top)
        else:
            grid.addWidget(words(label, quiet=True), place, 0, top)
            grid.addWidget(said, place, 1, top)
    grid.setColumnStretch(0, 1)
    if not look.stacked:
        grid.setColumnStretch(1, share)
    return box
