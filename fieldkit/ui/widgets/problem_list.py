"""Problems one below the other: where it is, what is wrong, what to do."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldkit.ui import theme
from fieldkit.ui.tokens import Tone
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import readable, words, words_in

MOST = 100
"""Shown at once; who has mended these checks again."""


@dataclass(frozen=True, slots=True)
class Told:
    """A problem in words; `place` is as the form's author wrote it ("survey, row 14, relevant")."""

    place: str
    sentence: str


class ProblemList(QWidget):
    """`heading` says how grave they are; `more` is said when there are more than are shown."""

    def __init__(self, heading: str, problems: Sequence[Told], *, tone: Tone, icon: str, more: str) -> None:
        super().__init__()
        self.problems = tuple(problems)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.current().px(8))
        layout.addWidget(marked(icon, words(heading, bold=True, tone=tone), tone))
        card = Card()
        for problem in problems[:MOST]:
            sentence = readable(words(problem.sentence))
            place = words_in(problem.place, theme.current().language, bold=True)
            card.column.addWidget(column(place, sentence, gap=4) if problem.place else sentence)
        if len(problems) > MOST:
            card.column.addWidget(words(more, quiet=True))
        layout.addWidget(card)
