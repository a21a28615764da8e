"""The cards of one page of an interview, in their order. Only those whose view is another are touched."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from fieldkit.ui import theme
from fieldkit.ui.presenters.interview import Asked, Piece, Rows
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.question_card import QuestionCard
from fieldkit.ui.widgets.repeat_list import RepeatList
from fieldkit.ui.widgets.tab_order import follow
from fieldkit.ui.widgets.text import words

_INDENT = 24


class InterviewCards(QWidget):
    """`make` makes the widget of a piece, with its signals connected; where nothing is asked stands `nothing`."""

    def __init__(self, make: Callable[[Piece], QWidget]) -> None:
        super().__init__()
        self._make = make
        self._held: dict[str, QWidget] = {}
        self._pieces: dict[str, Piece] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.current().px(12))

    def show_pieces(self, pieces: Iterable[Piece]) -> None:
        """Take out what is gone, put in what is new, show what is another."""
        wanted = {piece.key: piece for piece in pieces}
        for key in [key for key in self._held if type(wanted.get(key)) is not type(self._pieces.get(key))]:
            self._take_out(key)
        before: QWidget = self
        for place, (key, piece) in enumerate(wanted.items()):
            held = self._held.get(key)
            if held is None:
                held = self._held[key] = self._indented(piece)
            elif piece != self._pieces.get(key):
                _show(held, piece)
            if self._column.indexOf(held) != place:
                self._column.insertWidget(place, held)
                if place and self._pieces:  # it came later than the cards that stand here
                    follow(before, held)
            before = held
        self._pieces = wanted

    def say_nothing_is_asked(self, told: str) -> None:
        """A page without a card says so."""
        if not self._held:
            self._column.addWidget(words(told, Size.QUESTION))

    def in_order(self) -> list[QWidget]:
        """Everything that stands there: question cards, lists of rows and headings, without their indents."""
        return [_inner(self._held[key]) for key in self._pieces if key in self._held]

    def questions(self) -> list[QuestionCard]:
        """The cards of questions."""
        return [one for one in self.in_order() if isinstance(one, QuestionCard)]

    def focus_on(self, ref: str) -> None:
        """Give the keyboard to a question or a list of rows, and bring it into sight."""
        if ref not in self._held:
            return
        inner = _inner(self._held[ref])
        if isinstance(inner, QuestionCard | RepeatList):
            inner.focus()
        _into_sight(self._held[ref])

    def focus_first_in(self, repeat_row: str) -> None:
        """Give the keyboard to the first question of a row."""
        for card in self.questions():
            if card.view.ref.startswith(f"{repeat_row}/") and card.takes_answer:
                _focus(card)
                return

    def enter(self) -> bool:
        """Lead from the question that has the keyboard to the next one; False when there is none."""
        cards, at = self.questions(), self._focused()
        if at >= 0 and cards[at].field.enter():
            return True
        following = [card for card in cards[at + 1 :] if card.takes_answer]
        if at < 0 or not following:
            return False
        _focus(following[0])
        return True

    def is_at_last(self) -> bool:
        """Whether the keyboard is in the last question, or in none."""
        cards = [card for card in self.questions() if card.takes_answer]
        focused = QApplication.focusWidget()
        return not cards or focused is None or cards[-1].isAncestorOf(focused)

    def _focused(self) -> int:
        focused = QApplication.focusWidget()
        held = (n for n, card in enumerate(self.questions()) if focused and card.isAncestorOf(focused))
        return next(held, -1)

    def _indented(self, piece: Piece) -> QWidget:
        made = self._make(piece)
        return _Indented(made, piece.depth) if isinstance(piece, Asked | Rows) and piece.depth else made

    def _take_out(self, key: str) -> None:
        held = self._held.pop(key)
        self._pieces.pop(key, None)
        for card in held.findChildren(QuestionCard) + ([held] if isinstance(held, QuestionCard) else []):
            card.field.dropped()  # the keyboard leaves it now; that is no answer
        held.hide()
        held.setParent(None)
        held.deleteLater()


class _Indented(QWidget):
    """A card of a row stands a little further in than the lines of its repeat."""

    def __init__(self, inner: QWidget, depth: int) -> None:
        super().__init__()
        self.inner = inner
        box = QVBoxLayout(self)
        side = theme.current().px(_INDENT) * depth
        mirrored = theme.current().mirrored
        box.setContentsMargins(0 if mirrored else side, 0, side if mirrored else 0, 0)
        box.addWidget(inner)


def _inner(held: QWidget) -> QWidget:
    return held.inner if isinstance(held, _Indented) else held


def _show(held: QWidget, piece: Piece) -> None:
    inner = _inner(held)
    if isinstance(inner, QuestionCard) and isinstance(piece, Asked):
        inner.show_view(piece.view)
    elif isinstance(inner, RepeatList) and isinstance(piece, Rows):
        inner.show_rows(piece)


def _focus(card: QuestionCard) -> None:
    card.focus()
    _into_sight(card)


def _into_sight(held: QWidget) -> None:
    def scroll() -> None:
        above: QWidget | None = held.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            above.ensureWidgetVisible(held, 0, theme.current().px(16))

    QTimer.singleShot(0, held, scroll)  # after the layout has made room for it
