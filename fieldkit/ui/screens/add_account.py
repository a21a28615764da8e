"""Somebody new: what they are called, what they do here, who writes their phrase."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.domain.errors import FieldkitError
from fieldkit.ui.presenters.accounts import Accounts, Adding
from fieldkit.ui.presenters.choose_phrase import ChoosePhrase
from fieldkit.ui.screens.account import role_grid
from fieldkit.ui.screens.page_by_page import PageByPage
from fieldkit.ui.screens.screen import Way
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.phrase import PhraseQuestion
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.ui.context import Context

OWN, OFFERED = "own", "offered"


class Page(IntEnum):
    """What is asked, in its order."""

    NAME = 1
    WORK = 2
    WHO = 3
    PHRASE = 4
    DONE = 5


class AddAccountScreen(PageByPage):
    """A page at a time; the answers live in the presenter."""

    rail: str = "exchange"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.presenter = Adding(context.open_vault)
        self.page = Page.NAME

    @property
    def title(self) -> str:
        say = self.context.say
        return {
            Page.NAME: say("Add somebody"),
            Page.WORK: say("What does {person} do here?", person=self.presenter.label),
            Page.WHO: say("Who writes the phrase?"),
            Page.PHRASE: say("The phrase of {person}", person=self.presenter.label),
            Page.DONE: say("{person} has an account", person=self.presenter.label),
        }[self.page]

    def build(self) -> QWidget:
        self.forget()
        pages: dict[Page, Callable[[], QWidget]] = {
            Page.NAME: self._name,
            Page.WORK: self._work,
            Page.WHO: self._who,
            Page.PHRASE: self._phrase,
            Page.DONE: self._done,
        }
        return pages[self.page]()

    def main_action(self) -> Way:
        say = self.context.say
        if self.page is Page.DONE:
            return Way(say("Back to the accounts"), self.context.back, "people")
        if self.page is Page.PHRASE and self.choose is not None and self.choose.is_last:
            return Way(say("Make the account"), self._forward, "done")
        return Way(say("Continue"), self._forward, "next")

    def back(self) -> Way | None:
        if self.page is Page.DONE:
            return None
        if self.page is Page.NAME:
            return super().back()
        return Way(self.context.say("Back"), self._back, "back")

    # Pages

    def _name(self) -> QWidget:
        say = self.context.say
        hint = say(
            "A first name or a function, such as Officer 1. Everybody who can see this screen can read it, so do "
            "not write a full name."
        )
        self.field = Field(say("What others call them at work"), hint=hint, value=self.presenter.label)
        self.field.line.textEdited.connect(lambda text: setattr(self.presenter, "label", text))
        return column(Card(self.field))

    def _work(self) -> QWidget:
        say = self.context.say
        roles = Accounts(self.presenter.vault).roles
        self.grid = role_grid(self.context, roles, self.presenter.roles, self.title)
        told = say(
            "Only what they need. Whoever is not cleared sees that something is sealed, and whom to ask."
        )
        return column(readable(words(told)), self.grid)

    def _who(self) -> QWidget:
        say = self.context.say
        self.grid = grid = ChoiceGrid(
            [
                Offered(
                    OWN,
                    say("They write their own, now"),
                    second=say("Turn the laptop to them, and look away"),
                ),
                Offered(
                    OFFERED,
                    say("I write one down for them"),
                    second=say("It lets in once; then they choose their own"),
                ),
            ],
            name=self.title,
            least=320,
            most=2,
        )
        grid.choose({None: "", True: OWN, False: OFFERED}[self.presenter.own])
        grid.chosen.connect(lambda values: setattr(self.presenter, "own", values[0] == OWN))
        return column(grid)

    def _phrase(self) -> QWidget:
        say, name = self.context.say, self.presenter.label
        assert self.choose is not None, "made before the page"
        if self.presenter.own:
            told = say(
                "{person}: this phrase opens the vault for you. Write it on paper and keep the paper where only "
                "you can get it. Nobody can look it up for you, and it is not shown again.",
                person=name,
            )
        else:
            told = say(
                "Write these words on paper for {person}. They let in once; then {person} chooses a phrase of "
                "their own. They are not shown again.",
                person=name,
            )
        self.question = PhraseQuestion(say, self.choose, self.show_again)
        return column(readable(words(told)), self.question.build())

    def _done(self) -> QWidget:
        say, name = self.context.say, self.presenter.label
        told = say("{person} stands at sign-in from now on.", person=name)
        if not self.presenter.own:
            told = say(
                "{person} stands at sign-in from now on. Give them the paper, and nothing else that has these "
                "words on it.",
                person=name,
            )
        return column(Banner(Tone.DONE, told), words(say("Nothing more is to be done here."), Size.TEXT))

    # What is done

    def _forward(self) -> None:
        problem = self._problem()
        if problem:
            self._show_problem(problem)
        elif self.page is not Page.PHRASE:
            self._next()
        elif self.choose is not None and not self.choose.is_last:
            self.choose.forward()
            self.show_again()
        else:
            self._add()

    def _next(self) -> None:
        self.page = Page(self.page + 1)
        if self.page is Page.PHRASE:
            vaults, page = self.context.vaults, self.presenter
            self.choose = ChoosePhrase(
                vaults.offer_phrase,
                vaults.check_phrase,
                self.context.words.tag,
                about=(page.vault.name, page.label),
                to_hand_over=not page.own,
            )
        self.show_again()

    def _problem(self) -> str:
        say, page = self.context.say, self.presenter
        if self.page is Page.NAME and not page.label.strip():
            return say("Write what others call them at work. It is shown at sign-in.")
        if self.page is Page.WORK and not page.roles:
            return say("Choose at least one kind of work.")
        if self.page is Page.WHO and page.own is None:
            return say("Choose who writes the phrase.")
        if self.page is Page.PHRASE and self.choose is not None:
            return self.context.problem(self.choose.problem())
        return ""

    def _back(self) -> None:
        if self.page is not Page.PHRASE or self.choose is None or not self.choose.back():
            self.page = Page(self.page - 1)
        self.show_again()

    def _add(self) -> None:
        assert self.choose is not None, "made before the page"
        phrase = self.choose.chosen
        self.context.background.run(
            lambda _progress: self.presenter.add(phrase),
            what=self.context.say("Making the account"),
            done=self._added,
            failed=self._refused,
            can_cancel=False,
        )

    def _added(self, _person: str) -> None:
        self.presenter.label = " ".join(self.presenter.label.split())
        self.choose, self.page = None, Page.DONE
        self.show_again()

    def _refused(self, fault: Exception) -> None:
        if isinstance(fault, FieldkitError) and fault.code.startswith("people.label"):
            self.page = Page.NAME
            self.show_again()
            self._show_problem(self.context.sentence(fault))
        else:
            self.context.show_error(fault)
