"""Days and times of day: boxes to type into, and a calendar to point at. Gregorian at this stage.

1. A form spells a day `2026-11-21`; a time carries the offset of the place, so that it means one instant.
2. What is only half filled in is kept as it stands; the question says that it is not whole yet.
"""

import re
from datetime import date

from PySide6.QtCore import QDate, QLocale, QPoint, Qt
from PySide6.QtWidgets import (
    QCalendarWidget,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QWidget,
    QWidgetAction,
)

from fieldkit.forms.supported import APPEARANCES_NOT_YET
from fieldkit.languages.direction import bcp47
from fieldkit.languages.marking import mark
from fieldkit.languages.numbers import format_date
from fieldkit.ui import theme
from fieldkit.ui.fields.field import AnswerField, Line, Say, numbers_from_the_left
from fieldkit.ui.fields.typed import western
from fieldkit.ui.presenters.question import QuestionView
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.layouts import Flow
from fieldkit.ui.widgets.text import readable, set_words, words, words_in

OTHER_CALENDAR = mark("Enter the day of the Gregorian calendar: the one this form asks for is not there yet.")

_DAY = re.compile(r"(\d{0,4})-(\d{0,2})-(\d{0,2})")
_TIME = re.compile(r"(\d{0,2}):(\d{0,2})")


