"""Finished interviews on this laptop: a number, a day, a form. What was found stands on the case's own page.

A name is shown only to whoever typed its beginning: the list itself can be read from across the desk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.domain.access import Action
from fieldkit.domain.ids import spoken_number
from fieldkit.languages.numbers import format_date
from fieldkit.ui import theme
from fieldkit.ui.screens.screen import Screen
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.buttons import BigButton, button
from fieldkit.ui.widgets.card import Card, column, row
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.layouts import Columns
from fieldkit.ui.widgets.looking_up import LookUp
from fieldkit.ui.widgets.text import words

if TYPE_CHECKING:
    from fieldkit.services.search import Found
    from fieldkit.storage.queries import CaseRow, SurveyRow
    from fieldkit.ui.context import Context

PAGE = 50
"""Rows shown at once; more on request, so that the window never waits."""


class PeopleScreen(Screen):
    """The newest day first."""

    rail: str = "home"

    def __init__(self, context: Context, shown: int = PAGE, surveys_only: bool = False) -> None:
        from fieldkit.services import intake  # noqa: PLC0415 (not needed before somebody is in)

        super().__init__(context)
        vault = context.open_vault
        self._shown = shown
        self._surveys_only = surveys_only
        self.rows = () if surveys_only else vault.queries.cases(limit=shown)
        self.whole = 0 if surveys_only else vault.queries.case_count()
        self.surveys = vault.queries.surveys(limit=shown)
        self._may_look = vault.may(Action.INTERVIEW)
        self._titles = {form.id: form for form in intake.offered_forms(vault)}

    @property
    def title(self) -> str:
        return self.context.say("Surveys") if self._surveys_only else self.context.say("Finished interviews")

    def build(self) -> QWidget:
        say = self.context.say
        if not self.rows and not self.surveys:
            told = say("No interview is finished yet.")
            return Card(EmptyState(told, say("Each one stands here when it is finished, by its number.")))
        if not self._may_look or self._surveys_only:
            return self._everybody()
        return LookUp(
            say("Find somebody who was here before"),
            say("A name in any spelling or script, or the beginning of a number."),
            self._found,
            self._everybody(),
        )

    def _everybody(self) -> QWidget:
        say = self.context.say
        parts: list[QWidget] = []
        if self.rows:
            of_all = say("{shown} of {whole}", shown=len(self.rows), whole=self.whole)
            parts += [words(of_all, quiet=True), _grid([self._row(found) for found in self.rows])]
        if self.whole > len(self.rows):
            parts.append(row(button(say("Show more"), self._more, icon="list")))
        if self.surveys:
            parts.append(words(say("Surveys"), Size.QUESTION, bold=True))
            parts.append(_grid([self._survey(found) for found in self.surveys]))
        return column(*parts)

    def _found(self, typed: str) -> QWidget:
        from fieldkit.services import search  # noqa: PLC0415 (not needed before somebody looks)

        say = self.context.say
        found = search.look_up(self.context.open_vault, typed)
        if not found:
            told = say("Nobody of that name or number is known here.")
            more = say("Try another spelling, or fewer letters. Somebody may have been at another post.")
            return EmptyState(told, more, icon="search")
        shown = _grid([self._hit(one) for one in found])
        if len(found) < search.MOST:
            return shown
        return column(shown, words(say("There may be more. Type more letters."), quiet=True))

    def _hit(self, one: Found) -> BigButton:
        told = self._told(one)
        name = self.context.say("{name} · {rest}", name=one.name, rest=told) if one.name else told
        made = BigButton(one.number, tag="en", second=name, icon="person")
        made.clicked.connect(lambda: self.context.go("outcome", case=one.case))
        return made

    def _survey(self, found: SurveyRow) -> BigButton:
        made = BigButton(
            spoken_number(found.about.partition("/")[2]), tag="en", second=self._told(found), icon="form"
        )
        made.clicked.connect(lambda: self.context.go("finished", about=found.about))
        return made

    def _told(self, found: CaseRow | SurveyRow | Found) -> str:
        tag = self.context.words.tag
        form = self._titles.get(found.form)
        if (
            form is not None and not form.allowed
        ):  # what a talk for trained staff is called tells why it was led
            return format_date(found.day, tag)
        title = form.title(tag) if form else found.form or self.context.say("not screened yet")
        return self.context.say("{form} · {day}", form=title, day=format_date(found.day, tag))

    def _row(self, found: CaseRow) -> BigButton:
        made = BigButton(found.number, tag="en", second=self._told(found), icon="person")
        made.clicked.connect(lambda: self.context.go("outcome", case=found.case))
        return made

    def _more(self) -> None:
        self.context.navigation.instead("people", shown=self._shown + PAGE)


def _grid(rows: list[BigButton]) -> QWidget:
    px = theme.current().px
    box = QWidget()
    grid = Columns(box, least=px(420), most=2, gap=px(8))
    for made in rows:
        grid.addWidget(made)
    return box
