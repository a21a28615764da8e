"""Long holding over all posts, with the body that answers for it: at headquarters, and for a monitor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.content.provenance import Mark
from fieldkit.domain.access import Action
from fieldkit.languages.isolates import isolate_words
from fieldkit.languages.numbers import format_date
from fieldkit.services import long_held_paper
from fieldkit.ui.presenters.long_held import LongHeldPage
from fieldkit.ui.screens.screen import Screen, Way
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.content.limits import Days
    from fieldkit.services.long_held import LongRow
    from fieldkit.ui.context import Context


class LongHeldScreen(Screen):
    """The longest first. What nobody told is said as that, never as a no."""

    rail: str = "headquarters"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        if not context.open_vault.may(Action.COUNT):
            self.rail = "long_held"  # a monitor has this page and no other there
        self.page = LongHeldPage(context.open_vault, context.words)

    @property
    def title(self) -> str:
        return self.context.say(long_held_paper.TITLE)

    def build(self) -> QWidget:
        self.page = LongHeldPage(self.context.open_vault, self.context.words)
        rows = [self._row(one) for one in self.page.list.rows] or [self._nobody()]
        return column(self._about(), *rows)

    def main_action(self) -> Way | None:
        if not self.page.list.rows:
            return None
        return Way(self.context.say("Print this list"), self._print, "print")

    def _print(self) -> None:
        self.context.go("pages", paper=self.page.paper(), title=self.title, rail=self.rail)

    def _about(self) -> Card:
        say, limits = self.context.say, self.page.list.limits
        parts: list[QWidget] = [readable(words(say(long_held_paper.NOTE)))]
        if not limits:
            return Card(*parts, marked("note", readable(words(say(long_held_paper.NO_LIMIT)))))
        for limit in limits:
            parts += [words(long_held_paper.long_from(limit, self.page)), *self._whose(limit)]
        return Card(*parts)

    def _whose(self, limit: Days) -> list[QWidget]:
        say = self.context.say
        found: list[QWidget] = []
        marks = limit.about.marks(self.context.open_vault.world.today())
        if limit.about.reviewed_on is not None:
            name, day = isolate_words(limit.about.reviewed_by or ""), limit.about.reviewed_on
            told = say(
                "Reviewed by {name} on {day}.", name=name, day=format_date(day, self.context.words.tag)
            )
            found.append(marked("done", readable(words(told))))
        if Mark.UNREVIEWED in marks:
            told = say(long_held_paper.UNREVIEWED)
            found.append(marked("careful", readable(words(told, tone=Tone.CAREFUL)), Tone.CAREFUL))
        if Mark.EXPIRED in marks:
            told = say("The last day of this text is over. Ask whether it still holds.")
            found.append(marked("careful", readable(words(told, tone=Tone.CAREFUL)), Tone.CAREFUL))
        return found

    def _nobody(self) -> Card:
        say = self.context.say
        todo = say("What posts tell of people who are held stands here after their next bundle.")
        return Card(EmptyState(say(long_held_paper.NOBODY), todo, icon="done"))

    def _row(self, one: LongRow) -> Card:
        say, page = self.context.say, self.page
        post = isolate_words(one.post) if one.post else say(long_held_paper.UNKNOWN_POST)
        if one.held is not None and one.held.number:
            post = f"{post} · {say('Number {number}', number=one.held.number)}"
        told = long_held_paper.how_long(one, page)
        card = Card(words(told, Size.QUESTION, bold=True), words(post))
        card.setAccessibleName(f"{one.post} {told}".strip())
        if one.is_long:
            long = words(say(long_held_paper.LONG), tone=Tone.URGENT, bold=True)
            card.column.addWidget(marked("urgent", long, Tone.URGENT))
        if one.held is None:
            card.column.addWidget(readable(words(say(long_held_paper.UNNAMED))))
            return card
        if one.held.child:
            child = words(say(long_held_paper.CHILD), tone=Tone.URGENT, bold=True)
            card.column.addWidget(marked("urgent", child, Tone.URGENT))
        card.column.addWidget(facts(long_held_paper.facts_of(one, page), share=2))
        return card
