"""What readers say about leaflets: kept here, sent to headquarters, so that the next version is better (R-152)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from fieldkit.languages.autonyms import autonym
from fieldkit.languages.isolates import isolate_words
from fieldkit.languages.marking import mark
from fieldkit.languages.numbers import format_date
from fieldkit.services import informing
from fieldkit.services.counselling import Reader, Understood
from fieldkit.ui.presenters.counselling import READERS, UNDERSTOOD, CommentPage
from fieldkit.ui.screens.kept_page import KeptPage, written
from fieldkit.ui.screens.screen import Way
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.picker import Picker
from fieldkit.ui.widgets.text import words
from fieldkit.ui.widgets.text_box import TextBox

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fieldkit.services.informing import Said
    from fieldkit.ui.context import Context


class CommentsScreen(KeptPage):
    """A page to write one, and below it those that are held here."""

    MISSING: ClassVar[Mapping[str, str]] = {
        "leaflet": mark("Choose the leaflet."),
        "language": mark("Choose the language in which it was read."),
        "reader": mark("Choose what kind of reader it was."),
        "text": mark("Write what the reader said, or choose whether it was understood."),
    }

    def __init__(self, context: Context, leaflet: str = "", kept: str = "") -> None:
        page = CommentPage(context.open_vault, context.words.tag, leaflet=leaflet)
        super().__init__(context, page, kept)

    @property
    def title(self) -> str:
        return self.context.say("What readers say about leaflets")

    def build(self) -> QWidget:
        say = self.context.say
        offered = [("", say("choose")), *((one, f"{one} · {title}") for one, title in self.page.leaflets)]
        leaflet = Picker(say("Leaflet"), offered, self.page.leaflet, partial(setattr, self.page, "leaflet"))
        held = informing.comments(self.page.vault)
        below = [words(say("Held here"), Size.QUESTION, bold=True)] if held else []
        return column(
            *self.opening(),
            Card(flow(leaflet, self.language(say("Read in")), gap=16)),
            self.grid("reader", say("Who read it?"), READERS),
            self.grid("understood", say("Was it understood?"), UNDERSTOOD),
            Card(self._text()),
            *below,
            *(self._said(one) for one in held),
        )

    def main_action(self) -> Way | None:
        say = self.context.say
        return self.keep_way(say("Keep this comment"), say("The comment is kept. It goes to headquarters."))

    def _text(self) -> QWidget:
        say = self.context.say
        hint = say(
            "Which sentence, which word, which picture. Write no name and nothing about the reader's life."
        )
        box = TextBox(say("What did the reader say?"), hint=hint, value=self.page.text)
        box.edit.textChanged.connect(written(self.page, "text", box, lines=False))
        return box

    def _said(self, one: Said) -> Card:
        say = self.context.say
        title = dict(self.page.leaflets).get(one.leaflet, "")
        about = say(
            "{leaflet}, version {version}, {language} · {day}",
            leaflet=" · ".join(filter(None, (one.leaflet, isolate_words(title)))),
            version=one.version,
            language=autonym(one.language),
            day=format_date(one.day, self.context.words.tag),
        )
        who = say(READERS[Reader(one.reader)]) if one.reader in set(Reader) else one.reader
        answer = say(UNDERSTOOD[Understood(one.understood)]) if one.understood in set(Understood) else ""
        card = Card(
            words(about, bold=True), words(" · ".join(part for part in (who, answer) if part), quiet=True)
        )
        if one.text:
            card.column.addWidget(words(one.text))
        return card
