"""Every answer that was ever changed in an interview: who, when, from what to what, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from fieldkit.domain.errors import FieldkitError
from fieldkit.languages.isolates import isolate_words
from fieldkit.languages.numbers import format_moment
from fieldkit.services import history
from fieldkit.ui.presenters.finished import step_told
from fieldkit.ui.screens.screen import Screen
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.services.history import Chain, History, Step
    from fieldkit.ui.context import Context


class HistoryScreen(Screen):
    """The newest answer of each field stands last; the first one was given in the talk itself."""

    rail: ClassVar[str] = "home"

    def __init__(self, context: Context, about: str, instance: str) -> None:
        super().__init__(context)
        self._about, self._instance = about, instance
        self.held: History | None = None
        self.fault: FieldkitError | None = None
        self._read()

    @property
    def title(self) -> str:
        return self.context.say("What was changed, and why")

    def _read(self) -> None:
        try:
            found = history.histories(self.context.open_vault, self._about, self.context.words.tag)
        except FieldkitError as fault:
            self.fault = fault
            return
        self.held = next((one for one in found if one.newest.instance_id == self._instance), None)

    def build(self) -> QWidget:
        if self.language_changed():
            self._read()
        if self.fault is not None:
            return Card(readable(words(self.context.sentence(self.fault), Size.QUESTION)))
        chains = self.held.chains if self.held is not None else ()
        if not chains:
            return Card(words(self.context.say("Nothing was changed since the talk."), Size.QUESTION))
        told = self.context.say(
            "The first answer of each is the one of the talk. Every version is kept as it was finished."
        )
        return column(readable(words(told, quiet=True)), *(self._chain(chain) for chain in chains))

    def _chain(self, chain: Chain) -> Card:
        card = Card(words(chain.label, Size.QUESTION, bold=True))
        card.setAccessibleName(chain.label)
        for step in chain.steps:
            card.column.addWidget(self._step(step))
        return card

    def _step(self, step: Step) -> QWidget:
        say = self.context.say
        moment = format_moment(step.at, self.context.words.tag)
        who = say("{moment}, {person}", moment=moment, person=isolate_words(step.who))
        parts: list[QWidget] = [
            words(isolate_words(step_told(step, self.context.words)), bold=True),
            words(who, quiet=True),
        ]
        if step.why:
            parts.append(readable(words(say("Why: {reason}", reason=isolate_words(step.why)))))
        elif step.consequence:
            parts.append(readable(words(say("It followed from another answer that was changed."))))
        return column(*parts, gap=2)
