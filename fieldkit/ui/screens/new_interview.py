"""Which form to begin with. With only one there is nothing to choose, and the language comes at once.

Of somebody whose case is open already, another talk is one of the same case.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from fieldkit.domain.ids import spoken_number
from fieldkit.languages.isolates import isolate
from fieldkit.services import intake
from fieldkit.ui import theme
from fieldkit.ui.presenters.new_interview import FormRow, form_rows, officers_side, only_form
from fieldkit.ui.screens.screen import Screen, faults_are_told
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.buttons import BigButton
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.layouts import Columns
from fieldkit.ui.widgets.text import words

if TYPE_CHECKING:
    from fieldkit.ui.context import Context


class NewInterviewScreen(Screen):
    """Leads to the person's language, and from there into the interview; with `case`, of that person."""

    rail: str = "home"

    def __init__(self, context: Context, case: str = "") -> None:
        super().__init__(context)
        self.case = case
        self.rows: tuple[FormRow, ...] = ()
        self._read()

    @property
    def title(self) -> str:
        say = self.context.say
        return say("Another talk with this person") if self.case else say("New interview")

    def _read(self) -> None:
        rows = form_rows(self.context.open_vault, self.context.words.tag)
        self.rows = tuple(one for one in rows if not (self.case and one.survey))

    def build(self) -> QWidget:
        if self.language_changed():
            self._read()
        say = self.context.say
        if not self.rows:
            return Card(EmptyState(say("There is no form here."), say("Run the set-up again.")))
        parts: list[QWidget] = []
        if self.case:
            number = say("Number {number}", number=isolate(spoken_number(self.case)))
            parts.append(words(number, Size.QUESTION, bold=True))
        for survey, name in ((False, say("Interviews")), (True, say("Surveys"))):
            rows = [one for one in self.rows if one.survey is survey]
            if rows:
                parts += [words(name, Size.QUESTION, bold=True), self._grid(rows)]
        return column(*parts)

    def shown(self) -> None:
        form = only_form(self.rows)
        if form:
            QTimer.singleShot(0, partial(self._begin, form, instead=True))

    def _grid(self, rows: list[FormRow]) -> QWidget:
        px = theme.current().px
        box = QWidget()
        layout = Columns(box, least=px(420), most=2, gap=px(8))
        for one in rows:
            made = BigButton(
                one.title,
                second=self.context.say(one.why_not) if one.why_not else "",
                icon="form" if one.survey else "interview",
            )
            made.setEnabled(not one.why_not)
            made.clicked.connect(partial(self._begin, one.id))
            layout.addWidget(made)
        return box

    def _begin(self, form: str, *_: object, instead: bool = False) -> None:
        navigation = self.context.navigation
        then = partial(self._lead, form) if self.case else None
        (navigation.instead if instead else navigation.go)("choose_language", form=form, then=then)

    @faults_are_told
    def _lead(self, form: str, tag: str) -> None:
        """The talk itself, as one more of the same case."""
        side = officers_side(self.context.words.tag)
        interview = intake.begin(
            self.context.open_vault, form, officer_language=side, person_language=tag, case=self.case
        )
        self.context.navigation.instead("interview", draft=interview.draft_id)
