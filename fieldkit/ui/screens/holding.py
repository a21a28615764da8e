"""One time that somebody is held, to be written on: why, where, who looked at it, whom they could speak to, and its
end.

Nothing of it is refused because of the case (`protection.md` 5).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.services.held_people import ENDS, GROUNDS, REVIEWS, VISITORS
from fieldkit.ui.presenters.held import HoldingPage
from fieldkit.ui.screens.filled import FilledScreen
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.day_choice import DayChoice
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.fold import Fold
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.text import words

if TYPE_CHECKING:
    from fieldkit.ui.context import Context

YES, NO = "yes", "no"


class HoldingScreen(FilledScreen):
    """What is known stands on top; below it what can be written down, each in a fold of its own."""

    rail: str = "home"

    def __init__(self, context: Context, case: str, measure: str) -> None:
        super().__init__(context)
        self.page = HoldingPage(context.open_vault, case, measure, context.words)
        self.grids: dict[str, ChoiceGrid] = {}

    @property
    def title(self) -> str:
        return self.context.say("Somebody who is held")

    def _read_again(self) -> None:
        page = self.page
        self.page = HoldingPage(page.vault, page.case, page.measure, self.context.words)

    def _fill(self, told: str = "") -> None:
        say = self.context.say
        done = [Banner(Tone.DONE, told)] if told else []
        self._whole.put(*done, self._known(), *(self._writing() if self.page.may_write else ()))
        self._whole.setAccessibleName(say("Number {number}", number=self.page.held.number))

    def _known(self) -> Card:
        say, page, one = self.context.say, self.page, self.page.held
        number = words(say("Number {number}", number=one.number), Size.QUESTION, bold=True)
        rows = [
            (say("Ground"), page.kinds(one)),
            (say("As it was told"), page.grounds(one)),
            (say("Where"), page.place(one)),
            (say("Who answers for it"), page.bodies(one)),
            (say("Last look at it"), page.review(one)),
            (say("Could speak to"), page.visits(one)),
            (say("How it is there"), page.conditions(one)),
            *([(say("How it ended"), page.how(one))] if one.until else []),
        ]
        return Card(number, words(page.how_long(one), bold=True), facts(rows, share=2))

    def _writing(self) -> list[QWidget]:
        say = self.context.say
        folds = [
            Fold(say("Whom the person could speak to"), self._visit),
            Fold(say("Somebody looked at whether it may go on"), self._review),
            Fold(say("Why, and who answers for it"), self._describe),
            Fold(say("Where"), self._place),
        ]
        if not self.page.held.until:
            folds.append(Fold(say("It has ended"), self._end))
        return [Card(words(say("Write down"), Size.QUESTION, bold=True), *folds)]

    # What is asked

    def _visit(self) -> QWidget:
        say = self.context.say
        whom = self._grid("whom", say("Whom?"), self.page.offered(VISITORS))
        offered = [(YES, say("Yes, they could speak")), (NO, say("No, it was asked for and not possible"))]
        given = self._grid("given", say("Could they speak?"), offered)
        day = DayChoice(self.context, say("On which day?"))

        def keep() -> None:
            self._did(partial(self._keep_visit, day))

        return column(words(say("Whom?")), whom, given, day.widget, self._keep_button(keep), gap=8)

    def _keep_visit(self, day: DayChoice) -> None:
        given = self._chosen("given")
        self.page.keep_visit(day.day, self._chosen("whom") if given else "", given=given == YES)

    def _review(self) -> QWidget:
        say = self.context.say
        result = self._grid("result", say("What came of it?"), self.page.offered(REVIEWS))
        by = Field(say("Who looked at it?"), hint=say("A court, an office, a function. Write no names."))
        day = DayChoice(self.context, say("On which day?"))

        def keep() -> None:
            self._did(lambda: self.page.keep_review(day.day, by.value, self._chosen("result")))

        return column(by, words(say("What came of it?")), result, day.widget, self._keep_button(keep), gap=8)

    def _describe(self) -> QWidget:
        say, one = self.context.say, self.page.held
        ground = self._grid("ground", say("Which reason was given?"), self.page.offered(GROUNDS))
        if len(one.grounds) == 1:
            ground.choose(one.grounds[0])
        hint = say("The office or ministry that can end it. Write no names.")
        body = Field(say("Who answers for it?"), hint=hint, value=one.bodies[-1] if one.bodies else "")

        def keep() -> None:
            self._did(lambda: self.page.keep_why(self._chosen("ground"), body.value))

        return column(words(say("Which reason was given?")), ground, body, self._keep_button(keep), gap=8)

    def _place(self) -> QWidget:
        say = self.context.say
        where = Field(say("Where?"), hint=say("The name of the place is enough. It stays at this post."))
        day = DayChoice(self.context, say("Since which day?"))

        def keep() -> None:
            self._did(lambda: self.page.keep_place(day.day, where.value))

        return column(where, day.widget, self._keep_button(keep), gap=8)

    def _end(self) -> QWidget:
        say = self.context.say
        how = self._grid("how", say("How did it end?"), self.page.offered(ENDS))
        day = DayChoice(self.context, say("On which day?"))

        def keep() -> None:
            self._did(lambda: self.page.keep_end(day.day, self._chosen("how")))

        return column(words(say("How did it end?")), how, day.widget, self._keep_button(keep), gap=8)

    # Small parts

    def _grid(self, name: str, question: str, offered: list[tuple[str, str]]) -> ChoiceGrid:
        choices = [Offered(value, text) for value, text in offered]
        made = ChoiceGrid(choices, name=question, size=Size.TEXT, least=240, most=3)
        self.grids[name] = made
        return made

    def _chosen(self, name: str) -> str:
        values = self.grids[name].values
        return values[0] if values else ""

    def _keep_button(self, keep: Callable[[], object]) -> QWidget:
        return flow(button(self.context.say("Keep this"), keep, role="main", icon="check"))
