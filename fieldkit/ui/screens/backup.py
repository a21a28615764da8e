"""Copies of this vault on another disk, and whether the vault is sound."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.ui.presenters.backup import Copies, CopyLine
from fieldkit.ui.screens.screen import Screen, Way
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column, row
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.services.backup import Made
    from fieldkit.storage.examination import Examined
    from fieldkit.ui.context import Context


class BackupScreen(Screen):
    """Reached from Exchange by whoever looks after the vault."""

    rail: str = "exchange"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.presenter = Copies(context.open_vault)
        self._told = Holder()
        self._listed = Holder()

    @property
    def title(self) -> str:
        return self.context.say("Copies of this vault")

    def build(self) -> QWidget:
        self._told, self._listed = Holder(), Holder()
        page = column(self._told, self._about(), self._listed, self._sound())
        self._list()
        return page

    def main_action(self) -> Way | None:
        if not self.presenter.may:
            return None
        return Way(self.context.say("Copy into a folder"), self._copy, "folder")

    def _about(self) -> Card:
        say = self.context.say
        what = say(
            "A copy is encrypted like the vault itself. It opens with the phrases of the day on which it is made, "
            "and a later change of a phrase does not reach it. Whoever finds it sees the name of this vault and "
            "the names at its sign-in, nothing else. Keep it locked away from this laptop."
        )
        return Card(words(say("A copy on a stick"), Size.QUESTION, bold=True), readable(words(what)))

    def _sound(self) -> Card:
        say = self.context.say
        what = say(
            "Every page, the whole journal and every attached file are read and compared, also with what "
            "headquarters confirmed. Nothing is changed."
        )
        check = button(say("Check this vault"), self._check, icon="done")
        return Card(
            words(say("Is this vault sound?"), Size.QUESTION, bold=True), readable(words(what)), row(check)
        )

    def _list(self) -> None:
        say = self.context.say
        lines = self.presenter.lines(say, self.context.words.tag)
        card = Card(words(say("Copies made so far"), Size.QUESTION, bold=True))
        if not lines:
            card.column.addWidget(words(say("None yet. Make one today, on a stick that stays here.")))
        if any(line.opens_for_others for line in lines):
            card.column.addWidget(Banner(Tone.CAREFUL, self._others()))
        for line in lines:
            card.column.addWidget(self._line(line))
        self._listed.put(card)

    def _others(self) -> str:
        return self.context.say(
            "Some copies open for somebody who has left, or with a former phrase. When a newer copy is safe, "
            "destroy these."
        )

    def _line(self, line: CopyLine) -> QWidget:
        say = self.context.say
        return facts(
            [(say("Folder"), line.name), (say("Made on"), line.day), (say("Opens for"), line.opens_for)],
            share=3,
        )

    # --- jobs -----------------------------------------------------------------------------------------

    def _copy(self) -> None:
        folder = self.context.ask_folder(self.context.say("Folder for the copy"))
        if folder is None:
            return
        self.context.background.run(
            partial(self.presenter.copy, folder),
            what=self.context.say("Copying, then reading it back"),
            done=self._copied,
            failed=self._failed,
        )

    def _copied(self, made: Made) -> None:
        self.presenter.made = made
        self._list()
        told = self.context.say(
            "The copy was written and read back. It is in the folder {name}.", name=made.name
        )
        self._told.put(Banner(Tone.DONE, told), *self._unfinished())

    def _unfinished(self) -> list[QWidget]:
        """What an earlier copy left in this folder when it was cut off."""
        say, left = self.context.say, self.presenter.unfinished
        if not left:
            return []
        what = say(
            "An earlier copy into this folder was cut off and is not whole: {names}. Nothing opens it, and it only "
            "takes room.",
            names=", ".join(left),
        )
        return [Card(readable(words(what)), row(button(say("Take it away"), self._tidy, icon="remove")))]

    def _tidy(self) -> None:
        self.presenter.tidy()
        told = self.context.say("What was not whole is gone. The copies are untouched.")
        self._told.put(Banner(Tone.DONE, told))

    def _check(self) -> None:
        self.context.background.run(
            self.presenter.check,
            what=self.context.say("Checking"),
            done=self._checked,
            failed=self._failed,
        )

    def _checked(self, examined: Examined) -> None:
        self.presenter.examined = examined
        faults = (*examined.faults, *self.presenter.journal_faults)
        banners = [Banner(Tone.CAREFUL, self.context.sentence(fault)) for fault in faults]
        if not banners:
            told = self.context.say("Everything was read, and nothing is wrong.")
            banners = [Banner(Tone.DONE, told)]
        self._told.put(*banners, self._proved())

    def _proved(self) -> Card:
        """How far each stream is proved: said also when nothing is wrong."""
        say = self.context.say
        rows = self.presenter.proved(say, self.context.words.tag)
        title = words(say("How far the records are proved"), Size.QUESTION, bold=True)
        return Card(title, facts(rows, share=3))

    def _failed(self, fault: Exception) -> None:
        sentence = self.context.sentence(fault)
        if sentence:
            self._told.put(Banner(Tone.CAREFUL, sentence))
