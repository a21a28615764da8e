"""Headquarters certifies a laptop: its words compared, the stick in, the certificate as a file."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from fieldkit.services.fingerprints import Whose
from fieldkit.ui.presenters.enrol import Certify
from fieldkit.ui.screens import compared
from fieldkit.ui.screens.comparing import agreement
from fieldkit.ui.screens.screen import Way
from fieldkit.ui.screens.with_stick import AnswerScreen
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.card import Card
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.services.enrolment import Asking
    from fieldkit.ui.context import Context


class CertifyScreen(AnswerScreen):
    """One laptop. What was chosen so far lives in the presenter; the phrase only in its line."""

    ending: ClassVar[str] = "fkr"

    def __init__(self, context: Context) -> None:
        self.presenter = Certify(context.open_vault)
        super().__init__(context, self.presenter)

    @property
    def title(self) -> str:
        return self.context.say("Certify a laptop")

    def main_action(self) -> Way | None:
        say, page = self.context.say, self.presenter
        if page.made is not None:
            return Way(say("Write the certificate into a folder"), self._write, "folder")
        if page.asked is None:
            return Way(say("Choose the request file"), self._choose_request, "folder")
        if page.agreed and page.stick is not None:
            return Way(say("Make the certificate"), self._certify, "key")
        return None

    # Parts

    def _how_it_comes(self) -> str:
        return self.context.say(
            "A post gives you a file called device.fkr. Choose it; then you compare ten words with the post before "
            "anything is certified."
        )

    def _compare(self) -> list[QWidget]:
        say, asked = self.context.say, self.presenter.asked
        assert asked is not None
        told = say(
            "Call the post on a number you knew before this file came. Read these words to each other:"
        )
        card = compared.others(self.context, asked, Whose.LAPTOP, told, partial(self._agreed, True))
        for sentence in self._more_asked(asked):
            card.column.addWidget(marked("note", readable(words(sentence))))
        return [card, agreement(self.context, self._agreed, say("Go on to the stick"))]

    def _more_asked(self, asked: Asking) -> list[str]:
        """What a certificate would say beside that this laptop belongs to this post."""
        say, told = self.context.say, []
        if asked.changes_key:
            told.append(
                say(
                    "This laptop is known. It asks for a new signing key, and its present one vouches for it."
                )
            )
        for parent in asked.continues:
            told.append(
                say(
                    "It continues a former record up to entry {number}: it was put back, copied, or lost and "
                    "found. "
                    "Ask the post what happened before you say yes.",
                    number=parent.number,
                )
            )
        return told

    def _made(self) -> Card:
        say, asked = self.context.say, self.presenter.asked
        name = asked.name if asked else ""
        told = say(
            "The certificate for {post} is made. Give it to the post as a file. It is not secret.", post=name
        )
        out = say("Take the stick with the offline keys out now, and lock it away.")
        return Card(words(told, Size.QUESTION), readable(words(out)))

    # What is done

    def _differs(self) -> str:
        return self.context.say(
            "The words do not agree. Nothing was certified. Ask the post for its request again, in person."
        )

    def _certify(self) -> None:
        self._with_phrase(self.presenter.certify, self.context.say("Making the certificate"))

    def _write(self) -> None:
        folder = self.context.ask_folder(self.context.say("Folder for the certificate"))
        if folder is not None:
            self._try(partial(self._written, folder))

    def _written(self, folder: Path) -> None:
        path = self.presenter.write_certificate(folder)
        self.told = (Tone.DONE, self.context.say("The certificate was written: {file}.", file=path.name))
