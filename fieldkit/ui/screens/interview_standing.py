"""What stands to be told above the questions of an interview: that it is a correction, was keyed in, could move."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.languages.isolates import isolate_words
from fieldkit.languages.numbers import format_date
from fieldkit.ui.tokens import Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.card import column
from fieldkit.ui.widgets.fold import Fold
from fieldkit.ui.widgets.text import words

if TYPE_CHECKING:
    from fieldkit.ui.context import Context
    from fieldkit.ui.presenters.interview import InterviewPage


def standing(page: InterviewPage, context: Context) -> list[QWidget]:
    """The banners, the one that matters most first; none for most interviews."""
    say, facts = context.say, page.interview.facts
    found: list[QWidget] = []
    if facts.corrected is not None:
        told = say(
            "You are correcting a finished interview. Change only what is wrong; at the end each change is asked "
            "for its reason. Until then the finished one stands as it is."
        )
        found.append(Banner(Tone.CAREFUL, told))
    if facts.paper is not None:
        told = say(
            "Keyed in from a paper of {day}: {person}, {place}.",
            day=format_date(facts.paper.day, context.words.tag),
            person=isolate_words(facts.paper.interviewer),
            place=isolate_words(facts.paper.place),
        )
        found.append(Banner(Tone.NOTE, told))
    if page.newer_version:
        draft = page.interview.draft_id
        told = say(
            "A newer version of this form is here. This interview goes on with its own until you move it."
        )
        look = say("Look at what would move")
        found.append(Banner(Tone.NOTE, told, action=look, do=lambda: context.go("move_draft", draft=draft)))
    left = page.interview.left_behind()
    if left:
        name = context.words.count(
            "{number} answer to the former version has no place in this one",
            "{number} answers to the former version have no place in this one",
            len(left),
        )

        def lines() -> QWidget:
            return column(*(words(f"{one.label}: {isolate_words(one.answer)}") for one in left), gap=4)

        found.append(Fold(name, lines, is_open=False))
    return found
