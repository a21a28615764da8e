"""The card with the leaflets of a case: looked at, taken away, and printed in one press."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from fieldkit.languages.autonyms import autonym
from fieldkit.ui import fonts
from fieldkit.ui.presenters.outcome_leaflets import OutcomeLeaflets
from fieldkit.ui.presenters.pages import Once
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.buttons import BigButton
from fieldkit.ui.widgets.card import Card
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from fieldkit.ui.context import Context


def leaflets_card(context: Context, case: str) -> list[QWidget]:
    """The card; nothing where no rule names a leaflet, or where this person prints none."""
    page = OutcomeLeaflets(context.open_vault, case, context.words.tag)
    if not page.offered:
        return []
    say = context.say
    name = say("Leaflets for this person")
    hint = say(
        "Ask which of them the person wants to have. What is not safe to carry is not printed: look at it together "
        "here, or read it aloud."
    )
    offered = [
        Offered(one.id, f"{one.id} · {one.title}", second=autonym(one.language), second_tag=one.language)
        for one in page.offered
    ]
    grid = ChoiceGrid(offered, name=name, several=True, numbered=False, size=Size.TEXT, least=320, most=2)
    grid.choose(*page.chosen)
    own = dict.fromkeys(one.language for one in page.offered if one.own)
    for tag in own:
        fonts.font_for(tag)  # its letters stand in a line of the interface's language
    languages = " · ".join(autonym(tag) for tag in own)
    go = BigButton(say("They are safe to carry: print them"), second=languages, icon="print")
    go.setEnabled(bool(page.chosen))

    def choose(values: tuple[str, ...]) -> None:
        page.chosen = values
        go.setEnabled(bool(values))

    grid.chosen.connect(choose)
    go.clicked.connect(partial(_print, context, page))
    return [Card(words(name, Size.QUESTION, bold=True), readable(words(hint, quiet=True)), grid, go)]


def _print(context: Context, page: OutcomeLeaflets, *_: object) -> None:
    title = context.say("Leaflets for this person")
    context.go("pages", paper=page.paper(), title=title, rail="home", at_once=Once())
