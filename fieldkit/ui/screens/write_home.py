"""At headquarters: a result, a task or a message for the post that wrote a case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.domain.errors import FieldkitError
from fieldkit.languages.numbers import format_date
from fieldkit.ui.presenters.homeward import DAYS, STATES, WriteHome
from fieldkit.ui.screens.screen import Screen, Way
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column, row
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.storage.queries_home import ReferralRow
    from fieldkit.ui.context import Context


class WriteHomeScreen(Screen):
    """What is kept here waits for the post at once; the files are written under "Send back".

    `written` is what stood in the other lines when one of them was kept."""

    rail: str = "exchange"

    def __init__(
        self, context: Context, case: str, kept: bool = False, written: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(context)
        self._written = dict(written or {})
        self._warned = False
        self.presenter = WriteHome(context.open_vault, case, context.words.tag)
        self.states: dict[str, ChoiceGrid] = {}
        self.notes: dict[str, Field] = {}
        self.due: ChoiceGrid | None = None
        self._told = Holder()
        self._kept = context.say("Kept. It waits for the post.") if kept else ""

    @property
    def title(self) -> str:
        return self.context.say("For the post")

    def build(self) -> QWidget:
        say, page = self.context.say, self.presenter
        self._told = Holder()
        number = words(say("Number {number}", number=page.number), Size.QUESTION, bold=True)
        goes = say("It goes to {post} with the next file that you write for it.", post=page.post)
        return column(
            self._told,
            number,
            readable(words(goes, quiet=True)),
            *(self._referral(one) for one in page.referrals),
            self._a_task(),
            self._a_message(),
        )

    def shown(self) -> None:
        if self._kept:
            self._told.put(Banner(Tone.DONE, self._kept))
        for name, field in self._fields().items():
            field.line.setText(self._written.get(name, ""))

    def main_action(self) -> Way | None:
        return Way(self.context.say("Send back"), self._send_back, "exchange")

    def _send_back(self) -> None:
        """What is written and not kept yet is told once; whoever presses again goes."""
        told = self.context.say(
            "Something here is written and not kept. Keep it first, or press again to go."
        )
        left = next((field for field in self._fields().values() if field.value.strip()), None)
        if left is not None and not self._warned:
            self._warned = True
            left.show_problem(told)
            left.line.setFocus()
            return
        self.context.go("send_back")

    def _fields(self) -> dict[str, Field]:
        """Every line somebody may have written into."""
        return {**self.notes, "task": self.task, "message": self.message}

    def _referral(self, one: ReferralRow) -> Card:
        say = self.context.say
        category = self.presenter.name(one.category)
        day = format_date(one.day, self.context.words.tag)
        question = say("What became of the referral of {day}?", day=day)
        grid = ChoiceGrid(
            [Offered(state, say(name)) for state, name in STATES.items()],
            name=question,
            numbered=False,
            size=Size.TEXT,
            most=2,
        )
        note = Field(
            say("A note for the post"),
            hint=say("Only what helps them; it may be left empty."),
            size=Size.TEXT,
        )
        self.states[one.referral], self.notes[one.referral] = grid, note
        card = Card(words(question, Size.QUESTION, bold=True))
        if category:
            card.column.addWidget(words(category, quiet=True))
        before = self.presenter.last_state(one.referral)
        if before:
            card.column.addWidget(words(say("Told before: {what}", what=say(before)), quiet=True))
        keep = button(say("Keep this result"), partial(self._result, one.referral), icon="check")
        for part in (grid, note, row(keep)):
            card.column.addWidget(part)
        return card

    def _a_task(self) -> Card:
        say = self.context.say
        self.task = Field(say("What should the post do?"), size=Size.TEXT)
        until = say("Until when?")
        self.due = ChoiceGrid(
            [Offered(str(days), self._in_days(days)) for days in DAYS],
            name=until,
            numbered=False,
            size=Size.TEXT,
            least=130,
            most=4,
        )
        self.due.choose("0")
        keep = button(say("Keep this task"), self._task, icon="check")
        title = words(say("A task"), Size.QUESTION, bold=True)
        return Card(title, self.task, words(until), self.due, row(keep))

    def _a_message(self) -> Card:
        say = self.context.say
        self.message = Field(say("What should the post know?"), size=Size.TEXT)
        keep = button(say("Keep this message"), self._message, icon="check")
        return Card(words(say("A message"), Size.QUESTION, bold=True), self.message, row(keep))

    def _in_days(self, days: int) -> str:
        if not days:
            return self.context.say("No day")
        return self.context.words.count("In {number} day", "In {number} days", days)

    def _result(self, referral: str) -> None:
        chosen = self.states[referral].values
        if not chosen:
            self.notes[referral].show_problem(self.context.say("Choose what became of it first."))
            return
        text = self.notes[referral].value
        self._did(lambda: self.presenter.result(referral, chosen[0], text), self.notes[referral])

    def _task(self) -> None:
        assert self.due is not None
        days = int((self.due.values or ("0",))[0])
        self._did(lambda: self.presenter.task(self.task.value, days), self.task)

    def _message(self) -> None:
        self._did(lambda: self.presenter.message(self.message.value), self.message)

    def _did(self, do: Callable[[], object], field: Field) -> None:
        try:
            do()
        except FieldkitError as fault:
            field.show_problem(self.context.sentence(fault))
            return
        written = {name: one.value for name, one in self._fields().items() if one is not field}
        name, arguments = self.context.navigation.here
        self.context.navigation.instead(name, **{**arguments, "kept": True, "written": written})
