"""Figures of sealed answers, at headquarters: only for whoever may read them, and never beside a day or a post."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.headquarters.counting import ANSWER
from fieldkit.languages.messages.headquarters import OF_ANSWERS
from fieldkit.ui.presenters.sealed_office import SealedFiguresPage
from fieldkit.ui.screens.screen import Screen, Way
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.domain.classes import SealedClass
    from fieldkit.ui.context import Context


class SealedFiguresScreen(Screen):
    """One card a subject, one table a question."""

    rail: str = "headquarters"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.presenter = SealedFiguresPage(context.open_vault, context.words)

    @property
    def title(self) -> str:
        return self.context.say("Figures of sealed answers")

    def build(self) -> QWidget:
        if self.language_changed():
            self.presenter = SealedFiguresPage(self.context.open_vault, self.context.words)
        say, classes = self.context.say, self.presenter.classes
        if not classes:
            told = say("There is nothing here that you may count.")
            todo = say("Sealed answers are counted only by people who may read them.")
            return column(Card(EmptyState(told, todo, icon="count")))
        hint = readable(words(say(OF_ANSWERS[ANSWER]), quiet=True))
        return column(hint, *(self._card(name) for name in classes))

    def other_actions(self) -> tuple[Way, ...]:
        return (
            Way(self.context.say("Who reads what is sealed"), partial(self.context.go, "sealed_readers")),
        )

    def _card(self, name: SealedClass) -> Card:
        page = self.presenter
        about = page.about(name)
        card = Card(words(about, Size.QUESTION, bold=True))
        card.setAccessibleName(about)
        if page.decided(name):
            card.column.addWidget(facts(page.decided(name), share=1))
        for figure in page.figures.get(name, ()):
            parts: list[QWidget] = [words(page.question(figure), bold=True)]
            if figure.persons:
                parts.append(facts(page.lines(figure), share=1))
            parts.append(readable(words(page.base(figure), quiet=True)))
            card.column.addWidget(column(*parts, gap=4))
        return card
