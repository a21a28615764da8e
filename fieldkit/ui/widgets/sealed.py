"""The card that says: something is sealed here, and whom to ask."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from fieldkit.ui.presenters.sealed import whom_to_ask
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fieldkit.services.sealed import Hidden
    from fieldkit.ui.context import Context


def sealed_card(context: Context, hidden: Sequence[Hidden]) -> Card:
    """What is sealed to whoever looks, class by class, with the people who can read it."""
    say = context.say
    told = say(
        "Questions about these were part of the talk. Their answers are sealed: this page does not tell whether "
        "anything was said."
    )
    card = Card(
        marked("lock", words(say("Something is sealed here"), Size.QUESTION, bold=True)),
        readable(words(told)),
        facts(whom_to_ask(hidden, context.words)),
        flow(button(say("Who reads what is sealed"), partial(context.go, "sealed_readers"), icon="key")),
    )
    card.setAccessibleName(say("Something is sealed here"))
    return card
