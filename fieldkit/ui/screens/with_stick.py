"""What a screen shares that works with headquarters' stick in: the file chosen, the phrase only in its line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from fieldkit.domain.errors import FieldkitError
from fieldkit.ui.screens.screen import Screen
from fieldkit.ui.tokens import Tone

if TYPE_CHECKING:
    from fieldkit.domain.ports import Progress
    from fieldkit.ui.context import Context
    from fieldkit.ui.widgets.field import Field

WRONG_PHRASE: Final = "offline.wrong_phrase"


class TakesStick(Protocol):
    """What is asked of the presenter."""

    stick: Path | None


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
            self._again()

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
            work, what=what, done=lambda _: self._again(), failed=self._refused, can_cancel=False
        )

    def _refused(self, fault: Exception) -> None:
        if isinstance(fault, FieldkitError) and fault.code == WRONG_PHRASE and self.phrase is not None:
            self.phrase.show_problem(self.context.sentence(fault))
            self.phrase.line.setFocus()
        else:
            self.context.show_error(fault)

    def _try(self, do: Callable[[], object]) -> None:
        self.told = None
        try:
            do()
        except FieldkitError as fault:
            self.context.show_error(fault)
            return
        self._again()

    def _no_problem(self) -> None:
        if self.phrase is not None:
            self.phrase.show_problem("")

    def _again(self) -> None:
        if self.context.navigation.frame:
            self.context.navigation.frame.show_again()
