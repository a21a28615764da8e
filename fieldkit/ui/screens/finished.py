"""A finished interview: looked at, corrected, printed. What it points to stands on the case's own page."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.content import trainings
from fieldkit.domain.errors import FieldkitError
from fieldkit.domain.ids import spoken_number
from fieldkit.languages import catalogues
from fieldkit.languages.isolates import isolate, isolate_words
from fieldkit.languages.numbers import format_date, format_list
from fieldkit.ui.presenters.finished import FinishedPage
from fieldkit.ui.screens.screen import Screen, faults_are_told
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.autonyms import autonyms
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.carry import NO, WHOLE, about_record
from fieldkit.ui.widgets.choices import ChoiceGrid
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.into_view import bring_into_view
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.sealed import sealed_card
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.services.history import History
    from fieldkit.ui.context import Context


class FinishedScreen(Screen):
    """`about` is what it is kept under: `case/…` or `submission/…`."""

    rail: str = "home"

    def __init__(self, context: Context, about: str) -> None:
        super().__init__(context)
        self._about = about
        self.page: FinishedPage | None = None
        self.fault: FieldkitError | None = None
        self.carry: ChoiceGrid | None = None
        self._read()

    @property
    def title(self) -> str:
        return self.context.say("The interview")

    def _read(self) -> None:
        try:
            self.page = FinishedPage(self.context.open_vault, self._about, self.context.words.tag)
        except FieldkitError as fault:
            self.fault = fault

    def build(self) -> QWidget:
        if self.language_changed():
            self._read()
        if self.page is None:
            assert self.fault is not None, "one of the two is there"
            return Card(readable(words(self.context.sentence(self.fault), Size.QUESTION)))
        number = self.context.say(
            "Number {number}", number=isolate(spoken_number(self._about.partition("/")[2]))
        )
        parts: list[QWidget] = [words(number, Size.QUESTION, bold=True)]
        parts += [self._card(held) for held in self.page.histories]
        return column(*parts)

    def _card(self, held: History) -> Card:
        say, page, newest = self.context.say, self.page, held.newest
        assert page is not None
        card = Card(words(page.form_title(newest), Size.QUESTION, bold=True))
        tag = self.context.words.tag
        rows: list[tuple[str, str | QWidget]] = [(say("Day of the talk"), format_date(newest.happened, tag))]
        paper = newest.paper
        rows.append(
            (say("Who led the talk"), isolate_words(paper.interviewer if paper else held.versions[0].by))
        )
        trained = held.versions[0].trained
        if trained is not None:
            spoken = catalogues.load(tag, "codebook")
            book = self.context.open_vault.codebook
            names = format_list((book.choice_label(trainings.LIST, one, spoken) for one in trained), tag)
            rows.append((say("Trained in"), names if trained else say("Nothing written down")))
        said = newest.payload["languages"]
        rows.append((say("Languages"), autonyms(dict.fromkeys((said["officer"], said["person"])))))
        if paper is not None:
            rows.append((say("Place"), isolate_words(paper.place)))
        card.column.addWidget(facts(rows, share=3))
        if paper is not None:
            day = format_date(held.versions[0].written[:10], tag)
            told = say("Written on paper first, and keyed in on {day}.", day=day)
            card.column.addWidget(marked("note", readable(words(told))))
        if len(held.versions) > 1:
            told = self.context.words.count(
                "Corrected {number} time.", "Corrected {number} times.", len(held.versions) - 1
            )
            card.column.addWidget(marked("note", words(told)))
        if newest.hidden:
            card.column.addWidget(sealed_card(self.context, newest.hidden))
        place = Holder()
        card.column.addWidget(flow(*self._ways(held, place)))
        card.column.addWidget(place)
        return card

    def _ways(self, held: History, place: Holder) -> list[QWidget]:
        say, page = self.context.say, self.page
        assert page is not None
        ways: list[QWidget] = []
        if held.newest.xml and not held.newest.hidden:  # a correction is a whole interview
            ways.append(button(say("Correct an answer"), partial(self._correct, held), icon="form"))
        if held.newest.xml:
            show = partial(self.context.go, "history", about=self._about, instance=held.newest.instance_id)
            ways.append(button(say("History"), show, icon="list"))
        if held.newest.xml and page.may_print:
            ways.append(
                button(say("Print it for the file"), partial(self._print, held, along=False), icon="print")
            )
            ask = partial(self._ask_carry, held, place)
            ways.append(button(say("Print it for the person"), ask, icon="print"))
        return ways

    @faults_are_told
    def _correct(self, held: History) -> None:
        assert self.page is not None
        draft = self.page.correct(held.newest)
        self.context.go("interview", draft=draft)

    def _ask_carry(self, held: History, place: Holder) -> None:
        asked = about_record(self.context.say, lambda said: self._carried(held, said, place))
        self.carry = asked.grid
        place.put(asked)
        asked.grid.focus_first()
        bring_into_view(place)

    def _carried(self, held: History, said: str, place: Holder) -> None:
        if said == NO:
            told = self.context.say("Nothing is printed. The person can read it here, today or another day.")
            place.put(marked("note", readable(words(told))))
            return
        self._print(held, along=True, private=said == WHOLE)

    def _print(self, held: History, *, along: bool, private: bool = False) -> None:
        assert self.page is not None
        paper = self.page.record_paper(held.newest, along=along, private=private)
        self.context.go("pages", paper=paper, title=self.context.say("What was said"), rail="home")
