"""Grounds to stand on: cards, rows and columns with the program's distances."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from fieldkit.ui import theme


class Card(QFrame):
    """A paper with a one-pixel line round it. Add to `.column`."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.column = QVBoxLayout(self)
        edge = theme.current().px(16)
        self.column.setContentsMargins(edge, edge, edge, edge)
        self.column.setSpacing(theme.current().px(12))
        for widget in widgets:
            self.column.addWidget(widget)


def column(*parts: QWidget | QLayout, gap: int = 16, margin: int = 0) -> QWidget:
    """Widgets one below the other, at the top."""
    box = QWidget()
    layout = QVBoxLayout(box)
    _prepare(layout, gap, margin)
    for part in parts:
        _add(layout, part)
    layout.addStretch(1)
    return box


def row(*parts: QWidget | QLayout, gap: int = 12, margin: int = 0) -> QWidget:
    """Widgets side by side in reading direction, from the reading start."""
    box = QWidget()
    layout = QHBoxLayout(box)
    _prepare(layout, gap, margin)
    for part in parts:
        _add(layout, part)
    layout.addStretch(1)
    return box


def tight(box: QWidget) -> QVBoxLayout:
    """The layout of a box whose parts lie one below the other without any distance."""
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column


def empty(layout: QLayout) -> None:
    """Take everything out of a layout, and let it go."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            return
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            empty(inner)
        if widget is not None:
            # Not taken from its parent: a part that has the keyboard would take the window's focus with it.
            widget.hide()
            widget.deleteLater()


def _prepare(layout: QVBoxLayout | QHBoxLayout, gap: int, margin: int) -> None:
    px = theme.current().px
    layout.setContentsMargins(px(margin), px(margin), px(margin), px(margin))
    layout.setSpacing(px(gap))


def _add(layout: QVBoxLayout | QHBoxLayout, part: QWidget | QLayout) -> None:
    if isinstance(part, QLayout):
        layout.addLayout(part)
    else:
        layout.addWidget(part, 0, Qt.AlignmentFlag(0))
