"""A line or an area on a map, as points that somebody reads off another device: one a line, typed or pasted.

There is no map without a network. A plain grid shows the shape of what was written, and how far it reaches.
"""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from fieldkit.languages.marking import mark
from fieldkit.languages.numbers import format_list
from fieldkit.ui import theme
from fieldkit.ui.fields.field import AnswerField, Lines, Say
from fieldkit.ui.presenters.points import coordinates, lines_of, spelled, unread, written
from fieldkit.ui.presenters.question import QuestionView
from fieldkit.ui.tokens import Tone
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.sketch import Sketch
from fieldkit.ui.widgets.text import readable, set_words, words

HOW = mark(
    "One point a line: latitude and longitude in degrees, such as 11.5721 43.1456. A list from another program can "
    "be pasted."
)
AREA_CLOSES = mark("The last point is joined to the first by itself.")
NO_POINT = mark("No point stands in line {lines}. What is written there is kept; please check it.")
TOO_FEW_FOR_LINE = mark("A line needs two points.")
TOO_FEW_FOR_AREA = mark("An area needs three points.")
WIDE = mark("The grid is {metres} m wide.")
MOST_NAMED: Final = 5
"""So many lines are named; whoever pasted something else sees the rest."""


class PointsField(AnswerField):
    """Points, one a line."""

    def __init__(self, view: QuestionView, say: Say) -> None:
        super().__init__(view, say)
        self.area = view.area
        self.lines = Lines(view.label.officer.text)
        self.lines.setReadOnly(view.readonly)
        self._from_the_left()
        self.lines.textChanged.connect(self._typed)
        self.lines.left.connect(self.flush)
        self._told = words("", tone=Tone.CAREFUL)
        self._wide = words("", quiet=True)
        self.sketch = Sketch(area=self.area)
        self._quiet = False
        self.column.addWidget(readable(words(say(HOW), quiet=True)))
        if self.area:
            self.column.addWidget(readable(words(say(AREA_CLOSES), quiet=True)))
        self.column.addWidget(self.lines)
        self.column.addWidget(self._buttons())
        self.column.addWidget(self._told)
        self.column.addWidget(self.sketch)
        self.column.addWidget(self._wide)
        self.show_value(view.value)
        self._look()

    def show_value(self, value: str) -> None:
        if not value:
            self.dropped()
        elif self.lines.hasFocus():
            return
        text = written(value, area=self.area)
        if spelled(text, area=self.area) != spelled(self.lines.toPlainText(), area=self.area):
            self._quiet = True
            self.lines.setPlainText(text)
            self._quiet = False
            self._look()

    def first(self) -> QWidget:
        return self.lines

    def enter(self) -> bool:
        """Enter begins the next point while one is being written; on an empty line it leads on."""
        if not self.lines.hasFocus() or self.lines.isReadOnly():
            return False
        cursor = self.lines.textCursor()
        if not cursor.block().text().strip():
            return False
        cursor.insertText("\n")
        return True

    def refused(self) -> None:
        self._waiting = self._read  # tried again when the field is left

    def add(self) -> None:
        """A new line for the next point."""
        text = self.lines.toPlainText()
        self.lines.moveCursor(QTextCursor.MoveOperation.End)
        if text.strip() and not text.endswith("\n"):
            self.lines.insertPlainText("\n")
        self.lines.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_last(self) -> None:
        """Take the last point away."""
        self.lines.setPlainText("\n".join(lines_of(self.lines.toPlainText())[:-1]))
        self.flush()

    def _buttons(self) -> QWidget:
        made = [
            button(self.say("Add a point"), self.add, icon="new"),
            button(self.say("Take the last point away"), self.take_last, role="plain"),
        ]
        for one in made:
            one.setEnabled(not self.view.readonly)
        return flow(*made, gap=8)

    def _from_the_left(self) -> None:
        """Coordinates run from left to right in every interface; they stand at its start."""
        self.lines.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        option = self.lines.document().defaultTextOption()
        side = Qt.AlignmentFlag.AlignRight if theme.current().mirrored else Qt.AlignmentFlag.AlignLeft
        option.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)
        option.setTextDirection(Qt.LayoutDirection.LeftToRight)
        self.lines.document().setDefaultTextOption(option)

    def _typed(self) -> None:
        if not self._quiet:
            self._look()
            self.later(self._read)

    def _read(self) -> str:
        return spelled(self.lines.toPlainText(), area=self.area)

    def _look(self) -> None:
        """Say what is not right yet, and draw what can be read."""
        text = self.lines.toPlainText()
        points = coordinates(text)
        wrong = unread(text)
        set_words(self._told, self._sentence(len(points), wrong))
        self._told.setVisible(bool(self._told.text()))
        self.sketch.show_points(points)
        shown = self.say(WIDE, metres=self.sketch.width_in_metres) if len(points) > 1 else ""
        set_words(self._wide, shown)
        self._wide.setVisible(bool(shown))

    def _sentence(self, count: int, wrong: tuple[int, ...]) -> str:
        if wrong:
            listed = format_list((str(line) for line in wrong[:MOST_NAMED]), theme.current().language)
            return self.say(NO_POINT, lines=listed)
        if 0 < count < (3 if self.area else 2):
            return self.say(TOO_FEW_FOR_AREA if self.area else TOO_FEW_FOR_LINE)
        return ""
