"""The library of leaflets: find one, choose a language, look at the real pages, print."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QLabel, QWidget

from fieldkit.languages.numbers import format_date
from fieldkit.ui import theme
from fieldkit.ui.presenters.information import Edition, Library, Row
from fieldkit.ui.presenters.pages import leaflet_paper
from fieldkit.ui.screens.screen import Screen
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.buttons import BigButton, button
from fieldkit.ui.widgets.card import Card, column, row
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.layouts import Columns
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.ui.context import Context


class InformationScreen(Screen):
    """One press on a language shows the leaflet as it comes out of the printer."""

    rail: ClassVar[str] = "information"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.presenter = Library(context.open_vault, context.words.tag)
        self.buttons: dict[tuple[str, str], BigButton] = {}
        self.cards: dict[str, Card] = {}
        self._nothing: QLabel | None = None

    @property
    def title(self) -> str:
        return self.context.say("Information")

    def build(self) -> QWidget:
        if self.language_changed():
            self.presenter = Library(self.context.open_vault, self.context.words.tag)
        say = self.context.say
        told = say("Choose the person's language. The pages are shown before they are printed.")
        field = Field(say("Find a leaflet: type a word of its title, in any language"), size=Size.TEXT)
        field.line.textChanged.connect(self._find)
        parts: list[QWidget] = [self._others(), readable(words(told, quiet=True)), field]
        self.buttons = {}
        self.cards = {one.id: self._leaflet(one) for one in self.presenter.rows}
        self._nothing = words(say("No leaflet has these words in its title."), Size.QUESTION)
        self._nothing.setVisible(False)
        parts += [*self.cards.values(), self._nothing]
        return column(*parts)

    def _others(self) -> QWidget:
        """What else is here stands above the list, which is long."""
        say = self.context.say
        others = [button(say("Complaints"), lambda: self.context.go("complaint"), icon="note")]
        if self.presenter.may_edit_contacts:
            contacts = button(
                say("Contacts of this place"),
                lambda: self.context.go("directory", rail="information"),
                icon="list",
            )
            others.insert(0, contacts)
        return row(*others)

    def _find(self, typed: str) -> None:
        shown = self.presenter.found(typed)
        for leaflet, card in self.cards.items():
            card.setVisible(leaflet in shown)
        if self._nothing is not None:
            self._nothing.setVisible(not shown)

    def _leaflet(self, one: Row) -> Card:
        say = self.context.say
        px = theme.current().px
        dated = say(
            "{leaflet} · version {version} · {day}",
            leaflet=one.id,
            version=one.version,
            day=format_date(one.date, self.context.words.tag),
        )
        grid = QWidget()
        cells = Columns(grid, least=px(280), most=3, gap=px(8))
        for edition in one.editions:
            cells.addWidget(self._edition(one, edition))
        card = Card(words(one.title, Size.QUESTION, bold=True), words(dated, quiet=True), grid)
        card.setAccessibleName(one.title)
        return card

    def _edition(self, one: Row, edition: Edition) -> BigButton:
        status = self.context.say(edition.status)
        made = BigButton(edition.autonym, tag=edition.language, second=status, icon="information")
        made.clicked.connect(partial(self._show, one, edition.language))
        self.buttons[one.id, edition.language] = made
        return made

    def _show(self, one: Row, language: str, *_: object) -> None:
        paper = leaflet_paper(self.context.open_vault, one.id, language)
        self.context.go("pages", paper=paper, title=one.title)
