"""Practise: one invented person from arrival to the slip, in a vault for training; at its end what was done."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.services import practice
from fieldkit.services.practice import Looked, Told
from fieldkit.services.waiting import ARRIVAL
from fieldkit.ui.presenters.new_interview import officers_side
from fieldkit.ui.screens.screen import Screen, Way, faults_are_told
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.draft import draft_mark
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.ui.context import Context

BEGUN = "begun"
"""Somebody is on the way: there is no case yet."""


class PracticeScreen(Screen):
    """Before it begins: who comes. Once it began: what was done, what was left out, and the way on."""

    rail: str = "home"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._case = "" if context.practice == BEGUN else context.practice

    @property
    def title(self) -> str:
        return self.context.say("Practise with an invented person")

    def build(self) -> QWidget:
        if not self._case:
            return column(self._how(), self._who())
        looked = practice.review(self.context.open_vault, self._case, self.context.words.tag)
        return column(*self._looked(looked), self._who())

    def main_action(self) -> Way | None:
        say = self.context.say
        if not self._case:
            return Way(say("The person arrives"), self._begin, "next")
        about = f"case/{self._case}"
        return Way(say("Go on with the person"), partial(self.context.go, "waiting", about=about), "next")

    def other_actions(self) -> tuple[Way, ...]:
        say = self.context.say
        if not self._case:
            return ()
        again = Way(say("Begin again"), self._begin, "again")
        return (again, Way(say("End the practice"), self._end, "done"))

    def _how(self) -> Card:
        say = self.context.say
        told = say(
            "You lead one person through the real screens, from arrival to the slip. Above each screen stands what "
            "happens there and why. F1 opens the booklet. You can stop at any time and begin again."
        )
        return Card(words(say("How it goes"), Size.QUESTION, bold=True), readable(words(told)))

    def _who(self) -> Card:
        say = self.context.say
        card = Card(words(say("Who comes"), Size.QUESTION, bold=True))
        told = Told(self.context.open_vault, self.context.words.tag)
        for one in told.who:
            card.column.addWidget(readable(words(one)))
        for line in draft_mark(self.context, is_draft=told.is_draft):
            card.column.addWidget(line)
        return card

    def _looked(self, looked: tuple[Looked, ...]) -> list[QWidget]:
        say = self.context.say
        done = Card(words(say("What was done"), Size.QUESTION, bold=True))
        for one in (one for one in looked if one.done):
            done.column.addWidget(marked("done", readable(words(one.text)), Tone.DONE))
        if not any(one.done for one in looked):
            done.column.addWidget(readable(words(say("Nothing yet. Go on with the person."))))
        left = [one for one in looked if not one.done]
        if not left:
            return [done, Card(readable(words(say("Nothing was left out."))))]
        open_card = Card(words(say("What was left out, or is still to come"), Size.QUESTION, bold=True))
        for one in left:
            read = partial(self.context.go, "help", paragraph=one.paragraph)
            why = button(say("Read why"), read, icon="help", role="plain")
            why.setAccessibleName(f"{say('Read why')}: {one.text}")
            open_card.column.addWidget(marked("wait", readable(words(one.text))))
            open_card.column.addWidget(flow(why))
        return [done, open_card]

    def _begin(self) -> None:
        self.context.practice = BEGUN
        self.context.go("choose_language", form=ARRIVAL, then=self._enter)

    @faults_are_told
    def _enter(self, tag: str) -> None:
        side = officers_side(self.context.words.tag)
        interview = practice.begin(self.context.open_vault, tag, officer_language=side)
        self.context.practice = interview.case
        self.context.navigation.instead("interview", draft=interview.draft_id)

    def _end(self) -> None:
        self.context.practice = ""
        self.context.navigation.start("home")
