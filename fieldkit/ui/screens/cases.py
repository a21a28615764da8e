"""The cases that headquarters holds: numbers, never names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.languages.numbers import format_date
from fieldkit.ui.models.read_table import Cell, ReadTable
from fieldkit.ui.presenters.headquarters import STATE_WORDS, Figures
from fieldkit.ui.screens.screen import Screen
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.table import Table
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.headquarters.queries import CaseRow
    from fieldkit.ui.context import Context


class CasesScreen(Screen):
    """The newest day first."""

    rail: str = "headquarters"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.presenter = Figures(context.open_vault, context.words.tag)
        self.table: Table | None = None

    @property
    def title(self) -> str:
        return self.context.say("Cases")

    def build(self) -> QWidget:
        if self.language_changed():
            self.presenter = Figures(self.context.open_vault, self.context.words.tag)
        say = self.context.say
        cases = self.presenter.cases
        if not cases:
            told = say("Nothing has been received yet.")
            return column(
                Card(EmptyState(told, say("Import the first bundle that a post brings."), icon="list"))
            )
        columns = (say("Number"), say("Post"), say("Day"), say("State"), say("Categories"))
        self.table = Table(
            ReadTable(columns, [self._row(one) for one in cases]),
            name=say("Cases"),
            elastic=4,
            whole_rows=True,
        )
        self.table.pressed_at.connect(lambda row, _column: self._open(cases[row]))
        hint = say("Press a case to see what is sealed of it.")
        number = self.context.words.count("{number} case", "{number} cases", len(cases))
        return column(words(number, quiet=True), readable(words(hint, quiet=True)), self.table)

    def _open(self, one: CaseRow) -> None:
        self.context.go("sealed_case", case=one.case)

    def _row(self, one: CaseRow) -> list[Cell]:
        day = format_date(one.opened, self.context.words.tag)
        state = self.context.say(STATE_WORDS[one.state])
        return [
            Cell(text) for text in (one.number, one.post, day, state, self.presenter.case_categories(one))
        ]
