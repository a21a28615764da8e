"""A quiet row of words, each leading to what it means (R-202)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from fieldkit.services.vocabulary import Words
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.text import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QWidget

    from fieldkit.content.terms import Place
    from fieldkit.ui.context import Context


def word_ways(context: Context, *places: Place) -> QWidget | None:
    """The words of the nearest of `places` that has some; None where none stand."""
    held = Words(context.words.tag, context.vault).at(*places)
    return ways_to(context, held) if held else None


def ways_to(context: Context, held: Iterable[tuple[str, str]]) -> QWidget:
    """These words, by id and name."""
    say = context.say
    ways = []
    for word, name in held:
        way = button(name, partial(context.go, "terms", word=word), role="plain")
        way.setAccessibleName(say("What does “{word}” mean?", word=name))
        ways.append(way)
    return flow(words(say("What it means:"), quiet=True, wrap=False), *ways)
