"""What is sealed of a case, at headquarters: for whoever may read it; for others whom to ask."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.ui.presenters.sealed import whom_to_ask
from fieldkit.ui.presenters.sealed_office import SealedCasePage
from fieldkit.ui.screens.screen import Screen, Way
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.ui.context import Context


class SealedCaseScreen(Screen):
    """Reading is written down before anything is shown."""

    rail: str = "headquarters"

    def __init__(self, context: Context, case: str) -> None:
        super().__init__(context)
        self.presenter = SealedCasePage(context.open_vault, case, context.words)

    @property
    def title(self) -> str:
        return self.context.say("Sealed answers of a case")

    def build(self) -> QWidget:
        if self.language_changed():
            self.presenter = SealedCasePage(self.context.open_vault, self.presenter.case, self.context.words)
        say, page = self.context.say, self.presenter
        cards: list[QWidget] = [words(say("Number {number}", number=page.number), Size.QUESTION, bold=True)]
        for about, lines in page.classes():
            card = Card(
                words(about, Size.QUESTION, bold=True),
                facts([(line.question, line.answer) for line in lines], share=2),
            )
            card.setAccessibleName(about)
            cards.append(card)
        cards += self._others()
        if len(cards) == 1:
            told = say("Nothing sealed was received of this case.")
            hint = say("What a person said comes sealed when they agreed and somebody here may read it.")
            cards.append(Card(EmptyState(told, hint, icon="key")))
        return column(*cards)

    def other_actions(self) -> tuple[Way, ...]:
        return (
            Way(self.context.say("Who reads what is sealed"), partial(self.context.go, "sealed_readers")),
        )

    def _others(self) -> list[QWidget]:
        say, found = self.context.say, self.presenter.found
        cards: list[QWidget] = []
        if found.hidden:
            title = marked("lock", words(say("Something is sealed here"), bold=True))
            asked = whom_to_ask(found.hidden, self.context.words)
            cards.append(Card(title, facts(asked, share=2)))
        if found.withheld:
            told = self.context.words.count(
                "{number} sealed part came without its content: the person did not agree, or it was written down "
                "before headquarters had a key.",
                "{number} sealed parts came without their content: the person did not agree, or they were written "
                "down before headquarters had a key.",
                found.withheld,
            )
            cards.append(Card(readable(words(told))))
        if found.lost:
            told = self.context.words.count(
                "{number} sealed part opens for nobody here: the last person who could read it is gone.",
                "{number} sealed parts open for nobody here: the last person who could read them is gone.",
                found.lost,
            )
            cards.append(Card(readable(words(told))))
        return cards
