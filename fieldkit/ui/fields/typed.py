"""Answers that are typed into one line: words, whole numbers, decimals. And words in several lines."""

from PySide6.QtWidgets import QWidget

from fieldkit.languages.marking import mark
from fieldkit.ui.fields.field import AnswerField, Line, Lines, Say, numbers_from_the_left
from fieldkit.ui.fields.numbered import western
from fieldkit.ui.presenters.question import QuestionView
from fieldkit.ui.widgets.card import row
from fieldkit.ui.widgets.text import words


class TextField(AnswerField):
    """A line. What was typed stands there until somebody types something else."""

    most_characters = 0
    number = False

    def __init__(self, view: QuestionView, say: Say) -> None:
        super().__init__(view, say)
        self.line = Line(view.label.officer.text, characters=self.most_characters)
        if self.number:
            numbers_from_the_left(self.line)
        self.line.setReadOnly(view.readonly)
        self.line.textEdited.connect(lambda _text: self.later(self._read))
        self.line.left.connect(self._left)
        self.column.addWidget(row(self.line) if self.most_characters else self.line)
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

    def _read(self) -> str:
        return self.line.text().strip()

    def _left(self) -> None:
        self.flush()
        if self._shown and self._waiting is None:
            self._write()

    def _write(self) -> None:
        if self.line.text() != self._shown:
            self.line.setText(self._shown)


class IntegerField(TextField):
    """A whole number, in any digits."""

    most_characters = 11
    number = True

    def _read(self) -> str:
        return western(self.line.text()).strip()


class DecimalField(TextField):
    """A number; a comma counts as the point."""

    most_characters = 16
    number = True

    def _read(self) -> str:
        return western(self.line.text()).strip().replace(",", ".").replace("٫", ".")


class LongTextField(AnswerField):
    """Several lines."""

    def __init__(self, view: QuestionView, say: Say) -> None:
        super().__init__(view, say)
        self.lines = Lines(view.label.officer.text)
        self.lines.setReadOnly(view.readonly)
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


class RangeField(TextField):
    """A number between two bounds, which are said; a step outside is told under the question."""

    most_characters = 11
    number = True

    def __init__(self, view: QuestionView, say: Say) -> None:
        super().__init__(view, say)
        low, high = view.options.get("start", ""), view.options.get("end", "")
        if low and high:
            bounds = say(BOUNDS, low=low, high=high)
            self.line.setAccessibleDescription(bounds)
            self.column.insertWidget(0, words(bounds, quiet=True))

    def _read(self) -> str:
        return western(self.line.text()).strip().replace(",", ".").replace("٫", ".")


BOUNDS = mark("From {low} to {high}")
