"""How long people may wait at this post, before the queue says that it is too long (R-019)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.domain.access import Action
from fieldkit.domain.waiting import Limit
from fieldkit.languages.isolates import isolate_words
from fieldkit.languages.marking import mark
from fieldkit.languages.numbers import format_date
from fieldkit.services import waiting
from fieldkit.ui.screens.screen import Screen, faults_are_told
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.content.waiting import Rule
    from fieldkit.ui.context import Context

STEPS = {
    Limit.EMERGENCY: mark("Until an emergency is seen to"),
    Limit.SCREENING: mark("From arrival to the interview"),
    Limit.REFERRAL: mark("From the interview to the referral"),
}
HOURS = (0, 1, 2, 4, 8, 12, 24, 48, 72)
NONE = "none"


class WaitingLimitsScreen(Screen):
    """The administrator's to choose; everybody may look."""

    rail: str = "home"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.grids: dict[Limit, ChoiceGrid] = {}

    @property
    def title(self) -> str:
        return self.context.say("How long people may wait")

    def build(self) -> QWidget:
        chosen = waiting.Chosen(self.context.open_vault)
        told = self.context.say(
            "Nobody loses anything when a limit passes. The queue then says that somebody waits too long."
        )
        return column(readable(words(told)), *(self._step(step, chosen) for step in Limit))

    def _step(self, step: Limit, chosen: waiting.Chosen) -> Card:
        say = self.context.say
        name = say(STEPS[step])
        offered = [Offered(str(hours), self._hours(hours)) for hours in HOURS]
        grid = ChoiceGrid(
            [*offered, Offered(NONE, say("No limit"))],
            name=name,
            numbered=False,
            size=Size.TEXT,
            least=150,
        )
        hours = chosen.hours(step)
        grid.choose(NONE if hours is None else str(hours))
        grid.setEnabled(self.context.open_vault.may(Action.SET_LIMITS))
        grid.chosen.connect(lambda values: self._choose(step, values[0]))
        self.grids[step] = grid
        return Card(words(name, Size.QUESTION, bold=True), self._whose(step, chosen), grid)

    def _hours(self, hours: int) -> str:
        spoken = self.context.words
        return spoken.count("{number} hour", "{number} hours", hours) if hours else spoken.say("At once")

    def _whose(self, step: Limit, chosen: waiting.Chosen) -> QWidget:
        """Who answers for the number: the post, a named reviewer, or nobody."""
        say, rule = self.context.say, chosen.rule(step)
        if chosen.is_own(step):
            return marked("done", words(say("Chosen at this post.")))
        if rule is None:
            return marked("note", words(say("Nobody has set a limit.")))
        if rule.reviewed_on is not None:
            return marked("done", readable(words(self._reviewed(rule))))
        return marked("careful", readable(words(say("A proposal. Nobody has answered for this number."))))

    def _reviewed(self, rule: Rule) -> str:
        assert rule.reviewed_on is not None
        return self.context.say(
            "Reviewed by {name} on {day}.",
            name=isolate_words(rule.reviewed_by or ""),
            day=format_date(rule.reviewed_on, self.context.words.tag),
        )

    @faults_are_told
    def _choose(self, step: Limit, value: str) -> None:
        hours = None if value == NONE else int(value)
        waiting.choose_limit(self.context.open_vault, step, hours)
        self.context.saved()
        self.show_again()
