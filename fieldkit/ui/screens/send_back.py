"""At headquarters: what waits for each post, and the files that take it there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.ui.presenters.homeward import KINDS, SendBack
from fieldkit.ui.screens.screen import Screen, Way
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column, row
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.headquarters.outbox import Waiting
    from fieldkit.services.homeward import SentHome
    from fieldkit.ui.context import Context


class SendBackScreen(Screen):
    """A file for each chosen post; sending again does no harm."""

    rail: str = "exchange"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.presenter = SendBack(context.open_vault)
        self.number: Field | None = None
        self._told = Holder()

    @property
    def title(self) -> str:
        return self.context.say("Send back")

    def build(self) -> QWidget:
        say = self.context.say
        self._told = Holder()
        if not self.presenter.waiting:
            told, todo = say("No laptop is certified yet."), say("Certify the first post under Exchange.")
            return Card(EmptyState(told, todo, icon="key"))
        return column(self._told, self._posts(), self._about_a_case())

    def main_action(self) -> Way | None:
        if not self.presenter.waiting:
            return None
        why_not = self.context.say("Choose a post first.")
        chosen = bool(self.presenter.chosen)
        return Way(self.context.say("Write the files"), self._send, "exchange", chosen, why_not)

    def _posts(self) -> Card:
        say = self.context.say
        told = say(
            "Each chosen post gets a file of its own, which only its laptop can open: tasks, results, messages, "
            "and the newest receipts. What a post has not said it has is sent again."
        )
        question = say("For which posts?")
        grid = ChoiceGrid(
            [
                Offered(one.device.certificate.device, one.device.certificate.post, second=self._waits(one))
                for one in self.presenter.waiting
            ],
            name=question,
            several=True,
            numbered=False,
            least=320,
            most=2,
        )
        grid.choose(*self.presenter.chosen)
        grid.chosen.connect(self._chose)
        return Card(words(question, Size.QUESTION, bold=True), readable(words(told)), grid)

    def _waits(self, one: Waiting) -> str:
        say = self.context.say
        parts = [
            say("{what}: {number}", what=say(KINDS[kind]), number=number)
            for kind, number in one.kinds.items()
            if kind in KINDS
        ]
        return " · ".join(parts) or say("Nothing waits; receipts only")

    def _about_a_case(self) -> Card:
        say = self.context.say
        told = say("A result, a task or a message belongs to a case. Enter its number.")
        self.number = Field(say("Number of the case"), hint=told)
        self.number.line.returnPressed.connect(self._write)
        title = words(say("Write something for a post"), Size.QUESTION, bold=True)
        return Card(title, self.number, row(button(say("Go on"), self._write, icon="next")))

    def _chose(self, chosen: tuple[str, ...]) -> None:
        self.presenter.chosen = chosen
        self.context.refresh()

    def _write(self) -> None:
        assert self.number is not None
        case = self.presenter.case_of(self.number.value)
        if not case:
            self.number.show_problem(self.context.say("No case with this number is held here."))
            return
        self.context.go("write_home", case=case)

    def _send(self) -> None:
        folder = self.context.ask_folder(self.context.say("Folder for the sealed files"))
        if folder is None:
            return
        self.context.background.run(
            partial(self.presenter.send, folder),
            what=self.context.say("Sealing"),
            done=self._sent,
            failed=self._failed,
        )

    def _sent(self, sent: tuple[SentHome, ...]) -> None:
        self.presenter.sent = sent
        self._written(sent)

    def _written(self, sent: tuple[SentHome, ...]) -> None:
        say = self.context.say
        told = say("The sealed files are written. Bring each to its post.")
        rows = [(one.post, one.file) for one in sent]
        result = Card(words(say("What was written"), Size.QUESTION, bold=True), facts(rows))
        self._told.put(Banner(Tone.DONE, told), result)

    def _failed(self, fault: Exception) -> None:
        sentence = self.context.sentence(fault)
        if sentence:
            self._told.put(Banner(Tone.CAREFUL, sentence))
