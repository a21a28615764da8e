"""A day: today and the days before it to press, any other to write."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.languages.numbers import format_date
from fieldkit.languages.typed_days import day_of
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.card import column
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.text import words

if TYPE_CHECKING:
    from fieldkit.ui.context import Context

DAYS_BACK = 3
"""So many days can be pressed, today among them."""


class DayChoice:
    """`widget` stands on the screen; a day that is written counts before one that is pressed."""

    def __init__(self, context: Context, question: str) -> None:
        say, tag = context.say, context.words.tag
        today = context.open_vault.world.today()
        days = [(today - timedelta(days=back)).isoformat() for back in range(DAYS_BACK)]
        offered = [Offered(day, format_date(day, tag)) for day in days]
        self.grid = ChoiceGrid(offered, name=question, size=Size.TEXT, least=200, most=3)
        self.grid.choose(days[0])
        self.other = Field(say("Another day"), hint=say("Day, month, year, such as 21.11.2026."))
        self.widget: QWidget = column(words(question), self.grid, self.other, gap=8)

    @property
    def day(self) -> str:
        """The day (ISO); what was written and is no day is handed on as it is, so that it is refused."""
        typed = self.other.value.strip()
        if typed:
            return day_of(typed) or typed
        return self.grid.values[0] if self.grid.values else ""
