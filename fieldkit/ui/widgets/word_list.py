"""Words to be read aloud and compared: large, numbered, in the order in which they are read."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from fieldkit.ui import theme
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.card import Card
from fieldkit.ui.widgets.layouts import Columns
from fieldkit.ui.widgets.text import words_in


def word_list(spoken: Sequence[str], *, name: str) -> Card:
    """`spoken` are English words, whatever the interface speaks; `name` says whose they are."""
    px = theme.current().px
    grid = QWidget()
    cells = Columns(grid, least=px(190), most=5, gap=px(8))
    for place, word in enumerate(spoken, 1):
        cells.addWidget(words_in(f"{place}. {word}", "en", Size.PERSON))
    card = Card(grid)
    card.setAccessibleName(name)
    card.setAccessibleDescription(" ".join(spoken))
    return card
