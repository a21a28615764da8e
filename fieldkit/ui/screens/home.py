"""Where somebody who interviews starts: a new interview, and what lies unfinished."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from fieldkit.languages.autonyms import autonym
from fieldkit.languages.numbers import format_moment
from fieldkit.ui import theme
from fieldkit.ui.presenters.home import Home, Unfinished
from fieldkit.ui.presenters.on_paper import Head
from fieldkit.ui.screens.screen import Screen, Way
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.buttons import BigButton, button
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.from_headquarters import tasks_card
from fieldkit.ui.widgets.layouts import Columns, flow
from fieldkit.ui.widgets.text import words

if TYPE_CHECKING:
    from fieldkit.services.forms_held import OfferedForm
    from fieldkit.ui.context import Context


class HomeScreen(Screen):
    """Rows show a number, never a name: the screen can be read from across the desk."""

    shows_notices: ClassVar[bool] = True
    rail: ClassVar[str] = "home"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.presenter = self._read()

    @property
    def title(self) -> str:
        return self.context.say("People")

    def build(self) -> QWidget:
        if self.language_changed():
            self.presenter = self._read()
        say = self.context.say
        parts: list[QWidget] = [*tasks_card(self.context)]
        parts.append(words(say("Unfinished interviews"), Size.QUESTION, bold=True))
        if self.presenter.unfinished:
            parts.append(_grid([self._unfinished(one) for one in self.presenter.unfinished]))
        else:
            told = say("No interview is unfinished.")
            todo = (
                say("Press New interview when the next person sits down.")
                if self.presenter.first_form
                else say("Your account takes no protection interviews.")
            )
            parts.append(Card(EmptyState(told, todo, icon="interview")))
        if self.presenter.surveys:
            parts.append(words(say("Surveys"), Size.QUESTION, bold=True))
            parts.append(_grid([self._survey(form) for form in self.presenter.surveys]))
        ways = [button(say("Finished interviews"), lambda: self.context.go("people"), icon="list")]
        if self.presenter.first_form or self.presenter.surveys:
            ways.append(
                button(say("On paper"), lambda: self.context.go("on_paper", head=Head()), icon="form")
            )
        if self.presenter.may_import_forms:
            ways.append(button(say("Forms"), lambda: self.context.go("forms"), icon="form"))
        return column(*parts, flow(*ways))

    def _read(self) -> Home:
        from fieldkit.services import intake  # noqa: PLC0415 (not needed before somebody is in)

        return Home(self.context.open_vault, intake.offered_forms, intake.drafts, self.context.words.tag)

    def main_action(self) -> Way | None:
        form = self.presenter.first_form
        if form is None:
            return None
        return Way(self.context.say("New interview"), partial(self._begin, form), "new")

    def back(self) -> None:
        return None

    def _unfinished(self, one: Unfinished) -> BigButton:
        started = format_moment(one.started, self.context.words.tag)
        second = self.context.say(
            "{form} · {language} · begun {moment}",
            form=one.title,
            language=autonym(one.person_language),
            moment=started,
        )
        made = BigButton(one.number, tag="en", second=second, icon="interview")
        made.clicked.connect(lambda: self.context.go("interview", draft=one.id))
        return made

    def _survey(self, form: OfferedForm) -> BigButton:
        made = BigButton(form.title(self.context.words.tag), icon="form")
        made.clicked.connect(partial(self._begin, form))
        return made

    def _begin(self, form: OfferedForm, *_: object) -> None:
        self.context.go("choose_language", form=form.id)


def _grid(buttons: list[BigButton]) -> QWidget:
    px = theme.current().px
    box = QWidget()
    layout = Columns(box, least=px(420), most=2, gap=px(8))
    for made in buttons:
        layout.addWidget(made)
    return box
