"""Forms on paper: print one blank, or key in one that was filled in by hand."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.languages.autonyms import autonym
from fieldkit.languages.isolates import isolate
from fieldkit.services.errors import DeskFault
from fieldkit.ui.presenters.finished import blank_paper
from fieldkit.ui.presenters.on_paper import Head, OnPaperPage
from fieldkit.ui.screens.screen import Screen, Way, faults_are_told
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.ui.context import Context


class OnPaperScreen(Screen):
    """One form at a time. `head` is what was typed from a paper, kept while a language is chosen."""

    rail: str = "home"

    def __init__(self, context: Context, head: Head) -> None:
        super().__init__(context)
        self.page = OnPaperPage(context.open_vault, context.words.tag)
        self.head = head
        self.page.form = head.form or self.page.form
        self.fields: dict[str, Field] = {}

    @property
    def title(self) -> str:
        return self.context.say("On paper")

    def build(self) -> QWidget:
        say = self.context.say
        self.fields = {}
        if not self.page.forms:
            return Card(EmptyState(say("There is no form here."), say("Run the set-up again.")))
        parts: list[QWidget] = []
        if len(self.page.forms) > 1:
            parts.append(self._forms())
        number = say("Form number {number}", number=isolate(self.page.number))
        parts.append(words(number, quiet=True))
        parts += [self._blank(), self._filled_in()]
        return column(*parts)

    def main_action(self) -> Way | None:
        if not self.page.forms:
            return None
        return Way(self.context.say("Next: the person's language"), self._next, "next")

    def _forms(self) -> QWidget:
        name = self.context.say("Which form?")
        tag = self.context.words.tag
        offered = [Offered(form.id, form.title(tag)) for form in self.page.forms]
        grid = ChoiceGrid(offered, name=name, numbered=False, size=Size.TEXT, least=320, most=3)
        grid.choose(self.page.form)
        grid.chosen.connect(lambda values: self._look_at(values[0]))
        return Card(words(name, Size.QUESTION), grid)

    def _look_at(self, form: str) -> None:
        self.page.form = self.head.form = form
        self.show_again()

    def _blank(self) -> QWidget:
        say = self.context.say
        told = say("In which language, beside yours, does the person read?")
        tags = self.page.chosen.languages or ("en",)
        offered = [Offered(tag, autonym(tag), tag=tag) for tag in tags]
        grid = ChoiceGrid(offered, name=told, numbered=False, size=Size.TEXT, least=160)
        grid.chosen.connect(lambda values: self._print(values[0]))
        heading = words(say("Print it blank"), Size.QUESTION, bold=True)
        return Card(heading, words(told), grid)

    def _print(self, tag: str) -> None:
        paper = blank_paper(self.context.open_vault, self.page.form, self.page.languages(tag))
        title = self.page.chosen.title(self.context.words.tag)
        self.context.go("pages", paper=paper, title=title, rail="home")

    def _filled_in(self) -> QWidget:
        say = self.context.say
        heading = words(say("Key in one that was filled in"), Size.QUESTION, bold=True)
        told = say("Begin with the head of the paper. The answers are kept under its day, not under today.")
        self._field("day", say("Day"), say("As on the paper: day, month, year, such as 21.11.2026."))
        self._field(
            "hour", say("Time"), say("Hour and minute, such as 14:30. Leave it empty when it is not there.")
        )
        self._field("interviewer", say("Who led the talk"), say("The name or function on the paper."))
        self._field("place", say("Place"), say("The post or the area, never an address."))
        self._field("interpreter", say("Who interpreted"), say("Leave it empty when nobody did."))
        self._field("number", say("Number on the paper"), say("Leave it empty when there is none."))
        return Card(heading, readable(words(told, quiet=True)), *self.fields.values())

    def _field(self, name: str, label: str, hint: str) -> None:
        made = Field(label, hint=hint, size=Size.TEXT, value=getattr(self.head, name))
        made.line.textEdited.connect(partial(setattr, self.head, name))
        made.line.textEdited.connect(lambda _text: made.show_problem(""))
        self.fields[name] = made

    def _next(self) -> None:
        code, name = self.page.problem(self.head)
        if code:
            self.fields[name].show_problem(self.context.sentence(DeskFault(code, year=2000)))
            self.fields[name].line.setFocus()
            return
        self.context.go("choose_language", form=self.page.form, then=self._begin)

    @faults_are_told
    def _begin(self, tag: str) -> None:
        draft = self.page.begin(self.head, tag)
        self.context.navigation.start("home")
        self.context.go("interview", draft=draft)
