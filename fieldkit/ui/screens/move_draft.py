"""A newer version of the form is here: what would become of every answer, before anything is moved."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.domain.errors import FieldkitError
from fieldkit.forms.moving import Outcome, Reason
from fieldkit.languages.isolates import isolate, isolate_words
from fieldkit.ui.presenters.moving import HEADINGS, ORDER, REASON_WORDS, MovePage
from fieldkit.ui.screens.screen import Screen, Way, faults_are_told
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.fold import Fold
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.services.moving import Line
    from fieldkit.ui.context import Context

_SHAPES = {Outcome.LEFT: "careful", Outcome.LOOK: "note", Outcome.MOVED: "done"}


class MoveDraftScreen(Screen):
    """Leads back to the interview, moved or not."""

    rail: str = "home"

    def __init__(self, context: Context, draft: str) -> None:
        super().__init__(context)
        self._draft = draft
        self.page: MovePage | None = None
        self.fault: FieldkitError | None = None
        try:
            self.page = MovePage(context.open_vault, draft)
        except FieldkitError as fault:
            self.fault = fault

    @property
    def title(self) -> str:
        return self.context.say("A newer version of this form")

    def build(self) -> QWidget:
        if self.page is None:
            assert self.fault is not None, "one of the two is there"
            return Card(readable(words(self.context.sentence(self.fault), Size.QUESTION)))
        say, plan = self.context.say, self.page.plan
        what = say(
            "Interview {number} was begun with version {before}. Version {after} is here now. Nothing is moved "
            "yet: this is what would become of every answer.",
            number=isolate(plan.number),
            before=isolate_words(plan.before),
            after=isolate_words(plan.after),
        )
        kept = say(
            "Nothing is thrown away. What does not move stays readable, and is listed with the finished interview."
        )
        parts: list[QWidget] = [readable(words(what, Size.QUESTION)), readable(words(kept, quiet=True))]
        parts += [self._group(outcome) for outcome in ORDER if self.page.lines(outcome)]
        if not plan.lines:
            parts.append(readable(words(say("Nothing is answered yet, so there is nothing to move."))))
        return column(*parts)

    def main_action(self) -> Way | None:
        if self.page is None:
            go = partial(self.context.navigation.instead, "interview", draft=self._draft)
            return Way(self.context.say("Go on with the interview"), go, "interview")
        return Way(self.context.say("Move this interview"), self._move, "next")

    def _group(self, outcome: Outcome) -> QWidget:
        assert self.page is not None
        lines = self.page.lines(outcome)
        name = f"{self.context.say(HEADINGS[outcome])} ({len(lines)})"
        if outcome is Outcome.MOVED:
            return Card(
                Fold(name, lambda: column(*(self._line(line) for line in lines), gap=8), is_open=False)
            )
        heading = words(name, Size.QUESTION, bold=True)
        tone = Tone.CAREFUL if outcome is Outcome.LEFT else None
        return Card(marked(_SHAPES[outcome], heading, tone), *(self._line(line) for line in lines))

    def _line(self, line: Line) -> QWidget:
        assert self.page is not None
        answer = self.page.answer(line, self.context.words)
        parts: list[QWidget] = [words(line.label, quiet=True), words(isolate_words(answer), bold=True)]
        if line.reason is not Reason.NONE:
            parts.append(readable(words(self.context.say(REASON_WORDS[line.reason]))))
        if line.moved.kept and line.outcome is Outcome.LEFT:
            parts.append(readable(words(self.context.say("The other choices of this question move."))))
        return column(*parts, gap=2)

    @faults_are_told
    def _move(self) -> None:
        assert self.page is not None
        self.page.move()
        self.context.navigation.back()
        self.context.saved()
