"""What else is done with information stands above the library, which is long: to counsel, to count, to look after
it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QWidget

from fieldkit.languages.marking import mark
from fieldkit.services import cards
from fieldkit.ui.presenters.pages import document_paper
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import column
from fieldkit.ui.widgets.fold import Fold
from fieldkit.ui.widgets.layouts import flow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fieldkit.ui.context import Context
    from fieldkit.ui.presenters.information import Library

DIRECTORY: tuple[tuple[str, str, str], ...] = (("inserts", mark("Lines that leaflets need"), "form"),)
COUNSELLORS: tuple[tuple[str, str, str], ...] = (
    ("counselling", mark("Counselling talk"), "interview"),
    ("group_session", mark("Group session"), "people"),
)
EVERYBODY: tuple[tuple[str, str, str], ...] = (
    ("informed", mark("People informed on the way"), "count"),
    ("print_run", mark("Print many at once"), "print"),
    ("shelf", mark("Countries and treaties"), "list"),
)
LOOKED_AFTER: tuple[tuple[str, str, str], ...] = (
    ("comments", mark("What readers say about leaflets"), "note"),
    ("told", mark("What was told and given"), "headquarters"),
    ("clips", mark("Leaflets to listen to, and to read aloud"), "listen"),
    ("review", mark("Review a translation"), "form"),
)
"""Place, what is read on its button, icon."""


def library_ways(context: Context, page: Library) -> QWidget:
    """The buttons that this person has."""
    say = context.say
    first: list[QWidget] = [button(say("Complaints"), lambda: context.go("complaint"), icon="note")]
    if page.may_edit_contacts:
        contacts = button(
            say("Contacts of this place"), lambda: context.go("directory", rail="information"), icon="list"
        )
        first.insert(0, contacts)
        first[1:1] = _ways(context, DIRECTORY)
    if page.may_counsel:
        first += _ways(context, COUNSELLORS)
    first += _ways(context, EVERYBODY)
    first.append(button(say("Point-to-your-language card"), lambda: _language_card(context), icon="language"))
    after = [one for one in LOOKED_AFTER if one[0] != "review" or page.may_review]
    rest = Fold(say("Look after the library"), lambda: flow(*_ways(context, after), gap=8))
    return column(flow(*first, gap=8), rest, gap=4)


def _ways(context: Context, offered: Sequence[tuple[str, str, str]]) -> list[QWidget]:
    return [_way(context, one) for one in offered]


def _way(context: Context, place: tuple[str, str, str]) -> QPushButton:
    name, text, icon = place
    return button(context.say(text), lambda: context.go(name), icon=icon)


def _language_card(context: Context) -> None:
    paper = document_paper(
        context.open_vault, "language-card", context.words.tag, lambda: cards.language_card(context.words)
    )
    context.go("pages", paper=paper, title=context.say("Point-to-your-language card"))
