"""The register of children who are alone or with adults who are not the parents: what is overdue stands first."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.domain.access import Action
from fieldkit.domain.errors import FieldkitError
from fieldkit.languages.isolates import isolate, isolate_words
from fieldkit.ui import theme
from fieldkit.ui.models.read_table import Cell, ReadTable
from fieldkit.ui.presenters.child_register import EVERYBODY, PAGE, ChildRegister
from fieldkit.ui.screens.screen import Screen, Way, faults_are_told
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import BigButton, button
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.fold import Fold
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.layouts import Columns, flow
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.table import Table
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.domain.children import Line
    from fieldkit.ui.context import Context


class ChildRegisterScreen(Screen):
    """Numbers, no names unless child protection asks for them here; at headquarters there are none."""

    rail: str = "home"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.presenter = ChildRegister(context.open_vault, context.words)
        if not self.presenter.at_post:
            self.rail = "headquarters"  # one page at both desks
        self.part_buttons: dict[str, BigButton] = {}
        self._told = ""
        self._whole = Holder()

    @property
    def title(self) -> str:
        return self.context.say("Register of children")

    def build(self) -> QWidget:
        if self.language_changed():
            self.presenter = ChildRegister(self.context.open_vault, self.context.words)
        else:
            self.presenter.read()
        self._whole = Holder()
        content = column(self._whole)
        self._fill()
        return content

    def main_action(self) -> Way | None:
        if self.presenter.is_empty:
            return None
        return Way(self.context.say("Print the register"), self._print, "print")

    def other_actions(self) -> tuple[Way, ...]:
        say, found = self.context.say, []
        if self.presenter.at_post and self.context.open_vault.may(Action.KEEP_DUTY):
            found.append(Way(say("Who is on duty"), partial(self.context.go, "duty"), "wait"))
        if not self.presenter.is_empty:
            found.append(Way(say("Save as a table"), self._save))
        return tuple(found)

    def _fill(self) -> None:
        say, page = self.context.say, self.presenter
        if page.is_empty:
            todo = (
                say("It begins with the first sheet for a child alone, or with the registration of a child.")
                if page.at_post
                else say("Children stand here when posts export, as far as the children agreed.")
            )
            self._whole.put(Card(EmptyState(say("No child is in the register."), todo, icon="people")))
            return
        told = [Banner(Tone.DONE, self._told)] if self._told else []
        lines = page.lines
        parts: list[QWidget] = [*told, self._about(), self._parts()]
        parts += [self._child(one) for one in lines[: page.shown]]
        if not lines:
            parts.append(Card(EmptyState(say("No child is in this part of the register."), "", icon="done")))
        if len(lines) > page.shown:
            parts.append(flow(button(say("Show more"), self._more, icon="list")))
        self._whole.put(*parts, Fold(say("All counts"), self._counts))

    # What it is

    def _about(self) -> QWidget:
        say, page = self.context.say, self.presenter
        told = (
            say(
                "Every child who is alone here, or with adults who are not the parents. Overdue stands first."
            )
            if page.at_post
            else say(
                "What posts sent of children who agreed, and children of whom a post alerted. Not told "
                "is not a no: ask the post by the number."
            )
        )
        limit = say("Until a guardian is named: {limit}", limit=page.guardian_limit)
        parts: list[QWidget] = [readable(words(told)), readable(words(limit, quiet=True))]
        if page.at_post:
            text = say("Hide the names") if page.names else say("Show the names")
            parts.append(flow(button(text, self._names, icon="show")))
        return column(*parts, gap=8)

    def _parts(self) -> QWidget:
        """Counts, each a press away from the children it counts."""
        px = theme.current().px
        box = QWidget()
        layout = Columns(box, least=px(230), most=3, gap=px(8))
        self.part_buttons = {}
        for part in self.presenter.parts():
            made = BigButton(
                self.presenter.number(part.count), size=Size.PERSON, second=part.text, checkable=True
            )
            made.setAccessibleName(part.text)
            made.setAccessibleDescription(self.presenter.number(part.count))
            made.setChecked(part.name == self.presenter.part)
            made.clicked.connect(partial(self._look_at, part.name))
            self.part_buttons[part.name] = made
            layout.addWidget(made)
        return box

    def _look_at(self, part: str, *_: object) -> None:
        page = self.presenter
        page.part, page.shown = (EVERYBODY if part == page.part else part), PAGE
        self._told = ""
        self._fill()

    # One child

    def _child(self, line: Line) -> Card:
        say, page = self.context.say, self.presenter
        number = words(say("Number {number}", number=isolate(line.number)), Size.QUESTION, bold=True)
        name = [words(isolate_words(line.name), bold=True)] if line.name else []
        card = Card(number, *name, words(page.who(line)))
        card.setAccessibleName(line.number)
        if line.is_closed:
            card.column.addWidget(marked("lock", words(say("This case is closed."))))
        for late in page.late(line):
            card.column.addWidget(marked("urgent", words(late, bold=True, tone=Tone.URGENT), Tone.URGENT))
        card.column.addWidget(facts(page.rows(line), share=2))
        if page.at_post:
            ways = [button(say("The case"), partial(self.context.go, "case", case=line.case))]
            ways.append(button(say("Guardian"), partial(self.context.go, "guardian", case=line.case)))
            for way in ways:
                way.setAccessibleDescription(line.number)
            card.column.addWidget(flow(*ways))
            if line.told.traced and page.may_read_tracing:
                card.column.addWidget(self._tracing(line))
        elif not line.case:
            known = say("Only the alert came: the child did not agree, or was not asked yet.")
            card.column.addWidget(marked("note", readable(words(known, quiet=True))))
        return card

    def _tracing(self, line: Line) -> QWidget:
        """How far looking for the family is: read only when somebody who is cleared asks."""

        def told() -> QWidget:
            try:
                said = self.presenter.tracing(line)
            except FieldkitError as fault:
                return readable(words(self.context.sentence(fault)))
            return readable(words(said or self.context.say("Nothing is written down yet.")))

        return Fold(self.context.say("How far looking for the family is"), told)

    def _counts(self) -> QWidget:
        say, page = self.context.say, self.presenter
        columns = (say("Open cases"), *page.states())
        rows = [
            [Cell(name), *(Cell(count, number=True) for count in found)] for name, found in page.all_counts()
        ]
        told = say(
            "Each child counts once in a line. What was not told has a column of its own: it is not 0."
        )
        return column(
            readable(words(told, quiet=True)), Table(ReadTable(columns, rows), name=say("All counts")), gap=8
        )

    # What is done

    def _more(self) -> None:
        self.presenter.shown += PAGE
        self._fill()

    def _names(self) -> None:
        self.presenter.show_names(not self.presenter.names)
        self._fill()

    def _print(self) -> None:
        title, rail = self.context.say("Register of children"), self.rail
        self.context.go("pages", paper=self.presenter.paper(), title=title, rail=rail)

    @faults_are_told
    def _save(self) -> None:
        say = self.context.say
        folder = self.context.ask_folder(say("Folder for the table. Whoever has the file can read it."))
        if folder is None:
            return
        path = self.presenter.save_table(folder)
        self._told = say(
            "The table is saved as {file}. It has no names, and it is not sealed: keep it safe.",
            file=path.name,
        )
        self.context.saved()
        self._fill()
