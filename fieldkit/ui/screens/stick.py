"""The stick with the offline keys: its file chosen, its phrase written; for a new stick also where it goes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget

from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, row
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.ui.context import Context


class Chosen(Protocol):
    """What was chosen lives with whoever asks, so that the page can be built again at any moment."""

    stick: Path | None
    new_folder: Path | None


class StickForm(Card):
    """`again` builds the page anew after something was chosen. Phrases live in their lines alone."""

    def __init__(
        self,
        context: Context,
        title: str,
        told: str,
        chosen: Chosen,
        *,
        new: bool = False,
        again: Callable[[], object],
    ) -> None:
        super().__init__(words(title, Size.QUESTION, bold=True), readable(words(told)))
        self.context, self._chosen, self._again = context, chosen, again
        self.phrase: Field | None = None
        self.fresh: tuple[Field, Field] | None = None
        self._ask_stick()
        if new and chosen.stick is not None:
            self._ask_new()

    def focus(self) -> None:
        """Put the cursor where the next thing is written."""
        if self.phrase is not None:
            self.phrase.line.setFocus()

    def take_phrases(self) -> tuple[str, str] | None:
        """The phrases, and the lines emptied; None when something is missing, which is said."""
        say = self.context.say
        if self.phrase is None or not self.phrase.value.strip():
            if self.phrase is not None:
                self.phrase.show_problem(say("Write the phrase of the offline keys."))
            return None
        fresh = ""
        if self.fresh is not None:
            first, second = self.fresh
            fresh = first.value
            if not fresh.strip() or fresh.split() != second.value.split():
                second.show_problem(say("Write the same phrase for the new stick twice."))
                return None
        taken = self.phrase.value, fresh
        for field in (self.phrase, *(self.fresh or ())):
            field.line.clear()
        return taken

    def show_wrong_phrase(self, sentence: str) -> None:
        """The phrase does not open the stick."""
        if self.phrase is not None:
            self.phrase.show_problem(sentence)
            self.phrase.line.setFocus()

    def _ask_stick(self) -> None:
        say, chosen = self.context.say, self._chosen.stick
        told = say("Put in the stick with the offline keys, and choose the file headquarters-keys.age on it.")
        pick = button(say("Choose the file on the stick"), self._choose_stick, icon="key")
        name = words(chosen.name if chosen else say("No file chosen yet."), quiet=chosen is None, wrap=False)
        self._add(readable(words(told)), row(pick, name))
        if chosen is not None:
            self.phrase = Field(say("Phrase of the offline keys"), secret=say("Show"))
            self._add(self.phrase)

    def _ask_new(self) -> None:
        say, folder = self.context.say, self._chosen.new_folder
        pick = button(say("Choose the folder of the new stick"), self._choose_folder, icon="folder")
        said = folder.name if folder else say("No folder chosen yet.")
        self._add(row(pick, words(said, quiet=folder is None, wrap=False)))
        if folder is not None:
            offered = self.context.vaults.offer_phrase(self.context.words.tag)
            hint = say(
                "Six words that nobody can guess, for example: {phrase}. Write them on paper first.",
                phrase=offered,
            )
            self.fresh = (
                Field(say("Phrase of the new stick"), hint=hint, secret=say("Show")),
                Field(say("Write the phrase of the new stick once more"), secret=say("Show")),
            )
            self._add(*self.fresh)

    def _add(self, *parts: QWidget) -> None:
        for part in parts:
            self.column.addWidget(part)

    def _choose_stick(self) -> None:
        name = self.context.say("Offline keys")
        path = self.context.ask_file(name, f"{name} (*.age)")
        if path is not None:
            self._chosen.stick = path
            self._again()

    def _choose_folder(self) -> None:
        folder = self.context.ask_folder(self.context.say("Folder of the new stick"))
        if folder is not None:
            self._chosen.new_folder = folder
            self._again()
