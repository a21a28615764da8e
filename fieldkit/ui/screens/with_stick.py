"""What screens share that work with headquarters' stick in: the file chosen, the phrase only in its line.

`AnswerScreen` is the whole way of a post's request: the file, words compared over a known phone, the stick, and the
answer as a file.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final, Protocol

from PySide6.QtWidgets import QWidget

from fieldkit.domain.errors import FieldkitError
from fieldkit.ui.screens.screen import Screen, faults_are_told
from fieldkit.ui.tokens import Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column, row
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.domain.ports import Progress
    from fieldkit.ui.context import Context

WRONG_PHRASE: Final = "offline.wrong_phrase"


class TakesStick(Protocol):
    """What is asked of the presenter."""

    stick: Path | None


class AnswersRequest(TakesStick, Protocol):
    """The same for a screen that answers a request: what was chosen and made so far."""

    agreed: bool

    @property
    def asked(self) -> object | None:
        """The request, once it was read."""
        ...

    @property
    def made(self) -> object | None:
        """The answer, once it is there."""
        ...

    def read_request(self, path: Path) -> None:
        """Read the post's file. Raises FieldkitError."""
        ...

    def forget_request(self) -> None:
        """The words do not agree: as if the file had never come."""
        ...


class StickScreen(Screen):
    """Derive, and put the line for the phrase into `phrase` whenever it is shown."""

    def __init__(self, context: Context, keeps: TakesStick) -> None:
        super().__init__(context)
        self._keeps = keeps
        self.told: tuple[Tone, str] | None = None
        self.phrase: Field | None = None

    def _choose_stick(self) -> None:
        name = self.context.say("Offline keys")
        path = self.context.ask_file(name, f"{name} (*.age)")
        if path is not None:
            self._keeps.stick = path
            self.show_again()

    def _with_phrase(self, do: Callable[[str], object], what: str) -> None:
        """Do it in the background with the phrase that was written, which leaves its line first."""
        assert self.phrase is not None
        phrase = self.phrase.value
        if not phrase.strip():
            self.phrase.show_problem(self.context.say("Write the phrase of the offline keys."))
            return
        self.phrase.line.clear()

        def work(_progress: Progress) -> object:
            return do(phrase)

        self.context.background.run(
            work, what=what, done=lambda _: self.show_again(), failed=self._refused, can_cancel=False
        )

    def _refused(self, fault: Exception) -> None:
        if isinstance(fault, FieldkitError) and fault.code == WRONG_PHRASE and self.phrase is not None:
            self.phrase.show_problem(self.context.sentence(fault))
            self.phrase.line.setFocus()
        else:
            self.context.show_error(fault)

    @faults_are_told
    def _try(self, do: Callable[[], object]) -> None:
        self.told = None
        do()
        self.show_again()

    def _no_problem(self) -> None:
        if self.phrase is not None:
            self.phrase.show_problem("")


class AnswerScreen(StickScreen):
    """Derive, and say what is asked, compared and made; `ending` is that of the request's file."""

    rail: str = "exchange"
    ending: ClassVar[str]

    def __init__(self, context: Context, keeps: AnswersRequest) -> None:
        super().__init__(context, keeps)
        self._answers = keeps

    def build(self) -> QWidget:
        self.phrase = None
        parts: list[QWidget] = [Banner(*self.told)] if self.told is not None else []
        if self._answers.made is not None:
            parts.append(self._made())
        elif self._answers.asked is None:
            parts.append(Card(readable(words(self._how_it_comes()))))
        elif not self._answers.agreed:
            parts += self._compare()
        else:
            parts.append(self._stick())
        return column(*parts)

    def shown(self) -> None:
        if self.phrase is not None:
            self.phrase.line.setFocus()

    def _how_it_comes(self) -> str:
        """What the post's file is, before it is chosen."""
        raise NotImplementedError

    def _compare(self) -> list[QWidget]:
        """The words to read to each other, and the question whether they agree."""
        raise NotImplementedError

    def _made(self) -> QWidget:
        """What is done with the answer, and with the stick."""
        raise NotImplementedError

    def _differs(self) -> str:
        """What it means that the words do not agree."""
        raise NotImplementedError

    def _stick(self) -> Card:
        say, stick = self.context.say, self._answers.stick
        told = say(
            "Put in the stick with the offline keys, choose the file headquarters-keys.age on it, and write its "
            "phrase. Take the stick out again afterwards."
        )
        chosen = stick.name if stick else say("No file chosen yet.")
        pick = button(say("Choose the file on the stick"), self._choose_stick, icon="key")
        card = Card(readable(words(told)), row(pick, words(chosen, quiet=stick is None, wrap=False)))
        if stick is not None:
            self.phrase = Field(say("Phrase of the offline keys"), secret=say("Show"))
            self.phrase.line.textEdited.connect(lambda _text: self._no_problem())
            card.column.addWidget(self.phrase)
        return card

    def _choose_request(self) -> None:
        name = self.context.say("Request")
        path = self.context.ask_file(name, f"{name} (*.{self.ending})")
        if path is not None:
            self._try(partial(self._answers.read_request, path))

    def _agreed(self, agreed: bool) -> None:
        self.told = None
        self._answers.agreed = agreed
        if not agreed:
            self._answers.forget_request()
            self.told = (Tone.CAREFUL, self._differs())
        self.show_again()
