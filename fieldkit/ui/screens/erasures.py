"""Erase for ever: headquarters looks at what a post asks, and two people sign it with the stick in."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.domain.errors import FieldkitError
from fieldkit.languages.isolates import isolate, isolate_words
from fieldkit.languages.marking import mark
from fieldkit.languages.numbers import format_date
from fieldkit.services.erasure import AskedErasure, Because, Where
from fieldkit.ui.presenters.erasures import Erasing
from fieldkit.ui.screens.screen import Screen, Way
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column, row
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.ui.context import Context

BECAUSE = {
    Because.WITHDRAWN: mark("The person took back what they allowed."),
    Because.WRONG: mark("It was written down wrongly."),
    Because.TOO_LONG: mark("It was kept long enough."),
    Because.LAW: mark("A law or a court says so."),
}
WRONG_PHRASES = {"vault.wrong_phrase": "own", "vault.wait": "own", "offline.wrong_phrase": "stick"}


class ErasuresScreen(Screen):
    """One request at a time. What was chosen lives in the presenter; phrases only in their lines."""

    rail: str = "exchange"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.presenter = Erasing(context.open_vault, context.vaults.policy)
        self.reason: Field | None = None
        self.phrase: Field | None = None
        self.stick_phrase: Field | None = None
        self._told = ""

    @property
    def title(self) -> str:
        return self.context.say("Erase for ever")

    def build(self) -> QWidget:
        self.reason = self.phrase = self.stick_phrase = None
        parts: list[QWidget] = [Banner(Tone.DONE, self._told)] if self._told else []
        if self.presenter.chosen is None:
            return column(*parts, self._about(), *self._waiting())
        return column(*parts, self._chosen(self.presenter.chosen), self._where(), self._signing())

    def main_action(self) -> Way | None:
        if not self.presenter.ready:
            return None
        return Way(self.context.say("Erase for ever"), self._sign, "remove")

    # What waits

    def _about(self) -> QWidget:
        told = self.context.say(
            "A post asks, headquarters decides. What is erased is gone here and, when the post has taken in the "
            "signed file, there too: for ever, also in copies that are put back later. It needs the stick with the "
            "offline keys, a reason, and a second person."
        )
        return Card(readable(words(told)))

    def _waiting(self) -> list[QWidget]:
        say = self.context.say
        if not self.presenter.waiting:
            todo = say("When somebody takes back what they allowed, the post's request stands here.")
            return [Card(EmptyState(say("Nobody asks to have anything erased."), todo, icon="done"))]
        return [self._request(one) for one in self.presenter.waiting]

    def _request(self, one: AskedErasure) -> Card:
        say = self.context.say
        card = self._facts(one)
        look = button(say("Decide"), partial(self._choose, one), icon="next")
        look.setAccessibleDescription(one.number)
        card.column.addWidget(row(look))
        return card

    def _facts(self, one: AskedErasure) -> Card:
        say = self.context.say
        number = say("Number {number}", number=isolate(one.number))
        rows = [
            (say("Post"), isolate_words(one.post)),
            (say("Asked on"), format_date(one.day, self.context.words.tag)),
            (say("Why"), say(BECAUSE[one.because])),
        ]
        card = Card(words(number, Size.QUESTION, bold=True), facts(rows, share=3))
        card.setAccessibleName(number)
        return card

    # One request

    def _chosen(self, one: AskedErasure) -> Card:
        card = self._facts(one)
        back = button(self.context.say("Another request"), self._leave, role="plain")
        card.column.addWidget(row(back))
        return card

    def _where(self) -> QWidget:
        say = self.context.say
        question = say("Where is it erased?")
        grid = ChoiceGrid(
            [
                Offered(Where.HEADQUARTERS, say("Here only"), second=say("The post keeps its own records")),
                Offered(Where.EVERYWHERE, say("Everywhere"), second=say("Here and at the post")),
            ],
            name=question,
            least=320,
            most=2,
        )
        grid.choose(self.presenter.where or "")
        grid.chosen.connect(lambda values: self._set_where(values[0]))
        return column(words(question, Size.QUESTION), grid, gap=8)

    def _signing(self) -> Card:
        say, page = self.context.say, self.presenter
        self.reason = Field(say("Reason"), hint=say("In your own words, without names. It stays on record."))
        card = Card(self.reason)
        if not page.seconds:
            told = say(
                "There is no second person with an account here. Until a coordinator, a supervisor or another "
                "administrator has one, nothing can be erased."
            )
            card.column.addWidget(Banner(Tone.CAREFUL, told))
            return card
        question = say("Who is the second person?")
        people = ChoiceGrid(
            [Offered(person, label) for person, label in page.seconds],
            name=question,
            size=Size.TEXT,
            least=220,
        )
        people.choose(page.second)
        people.chosen.connect(lambda values: self._set_second(values[0]))
        self.phrase = Field(say("Phrase of the second person"), secret=say("Show"))
        name = page.stick.name if page.stick else say("No file chosen yet.")
        pick = button(say("Choose the file on the stick"), self._choose_stick, icon="key")
        self.stick_phrase = Field(say("Phrase of the offline keys"), secret=say("Show"))
        for part in (
            column(words(question, Size.QUESTION), people, gap=8),
            self.phrase,
            row(pick, words(name, quiet=page.stick is None, wrap=False)),
            self.stick_phrase,
        ):
            card.column.addWidget(part)
        for field in (self.reason, self.phrase, self.stick_phrase):
            field.line.textEdited.connect(lambda _text, one=field: one.show_problem(""))
        return card

    # What is done

    def _choose(self, one: AskedErasure) -> None:
        self._told = ""
        self.presenter.choose(one)
        self.show_again()

    def _leave(self) -> None:
        self.presenter.chosen = None
        self.show_again()

    def _set_where(self, value: str) -> None:
        self.presenter.where = Where(value)

    def _set_second(self, person: str) -> None:
        self.presenter.second = person
        self.context.refresh()

    def _choose_stick(self) -> None:
        name = self.context.say("Offline keys")
        path = self.context.ask_file(name, f"{name} (*.age)")
        if path is not None:
            self.presenter.stick = path
            typed = [field.value if field else "" for field in self._fields()]
            self.show_again()
            for field, value in zip(self._fields(), typed, strict=True):
                if field is not None:
                    field.line.setText(value)

    def _fields(self) -> tuple[Field | None, ...]:
        return (self.reason, self.phrase, self.stick_phrase)

    def _sign(self) -> None:
        assert self.reason is not None and self.phrase is not None and self.stick_phrase is not None
        missing = self.context.say("This is missing.")
        for field in (self.reason, self.phrase, self.stick_phrase):
            if not field.value.strip():
                field.show_problem(missing)
                field.line.setFocus()
                return
        reason, phrase, stick = (field.value for field in (self.reason, self.phrase, self.stick_phrase))
        self.phrase.line.clear()
        self.stick_phrase.line.clear()
        self.context.background.run(
            lambda _progress: self.presenter.sign(reason, phrase, stick),
            what=self.context.say("Signing and erasing"),
            done=self._signed,
            failed=self._refused,
            can_cancel=False,
        )

    def _signed(self, count: int) -> None:
        self._told = self.context.words.count(
            "{number} record is erased here. Give the post its file: “Receipts”, then write them into a folder.",
            "{number} records are erased here. Give the post its file: “Receipts”, then write them into a folder.",
            count,
        )
        self.show_again()

    def _refused(self, fault: Exception) -> None:
        code = fault.code if isinstance(fault, FieldkitError) else ""
        field = {"own": self.phrase, "stick": self.stick_phrase}.get(WRONG_PHRASES.get(code, ""))
        if field is not None:
            field.show_problem(self.context.sentence(fault))
            field.line.setFocus()
        else:
            self.context.show_error(fault)
