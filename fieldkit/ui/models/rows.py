"""The rows of a repeat as lines: number and first answers."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt

from fieldkit.ui import theme
from fieldkit.ui.presenters.row_lines import RowLine
from fieldkit.ui.tokens import TARGET

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class RowsModel(QAbstractListModel):
    """One line a row. `unnamed` stands where a row has no answer yet."""

    def __init__(self, unnamed: str) -> None:
        super().__init__()
        self._unnamed = unnamed
        self._lines: Sequence[RowLine] = ()

    def show(self, lines: Sequence[RowLine]) -> None:
        """Show these lines. Each is read when it is drawn: only those in sight are."""
        if len(lines) != len(self._lines):
            self.beginResetModel()
            self._lines = lines
            self.endResetModel()
        elif lines != self._lines:
            self._lines = lines
            self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))

    def line(self, row: int) -> RowLine | None:
        """The line in a row; None beyond the end."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line(index.row())
        if line is not None and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{line.number}. {line.summary or self._unnamed}"
        if line is not None and role == Qt.ItemDataRole.SizeHintRole:
            return QSize(0, theme.current().px(TARGET))
        return None
