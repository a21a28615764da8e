"""What two people compare, as every screen shows it: ten words to read aloud, and the same as a code."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.services import fingerprints
from fieldkit.services.fingerprints import Whose
from fieldkit.ui.presenters.pages import fingerprint_paper
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, row
from fieldkit.ui.widgets.code import CodePicture
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.text import readable, words
from fieldkit.ui.widgets.word_list import word_list

if TYPE_CHECKING:
    from fieldkit.services.enrolment import Summary
    from fieldkit.ui.context import Context


def own(context: Context, summary: Summary, whose: Whose, told: str, *ways: QWidget) -> Card:
    """One's own words, to be read out, shown as a code, or printed."""
    say = context.say
    sheet = button(say("Print these words"), partial(_print, context, summary, whose), icon="print")
    card = _card(context, summary, told, _spoken_name(context, whose))
    picture = CodePicture(
        fingerprints.squares(whose, summary.fingerprint),
        say("The same words as a code for a telephone or a reader"),
    )
    card.column.addWidget(picture)
    card.column.addWidget(row(sheet))
    for way in ways:
        card.column.addWidget(way)
    return card


def others(context: Context, summary: Summary, whose: Whose, told: str, agreed: Callable[[], object]) -> Card:
    """The other side's words as a file says them; `agreed` is called when a code that was read says the same."""
    say = context.say
    card = _card(context, summary, told, _spoken_name(context, whose))
    line = Field(
        say("Or read the other side's code here"),
        hint=say(
            "With a code reader on this laptop: put the cursor here, then read the code on their screen or sheet."
        ),
    )

    def read() -> None:
        if fingerprints.agrees(line.value, whose, summary.fingerprint):
            agreed()
        else:
            line.show_problem(say("This code says something else. Compare the words, and trust nothing yet."))

    line.line.returnPressed.connect(read)
    line.line.textEdited.connect(lambda _text: line.show_problem(""))
    card.column.addWidget(line)
    return card


def _card(context: Context, summary: Summary, told: str, name: str) -> Card:
    return Card(
        words(summary.name, Size.QUESTION, bold=True),
        readable(words(told)),
        word_list(summary.words, name=name),
    )


def _spoken_name(context: Context, whose: Whose) -> str:
    say = context.say
    return say("Words of headquarters") if whose is Whose.OFFICE else say("Words of this laptop")


def _print(context: Context, summary: Summary, whose: Whose) -> None:
    paper = fingerprint_paper(context.open_vault, summary, whose, context.words)
    context.go("pages", paper=paper, title=context.say("Words to compare"), rail="exchange")
