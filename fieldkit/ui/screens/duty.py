"""Who of child protection is on duty when: the list of the post, to change and for the wall (R-084)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.domain.access import Action
from fieldkit.languages.isolates import isolate_words
from fieldkit.languages.numbers import format_moment
from fieldkit.languages.typed_days import DAY_HINT, MAY_BE_EMPTY
from fieldkit.services import duty
from fieldkit.services.duty import DAY_WORDS
from fieldkit.ui.presenters.pages import document_paper
from fieldkit.ui.screens.filled import FilledScreen
from fieldkit.ui.screens.screen import Way
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.fold import Fold
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import readable, words, words_in

if TYPE_CHECKING:
    from fieldkit.domain.duty import Shift
    from fieldkit.services.duty import ToCall
    from fieldkit.ui.context import Context


class DutyScreen(FilledScreen):
    """On top who is called now; below it the shifts, and a new one."""

    rail: str = "home"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.who: ChoiceGrid | None = None
        self.days: ChoiceGrid | None = None
        self.fields: tuple[Field, Field, Field] | None = None

    @property
    def title(self) -> str:
        return self.context.say("Who is on duty for children")

    def main_action(self) -> Way | None:
        return Way(self.context.say("Print the list for the wall"), self._print, "print")

    def _fill(self, told: str = "") -> None:
        say, vault = self.context.say, self.context.open_vault
        heard = [Banner(Tone.DONE, told)] if told else []
        held = [self._shift(one) for one in duty.shifts(vault)]
        hint = say("Without a list the numbers are called in the order of the directory.")
        empty = Card(EmptyState(say("Nobody is in the list yet."), hint, icon="wait"))
        parts: list[QWidget] = [*heard, self._now(), *(held or [empty])]
        if vault.may(Action.KEEP_DUTY):
            add = say("Add somebody to the list")
            parts.append(
                Fold(add, self._form, is_open=not held) if duty.services(vault) else self._no_number()
            )
        self._whole.put(*parts)

    def _no_number(self) -> Card:
        say = self.context.say
        told = say("No number of child protection is in the directory yet. Enter one first.")
        way = button(say("To the directory"), partial(self.context.go, "directory"), icon="list")
        return Card(readable(words(told)), flow(way))

    # Who is called now

    def _now(self) -> Card:
        say, now = self.context.say, self.context.open_vault.world.clock.now()
        card = Card(words(say("Called first now"), Size.QUESTION, bold=True))
        for place, one in enumerate(duty.to_call(self.context.open_vault)[:2]):
            line = facts([(isolate_words(one.service.name), words_in(one.service.phone, "en", Size.PERSON))])
            card.column.addWidget(words(say("If nobody answers:"), quiet=True) if place else line)
            if place:
                card.column.addWidget(line)
            card.column.addWidget(self._when(one, is_now=one.duty is not None and one.duty.is_now(now)))
        return card

    def _when(self, one: ToCall, *, is_now: bool) -> QWidget:
        say, tag = self.context.say, self.context.words.tag
        if one.duty is None:
            return words(say("Not in the list of who is on duty."), quiet=True)
        if is_now:
            until = format_moment(one.duty.ends.isoformat(), tag)
            return marked("done", words(say("On duty now, until {moment}.", moment=until)))
        begins = format_moment(one.duty.begins.isoformat(), tag)
        return marked("wait", words(say("On duty from {moment}.", moment=begins)))

    # The list

    def _shift(self, one: Shift) -> Card:
        say, vault = self.context.say, self.context.open_vault
        names = {held.id: held.name for held in duty.services(vault)}
        who = isolate_words(names.get(one.service, "")) or say("Not in the directory any more")
        rows = [
            (say("Days"), duty.days_in_words(one, self.context.words)),
            (say("Hours"), duty.hours_of(one)),
        ]
        card = Card(words(who, Size.QUESTION, bold=True), facts(rows, share=3))
        if vault.may(Action.KEEP_DUTY):
            way = button(say("Take it out"), partial(self._take_out, one), role="plain")
            way.setAccessibleDescription(who)
            card.column.addWidget(flow(way))
        return card

    def _form(self) -> QWidget:
        say = self.context.say
        who, days = say("Who is on duty?"), say("On which days?")
        self.who = ChoiceGrid(
            [Offered(one.id, isolate_words(one.name)) for one in duty.services(self.context.open_vault)],
            name=who,
            numbered=False,
            size=Size.TEXT,
            least=260,
            most=3,
        )
        self.days = ChoiceGrid(
            [Offered(str(day), say(told)) for day, told in enumerate(DAY_WORDS)],
            name=days,
            several=True,
            numbered=False,
            size=Size.TEXT,
            least=160,
            most=4,
        )
        self.fields = (
            Field(say("From which hour?"), hint=say("Like 08:00")),
            Field(say("Until which hour?"), hint=say("An earlier hour is one of the next day.")),
            Field(say("Last day"), hint=f"{say(DAY_HINT)} {say(MAY_BE_EMPTY)}"),
        )
        keep = button(say("Put it into the list"), self._keep, icon="check")
        return Card(words(who), self.who, words(days), self.days, *self.fields, flow(keep))

    def _keep(self) -> None:
        assert self.who is not None and self.days is not None and self.fields is not None
        service, days = self.who.values, [int(day) for day in self.days.values]
        if not service:
            self.context.tell(self.context.say("Choose who is on duty."))
            return
        begins, ends, until = (field.value for field in self.fields)
        vault = self.context.open_vault
        self._did(
            lambda: duty.keep(vault, service[0], days, begins, ends, until),
            self.context.say("It is in the list."),
        )

    def _take_out(self, one: Shift) -> None:
        told = self.context.say("It is out of the list.")
        self._did(lambda: duty.take_out(self.context.open_vault, one.id), told)

    def _print(self) -> None:
        vault, tag = self.context.open_vault, self.context.words.tag
        paper = document_paper(vault, "duty", tag, lambda: duty.document(vault, tag))
        self.context.go("pages", paper=paper, title=self.title, rail="home")
