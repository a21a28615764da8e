"""A new phrase for oneself: as a habit, because somebody may know the present one, or because one must."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from fieldkit.domain.errors import FieldkitError
from fieldkit.ui.places import first_place
from fieldkit.ui.presenters.choose_phrase import ChoosePhrase
from fieldkit.ui.screens.new_key import NewKey
from fieldkit.ui.screens.screen import Screen, Way
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.phrase import PhraseQuestion
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.services.rekey import Rekeyed
    from fieldkit.ui.context import Context

HABIT, SUSPECTED = "habit", "suspected"
OF_THE_PRESENT = ("vault.wrong_phrase", "vault.wait")


class PhraseScreen(Screen):
    """Two pages: why and the present phrase, then the new one, which is repeated."""

    rail: str = "help"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        vault, vaults = context.open_vault, context.vaults
        about = (vault.name, vault.person.label)
        self.choose = ChoosePhrase(vaults.offer_phrase, vaults.check_phrase, context.words.tag, about=about)
        self.question = PhraseQuestion(context.say, self.choose, self.show_again)
        self.why, self.present = "", ""
        self.asks_present = not vault.phrase_due
        self.field: Field | None = None
        self.done: NewKey | None = None

    @property
    def title(self) -> str:
        say = self.context.say
        if self.done is not None:
            return self.done.title
        return say("Change your phrase") if self.asks_present else say("Your new phrase")

    def build(self) -> QWidget:
        self.field = None
        self.question = PhraseQuestion(self.context.say, self.choose, self.show_again)
        if self.done is not None:
            return self.done.build()
        return (
            self._before()
            if self.asks_present
            else column(readable(words(self._told())), self.question.build())
        )

    def main_action(self) -> Way:
        say = self.context.say
        if self.done is not None:
            return self.done.way()
        if not self.asks_present and self.choose.is_last:
            return Way(say("Use this phrase"), self._forward, "done")
        return Way(say("Continue"), self._forward, "next")

    def back(self) -> Way | None:
        if self.done is not None:
            return None
        if not self.asks_present and self.choose.back_leads_somewhere:
            return Way(self.context.say("Back"), self._back, "back")
        return super().back()

    def shown(self) -> None:
        if self.field is not None:
            self.field.line.setFocus()
        self.question.focus()

    # Parts

    def _before(self) -> QWidget:
        say = self.context.say
        grid = ChoiceGrid(
            [
                Offered(HABIT, say("I want another one"), second=say("Takes a moment")),
                Offered(
                    SUSPECTED,
                    say("Somebody may know mine"),
                    second=say("The whole vault gets a new key; everybody signs in again"),
                ),
            ],
            name=say("Why a new phrase?"),
            least=320,
            most=2,
        )
        grid.choose(self.why)
        grid.chosen.connect(lambda values: setattr(self, "why", values[0]))
        self.field = field = Field(say("Your present phrase"), secret=say("Show"), value=self.present)
        field.line.textEdited.connect(lambda text: setattr(self, "present", text))
        field.line.textEdited.connect(lambda _text: field.show_problem(""))
        return column(words(say("Why a new phrase?"), Size.QUESTION), grid, Card(field))

    def _told(self) -> str:
        say = self.context.say
        if self.choose.is_last:
            return say("Write the phrase once more.")
        return say(
            "This phrase opens the vault for you from now on. Write it on paper and keep the paper where only "
            "you can get it. Nobody can look it up for you, and it is not shown again."
        )

    # What is done

    def _forward(self) -> None:
        problem = self._problem()
        if problem:
            self._show_problem(problem)
        elif self.asks_present:
            self.asks_present = False
            self.show_again()
        elif self.choose.is_last:
            self._change()
        else:
            self.choose.forward()
            self.show_again()

    def _problem(self) -> str:
        say = self.context.say
        if not self.asks_present:
            problem = self.choose.problem()
            return problem and self.context.problem(problem)
        if not self.why:
            return say("Say why first.")
        return "" if self.present.strip() else say("Write your present phrase.")

    def _show_problem(self, said: str) -> None:
        if self.field is not None and self.why:
            self.field.show_problem(said)
            self.field.line.setFocus()
        elif not self.question.show_problem(said):
            self.context.tell(said)

    def _back(self) -> None:
        self.choose.back()
        self.show_again()

    def _change(self) -> None:
        from fieldkit.services import people  # noqa: PLC0415 (loads when a phrase is changed)

        vault, suspected = self.context.open_vault, self.why == SUSPECTED
        present, self.present = self.present, ""
        self.context.background.run(
            lambda progress: people.change_own_phrase(
                vault, present, self.choose.chosen, suspected=suspected, progress=progress
            ),
            what=self.context.say("Changing your phrase"),
            done=self._changed,
            failed=self._refused,
            can_cancel=False,
        )

    def _changed(self, done: Rekeyed | None) -> None:
        if done is not None:
            self.done = NewKey(self.context, done)
            self.show_again()
            return
        navigation = self.context.navigation
        navigation.start(first_place(self.context.open_vault))
        if navigation.frame:
            navigation.frame.rebuild()  # the rail has more places now than before a phrase was chosen

    def _refused(self, fault: Exception) -> None:
        if isinstance(fault, FieldkitError) and fault.code in OF_THE_PRESENT:
            self.asks_present = True
            self.choose.back()
        elif isinstance(fault, FieldkitError) and fault.code == "people.same_phrase":
            self.choose.back()
            self.choose.offer_another()
        self.show_again()
        self._show_problem(self.context.sentence(fault))


class FirstPhraseScreen(PhraseScreen):
    """Before anything else: somebody else knows the phrase that was just written."""

    bare: ClassVar[bool] = True

    def _told(self) -> str:
        if self.choose.is_last:
            return super()._told()
        because = self.context.say(
            "Somebody else has seen the phrase with which you came in, so it lets you in this once. Choose your "
            "own now; then everything works as before."
        )
        return f"{because} {super()._told()}"

    def back(self) -> Way | None:
        return super().back() if self.choose.back_leads_somewhere else None

    def other_actions(self) -> tuple[Way, ...]:
        return (Way(self.context.say("Lock"), partial(self.context.lock), "lock"),)
