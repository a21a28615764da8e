"""A place whose content changes while the rest of the screen stands still."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldkit.ui import theme
from fieldkit.ui.widgets.card import empty
from fieldkit.ui.widgets.tab_order import follow_place


class Holder(QWidget):
    """Holds what was put last; the screen does not jump when one card of many changes. An empty one takes no
    room; it must have been laid out before something is put into it."""

    def __init__(self, *widgets: QWidget, gap: int = 12) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.current().px(gap))
        for widget in widgets:
            self._column.addWidget(widget)
        if not widgets:
            self.hide()

    def put(self, *widgets: QWidget) -> None:
        """Show these one below the other in the place of what was there."""
        assert self.parentWidget() is not None, "shown before it is laid out, it would be a window of its own"
        empty(self._column)
        for widget in widgets:
            self._column.addWidget(widget)
            widget.show()
        follow_place(self, *widgets)
        self.setVisible(bool(widgets))
