"""Headquarters: figures first, each with what it means one press away."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from fieldkit.domain.access import Action
from fieldkit.headquarters.counting import Figure
from fieldkit.languages.numbers import format_date, format_number
from fieldkit.ui import theme
from fieldkit.ui.models.read_table import Cell, ReadTable
from fieldkit.ui.presenters.headquarters import ALL_DAYS, Figures, Meaning, meaning
from fieldkit.ui.screens.screen import Screen, Way
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.buttons import BigButton, button
from fieldkit.ui.widgets.card import Card, column, row
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.layouts import Columns
from fieldkit.ui.widgets.table import Table
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.ui.context import Context

_PAIR = 2
"""Columns of a day: suggested, confirmed."""


class HeadquartersScreen(Screen):
    """Persons by category and day."""

    rail: str = "headquarters"
    shows_notices: ClassVar[bool] = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.presenter = Figures(context.open_vault, context.words.tag)
        self.table: Table | None = None
        self.meaning = Holder()

    @property
    def title(self) -> str:
        return self.context.say("Figures")

    def build(self) -> QWidget:
        if self.language_changed():
            self.presenter = Figures(self.context.open_vault, self.context.words.tag)
        say = self.context.say
        if self.presenter.is_empty:
            told = say("Nothing has been received yet.")
            todo = say("Import the first bundle that a post brings. Then its figures stand here.")
            return column(Card(EmptyState(told, todo, icon="count")))
        self.meaning = Holder()
        hint = say("Persons with indicators, by category and day. Press a figure to read what it means.")
        self.table = self._table()
        asked = button(say("Questions and figures"), partial(self.context.go, "figure_pages"), icon="count")
        return column(self._whole(), row(asked), readable(words(hint, quiet=True)), self.meaning, self.table)

    def main_action(self) -> Way | None:
        say = self.context.say
        if self.presenter.is_empty:
            return Way(say("Next: exchange"), partial(self.context.navigation.start, "exchange"), "exchange")
        return Way(say("List of cases"), partial(self.context.go, "cases"), "list")

    def other_actions(self) -> tuple[Way, ...]:
        told = Way(self.context.say("What posts told, and help"), partial(self.context.go, "follow_up"))
        children = Way(self.context.say("Register of children"), partial(self.context.go, "child_register"))
        if self.presenter.is_empty:
            asked = Way(self.context.say("Questions and figures"), partial(self.context.go, "figure_pages"))
            return (told, asked)
        return (
            told,
            *((children,) if self.context.open_vault.may(Action.CHILD_REGISTER) else ()),
            Way(self.context.say("Held for long"), partial(self.context.go, "long_held")),
            Way(self.context.say("Figures of sealed answers"), partial(self.context.go, "sealed_figures")),
        )

    # Figures of everything

    def _whole(self) -> QWidget:
        say, table = self.context.say, self.presenter.table
        px = theme.current().px
        box = QWidget()
        layout = Columns(box, least=px(200), most=4, gap=px(8))
        layout.addWidget(self._figure(say("Persons"), table.cases))
        layout.addWidget(self._figure(say("Entries without content"), table.withheld))
        layout.addWidget(self._sections_button())
        return box

    def _figure(self, name: str, figure: Figure) -> BigButton:
        made = BigButton(self._value(figure.value), size=Size.PERSON, second=name)
        made.setAccessibleName(name)
        made.setAccessibleDescription(self._value(figure.value))
        made.clicked.connect(lambda: self._tell(name, (meaning(name, figure),)))
        return made

    def _sections_button(self) -> BigButton:
        say = self.context.say
        sections = self.presenter.sections()
        made = BigButton(str(len(sections)), size=Size.PERSON, second=say("Sections: asked or not"))
        made.setAccessibleName(say("Sections: asked or not"))
        made.clicked.connect(self._tell_sections)
        return made

    def _tell_sections(self) -> None:
        say = self.context.say
        columns = (say("Section"), say("Asked"), say("Not asked"), say("Declined"))
        rows = [
            [
                Cell(self.presenter.section_name(name)),
                *(
                    Cell(self._value(number), number=True)
                    for number in (base.asked, base.not_asked, base.declined)
                ),
            ]
            for name, base in self.presenter.sections()
        ]
        table = Table(ReadTable(columns, rows), name=say("Sections: asked or not"))
        self.meaning.put(Card(readable(words(say(self.presenter.section_meaning()))), table))

    # The table

    def _table(self) -> Table:
        say, page = self.context.say, self.presenter
        columns, ends = [say("Category")], (say("suggested"), say("confirmed"))
        for day in page.days:
            columns += [f"{self._day(day)}\n{end}" for end in ends]
        rows = [self._row(category) for category in page.categories]
        table = Table(ReadTable(columns, rows), name=say("Persons by category and day"))
        table.pressed_at.connect(self._pressed)
        return table

    def _row(self, category: str) -> list[Cell]:
        row = [Cell(self.presenter.name(category))]
        for day in self.presenter.days:
            cell = self.presenter.cell(day, category)
            row += [
                Cell(self._value(figure.value), number=True) for figure in (cell.suggested, cell.confirmed)
            ]
        return row

    def _pressed(self, row: int, column_: int) -> None:
        page = self.presenter
        category = page.categories[row]
        day = page.days[max(0, column_ - 1) // _PAIR]
        title = self.context.say("{category}: {day}", category=page.name(category), day=self._day(day))
        self._tell(title, page.meaning(day, category))

    def _tell(self, title: str, meanings: tuple[Meaning, ...]) -> None:
        card = Card(words(title, Size.QUESTION, bold=True))
        card.setAccessibleName(title)
        box = QWidget()
        beside = Columns(box, least=theme.current().px(240), most=3, gap=theme.current().px(24))
        for one in meanings:
            beside.addWidget(self._meaning(one))
        card.column.addWidget(box)
        self.meaning.put(card)

    def _meaning(self, one: Meaning) -> QWidget:
        say = self.context.say
        said = (
            say("{figure}: {value}", figure=say(name), value=self._value(value))
            for name, value in one.figures
        )
        definition = readable(words(say(one.definition), quiet=True))
        return column(words(" · ".join(said), bold=True), definition, gap=4)

    def _value(self, value: int | None) -> str:
        if value is None:
            return self.context.say("not asked")
        return format_number(value, self.context.words.tag)

    def _day(self, day: str) -> str:
        return self.context.say("All days") if day == ALL_DAYS else format_date(day, self.context.words.tag)
