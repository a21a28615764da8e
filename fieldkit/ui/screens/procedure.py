"""A procedure step by step: who does what, by when; done, or why not (R-041)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.content.provenance import Mark
from fieldkit.languages import catalogues
from fieldkit.languages.isolates import isolate_words
from fieldkit.languages.numbers import format_date, format_moment
from fieldkit.services import free_movement, procedure_steps
from fieldkit.services.case_file import read_case
from fieldkit.services.procedure_steps import DONE, NOT_DONE
from fieldkit.ui.presenters.category_names import category_name
from fieldkit.ui.screens.free_movement import movement_cards
from fieldkit.ui.screens.recognition import hint_cards
from fieldkit.ui.screens.screen import Screen, faults_are_told
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.into_view import bring_into_view
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.reason import Reason
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.services.procedure_steps import StepOfCase
    from fieldkit.ui.context import Context


class ProcedureScreen(Screen):
    """One category of one case."""

    rail: str = "home"

    def __init__(self, context: Context, case: str, category: str) -> None:
        super().__init__(context)
        self.case = case
        self.category = category
        self._whole = Holder()

    @property
    def title(self) -> str:
        return self.context.say("Step by step")

    def in_hand(self) -> tuple[tuple[str, str], ...]:
        """The category whose steps stand here."""
        return (("category", self.category),)

    def build(self) -> QWidget:
        self._whole = Holder()
        content = column(self._whole)
        self._fill()
        return content

    def _fill(self) -> None:
        say, vault = self.context.say, self.context.open_vault
        number = read_case(vault.journal, self.case).number
        name = category_name(vault.codebook, self.category, self.context.words.tag)
        head = column(
            words(say("Number {number}", number=number), quiet=True),
            words(name, Size.QUESTION, bold=True),
            gap=4,
        )
        steps = procedure_steps.steps(vault, self.case, self.category)
        if not steps:
            told = say("Nobody has written down the steps of this procedure yet.")
            todo = say("Do what the category says, and ask your coordinator.")
            empty = Card(EmptyState(told, todo, icon="list"))
            self._whole.put(head, *self._quicker(), empty, *self._movement())
            return
        notes = [self._unreviewed()] if any(Mark.UNREVIEWED in self._marks(one) for one in steps) else []
        cards = [self._card(one) for one in steps]
        self._whole.put(head, *notes, *self._quicker(), *cards, *self._movement())

    def _quicker(self) -> list[QWidget]:
        return hint_cards(self.context, self.case, self.category)

    def _movement(self) -> list[QWidget]:
        if self.category != free_movement.CATEGORY:
            return []
        return movement_cards(self.context, self.case)

    def _unreviewed(self) -> QWidget:
        told = self.context.say("No lawyer and no office in charge has read these steps yet.")
        return marked("careful", readable(words(told, tone=Tone.CAREFUL)), Tone.CAREFUL)

    def _marks(self, one: StepOfCase) -> tuple[Mark, ...]:
        return one.step.about.marks(self.context.open_vault.world.today())

    def _card(self, one: StepOfCase) -> Card:
        say, vault = self.context.say, self.context.open_vault
        spoken = catalogues.load(self.context.words.tag, "codebook")
        actor = vault.codebook.choice_label("actors", one.step.actor, spoken)
        head = say("Step {number}: {actor}", number=one.step.number, actor=isolate_words(actor))
        card = Card(words(head, quiet=True), readable(words(one.step.say(spoken), bold=True)))
        card.setAccessibleName(head)
        for line in self._when(one):
            card.column.addWidget(line)
        if Mark.EXPIRED in self._marks(one):
            told = say("The last day of this text is over. Ask whether it still holds.")
            card.column.addWidget(marked("careful", readable(words(told)), Tone.CAREFUL))
        place = Holder()
        ways = []
        if one.state != DONE:
            ways.append(button(say("Done"), partial(self._done, one), icon="check"))
            ways.append(button(say("Not done"), partial(self._ask, one, place), role="plain"))
        card.column.addWidget(flow(*ways))
        card.column.addWidget(place)
        return card

    def _when(self, one: StepOfCase) -> list[QWidget]:
        say, tag = self.context.say, self.context.words.tag
        if one.state == DONE:
            told = say("Done on {day}", day=format_date(one.day, tag))
            return [marked("done", words(told, tone=Tone.DONE), Tone.DONE)]
        found: list[QWidget] = []
        if one.state == NOT_DONE:
            told = say("Not done: {reason}", reason=isolate_words(one.reason))
            found.append(marked("note", readable(words(told))))
        if one.step.within_hours == 0:
            found.append(words(say("At once"), quiet=True))
        elif one.due:
            found.append(words(say("Until {moment}", moment=format_moment(one.due, tag)), quiet=True))
        if procedure_steps.is_late(one, self.context.open_vault.world.clock.now()):
            found.append(marked("urgent", words(say("Overdue"), tone=Tone.URGENT), Tone.URGENT))
        return found

    def _done(self, one: StepOfCase) -> None:
        self._keep(one, "", done=True)

    def _ask(self, one: StepOfCase, place: Holder) -> None:
        say = self.context.say
        asked = Reason(
            say("Why not?"),
            hint=say("In a few words. Write no names."),
            action=say("Keep this"),
            missing=say("Write why, in a few words."),
            cancel=say("Cancel"),
            keep=lambda reason: self._keep(one, reason, done=False),
            close=place.put,
        )
        place.put(asked)
        asked.field.line.setFocus()
        bring_into_view(asked)

    @faults_are_told
    def _keep(self, one: StepOfCase, reason: str, *, done: bool) -> None:
        vault = self.context.open_vault
        procedure_steps.record(vault, self.case, self.category, one.step.number, done=done, reason=reason)
        self.context.saved()
        self._fill()
