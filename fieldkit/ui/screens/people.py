"""Finished interviews on this laptop: a number, a day, a form. What was found stands on the case's own page."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from fieldkit.languages.numbers import format_date
from fieldkit.ui import theme
from fieldkit.ui.screens.screen import Screen
from fieldkit.ui.widgets.buttons import BigButton, button
from fieldkit.ui.widgets.card import Card, column, row
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.layouts import Columns
from fieldkit.ui.widgets.text import words

if TYPE_CHECKING:
    from fieldkit.storage.queries import CaseRow
    from fieldkit.ui.context import Context

PAGE = 50
"""Rows shown at once; more on request, so that the window never waits."""


class PeopleScreen(Screen):
    """The newest day first."""

    rail: ClassVar[str] = "home"

    def __init__(self, context: Context, shown: int = PAGE) -> None:
        from fieldkit.services import intake  # noqa: PLC0415 (not needed before somebody is in)

        super().__init__(context)
        vault = context.open_vault
        self._shown = shown
        self.rows = vault.queries.cases(limit=shown)
        self.whole = vault.queries.case_count()
        self._titles = {form.id: form for form in intake.offered_forms(vault)}

    @property
    def title(self) -> str:
        return self.context.say("Finished interviews")

    def build(self) -> QWidget:
        say = self.context.say
        if not self.rows:
            told = say("No interview is finished yet.")
            return Card(EmptyState(told, say("Each one stands here when it is finished, by its number.")))
        px = theme.current().px
        box = QWidget()
        grid = Columns(box, least=px(420), most=2, gap=px(8))
        for found in self.rows:
            grid.addWidget(self._row(found))
        of_all = say("{shown} of {whole}", shown=len(self.rows), whole=self.whole)
        parts: list[QWidget] = [words(of_all, quiet=True), box]
        if self.whole > len(self.rows):
            parts.append(row(button(say("Show more"), self._more, icon="list")))
        return column(*parts)

    def _row(self, found: CaseRow) -> BigButton:
        tag = self.context.words.tag
        form = self._titles.get(found.form)
        second = self.context.say(
            "{form} · {day}", form=form.title(tag) if form else found.form, day=format_date(found.day, tag)
        )
        made = BigButton(found.number, tag="en", second=second, icon="person")
        made.clicked.connect(lambda: self.context.go("outcome", case=found.case))
        return made

    def _more(self) -> None:
        self.context.navigation.instead("people", shown=self._shown + PAGE)
