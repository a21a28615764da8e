"""Bring back a copy, or what can be read of a damaged vault: from the first start, or where a vault is damaged."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from fieldkit.ui.presenters.bring_back import BringBack, From
from fieldkit.ui.screens.screen import Screen, Way
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column, row
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from pathlib import Path

    from fieldkit.ui.context import Context


class BringBackScreen(Screen):
    """What is chosen lives in the presenter; the phrase only in its line."""

    bare: ClassVar[bool] = True

    def __init__(self, context: Context, damaged: Path | None = None) -> None:
        """`damaged` is the vault that lies here and does not open; without one there is none yet."""
        super().__init__(context)
        self.presenter = BringBack(context.vaults)
        self.damaged = damaged
        self.field: Field | None = None
        self.refused = ""

    @property
    def title(self) -> str:
        return self.context.say("Bring back a copy")

    def build(self) -> QWidget:
        page = self.presenter
        self.field = None
        if page.done:
            return column(*self._done())
        parts: list[QWidget] = [Banner(Tone.CAREFUL, self.refused)] if self.refused else []
        if self.damaged is not None:
            stays = self.context.say(
                "The vault that lies here steps aside when another one is brought back. Nothing of it is removed."
            )
            parts.append(Banner(Tone.NOTE, stays))
        parts.append(self._source())
        if page.source is not None:
            parts.append(self._folder(page.source))
        if page.needs_headers:
            parts.append(self._headers())
        if page.copy is not None:
            parts.append(self._person())
        return column(*parts)

    def main_action(self) -> Way | None:
        say, page = self.context.say, self.presenter
        if page.done:
            return Way(say("Go to sign-in"), self.context.begin, "next")
        if not page.ready:
            return None
        name = say("Bring it back") if page.source is From.COPY else say("Rescue what can be read")
        return Way(name, self._bring, "again")

    def shown(self) -> None:
        if self.field is not None:
            self.field.line.setFocus(Qt.FocusReason.OtherFocusReason)

    # Parts

    def _source(self) -> QWidget:
        say = self.context.say
        grid = ChoiceGrid(
            [
                Offered(
                    From.COPY.value,
                    say("A copy on a stick or another disk"),
                    second=say("Made by this program. It comes back as it was on its day."),
                    icon="folder",
                ),
                Offered(
                    From.DAMAGED.value,
                    say("A damaged vault"),
                    second=say(
                        "Its folder is only read. What can be read comes back, and what is lost is listed."
                    ),
                    icon="careful",
                ),
            ],
            name=say("What do you have?"),
            least=320,
            most=2,
        )
        if self.presenter.source is not None:
            grid.choose(self.presenter.source.value)
        grid.chosen.connect(lambda values: self._choose_source(From(values[0])))
        return column(words(say("What do you have?"), Size.QUESTION), grid, gap=8)

    def _folder(self, source: From) -> Card:
        say, page = self.context.say, self.presenter
        told = (
            say("Choose the folder in which the copy lies, such as the stick itself.")
            if source is From.COPY
            else say("Choose the folder of the damaged vault, best of a copy of it.")
        )
        pick = button(say("Choose the folder"), self._choose_folder, icon="folder")
        name = page.folder.name or str(page.folder) if page.folder else say("No folder chosen yet.")
        card = Card(readable(words(told)), row(pick, words(name, quiet=page.folder is None, wrap=False)))
        if page.folder is not None and not page.found and source is From.COPY:
            nothing = say(
                "No copy lies in this folder. Choose another folder, or the folder of the copy itself."
            )
            card.column.addWidget(Banner(Tone.CAREFUL, nothing))
        if len(page.found) > 1:
            card.column.addWidget(self._copies())
        return card

    def _copies(self) -> ChoiceGrid:
        say, page = self.context.say, self.presenter
        by_name = {copy.path.name: copy for copy in page.found}
        grid = ChoiceGrid(
            [Offered(name, copy.header.name, second=name, icon="folder") for name, copy in by_name.items()],
            name=say("Which copy?"),
            least=280,
        )
        if page.copy is not None:
            grid.choose(page.copy.path.name)
        grid.chosen.connect(lambda values: self._chose(partial(page.choose_copy, by_name[values[0]])))
        return grid

    def _headers(self) -> Card:
        say = self.context.say
        told = say(
            "The two files that open this vault cannot be read. Those of an earlier copy open it too: choose the "
            "folder of such a copy."
        )
        pick = button(say("Choose the folder of an earlier copy"), self._choose_headers, icon="folder")
        return Card(readable(words(told)), row(pick))

    def _person(self) -> Card:
        say, page = self.context.say, self.presenter
        grid = ChoiceGrid(
            [Offered(person.id, person.label, icon="person") for person in page.people],
            name=say("Who are you?"),
            least=260,
        )
        grid.choose(page.person)
        grid.chosen.connect(lambda values: self._chose(partial(setattr, page, "person", values[0])))
        card = Card(words(say("Who are you?"), Size.QUESTION), grid)
        if page.person:
            hint = say("The phrase of the day on which the copy was made.")
            self.field = Field(say("Your phrase"), hint=hint, secret=say("Show"))
            card.column.addWidget(self.field)
        return card

    def _done(self) -> list[QWidget]:
        say, page = self.context.say, self.presenter
        told = say(
            "The vault is back. It writes a new record that names the old one. A post asks headquarters for a new "
            "certificate before it exports: Exchange shows the steps."
        )
        parts: list[QWidget] = [Banner(Tone.DONE, told)]
        if page.losses:
            parts.append(words(say("What is lost"), Size.QUESTION, bold=True))
            parts += [Banner(Tone.CAREFUL, self.context.sentence(fault)) for fault in page.losses]
        elif page.source is From.DAMAGED:
            parts.append(words(say("Nothing is known to be lost.")))
        return parts

    # What is done

    def _choose_source(self, source: From) -> None:
        self._chose(partial(self.presenter.choose_source, source))
        if source is From.DAMAGED and self.damaged is not None:
            self._chose(partial(self.presenter.choose_folder, self.damaged))

    def _choose_folder(self) -> None:
        folder = self.context.ask_folder(self.context.say("Folder of the copy"))
        if folder is not None:
            self._chose(partial(self.presenter.choose_folder, folder))

    def _choose_headers(self) -> None:
        folder = self.context.ask_folder(self.context.say("Folder of an earlier copy"))
        if folder is not None:
            self._chose(partial(self.presenter.choose_headers, folder))

    def _chose(self, do: partial[None]) -> None:
        self.refused = ""
        do()
        self.show_again()

    def _bring(self) -> None:
        if self.field is None or not self.field.value.strip():
            if self.field is not None:
                self.field.show_problem(self.context.say("Write a phrase."))
            return
        phrase = self.field.value
        self.field.line.clear()
        self.context.background.run(
            partial(self.presenter.bring, phrase),
            what=self.context.say("Reading and examining"),
            done=lambda _: self.show_again(),
            failed=self._failed,
        )

    def _failed(self, fault: Exception) -> None:
        self.refused = self.context.sentence(fault)
        self.show_again()
