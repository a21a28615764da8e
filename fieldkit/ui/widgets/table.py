"""A table to look at and to press: keyboard and mouse choose a cell."""

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from fieldkit.ui import theme
from fieldkit.ui.models.read_table import ReadTable

_ROWS_SEEN = 8
"""Rows that are seen at least before the table scrolls by itself."""


class Table(QTableView):
    """Emits `pressed_at` with row and column when a cell is pressed or Enter is struck on it."""

    pressed_at = Signal(int, int)

    def __init__(
        self, model: ReadTable, *, name: str, elastic: int = 0, least: int = 300, whole_rows: bool = False
    ) -> None:
        """`elastic` is the column that takes what the others leave, at least `least` pixels at 100 % text;
        its texts wrap. The others are as wide as their content."""
        super().__init__()
        look = theme.current()
        self._rows = model  # the view does not keep it alive
        self.setModel(model)
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        if whole_rows:
            self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(True)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(look.px(40))
        heads = self.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        heads.setMinimumSectionSize(
            look.px(40)
        )  # else the widest sign of the font, and Naskh has very wide ones
        self.resizeColumnsToContents()
        self._elastic, self._least = elastic, look.px(least)
        self._give(self._least)
        self.setMinimumHeight(self._height(min(_ROWS_SEEN, model.rowCount())))
        self.clicked.connect(self._pressed)
        self.activated.connect(self._pressed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        others = sum(
            self.columnWidth(column) for column in range(self._rows.columnCount()) if column != self._elastic
        )
        width = max(self._least, self.viewport().width() - others)
        if width != self.columnWidth(self._elastic):
            self._give(width)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.horizontalScrollBar().setValue(0)  # before it has its size Qt scrolls to the first cell wrongly

    def _give(self, width: int) -> None:
        """Make the elastic column so wide; rows grow with what wraps in it."""
        # The height that Qt computes leaves out the room inside a cell, so it is measured in a narrower one.
        self.setColumnWidth(self._elastic, width - 2 * theme.current().px(12))
        self.resizeRowsToContents()
        self.setColumnWidth(self._elastic, width)

    def _height(self, rows: int) -> int:
        seen = sum(max(self.rowHeight(row), theme.current().px(40)) for row in range(rows))
        bar = self.horizontalScrollBar().sizeHint().height()
        return self.horizontalHeader().sizeHint().height() + seen + bar + 4

    def _pressed(self, index: QModelIndex) -> None:
        self.pressed_at.emit(index.row(), index.column())
