"""A phrase is lost and nobody else can help here: a request to headquarters, and its answer."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from fieldkit.domain.errors import FieldkitError, PersonFault
from fieldkit.ui.presenters.choose_phrase import ChoosePhrase
from fieldkit.ui.presenters.recovery import NEW, Lost
from fieldkit.ui.screens.comparing import agreement, compared
from fieldkit.ui.screens.page_by_page import PageByPage
from fieldkit.ui.screens.screen import Way
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column, row
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.phrase import PhraseQuestion
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.services.vault import OpenVault
    from fieldkit.ui.context import Context

OF_THE_WORDS = ("vault.wrong_phrase", "vault.wait")


class Page(StrEnum):
    """How far it has come."""

    BEGIN = "begin"
    WHO = "who"
    WORDS = "words"
    CARRY = "carry"
    COMPARE = "compare"
    COME_IN = "come in"


class RecoveryScreen(PageByPage):
    """Before anybody is in. What was chosen lives in the presenter."""

    bare: ClassVar[bool] = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.presenter = Lost(context.vaults)
        self.page = Page.CARRY if self.presenter.waiting else Page.BEGIN
        self.told: tuple[Tone, str] | None = None

    @property
    def title(self) -> str:
        return self.context.say("A phrase is lost")

    def build(self) -> QWidget:
        self.forget()
        pages: dict[Page, Callable[[], QWidget]] = {
            Page.BEGIN: self._begin,
            Page.WHO: self._who,
            Page.WORDS: self._words,
            Page.CARRY: self._carry,
            Page.COMPARE: self._compare,
            Page.COME_IN: self._come_in,
        }
        told = [Banner(*self.told)] if self.told else []
        return column(*told, pages[self.page]())

    def main_action(self) -> Way | None:
        say = self.context.say
        ways: dict[Page, Way | None] = {
            Page.BEGIN: Way(say("Ask headquarters"), partial(self._turn, Page.WHO), "next"),
            Page.WHO: Way(say("Continue"), self._forward, "next"),
            Page.WORDS: Way(say("Continue"), self._forward, "next"),
            Page.CARRY: Way(say("Choose the answer file"), self._choose_answer, "folder"),
            Page.COMPARE: None,
            Page.COME_IN: Way(say("Come in"), self._open, "key"),
        }
        return ways[self.page] if self.presenter.can_ask else None

    def back(self) -> Way | None:
        if self.page is Page.BEGIN or self.page is Page.CARRY:
            return Way(self.context.say("Back"), partial(self.context.navigation.start, "sign_in"), "back")
        return Way(self.context.say("Back"), self._back, "back")

    # Pages

    def _begin(self) -> QWidget:
        say = self.context.say
        first = say(
            "First look for somebody else who can sign in as administrator. In Accounts they give you a first "
            "phrase again; that takes a minute."
        )
        if not self.presenter.can_ask:
            none = self.context.sentence(PersonFault("recovery.no_slot"))
            return column(Card(readable(words(first))), Banner(Tone.CAREFUL, none))
        then = say(
            "If nobody can sign in: headquarters can open this laptop with the recovery key from its safe. You "
            "make a request, read ten words to each other on the phone, and get an answer back as a file."
        )
        return column(Card(readable(words(first))), Card(readable(words(then))))

    def _who(self) -> QWidget:
        say, page = self.context.say, self.presenter
        people = page.door.people if page.door else ()
        offered = [Offered(person.id, person.label, icon="person") for person in people]
        new = say("They come in as administrator, and read nothing that is sealed")
        offered.append(Offered(NEW, say("Somebody new"), second=new, icon="new"))
        grid = ChoiceGrid(offered, name=say("Who comes in?"), least=260)
        grid.choose(page.who)
        grid.chosen.connect(self._chosen)
        parts: list[QWidget] = [words(say("Who comes in?"), Size.QUESTION), grid]
        if page.who == NEW:
            self.field = Field(say("What others call them at work"), value=page.label)
            self.field.line.textEdited.connect(lambda text: setattr(page, "label", text))
            parts.append(Card(self.field))
        return column(*parts)

    def _words(self) -> QWidget:
        say = self.context.say
        assert self.choose is not None, "made before the page"
        told = say(
            "These six words keep the request closed until the answer is here. Write them on paper; you need "
            "them once more. Afterwards you choose a phrase of your own."
        )
        self.question = PhraseQuestion(say, self.choose, self.show_again)
        return column(readable(words(told)), self.question.build())

    def _carry(self) -> QWidget:
        say, page = self.context.say, self.presenter
        assert page.waiting is not None, "this page stands when a request waits"
        told = say(
            "The request of {person} waits for its answer. Headquarters calls you on a number you knew before, "
            "or you call it. Read these words to each other:",
            person=page.waiting.label,
        )
        parts = [compared(self.context, told, page.waiting.words, say("Words of the request"))]
        ways = [
            button(say("Make another request"), partial(self._turn, Page.WHO), icon="again", role="plain")
        ]
        if page.made is not None:
            ways.insert(0, button(say("Write the request into a folder"), self._write, icon="folder"))
        return column(*parts, row(*ways))

    def _compare(self) -> QWidget:
        say = self.context.say
        told = say("Headquarters reads ten words of its answer to you. Compare them with these:")
        card = compared(self.context, told, self.presenter.answer_words, say("Words of the answer"))
        return column(card, agreement(self.context, self._agreed, say("Go on to the six words")))

    def _come_in(self) -> QWidget:
        say = self.context.say
        self.field = Field(
            say("The six words of the request"), hint=say("As you wrote them down."), secret=say("Show")
        )
        self.field.line.textEdited.connect(lambda _text: self._no_problem())
        return column(Card(self.field))

    # What is done

    def _chosen(self, values: tuple[str, ...]) -> None:
        self.presenter.who = values[0]
        self.show_again()

    def _turn(self, page: Page) -> None:
        self.page, self.told = page, None
        if page is Page.WORDS:
            vaults = self.context.vaults
            self.choose = ChoosePhrase(
                vaults.offer_phrase,
                vaults.check_phrase,
                self.context.words.tag,
                about=self.presenter.about,
            )
        self.show_again()

    def _back(self) -> None:
        if self.page is Page.WORDS and self.choose is not None and self.choose.back():
            self.show_again()
            return
        before = {Page.WHO: Page.BEGIN, Page.WORDS: Page.WHO, Page.COMPARE: Page.CARRY}
        self._turn(before.get(self.page, Page.CARRY))

    def _forward(self) -> None:
        problem = self._problem()
        if problem:
            self._show_problem(problem)
        elif self.page is Page.WHO:
            self._turn(Page.WORDS)
        elif self.choose is not None and not self.choose.is_last:
            self.choose.forward()
            self.show_again()
        else:
            self._ask()

    def _problem(self) -> str:
        say, page = self.context.say, self.presenter
        if self.page is Page.WHO:
            if not page.who:
                return say("Choose who comes in.")
            missing = page.who == NEW and not page.label.strip()
            return say("Write what others call them at work. It is shown at sign-in.") if missing else ""
        assert self.choose is not None, "made before the page"
        return self.context.problem(self.choose.problem())

    def _no_problem(self) -> None:
        if self.field is not None:
            self.field.show_problem("")

    def _ask(self) -> None:
        assert self.choose is not None, "made before the page"
        phrase = self.choose.chosen
        self.context.background.run(
            lambda _progress: self.presenter.ask(phrase),
            what=self.context.say("Making the request"),
            done=lambda _: self._turn(Page.CARRY),
            failed=self.context.show_error,
            can_cancel=False,
        )

    def _write(self) -> None:
        folder = self.context.ask_folder(self.context.say("Folder for the request"))
        if folder is not None:
            self._try(partial(self._written, folder))

    def _written(self, folder: Path) -> None:
        path = self.presenter.write(folder)
        told = self.context.say("The request was written: {file}. It is not secret.", file=path.name)
        self.told = (Tone.DONE, told)

    def _choose_answer(self) -> None:
        name = self.context.say("Answer")
        path = self.context.ask_file(name, f"{name} (*.fka)")
        if path is not None and self._try(partial(self.presenter.read_answer, path)):
            self._turn(Page.COMPARE)

    def _agreed(self, agreed: bool) -> None:
        if agreed:
            self._turn(Page.COME_IN)
            return
        self.presenter.content = b""
        self._turn(Page.CARRY)
        told = self.context.say(
            "The words do not agree. Nothing was used. Ask headquarters for its answer again."
        )
        self.told = (Tone.CAREFUL, told)
        self.show_again()

    def _open(self) -> None:
        assert self.field is not None
        phrase = self.field.value
        if not phrase.strip():
            self.field.show_problem(self.context.say("Write the six words of the request."))
            return
        self.field.line.clear()
        self.context.background.run(
            lambda _progress: self.presenter.come_in(phrase),
            what=self.context.say("Opening the vault"),
            done=self._opened,
            failed=self._refused,
            can_cancel=False,
        )

    def _opened(self, vault: OpenVault) -> None:
        self.context.signed_in(vault)

    def _refused(self, fault: Exception) -> None:
        if isinstance(fault, FieldkitError) and fault.code in OF_THE_WORDS:
            self._show_problem(self.context.sentence(fault))
        else:
            self.context.show_error(fault)

    def _try(self, do: Callable[[], object]) -> bool:
        self.told = None
        try:
            do()
        except FieldkitError as fault:
            self.context.show_error(fault)
            return False
        self.show_again()
        return True
