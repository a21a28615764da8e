"""The person asks: to see what is kept, to put something right, to take back what they allowed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.languages.isolates import isolate
from fieldkit.languages.marking import mark
from fieldkit.languages.numbers import format_date
from fieldkit.services.recipients import HEADQUARTERS
from fieldkit.services.requests_of_people import What
from fieldkit.ui.presenters.asks import AsksPage
from fieldkit.ui.screens.screen import Screen, faults_are_told
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import BigButton, button
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.carry import NO, WHOLE, about_record
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.into_view import bring_into_view
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.storage.receipts import AskedRow
    from fieldkit.ui.context import Context
    from fieldkit.ui.presenters.pages import Paper

EVERYTHING = "*"
ASKED = {
    What.SEE: mark("To see what is kept"),
    What.CORRECT: mark("To put something right"),
    What.WITHDRAW: mark("To take back what they allowed"),
}


class AsksScreen(Screen):
    """Three jobs. Each opens in its place; whether a paper is safe to carry is asked before it is made."""

    rail: str = "home"

    def __init__(self, context: Context, case: str) -> None:
        super().__init__(context)
        self.page = AsksPage(context.open_vault, case, context.words)
        self.offices: ChoiceGrid | None = None
        self.carry: ChoiceGrid | None = None
        self.reason: Field | None = None
        self._place, self._told, self._so_far = Holder(), Holder(), Holder()

    @property
    def title(self) -> str:
        return self.context.say("The person asks")

    def build(self) -> QWidget:
        if self.language_changed():
            self.page = AsksPage(self.context.open_vault, self.page.case, self.context.words)
        self.page.read()
        say = self.context.say
        self._place, self._told, self._so_far = Holder(), Holder(), Holder()
        number = words(say("Number {number}", number=isolate(self.page.number)), Size.QUESTION, bold=True)
        told = say(
            "Nobody needs a reason to ask, and help does not depend on it. Each is answered with a paper."
        )
        made = column(
            number, readable(words(told, quiet=True)), self._told, self._jobs(), self._place, self._so_far
        )
        self._show_asked()
        return made

    def _jobs(self) -> QWidget:
        say = self.context.say
        jobs = (
            (ASKED[What.SEE], mark("Print everything that is kept, in their language"), "show", self._see),
            (
                ASKED[What.CORRECT],
                mark("Correct an answer, and print what was changed"),
                "form",
                self._put_right,
            ),
            (
                ASKED[What.WITHDRAW],
                mark("Nothing more goes to an office, from now on"),
                "stop",
                self._take_back,
            ),
        )
        made = []
        for text, second, icon, do in jobs:
            one = BigButton(say(text), second=say(second), icon=icon)
            one.setEnabled(self.page.may)
            one.clicked.connect(do)
            made.append(one)
        if self.page.may_ask_again and self.page.refused:
            text, second = (
                say("Allow an office after all"),
                say("What was withheld goes with the next export"),
            )
            again = BigButton(text, second=second, icon="again")
            again.clicked.connect(self._allow)
            made.append(again)
        return column(*made, gap=8)

    # To allow after all

    def _allow(self) -> None:
        say = self.context.say
        question = say("Whom does the person allow now?")
        told = say(
            "Explain again who sees what, and that help does not depend on it. What went there cannot be called "
            "back. Press only what the person said."
        )
        ways = [button(text, partial(self._allowed, name), icon="check") for name, text in self.page.refused]
        self._put(words(question, Size.QUESTION), readable(words(told, quiet=True)), flow(*ways))

    @faults_are_told
    def _allowed(self, recipient: str) -> None:
        self.page.allow(recipient)
        told = self.context.say("It is kept. What was said goes there with the next export.")
        if recipient != HEADQUARTERS:
            told = self.context.say("It is kept. The office may be told from now on.")
        self._put(marked("done", words(told), Tone.DONE))

    # To see

    def _see(self) -> None:
        self._ask_carry(
            lambda whole: self.page.seen_paper(everything=whole), self.context.say("What is kept")
        )

    # To put right

    @faults_are_told
    def _put_right(self) -> None:
        say = self.context.say
        self.page.ask(What.CORRECT)
        one = self.page.open(What.CORRECT)
        assert one is not None, "it was just written down"
        self._show_asked()
        told = say("Correct it in the interview. Then come back here, and print what was changed.")
        parts: list[QWidget] = [readable(words(told))]
        about = f"case/{self.page.case}"
        parts.append(
            flow(
                button(
                    say("Go to the interview"), partial(self.context.go, "finished", about=about), icon="form"
                )
            )
        )
        if not self.page.was_put_right(one):
            hint = say("It stands on the person's paper. Write no names.")
            self.reason = Field(say("If nothing is changed: why?"), hint=hint)
            parts.append(self.reason)
        else:
            self.reason = None
        parts.append(flow(button(say("Print the answer"), partial(self._print_put_right, one), icon="print")))
        self._put(*parts)

    def _print_put_right(self, one: AskedRow) -> None:
        reason = self.reason.value.strip() if self.reason is not None else ""
        if self.reason is not None and not reason:
            self.reason.show_problem(self.context.say("Write why, in a few words."))
            self.reason.line.setFocus()
            return
        self._ask_carry(
            lambda whole: self.page.put_right_paper(one, reason, everything=whole),
            self.context.say("What was put right"),
        )

    # To take back

    def _take_back(self) -> None:
        say = self.context.say
        if not self.page.allowed:
            told = say("The person has not allowed anything to any office. There is nothing to take back.")
            self._put(marked("note", readable(words(told))))
            return
        question = say("From whom is it taken back?")
        offered = [Offered(name, text) for name, text in self.page.allowed]
        everything = say("From everybody")
        offered.append(
            Offered(EVERYTHING, everything, second=say("And ask headquarters to have all of it erased"))
        )
        self.offices = ChoiceGrid(offered, name=question, several=True, size=Size.TEXT, least=280, most=3)
        told = say(
            "It counts at once. What an office has already cannot be called back; headquarters is asked to erase "
            "what it has. The paper says so."
        )
        do = button(say("Take it back now"), self._took_back, icon="stop")
        self._put(words(question, Size.QUESTION), self.offices, readable(words(told, quiet=True)), flow(do))
        self.offices.focus_first()

    @faults_are_told
    def _took_back(self) -> None:
        say = self.context.say
        assert self.offices is not None
        chosen = self.offices.values
        if not chosen:
            self.context.tell(say("Choose first from whom it is taken back."))
            return
        self.page.take_back(chosen, everything=EVERYTHING in chosen)
        self.context.saved()
        self._told.put(Banner(Tone.DONE, say("From now on nothing more goes there.")))
        self._show_asked()
        self._ask_carry(
            lambda whole: self.page.taken_back_paper(everything=whole),
            say("What was taken back"),
            keep_told=True,
        )

    # The paper

    def _ask_carry(self, make: Callable[[bool], Paper], title: str, *, keep_told: bool = False) -> None:
        asked = about_record(self.context.say, lambda said: self._carried(said, make, title))
        self.carry = asked.grid
        self._put(asked, keep_told=keep_told)
        asked.grid.focus_first()

    @faults_are_told
    def _carried(self, said: str, make: Callable[[bool], Paper], title: str) -> None:
        if said == NO:
            told = self.context.say("Nothing is printed. The person can read it here, today or another day.")
            self._put(marked("note", readable(words(told))), keep_told=True)
            return
        paper = make(said == WHOLE)
        self.context.go("pages", paper=paper, title=title, rail="home")

    def _put(self, *parts: QWidget, keep_told: bool = False) -> None:
        if not keep_told:
            self._told.put()
        self._place.put(Card(*parts))
        bring_into_view(self._place)

    # What was asked so far

    def _show_asked(self) -> None:
        say = self.context.say
        if not self.page.asked:
            self._so_far.put()
            return
        rows = [(self._name(one), self._state(one)) for one in self.page.asked]
        title = words(say("Asked so far"), Size.QUESTION, bold=True)
        self._so_far.put(Card(title, facts(rows, share=2)))

    def _name(self, one: AskedRow) -> str:
        known = {what.value: text for what, text in ASKED.items()}
        return self.context.say(known[one.what]) if one.what in known else one.what

    def _state(self, one: AskedRow) -> str:
        say, day = self.context.say, format_date(one.day, self.context.words.tag)
        if one.answered:
            return say("Asked on {day}, and answered", day=day)
        return say("Asked on {day}. The answer is not printed yet.", day=day)
