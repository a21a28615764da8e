"""Headquarters' pages of figures: a list of questions that are asked on the telephone, and one page for each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.domain.access import Action
from fieldkit.ui.background import Cancelled
from fieldkit.ui.models.read_table import Cell, ReadTable
from fieldkit.ui.presenters.figure_pages import FigurePages
from fieldkit.ui.screens.screen import Screen, Way, faults_are_told
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column, row
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.fold import Fold
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.into_view import bring_into_view
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.table import Table
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fieldkit.headquarters import tables as counted
    from fieldkit.services.figures import Pages
    from fieldkit.services.monthly import Report
    from fieldkit.ui.context import Context

_MOST_OPEN = 4
"""More tables than this are folded up but for the first."""


_MOST_ROWS = 8
"""So many rows a table shows without scrolling by itself."""


class FigurePagesScreen(Screen):
    """What can be asked, in words."""

    rail: str = "headquarters"

    @property
    def title(self) -> str:
        return self.context.say("Questions and figures")

    def build(self) -> QWidget:
        say = self.context.say
        told = say(
            "Small numbers are hidden on these pages. What stands on them can be read out on the telephone."
        )
        page = FigurePages(self.context.open_vault, self.context.words.tag)
        cards: list[QWidget] = [readable(words(told, quiet=True))]
        for one in page.listed():
            go = partial(self.context.go, "figure_page", page=one.name)
            if one.name == "monthly":
                go = partial(self.context.go, "monthly")
            way = button(one.title, go, icon="count")
            cards.append(Card(row(way), readable(words(one.answers, quiet=True))))
        whom = button(say("Who gets which report"), partial(self.context.go, "recipients"), icon="list")
        pool = button(
            say("Interpreters of all posts"), partial(self.context.go, "interpreter_pool"), icon="language"
        )
        shown = [whom, pool] if self.context.open_vault.may(Action.CERTIFY) else [whom]
        return column(*cards, flow(*shown))


class FigurePageScreen(Screen):
    """One page: its tables, and what a pressed number means below its table."""

    rail: str = "headquarters"

    def __init__(self, context: Context, page: str) -> None:
        super().__init__(context)
        self.name = page
        self.presenter = self._presenter()
        self.made: list[Table] = []
        self._told = Holder()
        self._whole = Holder()

    @property
    def title(self) -> str:
        return self.presenter.said.page(self.name)[0]

    def _presenter(self) -> FigurePages:
        return FigurePages(self.context.open_vault, self.context.words.tag)

    def build(self) -> QWidget:
        if self.language_changed():
            self.presenter = self._presenter()
        self.presenter.look()
        self._told, self._whole = Holder(), Holder()
        content = column(self._told, *self.above(), self._whole)
        if self.presenter.is_counted:
            self._fill()
        return content

    def above(self) -> tuple[QWidget, ...]:
        """What stands above the tables, such as what can be chosen."""
        return ()

    def shown(self) -> None:
        if not self.presenter.is_counted:
            self._count()

    def main_action(self) -> Way | None:
        say = self.context.say
        if not self.presenter.tables(self.name):
            return None
        return Way(say("Print this page"), self._print, "print")

    def other_actions(self) -> tuple[Way, ...]:
        if not self.presenter.tables(self.name):
            return ()
        say, page = self.context.say, self.presenter
        database = partial(self._save, partial(page.save_for_database, self.name))
        arrivals = Way(
            say("Save for a neighbouring office"), partial(self._save, page.save_for_neighbour), "folder"
        )
        return (
            Way(say("Save as a table file"), partial(self._save, partial(page.save, self.name)), "folder"),
            Way(say("Save for a database"), database, "folder"),
            *([arrivals] if self.name == "flows" else []),
        )

    # Parts

    def _fill(self) -> None:
        say, page = self.context.say, self.presenter
        tables = page.tables(self.name)
        self.made = []
        if not tables:
            told = say("There is nothing to count on this page yet.")
            todo = say(
                "It fills when posts send what it counts. Nothing here means not told; it does not mean zero."
            )
            self._whole.put(Card(EmptyState(told, todo, icon="count")))
            return
        hint = say("Press a number to read what it means.")
        parts: list[QWidget] = [
            readable(words(f"{page.said.page(self.name)[1]} {hint}", quiet=True)),
            self._card(tables[0]),
        ]
        for table in tables[1:]:
            parts.append(
                self._card(table)
                if len(tables) <= _MOST_OPEN
                else Fold(page.said.title(table), partial(self._card, table))
            )
        parts.append(readable(words(page.said.handed_out(), quiet=True)))
        self._whole.put(*parts)

    def _card(self, table: counted.Table) -> Card:
        title, place = self.presenter.said.title(table), Holder()
        card = Card(words(title, Size.QUESTION, bold=True))
        card.setAccessibleName(title)
        if table.has_words:
            for part in self._lists(table):
                card.column.addWidget(part)
            card.column.addWidget(readable(words(self.presenter.said.meaning(table), quiet=True)))
            return card
        card.column.addWidget(self._table(table, place))
        card.column.addWidget(place)
        return card

    def _lists(self, table: counted.Table) -> list[QWidget]:
        """A table with words in its cells, line by line: they need room."""
        said = self.presenter.said
        return [
            column(
                words(said.name(line.name), bold=True),
                facts(
                    [
                        (said.name(name), said.value(cell))
                        for name, cell in zip(table.columns, line.cells, strict=True)
                    ],
                    share=2,
                ),
                gap=4,
            )
            for line in table.lines
        ]

    def _table(self, table: counted.Table, place: Holder) -> Table:
        said = self.presenter.said
        rows = [
            [Cell(said.name(line.name)), *(Cell(said.value(cell), number=True) for cell in line.cells)]
            for line in table.lines
        ]
        made = Table(ReadTable(self.presenter.headings(table), rows), name=said.title(table), least=220)
        if len(rows) <= _MOST_ROWS:
            made.setMaximumHeight(made.minimumHeight())  # no empty room below a short table
        made.pressed_at.connect(partial(self._tell, table, place))
        self.made.append(made)
        return made

    def _tell(self, table: counted.Table, place: Holder, line: int, at: int) -> None:
        meanings = self.presenter.meaning(table, table.lines[line], at)
        place.put(
            *(
                column(words(name, bold=True), readable(words(text, quiet=True)), gap=4)
                for name, text in meanings
            )
        )
        bring_into_view(place)

    # What is done

    def _count(self) -> None:
        self._whole.put(readable(words(self.context.say("Counting. This can take some seconds."))))
        self.context.background.run(
            self.presenter.count,
            what=self.context.say("Counting"),
            done=self._counted,
            failed=self._failed,
        )

    def _counted(self, made: Pages | Report) -> None:
        self.presenter.take(made)
        self._fill()
        self.context.refresh()

    def _failed(self, fault: Exception) -> None:
        say, sentence = self.context.say, self.context.sentence(fault)
        if isinstance(fault, Cancelled):
            again = row(button(say("Count again"), self._count, icon="count"))
            self._whole.put(readable(words(say("Counting was stopped. Nothing was changed."))), again)
        elif sentence:
            self._told.put(Banner(Tone.CAREFUL, sentence))

    def _print(self) -> None:
        paper = self.presenter.paper(self.name)
        self.context.go("pages", paper=paper, title=self.title, rail="headquarters")

    @faults_are_told
    def _save(self, write: Callable[[Path], str]) -> None:
        say = self.context.say
        folder = self.context.ask_folder(say("Folder for the table file"))
        if folder is None:
            return
        name = write(folder)
        self.context.saved()
        self._told.put(
            Banner(Tone.DONE, say("The file is written. It says what this page says.")),
            facts([(say("File"), name)]),
        )
