"""The lists of a team on the screen: rows, a form, a sheet to print, a table file (R-182, R-198, R-199)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from fieldkit.domain.access import Action
from fieldkit.domain.errors import FieldkitError
from fieldkit.languages.typed_days import as_typed
from fieldkit.services import counsel, team, team_words
from fieldkit.services.team import CHOSEN, COLUMNS, Column, Holds, Line, TeamList
from fieldkit.services.team_words import TeamWords
from fieldkit.ui.presenters.files import write_file
from fieldkit.ui.presenters.pages import document_paper
from fieldkit.ui.screens.filled import FilledScreen
from fieldkit.ui.screens.screen import Way, faults_are_told
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.fold import Fold
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import readable, words
from fieldkit.ui.widgets.text_box import TextBox

if TYPE_CHECKING:
    from fieldkit.ui.context import Context

Part = Field | TextBox | ChoiceGrid
_FOLDED = 8
"""A question with more choices than this is folded up at first."""


class TeamListsScreen(FilledScreen):
    """Derive, and name the lists in their order."""

    rail: str = "home"
    lists: ClassVar[tuple[TeamList, ...]] = ()

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.said = TeamWords(context.open_vault, context.words.tag)
        self.parts: dict[TeamList, dict[str, Part]] = {}
        self.changing: tuple[TeamList, Line] | None = None

    @property
    def title(self) -> str:
        return self.said.title(self.lists[0])

    def _read_again(self) -> None:
        self.said = TeamWords(self.context.open_vault, self.context.words.tag)

    def main_action(self) -> Way | None:
        return Way(self.context.say("Print the sheet"), self._print, "print")

    def other_actions(self) -> tuple[Way, ...]:
        return (Way(self.context.say("Save as a table file"), self._save, "folder"),)

    def _fill(self, told: str = "") -> None:
        parts: list[QWidget] = [Banner(Tone.DONE, told)] if told else []
        for which in self.lists:
            parts += self._list(which)
        self._whole.put(*parts, *self._beside())

    def _beside(self) -> list[QWidget]:
        """What a page has below its lists."""
        return []

    # Rows

    def _list(self, which: TeamList) -> list[QWidget]:
        say, held = self.context.say, team.lines(self.context.open_vault, which)
        head = [words(self.said.title(which), Size.QUESTION, bold=True)] if len(self.lists) > 1 else []
        note = readable(words(self.said.note(which), quiet=True))
        changing = self.changing[1] if self.changing and self.changing[0] is which else None
        if changing is not None:
            return [*head, self._form(which, changing)]
        empty = Card(
            EmptyState(say("Nothing stands in this list yet."), say("Add the first row below."), icon="list")
        )
        rows: list[QWidget] = [self._row(which, line) for line in held]
        return [*head, note, *(rows or [empty]), Fold(say("Add a row"), partial(self._form, which))]

    def _row(self, which: TeamList, line: Line) -> Card:
        say, vault = self.context.say, self.context.open_vault
        card = Card(facts(self.said.filled(which, line), share=3))
        card.setAccessibleName(line.text(COLUMNS[which][0].name))
        ways = [button(say("Change"), partial(self._change, which, line), icon="form", role="plain")]
        ways.append(button(say("Take it out"), partial(self._take_out, which, line), role="plain"))
        if which is TeamList.TASKS and not line.text("done"):
            if team.is_late(vault, line):
                card.column.addWidget(
                    marked("wait", words(say("The day is over."), tone=Tone.CAREFUL), Tone.CAREFUL)
                )
            ways.insert(0, button(say("It was done today"), partial(self._done, line), icon="check"))
        card.column.addWidget(flow(*ways))
        return card

    # The form

    def _form(self, which: TeamList, line: Line | None = None) -> QWidget:
        say = self.context.say
        parts = self.parts[which] = {}
        card = Card()
        for one in COLUMNS[which]:
            if one.holds in CHOSEN:
                card.column.addWidget(self._choice(which, one, line))
            else:
                parts[one.name] = self._text(one, line)
                card.column.addWidget(parts[one.name])
        ways = [button(say("Keep this"), partial(self._keep, which, line), icon="check")]
        if line is not None:
            ways.append(button(say("Cancel"), self._leave, role="plain"))
        card.column.addWidget(flow(*ways))
        return card

    def _text(self, one: Column, line: Line | None) -> Field | TextBox:
        label, hint = self.said.label(one), self.said.hint(one)
        value = line.text(one.name) if line is not None else ""
        if one.holds is Holds.NOTES:
            return TextBox(label, hint=hint, value=value)
        return Field(label, hint=hint, value=as_typed(value) if one.holds is Holds.DAY else value)

    def _choice(self, which: TeamList, one: Column, line: Line | None) -> QWidget:
        names, label = team.choices(self.context.open_vault, one.holds), self.said.label(one)
        grid = ChoiceGrid(
            [Offered(name, self.said.choice(one.holds, name)) for name in names],
            name=label,
            several=one.holds is not Holds.TOPIC,
            numbered=False,
            size=Size.TEXT,
            least=260 if one.holds in (Holds.LEAFLETS, Holds.REPORTS) else 180,
        )
        grid.choose(*(line.names(one.name) if line is not None else ()))
        self.parts[which][one.name] = grid
        return (
            Fold(label, lambda: grid)
            if len(names) > _FOLDED
            else column(words(label, Size.QUESTION), grid, gap=4)
        )

    # What is done

    def _keep(self, which: TeamList, line: Line | None) -> None:
        cells = {
            name: part.values if isinstance(part, ChoiceGrid) else part.value
            for name, part in self.parts[which].items()
        }
        vault, name = self.context.open_vault, line.id if line is not None else ""

        def keep() -> None:
            team.keep(vault, which, cells, name)
            self.changing = None

        self._did(keep)

    def _change(self, which: TeamList, line: Line) -> None:
        self.changing = (which, line)
        self._fill()

    def _leave(self) -> None:
        self.changing = None
        self._fill()

    def _take_out(self, which: TeamList, line: Line) -> None:
        told = self.context.say("It is out of the list.")
        self._did(lambda: team.take_out(self.context.open_vault, which, line.id), told)

    def _done(self, line: Line) -> None:
        self._did(lambda: team.done(self.context.open_vault, line.id))

    def _print(self) -> None:
        vault, tag = self.context.open_vault, self.context.words.tag
        make = partial(team_words.document, vault, self.lists, tag)
        paper = document_paper(vault, f"team_{self.lists[0].value}", tag, make)
        self.context.go("pages", paper=paper, title=self.title, rail=self.rail)

    @faults_are_told
    def _save(self) -> None:
        say, vault, tag = self.context.say, self.context.open_vault, self.context.words.tag
        folder = self.context.ask_folder(say("Folder for the table file"))
        if folder is None:
            return
        for which in self.lists:
            write_file(folder, f"team-{which.value}.csv", team_words.file(vault, which, tag))
            counsel.record_printed(vault, f"team_{which.value} file", tag, 0)
        self.context.saved()
        self._fill(say("The file is written. It says what this page says."))


class MobileTeamScreen(TeamListsScreen):
    """Visits, and who is in the team (R-198)."""

    lists = (TeamList.VISITS, TeamList.ROSTER)

    @property
    def title(self) -> str:
        return self.context.say("Visits of a mobile team")

    def _beside(self) -> list[QWidget]:
        say, go = self.context.say, self.context.go
        told = say(
            "One laptop can serve many places: what leaflets say of each is written down under Information."
        )
        ways = [
            button(say("Print leaflets"), partial(go, "information"), icon="print"),
            button(say("Places and what leaflets say there"), partial(go, "inserts"), icon="note"),
        ]
        return [Card(readable(words(told, quiet=True)), flow(*ways))]


class BorderTeamScreen(TeamListsScreen):
    """Meetings and tasks of several bodies, and whether a number may be spoken there (R-199)."""

    lists = (TeamList.MEETINGS, TeamList.TASKS)

    @property
    def title(self) -> str:
        return self.context.say("Border team")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.number: Field | None = None
        self.bodies: ChoiceGrid | None = None
        self._answer = Holder()

    def _beside(self) -> list[QWidget]:
        if not self.context.open_vault.may(Action.SHARE):
            return []
        return [Fold(self.context.say("May this number be spoken in the meeting?"), self._ask)]

    def _ask(self) -> QWidget:
        say, told = self.context.say, self._recipients()
        question = say("Who sits in the meeting?")
        self.number = Field(say("Number of the case"), hint=say("It is not kept here."))
        self.bodies = ChoiceGrid(
            [Offered(name, text) for name, text in told.items()],
            name=question,
            several=True,
            numbered=False,
            size=Size.TEXT,
        )
        self._answer = Holder()
        ask = button(say("Look it up"), self._look, icon="search")
        return Card(self.number, words(question, Size.QUESTION), self.bodies, flow(ask), self._answer)

    def _recipients(self) -> dict[str, str]:
        return {name: self.said.recipient(name) for name in self.context.open_vault.codebook.recipients}

    def _look(self) -> None:
        assert self.number is not None and self.bodies is not None
        say = self.context.say
        try:
            told = team.may_be_spoken(self.context.open_vault, self.number.value, self.bodies.values)
        except FieldkitError as fault:
            self._answer.put(Banner(Tone.CAREFUL, self.context.sentence(fault)))
            return
        if told.may:
            self._answer.put(
                Banner(
                    Tone.DONE,
                    say("The person said yes to all of them. Say the number, and nothing else here."),
                )
            )
            return
        names = " · ".join(self._recipients()[one] for one in told.not_agreed)
        self._answer.put(
            Banner(Tone.CAREFUL, say("Do not speak of this person here. No yes to: {bodies}", bodies=names))
        )


class RecipientsScreen(TeamListsScreen):
    """Who gets which report (R-182, R-200)."""

    lists = (TeamList.RECIPIENTS,)
