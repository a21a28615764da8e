"""Cover and lock: the six digits that bring one's work back, and when the vault is locked by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.domain.errors import FieldkitError
from fieldkit.services.cover import COVERED_MINUTES, TRIES
from fieldkit.ui.presenters.settings import DIGITS, OFFERED, LockSettings
from fieldkit.ui.screens.screen import Screen, Way, faults_are_told
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.ui.context import Context


class SettingsScreen(Screen):
    """The digits are one's own; the minutes an administrator's to choose."""

    rail: str = "help"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.presenter = LockSettings(context.open_vault)
        self.first: Field | None = None
        self.again: Field | None = None
        self.minutes: ChoiceGrid | None = None
        self._kept = False

    @property
    def title(self) -> str:
        return self.context.say("Cover and lock")

    def build(self) -> QWidget:
        return column(self._digits(), self._minutes())

    def main_action(self) -> Way | None:
        say = self.context.say
        why_not = say("Write your six digits twice.")
        return Way(say("Keep these six digits"), self._keep, "done", self.presenter.is_written, why_not)

    def _digits(self) -> Card:
        say = self.context.say
        told = say(
            "Cover hides everything at once, also from screen readers. Six digits of your own bring your work "
            "back. After {tries} wrong tries, or {minutes} minutes, the vault is locked; everything is kept.",
            tries=TRIES,
            minutes=COVERED_MINUTES,
        )
        self.first = self._field(say("Six digits"), "first")
        self.again = self._field(say("The same digits once more"), "again")
        card = Card(words(say("Cover"), Size.QUESTION, bold=True), readable(words(told)))
        if self._kept:
            card.column.addWidget(Banner(Tone.DONE, say("Your six digits are kept.")))
        elif self.presenter.has_digits:
            card.column.addWidget(words(say("You have chosen digits. Others take their place."), quiet=True))
        else:
            card.column.addWidget(
                Banner(
                    Tone.NOTE,
                    say("You have not chosen digits yet: from the cover you have to sign in again."),
                )
            )
        card.column.addWidget(self.first)
        card.column.addWidget(self.again)
        return card

    def _field(self, label: str, name: str) -> Field:
        field = Field(label, secret=self.context.say("Show"), value=getattr(self.presenter, name))
        field.line.setMaxLength(DIGITS)
        field.line.textEdited.connect(lambda text: self._typed(name, text))
        return field

    def _minutes(self) -> Card:
        say = self.context.say
        told = say(
            "When nobody has pressed a key for a while, the vault is locked; the last half minute is counted down. "
            "It is locked at once when the lid is closed or the laptop goes to sleep."
        )
        self.minutes = ChoiceGrid(
            [Offered(str(one), self._so_many(one)) for one in OFFERED],
            name=say("Locked by itself after"),
            numbered=False,
            least=160,
            most=3,
        )
        self.minutes.choose(str(self.presenter.minutes))
        self.minutes.setEnabled(self.presenter.may_choose_minutes)
        self.minutes.chosen.connect(self._choose)
        card = Card(words(say("Locked by itself after"), Size.QUESTION, bold=True), readable(words(told)))
        card.column.addWidget(self.minutes)
        if not self.presenter.may_choose_minutes:
            card.column.addWidget(words(say("An administrator chooses this for everybody."), quiet=True))
        return card

    def _so_many(self, minutes: int) -> str:
        return self.context.words.count("{number} minute", "{number} minutes", minutes)

    def _typed(self, name: str, text: str) -> None:
        setattr(self.presenter, name, text)
        self._kept = False
        self.context.refresh()

    def _keep(self) -> None:
        try:
            self.presenter.keep_digits()
            self._kept = True
        except FieldkitError as fault:
            self.show_again()
            self.context.show_error(fault)
            return
        self.show_again()
        self.context.saved()

    @faults_are_told
    def _choose(self, values: tuple[str, ...]) -> None:
        self.presenter.choose_minutes(int(values[0]))
        if self.context.watch is not None:
            self.context.watch.use_minutes(self.presenter.minutes)
        self.context.saved()
