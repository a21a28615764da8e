"""A child's guardian: name, day and mandate end the days without one (R-085)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.languages.isolates import isolate, isolate_words
from fieldkit.languages.typed_days import DAY_HINT, as_typed
from fieldkit.ui.presenters.guardian import GuardianPage
from fieldkit.ui.screens.filled import FilledScreen
from fieldkit.ui.screens.screen import Way
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.services.guardians import Guardian
    from fieldkit.ui.context import Context


class GuardianScreen(FilledScreen):
    """Who is named stands on top; below it the lines for a new one."""

    rail: str = "home"

    def __init__(self, context: Context, case: str) -> None:
        super().__init__(context)
        self.presenter = GuardianPage(context.open_vault, case, context.words)
        self.fields: tuple[Field, Field, Field] | None = None

    @property
    def title(self) -> str:
        return self.context.say("Guardian")

    def _read_again(self) -> None:
        page = self.presenter
        self.presenter = GuardianPage(page.vault, page.case, self.context.words)

    def main_action(self) -> Way | None:
        if not self.presenter.may:
            return None
        return Way(self.context.say("Keep this guardian"), self._keep, "check")

    def _fill(self, told: str = "") -> None:
        say, page = self.context.say, self.presenter
        number = words(say("Number {number}", number=isolate(page.number)), Size.QUESTION, bold=True)
        heard = [Banner(Tone.DONE, told)] if told else []
        held = [self._guardian(one) for one in page.all] or [self._none()]
        self._whole.put(number, *heard, *self._days(), *held, *self._ask())

    def _days(self) -> list[QWidget]:
        page = self.presenter
        if not page.days:
            return []
        told = Banner(Tone.URGENT if page.is_late else Tone.CAREFUL, page.days)
        return [told, readable(words(page.limit, quiet=True))]

    def _none(self) -> Card:
        say = self.context.say
        todo = say("Ask for one every day. A guardian is an adult who is named to speak up for a child.")
        return Card(EmptyState(say("No guardian is written down."), todo, icon="person"))

    def _guardian(self, one: Guardian) -> Card:
        say, page, place = self.context.say, self.presenter, Holder()
        rows = [
            (say("Name"), isolate_words(one.told.name)),
            (say("From"), page.day(one.told.day)),
            (say("Mandate"), isolate_words(one.told.mandate)),
        ]
        card = Card(facts(rows, share=3))
        if one.ended:
            ended = say("The task ended on {day}.", day=page.day(one.ended))
            card.column.addWidget(marked("stop", words(ended)))
        elif page.may:
            way = button(
                say("The task ended"), partial(self._ask_end, one, place), icon="close", role="plain"
            )
            card.column.addWidget(flow(way))
            card.column.addWidget(place)
        return card

    def _ask(self) -> list[QWidget]:
        say, page = self.context.say, self.presenter
        if not page.may:
            told = say("Child protection writes down who is named. Tell them the number.")
            return [readable(words(told, quiet=True))]
        self.fields = (
            Field(say("Name and office of the guardian"), hint=say("As on the paper.")),
            Field(say("From which day on?"), hint=say(DAY_HINT), value=as_typed(page.today)),
            Field(say("Mandate: named by whom, for what?"), hint=say("In a few words, as on the paper.")),
        )
        stays = say(
            "Name and mandate stay at this post. That one is named may go to headquarters, if agreed."
        )
        head = words(say("Write down a guardian"), Size.QUESTION, bold=True)
        return [Card(head, *self.fields, readable(words(stays, quiet=True)))]

    def _keep(self) -> None:
        assert self.fields is not None
        name, day, mandate = self.fields
        for field in (name, mandate):
            if not field.value.strip():
                field.show_problem(self.context.say("Write it down in a few words."))
                field.line.setFocus()
                return
        told = self.context.say("The guardian is written down.")
        self._did(lambda: self.presenter.name(name.value, day.value, mandate.value), told)

    def _ask_end(self, one: Guardian, place: Holder) -> None:
        say = self.context.say
        self._ask_reason(
            say("It ended today"),
            lambda reason: self._did(
                lambda: self.presenter.end(one.guardian, reason),
                say("It is written down. The days begin anew."),
            ),
            place,
            say("Why did it end?"),
        )
