"""The booklet for officials inside Help: a line to search in, the paragraph in hand, and all the others."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QWidget

from fieldkit.content.provenance import Mark
from fieldkit.services.vocabulary import Words
from fieldkit.ui.presenters.booklet import BookletPage
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column, row
from fieldkit.ui.widgets.fold import Fold
from fieldkit.ui.widgets.looking_up import LookUp
from fieldkit.ui.widgets.text import readable, words, words_in
from fieldkit.ui.widgets.word_ways import ways_to

if TYPE_CHECKING:
    from fieldkit.services.booklet import Line, Paragraph
    from fieldkit.ui.context import Context


class BookletView:
    """What stands in Help when somebody pressed F1, or opened the booklet there."""

    def __init__(self, context: Context, paragraph: str) -> None:
        self.context = context
        self.page = BookletPage(context.words.tag, context.world.today(), context.vault)
        self.paragraph = self.page.booklet.find(paragraph)
        self.search: LookUp | None = None

    def build(self) -> QWidget:
        """The search line, and below it the paragraph or what was found."""
        say = self.context.say
        self.search = LookUp(
            say("Search the booklet"), say("Any word, in any language it has"), self._found, self._shown()
        )
        return self.search

    def _shown(self) -> QWidget:
        say, one = self.context.say, self.paragraph
        rest = [held for chapter, held in self.page.booklet.chapters() if chapter == one.chapter]
        beside = [other for other in rest[0] if other.id != one.id]
        parts: list[QWidget] = [self._card(one)]
        steps = self._steps(one)
        parts += [steps] if steps is not None else []
        parts += self._words(one)
        parts.append(Card(words(one.chapter, Size.QUESTION, bold=True), *self._ways(beside)))
        parts.append(Fold(say("All paragraphs"), self._all))
        return column(*parts)

    def _card(self, one: Paragraph) -> Card:
        say = self.context.say
        card = Card(readable(words_in(one.title.text, one.title.language, Size.QUESTION, bold=True)))
        if Mark.EXPIRED in one.marks(self.page.said.today):
            card.column.addWidget(
                Banner(Tone.CAREFUL, say("This paragraph has expired. Ask headquarters before you use it."))
            )
        if one.draft:
            card.column.addWidget(
                Banner(Tone.CAREFUL, say("Draft: nobody who speaks this language has checked this text."))
            )
        for line in (line for line in one.lines if not line.never):
            card.column.addWidget(readable(self._line(line)))
        never = [self._line(line) for line in one.lines if line.never]
        if never:
            card.column.addWidget(self._never(never))
        card.column.addWidget(readable(words(self.page.about(one), quiet=True)))
        if self.page.may_print_alone(one):
            print_it = button(say("Print this paragraph alone"), partial(self._print, one), icon="print")
            card.column.addWidget(row(print_it))
        return card

    def _print(self, one: Paragraph) -> None:
        self.context.go("pages", paper=self.page.card(one), title=one.title.text, rail="help")

    def _never(self, lines: list[QLabel]) -> Card:
        box = Card(*map(readable, lines))
        box.setProperty("role", "banner")
        box.setProperty("tone", Tone.CAREFUL.value)
        box.setObjectName("never")
        return box

    def _line(self, line: Line) -> QLabel:
        sign = f"{line.number}. " if line.number else "• " if line.bullet else ""
        return words_in(f"{sign}{line.text}", line.language)

    def _words(self, one: Paragraph) -> list[QWidget]:
        """The words that belong to a paragraph, each one press away from its meaning (R-202)."""
        held = Words(self.context.words.tag, self.context.vault).of_paragraph(one.id)
        return [ways_to(self.context, held)] if held else []

    def _steps(self, one: Paragraph) -> QWidget | None:
        say, steps = self.context.say, self.page.steps(one.id)
        if not steps:
            return None
        card = Card(words(say("Step by step, at this post"), Size.QUESTION, bold=True))
        for number, step in enumerate(steps, start=1):
            card.column.addWidget(readable(words(f"{number}. {step.text}")))
            tone = Tone.CAREFUL if step.expired else None
            if step.about:
                card.column.addWidget(readable(words(step.about, quiet=True, tone=tone)))
        return card

    def _all(self) -> QWidget:
        parts: list[QWidget] = []
        for chapter, held in self.page.booklet.chapters():
            parts.append(words(chapter, Size.QUESTION, bold=True))
            parts += self._ways(held)
        return column(*parts, gap=8)

    def _found(self, typed: str) -> QWidget:
        say, found = self.context.say, self.page.booklet.search(typed)
        if not found:
            told = say("No paragraph has all of these words. Try fewer, or another language.")
            return Card(readable(words(told)))
        counted = self.context.words.count("{number} paragraph", "{number} paragraphs", len(found))
        return Card(words(counted, quiet=True), *self._ways(found))

    def _ways(self, paragraphs: Iterable[Paragraph]) -> list[QWidget]:
        return [row(button(one.title.text, partial(self._open, one.id), role="plain")) for one in paragraphs]

    def _open(self, paragraph: str) -> None:
        self.context.go("help", paragraph=paragraph)
