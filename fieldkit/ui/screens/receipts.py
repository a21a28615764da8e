"""Receipts: what headquarters holds of this post; at headquarters, what every post is told."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.domain.errors import FieldkitError
from fieldkit.languages.isolates import isolate_words
from fieldkit.languages.numbers import format_date, format_number
from fieldkit.sync.erasures import KIND as ERASURE
from fieldkit.sync.receipts import KIND as RECEIPT
from fieldkit.ui.presenters.receipts import OfficeReceipts, Receipts, Taken, is_office
from fieldkit.ui.screens.screen import Screen, Way, faults_are_told
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.services.exchange import Exported
    from fieldkit.services.receipts import ReadyReceipt
    from fieldkit.ui.context import Context

STATEMENTS = "*.fks"


class ReceiptsScreen(Screen):
    """Reached from Exchange; what stands there follows the desk."""

    rail: str = "exchange"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._part = _Office(self) if is_office(context.open_vault) else _Post(self)

    @property
    def title(self) -> str:
        return self.context.say("Receipts")

    def build(self) -> QWidget:
        return self._part.build()

    def main_action(self) -> Way | None:
        return self._part.main_action()


def receipts_card(context: Context) -> Card:
    """The small part of Exchange: how far headquarters holds what is here, and the way to this page."""
    say, tag = context.say, context.words.tag
    page = Receipts(context.open_vault)
    if page.standing is None:
        told = say("Headquarters has not confirmed anything yet. Everything is kept here, and goes again.")
    else:
        told = say(
            "Headquarters holds records up to number {held} of {here}, as it signed on {day}.",
            held=format_number(page.standing.number, tag),
            here=format_number(page.here, tag),
            day=format_date(page.standing.day, tag),
        )
    way = button(say("Receipts"), partial(context.go, "receipts"), icon="done")
    return Card(
        words(say("What headquarters holds"), Size.QUESTION, bold=True), readable(words(told)), flow(way)
    )


class _Post:
    """What a post sees."""

    def __init__(self, screen: Screen) -> None:
        self.context = screen.context
        self.page = Receipts(self.context.open_vault)
        self._told, self._state = Holder(), Holder()

    def build(self) -> QWidget:
        self._told, self._state = Holder(), Holder()
        page = column(self._told, self._state)
        self._fill()
        return page

    def main_action(self) -> Way | None:
        if not self.page.may:
            return None
        return Way(self.context.say("Take in a file from headquarters"), self._take_in, "folder")

    def _fill(self) -> None:
        say, tag, standing = self.context.say, self.context.words.tag, self.page.standing
        if standing is None:
            told = say("No receipt has come yet.")
            todo = say(
                "Bring an export to headquarters, and bring its answer back: a file that ends in .fks. Until then "
                "everything stays here, and every export has all of it."
            )
            self._state.put(Card(EmptyState(told, todo, icon="done")))
            return
        rows = [
            (say("Headquarters holds"), self._up_to(standing.number)),
            (say("Safe there, on a second disk"), self._up_to(standing.safe)),
            (say("Here"), self._up_to(self.page.here)),
            (say("Signed on"), format_date(standing.day, tag)),
            (say("Waiting to be sent"), format_number(self.page.waiting, tag)),
        ]
        card = Card(words(say("What headquarters holds"), Size.QUESTION, bold=True), facts(rows, share=3))
        parts: list[QWidget] = [card]
        if standing.went_back:
            told = say(
                "Headquarters holds less than it said before: it was put back to an earlier day. The next export "
                "sends again what is not safe there."
            )
            parts.insert(0, Banner(Tone.CAREFUL, told))
        elif self.page.not_safe and self.page.may:
            parts.append(self._again())
        self._state.put(*parts)

    def _up_to(self, number: int) -> str:
        if not number:
            return self.context.say("nothing yet")
        shown = format_number(number, self.context.words.tag)
        return self.context.say("up to number {number}", number=shown)

    def _again(self) -> Card:
        say = self.context.say
        told = say(
            "If headquarters tells you that its records were lost, send again what was not safe there. Sending "
            "twice does no harm."
        )
        way = button(say("Send again what is not safe"), self._send_again, icon="exchange")
        return Card(words(say("When headquarters lost records"), bold=True), readable(words(told)), flow(way))

    def _take_in(self) -> None:
        name = self.context.say("File from headquarters")
        path = self.context.ask_file(name, f"{name} ({STATEMENTS})")
        if path is None:
            return
        try:
            taken = self.page.take_in(path)
        except FieldkitError as fault:
            self._told.put(Banner(Tone.CAREFUL, self.context.sentence(fault)))
            return
        self._fill()
        self._told.put(Banner(Tone.DONE, self._sentence(taken)))
        self.context.saved()

    def _sentence(self, taken: Taken) -> str:
        say = self.context.say
        if not taken.new:
            return say("This file says nothing new. Nothing was changed.")
        if taken.kind == RECEIPT:
            return say("The receipt was taken in.")
        if taken.erased:
            return say("What headquarters signed was erased here, for ever.")
        if taken.kind == ERASURE:
            return say("Headquarters erased what it held. What is here stays.")
        return say("What headquarters says was taken in.")

    def _send_again(self) -> None:
        folder = self.context.ask_folder(self.context.say("Folder for the sealed files"))
        if folder is not None:
            self.context.background.run(
                partial(self.page.send_again, folder),
                what=self.context.say("Sealing"),
                done=self._sent,
                failed=self._failed,
            )

    def _sent(self, done: Exported) -> None:
        self._told.put(
            Banner(Tone.DONE, self.context.say("The sealed files are written. Bring them to headquarters.")),
            facts([(self.context.say("File"), name) for name in done.files]),
        )

    def _failed(self, fault: Exception) -> None:
        sentence = self.context.sentence(fault)
        if sentence:
            self._told.put(Banner(Tone.CAREFUL, sentence))


class _Office:
    """What headquarters sees."""

    def __init__(self, screen: Screen) -> None:
        self.context = screen.context
        self.page = OfficeReceipts(self.context.open_vault)
        self._told = Holder()

    def build(self) -> QWidget:
        say = self.context.say
        self._told = Holder()
        if not self.page.ready:
            told = say("Nothing has been received yet.")
            todo = say("After the first import, what every post is told stands here.")
            return column(Card(EmptyState(told, todo, icon="done")))
        what = say(
            "A receipt tells a post what is held here, and what is safe: in a copy of this vault on another disk "
            "that was read back. A post removes nothing before it is safe. Make such a copy after every import."
        )
        copies = button(say("Copies of this vault"), partial(self.context.go, "backup"), icon="folder")
        about = Card(readable(words(what)), flow(copies))
        return column(self._told, about, *(self._post(one) for one in self.page.ready))

    def main_action(self) -> Way | None:
        if not self.page.ready:
            return None
        return Way(self.context.say("Write the receipts into a folder"), self._write, "folder")

    def _post(self, one: ReadyReceipt) -> Card:
        say, tag = self.context.say, self.context.words.tag
        safe = say("nothing yet") if not one.receipt.safe else format_number(one.receipt.safe, tag)
        rows = [
            (say("Held here, up to number"), format_number(one.receipt.number, tag)),
            (say("Safe, up to number"), safe),
        ]
        return Card(words(isolate_words(one.post), Size.QUESTION, bold=True), facts(rows, share=3))

    @faults_are_told
    def _write(self) -> None:
        folder = self.context.ask_folder(self.context.say("Folder for the receipts"))
        if folder is None:
            return
        names = self.page.write(folder)
        told = self.context.words.count(
            "{number} file was written. It is not secret. Give it to its post.",
            "{number} files were written. They are not secret. Give them to the posts.",
            len(names),
        )
        self._told.put(Banner(Tone.DONE, told))
