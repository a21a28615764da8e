"""The rows of a repeat, one line each; one can be opened, one can be added, the open one can be taken away."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from fieldkit.ui import theme
from fieldkit.ui.models.rows import RowsModel
from fieldkit.ui.presenters.interview import Rows
from fieldkit.ui.tokens import TARGET, Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, empty, row
from fieldkit.ui.widgets.layouts import Flow
from fieldkit.ui.widgets.text import words
from fieldkit.ui.widgets.two_languages import Say, heading, stack

_SEEN = 6
_LONGEST = 32
"""Characters of the repeat's name that the button has room for."""


class RowList(QListView):
    """The lines. Space opens the one that has the keyboard."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.clicked.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class RepeatList(Card):
    """Emits references: `opened` (repeat, row or nothing), `added` (repeat), `removed` (row)."""

    opened = Signal(str, str)
    added = Signal(str)
    removed = Signal(str)

    def __init__(self, rows: Rows, say: Say) -> None:
        super().__init__()
        self.rows = rows
        self._say = say
        self.name = rows.label.officer.text or say("Entry")
        self.setAccessibleName(self.name)
        if rows.label:
            self.column.addWidget(heading(rows.label, Size.QUESTION))
        self._none = words(say("No entry yet."), quiet=True)
        self.column.addWidget(self._none)
        self.model = RowsModel(say("nothing entered yet"))
        self.list = RowList()
        self.list.setModel(self.model)
        self.list.setAccessibleName(self.name)
        self.list.setUniformItemSizes(True)  # one line is measured, not a thousand
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.clicked.connect(self._pressed)
        self.column.addWidget(self.list)
        box = QWidget()
        self._ways = Flow(box, gap=theme.current().px(8))
        self.column.addWidget(box)
        self._asked: QWidget | None = None
        self._show()

    def show_rows(self, rows: Rows) -> None:
        """Show other rows of the same repeat."""
        self.rows = rows
        self._show()

    def focus(self) -> None:
        """Give the keyboard to the lines, or to the way to add one."""
        if self.rows.lines:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._ways.count():
            first = self._ways.itemAt(0).widget()
            if first is not None:
                first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        rows = self.rows
        self._ask_no_more()
        self.model.show(rows.lines)
        self._none.setVisible(not rows.lines)
        self.list.setVisible(bool(rows.lines))
        self.list.setFixedHeight(min(len(rows.lines), _SEEN) * theme.current().px(TARGET) + 4)
        at = rows.lines.place_of(rows.opened) if rows.opened else -1
        flag = QItemSelectionModel.SelectionFlag
        if at >= 0:
            self.list.selectionModel().setCurrentIndex(self.model.index(at), flag.ClearAndSelect)
        else:
            self.list.clearSelection()
        self._offer_ways(at + 1)

    def _offer_ways(self, number: int) -> None:
        empty(self._ways)
        say, rows = self._say, self.rows
        if not rows.fixed:
            text = say("Add: {name}", name=self.name) if len(self.name) <= _LONGEST else say("Add an entry")
            self._ways.addWidget(button(text, lambda: self.added.emit(rows.ref), icon="new"))
        if number:
            self._ways.addWidget(
                button(
                    say("Close entry {number}", number=number),
                    lambda: self.opened.emit(rows.ref, ""),
                    icon="done",
                )
            )
            if not rows.fixed:
                text = say("Remove entry {number}", number=number)
                self._ways.addWidget(button(text, lambda: self._ask(number), icon="remove", role="plain"))

    def _ask(self, number: int) -> None:
        """Taking a row away takes its answers away: asked once more, with nothing in front of the screen."""
        self._ask_no_more()
        say = self._say
        told = Banner(
            Tone.CAREFUL,
            say("Entry {number} and what was answered in it is taken out of this interview.", number=number),
        )
        yes = button(
            say("Remove entry {number} now", number=number),
            lambda: self.removed.emit(self.rows.opened),
            icon="remove",
        )
        keep = button(say("Keep it"), self._ask_no_more)
        self._asked = stack(told, row(yes, keep))
        self.column.addWidget(self._asked)
        keep.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_no_more(self) -> None:
        if self._asked is not None:
            self._asked.hide()
            self._asked.deleteLater()
            self._asked = None

    def _pressed(self, index: QModelIndex) -> None:
        line = self.model.line(index.row())
        if line is not None:
            self.opened.emit(self.rows.ref, "" if line.ref == self.rows.opened else line.ref)
