"""The question for a phrase: six words to write down, or a line for own ones; then the line that repeats it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from fieldkit.ui import theme
from fieldkit.ui.presenters.choose_phrase import ChoosePhrase, Page
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column, row
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.layouts import Columns, flow
from fieldkit.ui.widgets.text import start_at, words_in

Say = Callable[..., str]


class PhraseQuestion:
    """Builds the page where `choose` stands; `again` builds it anew. `field` is the line, where there is one."""

    def __init__(self, say: Say, choose: ChoosePhrase, again: Callable[[], object]) -> None:
        self.field: Field | None = None
        self._say, self._choose, self._again = say, choose, again

    def build(self) -> QWidget:
        """The widgets of this page."""
        if self._choose.page is Page.REPEAT:
            return self._repeat()
        return self._own() if self._choose.phrase.own else self._offered()

    def focus(self) -> None:
        """Give the keyboard to the line, where there is one."""
        if self.field is not None:
            self.field.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problem(self, said: str) -> bool:
        """Say what is wrong below the line; False where there is none."""
        if self.field is None:
            return False
        self.field.show_problem(said)
        self.focus()
        return True

    def _offered(self) -> QWidget:
        say, phrase = self._say, self._choose.phrase
        look = theme.current()
        grid = QWidget()
        cells = Columns(grid, least=look.px(200), most=3, gap=look.px(8))
        for place, word in enumerate(phrase.offered.split(), 1):
            said = words_in(f"{place}. {word}", "en", Size.PERSON)
            start_at(said, look.mirrored)
            cells.addWidget(said)
        card = Card(grid)
        card.setAccessibleName(phrase.offered)
        another = button(say("Show another phrase"), self._another, icon="again")
        if self._choose.to_hand_over:
            return column(card, flow(another))
        own = button(say("Write my own phrase"), lambda: self._use_own(True), role="plain")
        return column(card, flow(another, own))

    def _own(self) -> QWidget:
        say, phrase = self._say, self._choose.phrase
        hint = say("Several words that do not belong together. No names, no dates, no song.")
        line = self._line(say("Your own phrase"), hint, phrase.typed)
        line.line.textEdited.connect(lambda text: setattr(phrase, "typed", text))
        offered = button(say("Offer me a phrase"), lambda: self._use_own(False), role="plain")
        return column(Card(line), row(offered))

    def _repeat(self) -> QWidget:
        say, phrase = self._say, self._choose.phrase
        hint = say("Copy it from your paper. Capital letters and extra spaces do not matter.")
        line = self._line(say("Phrase"), hint, "")
        line.line.textEdited.connect(lambda text: setattr(phrase, "repeated", text))
        return column(Card(line))

    def _line(self, label: str, hint: str, value: str) -> Field:
        self.field = field = Field(label, hint=hint, value=value, secret=self._say("Show"))
        field.line.textEdited.connect(lambda _text: field.show_problem(""))
        return field

    def _another(self) -> None:
        self._choose.offer_another()
        self._again()

    def _use_own(self, own: bool) -> None:
        self._choose.phrase.own = own
        self._again()
