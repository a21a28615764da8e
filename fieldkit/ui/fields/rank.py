"""Choices put in order: each row has its number, and moves up or down."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from fieldkit.languages.marking import mark
from fieldkit.ui import theme
from fieldkit.ui.fields.field import AnswerField, Say
from fieldkit.ui.presenters.question import ChoiceView, QuestionView
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import empty
from fieldkit.ui.widgets.text import words_in

UP, DOWN = mark("Move up: {choice}"), mark("Move down: {choice}")


class RankField(AnswerField):
    """Nothing is an answer before somebody moved a row, or said that the order is right."""

    def __init__(self, view: QuestionView, say: Say) -> None:
        super().__init__(view, say)
        self._choices = {choice.value: choice for choice in view.choices}
        self._order = list(self._choices)
        self._answered = False
        self.show_value(view.value)

    def show_value(self, value: str) -> None:
        known = [one for one in value.split() if one in self._choices]
        self._order = [*known, *(one for one in self._choices if one not in known)]
        self._answered = bool(value)
        self._lay()

    def first(self) -> QWidget | None:
        return self.findChild(QPushButton)

    def put(self, value: str, by: int) -> None:
        """Move a choice up (-1) or down (1)."""
        at = self._order.index(value)
        to = at + by
        if 0 <= to < len(self._order):
            self._order[at], self._order[to] = self._order[to], self._order[at]
        self.answered.emit(" ".join(self._order))

    def _lay(self) -> None:
        empty(self.column)
        for place, value in enumerate(self._order, 1):
            self.column.addWidget(self._row(place, self._choices[value]))
        if not self._answered and not self.view.readonly:
            said = self.say("This order is right")
            keep = button(said, lambda: self.answered.emit(" ".join(self._order)), icon="check")
            line = QHBoxLayout()
            line.addWidget(keep)
            line.addStretch(1)
            self.column.addLayout(line)

    def _row(self, place: int, choice: ChoiceView) -> QWidget:
        px = theme.current().px
        box = QWidget()
        line = QHBoxLayout(box)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(12))
        number = words_in(str(place) if self._answered else "–", "en", wrap=False)
        number.setProperty("role", "number")
        line.addWidget(number, 0, Qt.AlignmentFlag.AlignVCenter)
        for text in choice.text.texts():
            line.addWidget(words_in(text.text, text.language, Size.QUESTION), 1)
        for name, by, sign in ((UP, -1, "↑"), (DOWN, 1, "↓")):
            made = button(sign, partial(self.put, choice.value, by))
            made.setAccessibleName(self.say(name, choice=choice.text.officer.text))
            made.setEnabled(not self.view.readonly and 0 < place + by <= len(self._order))
            line.addWidget(made)
        return box
