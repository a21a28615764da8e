"""Point at your language: large names, each in its own script, for the person across the desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from fieldkit.ui import theme
from fieldkit.ui.presenters.choose_language import LanguageChoice, choices, found
from fieldkit.ui.screens.screen import Do, Screen, faults_are_told
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.buttons import BigButton
from fieldkit.ui.widgets.card import column
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.layouts import Columns
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.ui.context import Context


class ChooseLanguageScreen(Screen):
    """Begins an interview of `form` in the language pointed at; with `then`, hands the language to it instead."""

    rail = "home"

    def __init__(self, context: Context, form: str, then: Callable[[str], object] | None = None) -> None:
        from fieldkit.services import intake  # noqa: PLC0415 (not needed before somebody is in)

        super().__init__(context)
        self._intake = intake
        self._form = form
        self._then = then
        offered = {one.id: one for one in intake.offered_forms(context.open_vault)}
        self.rows = choices(offered[form].languages)
        self.buttons: dict[str, BigButton] = {}
        self.search: QLineEdit | None = None
        self._without: QLabel | None = None
        self._nothing: QLabel | None = None

    @property
    def title(self) -> str:
        return self.context.say("Point at your language")

    def build(self) -> QWidget:
        say = self.context.say
        px = theme.current().px
        field = Field(
            say("Find a language: type its own name or its English name, then Enter"), size=Size.TEXT
        )
        field.line.textEdited.connect(self._find)
        self.search = field.line
        with_text, without = QWidget(), QWidget()
        grids = {
            True: Columns(with_text, least=px(220), gap=px(8)),
            False: Columns(without, least=px(220), gap=px(8)),
        }
        self.buttons = {}
        for choice in self.rows:
            made = self._button(choice)
            self.buttons[choice.tag] = made
            grids[choice.has_text].addWidget(made)
        self._without = words(
            say(
                "The interview has no text yet in the languages below. The questions are then shown in your "
                "own language, for an interpreter to read aloud."
            ),
            quiet=True,
        )
        self._nothing = words(say("No language of this list has that name."), Size.QUESTION)
        self._nothing.setVisible(False)
        return column(field, with_text, self._nothing, readable(self._without), without)

    def shown(self) -> None:
        if self.search is not None:
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def commands(self) -> Mapping[str, Do]:
        return {"next": self._choose_found}

    def _button(self, choice: LanguageChoice) -> BigButton:
        made = BigButton(
            choice.autonym, tag=choice.tag, size=Size.PERSON, second=choice.english, second_tag="en"
        )
        made.clicked.connect(lambda: self._chosen(choice.tag))
        return made

    def _find(self, typed: str) -> None:
        shown = {choice.tag for choice in found(self.rows, typed)}
        for tag, made in self.buttons.items():
            made.setVisible(tag in shown)
        if self._without is not None and self._nothing is not None:
            self._without.setVisible(any(not row.has_text and row.tag in shown for row in self.rows))
            self._nothing.setVisible(not shown)

    def _choose_found(self) -> None:
        typed = self.search.text() if self.search else ""
        rows = found(self.rows, typed) if typed.strip() else ()
        if len(rows) == 1:
            self._chosen(rows[0].tag)

    @faults_are_told
    def _chosen(self, tag: str) -> None:
        if self._then is not None:
            self._then(tag)
            return
        context = self.context
        side = context.words.tag if context.words.tag in self._intake.OFFICERS_SIDE else "en"
        interview = self._intake.begin(
            context.open_vault, self._form, officer_language=side, person_language=tag
        )
        context.navigation.instead("interview", draft=interview.draft_id)
