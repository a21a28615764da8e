"""What is told when the vault got a new key: who needs a phrase again, which copies to destroy, sign in again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.languages.numbers import format_list
from fieldkit.ui.presenters.accounts import copy_lines
from fieldkit.ui.screens.screen import Way
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.services.rekey import Rekeyed
    from fieldkit.ui.context import Context


class NewKey:
    """The last page of whatever changed the key. The vault is closed by then."""

    def __init__(self, context: Context, done: Rekeyed) -> None:
        self.context = context
        self.done = done

    @property
    def title(self) -> str:
        """The heading."""
        return self.context.say("The vault has a new key")

    def build(self) -> QWidget:
        """What is so now, and what is left to do by hand."""
        say = self.context.say
        told = say(
            "The former key opens nothing here any more. Everybody else comes in with the phrase they had."
        )
        parts: list[QWidget] = [Banner(Tone.DONE, told)]
        if self.done.without_way:
            names = format_list(self.done.without_way, self.context.words.tag)
            parts.append(
                Banner(
                    Tone.CAREFUL,
                    say(
                        "These people have not signed in since the program was renewed, so they need a first "
                        "phrase again, from Accounts: {names}",
                        names=names,
                    ),
                )
            )
        parts.append(self._copies())
        disk = say(
            "The former file was overwritten. What this laptop's disk has kept of it on its own cannot be "
            "reached from here; that the whole disk is encrypted helps against it."
        )
        return column(*parts, readable(words(disk, quiet=True)))

    def way(self) -> Way:
        """The one thing to do."""
        return Way(self.context.say("Sign in again"), self.context.lock, "key")

    def _copies(self) -> Card:
        say = self.context.say
        card = Card(words(say("Copies of this vault"), Size.QUESTION, bold=True))
        lines = copy_lines(self.done, say, self.context.words.tag)
        if not lines:
            none = say("No copy is known that opens with a phrase which is no good here any more.")
            card.column.addWidget(words(none))
            return card
        told = say(
            "No key reaches copies that were made earlier. These open with a phrase which is no good here any "
            "more. Make a new copy, then destroy them:"
        )
        card.column.addWidget(readable(words(told)))
        for line in lines:
            card.column.addWidget(marked("careful", words(line), Tone.CAREFUL))
        return card
