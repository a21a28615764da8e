"""What screens share whose page is filled again after all that is done on it; most are about one case."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.domain.errors import FieldkitError
from fieldkit.ui.screens.screen import Screen
from fieldkit.ui.widgets.card import column
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.into_view import bring_into_view
from fieldkit.ui.widgets.reason import Reason

if TYPE_CHECKING:
    from fieldkit.ui.context import Context


class FilledScreen(Screen):
    """Derive, and fill `_whole`."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._whole = Holder()

    def build(self) -> QWidget:
        if self.language_changed():
            self._read_again()
        self._whole = Holder()
        content = column(self._whole)
        self._fill()
        return content

    def _read_again(self) -> None:
        """Read what is shown anew, in the language of now."""

    def _fill(self, told: str = "") -> None:
        """Put everything there, below `told`: what has just been done."""
        raise NotImplementedError

    def _did(self, do: Callable[[], object], told: str | dict[bool, str] = "") -> None:
        """Do it and tell it; `told` may tell apart what was done and, where `do` gives False, what only waits. What
        is refused is told with its sentence, and the page stays."""
        try:
            done = do()
        except FieldkitError as fault:
            self.context.show_error(fault)
            self._refused()
            return
        self.context.saved()
        sentence = told if isinstance(told, str) else told[done is not False]
        self._fill(sentence or self.context.say("It is written down."))
        self.context.refresh()

    def _refused(self) -> None:
        """Called after a refusal."""

    def _reason(
        self, action: str, keep: Callable[[str], object], place: Holder, question: str = ""
    ) -> Reason:
        """The line in which somebody says why, closed by emptying its `place`."""
        say = self.context.say
        return Reason(
            question or say("Why?"),
            hint=say("In a few words. Write no names."),
            action=action,
            missing=say("Write why, in a few words."),
            cancel=say("Cancel"),
            keep=keep,
            close=place.put,
        )

    def _ask_reason(
        self, action: str, keep: Callable[[str], object], place: Holder, question: str = ""
    ) -> None:
        """Ask why in its place, with the keyboard there."""
        asked = self._reason(action, keep, place, question)
        place.put(asked)
        asked.field.line.setFocus()
        bring_into_view(asked)
