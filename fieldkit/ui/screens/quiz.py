"""One question of a module at a time; after each answer why it is so, and where the booklet says it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.services.learning import OPENS_NOTHING
from fieldkit.ui.presenters.quiz import Quiz, Told
from fieldkit.ui.screens.filled import FilledScreen
from fieldkit.ui.screens.screen import Way, faults_are_told
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.draft import draft_mark
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.content.learning import Question
    from fieldkit.ui.context import Context


class QuizScreen(FilledScreen):
    """`module` is one of the content in force."""

    rail: str = "help"

    def __init__(self, context: Context, module: str) -> None:
        super().__init__(context)
        self.quiz = Quiz(context.open_vault, module, context.words.tag)
        self.grid: ChoiceGrid | None = None

    @property
    def title(self) -> str:
        return self.quiz.lessons.title(self.quiz.module)

    def main_action(self) -> Way | None:
        say, quiz = self.context.say, self.quiz
        if quiz.question is None:
            return Way(say("To the modules"), partial(self.context.navigation.back), "done")
        return Way(say("Next question"), self._next, "next") if quiz.told is not None else None

    def _read_again(self) -> None:
        self.quiz.speak(self.context.words.tag)

    def _fill(self, told: str = "") -> None:
        quiz, say = self.quiz, self.context.say
        done, whole = quiz.place
        where = words(say("{done} of {whole} known", done=done, whole=whole), quiet=True)
        parts: list[QWidget] = [where]
        if quiz.told is not None:
            parts.append(self._told(quiz.told))
        if quiz.question is None:
            parts.append(Banner(Tone.DONE, say("You passed this module. It is written down.")))
            parts.append(readable(words(say(OPENS_NOTHING), quiet=True)))
        elif quiz.told is None:
            parts.append(self._asked(quiz.question))
        self._whole.put(*parts)
        if self.grid is not None and quiz.told is None:
            self.grid.focus_first()

    def _asked(self, one: Question) -> Card:
        lessons = self.quiz.lessons
        text = lessons.question(one)
        offered = [Offered(letter, answer) for letter, answer in lessons.answers(one)]
        self.grid = ChoiceGrid(offered, name=text, least=320, most=1, size=Size.TEXT)
        self.grid.chosen.connect(self._answer)
        draft = draft_mark(self.context, is_draft=lessons.is_draft(one))
        return Card(readable(words(text, Size.QUESTION, bold=True)), self.grid, *draft)

    def _told(self, told: Told) -> Card:
        say = self.context.say
        heard = say("Yes, so it is.") if told.right else say("Not so. This question comes again.")
        card = Card(readable(words(self.quiz.lessons.question(told.question), Size.QUESTION, bold=True)))
        card.column.addWidget(Banner(Tone.DONE if told.right else Tone.CAREFUL, heard))
        answer = say("The answer: {answer}", answer=told.answer)
        card.column.addWidget(readable(words(answer, bold=True)))
        card.column.addWidget(readable(words(told.because)))
        for line in draft_mark(self.context, is_draft=self.quiz.lessons.is_draft(told.question)):
            card.column.addWidget(line)
        read = partial(self.context.go, "help", paragraph=told.question.paragraph)
        card.column.addWidget(flow(button(say("In the booklet"), read, icon="list")))
        return card

    @faults_are_told
    def _answer(self, values: tuple[str, ...]) -> None:
        self.quiz.answer(values[0])
        if self.quiz.question is None:
            self.context.saved()
        self._fill()
        self.context.refresh()

    def _next(self) -> None:
        self.quiz.go_on()
        self._fill()
        self.context.refresh()
