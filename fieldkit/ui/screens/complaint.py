"""A complaint: hotline and paper for everybody, and a sealed one in a counsellor's own session."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.domain.errors import FieldkitError
from fieldkit.languages.autonyms import autonym
from fieldkit.languages.isolates import isolate_numbers, isolate_words
from fieldkit.ui.fields.field import Lines
from fieldkit.ui.presenters.complaint import ComplaintPage
from fieldkit.ui.screens.screen import Screen, Way
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import readable, set_words, words, words_in

if TYPE_CHECKING:
    from fieldkit.content.directory import Service
    from fieldkit.ui.context import Context

LINES = 12


class ComplaintScreen(Screen):
    """Nothing typed here is kept anywhere before it is sealed; leaving the page empties it."""

    rail: str = "information"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.presenter = ComplaintPage(context.open_vault)
        self.lines: Lines | None = None
        self._room = words("")

    @property
    def title(self) -> str:
        return self.context.say("Complaints")

    def build(self) -> QWidget:
        say, page = self.context.say, self.presenter
        told = say(
            "Anybody may complain, also about this post and the people who work here. It changes nothing "
            "about the help a person gets."
        )
        parts: list[QWidget] = [readable(words(told)), *self._hotlines(), self._paper()]
        parts.append(self._here() if page.refusal is None else self._not_here(page.refusal))
        return column(*parts)

    def main_action(self) -> Way | None:
        if self.presenter.refusal is not None:
            return None
        return Way(self.context.say("Seal it and lock"), self._seal, "lock")

    def left(self) -> None:
        if self.lines is not None:
            self.lines.clear()
            self.lines.document().clearUndoRedoStacks()

    # First the hotline and the paper

    def _hotlines(self) -> list[QWidget]:
        say, page = self.context.say, self.presenter
        if page.offer.services:
            return [self._hotline(one) for one in page.offer.services]
        state = EmptyState(
            say("No independent body is in the directory yet."),
            say("Enter its telephone number and address under Contacts of this place."),
            icon="note",
        )
        return [Card(state)]

    def _hotline(self, one: Service) -> Card:
        say = self.context.say
        card = Card(words(isolate_words(one.name), Size.QUESTION, bold=True))
        if one.sample:
            told = say("Invented, for training only. Nobody is there.")
            card.column.addWidget(marked("careful", words(told, tone=Tone.CAREFUL), Tone.CAREFUL))
        rows: list[tuple[str, str | QWidget]] = [
            (say("Phone"), words_in(one.phone, "en", Size.PERSON, bold=True)),
            (say("Opening hours"), isolate_numbers(one.hours)),
        ]
        if one.place_on_paper:
            rows.append((say("Place"), one.place_on_paper))
        card.column.addWidget(facts(rows, share=3))
        return card

    def _paper(self) -> Card:
        say = self.context.say
        told = say(
            "The person writes it alone, and gives or sends it there. It does not come back to this post."
        )
        shown = [
            button(autonym(tag), partial(self._show_paper, tag), icon="print")
            for tag in self.presenter.languages
        ]
        choose = words(
            say("Choose the person's language. The pages are shown before they are printed."), quiet=True
        )
        return Card(
            words(say("On paper"), Size.QUESTION, bold=True),
            readable(words(told)),
            readable(choose),
            flow(*shown),
        )

    def _show_paper(self, language: str) -> None:
        paper = self.presenter.paper(language)
        self.context.go(
            "pages", paper=paper, title=self.context.say("Complaint on paper"), rail="information"
        )

    # Then the sealed one

    def _not_here(self, refusal: FieldkitError) -> QWidget:
        return Banner(Tone.NOTE, self.context.sentence(refusal))

    def _here(self) -> Card:
        say, page = self.context.say, self.presenter
        name = say("What the person wants to tell")
        told = say(
            "Only {body} can read it. It is sealed with the name of this post and the week, without the "
            "person's number, and nobody at this post can see that it exists. Nothing is kept before you "
            "seal it. Then this program locks.",
            body=isolate_words(page.offer.body),
        )
        ask = say("Write what the person says, in their words. Names only if they want them there.")
        self.lines = Lines(name)
        self.lines.stand(LINES)
        self.lines.setUndoRedoEnabled(False)
        self.lines.textChanged.connect(self._measure)
        self._room = words("", quiet=True)
        return Card(
            words(name, Size.QUESTION, bold=True),
            readable(words(told)),
            readable(words(ask, quiet=True)),
            self.lines,
            self._room,
        )

    def _measure(self) -> None:
        assert self.lines is not None
        over = self.presenter.over(self.lines.toPlainText())
        told = self.context.words.count(
            "{number} sign too long for one record.", "{number} signs too long for one record.", over
        )
        set_words(self._room, told if over else "")

    def _seal(self) -> None:
        assert self.lines is not None
        try:
            self.presenter.seal(self.lines.toPlainText())
        except FieldkitError as fault:
            self.context.show_error(fault)
            return
        self.left()
        self.context.lock()
