"""The neutral page: what stands in the window while nothing of the work may be seen.

1. It says nothing about anybody: no name, no post, no count, no screen (`vault-and-bundles.md`, Cover). The
   window's title is the program's name.
2. The work is not below it but out of the window: no screen reader, no thumbnail and no tooltip finds it.
3. The way back is the person's own six digits; who has none locks and signs in.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldkit.ui import theme
from fieldkit.ui.presenters.cover import DIGITS, CoverPin
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, row
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.text import words

if TYPE_CHECKING:
    from fieldkit.ui.context import Context

_WIDTH = 560
"""Of the card, in pixels at 100 %."""

Do = Callable[[], object]


class NeutralPage(QWidget):
    """One sentence in the middle, and what belongs to it."""

    def __init__(self, sentence: str, *parts: QWidget) -> None:
        super().__init__()
        px = theme.current().px
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(24), px(24), px(24))
        column.addStretch(1)
        across = QHBoxLayout()
        column.addLayout(across)
        column.addStretch(2)
        card = Card(words(sentence, Size.QUESTION), *parts)
        card.setMaximumWidth(px(_WIDTH))
        across.addStretch(1)
        across.addWidget(card, 6)
        across.addStretch(1)


class CoverPage(NeutralPage):
    """`back` is called when the digits were right."""

    def __init__(self, context: Context, back: Do) -> None:
        say = context.say
        self._context = context
        self._back = back
        self.pin = CoverPin(context.open_vault)
        self.digits: Field | None = None
        if self.pin.is_set:
            self.digits = Field(say("Your six digits"), secret=say("Show"), size=Size.QUESTION)
            self.digits.line.setMaxLength(DIGITS)
            self.main = button(say("Back to work"), self.do_main, icon="next", role="main")
            ways = row(self.main, button(say("Lock"), context.lock, icon="lock"))
            super().__init__(say("This screen is covered."), self.digits, ways)
        else:
            told = say(
                "To go on, lock and sign in again; everything that was entered is kept. In Help you can choose six "
                "digits that bring you back from here."
            )
            self.main = button(say("Lock and sign in"), context.lock, icon="lock", role="main")
            super().__init__(say("This screen is covered."), words(told, quiet=True), row(self.main))

    def take_keyboard(self) -> None:
        """The digits, or the one button, have it from now on."""
        first: QWidget = self.main if self.digits is None else self.digits.line
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def do_main(self) -> None:
        """Try the digits; after the last wrong ones the vault is locked."""
        if self.digits is None:
            self._context.lock()
            return
        typed = self.digits.value
        self.digits.line.clear()
        if self.pin.fits(typed):
            self._back()
        elif not self.pin.tries_left:
            self._context.lock()
        else:
            self.digits.show_problem(
                self._context.words.count(
                    "These are not your digits. {number} more try, then the vault is locked; everything is kept.",
                    "These are not your digits. {number} more tries, then the vault is locked; everything is kept.",
                    self.pin.tries_left,
                )
            )
