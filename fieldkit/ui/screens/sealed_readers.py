"""Who reads what is sealed: class by class, and giving somebody the key that is missing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.languages.isolates import isolate_words
from fieldkit.ui.presenters.sealed import ClassRow, Readers
from fieldkit.ui.presenters.sealed_office import may_decide
from fieldkit.ui.screens.screen import Screen, Way, faults_are_told
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.ui.context import Context


class SealedReadersScreen(Screen):
    """Everybody may see whom to ask; keys are given by whoever holds them."""

    rail: str = "help"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.presenter = Readers(context.open_vault, context.words)
        self._cards = Holder()

    @property
    def title(self) -> str:
        return self.context.say("Who reads what is sealed")

    def build(self) -> QWidget:
        if self.language_changed():
            self.presenter = Readers(self.context.open_vault, self.context.words)
        say = self.context.say
        told = say(
            "Some answers are sealed under a key of their own. Only people whose work needs them hold it. Each "
            "time somebody reads them, that stands in the history of the case."
        )
        self._cards = Holder(*(self._card(one) for one in self.presenter.rows))
        return column(readable(words(told, quiet=True)), self._cards)

    def other_actions(self) -> tuple[Way, ...]:
        if not may_decide(self.context.open_vault):
            return ()
        go = partial(self.context.go, "office_readers")
        return (Way(self.context.say("Decide who may read it"), go, "key"),)

    def _card(self, one: ClassRow) -> Card:
        card = Card(
            words(one.about, Size.QUESTION, bold=True),
            facts([(self.context.say("Can read it"), one.readers)], share=3),
        )
        card.setAccessibleName(one.about)
        if one.can_get:
            card.column.addWidget(flow(*(self._give(one, person, label) for person, label in one.can_get)))
        return card

    def _give(self, one: ClassRow, person: str, label: str) -> QWidget:
        named = self.context.say("Give the key to {person}", person=isolate_words(label))
        made = button(named, partial(self._given, one, person, label), icon="key")
        made.setAccessibleName(f"{one.about}: {named}")
        return made

    @faults_are_told
    def _given(self, one: ClassRow, person: str, label: str) -> None:
        self.presenter.give(one, person)
        self.context.saved()
        self.context.tell(
            self.context.say("{person} has the key from their next sign-in on.", person=isolate_words(label))
        )
        self._cards.put(*(self._card(held) for held in self.presenter.rows))
