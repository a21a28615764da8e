"""A household: who belongs to it, and entering its people one by one.

Members stand here with number and standing only. What one of them said is on no other one's page, and nobody sees
here that something of a member is sealed (`protection.md` 8).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.domain.errors import FieldkitError
from fieldkit.domain.waiting import Because, Flag
from fieldkit.languages.autonyms import autonym
from fieldkit.languages.isolates import isolate, isolate_words
from fieldkit.languages.numbers import format_list
from fieldkit.ui.presenters.household import HouseholdPage, Line
from fieldkit.ui.presenters.new_interview import officers_side
from fieldkit.ui.presenters.queue import flag_words
from fieldkit.ui.screens.screen import Screen, Way, faults_are_told
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import BigButton, button
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.fold import Fold
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import at_start, readable, words, words_in

if TYPE_CHECKING:
    from fieldkit.ui.context import Context


class HouseholdScreen(Screen):
    """A household, or with `case` the one that a person belongs to; somebody may belong to none yet."""

    rail: str = "home"

    def __init__(self, context: Context, household: str = "", case: str = "") -> None:
        super().__init__(context)
        self.presenter = HouseholdPage(context.open_vault, household, case, context.words)
        self.number: Field | None = None
        self.relation: ChoiceGrid | None = None
        self._told = ""

    @property
    def title(self) -> str:
        return self.context.say("Who came together")

    def build(self) -> QWidget:
        if self.language_changed():
            page = self.presenter
            self.presenter = HouseholdPage(page.vault, page.id, page.case, self.context.words)
        self.presenter.read()
        page, say = self.presenter, self.context.say
        parts: list[QWidget] = [Banner(Tone.DONE, self._told)] if self._told else []
        if page.household is None:
            told = say("This person belongs to no household yet.")
            parts.append(
                Card(EmptyState(told, say("Write the number of somebody they came with."), icon="people"))
            )
        else:
            parts.append(self._head())
            parts += [self._member(line) for line in page.members]
        if page.case:
            parts.append(self._join())
        if page.household is not None and page.waits:
            parts.append(Fold(say("Waits no more"), self._ask_end))
        return column(*parts)

    def main_action(self) -> Way | None:
        say, page = self.context.say, self.presenter
        if page.household is not None and page.household.left:
            return Way(say("Enter one person of this household"), self._enter, "new")
        return Way(say("To the people waiting"), partial(self.context.navigation.start, "home"), "people")

    # Who they are

    def _head(self) -> Card:
        say, page = self.context.say, self.presenter
        held = page.household
        assert held is not None
        card = Card(at_start(words_in(held.number, "en", Size.TITLE, bold=True)))
        for told in flag_words(held.row.flags, self.context.words):
            card.column.addWidget(marked("urgent", words(told, Size.QUESTION, bold=True), Tone.URGENT))
        spoken = format_list(
            (isolate_words(autonym(tag)) for tag in held.row.languages), self.context.words.tag
        )
        rows: list[tuple[str, str | QWidget]] = [
            (say("People"), str(held.row.people)),
            (say("Of them under 18"), str(held.row.children)),
            (say("Not entered one by one yet"), str(held.left)),
        ]
        if spoken:
            rows.append((say("Languages"), spoken))
        card.column.addWidget(facts(rows, share=3))
        ways = [self._take_up(flag) for flag in held.row.flags if held.left]
        ways += [self._dealt_with(flag) for flag in held.row.flags if not held.left]
        if ways:
            card.column.addWidget(flow(*ways))
        return card

    def _take_up(self, flag: str) -> QWidget:
        """Whose emergency it is gets a row of their own."""
        (told,) = flag_words((flag,), self.context.words)
        text = self.context.say("Enter the person: {emergency}", emergency=told)
        return button(text, partial(self._enter, flag), icon="urgent")

    def _dealt_with(self, flag: str) -> QWidget:
        (told,) = flag_words((flag,), self.context.words)
        return button(self.context.say("Done: {need}", need=told), partial(self._settle, flag), icon="check")

    def _member(self, line: Line) -> BigButton:
        made = BigButton(line.number, tag="en", second=line.told, icon="person")
        made.clicked.connect(lambda: self.context.go("waiting", about=f"case/{line.case}"))
        return made

    # Entering

    @faults_are_told
    def _enter(self, flag: str = "") -> None:
        page = self.presenter
        case = page.enter(flag)
        self.context.saved()
        if flag == Flag.CHILD_ALONE and page.may_begin_child:
            self._child(case)
        else:
            self.context.go("waiting", about=f"case/{case}")

    @faults_are_told
    def _child(self, case: str) -> None:
        """For a child alone the first sheet follows at once, in the language of the household."""
        interview = self.presenter.begin_child(case, officers_side(self.context.words.tag))
        self.context.go("interview", draft=interview.draft_id)

    def _settle(self, flag: str) -> None:
        self._did(partial(self.presenter.settle, flag))

    # Putting together

    def _join(self) -> Card:
        say = self.context.say
        self.number = Field(
            say("Number of somebody they came with"), hint=say("As it stands on the token or the slip.")
        )
        self.relation = ChoiceGrid(
            [Offered(value, told) for value, told in self.presenter.relations()],
            name=say("What are they to each other?"),
            numbered=False,
            size=Size.TEXT,
            least=220,
        )
        hint = say("It can stay empty. Nothing of it leaves the post.")
        keep = button(say("Put them together"), self._put_together, icon="people")
        return Card(
            self.number,
            words(say("What are they to each other?")),
            readable(words(hint, quiet=True)),
            self.relation,
            flow(keep),
        )

    def _put_together(self) -> None:
        assert self.number is not None and self.relation is not None
        other = self.presenter.found(self.number.value)
        if other is None:
            self.number.show_problem(self.context.say("Nobody here has this number. Look at it once more."))
            self.number.line.setFocus()
            return
        relation = next(iter(self.relation.values), "")
        self._told = self.context.say("Together with {number} now.", number=isolate(self.number.value))
        self._did(partial(self.presenter.join, other, relation))

    # Waiting no more

    def _ask_end(self) -> QWidget:
        say = self.context.say
        name = say("Why does this household wait no more?")
        offered = [Offered(because.value, told) for because, told in self.presenter.becauses()]
        grid = ChoiceGrid(offered, name=name, numbered=False, size=Size.TEXT, least=240, most=2)
        grid.chosen.connect(lambda values: self._end(values[0]))
        return Card(words(name, Size.QUESTION), grid)

    def _end(self, because: str) -> None:
        self._did(partial(self.presenter.end, Because(because)))

    def _did(self, do: object) -> None:
        assert callable(do)
        try:
            do()
        except FieldkitError as fault:
            self._told = ""
            self.context.show_error(fault)
            return
        self.context.saved()
        self.show_again()
