"""That protection may be quicker, because people from there are recognised as a group: beside the steps of one
person, and for a group that arrives together (R-012, R-056)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from fieldkit.languages.isolates import isolate, isolate_words
from fieldkit.services import recognition, region
from fieldkit.services.region_paper import Said
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from fieldkit.content.recognition import Recognised
    from fieldkit.services.households import Group
    from fieldkit.services.recognition import Hint
    from fieldkit.ui.context import Context


def hint_cards(context: Context, case: str, category: str) -> list[QWidget]:
    """One card a row that fits; none where nothing fits, and nothing is said then."""
    return [_hint(context, hint) for hint in recognition.hints(context.open_vault, case, category)]


def group_cards(context: Context, group: Group, route: Callable[[str], None]) -> list[QWidget]:
    """For a group: by which row it was passed on, and the rows it could be passed on by; none without rows."""
    vault = context.open_vault
    passed = [_passed(context, row) for row in recognition.routed(vault, group)]
    offered = [row for row in recognition.in_force(vault) if row.id not in group.routed]
    return [*passed, *(_offer(context, row, route) for row in offered)]


def _hint(context: Context, hint: Hint) -> Card:
    say = context.say
    title = say("Protection may be quickened")
    card = _row(context, hint.row, title)
    quick = say("Tell the asylum authority so. Every other way stays open, and this decides nothing.")
    card.column.addWidget(readable(words(quick)))
    if hint.group:
        told = say(
            "The group {number} was passed on this way. This person still has a talk alone.",
            number=isolate(hint.group),
        )
        card.column.addWidget(marked("note", readable(words(told))))
    return card


def _offer(context: Context, row: Recognised, route: Callable[[str], None]) -> Card:
    say = context.say
    card = _row(context, row, say("A shorter way for a group"))
    note = say(
        "Nobody is screened by that. Everybody still has a talk alone, and may need something else too."
    )
    card.column.addWidget(readable(words(note)))
    press = partial(route, row.id)
    card.column.addWidget(flow(button(say("The group was passed on this way"), press, icon="check")))
    return card


def _passed(context: Context, row: Recognised) -> QWidget:
    said = Said(context.open_vault.codebook, context.words.tag, context.open_vault.world.today())
    text = context.say("Passed on by a shorter way: {text}", text=isolate_words(_text(said, row)))
    return marked("done", readable(words(text, tone=Tone.DONE)), Tone.DONE)


def _row(context: Context, row: Recognised, title: str) -> Card:
    vault = context.open_vault
    said = Said(vault.codebook, context.words.tag, vault.world.today())
    who = vault.codebook.choice_label("countries", row.country, said.words)
    if row.area:
        area = said.of(f"recognition/{row.id}/area", row.area)
        who = context.say("{country}: {area}", country=isolate_words(who), area=isolate_words(area))
    card = Card(
        words(title, Size.QUESTION, bold=True),
        readable(words(context.say("For people from: {place}", place=isolate_words(who)), bold=True)),
        readable(words(context.say("Because: {text}", text=isolate_words(_text(said, row))))),
        readable(words(said.about(row.about, region.here(vault)), quiet=True)),
    )
    card.setAccessibleName(title)
    return card


def _text(said: Said, row: Recognised) -> str:
    return said.of(f"recognition/{row.id}/text", row.text)
