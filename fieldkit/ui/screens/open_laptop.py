"""Headquarters opens a laptop whose phrases are lost: words compared, the stick in, the answer as a file."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from fieldkit.ui.presenters.recovery import OpenLaptop
from fieldkit.ui.screens.comparing import agreement, compared
from fieldkit.ui.screens.screen import Way
from fieldkit.ui.screens.with_stick import AnswerScreen
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.text import words

if TYPE_CHECKING:
    from fieldkit.ui.context import Context


class OpenLaptopScreen(AnswerScreen):
    """One request. The phrase of the stick lives only in its line."""

    ending: ClassVar[str] = "fkq"

    def __init__(self, context: Context) -> None:
        self.presenter = OpenLaptop(context.open_vault)
        super().__init__(context, self.presenter)

    @property
    def title(self) -> str:
        return self.context.say("Open a laptop whose phrases are lost")

    def main_action(self) -> Way | None:
        say, page = self.context.say, self.presenter
        if page.made is not None:
            return Way(say("Write the answer into a folder"), self._write, "folder")
        if page.asked is None:
            return Way(say("Choose the request file"), self._choose_request, "folder")
        if page.agreed and page.stick is not None:
            return Way(say("Make the answer"), self._answer, "key")
        return None

    # Parts

    def _how_it_comes(self) -> str:
        return self.context.say(
            "A post whose people lost their phrases gives you a file called recovery.fkq. Whoever has the "
            "laptop can make one, also a thief: nothing is opened before you know the voice that reads its "
            "words to you."
        )

    def _compare(self) -> list[QWidget]:
        say, asked = self.context.say, self.presenter.asked
        assert asked is not None
        told = say(
            "{person} wants to come in. Call the post on a number you knew before this file came, and make "
            "sure whom you speak to. Read these words to each other:",
            person=asked.label,
        )
        card = compared(self.context, told, asked.words, say("Words of the request"), head=asked.post)
        return [card, agreement(self.context, self._agreed, say("Go on to the stick"))]

    def _made(self) -> QWidget:
        say, page = self.context.say, self.presenter
        assert page.made is not None and page.asked is not None
        out = say("Take the stick with the offline keys out now, and lock it away.")
        told = say(
            "The answer opens this one laptop, with the six words that {person} has. Give it to the post as a "
            "file, and read these words to each other before it is used:",
            person=page.asked.label,
        )
        card = compared(self.context, told, page.made.words, say("Words of the answer"), head=page.asked.post)
        return column(Card(words(out, Size.QUESTION)), card)

    # What is done

    def _differs(self) -> str:
        return self.context.say(
            "The words do not agree. Nothing was opened. Ask the post for its request again, in person."
        )

    def _answer(self) -> None:
        self._with_phrase(self.presenter.answer, self.context.say("Making the answer"))

    def _write(self) -> None:
        folder = self.context.ask_folder(self.context.say("Folder for the answer"))
        if folder is not None:
            self._try(partial(self._written, folder))

    def _written(self, folder: Path) -> None:
        path = self.presenter.write(folder)
        self.told = (Tone.DONE, self.context.say("The answer was written: {file}.", file=path.name))
