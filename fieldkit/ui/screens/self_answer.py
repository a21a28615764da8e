"""The turned laptop: one question in the person's language, large, with nothing of the officer's side around it.

The way back asks for six digits that the officer chooses before turning. Five wrong tries lock the vault; all
that was answered is on disk.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from fieldkit.languages import catalogues
from fieldkit.ui.context import interface_words
from fieldkit.ui.fields.field import AnswerField
from fieldkit.ui.fields.table import field_for
from fieldkit.ui.presenters.self_answer import PIN_DIGITS, SelfAnswerPage, pin_of
from fieldkit.ui.screens.screen import Do, Screen, Way, faults_are_told
from fieldkit.ui.theme import Theme
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.buttons import BigButton
from fieldkit.ui.widgets.card import Card, column, row
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.text import readable, words, words_in
from fieldkit.ui.widgets.two_languages import question_text, told_in_both

if TYPE_CHECKING:
    from fieldkit.ui.context import Context
    from fieldkit.ui.presenters.question import QuestionView

_LEAST_SCALE = 130
CHOOSE, ASK, RETURN = "choose", "ask", "return"


class SelfAnswerScreen(Screen):
    """`section` of `draft`, answered by the person alone."""

    rail: str = "home"
    alone: ClassVar[bool] = True

    def __init__(self, context: Context, draft: str, section: str) -> None:
        super().__init__(context)
        self.page = SelfAnswerPage(context.open_vault, draft, section)
        self.pin = pin_of(context.open_vault)
        self.state = ASK if self.pin.is_set else CHOOSE
        self.field: AnswerField | None = None
        self.digits: Field | None = None
        self._words = catalogues.load(self.page.language, "codebook")
        self._interface = interface_words(self.page.language)

    @property
    def title(self) -> str:
        return self.context.say("Before you turn the laptop") if self.state == CHOOSE else ""

    # --- what stands there ----------------------------------------------------------------------------

    def build(self) -> QWidget:
        self.field = self.digits = None
        if self.state == CHOOSE:
            self.context.theme.use()
            return self._choose_page()
        turned = self._turned()
        turned.use()
        content = self._return_page() if self.state == RETURN else self._ask_page()
        turned.wear(content)
        return content

    def left(self) -> None:
        if self.field is not None:
            self.field.flush()
        self.context.theme.use()

    def _turned(self) -> Theme:
        settings = self.context.settings
        return Theme(settings.appearance, max(settings.scale, _LEAST_SCALE), self.page.language)

    def _theirs(self, text_id: str) -> str:
        return self.context.open_vault.codebook.say(text_id, self._words)

    def _choose_page(self) -> QWidget:
        say = self.context.say
        told = say(
            "The person answers alone, one question a page, in their own language. No earlier answer and nothing "
            "of your side is shown. Choose six digits: they bring your side back. They are kept in memory until "
            "you sign out."
        )
        self.digits = Field(say("Six digits"), secret=say("Show"), size=Size.QUESTION)
        self.digits.line.setMaxLength(PIN_DIGITS)
        return Card(readable(words(told, Size.QUESTION)), self.digits)

    def _ask_page(self) -> QWidget:
        while self.page.ref and self.page.view is None:  # another answer took the question away
            self.page.forward()
        view = self.page.view
        if view is None:
            return column(
                words_in(self._theirs("alone/thanks"), self._tag("alone/thanks"), Size.TITLE), gap=24
            )
        self.field = field_for(view, self._interface.say)
        self.field.answered.connect(self._answer)
        parts: list[QWidget] = [
            question_text(view.label, view.hint, view.drafts, self._interface.say),
            self.field,
        ]
        if view.fault:
            parts.append(told_in_both(view.told, ""))
        return column(*parts, gap=24)

    def _return_page(self) -> QWidget:
        say = self.context.say
        self.digits = Field(say("For the officer: the six digits"), size=Size.QUESTION, secret=say("Show"))
        self.digits.line.setMaxLength(PIN_DIGITS)
        go_on = BigButton(self._theirs("alone/go_on"), tag=self._tag("alone/go_on"), icon="next")
        go_on.clicked.connect(lambda: self._to(ASK))
        return column(Card(self.digits), row(go_on), gap=24)

    def _tag(self, text_id: str) -> str:
        source = self.context.open_vault.codebook.texts.get(text_id)
        translated = source is not None and self._words.is_translated(source.text, source.id)
        return self.page.language if translated else catalogues.SOURCE_LANGUAGE

    # --- ways -----------------------------------------------------------------------------------------

    def main_action(self) -> Way | None:
        say = self.context.say
        if self.state == CHOOSE:
            return Way(say("Turn the laptop now"), self._turn, "next")
        if self.state == RETURN:
            return Way(say("Back to the interview"), self._try, "lock")
        if self.page.ref:
            return Way(self._theirs("alone/next"), self._next, "next")
        return Way(self._theirs("alone/give_back"), lambda: self._to(RETURN), "done")

    def back(self) -> Way | None:
        if self.state == CHOOSE:
            return Way(self.context.say("Back"), self.context.navigation.back, "back")
        if self.state == ASK and not self.page.is_first:
            return Way(self._theirs("alone/back"), self._back, "back")
        return None

    def other_actions(self) -> tuple[Way, ...]:
        if self.state != ASK or not self.page.ref:
            return ()
        return (
            Way(self._theirs("alone/give_back"), lambda: self._to(RETURN)),
            Way(self._theirs("alone/decline"), self._decline, "close"),
        )

    def commands(self) -> Mapping[str, Do]:
        way = self.main_action()
        return {"next": way.do} if way is not None else {}

    def shown(self) -> None:
        first = self.field.first() if self.field is not None else None
        if self.digits is not None:
            self.digits.line.setFocus(Qt.FocusReason.OtherFocusReason)
        elif first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- what is done ---------------------------------------------------------------------------------

    def _to(self, state: str) -> None:
        if self.field is not None:
            self.field.flush()
        self.state = state
        self.show_again()

    def _turn(self) -> None:
        assert self.digits is not None
        if self.pin.choose(self.digits.value):
            self._to(ASK)
            return
        self.digits.show_problem(
            self.context.say("Six digits are needed, and not six times the same. Choose others.")
        )

    def _try(self) -> None:
        assert self.digits is not None
        if self.pin.fits(self.digits.value):
            self.context.navigation.back()
            return
        if not self.pin.tries_left:
            self.context.lock()
            return
        told = self.context.words.count(
            "These are not the digits. {number} more try, then the vault is locked; all answers are kept.",
            "These are not the digits. {number} more tries, then the vault is locked; all answers are kept.",
            self.pin.tries_left,
        )
        self.digits.line.clear()
        self.digits.show_problem(told)

    @faults_are_told
    def _answer(self, value: str) -> None:
        self.page.answer(value)
        view: QuestionView | None = self.page.view
        if self.field is not None and view is not None:
            self.field.view = view

    def _next(self) -> None:
        if self.field is not None:
            self.field.flush()
        self.page.forward()
        self.show_again()

    def _back(self) -> None:
        if self.field is not None:
            self.field.flush()
        self.page.backward()
        self.show_again()

    @faults_are_told
    def _decline(self) -> None:
        if self.field is not None:
            self.field.dropped()
        self.page.decline()
        self.show_again()
