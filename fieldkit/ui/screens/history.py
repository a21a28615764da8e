"""The history of any answer: who, when, what before and after, why, through whom, in which text.

First what was changed since the talk, then every question that was put; pressing one shows its whole chain.
"""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.domain.errors import FieldkitError
from fieldkit.languages.isolates import isolate_words
from fieldkit.languages.numbers import format_date, format_moment
from fieldkit.ui import theme
from fieldkit.ui.presenters.history import AnswersPage, beside, stage_told
from fieldkit.ui.screens.screen import Screen
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.buttons import BigButton
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.fold import Fold
from fieldkit.ui.widgets.layouts import Columns
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.sealed import sealed_card
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fieldkit.services.answer_history import Answered, AnswerHistory, Told
    from fieldkit.ui.context import Context


class HistoryScreen(Screen):
    """`about` is what it is kept under; `instance` one interview of it, else all; `ref` the chosen question."""

    rail: str = "home"

    def __init__(self, context: Context, about: str, instance: str = "", ref: str = "") -> None:
        super().__init__(context)
        self._about, self._instance, self._ref = about, instance, ref
        self.page: AnswersPage | None = None
        self.fault: FieldkitError | None = None
        self._read()

    @property
    def title(self) -> str:
        say = self.context.say
        return say("The history of an answer") if self._ref else say("The history of the answers")

    def _read(self) -> None:
        vault, spoken = self.context.open_vault, self.context.words
        try:
            self.page = AnswersPage(vault, self._about, spoken, instance=self._instance, ref=self._ref)
        except FieldkitError as fault:
            self.fault = fault

    def build(self) -> QWidget:
        if self.language_changed():
            self._read()
        if self.fault is not None or self.page is None:
            fault = self.fault
            return Card(readable(words(self.context.sentence(fault) if fault else "", Size.QUESTION)))
        return self._one(self.page) if self._ref else self._all(self.page)

    # Everything that can be chosen

    def _all(self, page: AnswersPage) -> QWidget:
        say = self.context.say
        told = say(
            "Every version is kept as it was finished. Choose a question to see who wrote its answer, when and why."
        )
        parts: list[QWidget] = [readable(words(told, quiet=True))]
        if page.changed:
            parts.append(words(say("Changed since the talk"), Size.QUESTION, bold=True))
            parts += [self._chain(one) for one in page.changed]
        else:
            parts.append(Card(words(say("Nothing was changed since the talk."))))
        for one in page.interviews:
            day = format_date(one.newest.happened, self.context.words.tag)
            parts.append(words(say("The talk of {day}", day=day), Size.QUESTION, bold=True))
            if one.newest.hidden:
                parts.append(sealed_card(self.context, one.newest.hidden))
            for section, rows in groupby(one.answers, key=lambda row: row.section):
                parts.append(Fold(section or say("Questions"), partial(self._rows, tuple(rows))))
        if not page.interviews:
            todo = say("The answers stay at the post where they were given.")
            parts.append(Card(EmptyState(say("No answers are held here."), todo)))
        return column(*parts)

    def _rows(self, rows: Sequence[Answered]) -> QWidget:
        px = theme.current().px
        box = QWidget()
        grid = Columns(box, least=px(420), most=2, gap=px(8))
        for row in rows:
            made = BigButton(row.label, second=self._ended(row), icon="list")
            made.clicked.connect(partial(self._choose, row.ref))
            grid.addWidget(made)
        return box

    def _ended(self, row: Answered) -> str:
        assert self.page is not None
        return isolate_words(self.page.ended(row.answer, row.mark))

    def _choose(self, ref: str, *_: object) -> None:
        self.context.go("history", about=self._about, instance=self._instance, ref=ref)

    # One question

    def _one(self, page: AnswersPage) -> QWidget:
        held = page.chosen
        assert held is not None, "only a page with a question that was chosen has its history"
        parts: list[QWidget] = [readable(words(held.label, Size.PERSON, bold=True))]
        for talk in held.talks:
            day = format_date(talk.day, self.context.words.tag)
            title = self.context.say("The talk of {day}", day=day)
            card = Card(words(title, Size.QUESTION, bold=True), *(self._told(told) for told in talk.chain))
            card.setAccessibleName(title)
            parts.append(card)
        if not held.talks:
            parts.append(Card(words(self.context.say("This question stands in no interview that counts."))))
        return column(*parts)

    def _chain(self, one: AnswerHistory) -> Card:
        """A question that was changed, with every answer to it."""
        card = Card(words(one.label, Size.QUESTION, bold=True))
        card.setAccessibleName(one.label)
        for talk in one.talks:
            for told in talk.chain:
                card.column.addWidget(self._told(told))
        return card

    def _told(self, told: Told) -> QWidget:
        assert self.page is not None
        say, spoken = self.context.say, self.context.words
        icon, stage = stage_told(told.stage)
        parts: list[QWidget] = [
            marked(icon, words(say(stage), quiet=True)),
            readable(words(isolate_words(self.page.ended(told.answer, told.mark)), bold=True)),
        ]
        moment = format_moment(told.at, spoken.tag)
        parts.append(
            words(say("{moment}, {person}", moment=moment, person=isolate_words(told.who)), quiet=True)
        )
        parts += [readable(words(line, quiet=True)) for line in beside(told, spoken)]
        if told.why:
            parts.append(readable(words(say("Why: {reason}", reason=isolate_words(told.why)))))
        return column(*parts, gap=2)
