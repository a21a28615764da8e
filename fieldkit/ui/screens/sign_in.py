"""Sign-in: who it is, and their phrase."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QWidget

from fieldkit.ui.presenters.sign_in import SignIn
from fieldkit.ui.screens.screen import Screen, Way
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.text import set_words, words

if TYPE_CHECKING:
    from fieldkit.services.vault import OpenVault
    from fieldkit.ui.context import Context

_SECOND = 1000  # milliseconds
_AFTER_PAINTING = 50  # milliseconds; the door's libraries load while somebody finds the keyboard


class SignInScreen(Screen):
    """`presenter` decides; the screen counts the seconds of a wait down."""

    bare: ClassVar[bool] = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.presenter = SignIn(context.vaults)
        self.timer = QTimer()
        self.timer.setInterval(_SECOND)
        self.timer.timeout.connect(self.tick)
        self.field: Field | None = None
        self.grid: ChoiceGrid | None = None
        self._wait: QLabel | None = None

    @property
    def title(self) -> str:
        return self.presenter.name or self.context.say("Sign in")

    def build(self) -> QWidget:
        self.field = self.grid = self._wait = None
        if self.presenter.refused is not None:
            return column(Banner(Tone.CAREFUL, self.context.sentence(self.presenter.refused)))
        say = self.context.say
        parts: list[QWidget] = []
        if self.presenter.second_copy_used:
            parts.append(Banner(Tone.CAREFUL, self.context.second_copy_words()))
        self.grid = ChoiceGrid(
            [Offered(person.id, person.label, icon="person") for person in self.presenter.people],
            name=say("Who are you?"),
            size=Size.PERSON,
            least=260,
        )
        self.grid.choose(self.presenter.chosen)
        self.grid.chosen.connect(lambda values: self._choose(values[0]))
        parts += [words(say("Who are you?"), Size.QUESTION), self.grid, self._phrase()]
        return column(*parts)

    def main_action(self) -> Way | None:
        if self.presenter.refused is not None:
            return None
        say = self.context.say
        why_not = "" if self.presenter.chosen else say("Choose your name first.")
        return Way(say("Sign in"), self._open, "next", self.presenter.can_try, why_not)

    def back(self) -> None:
        return None

    def other_actions(self) -> tuple[Way, ...]:
        say, ways = self.context.say, []
        if self.presenter.refused is None:
            ways.append(Way(say("I have lost my phrase"), partial(self.context.go, "recovery"), "key"))
        if self.presenter.damaged:
            ways.append(Way(say("Bring back a copy"), self._bring_back, "again"))
        return tuple(ways)

    def _bring_back(self) -> None:
        self.context.go("bring_back", damaged=self.context.vaults.folder)

    def shown(self) -> None:
        if self.field is not None and self.presenter.chosen:
            self.field.line.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.grid is not None:
            self.grid.focus_first()
        if self.field is not None:
            QTimer.singleShot(_AFTER_PAINTING, self.field, self._count_down)

    def left(self) -> None:
        self.timer.stop()

    def tick(self) -> None:
        """Show how long is left; at the end let the phrase be tried again."""
        left = self.presenter.wait_seconds
        if not left:
            self.timer.stop()
        if self._wait is not None:
            told = self.context.words.count(
                "You can try again in {number} second.", "You can try again in {number} seconds.", left
            )
            set_words(self._wait, told if left else "")
            self._wait.setVisible(bool(left))
        self.context.refresh()

    def _phrase(self) -> Card:
        say = self.context.say
        self.field = Field(say("Your phrase"), secret=say("Show"), value=self.presenter.phrase)
        self.field.line.textEdited.connect(self._typed)
        self._wait = words("", quiet=True)
        self._wait.setVisible(False)
        return Card(self.field, self._wait)

    def _choose(self, person: str) -> None:
        self.presenter.choose(person)
        if self.field is not None:
            self.field.line.setText(self.presenter.phrase)
            self.field.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.context.refresh()

    def _typed(self, text: str) -> None:
        self.presenter.phrase = text
        if self.field is not None:
            self.field.show_problem("")
        self.context.refresh()

    def _open(self) -> None:
        self.context.background.run(
            lambda _progress: self.presenter.open(),
            what=self.context.say("Opening the vault"),
            done=self._opened,
            failed=self._refused,
            can_cancel=False,
        )

    def _opened(self, vault: OpenVault) -> None:
        self.context.signed_in(vault)

    def _refused(self, fault: Exception) -> None:
        sentence = self.context.sentence(fault)
        if self.field is not None:
            self.field.line.clear()
            self.field.show_problem(sentence)
            self.field.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._count_down()

    def _count_down(self) -> None:
        if self.presenter.wait_seconds:
            self.timer.start()
        self.tick()