class MomentField(AnswerField):
    """A day, a time of day, or both; what of it is asked, the class and the form's appearance say."""

    asks_day = False
    asks_time = False

    def __init__(self, view: QuestionView, say: Say) -> None:
        super().__init__(view, say)
        box = QWidget()
        self.row = Flow(box, gap=theme.current().px(8))
        self.column.addWidget(box)
        self.year, self.day = self._number(say("Year"), 4), self._number(say("Day"), 2)
        self.hour, self.minute = self._number(say("Hour, 0 to 23"), 2), self._number(say("Minute"), 2)
        self.month = self._number(say("Month"), 2)
        self.in_words = words("", quiet=True, wrap=False)
        self.calendar: QPushButton | None = None
        if self.asks_day:
            self._lay_day(say)
        if self.asks_time:
            self._lay_time()
        if self.asks_day:
            self.row.addWidget(self.in_words)
        if APPEARANCES_NOT_YET & view.appearance:
            self.column.addWidget(readable(words(say(OTHER_CALENDAR), quiet=True)))
        self.show_value(view.value)

    def show_value(self, value: str) -> None:
        if not value:
            self.dropped()
        elif self._typing():
            self._say_day(value.partition("T")[0] if self.asks_day else "")
            return
        day, _, time = value.partition("T") if self.asks_day else ("", "", value)
        in_day, in_time = _DAY.match(day), _TIME.match(time)
        year, month, number = in_day.groups() if in_day else ("", "", "")
        for line, text in (
            (self.year, year),
            (self.month, month.lstrip("0")),
            (self.day, number.lstrip("0")),
            (self.hour, in_time[1] if in_time else ""),
            (self.minute, in_time[2] if in_time else ""),
        ):
            if line.text() != text:
                line.setText(text)
        self._say_day(day)

    def refused(self) -> None:
        self._waiting = self.read  # tried again when the field is left

    def first(self) -> QWidget:
        if not self.asks_day:
            return self.hour
        return self.year if self._only("year") else self.month if self._only("month-year") else self.day

    def choose(self, day: date) -> None:
        """Take this day, as the calendar does."""
        self.year.setText(str(day.year))
        self.month.setText(str(day.month))
        self.day.setText(str(day.day))
        self._pause.stop()
        self._waiting = None
        self.answered.emit(self.read())

    def read(self) -> str:
        """What stands in the boxes, as a form spells it; parts that are missing stay empty (rule 2)."""
        day, time = self._read_day(), self._read_time()
        if not self.asks_time:
            return day
        if not self.asks_day:
            return time
        return f"{day}T{time}" if day or time else ""

    def _read_day(self) -> str:
        year, month, day = (western(line.text()).strip() for line in (self.year, self.month, self.day))
        if self._only("year"):
            month = day = "1" if year else ""
        elif self._only("month-year"):
            day = "1" if year or month else ""
        return "-".join((year, _two(month), _two(day))) if year or month or day else ""

    def _read_time(self) -> str:
        hour, minute = western(self.hour.text()), western(self.minute.text())
        if not (hour or minute):
            return ""
        return (
            f"{hour.zfill(2)}:{minute.zfill(2)}:00.000{self.view.zone}"
            if hour and minute
            else f"{hour}:{minute}"
        )

    def _only(self, appearance: str) -> bool:
        return appearance in self.view.appearance

    def _say_day(self, day: str) -> None:
        """The day in words, so that a wrong month is seen."""
        tag = theme.current().language
        try:
            whole = date.fromisoformat(day)
        except ValueError:
            set_words(self.in_words, "")
            return
        if self._only("month-year"):
            set_words(
                self.in_words, QLocale(bcp47(tag)).toString(QDate(whole.year, whole.month, 1), "MMMM yyyy")
            )
        elif not self._only("year"):
            set_words(self.in_words, format_date(whole, tag))

    def _typing(self) -> bool:
        return any(part.hasFocus() for part in (self.year, self.month, self.day, self.hour, self.minute))

    def _number(self, name: str, digits: int) -> Line:
        made = Line(
            f"{self.view.label.officer.text}: {name}", hint=name.partition(",")[0], characters=digits + 4
        )
        numbers_from_the_left(made)
        made.setMaxLength(digits)
        made.setReadOnly(self.view.readonly)
        made.setToolTip(name)
        made.textEdited.connect(lambda _text: self.later(self.read))
        made.left.connect(self.flush)
        made.setParent(self)
        made.hide()
        return made

    def _lay_day(self, say: Say) -> None:
        parts: list[QWidget] = [self.day, self.month, self.year]
        if self._only("year") or self._only("month-year"):
            parts = parts[2:] if self._only("year") else parts[1:]
        for part in parts:
            self.row.addWidget(part)
            part.show()
        whole_day = self.day in parts
        if whole_day and not self.view.readonly and not self._only("no-calendar"):
            self.calendar = button(say("Calendar"), self._point, icon="list")
            self.row.addWidget(self.calendar)

    def _lay_time(self) -> None:
        box = QWidget()
        box.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # hours stand before minutes everywhere
        line = QHBoxLayout(box)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.hour)
        line.addWidget(words_in(":", "en", Size.QUESTION, wrap=False))
        line.addWidget(self.minute)
        self.hour.show()
        self.minute.show()
        self.row.addWidget(box)

    def _point(self) -> None:
        assert self.calendar is not None
        menu = QMenu(self)
        menu.setAccessibleName(self.say("Calendar"))
        action = QWidgetAction(menu)
        made = QCalendarWidget()
        made.setLocale(QLocale(bcp47(theme.current().language)))
        made.setAccessibleName(self.say("Calendar"))
        shown = QDate.fromString(self._read_day(), Qt.DateFormat.ISODate)
        if shown.isValid():
            made.setSelectedDate(shown)
        made.activated.connect(lambda day: self._pointed(menu, day))
        made.clicked.connect(lambda day: self._pointed(menu, day))
        action.setDefaultWidget(made)
        menu.addAction(action)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.calendar.mapToGlobal(QPoint(0, self.calendar.height())))

    def _pointed(self, menu: QMenu, day: QDate) -> None:
        menu.close()
        self.choose(date(day.year(), day.month(), day.day()))


def _two(digits: str) -> str:
    return digits.zfill(2) if digits else ""


class DateField(MomentField):
    """A day."""

    asks_day = True


class TimeField(MomentField):
    """A time of day, 0 to 23 hours."""

    asks_time = True


class DateTimeField(MomentField):
    """A day and a time of day."""

    asks_day = True
    asks_time = True
