"""A place whose content changes while the rest of the screen stands still."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldkit.ui import theme
from fieldkit.ui.widgets.card import empty


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
        self._keep_tab_order()
        self.setVisible(bool(widgets))

    def _keep_tab_order(self) -> None:
        """What came later stands in the chain of the Tab key where it is seen, not behind everything else."""
        last: QWidget = self
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # only now: Qt puts nothing after what takes no keyboard
        for part in self.findChildren(QWidget):
            if part.focusPolicy() & Qt.FocusPolicy.TabFocus:
                QWidget.setTabOrder(last, part)
                last = part
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
