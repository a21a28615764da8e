"""Which form to begin with. With only one there is nothing to choose, and the language comes at once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from fieldkit.ui import theme
from fieldkit.ui.presenters.new_interview import FormRow, form_rows, only_form
from fieldkit.ui.screens.screen import Screen
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.buttons import BigButton
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.layouts import Columns
from fieldkit.ui.widgets.text import words

if TYPE_CHECKING:
    from fieldkit.ui.context import Context


class NewInterviewScreen(Screen):
    """Leads to the person's language, and from there into the interview."""

    rail: ClassVar[str] = "home"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.rows = form_rows(context.open_vault, context.words.tag)

    @property
    def title(self) -> str:
        return self.context.say("New interview")

    def build(self) -> QWidget:
        if self.language_changed():
            self.rows = form_rows(self.context.open_vault, self.context.words.tag)
        say = self.context.say
        if not self.rows:
            return Card(EmptyState(say("There is no form here."), say("Run the set-up again.")))
        parts: list[QWidget] = []
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
        (navigation.instead if instead else navigation.go)("choose_language", form=form)
