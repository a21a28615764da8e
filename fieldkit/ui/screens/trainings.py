"""What a colleague was trained in. Some forms open only to people with a training."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.languages.isolates import isolate_words
from fieldkit.services.learning import OPENS_NOTHING
from fieldkit.ui.presenters.trainings import Trainings
from fieldkit.ui.screens.learning import coverage
from fieldkit.ui.screens.screen import Screen, Way, faults_are_told
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.ui.context import Context


class TrainingsScreen(Screen):
    """Of one account; reached from it by whoever looks after the accounts."""

    rail: str = "exchange"

    def __init__(self, context: Context, person: str) -> None:
        super().__init__(context)
        self.presenter = Trainings(context.open_vault, person, context.words.tag)
        self.grid: ChoiceGrid | None = None
        self.day: Field | None = None
        self.by: Field | None = None
        self._held = Holder()
        self._new = Holder()

    @property
    def title(self) -> str:
        return self.context.say("What {person} was trained in", person=isolate_words(self.presenter.label))

    def build(self) -> QWidget:
        self.presenter.tag = self.context.words.tag
        told = self.context.say(
            "Headquarters may open a form only to people with a training. Write down what they were trained in, "
            "and who gave it."
        )
        self._held, self._new = Holder(self._list()), Holder(self._asked())
        lessons = self.presenter.lessons
        parts = [readable(words(told, quiet=True)), self._held, *self._modules(), self._new]
        return column(*parts, coverage(self.context, lessons))

    def main_action(self) -> Way:
        say, page = self.context.say, self.presenter
        return Way(
            say("Write it down"), self._keep, "done", bool(page.topic), say("Choose a training first.")
        )

    def _list(self) -> Card:
        say, held = self.context.say, self.presenter.held
        heading = words(say("Written down"), Size.QUESTION, bold=True)
        if not held:
            return Card(heading, readable(words(say("Nothing yet. Choose a training below."))))
        rows = [(name, say("{day}, {person}", day=day, person=isolate_words(by))) for name, day, by in held]
        return Card(heading, facts(rows))

    def _modules(self) -> list[QWidget]:
        """What they passed by themselves, which stands for none of the trainings above."""
        say, passed = self.context.say, self.presenter.passed
        if not passed:
            return []
        heading = words(say("Modules passed here"), Size.QUESTION, bold=True)
        return [Card(heading, facts(passed), readable(words(say(OPENS_NOTHING), quiet=True)))]

    def _asked(self) -> Card:
        say, page = self.context.say, self.presenter
        name = say("Which training?")
        offered = [Offered(topic, label) for topic, label in page.offered]
        self.grid = ChoiceGrid(offered, name=name, least=280, most=3, size=Size.TEXT)
        self.grid.chosen.connect(self._chosen)
        self.day = self._field("day", say("Day"), say("Day, month, year, such as 21.11.2026."))
        self.by = self._field("by", say("Who gave it"), say("The organisation or its function."))
        return Card(words(name, Size.QUESTION, bold=True), self.grid, self.day, self.by)

    def _field(self, name: str, label: str, hint: str) -> Field:
        field = Field(label, hint=hint, value=getattr(self.presenter, name))
        field.line.textEdited.connect(lambda text: setattr(self.presenter, name, text))
        return field

    def _chosen(self, values: tuple[str, ...]) -> None:
        self.presenter.topic = values[0] if values else ""
        self.context.refresh()

    @faults_are_told
    def _keep(self) -> None:
        self.presenter.keep()
        self.context.saved()
        self._held.put(self._list())
        self._new.put(self._asked())
        self.context.refresh()
