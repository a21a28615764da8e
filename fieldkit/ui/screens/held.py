"""People who are held: children first, then whoever is held longest; those who are free again below."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.domain.access import Action
from fieldkit.ui.presenters.held import HeldPage
from fieldkit.ui.screens.screen import Screen
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.fold import Fold
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.domain.holding import Held
    from fieldkit.ui.context import Context


class HeldScreen(Screen):
    """Numbers and days, no name. It is a list for getting people out of it."""

    rail: str = "home"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.page = HeldPage(context.open_vault, context.words)

    @property
    def title(self) -> str:
        return self.context.say("People who are held")

    def build(self) -> QWidget:
        self.page = HeldPage(self.context.open_vault, self.context.words)
        found = self.page.register
        now = [self._row(one) for one in found.held] or [self._nobody()]
        return column(self._about(), *self._children(), *now, *self._before())

    # What stands on top

    def _about(self) -> QWidget:
        told = self.context.say(
            "Holding is the last way, and as short as can be. Look at each: is there another way, did somebody "
            "independent look at it, can the person speak to a lawyer?"
        )
        return readable(words(told))

    def _children(self) -> list[QWidget]:
        if not self.page.children:
            return []
        told = self.context.words.count(
            "{number} of them is or may be a child. A child is not held. Call child protection now.",
            "{number} of them are or may be children. A child is not held. Call child protection now.",
            self.page.children,
        )
        return [Banner(Tone.URGENT, told)]

    def _nobody(self) -> Card:
        say = self.context.say
        told = say("Nobody is written down as held.")
        todo = say("What happened to a person is written down in their case, under Plans, and what happened.")
        return Card(EmptyState(told, todo, icon="done"))

    # One of them

    def _row(self, one: Held) -> Card:
        say, page = self.context.say, self.page
        number = say("Number {number}", number=one.number)
        card = Card(words(number, Size.QUESTION, bold=True), words(page.how_long(one), bold=True))
        card.setAccessibleName(number)
        for line in self._alerts(one):
            card.column.addWidget(line)
        rows = [
            (say("Ground"), page.kinds(one)),
            (say("Where"), page.place(one)),
            (say("Who answers for it"), page.bodies(one)),
            (say("Last look at it"), page.review(one)),
            (say("Could speak to"), page.visits(one)),
            (say("How it is there"), page.conditions(one)),
            (say("Tried instead"), one.tried or page.not_told),
        ]
        card.column.addWidget(facts(rows, share=2))
        card.column.addWidget(flow(*self._ways(one)))
        return card

    def _alerts(self, one: Held) -> list[QWidget]:
        say = self.context.say
        found = []
        if one.child:
            told = say("This person is or may be a child.")
            found.append(marked("urgent", words(told, tone=Tone.URGENT, bold=True), Tone.URGENT))
        if one.past_a_lock:
            told = say("A rule forbids it. The page of plans and what happened says which.")
            found.append(marked("urgent", readable(words(told, tone=Tone.URGENT)), Tone.URGENT))
        return found

    def _ways(self, one: Held) -> list[QWidget]:
        say, go = self.context.say, self.context.go
        ways: list[QWidget] = []
        if one.child and self.context.open_vault.may(Action.ALERT):
            ways.append(
                button(say("Call child protection"), partial(go, "alert", case=one.case), icon="urgent")
            )
        write = partial(go, "holding", case=one.case, measure=one.measure)
        ways.append(button(say("Write down more"), write, icon="note"))
        ways.append(button(say("The case"), partial(go, "case", case=one.case), role="plain"))
        for way in ways:
            way.setAccessibleDescription(one.number)
        return ways

    # Those who are free again

    def _before(self) -> list[QWidget]:
        say, ended = self.context.say, self.page.register.ended
        if not ended:
            return []
        title = words(say("Not held any more"), Size.QUESTION, bold=True)
        return [Card(title, Fold(say("Show them"), lambda: column(*(self._ended(one) for one in ended))))]

    def _ended(self, one: Held) -> QWidget:
        say, page = self.context.say, self.page
        line = say(
            "{number}: {told}", number=say("Number {number}", number=one.number), told=page.how_long(one)
        )
        return column(words(line), words(page.how(one), quiet=True), gap=2)
