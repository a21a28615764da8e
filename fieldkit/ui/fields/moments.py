"""Days and times of day: boxes to type into, and a month on the wall to point at, in the calendar that is chosen.

1. A form spells a day `2026-11-21`; a time carries the offset of the place, so that it means one instant.
2. What is only half filled in is kept as it stands; the question says that it is not whole yet.
"""

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from fieldkit.forms.supported import APPEARANCES_NOT_YET
from fieldkit.languages.marking import mark
from fieldkit.ui import theme
from fieldkit.ui.fields.day_boxes import DayBoxes
from fieldkit.ui.fields.field import AnswerField, Line, Say
from fieldkit.ui.fields.numbered import NumberLine, western
from fieldkit.ui.presenters.question import QuestionView
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.layouts import Flow
from fieldkit.ui.widgets.text import readable, words, words_in

OTHER_CALENDAR = mark("Enter the day of another calendar: the one this form asks for is not there yet.")

_TIME = re.compile(r"(\d{0,2}):(\d{0,2})")


class TimeBoxes(QWidget):
    """Hour and minute, 0 to 23; hours stand before minutes in every interface."""

    def __init__(self, view: QuestionView, say: Say) -> None:
        super().__init__()
        self.view = view
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.hour, self.minute = self._number(say("Hour, 0 to 23"), 23), self._number(say("Minute"), 59)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.hour)
        line.addWidget(words_in(":", "en", Size.QUESTION, wrap=False))
        line.addWidget(self.minute)

    def read(self) -> str:
        """The time as a form spells it; parts that are missing stay empty."""
        hour, minute = western(self.hour.text()).strip(), western(self.minute.text()).strip()
        if not (hour or minute):
            return ""
        if not (hour and minute):
            return f"{hour}:{minute}"
        return f"{hour.zfill(2)}:{minute.zfill(2)}:00.000{self.view.zone}"

    def show_value(self, value: str) -> None:
        """Put a time into the boxes."""
        found = _TIME.match(value)
        for line, place in ((self.hour, 1), (self.minute, 2)):
            text = found[place] if found else ""
            if line.text() != text:
                line.setText(text)

    def _number(self, name: str, most: int) -> Line:
        shown = f"{self.view.label.officer.text}: {name}"
        made = NumberLine(shown, hint=name.partition(",")[0], digits=2, least=0, most=most)
        made.setReadOnly(self.view.readonly)
        made.setToolTip(name)
        return made


class MomentField(AnswerField):
    """A day, a time of day, or both; how much of a day is asked, the form's appearance says."""

    asks_day = False
    asks_time = False

    def __init__(self, view: QuestionView, say: Say) -> None:
        super().__init__(view, say)
        self.days = DayBoxes(view, say) if self.asks_day else None
        self.times = TimeBoxes(view, say) if self.asks_time else None
        if self.days is not None:
            self.days.typed.connect(lambda: self.later(self.read))
            self.days.left.connect(self._left)
            self.days.chose.connect(self._keep)
            self.column.addWidget(self.days)
        if self.times is not None:
            self._lay_time(self.times)
        if APPEARANCES_NOT_YET & view.appearance:
            self.column.addWidget(readable(words(say(OTHER_CALENDAR), quiet=True)))
        self.show_value(view.value)

    def show_value(self, value: str) -> None:
        if not value:
            self.dropped()
        elif self._typing():
            return
        day, _, time = value.partition("T") if self.days is not None else ("", "", value)
        if self.days is not None and (self.days.read() != day or not day):
            self.days.show_value(day)
        if self.times is not None:
            self.times.show_value(time)

    def refused(self) -> None:
        self._waiting = self.read  # tried again when the field is left

    def first(self) -> QWidget | None:
        if self.days is not None:
            return self.days.focus_first()
        return self.times.hour if self.times is not None else None

    def read(self) -> str:
        """What stands in the boxes, as a form spells it; parts that are missing stay empty (rule 2)."""
        day = self.days.read() if self.days is not None else ""
        time = self.times.read() if self.times is not None else ""
        if self.days is None or self.times is None:
            return day or time
        return f"{day}T{time}" if day or time else ""

    def boxes(self) -> dict[str, QWidget]:
        """The boxes that stand there, by what is typed or picked in them, in the order of the form."""
        found: dict[str, QWidget] = {}
        if self.days is not None:
            named = {
                "day": self.days.day,
                "month": self.days.month,
                "year": self.days.year,
                "age": self.days.age,
            }
            found |= {name: box for name, box in named.items() if box in self.days.lines()}
        if self.times is not None:
            found |= {"hour": self.times.hour, "minute": self.times.minute}
        return found

    def _keep(self) -> None:
        self.dropped()
        self.answered.emit(self.read())

    def _left(self) -> None:
        self.flush()

    def _typing(self) -> bool:
        in_time = self.times is not None and (self.times.hour.hasFocus() or self.times.minute.hasFocus())
        return in_time or (self.days is not None and self.days.typing())

    def _lay_time(self, times: TimeBoxes) -> None:
        for line in (times.hour, times.minute):
            line.textEdited.connect(lambda _text: self.later(self.read))
            line.left.connect(self.flush)
        if self.days is not None:
            self.days.row.addWidget(times)
            return
        box = QWidget()
        Flow(box, gap=theme.current().px(8)).addWidget(times)
        self.column.addWidget(box)


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
