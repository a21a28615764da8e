"""Long holding over all posts, with the body that answers for it: at headquarters, and for a monitor."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from fieldkit.content.provenance import Mark
from fieldkit.domain.access import Action
from fieldkit.languages.isolates import isolate_words
from fieldkit.languages.numbers import format_date
from fieldkit.services.long_held import long_held
from fieldkit.ui.presenters.held import HeldLines
from fieldkit.ui.screens.screen import Screen
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.services.long_held import LongRow
    from fieldkit.ui.context import Context


class LongHeldScreen(Screen):
    """The longest first. What nobody told is said as that, never as a no."""

    rail: ClassVar[str] = "headquarters"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        if not context.open_vault.may(Action.COUNT):
            self.rail = "long_held"  # type: ignore[misc]  # a monitor has this page and no other there
        self.list = long_held(context.open_vault)

    @property
    def title(self) -> str:
        return self.context.say("Held for long")

    def build(self) -> QWidget:
        self.list = long_held(self.context.open_vault)
        lines = HeldLines(self.context.open_vault, self.context.words)
        rows = [self._row(one, lines) for one in self.list.rows] or [self._nobody()]
        return column(self._about(), *rows)

    def _about(self) -> Card:
        say, limit = self.context.say, self.list.limit
        told = say(
            "Who agreed that headquarters may know stands here with what was told. Of all others only that "
            "somebody was held past a rule is told, and not who."
        )
        parts: list[QWidget] = [readable(words(told))]
        if limit is None:
            none = say("No country's number of days is in force here: the list only sorts by days.")
            return Card(*parts, marked("note", readable(words(none))))
        days = self.context.words.count(
            "Long is from {number} day on. Source: {source}.",
            "Long is from {number} days on. Source: {source}.",
            limit.days,
            source=isolate_words(limit.about.source),
        )
        return Card(*parts, words(days), *self._whose())

    def _whose(self) -> list[QWidget]:
        say, limit = self.context.say, self.list.limit
        assert limit is not None
        found: list[QWidget] = []
        marks = limit.about.marks(self.context.open_vault.world.today())
        if limit.about.reviewed_on is not None:
            name, day = isolate_words(limit.about.reviewed_by or ""), limit.about.reviewed_on
            told = say(
                "Reviewed by {name} on {day}.", name=name, day=format_date(day, self.context.words.tag)
            )
            found.append(marked("done", readable(words(told))))
        if Mark.UNREVIEWED in marks:
            told = say("No lawyer and no office in charge has read this number of days yet.")
            found.append(marked("careful", readable(words(told, tone=Tone.CAREFUL)), Tone.CAREFUL))
        if Mark.EXPIRED in marks:
            told = say("The last day of this text is over. Ask whether it still holds.")
            found.append(marked("careful", readable(words(told, tone=Tone.CAREFUL)), Tone.CAREFUL))
        return found

    def _nobody(self) -> Card:
        say = self.context.say
        todo = say("What posts tell of people who are held stands here after their next bundle.")
        return Card(EmptyState(say("Nobody is told of as held."), todo, icon="done"))

    def _how_long(self, one: LongRow, lines: HeldLines) -> str:
        if one.held is not None:
            return lines.how_long(one.held)
        told = "It began {number} day ago, on {day}", "It began {number} days ago, on {day}"
        return self.context.words.count(*told, one.days, day=lines.day(one.since))

    def _row(self, one: LongRow, lines: HeldLines) -> Card:
        say = self.context.say
        told = self._how_long(one, lines)
        post = isolate_words(one.post) if one.post else say("A post that is not known here")
        if one.held is not None and one.held.number:
            post = f"{post} · {say('Number {number}', number=one.held.number)}"
        card = Card(words(told, Size.QUESTION, bold=True), words(post))
        card.setAccessibleName(f"{one.post} {told}".strip())
        if one.is_long:
            card.column.addWidget(
                marked("urgent", words(say("Long"), tone=Tone.URGENT, bold=True), Tone.URGENT)
            )
        if one.held is None:
            unnamed = say("Of whom, and whether it goes on, is not told. Call the post.")
            card.column.addWidget(readable(words(unnamed)))
            return card
        if one.held.child:
            child = words(say("This person is or may be a child."), tone=Tone.URGENT, bold=True)
            card.column.addWidget(marked("urgent", child, Tone.URGENT))
        rows = [
            (say("Who answers for it"), lines.bodies(one.held)),
            (say("Ground"), lines.kinds(one.held)),
            (say("As it was told"), lines.grounds(one.held)),
            (say("Last look at it"), lines.review(one.held)),
        ]
        card.column.addWidget(facts(rows, share=2))
        return card
