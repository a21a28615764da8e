"""Headquarters certifies a laptop: its words compared, the stick in, the certificate as a file."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from fieldkit.services.fingerprints import Whose
from fieldkit.ui.presenters.enrol import Certify
from fieldkit.ui.screens import compared
from fieldkit.ui.screens.screen import Way
from fieldkit.ui.screens.with_stick import StickScreen
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column, row
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.services.enrolment import Asking
    from fieldkit.ui.context import Context

YES, NO = "yes", "no"


class CertifyScreen(StickScreen):
    """One laptop. What was chosen so far lives in the presenter; the phrase only in its line."""

    rail: ClassVar[str] = "exchange"

    def __init__(self, context: Context) -> None:
        self.presenter = Certify(context.open_vault)
        super().__init__(context, self.presenter)
        self.agree: ChoiceGrid | None = None

    @property
    def title(self) -> str:
        return self.context.say("Certify a laptop")

    def build(self) -> QWidget:
        page = self.presenter
        self.phrase = None
        parts: list[QWidget] = [Banner(*self.told)] if self.told is not None else []
        if page.made is not None:
            parts.append(self._made())
        elif page.asked is None:
            parts.append(self._ask_request())
        elif not page.agreed:
            parts += [self._compare(), self._agreement()]
        else:
            parts.append(self._stick())
        return column(*parts)

    def main_action(self) -> Way | None:
        say, page = self.context.say, self.presenter
        if page.made is not None:
            return Way(say("Write the certificate into a folder"), self._write, "folder")
        if page.asked is None:
            return Way(say("Choose the request file"), self._choose_request, "folder")
        if page.agreed and page.stick is not None:
            return Way(say("Make the certificate"), self._certify, "key")
        return None

    def shown(self) -> None:
        if self.phrase is not None:
            self.phrase.line.setFocus()

    # Parts

    def _ask_request(self) -> Card:
        told = self.context.say(
            "A post gives you a file called device.fkr. Choose it; then you compare ten words with the post before "
            "anything is certified."
        )
        return Card(readable(words(told)))

    def _compare(self) -> Card:
        say, asked = self.context.say, self.presenter.asked
        assert asked is not None
        told = say(
            "Call the post on a number you knew before this file came. Read these words to each other:"
        )
        card = compared.others(self.context, asked, Whose.LAPTOP, told, partial(self._agreed, True))
        for sentence in self._more_asked(asked):
            card.column.addWidget(marked("note", readable(words(sentence))))
        return card

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

    def _agreement(self) -> QWidget:
        say = self.context.say
        question = say("Do all ten words agree, in this order?")
        self.agree = grid = ChoiceGrid(
            [
                Offered(YES, say("Yes, all ten"), second=say("Go on to the stick")),
                Offered(NO, say("No, or not sure"), second=say("Nothing is changed")),
            ],
            name=question,
            least=320,
            most=2,
        )
        grid.chosen.connect(lambda values: self._agreed(values[0] == YES))
        return column(words(question, Size.QUESTION), grid, gap=8)

    def _stick(self) -> Card:
        say, page = self.context.say, self.presenter
        told = say(
            "Put in the stick with the offline keys, choose the file headquarters-keys.age on it, and write its "
            "phrase. Take the stick out again afterwards."
        )
        chosen = page.stick.name if page.stick else say("No file chosen yet.")
        pick = button(say("Choose the file on the stick"), self._choose_stick, icon="key")
        card = Card(readable(words(told)), row(pick, words(chosen, quiet=page.stick is None, wrap=False)))
        if page.stick is not None:
            self.phrase = Field(say("Phrase of the offline keys"), secret=say("Show"))
            self.phrase.line.textEdited.connect(lambda _text: self._no_problem())
            card.column.addWidget(self.phrase)
        return card

    def _made(self) -> Card:
        say, asked = self.context.say, self.presenter.asked
        name = asked.name if asked else ""
        told = say(
            "The certificate for {post} is made. Give it to the post as a file. It is not secret.", post=name
        )
        out = say("Take the stick with the offline keys out now, and lock it away.")
        return Card(words(told, Size.QUESTION), readable(words(out)))

    # What is done

    def _choose_request(self) -> None:
        name = self.context.say("Request")
        path = self.context.ask_file(name, f"{name} (*.fkr)")
        if path is not None:
            self._try(partial(self.presenter.read_request, path))

    def _agreed(self, agreed: bool) -> None:
        self.told = None
        if agreed:
            self.presenter.agreed = True
        else:
            self.presenter.asked = None
            told = self.context.say(
                "The words do not agree. Nothing was certified. Ask the post for its request again, in person."
            )
            self.told = (Tone.CAREFUL, told)
        self._again()

    def _certify(self) -> None:
        self._with_phrase(self.presenter.certify, self.context.say("Making the certificate"))

    def _write(self) -> None:
        folder = self.context.ask_folder(self.context.say("Folder for the certificate"))
        if folder is not None:
            self._try(partial(self._written, folder))

    def _written(self, folder: Path) -> None:
        path = self.presenter.write_certificate(folder)
        self.told = (Tone.DONE, self.context.say("The certificate was written: {file}.", file=path.name))
