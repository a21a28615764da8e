"""Papers whose last day comes or has come: numbers and days, no kind and no name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.languages.numbers import format_date
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.services.permits import LastDay
    from fieldkit.ui.context import Context


def last_days_card(context: Context, rows: Sequence[LastDay]) -> list[QWidget]:
    """A card with all of them, the earliest first; nothing where there is none."""
    if not rows:
        return []
    say = context.say
    told = say("Ask for a new paper in time. That a day has passed says nothing about the person.")
    card = Card(words(say("Papers that end"), Size.QUESTION, bold=True), readable(words(told, quiet=True)))
    for one in rows:
        card.column.addWidget(_row(context, one))
    return [card]


def last_day_words(context: Context, one: LastDay) -> str:
    """When a paper ends or ended; whose it is only as far as the post made it itself."""
    say, day = context.say, format_date(one.until, context.words.tag)
    what = say("Proof of registration") if one.own else say("A paper of an authority")
    if one.days < 0:
        return say("{what}: its last day was {day}.", what=what, day=day)
    if one.days == 0:
        return say("{what}: its last day is today.", what=what)
    return context.words.count(
        "{what}: its last day is {day}, in {number} day.",
        "{what}: its last day is {day}, in {number} days.",
        one.days,
        what=what,
        day=day,
    )


def _row(context: Context, one: LastDay) -> QWidget:
    say, over = context.say, one.days <= 0
    number = say("Number {number}", number=one.number)
    screen = "papers_of" if one.own else "permits"
    way = button(number, partial(context.go, screen, case=one.case), role="plain", icon="form")
    told = last_day_words(context, one)
    way.setAccessibleDescription(told)
    line = marked(
        "urgent" if over else "wait", readable(words(told, bold=over)), Tone.CAREFUL if over else None
    )
    return column(line, flow(way), gap=4)
