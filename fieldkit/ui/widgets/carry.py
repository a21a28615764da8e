"""Before a paper goes along with a person: whether it is safe for them to carry it (`protection.md` 8)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldkit.ui import theme
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.text import readable, words

YES, PLAIN, WHOLE, NO = "yes", "plain", "whole", "no"

Say = Callable[[str], str]
Said = Callable[[str], object]


class CarryQuestion(QWidget):
    """The question, why it is asked, and the answers; `said` gets the one that is given."""

    def __init__(self, say: Say, offered: Sequence[Offered], said: Said, *, least: int) -> None:
        super().__init__()
        question = say("Is it safe for the person to carry this paper?")
        hint = say("Others may search for it or read it: family, smugglers, authorities. Ask the person.")
        self.grid = ChoiceGrid(offered, name=question, least=least, most=len(offered))
        self.grid.chosen.connect(lambda values: said(values[0]))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.current().px(8))
        for part in (words(question, Size.QUESTION), readable(words(hint, quiet=True)), self.grid):
            layout.addWidget(part)


def about_slip(say: Say, said: Said) -> CarryQuestion:
    """A slip is neutral by itself: `YES` or `NO`."""
    offered = [
        Offered(YES, say("Yes"), second=say("Print a slip with a number and a neutral name")),
        Offered(NO, say("No, or not sure"), second=say("Tell number and place instead")),
    ]
    return CarryQuestion(say, offered, said, least=320)


def about_record(say: Say, said: Said) -> CarryQuestion:
    """What somebody told: `PLAIN`, which leaves the private part out, `WHOLE` or `NO`."""
    offered = [
        Offered(PLAIN, say("Yes"), second=say("Print it without the private questions")),
        Offered(WHOLE, say("Yes, with everything"), second=say("The person wants the private part too")),
        Offered(NO, say("No, or not sure"), second=say("Nothing is printed")),
    ]
    return CarryQuestion(say, offered, said, least=280)
