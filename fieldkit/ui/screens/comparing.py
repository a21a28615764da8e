"""Ten words that two people read to each other, and the question whether they agree."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.text import readable, words
from fieldkit.ui.widgets.word_list import word_list

if TYPE_CHECKING:
    from fieldkit.ui.context import Context

YES, NO = "yes", "no"


def compared(context: Context, told: str, spoken: Sequence[str], name: str, head: str = "") -> Card:
    """What to do with the words, and the words; `name` says whose they are, `head` what stands above."""
    parts: list[QWidget] = [words(head, Size.QUESTION, bold=True)] if head else []
    return Card(*parts, readable(words(told)), word_list(spoken, name=name))


def agreement(context: Context, agreed: Callable[[bool], object], then: str) -> QWidget:
    """Whether all ten words agree; `then` is what happens after a yes."""
    say = context.say
    question = say("Do all ten words agree, in this order?")
    grid = ChoiceGrid(
        [
            Offered(YES, say("Yes, all ten"), second=then),
            Offered(NO, say("No, or not sure"), second=say("Nothing is changed")),
        ],
        name=question,
        least=320,
        most=2,
    )
    grid.chosen.connect(lambda values: agreed(values[0] == YES))
    return column(words(question, Size.QUESTION), grid, gap=8)
