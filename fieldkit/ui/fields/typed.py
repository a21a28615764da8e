"""Answers that are typed into one line: words, whole numbers, decimals. And words in several lines."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from fieldkit.languages.marking import mark
from fieldkit.languages.numbers import format_number
from fieldkit.ui import theme
from fieldkit.ui.fields.field import AnswerField, Line, Lines, Say, numbers_from_the_left
from fieldkit.ui.fields.numbered import western
from fieldkit.ui.presenters.appearances import grouped, ungrouped
from fieldkit.ui.presenters.question import QuestionView
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import row
from fieldkit.ui.widgets.field import SENSITIVE
from fieldkit.ui.widgets.text import words

LESS, MORE = mark("One less"), mark("One more")
DIRECTION = mark("In degrees from north, 0 to 360")


class TextField(AnswerField):
    """A line. What was typed stands there until somebody types something else."""

    most_characters = 0
    number = False

    def __init__(self, view: QuestionView, say: Say) -> None:
        super().__init__(view, say)
        self.line = Line(view.label.officer.text, characters=self.most_characters)
        self._digits = self.number or "numbers" in view.appearance
        if self._digits:
            numbers_from_the_left(self.line)
            self.line.setInputMethodHints(SENSITIVE | Qt.InputMethodHint.ImhPreferNumbers)
        if "masked" in view.appearance:
            self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setReadOnly(view.readonly)
        self.line.textEdited.connect(lambda _text: self.later(self._read))
        self.line.left.connect(self._left)
        self.column.addWidget(self._line_row() if self.most_characters else self.line)
        self._shown = ""
        self.show_value(view.value)

    def show_value(self, value: str) -> None:
        self._shown = value
        if not value:
            self.dropped()
            self.line.clear()
        elif not self.line.hasFocus():
            self._write()

    def first(self) -> QWidget:
        return self.line

    def refused(self) -> None:
        self._waiting = self._read  # tried again when the field is left

    def _line_row(self) -> QWidget:
        return row(self.line)

    def _read(self) -> str:
        typed = self.line.text().strip()
        return western(typed) if self._digits else typed

    def _left(self) -> None:
        self.flush()
        if self._shown and self._waiting is None:
            self._write()

    def _write(self) -> None:
        if self.line.text() != self._look(self._shown):
            self.line.setText(self._look(self._shown))

    def _look(self, value: str) -> str:
        """A value as it stands in the line while nobody types."""
        return value


class NumberField(TextField):
    """A number, in any digits; with its thousands apart where the form asks for that (`thousands-sep`)."""

    number = True

    def _read(self) -> str:
        typed = western(self.line.text()).strip()
        return ungrouped(typed, self._comma()) if self._is_grouped() else typed

    def _look(self, value: str) -> str:
        return grouped(value, self._comma()) if self._is_grouped() else value

    def _is_grouped(self) -> bool:
        return "thousands-sep" in self.view.appearance

    def _comma(self) -> str:
        """The language's mark between thousands; a space where it is the point, which decimals have here."""
        mark = format_number(10_000, theme.current().language)[2:-3]
        return mark if mark and mark != "." else "\u202f"


class IntegerField(NumberField):
    """A whole number. As a counter (`counter`) it has a button on each side, and the arrow keys count."""

    most_characters = 11

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
        if step and "counter" in self.view.appearance and not self.view.readonly:
            self.count(step)
        else:
            super().keyPressEvent(event)

    def count(self, step: int) -> None:
        """One more or one less; the first press counts from nought. Nobody counts below nought."""
        held = self._read()
        number = max(0, (int(held) if held.lstrip("-").isdecimal() else 0) + step)
        self._shown = str(number)
        self._write()
        self.later(self._read)

    def _line_row(self) -> QWidget:
        if "counter" not in self.view.appearance:
            return super()._line_row()
        less, more = self._counting("−", LESS, -1), self._counting("+", MORE, 1)
        return row(less, self.line, more)

    def _counting(self, sign: str, name: str, step: int) -> QPushButton:
        made = button(sign, partial(self.count, step), tip=self.say(name))
        made.setAccessibleName(f"{self.view.label.officer.text}: {self.say(name)}")
        made.setEnabled(not self.view.readonly)
        return made


class DecimalField(NumberField):
    """A number; a comma counts as the point. A direction (`bearing`) is read off a compass."""

    most_characters = 16

    def __init__(self, view: QuestionView, say: Say) -> None:
        super().__init__(view, say)
        if "bearing" in view.appearance:
            self.column.insertWidget(0, words(say(DIRECTION), quiet=True))
            self.line.setAccessibleDescription(say(DIRECTION))

    def _read(self) -> str:
        typed = super()._read()
        return typed.rstrip("°").strip().replace(",", ".").replace("٫", ".")


class LongTextField(AnswerField):
    """Several lines."""

    def __init__(self, view: QuestionView, say: Say) -> None:
        super().__init__(view, say)
        self.lines = Lines(view.label.officer.text)
        self.lines.setReadOnly(view.readonly)
        rows = view.options.get("rows", "")
        if rows.isdecimal():
            self.lines.stand(int(rows))
        self.lines.textChanged.connect(self._typed)
        self.lines.left.connect(self.flush)
        self.column.addWidget(self.lines)
        self._quiet = False
        self.show_value(view.value)

    def show_value(self, value: str) -> None:
        if value and self.lines.hasFocus():
            return
        if value != self.lines.toPlainText():
            self._quiet = True
            self.lines.setPlainText(value)
            self._quiet = False
        if not value:
            self.dropped()

    def first(self) -> QWidget:
        return self.lines

    def refused(self) -> None:
        self._waiting = self._read  # tried again when the field is left

    def _typed(self) -> None:
        if not self._quiet:
            self.later(self._read)

    def _read(self) -> str:
        return self.lines.toPlainText().strip()
