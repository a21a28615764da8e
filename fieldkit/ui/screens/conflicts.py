"""Answers that differ: the values side by side, and a person who decides between them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.domain.errors import FieldkitError
from fieldkit.languages.isolates import isolate_words
from fieldkit.ui import theme
from fieldkit.ui.presenters.conflicts import Differences
from fieldkit.ui.screens.cards import CardsScreen
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, row
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.into_view import bring_into_view
from fieldkit.ui.widgets.layouts import Columns
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.reason import Reason
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.ui.context import Context
    from fieldkit.ui.presenters.conflicts import ShownDifference, ShownValue


class ConflictsScreen(CardsScreen):
    """A card a difference. `rail` is where one came from."""

    def __init__(self, context: Context, rail: str = "home") -> None:
        super().__init__(context)
        self.rail = rail  # it belongs to the place from which it was opened

    @property
    def title(self) -> str:
        return self.context.say("Differences to settle")

    def _read(self) -> None:
        self.presenter = Differences(self.context.open_vault, self.context.words)

    def _told(self) -> str:
        return self.context.say(
            "Two people wrote something different, and neither saw what the other wrote. Nothing was lost. Look at "
            "both, ask where you can, and say which one is right."
        )

    def _shown(self) -> list[QWidget]:
        return [self._card(one) for one in self.presenter.shown]

    def _nothing(self) -> EmptyState:
        say = self.context.say
        todo = say("When two people write something different, both stand here side by side.")
        return EmptyState(say("Nothing differs."), todo, icon="done")

    def _after(self) -> list[QWidget]:
        if not self.presenter.others:
            return []
        more = self.context.words.count(
            "{number} more waits for somebody who may decide on it.",
            "{number} more wait for somebody who may decide on them.",
            self.presenter.others,
        )
        return [marked("wait", words(more))]

    def _card(self, one: ShownDifference) -> Card:
        card = Card(
            words(isolate_words(one.about), quiet=True),
            words(isolate_words(one.field), Size.QUESTION, bold=True),
        )
        card.setAccessibleName(f"{one.about}. {one.field}")
        box, place = QWidget(), Holder()
        beside = Columns(box, least=theme.current().px(280), most=3, gap=theme.current().px(12))
        for value in one.values:
            beside.addWidget(self._value(one, value, place))
        card.column.addWidget(marked("note", readable(words(one.meanwhile))))
        card.column.addWidget(box)
        card.column.addWidget(place)
        return card

    def _value(self, one: ShownDifference, value: ShownValue, place: Holder) -> Card:
        say = self.context.say
        card = Card(*(readable(words(isolate_words(line), bold=True)) for line in value.lines))
        card.column.addWidget(words(value.written, quiet=True))
        if value.why:
            card.column.addWidget(readable(words(say("Why: {reason}", reason=isolate_words(value.why)))))
        choose = button(say("This one is right"), partial(self._ask, one, value, place), icon="check")
        choose.setAccessibleDescription(" ".join(value.lines))
        card.column.addWidget(row(choose))
        return card

    def _ask(self, one: ShownDifference, value: ShownValue, place: Holder) -> None:
        say = self.context.say
        chosen = words(say("You chose: {value}", value=isolate_words(" ".join(value.lines))), bold=True)
        asked = Reason(
            say("How do you know?"),
            hint=say("In a few words. The other value stays in the history. Write no names."),
            action=say("Keep this decision"),
            missing=say("Write how you know, in a few words."),
            cancel=say("Cancel"),
            keep=partial(self._settle, one, value),
            close=place.put,
        )
        place.put(readable(chosen), asked)
        asked.field.line.setFocus()
        bring_into_view(asked)

    def _settle(self, one: ShownDifference, value: ShownValue, reason: str) -> None:
        try:
            self.presenter.settle(one, value.entry, reason)
        except FieldkitError as fault:
            self.context.show_error(fault)
            self.presenter.read()
        else:
            self.context.saved()
        self._fill()
        self.context.refresh()
