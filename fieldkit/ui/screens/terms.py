"""Words: what "refugee" or "trafficking" means, in plain words, and what the region's law says (R-202)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.services.vocabulary import Word, Words
from fieldkit.ui.screens.screen import Screen
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column, row
from fieldkit.ui.widgets.draft import draft_mark
from fieldkit.ui.widgets.fold import Fold
from fieldkit.ui.widgets.looking_up import LookUp
from fieldkit.ui.widgets.text import at_start, readable, words, words_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fieldkit.ui.context import Context


class TermsScreen(Screen):
    """Also there before sign-in. With a `word` its entry stands first, and the others fold away."""

    rail: str = "help"

    def __init__(self, context: Context, word: str = "") -> None:
        super().__init__(context)
        self._word = word
        self.held = Words(context.words.tag, context.vault)
        self.search: LookUp | None = None

    @property
    def title(self) -> str:
        return self.context.say("Words and what they mean")

    def build(self) -> QWidget:
        if self.language_changed():
            self.held = Words(self.context.words.tag, self.context.vault)
        say = self.context.say
        note = say("Plain meanings, no law. What the law of a place says stands below with its source.")
        one = self.held.find(self._word)
        shown = self._list(self.held.all())
        if one is not None:
            others = [other for other in self.held.all() if other.id != one.id]
            shown = column(self._card(one), Fold(say("All words"), partial(self._list, others)))
        self.search = LookUp(
            say("Search the words"), say("Any word, in your language or in English"), self._found, shown
        )
        return column(readable(words(note, quiet=True)), self.search)

    def _found(self, typed: str) -> QWidget:
        found = self.held.search(typed)
        if not found:
            told = self.context.say("No entry has all of these words. Try fewer, or the English word.")
            return Card(readable(words(told)))
        return self._list(found)

    def _list(self, held: Iterable[Word]) -> QWidget:
        return column(*map(self._card, held), gap=12)

    def _card(self, one: Word) -> Card:
        say = self.context.say
        card = Card(words(one.term, Size.QUESTION, bold=True))
        card.setAccessibleName(one.term)
        if one.english:
            card.column.addWidget(at_start(words_in(one.english, "en", quiet=True)))
        card.column.addWidget(readable(words(one.text)))
        if one.unlike:
            card.column.addWidget(readable(words(one.unlike)))
        for line in draft_mark(self.context, is_draft=one.draft):
            card.column.addWidget(line)
        for text, beside in one.in_law:
            card.column.addWidget(words(say("What the law of this region says"), bold=True))
            card.column.addWidget(readable(words(text)))
            card.column.addWidget(readable(words(beside, quiet=True)))
        read = partial(self.context.go, "help", paragraph=one.paragraph)
        way = button(say("In the booklet"), read, icon="list", role="plain")
        way.setAccessibleName(f"{say('In the booklet')}: {one.term}")
        card.column.addWidget(row(way))
        return card
