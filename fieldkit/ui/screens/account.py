"""One account: what somebody is called and does here, a phrase again, the end of it."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.domain.access import Role
from fieldkit.ui.presenters.accounts import ROLE_HINTS, Accounts, OneAccount
from fieldkit.ui.presenters.choose_phrase import ChoosePhrase
from fieldkit.ui.presenters.roles import ROLE_WORDS
from fieldkit.ui.screens.accounts import roles_in_words
from fieldkit.ui.screens.new_key import NewKey
from fieldkit.ui.screens.screen import Screen, Way, faults_are_told
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.phrase import PhraseQuestion
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.services.rekey import Rekeyed
    from fieldkit.ui.context import Context


class Page(StrEnum):
    """What is being done with the account."""

    LOOK = "look"
    PHRASE = "phrase"
    SUSPECTED = "suspected"
    END = "end"


def role_grid(context: Context, offered: tuple[Role, ...], held: set[Role], name: str) -> ChoiceGrid:
    """The kinds of work as choices, several at once; `held` follows."""
    grid = ChoiceGrid(
        [Offered(r.value, context.say(ROLE_WORDS[r]), second=context.say(ROLE_HINTS[r])) for r in offered],
        name=name,
        several=True,
        least=300,
    )
    grid.choose(*(role.value for role in held))

    def chosen(values: tuple[str, ...]) -> None:
        held.clear()
        held.update(Role(value) for value in values)

    grid.chosen.connect(chosen)
    return grid


class AccountScreen(Screen):
    """`page` is what is being done; the vault is closed once it has a new key."""

    rail: str = "exchange"

    def __init__(self, context: Context, person: str) -> None:
        super().__init__(context)
        self.person = person
        self.presenter = OneAccount(context.open_vault, person)
        self.page = Page.LOOK
        self.told: tuple[Tone, str] | None = None
        self.done: NewKey | None = None
        self.choose: ChoosePhrase | None = None
        self.field: Field | None = None
        self.grid: ChoiceGrid | None = None

    @property
    def title(self) -> str:
        say, name = self.context.say, self.presenter.account.label
        if self.done is not None:
            return self.done.title
        return {
            Page.LOOK: name,
            Page.PHRASE: say("A first phrase for {person}", person=name),
            Page.SUSPECTED: say("A first phrase for {person}", person=name),
            Page.END: say("End the account of {person}", person=name),
        }[self.page]

    def build(self) -> QWidget:
        if self.done is not None:
            return self.done.build()
        pages: dict[Page, Callable[[], QWidget]] = {
            Page.LOOK: self._look,
            Page.PHRASE: self._phrase,
            Page.SUSPECTED: self._phrase,
            Page.END: self._end,
        }
        told = [Banner(*self.told)] if self.told else []
        return column(*told, pages[self.page]())

    def main_action(self) -> Way:
        say = self.context.say
        if self.done is not None:
            return self.done.way()
        return {
            Page.LOOK: Way(say("Keep name and work"), self._keep, "done"),
            Page.PHRASE: Way(say("I have written it down"), self._give, "done"),
            Page.SUSPECTED: Way(say("I have written it down"), self._give, "done"),
            Page.END: Way(say("End the account and change the key"), self._do_end, "remove"),
        }[self.page]

    def back(self) -> Way | None:
        if self.done is not None:
            return None
        if self.page is not Page.LOOK:
            return Way(self.context.say("Back"), partial(self._turn, Page.LOOK), "back")
        return super().back()

    # Pages

    def _look(self) -> QWidget:
        say, page = self.context.say, self.presenter
        self.field = Field(say("What others call them at work"), value=page.label)
        self.field.line.textEdited.connect(lambda text: setattr(page, "label", text))
        roles = Accounts(page.vault).roles
        self.grid = role_grid(self.context, roles, page.roles, say("What they do here"))
        parts: list[QWidget] = [Card(self.field), words(say("What they do here"), Size.QUESTION), self.grid]
        if page.account.phrase_due:
            due = say("They must choose a new phrase at the next sign-in.")
            parts.insert(0, Banner(Tone.NOTE, due))
        looked = self.context.words.count(
            "Looked somebody up by name {number} time in the last 30 days",
            "Looked somebody up by name {number} times in the last 30 days",
            page.looks,
        )
        return column(*parts, words(looked, quiet=True), self._ways())

    def _ways(self) -> QWidget:
        say, account = self.context.say, self.presenter.account
        learned = partial(self.context.go, "trainings", person=account.id)
        trained = button(say("What they were trained in"), learned, icon="list")
        if account.is_me:
            change = button(say("Change my phrase"), partial(self.context.go, "phrase"), icon="key")
            return flow(change, trained)
        ways = [
            trained,
            button(say("They forgot their phrase"), partial(self._turn, Page.PHRASE), icon="key"),
        ]
        if not account.phrase_due:
            ask = say("New phrase at the next sign-in")
            ways.append(button(ask, self._ask, icon="again"))
        ways.append(
            button(say("Somebody may know their phrase"), partial(self._turn, Page.SUSPECTED), icon="careful")
        )
        ways.append(button(say("End this account"), partial(self._turn, Page.END), icon="remove"))
        return flow(*ways)

    def _phrase(self) -> QWidget:
        say, page = self.context.say, self.presenter
        assert self.choose is not None, "made when the page was turned"
        told = say(
            "Write these words on paper for {person}. They let in once; then {person} chooses a phrase of their "
            "own. They are not shown again.",
            person=page.account.label,
        )
        parts: list[QWidget] = [readable(words(told))]
        if self.page is Page.SUSPECTED:
            parts.append(Banner(Tone.NOTE, self._new_key_words()))
        if page.unfinished:
            lost = self.context.words.count(
                "They have {number} unfinished interview. It cannot be opened with a first phrase; headquarters' "
                "recovery can open it.",
                "They have {number} unfinished interviews. These cannot be opened with a first phrase; "
                "headquarters' recovery can open them.",
                page.unfinished,
            )
            parts.append(Banner(Tone.CAREFUL, lost))
        return column(*parts, PhraseQuestion(say, self.choose, self.show_again).build())

    def _end(self) -> QWidget:
        say, page = self.context.say, self.presenter
        told = say(
            "{person} cannot come in any more. What they wrote down stays, with their name.",
            person=page.account.label,
        )
        does = say("What they do here: {roles}", roles=roles_in_words(self.context, page.account.roles))
        parts: list[QWidget] = [Card(words(told, Size.QUESTION), words(does, quiet=True))]
        parts.append(Banner(Tone.NOTE, self._new_key_words()))
        if page.unfinished:
            lost = self.context.words.count(
                "They have {number} unfinished interview. Nobody can open it after this.",
                "They have {number} unfinished interviews. Nobody can open them after this.",
                page.unfinished,
            )
            parts.append(Banner(Tone.CAREFUL, lost))
        return column(*parts)

    def _new_key_words(self) -> str:
        return self.context.say(
            "The whole vault is written anew under a new key. Nobody else's phrase changes, and everybody "
            "signs in again afterwards. Copies made earlier are not reached; they are listed then."
        )

    # What is done

    def _turn(self, page: Page) -> None:
        self.page, self.told = page, None
        if page in (Page.PHRASE, Page.SUSPECTED):
            vaults = self.context.vaults
            self.choose = ChoosePhrase(
                vaults.offer_phrase, vaults.check_phrase, self.context.words.tag, to_hand_over=True
            )
        self.show_again()

    @faults_are_told
    def _keep(self) -> None:
        waiting = self.presenter.keep()
        if self.presenter.account.is_me and not Accounts(self.presenter.vault).may:
            self.context.navigation.start("help")
            return
        self._tell_kept(bool(waiting))

    def _tell_kept(self, waiting: bool) -> None:
        say = self.context.say
        self.presenter = OneAccount(self.context.open_vault, self.person)
        self.told = (Tone.DONE, say("Kept."))
        if waiting:
            told = say(
                "Kept. You do not hold every key to what is sealed that goes with this work: a colleague who "
                "holds it gives it to them."
            )
            self.told = (Tone.NOTE, told)
        self.show_again()

    @faults_are_told
    def _ask(self) -> None:
        self.presenter.ask_new_phrase()
        self._tell_kept(waiting=False)

    def _give(self) -> None:
        assert self.choose is not None, "made when the page was turned"
        phrase, suspected = self.choose.chosen, self.page is Page.SUSPECTED
        self.context.background.run(
            lambda progress: self.presenter.give_phrase(phrase, suspected, progress),
            what=self.context.say("Writing the new key") if suspected else self.context.say("Keeping"),
            done=self._given,
            failed=self.context.show_error,
            can_cancel=suspected,
        )

    def _given(self, done: Rekeyed | None) -> None:
        self.choose = None
        if done is not None:
            self._new_key(done)
            return
        self.page = Page.LOOK
        self._tell_kept(waiting=False)

    def _do_end(self) -> None:
        self.context.background.run(
            self.presenter.end,
            what=self.context.say("Writing the new key"),
            done=self._new_key,
            failed=self.context.show_error,
        )

    def _new_key(self, done: Rekeyed) -> None:
        self.done = NewKey(self.context, done)
        self.show_again()
