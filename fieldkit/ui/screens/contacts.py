"""Other posts and offices: own words, whom we know, and the comparing of words before somebody is kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.languages.isolates import isolate, isolate_words
from fieldkit.ui.presenters.contacts import COMPLAINTS, ContactsPage
from fieldkit.ui.screens.screen import Screen, Way, faults_are_told
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column, row
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.into_view import bring_into_view
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import readable, words
from fieldkit.ui.widgets.word_list import word_list

if TYPE_CHECKING:
    from fieldkit.services.contacts import Contact
    from fieldkit.ui.context import Context

YES, NO = "yes", "no"


class ContactsScreen(Screen):
    """One at a time: what was looked at stands alone until its words were compared."""

    rail: str = "exchange"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.presenter = ContactsPage(context.open_vault)
        self.told: tuple[Tone, str] | None = None
        self.name: Field | None = None
        self.key: Field | None = None
        self._typing = Holder()

    @property
    def title(self) -> str:
        return self.context.say("Other posts and offices")

    def build(self) -> QWidget:
        parts: list[QWidget] = [Banner(*self.told)] if self.told else []
        self.told = None
        if self.presenter.offered is not None:
            return column(*parts, self._compare())
        return column(*parts, *self._known(), self._own(), self._by_key())

    def main_action(self) -> Way | None:
        if not self.presenter.may_keep or self.presenter.offered is not None:
            return None
        return Way(self.context.say("Choose a contact file"), self._choose, "folder")

    # Who is known

    def _known(self) -> list[QWidget]:
        say, page = self.context.say, self.presenter
        if not page.contacts:
            state = EmptyState(
                say("Nobody is known here yet."),
                say("Exchange contact files with another post, and read the words to each other."),
                icon="exchange",
            )
            return [Card(state)]
        return [self._contact(one) for one in page.contacts]

    def _contact(self, one: Contact) -> Card:
        say, page = self.context.say, self.presenter
        card = Card(words(isolate_words(one.name), Size.QUESTION, bold=True))
        card.setAccessibleName(one.name)
        if one.sample:
            told = say("Invented, for training only. Nobody is there.")
            card.column.addWidget(marked("careful", words(told, tone=Tone.CAREFUL), Tone.CAREFUL))
        if one.protocol:
            name = page.protocol_name(one.protocol)
            what = (
                say("Protocol: {name}", name=isolate_words(name)) if name else say("No protocol is in force.")
            )
        else:
            what = say("Complaints are sealed to this body. Nothing else goes there.")
        card.column.addWidget(readable(words(what)))
        if one.abroad:
            card.column.addWidget(words(say("In another country.")))
        if page.may_keep and not one.sample:
            off = button(
                say("Take off the list"), partial(self._after, partial(page.stop, one.id)), icon="remove"
            )
            card.column.addWidget(row(off))
        return card

    def _own(self) -> Card:
        say, page = self.context.say, self.presenter
        own = page.own
        told = say(
            "Others know this post by its contact file. It is not secret. When they call you on a number "
            "they know, read these words to each other:"
        )
        card = Card(
            words(isolate_words(own.name), Size.QUESTION, bold=True),
            readable(words(told)),
            word_list(own.words, name=say("Words of this post")),
        )
        if page.may_keep:
            write = button(say("Write the contact file into a folder"), self._write, icon="folder")
            card.column.addWidget(row(write))
        return card

    def _by_key(self) -> QWidget:
        """Somebody without this program: their age key is typed."""
        say = self.context.say
        if not self.presenter.may_keep:
            told = say("Somebody with the role of administrator keeps contacts.")
            return words(told, quiet=True)
        self._typing = Holder()
        ask = button(say("Type the key of somebody without this program"), self._ask_key, icon="keyboard")
        return column(row(ask), self._typing)

    def _ask_key(self) -> None:
        say = self.context.say
        self.name = Field(say("Their name"))
        self.key = Field(
            say("Their key"), hint=say("It begins with age1. They made it with the program age.")
        )
        look = button(say("Show its words"), self._look_at_key, icon="show")
        self._typing.put(Card(self.name, self.key, row(look)))
        self.name.line.setFocus()
        bring_into_view(self._typing)

    # Comparing

    def _compare(self) -> QWidget:
        say, page = self.context.say, self.presenter
        assert page.offered is not None
        offered = page.offered.summary
        card = Card(
            words(isolate_words(offered.name), Size.QUESTION, bold=True),
            word_list(offered.words, name=say("Words of the other side")),
        )
        if page.agreed:
            return column(card, self._protocols())
        question = say("Call them on a number you know. Do all ten words agree with theirs?")
        grid = ChoiceGrid(
            [
                Offered(YES, say("Yes, all ten")),
                Offered(NO, say("No, or not sure"), second=say("Nothing is kept")),
            ],
            name=question,
            least=320,
            most=2,
        )
        grid.chosen.connect(lambda values: self._agreed(values[0] == YES))
        return column(card, words(question, Size.QUESTION), grid)

    def _protocols(self) -> QWidget:
        say, page = self.context.say, self.presenter
        question = say("Under which protocol?")
        offered = [Offered(one.id, one.name, second=one.basis) for one in page.protocols]
        complaints = Offered(
            COMPLAINTS,
            say("The independent body for complaints"),
            second=say("Only sealed complaints go there"),
        )
        grid = ChoiceGrid([*offered, complaints], name=question, least=320, most=2)
        grid.chosen.connect(lambda values: self._after(partial(page.keep, values[0]), self._kept()))
        hint = say(
            "A protocol says what they may receive. New ones come with a content pack of headquarters."
        )
        return column(words(question, Size.QUESTION), readable(words(hint, quiet=True)), grid, gap=8)

    def _kept(self) -> str:
        return self.context.say("Kept. Letters can go there now.")

    def _agreed(self, agreed: bool) -> None:
        if agreed:
            self.presenter.agreed = True
        else:
            self.presenter.forget()
            told = self.context.say(
                "The words do not agree. Nothing was kept. Ask for another file, in person."
            )
            self.told = (Tone.CAREFUL, told)
        self.show_again()

    # What is done

    def _choose(self) -> None:
        name = self.context.say("Contact file")
        path = self.context.ask_file(name, f"{name} (*.fkp)")
        if path is not None:
            self._after(partial(self.presenter.look, path))

    def _look_at_key(self) -> None:
        assert self.name is not None and self.key is not None
        self._after(partial(self.presenter.look_at_key, self.name.value, self.key.value))

    def _write(self) -> None:
        folder = self.context.ask_folder(self.context.say("Folder for the contact file"))
        if folder is not None:
            self._after(partial(self._written, folder))

    def _written(self, folder: Path) -> None:
        path = self.presenter.write_own(folder)
        told = self.context.say("The contact file was written: {file}.", file=isolate(path.name))
        self.told = (Tone.DONE, told)

    @faults_are_told
    def _after(self, do: Callable[[], object], told: str = "") -> None:
        do()
        if told:
            self.told = (Tone.DONE, told)
        self.show_again()
