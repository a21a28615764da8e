"""A month of any calendar as on the wall: point at a day, or walk there with the arrow keys.

Page Up and Page Down turn a month, with Shift a year; Enter or Space takes the day; Esc closes.
"""

from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from fieldkit.languages.calendars import (
    Calendar,
    day_of,
    days_in,
    first_weekday,
    in_calendar,
    months_in,
    weekday_names,
)
from fieldkit.languages.marking import mark
from fieldkit.languages.numbers import format_date, format_date_in, format_month
from fieldkit.ui import theme
from fieldkit.ui.fields.field import Say
from fieldkit.ui.tokens import TARGET
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.text import set_words, words

WEEKS, WEEK = 6, 7
EARLIER_MONTH, LATER_MONTH = mark("Earlier month"), mark("Later month")
EARLIER_YEAR, LATER_YEAR = mark("Earlier year"), mark("Later year")


class DayTable(QTableWidget):
    """The days of one month. `walked` brings the keys that lead to another day; `taken` the one that takes it."""

    walked = Signal(int, int)
    taken = Signal()

    def __init__(self, name: str) -> None:
        super().__init__(WEEKS, WEEK)
        self.setAccessibleName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for bar in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            bar(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("role", "days")
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setMinimumSectionSize(1)  # Qt's own is the widest letter, in Arabic a whole sentence
        self.verticalHeader().setDefaultSectionSize(theme.current().px(TARGET))

    def fit(self, names: list[str]) -> None:
        """As large as its six weeks under the names of the days."""
        px, letters = theme.current().px, self.horizontalHeader().fontMetrics()
        self.setHorizontalHeaderLabels(names)
        widest = max(letters.horizontalAdvance(name) for name in names) + px(12)
        self.horizontalHeader().setDefaultSectionSize(max(px(TARGET + 8), widest))
        head = self.horizontalHeader().sizeHint().height()
        width = WEEK * self.horizontalHeader().defaultSectionSize()
        self.setFixedSize(width + 4, head + WEEKS * self.verticalHeader().defaultSectionSize() + 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, far = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        onward = -1 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 1
        steps = {
            Qt.Key.Key_Left: (-onward, 0),
            Qt.Key.Key_Right: (onward, 0),
            Qt.Key.Key_Up: (-WEEK, 0),
            Qt.Key.Key_Down: (WEEK, 0),
            Qt.Key.Key_PageUp: (0, -12 if far else -1),
            Qt.Key.Key_PageDown: (0, 12 if far else 1),
        }
        if key in steps:
            self.walked.emit(*steps[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.taken.emit()
        else:
            super().keyPressEvent(event)


class DayGrid(QFrame):
    """Shows `day` in its month. `picked` brings the day that was taken, in the Gregorian calendar."""

    picked = Signal(date)

    def __init__(self, day: date, calendar: Calendar, say: Say, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("dayGrid")
        self.setAccessibleName(say("Calendar"))
        self.calendar = calendar if in_calendar(day, calendar) is not None else Calendar.GREGORIAN
        self.day = day
        self._cells: dict[tuple[int, int], date] = {}
        px = theme.current().px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(8), px(8), px(8), px(8))
        column.addLayout(self._head(say))
        self.table = DayTable(say("Calendar"))
        self.table.walked.connect(self.walk)
        self.table.taken.connect(lambda: self._take(self.day))
        self.table.cellClicked.connect(self._pressed)
        column.addWidget(self.table)
        tag = theme.current().language
        names, first = weekday_names(tag), first_weekday(tag)
        self.table.fit([names[(first + place) % WEEK] for place in range(WEEK)])
        self._lay()

    def open_below(self, below: QWidget) -> None:
        """Stand below a button, whole on its screen, with the keyboard on the day."""
        self.adjustSize()
        room = below.screen().availableGeometry()
        mirrored = below.layoutDirection() == Qt.LayoutDirection.RightToLeft
        corner = below.mapToGlobal(QPoint(below.width() - self.width() if mirrored else 0, below.height()))
        if corner.y() + self.height() > room.bottom():
            corner.setY(below.mapToGlobal(QPoint(0, 0)).y() - self.height())
        left = min(max(room.left(), corner.x()), room.right() - self.width())
        self.move(left, max(room.top(), corner.y()))
        self.show()
        self.table.setFocus(Qt.FocusReason.PopupFocusReason)

    def walk(self, days: int, months: int) -> None:
        """Another day, or the same day of another month, as near as that month has one."""
        if months:
            self.day = self._month_away(months)
        else:
            try:
                there = self.day + timedelta(days=days)
            except OverflowError:
                return
            self.day = there if in_calendar(there, self.calendar) is not None else self.day
        self._lay()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _month_away(self, months: int) -> date:
        named = in_calendar(self.day, self.calendar)
        assert named is not None
        a_year = months_in(self.calendar)
        steps = {12: a_year, -12: -a_year}.get(months, months)
        year, month = divmod(named.year * a_year + named.month - 1 + steps, a_year)
        length = days_in(self.calendar, year, month + 1)
        return day_of(self.calendar, year, month + 1, min(named.day, length)) or self.day

    def _head(self, say: Say) -> QHBoxLayout:
        self._title = words("", bold=True, wrap=False)
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout()
        ways = (
            (EARLIER_YEAR, "«", -12),
            (EARLIER_MONTH, "‹", -1),
            (LATER_MONTH, "›", 1),
            (LATER_YEAR, "»", 12),
        )
        for place, (name, sign, months) in enumerate(ways):  # Qt mirrors the signs itself
            if place == len(ways) // 2:
                row.addWidget(self._title, 1)
            made = button(sign, partial(self.walk, 0, months), tip=say(name))
            made.setAccessibleName(say(name))
            row.addWidget(made)
        return row

    def _lay(self) -> None:
        tag = theme.current().language
        named = in_calendar(self.day, self.calendar)
        assert named is not None
        self._cells.clear()
        first = day_of(self.calendar, named.year, named.month, 1)
        assert first is not None
        set_words(self._title, format_month(named.year, named.month, self.calendar, tag))
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        start = (first.weekday() - first_weekday(tag)) % WEEK
        length = days_in(self.calendar, named.year, named.month)
        for cell in range(WEEKS * WEEK):
            number = cell - start + 1
            made = self._cell(first, number) if 1 <= number <= length else _nothing()
            self.table.setItem(*divmod(cell, WEEK), made)
            if 1 <= number <= length:
                self._cells[divmod(cell, WEEK)] = first + timedelta(days=number - 1)
        at = next(place for place, one in self._cells.items() if one == self.day)
        self.table.setCurrentCell(*at)

    def _cell(self, first: date, number: int) -> QTableWidgetItem:
        tag = theme.current().language
        one = first + timedelta(days=number - 1)
        made = QTableWidgetItem(str(number))
        made.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
        said = (
            format_date(one, tag)
            if self.calendar is Calendar.GREGORIAN
            else (f"{format_date_in(one, self.calendar, tag)} = {format_date(one, tag)}")
        )
        made.setData(Qt.ItemDataRole.AccessibleTextRole, said)
        made.setToolTip(said)
        if one == self.day:
            made.setFont(_bold(self.table.font()))
        return made

    def _pressed(self, row: int, column: int) -> None:
        day = self._cells.get((row, column))
        if day is not None:
            self._take(day)

    def _take(self, day: date) -> None:
        self.picked.emit(day)
        self.close()


def _nothing() -> QTableWidgetItem:
    made = QTableWidgetItem("")
    made.setFlags(Qt.ItemFlag.NoItemFlags)
    return made


def _bold(font: QFont) -> QFont:
    made = QFont(font)
    made.setBold(True)
    return made
