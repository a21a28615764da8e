"""What waits for a second person: another account agrees or not, with a reason. Until then nothing changes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.languages.isolates import isolate_words
from fieldkit.ui.presenters.second_person import Requests
from fieldkit.ui.screens.cards import CardsScreen
from fieldkit.ui.screens.screen import faults_are_told
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.into_view import bring_into_view
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.reason import Reason
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.ui.presenters.second_person import ShownRequest


class SecondPersonScreen(CardsScreen):
    """A card a request, the oldest first."""

    rail: str = "home"

    @property
    def title(self) -> str:
        return self.context.say("Waiting for a second person")

    def _read(self) -> None:
        self.presenter = Requests(self.context.open_vault, self.context.words)

    def _told(self) -> str:
        return self.context.say(
            "Nothing of this counts yet. Another person looks at it, and agrees or not. Protection stays on until "
            "then."
        )

    def _shown(self) -> list[QWidget]:
        return [self._card(one) for one in self.presenter.shown]

    def _nothing(self) -> EmptyState:
        say = self.context.say
        todo = say("Corrections of closed cases stand here until a second person has looked at them.")
        return EmptyState(say("Nothing waits."), todo, icon="done")

    def _card(self, one: ShownRequest) -> Card:
        say = self.context.say
        number = say("Number {number}", number=one.number)
        card = Card(words(number, quiet=True), words(one.what, Size.QUESTION, bold=True))
        card.setAccessibleName(f"{number}. {one.what}")
        for line in one.lines:
            card.column.addWidget(readable(words(isolate_words(line), bold=True)))
        card.column.addWidget(words(one.asked, quiet=True))
        if one.one.reason:
            card.column.addWidget(readable(words(say("Why: {reason}", reason=isolate_words(one.one.reason)))))
        if not one.may_decide:
            told = say("Another person who may decide on this has to look at it.")
            card.column.addWidget(marked("wait", readable(words(told))))
            return card
        place = Holder()
        yes = button(say("Agree"), partial(self._ask, one, place, agrees=True), icon="check")
        no = button(say("Do not agree"), partial(self._ask, one, place, agrees=False), icon="close")
        card.column.addWidget(flow(yes, no))
        card.column.addWidget(place)
        return card

    def _ask(self, one: ShownRequest, place: Holder, *, agrees: bool) -> None:
        say = self.context.say
        asked = Reason(
            say("Why do you agree?") if agrees else say("Why do you not agree?"),
            hint=say("In a few words. Write no names."),
            action=say("Agree, with this reason") if agrees else say("Do not agree, with this reason"),
            missing=say("Write why, in a few words."),
            cancel=say("Cancel"),
            keep=partial(self._decide, self.presenter.agree if agrees else self.presenter.refuse, one),
            close=place.put,
        )
        place.put(asked)
        asked.field.line.setFocus()
        bring_into_view(asked)

    @faults_are_told
    def _decide(self, do: Callable[[ShownRequest, str], None], one: ShownRequest, reason: str) -> None:
        do(one, reason)
        self.context.saved()
        self._fill()
        self.context.refresh()
