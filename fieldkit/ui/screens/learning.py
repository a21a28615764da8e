"""Learn by modules: what there is, what one passed, its paper, and which module covers which chapter (N-099)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.languages.isolates import isolate_words
from fieldkit.languages.numbers import format_date, format_list
from fieldkit.services import learning
from fieldkit.services.learning import OPENS_NOTHING, Lessons
from fieldkit.ui.presenters.pages import document_paper
from fieldkit.ui.screens.screen import Screen
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.fold import Fold
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.content.learning import Module
    from fieldkit.ui.context import Context


class LearningScreen(Screen):
    """For oneself, whoever one is at the desk."""

    rail: str = "help"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.lessons = Lessons(context.open_vault, context.words.tag)

    @property
    def title(self) -> str:
        return self.context.say("Learn by modules")

    def build(self) -> QWidget:
        if self.language_changed():
            self.lessons = Lessons(self.context.open_vault, self.context.words.tag)
        say, vault = self.context.say, self.context.open_vault
        told = say(
            "Some short questions, each with its reason. Nothing is counted: go on until you know them."
        )
        passed = {one.module: one.day for one in learning.passed(vault, vault.person.id)}
        cards = [self._module(one, passed.get(one.id, "")) for one in self.lessons.course.modules]
        notes = [readable(words(told)), readable(words(say(OPENS_NOTHING), quiet=True))]
        return column(*notes, *cards, coverage(self.context, self.lessons))

    def _module(self, one: Module, day: str) -> Card:
        say, lessons = self.context.say, self.lessons
        name = lessons.title(one)
        card = Card(words(name, Size.QUESTION, bold=True), readable(words(lessons.about(one))))
        number = self.context.words.count("{number} question", "{number} questions", len(one.questions))
        card.column.addWidget(words(number, quiet=True))
        go = partial(self.context.go, "quiz", module=one.id)
        begin = button(say("Again") if day else say("Begin"), go, icon="again" if day else "next")
        begin.setAccessibleName(f"{begin.text()}: {name}")
        ways = [begin]
        if day:
            told = say("Passed on {day}", day=format_date(day, self.context.words.tag))
            card.column.addWidget(marked("done", words(told, bold=True, tone=Tone.DONE), Tone.DONE))
            paper = button(say("The paper"), partial(self._print, one.id), icon="print")
            paper.setAccessibleName(f"{say('The paper')}: {name}")
            ways.append(paper)
        card.column.addWidget(flow(*ways))
        return card

    def _print(self, module: str) -> None:
        vault, tag = self.context.open_vault, self.context.words.tag
        make = partial(learning.certificate, vault, module, tag)
        paper = document_paper(vault, "certificate", tag, make)
        self.context.go("pages", paper=paper, title=self.context.say("Module passed"), rail="help")


def coverage(context: Context, lessons: Lessons) -> Fold:
    """Which module covers which chapter of the booklet."""

    def table() -> QWidget:
        tag, none = context.words.tag, context.say("no module yet")
        rows = [
            (chapter, format_list([isolate_words(one) for one in held], tag) if held else none)
            for chapter, held in lessons.coverage()
        ]
        return Card(facts(rows, share=2))

    return Fold(context.say("Which module covers which chapter of the booklet"), table)
