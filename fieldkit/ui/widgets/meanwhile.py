"""Somebody else changed the same while a page was open: both side by side, and three ways to go on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldkit.languages.isolates import isolate_words
from fieldkit.languages.numbers import format_moment
from fieldkit.ui.presenters.conflicts import FIELDS
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.ui.context import Context
    from fieldkit.ui.presenters.directory import Meanwhile


@dataclass(frozen=True, slots=True)
class Ways:
    """What the three buttons do."""

    mine: Callable[[], object]
    theirs: Callable[[], object]
    both: Callable[[], object]


def meanwhile_card(lines: Iterable[Meanwhile], ways: Ways, context: Context) -> Card:
    """The lines that differ, mine and theirs, then the ways."""
    say = context.say
    told = say("Somebody else changed this while you had it open. Nothing is lost. Look at both.")
    card = Card(marked("careful", readable(words(told, Size.QUESTION))))
    card.setAccessibleName(told)
    for line in lines:
        name = say(FIELDS[line.field]) if line.field in FIELDS else line.field
        who = isolate_words(line.who)
        moment = format_moment(line.at, context.words.tag) if line.at else ""
        rows = [
            (say("What you wrote"), isolate_words(say(line.mine))),
            (
                say("What {person} wrote, {moment}", person=who, moment=moment),
                isolate_words(say(line.theirs)),
            ),
        ]
        card.column.addWidget(words(name, bold=True))
        card.column.addWidget(facts(rows, share=2))
    mine = button(say("Mine is right"), ways.mine, icon="check")
    theirs = button(say("Theirs is right"), ways.theirs, icon="check")
    both = button(say("Keep both, to be settled"), ways.both, role="plain")
    card.column.addWidget(flow(mine, theirs, both))
    return card
