"""The shelf: dated and sourced information on countries, areas of return, treaties; searched, read, printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.services.reference_shelf import TITLE, ReferenceShelf
from fieldkit.ui.presenters.pages import document_paper
from fieldkit.ui.screens.screen import Screen, Way
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.looking_up import LookUp
from fieldkit.ui.widgets.text import readable, words, words_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fieldkit.content.reference import Item
    from fieldkit.ui.context import Context


class ShelfScreen(Screen):
    """Everything that is there, by what it is about, and above it a line to search in."""

    rail: str = "information"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.shelf = ReferenceShelf(context.open_vault, context.words.tag)
        self.search: LookUp | None = None

    @property
    def title(self) -> str:
        return self.context.say(TITLE)

    def build(self) -> QWidget:
        if self.language_changed():
            self.shelf = ReferenceShelf(self.context.open_vault, self.context.words.tag)
        say = self.context.say
        if not self.shelf.items:
            told = say("This shelf is empty.")
            todo = say(
                "Information on countries, areas of return and treaties comes with a signed content pack from "
                "headquarters, with its day, its source and who reviewed it. The program brings none of its own."
            )
            return column(Card(EmptyState(told, todo, icon="information")))
        notes = [Banner(Tone.CAREFUL, note) for note in self.shelf.notes()]
        label, hint = say("Search the shelf"), say("A country, a place, a treaty, any word")
        self.search = LookUp(label, hint, self._found, self._list(self.shelf.items))
        return column(*notes, self.search)

    def main_action(self) -> Way | None:
        return Way(self.context.say("Print the shelf"), self._print, "print") if self.shelf.items else None

    def _found(self, typed: str) -> QWidget:
        found = self.shelf.search(typed)
        if not found:
            told = self.context.say(
                "Nothing on the shelf has all of these words. Nothing known is not safety."
            )
            return Card(readable(words(told)))
        return self._list(found)

    def _list(self, items: Iterable[Item]) -> QWidget:
        parts: list[QWidget] = []
        for group, held in self.shelf.groups(items):
            parts.append(words(group, Size.QUESTION, bold=True))
            parts += [self._card(one) for one in held]
        return column(*parts)

    def _card(self, one: Item) -> Card:
        card = Card(readable(words_in(one.title, one.language, bold=True)))
        card.setAccessibleName(one.title)
        for warning in self.shelf.warnings(one):
            card.column.addWidget(Banner(Tone.CAREFUL, warning))
        card.column.addWidget(readable(words_in(one.text, one.language)))
        card.column.addWidget(readable(words(self.shelf.about(one), quiet=True)))
        return card

    def _print(self) -> None:
        paper = document_paper(self.context.open_vault, "shelf", self.context.words.tag, self.shelf.document)
        self.context.go("pages", paper=paper, title=self.title, rail="information")
