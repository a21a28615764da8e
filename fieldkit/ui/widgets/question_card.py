"""A question on its card: text in two languages, how to ask, the answer, what is wrong, how else it can end.

1. Only what changed is made anew, so that the keyboard stays where somebody types.
2. An answer that could not be kept stays in its field, and the card says so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from fieldkit.domain.outcome import Mark
from fieldkit.languages.marking import mark
from fieldkit.ui import icons, theme
from fieldkit.ui.fields.choices import is_digit
from fieldkit.ui.fields.field import AnswerField, holds_focus
from fieldkit.ui.fields.table import field_for
from fieldkit.ui.presenters.kinds import Kind
from fieldkit.ui.presenters.question import QuestionView
from fieldkit.ui.tokens import Tone
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, empty
from fieldkit.ui.widgets.fold import Fold
from fieldkit.ui.widgets.layouts import Flow
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.media import media_below
from fieldkit.ui.widgets.text import words, words_in
from fieldkit.ui.widgets.two_languages import Say, question_text, stack, told_in_both

MARK_WORDS = {
    Mark.SKIPPED: mark("Skip"),
    Mark.DECLINED: mark("Does not want to answer"),
    Mark.UNKNOWN: mark("Not known"),
}
FAULT_WORDS = {
    "type": mark(
        "This is not whole or not of the kind that is asked. It is kept as it stands; please check it."
    ),
    "constraint": mark("This answer does not fit what the form expects. It is kept; please check it."),
    "required": mark(
        "This question still needs an answer. That it was left out, is not known, or that the person does not "
        "want to answer, is an answer too."
    ),
}
"""What is said where the form says nothing itself."""


class QuestionCard(Card):
    """`answered` brings the value, `marked` the mark (NOT_ASKED: taken back), `typing` that one is coming,
    `wished` what only the screen can do."""

    answered = Signal(str, str)
    marked = Signal(str, Mark)
    typing = Signal()
    wished = Signal(str, object)
    done = Signal()

    def __init__(self, view: QuestionView, say: Say) -> None:
        super().__init__()
        self.view = view
        self._say = say
        self.setAccessibleName(view.label.officer.text)
        px = theme.current().px
        self._head, self._place, self._told = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        for layout in (self._head, self._place, self._told):
            layout.setSpacing(px(8))
            self.column.addLayout(layout)
        self.marks: dict[Mark, QPushButton] = {}
        self._marks_box = QWidget()
        self._marks_row = Flow(self._marks_box, gap=px(8))
        self.column.addWidget(self._marks_box)
        self._unkept = ""
        self._make_head()
        self.field = self._make_field()
        self._make_marks()
        self._tell()

    def show_view(self, view: QuestionView) -> None:
        """Show another view of the same question; what is equal stays untouched."""
        before, self.view = self.view, view
        self._unkept = ""
        if _head(before) != _head(view):
            self.setAccessibleName(view.label.officer.text)
            empty(self._head)
            self._make_head()
        if _field(before) != _field(view):
            had_focus = holds_focus(self.field)
            empty(self._place)
            self.field = self._make_field()
            if had_focus:
                self.focus()
        else:
            self.field.view = view
            self.field.show_value(view.value)
        if before.marks != view.marks:
            empty(self._marks_row)
            self._make_marks()
        for one, made in self.marks.items():
            made.setChecked(view.mark is one)
        self._tell()

    def tell_unkept(self, sentence: str) -> None:
        """The answer is not on disk: say so here too, until one is kept."""
        self._unkept = sentence
        self.field.refused()
        for one, made in self.marks.items():
            made.setChecked(self.view.mark is one)
        self._tell()

    @property
    def takes_answer(self) -> bool:
        """Whether there is something to do here."""
        return not self.view.readonly and self.view.kind is not Kind.NOTE

    def focus(self) -> None:
        """Give the keyboard to the answer, or to the first thing to press."""
        first = self.field.first()
        if first is None or not first.isEnabled():
            first = next(iter(self.marks.values()), None)
        (first or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = is_digit(event)
        if not (number and self.field.press(number)):
            super().keyPressEvent(event)

    def _make_head(self) -> None:
        view, say = self.view, self._say
        self._head.addWidget(question_text(view.label, view.hint, view.drafts, say, self._guidance()))
        media = view.media.beside_map() if view.on_map else view.media
        if media:
            self._head.addWidget(media_below(media, view.files, say))

    def _guidance(self) -> QWidget | None:
        say, guidance = self._say, self.view.guidance
        if not guidance.text:
            return None
        return Fold(say("How to ask"), lambda: stack(words_in(guidance.text, guidance.language)))

    def _make_field(self) -> AnswerField:
        made = field_for(self.view, self._say)
        ref = self.view.ref
        made.answered.connect(lambda value: self.answered.emit(ref, value))
        made.typing.connect(self.typing)
        made.done.connect(self.done)
        made.wished.connect(lambda wish: self.wished.emit(ref, wish))
        self._place.addWidget(made)
        if self.view.kind is Kind.NOTE:
            made.setVisible(bool(self.view.value))
        return made

    def _make_marks(self) -> None:
        self.marks = {}
        for one in self.view.marks:
            made = button(self._say(MARK_WORDS[one]), self._presser(one), role="plain")
            made.setCheckable(True)
            made.setChecked(self.view.mark is one)
            made.toggled.connect(lambda on, made=made: _show_mark(made, on))
            _show_mark(made, made.isChecked())
            self._marks_row.addWidget(made)
            self.marks[one] = made
        self._marks_box.setVisible(bool(self.marks))

    def _presser(self, one: Mark) -> Callable[[], None]:
        def press() -> None:
            on = self.marks[one].isChecked()
            self.marks[one].setChecked(
                self.view.mark is one
            )  # the card shows what is kept, not what was pressed
            self.field.dropped()
            self.marked.emit(self.view.ref, one if on else Mark.NOT_ASKED)

        return press

    def _tell(self) -> None:
        empty(self._told)
        if self._unkept:
            self._told.addWidget(marked("urgent", words(self._unkept, tone=Tone.URGENT), Tone.URGENT))
        if self.view.fault:
            self._told.addWidget(told_in_both(self.view.told, self._say(FAULT_WORDS[self.view.fault])))


def _head(view: QuestionView) -> object:
    return view.label, view.hint, view.guidance, view.media, view.drafts


def _field(view: QuestionView) -> QuestionView:
    """What a field is made from; its value and mark it can show without being made anew."""
    return replace(
        view,
        value="",
        attached=None,
        mark=Mark.NOT_ASKED,
        marks=(),
        fault="",
        told=type(view.told)(),
        required=False,
    )


def _show_mark(made: QPushButton, on: bool) -> None:
    made.setProperty("chosen", "true" if on else "false")
    made.setIcon(icons.icon("check", theme.current().colours.main) if on else QIcon())
    made.setIconSize(icons.size())
