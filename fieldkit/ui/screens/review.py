"""A translation beside its source, paragraph by paragraph; a named reviewer clears it; saved for a pack."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from fieldkit.domain.errors import FieldkitError
from fieldkit.languages.autonyms import autonym
from fieldkit.languages.marking import mark
from fieldkit.languages.numbers import format_date
from fieldkit.services.reviewing import Review
from fieldkit.ui.presenters import review as presenter
from fieldkit.ui.presenters.review import CHECKS
from fieldkit.ui.screens.screen import Screen, Way, faults_are_told
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import BigButton, button
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.layouts import Columns, flow
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import readable, words, words_in
from fieldkit.ui.widgets.text_box import TextBox

if TYPE_CHECKING:
    from fieldkit.languages.reviewing import Paragraph
    from fieldkit.services.reviewing import Progress
    from fieldkit.ui.context import Context

KEPT_AFTER = 1000
"""Milliseconds after the last key until what was written is kept."""
EVERY_PAGE = mark("Lines that stand on every leaflet")


LINE = 80
"""Characters of a source for which a translation gets one more line to be written in."""


def _lines(source: str) -> int:
    return max(2, len(source) // LINE + 1)


class ReviewScreen(Screen):
    """Without `tag` the languages; with it the leaflets; with `leaflet` its paragraphs."""

    rail: str = "information"

    def __init__(self, context: Context, tag: str = "", leaflet: str = "", who: str = "") -> None:
        super().__init__(context)
        self.tag, self.leaflet, self.who = tag, leaflet, who
        self.review = Review(context.open_vault, tag) if tag else None
        self.boxes: dict[str, TextBox] = {}
        self.states: dict[str, Holder] = {}
        self.told: tuple[Tone, str] | None = None
        self._waiting: set[str] = set()
        self._timer = QTimer()
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEPT_AFTER)
        self._timer.timeout.connect(self.flush)

    @property
    def title(self) -> str:
        say = self.context.say
        return (
            say("Review a translation")
            if not self.tag
            else say("Review: {language}", language=autonym(self.tag))
        )

    def build(self) -> QWidget:
        if self.review is None:
            return self._languages()
        told = [Banner(*self.told)] if self.told else []
        return column(
            *told, *(self._paragraphs(self.review) if self.leaflet else self._leaflets(self.review))
        )

    def main_action(self) -> Way | None:
        if self.review is None or self.leaflet:
            return None
        return Way(self.context.say("Save the file for a pack"), self._save, "folder")

    def left(self) -> None:
        """Keep what was just written."""
        self.flush()

    # Languages, leaflets

    def _languages(self) -> QWidget:
        say = self.context.say
        told = say(
            "Whoever reads a translation here must speak the language as their own. What is written here is "
            "printed nowhere before it came back in a pack that two people signed."
        )
        box = QWidget()
        grid = Columns(box, least=180, gap=8)
        for tag, name in presenter.languages(self.context.open_vault):
            made = BigButton(name, tag=tag)
            made.clicked.connect(partial(self._go, tag, ""))
            grid.addWidget(made)
        return column(readable(words(told, quiet=True)), box)

    def _leaflets(self, review: Review) -> list[QWidget]:
        say = self.context.say
        names = presenter.titles(review.vault, self.context.words.tag)
        opened = button(say("Go on with a file from a translation tool"), self._open, icon="folder")
        return [flow(opened), *(self._row(one, names.get(one.leaflet, "")) for one in review.progress())]

    def _row(self, one: Progress, title: str) -> BigButton:
        say = self.context.say
        name = f"{one.leaflet} · {title}" if title else say(EVERY_PAGE)
        second = say(
            "{reviewed} of {texts} reviewed, {translated} translated, {findings} to look at",
            reviewed=one.reviewed,
            texts=one.texts,
            translated=one.translated,
            findings=one.findings,
        )
        made = BigButton(name, second=second, icon="check" if one.reviewed == one.texts else "form")
        made.clicked.connect(partial(self._go, self.tag, one.leaflet))
        return made

    def _go(self, tag: str, leaflet: str, *_: object) -> None:
        self.context.go("review", tag=tag, leaflet=leaflet, who=self.who)

    # Paragraphs

    def _paragraphs(self, review: Review) -> list[QWidget]:
        say = self.context.say
        who = Field(say("Who is reading it? The name goes with the texts."), value=self.who)
        who.line.textEdited.connect(partial(setattr, self, "who"))
        self.boxes, self.states = {}, {}
        return [Card(who), *(self._card(one) for one in review.of(self.leaflet))]

    def _card(self, one: Paragraph) -> Card:
        say = self.context.say
        card = Card(words_in(one.source, "en", Size.TEXT))
        card.setAccessibleName(one.source)
        if one.is_critical:
            told = words(say("Critical sentence: read it twice."), tone=Tone.CAREFUL)
            card.column.addWidget(marked("careful", told, Tone.CAREFUL))
        box = TextBox(autonym(self.tag), value=one.text, tag=self.tag, lines=_lines(one.source))
        box.edit.textChanged.connect(partial(self._changed, one.context))
        state = Holder(gap=4)
        self.boxes[one.context], self.states[one.context] = box, state
        card.column.addWidget(box)
        card.column.addWidget(state)
        self._show_state(one)
        return card

    def _show_state(self, one: Paragraph) -> None:
        assert self.review is not None, "paragraphs stand in a review"
        say, state = self.context.say, self.states[one.context]
        parts: list[QWidget] = []
        for check in one.findings(self.tag, self.review.glossary):
            said = words(say(CHECKS[check], missing=one.missing()), tone=Tone.CAREFUL)
            parts.append(marked("careful", said, Tone.CAREFUL))
        if one.is_reviewed:
            day = format_date(one.reviewed_on, self.context.words.tag) if one.reviewed_on else ""
            reviewed = words(say("Reviewed by {who} {day}", who=one.reviewed_by, day=day), tone=Tone.DONE)
            again = button(say("Make it a draft again"), partial(self._unmark, one.context), icon="again")
            parts += [marked("check", reviewed, Tone.DONE), flow(again)]
        elif one.text:
            clear = button(
                say("I have read it and it is right"), partial(self._clear, one.context), icon="check"
            )
            parts += [words(say("Draft: nobody has reviewed it."), quiet=True), flow(clear)]
        else:
            parts.append(words(say("Not translated yet: English is printed here."), quiet=True))
        state.put(*parts)

    def _changed(self, context: str) -> None:
        self._waiting.add(context)
        self._timer.start()
        self.context.saved("saving")

    @faults_are_told
    def flush(self) -> None:
        """Keep what was written since the last time."""
        self._timer.stop()
        waiting, self._waiting = self._waiting, set()
        if self.review is None or not waiting:
            return
        for context in sorted(waiting):
            self._show_state(self.review.write(context, self.boxes[context].value))
        self.context.saved()

    @faults_are_told
    def _clear(self, context: str) -> None:
        assert self.review is not None, "paragraphs stand in a review"
        self.flush()
        self._show_state(self.review.clear(context, self.who))
        self.context.saved()

    def _unmark(self, context: str) -> None:
        assert self.review is not None, "paragraphs stand in a review"
        self._show_state(self.review.take_mark_back(context))

    # Files

    def _save(self) -> None:
        folder = self.context.ask_folder(self.context.say("Folder for the translation"))
        if folder is None or self.review is None:
            return
        try:
            path = presenter.save(self.review, folder)
        except FieldkitError as fault:
            self.told = (Tone.CAREFUL, self.context.sentence(fault))
        else:
            said = self.context.say(
                "Saved as {file}. Headquarters puts this folder into a content pack, and two people sign it.",
                file=path.name,
            )
            self.told = (Tone.DONE, said)
        self.show_again()

    def _open(self) -> None:
        name = self.context.say("Translations")
        path = self.context.ask_file(name, f"{name} (*.po)")
        if path is None or self.review is None:
            return
        try:
            presenter.read(self.review, path)
        except FieldkitError as fault:
            self.told = (Tone.CAREFUL, self.context.sentence(fault))
        else:
            self.told = (
                Tone.DONE,
                self.context.say("The file was read. Texts without a reviewer's name are drafts."),
            )
        self.show_again()
