"""Accounts: who comes in on this laptop, and what they do here."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.languages.numbers import format_list
from fieldkit.ui.presenters.accounts import Accounts
from fieldkit.ui.presenters.roles import ROLE_WORDS
from fieldkit.ui.screens.screen import Screen, Way
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.buttons import BigButton
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fieldkit.domain.access import Role
    from fieldkit.services.people import Account
    from fieldkit.ui.context import Context


def roles_in_words(context: Context, roles: Iterable[Role]) -> str:
    """The kinds of work somebody does, in a list; told as such when there is none."""
    held = frozenset(roles)
    named = [context.say(ROLE_WORDS[role]) for role in ROLE_WORDS if role in held]
    return format_list(named, context.words.tag) if named else context.say("no work yet")


class AccountsScreen(Screen):
    """Reached from Exchange and from Help by whoever looks after the accounts."""

    rail: str = "exchange"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.presenter = Accounts(context.open_vault)

    @property
    def title(self) -> str:
        return self.context.say("Accounts")

    def build(self) -> QWidget:
        say = self.context.say
        if not self.presenter.may:
            told = say("Somebody with the role of administrator looks after the accounts.")
            return column(Card(readable(words(told))))
        about = say(
            "Everybody who works with this laptop has an account and a phrase of their own. When somebody leaves, "
            "end their account the same day: the vault then gets a new key."
        )
        parts: list[QWidget] = [readable(words(about))]
        parts += [self._button(account) for account in self.presenter.listed]
        left = self.presenter.left
        if left:
            names = format_list(left, self.context.words.tag)
            parts.append(words(say("Have no way in any more: {names}", names=names), quiet=True))
        return column(*parts, gap=8)

    def main_action(self) -> Way | None:
        if not self.presenter.may:
            return None
        return Way(self.context.say("Add somebody"), partial(self.context.go, "add_account"), "new")

    def _button(self, account: Account) -> BigButton:
        say = self.context.say
        told = [roles_in_words(self.context, account.roles)]
        if account.phrase_due:
            told.append(say("must choose a new phrase"))
        if account.waiting:
            told.append(say("waits for keys to what is sealed"))
        name = say("{person} (you)", person=account.label) if account.is_me else account.label
        made = BigButton(name, size=Size.QUESTION, second=" · ".join(told), icon="person")
        made.clicked.connect(partial(self._open, account.id))
        return made

    def _open(self, person: str, _checked: bool = False) -> None:
        self.context.go("account", person=person)
