"""People informed at a stall or on the road: one press on a language is one person; kept at the end of the stop."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QWidget

from fieldkit.languages.autonyms import autonym
from fieldkit.ui.presenters.counselling import StopPage
from fieldkit.ui.screens.kept_page import KeptPage
from fieldkit.ui.screens.screen import Way
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.buttons import BigButton, button
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.fold import Fold
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.layouts import Columns, flow
from fieldkit.ui.widgets.picker import Picker
from fieldkit.ui.widgets.text import readable, set_words, words

if TYPE_CHECKING:
    from fieldkit.ui.context import Context

FIRST = 12
"""Languages that are in sight; the others fold out."""


class InformedScreen(KeptPage):
    """No name, no number, nothing about anybody: a count."""

    def __init__(self, context: Context, kept: str = "") -> None:
        super().__init__(context, StopPage(context.open_vault, context.words.tag), kept)
        self.buttons: dict[str, BigButton] = {}
        self._number: QLabel | None = None
        self._counts = Holder()

    @property
    def title(self) -> str:
        return self.context.say("People informed on the way")

    def build(self) -> QWidget:
        say = self.context.say
        told = say("Press the language of each person you inform. Nothing else about them is written down.")
        leaflets = [
            ("", say("no leaflet")),
            *((one, f"{one} · {title}") for one, title in self.page.leaflets),
        ]
        given = Picker(
            say("With this leaflet"), leaflets, self.page.leaflet, partial(setattr, self.page, "leaflet")
        )
        self._number = words("", Size.PERSON)
        self._counts = Holder()
        self.buttons = {}
        parts = column(
            *self.opening(),
            readable(words(told, quiet=True)),
            Card(flow(given, *self.place(), gap=16)),
            Card(self._number, self._counts),
            self._languages(self.page.languages[:FIRST]),
            Fold(say("More languages"), lambda: self._languages(self.page.languages[FIRST:])),
        )
        self._show()
        return parts

    def main_action(self) -> Way | None:
        say = self.context.say
        why = say("Nobody is counted yet.")
        done = say("The stop is kept. The next one begins at nothing.")
        return Way(
            say("Keep this stop"),
            partial(self.keep, done),
            "check",
            enabled=bool(self.page.number),
            why_not=why,
        )

    def afresh(self, done: str) -> None:
        """Stay at this place, with the same leaflet in hand, and count from nothing."""
        self.kept = done
        self.show_again()

    def _languages(self, languages: tuple[tuple[str, str], ...]) -> QWidget:
        box = QWidget()
        grid = Columns(box, least=180, gap=8)
        for tag, name in languages:
            made = BigButton(name, tag=tag, size=Size.QUESTION)
            made.clicked.connect(partial(self._add, tag))
            self.buttons[tag] = made
            grid.addWidget(made)
        return box

    def _add(self, tag: str, *_: object) -> None:
        self.page.add(tag)
        self._show()
        self.context.refresh()

    def _less(self, tag: str) -> None:
        self.page.take_back(tag)
        self._show()
        self.context.refresh()

    def _show(self) -> None:
        if self._number is None:
            return
        told = self.context.words.count("{number} person so far", "{number} people so far", self.page.number)
        set_words(self._number, told)
        say = self.context.say
        rows = [
            flow(
                words(say("{language}: {number}", language=autonym(tag), number=count), wrap=False),
                button(say("One less"), partial(self._less, tag), icon="remove"),
            )
            for tag, count in self.page.people.items()
            if count
        ]
        if self._counts.parentWidget() is not None:
            self._counts.put(*rows)
