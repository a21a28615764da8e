"""The boxes of a day: day, month and year, in a calendar that can be changed; perhaps an age instead.

1. What the boxes mean is decided in `presenters/days`; here it is shown and typed.
2. Another calendar shows the same day under its other name; it is no other answer.
"""

from datetime import date

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fieldkit.languages.calendars import Calendar, calendar_name, month_names
from fieldkit.ui import theme
from fieldkit.ui.fields.day_grid import DayGrid
from fieldkit.ui.fields.field import Line, Say
from fieldkit.ui.fields.numbered import NumberLine, western
from fieldkit.ui.presenters.days import (
    Asks,
    Parts,
    asks_of,
    calendars_for,
    parts_of,
    spelled,
    told,
    trouble,
    turned,
)
from fieldkit.ui.presenters.question import QuestionView
from fieldkit.ui.tokens import Tone
from fieldkit.ui.widgets.buttons import button, turning
from fieldkit.ui.widgets.drop import Drop
from fieldkit.ui.widgets.layouts import Flow
from fieldkit.ui.widgets.text import readable, set_words, words


class DayBoxes(QWidget):
    """`typed` comes with every key, `chose` when something was picked, `left` when the keyboard leaves a box."""

    typed = Signal()
    chose = Signal()
    left = Signal()

    def __init__(self, view: QuestionView, say: Say) -> None:
        super().__init__()
        self.view, self._say = view, say
        self.asks = asks_of(view.appearance, partly=view.partly)
        self._tag = theme.current().language
        self._offered = calendars_for(view.appearance, self._tag, view.person_language)
        self._held = self._offered[0]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().px(8))
        box = QWidget()
        self.row = Flow(box, gap=theme.current().px(8))
        column.addWidget(box)
        self._make_boxes()
        self.grid_button: QPushButton | None = None
        self.grid: DayGrid | None = None
        self._lay()
        if self.asks is Asks.PARTLY:
            column.addWidget(self._age_row())
        self.in_words = words("", quiet=True)
        self.trouble = words("", tone=Tone.CAREFUL)
        for label in (self.in_words, self.trouble):
            column.addWidget(readable(label))
        self._tell()

    # --- what stands there ----------------------------------------------------------------------------

    def lines(self) -> tuple[QWidget, ...]:
        """The boxes that take keys and stand there, in the order of the form."""
        shown: dict[Asks, tuple[QWidget, ...]] = {
            Asks.YEAR: (self.year,),
            Asks.MONTH: (self.month, self.year),
            Asks.PARTLY: (self.day, self.month, self.year, self.age),
        }
        return shown.get(self.asks, (self.day, self.month, self.year))

    def typing(self) -> bool:
        """Whether the keyboard is in a box."""
        return any(box.hasFocus() for box in self.lines())

    def parts(self) -> Parts:
        """What stands in the boxes."""
        texts = (western(box.text()).strip() for box in (self.year, self.day, self.age))
        year, day, age = texts
        return Parts(year, self.month.value, day, self._held, age, self.about.isChecked())

    def read(self) -> str:
        """The answer that the boxes spell."""
        return spelled(self.parts(), self.asks)

    def show_value(self, value: str) -> None:
        """Put an answer into the boxes; says nothing to anybody."""
        self._show(parts_of(value, self._held, self.asks))

    def choose(self, day: date) -> None:
        """Take this day, as the month on the wall does."""
        self._show(parts_of(day.isoformat(), self._held, Asks.DAY))
        self.chose.emit()

    def tell(self) -> None:
        """Say the day in words, so that a wrong month is seen."""
        self._tell()

    # --- inside ---------------------------------------------------------------------------------------

    def _make_boxes(self) -> None:
        say, question = self._say, self.view.label.officer.text
        self.day = self._number(say("Day"), 2, 1, 31)
        self.year = self._number(say("Year"), 4, 1, 9999)
        self.age = self._number(say("Age"), 3, 0, 130)
        self.month = Drop(self._months(), name=f"{question}: {say('Month')}", empty=say("Month"))
        self.month.chosen.connect(lambda _value: self._typed(None))
        self.month.setEnabled(not self.view.readonly)
        self.about = turning(say("About"), lambda: self._typed(self.age))
        self.about.setEnabled(not self.view.readonly)
        name = f"{question}: {say('Calendar')}"
        rows = [(one.value, calendar_name(one, self._tag)) for one in self._offered]
        self.calendars = Drop(rows, name=name)
        self.calendars.chosen.connect(self._turn)

    def _number(self, name: str, digits: int, least: int, most: int) -> Line:
        shown = f"{self.view.label.officer.text}: {name}"
        made = NumberLine(shown, hint=name, digits=digits, least=least, most=most)
        made.setReadOnly(self.view.readonly)
        made.setToolTip(name)
        made.textEdited.connect(lambda _text: self._typed(made))
        made.left.connect(self.left)
        made.setParent(self)
        made.hide()
        return made

    def _months(self) -> list[tuple[str, str]]:
        names = month_names(self._held, self._tag)
        return [(str(place), f"{place} · {name}") for place, name in enumerate(names, 1)]

    def _lay(self) -> None:
        say = self._say
        for box in self.lines():
            if box is not self.age:
                self.row.addWidget(box)
                box.show()
        is_whole = self.asks in (Asks.DAY, Asks.PARTLY)
        if is_whole and not self.view.readonly and "no-calendar" not in self.view.appearance:
            self.grid_button = button(say("Calendar"), self._open_grid, icon="list")
            self.row.addWidget(self.grid_button)
        self.row.addWidget(self.calendars)

    def _age_row(self) -> QWidget:
        say, box = self._say, QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().px(8))
        row.addWidget(words(say("or an age in years"), wrap=False))
        row.addWidget(self.age)
        row.addWidget(self.about)
        row.addStretch(1)
        self.age.show()
        return box

    def _show(self, parts: Parts) -> None:
        if parts.calendar is not self._held:
            self._hold(parts.calendar)
        for line, text in ((self.year, parts.year), (self.day, parts.day), (self.age, parts.age)):
            if line.text() != text:
                line.setText(text)
        self.month.show_value(parts.month)
        self.about.setChecked(parts.about)
        self._tell()

    def _hold(self, calendar: Calendar) -> None:
        self._held = calendar
        self.month.fill(self._months())
        with QSignalBlocker(self.calendars):
            self.calendars.show_value(calendar.value)

    def _turn(self, value: str) -> None:
        before = self.read()
        parts = turned(self.parts(), Calendar(value), self.asks)
        if parts.calendar is not Calendar(value):  # the day has no name there: the chooser shows what stands
            self.calendars.show_value(self._held.value)
            return
        self._hold(parts.calendar)
        self._show(parts)
        if self.read() != before:
            self.chose.emit()

    def _typed(self, box: QWidget | None) -> None:
        """A day and an age take each other's place."""
        if box in (self.age, self.about):
            for line in (self.day, self.year):
                line.clear()
            self.month.show_value("")
        else:
            self.age.clear()
            self.about.setChecked(False)
        self._tell()
        self.typed.emit()

    def _tell(self) -> None:
        parts = self.parts()
        set_words(self.in_words, told(parts, self.asks, self._tag, self.view.person_language, self._say))
        found = trouble(parts, self.asks, self._tag)
        set_words(self.trouble, self._say(found[0], **found[1]) if found else "")
        for label in (self.in_words, self.trouble):
            label.setVisible(bool(label.text()))

    def _open_grid(self) -> None:
        assert self.grid_button is not None
        shown = self.parts().whole(self.asks) or self.view.today or date(2000, 1, 1)
        self.grid = DayGrid(shown, self._held, self._say, self)
        self.grid.picked.connect(self.choose)
        self.grid.destroyed.connect(self._grid_closed)
        self.grid.open_below(self.grid_button)

    def _grid_closed(self) -> None:
        self.grid = None

    def focus_first(self) -> QWidget:
        """The box that takes the keyboard first."""
        first = self.lines()[0]
        first.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return first
