"""A text in the officer's and the person's language, side by side; stacked where there is no room.

1. A text in another language than the one that belongs there says which language it is.
2. A text that nobody reviewed says "draft"; a critical sentence in draft stands with its source sentence, and
   asks for an interpreter.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QLabel, QVBoxLayout, QWidget

from fieldkit.forms.marked_text import lines
from fieldkit.languages.autonyms import autonym, language
from fieldkit.languages.direction import is_rtl
from fieldkit.languages.isolates import isolate_words
from fieldkit.languages.numbers import format_list
from fieldkit.services.shown import ShownText
from fieldkit.ui import theme
from fieldkit.ui.presenters.question import Both
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import show_marked, start_at, words, words_in


class Say(Protocol):
    """Says a text of the interface in its language."""

    def __call__(self, text: str, /, **data: str | int) -> str: ...


def side_by_side(officer: QWidget, person: QWidget | None) -> QWidget:
    """The officer's part at the reading start, the person's beside it; below it at large text."""
    look = theme.current()
    box = QWidget()
    across = QBoxLayout(
        QBoxLayout.Direction.TopToBottom if look.stacked else QBoxLayout.Direction.LeftToRight, box
    )
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(look.px(8 if look.stacked else 24))
    across.addWidget(officer, 1)
    if person is not None:
        across.addWidget(person, 1)
    return box


def stack(*parts: QWidget) -> QWidget:
    """Parts close below each other, at the top."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.current().px(4))
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    return box


def question_text(
    both: Both, hint: Both, drafts: frozenset[str], say: Say, below: QWidget | None = None
) -> QWidget:
    """A question: its text and hint in both languages, with what has to be said about them.

    `below` stands under the officer's text."""
    officer: list[QWidget] = []
    person: list[QWidget] = []
    if both.officer.text:
        officer.append(form_words(both.officer, Size.QUESTION))
        officer += _remarks(both.officer, drafts, say)
    if hint.officer.text:
        officer.append(form_words(hint.officer, quiet=True))
    if below is not None:
        officer.append(below)
    if both.person.text:
        person.append(form_words(both.person, Size.PERSON))
        if hint.person.text and not hint.person.fallback:
            person.append(form_words(hint.person, quiet=True))
        person += _remarks(both.person, drafts, say)
    elif both.lacks:
        person.append(_lacking(both, say))
    column = [side_by_side(stack(*officer), stack(*person) if person else None)]
    critical = [text for text in both.texts() if text.source]
    if critical:
        column.append(critical_sentence(critical, say, beside=both.officer.text))
    return column[0] if len(column) == 1 else stack(*column)


def form_words(text: ShownText, size: Size = Size.TEXT, *, quiet: bool = False) -> QLabel:
    """A text of a form with the marks its author gave it."""
    label = words_in(text.text, text.language, size, quiet=quiet)
    if text.marked:
        show_marked(label, lines(text.marked))
    return label


def critical_sentence(texts: Sequence[ShownText], say: Say, *, beside: str = "") -> QWidget:
    """What stands with a critical sentence that nobody reviewed: the source, and who should read it.

    Where the source stands `beside` it already, it is not said a second time."""
    languages = dict.fromkeys(language_name(text.language) for text in texts)
    if texts[0].source == beside:
        told = say(
            "The sentence in {language} is a draft of something important. Have an interpreter read the other "
            "sentence to the person.",
            language=format_list(languages, theme.current().language),
        )
        return Banner(Tone.CAREFUL, told)
    told = say(
        "The sentence in {language} is a draft of something important. Have an interpreter read this sentence "
        "to the person: {source}",
        language=format_list(languages, theme.current().language),
        source=isolate_words(texts[0].source or ""),
    )
    return Banner(Tone.CAREFUL, told)


def told_in_both(both: Both, otherwise: str) -> QWidget:
    """What the form says about an answer, in both languages; `otherwise` when it says nothing."""
    if not both.officer.text:
        return marked("careful", words(otherwise, tone=Tone.URGENT), tone=Tone.URGENT)
    officer = words_in(both.officer.text, both.officer.language, tone=Tone.URGENT)
    person = both.person
    same = not person.text or person.fallback
    beside = None if same else words_in(person.text, person.language, Size.QUESTION, tone=Tone.URGENT)
    return side_by_side(marked("careful", officer, tone=Tone.URGENT), beside)


def heading(both: Both, size: Size) -> QWidget:
    """The name of a section or group in both languages."""
    officer = words_in(both.officer.text, both.officer.language, size, bold=True)
    person = both.person
    if not person.text or (person.fallback and person.text == both.officer.text):
        return side_by_side(officer, None)
    return side_by_side(officer, words_in(person.text, person.language, Size.PERSON, quiet=True))


def language_name(tag: str) -> str:
    """How a language is called by its speakers, kept apart from the text around it."""
    return isolate_words(autonym(tag)) if language(tag) is not None else tag


def _lacking(both: Both, say: Say) -> QWidget:
    language = language_name(both.lacks)
    officer = both.officer.language
    if autonym(officer) == officer:
        said = say("No text in {language}", language=language)
    else:
        said = say("No text in {language}: shown in {other}", language=language, other=language_name(officer))
    return _remark(theme.current().language, "careful", said, Tone.CAREFUL)


def _remarks(text: ShownText, drafts: frozenset[str], say: Say) -> list[QWidget]:
    said: list[QWidget] = []
    if text.fallback and language(text.language) is not None:  # else the page says it once for all its texts
        shown = say("Shown in {language}: there is no other text", language=language_name(text.language))
        said.append(_remark(text.language, "careful", shown, Tone.CAREFUL))
    elif text.language in drafts:
        said.append(
            _remark(
                text.language,
                "note",
                say("draft"),
                None,
                say("Nobody who speaks this language has reviewed it yet."),
            )
        )
    return said


def _remark(tag: str, icon: str, text: str, tone: Tone | None, tip: str = "") -> QWidget:
    label: QLabel = words(text, tone=tone, quiet=tone is None)
    start_at(label, is_rtl(tag))
    made = marked(icon, label, tone)
    made.setLayoutDirection(Qt.LayoutDirection.RightToLeft if is_rtl(tag) else Qt.LayoutDirection.LeftToRight)
    made.setToolTip(tip)
    return made
