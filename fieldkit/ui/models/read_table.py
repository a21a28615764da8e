"""A table that is only read: rows of texts under headings."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from fieldkit.ui import theme

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
LINE = 14
"""Signs in a line of a heading over numbers; a longer word has a line of its own."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; a `number` stands at the reading end of its column."""

    text: str
    number: bool = False


class ReadTable(QAbstractTableModel):
    """`columns` are the headings."""

    def __init__(self, columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
        super().__init__()
        self._columns = tuple(columns)
        self._rows = tuple(tuple(row) for row in rows)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        cell = self._rows[index.row()][index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return cell.text
        return _alignment(cell.number) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        of_numbers = bool(self._rows) and self._rows[0][section].number
        if role == Qt.ItemDataRole.DisplayRole:
            return _in_lines(self._columns[section]) if of_numbers else self._columns[section]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._columns[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(of_numbers)
        return None


def _in_lines(heading: str) -> str:
    """A heading over numbers, in short lines: the column is as wide as its longest word, not as its sentence."""
    return "\n".join(textwrap.wrap(heading, LINE, break_long_words=False, break_on_hyphens=False))


def _alignment(number: bool) -> Qt.AlignmentFlag:
    """Texts at the reading start, numbers at the reading end: chosen here, because some styles mirror what is
    aligned and some do not."""
    at_right = number is not theme.current().mirrored
    side = Qt.AlignmentFlag.AlignRight if at_right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
