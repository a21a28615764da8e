"""The library of leaflets: group, place, language, and it is printed; search in every language (R-141)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from fieldkit.languages.autonyms import autonym
from fieldkit.languages.numbers import format_date
from fieldkit.services import cards as made_cards
from fieldkit.services.counsel import ON_CARDS
from fieldkit.ui import printing
from fieldkit.ui.presenters.information import LATELY, MARKED, Edition, Library, Row
from fieldkit.ui.presenters.pages import Once, document_paper, edition_paper
from fieldkit.ui.screens.information_ways import library_ways
from fieldkit.ui.screens.screen import Screen
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button, turning
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.fold import Fold
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.number_box import number_box
from fieldkit.ui.widgets.picker import Picker
from fieldkit.ui.widgets.text import words, words_in

if TYPE_CHECKING:
    from fieldkit.ui.context import Context

MOST_COPIES = 500
MOST_ALSO = 3
"""Nearest languages that are offered instead of one without text."""


class InformationScreen(Screen):
    """Without a language every leaflet shows the languages it has; with one, a press prints."""

    rail: str = "information"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.presenter = Library(context.open_vault, context.words.tag)
        self.printers = printing.printers()
        self.buttons: dict[tuple[str, str], QPushButton] = {}
        self.cards: dict[str, Card] = {}
        self._typed = ""
        self._list = Holder()
        self._nothing: QLabel | None = None

    @property
    def title(self) -> str:
        return self.context.say("Information")

    def build(self) -> QWidget:
        if self.language_changed():
            self.presenter = Library(self.context.open_vault, self.context.words.tag, self.presenter.wanted)
        say = self.context.say
        field = Field(say("Find a leaflet: type any word of it, in any language"), size=Size.TEXT)
        field.line.setText(self._typed)
        field.line.textChanged.connect(self._find)
        self._nothing = words(say("No leaflet has these words in its title."), Size.QUESTION)
        self._nothing.setVisible(False)
        self._list = Holder(gap=16)
        whole = column(
            library_ways(self.context, self.presenter),
            Card(field, self._choices(), Fold(say("How it is put on paper"), self._paper)),
            self._nothing,
            self._list,
        )
        self._fill()
        return whole

    # What is chosen above the list

    def _choices(self) -> QWidget:
        say, page = self.context.say, self.presenter
        groups = [
            ("", say("everybody")),
            (MARKED, say("marked here")),
            (LATELY, say("printed lately")),
            *((one, page.group_name(one)) for one in page.groups),
        ]
        languages = [("", say("every language")), *page.languages()]
        parts: list[QWidget] = [
            Picker(say("For whom"), groups, page.wanted.group, partial(self._choose, "group")),
            Picker(say("Language"), languages, page.wanted.language, partial(self._choose, "language")),
        ]
        if page.places:
            places = [("", page.vault.name), *((one.id, one.name) for one in page.places)]
            parts.append(Picker(say("Place"), places, page.wanted.place, partial(self._choose, "place")))
        return flow(*parts, gap=16)

    def _paper(self) -> QWidget:
        say, page = self.context.say, self.presenter
        beside = [("", say("one language only")), *page.languages()]
        also = [("", say("not asked yet")), *page.languages()]
        second = page.wanted.also[0] if page.wanted.also else ""
        large = turning(say("Large print"))
        large.setChecked(page.wanted.large)
        large.toggled.connect(lambda on: page.choose(large=on))
        return flow(
            number_box(
                say("Copies"), page.wanted.copies, MOST_COPIES, lambda number: page.choose(copies=number)
            ),
            large,
            Picker(say("Beside it"), beside, page.wanted.beside, lambda tag: page.choose(beside=tag)),
            Picker(say("The person also reads"), also, second, self._also),
            gap=16,
        )

    def _choose(self, name: str, value: str) -> None:
        self.presenter.choose(**{name: value})
        self._fill()

    def _also(self, tag: str) -> None:
        self.presenter.choose(also=(tag,) if tag else ())
        self._fill()

    # The list

    def _fill(self) -> None:
        self.buttons = {}
        self.cards = {one.id: self._leaflet(one) for one in self.presenter.rows}
        shown = self.presenter.found(self._typed)
        whole = column(*self.cards.values())  # at once: one by one each would lay out the page anew
        for leaflet, card in self.cards.items():
            card.setHidden(leaflet not in shown)
        self._list.put(whole)
        self._find(self._typed)

    def _find(self, typed: str) -> None:
        self._typed = typed
        shown = self.presenter.found(typed)
        for leaflet, card in self.cards.items():
            if card.isHidden() == (leaflet in shown):  # each change lays out the page
                card.setVisible(leaflet in shown)
        if self._nothing is not None:
            self._nothing.setVisible(not shown)

    def _leaflet(self, one: Row) -> Card:
        say, page = self.context.say, self.presenter
        dated = say(
            "{leaflet} · version {version} · {day}",
            leaflet=one.id,
            version=one.version,
            day=format_date(one.date, self.context.words.tag),
        )
        card = Card(words(one.title, Size.QUESTION, bold=True), words(dated, quiet=True))
        card.setAccessibleName(one.title)
        if not page.wanted.language:
            for status, editions in one.by_status():
                held = [words(say(status), quiet=True, wrap=False)]
                card.column.addWidget(flow(*held, *(self._edition(one, held) for held in editions), gap=8))
            card.column.addWidget(flow(self._mark(one)))
        elif page.status(one.id):
            self._there(card, one)
        else:
            self._instead(card, one)
        return card

    def _there(self, card: Card, one: Row) -> None:
        """There is text in the language: print it, or look at it first."""
        say, page = self.context.say, self.presenter
        tag = page.wanted.language
        status = flow(
            words_in(autonym(tag), tag, wrap=False), words(say(page.status(one.id)), quiet=True, wrap=False)
        )
        card.column.addWidget(status)
        look = button(say("Look at the pages"), partial(self._show, one, tag), icon="show")
        ways: list[QWidget] = [look, self._mark(one)]
        if self.printers:
            ways.insert(0, button(say("Print"), partial(self._print, one, tag), icon="print", role="main"))
        if page.has_pictures(one.id):
            ways.append(self._in_pictures(one, tag))
        if one.id in ON_CARDS:
            pocket = partial(self._open, one, tag, False, None, card=True)
            ways.append(button(say("Cards for the pocket"), pocket, icon="show"))
        ways.append(button(say("Listen, or read it aloud"), partial(self._listen, one, tag), icon="listen"))
        self.buttons[one.id, tag] = look
        card.column.addWidget(flow(*ways))

    def _instead(self, card: Card, one: Row) -> None:
        """There is none: say so, and offer what there is."""
        say, page = self.context.say, self.presenter
        told = say("There is no text in this language. Ask whether the person also reads one of these:")
        card.column.addWidget(Banner(Tone.NOTE, told))
        offered = page.instead(one.id)
        editions = {edition.language: edition for edition in one.editions}
        near = [self._edition(one, editions[tag]) for tag in offered.languages[:MOST_ALSO]]
        card.column.addWidget(flow(*near, gap=8))
        ways: list[QWidget] = [self._mark(one)]
        if offered.pictures:
            ways.insert(0, self._in_pictures(one, offered.languages[0] if offered.languages else "en"))
        calls = button(say("Card that calls for an interpreter"), self._interpreter, icon="language")
        card.column.addWidget(flow(*ways, calls))

    def _edition(self, one: Row, edition: Edition) -> QPushButton:
        made = button(edition.autonym, partial(self._show, one, edition.language), icon="information")
        made.setToolTip(self.context.say(edition.status))
        self.buttons[one.id, edition.language] = made
        return made

    def _in_pictures(self, one: Row, tag: str) -> QPushButton:
        return button(self.context.say("In pictures"), partial(self._show, one, tag, True), icon="show")

    def _mark(self, one: Row) -> QPushButton:
        made = turning(self.context.say("Mark this leaflet"))
        made.setChecked(one.id in self.presenter.marked)
        made.toggled.connect(lambda on: self.presenter.mark(one.id, on=on))
        return made

    # Where it leads

    def _show(self, one: Row, language: str, pictures: bool = False) -> None:
        self._open(one, language, pictures, None)

    def _print(self, one: Row, language: str) -> None:
        self._open(one, language, False, Once())

    def _open(
        self, one: Row, language: str, pictures: bool, at_once: Once | None, *, card: bool = False
    ) -> None:
        page = self.presenter
        wanted = page.edition(one.id, language, pictures=pictures, card=card)
        paper = edition_paper(page.vault, wanted, page.wanted.copies)
        notes = self._notes(one)
        self.context.go("pages", paper=paper, title=one.title, notes=notes, at_once=at_once)

    def _listen(self, one: Row, language: str) -> None:
        self.context.go("clips", leaflet=one.id, tag=language)

    def _notes(self, one: Row) -> list[str]:
        """What is said above the pages about lines of this place (K-26, K-33)."""
        page, count = self.presenter, self.context.words.count
        out, old = page.left_out(one.id), page.to_check(one.id)
        notes = []
        if out:
            told = count(
                "{number} line of this leaflet is past its day, so it is left out: the paper has a line to write "
                "on. Look at Lines that leaflets need.",
                "{number} lines of this leaflet are past their day, so they are left out: the paper has lines to "
                "write on. Look at Lines that leaflets need.",
                len(out),
            )
            notes.append(told)
        if old:
            told = count(
                "{number} line of this leaflet should be checked: ask whether it is still so.",
                "{number} lines of this leaflet should be checked: ask whether they are still so.",
                len(old),
            )
            notes.append(told)
        return notes

    def _interpreter(self) -> None:
        context = self.context
        tag = self.presenter.wanted.language
        paper = document_paper(
            context.open_vault,
            "interpreter-card",
            context.words.tag,
            lambda: made_cards.interpreter_card(tag, context.words),
        )
        context.go("pages", paper=paper, title=context.say("Card that calls for an interpreter"))
