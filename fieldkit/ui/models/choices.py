"""The choices of a long list in two languages, and those of them in which something that was typed occurs."""

from collections.abc import Sequence
from functools import cache
from typing import Any
from unicodedata import combining, normalize

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QPixmap

from fieldkit.languages.direction import is_rtl
from fieldkit.ui import fonts, icons, theme
from fieldkit.ui.presenters.question import ChoiceView
from fieldkit.ui.tokens import Size

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
OFFICER, PERSON = 0, 1
"""The columns."""


class ChoicesModel(QAbstractTableModel):
    """A row for each choice, the officer's words and the person's. What is chosen has a check mark."""

    def __init__(self, choices: Sequence[ChoiceView]) -> None:
        super().__init__()
        self._all = tuple(choices)
        self._found = self._all
        self._chosen: frozenset[str] = frozenset()
        self._folded: tuple[str, ...] = ()
        self._columns = 2 if any(choice.text.person.text for choice in choices) else 1

    def find(self, typed: str) -> None:
        """Show only the choices in which `typed` occurs; case and accents do not matter."""
        wanted = folded(typed)
        if not self._folded:
            self._folded = tuple(
                "\n".join([*(folded(text.text) for text in one.text.texts()), one.value.casefold()])
                for one in self._all
            )
        self.beginResetModel()
        self._found = tuple(one for one, text in zip(self._all, self._folded, strict=True) if wanted in text)
        self.endResetModel()

    def choose(self, values: frozenset[str]) -> None:
        """Show these as chosen."""
        if values != self._chosen:
            self._chosen = values
            last = self.index(max(0, len(self._found) - 1), self._columns - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def choice(self, row: int) -> ChoiceView | None:
        """The choice in a row; None beyond the end."""
        return self._found[row] if 0 <= row < len(self._found) else None

    def row_of(self, value: str) -> int:
        """The row of a value; -1 when it is not shown."""
        return next((row for row, one in enumerate(self._found) if one.value == value), -1)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._found)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._columns

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        one = self.choice(index.row())
        if one is None:
            return None
        text = one.text.person if index.column() == PERSON else one.text.officer
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return text.text or one.value
            case Qt.ItemDataRole.FontRole:
                return _font(text.language, index.column() == PERSON, theme.current().scale)
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if is_rtl(text.language) else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.DecorationRole if index.column() == OFFICER:
                return _mark(one.value in self._chosen, theme.current())
        return None


@cache
def _font(tag: str, larger: bool, _scale: int) -> QFont:
    font = QFont(fonts.font_for(tag))
    font.setPointSizeF(theme.current().points(Size.QUESTION if larger else Size.TEXT))
    return font


def _mark(chosen: bool, look: theme.Theme) -> QPixmap:
    """A check mark, or the room for one, in the size of the text."""
    drawn = icons.picture("check", look.colours.main)
    if chosen:
        return drawn
    room = QPixmap(drawn.size())
    room.setDevicePixelRatio(drawn.devicePixelRatio())
    room.fill(Qt.GlobalColor.transparent)
    return room


def folded(text: str) -> str:
    """`text` without case, accents and vowel signs of Arabic, for finding."""
    plain = normalize("NFKD", text.strip().casefold())
    return "".join(letter for letter in plain if not combining(letter))
