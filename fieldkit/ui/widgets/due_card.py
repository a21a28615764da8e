"""What is due, on the first screen: a line a kind, with how many, each the way to its list.

Kinds and numbers only: the screen is read from across the desk (`services.what_is_due`).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.services import what_is_due
from fieldkit.services.what_is_due import Counted, Kind
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.text import words

if TYPE_CHECKING:
    from fieldkit.ui.context import Context

LEADS = {
    Kind.CALL: ("due", "urgent"),
    Kind.GUARDIAN: ("due", "urgent"),
    Kind.HELD: ("held", "lock"),
    Kind.REFERRAL: ("follow_up", "refer"),
    Kind.PAPER: ("due", "form"),
}
"""The list to which each kind leads, and its picture."""


def due_card(context: Context) -> list[QWidget]:
    """One card with all of it; nothing where nothing is due."""
    found = what_is_due.counts(context.open_vault)
    if not found:
        return []
    title = words(context.say("What is due"), Size.QUESTION, bold=True)
    return [Card(title, flow(*(_way(context, one) for one in found)))]


def _way(context: Context, one: Counted) -> QWidget:
    screen, icon = LEADS[one.kind]
    told = {"rail": "home"} if screen == "due" else {}
    return button(_told(context, one), partial(context.go, screen, **told), icon=icon)


def _told(context: Context, one: Counted) -> str:
    count = context.words.count
    if one.kind is Kind.CALL:
        return count(
            "{number} call for a child: nobody answered",
            "{number} calls for children: nobody answered",
            one.number,
        )
    if one.kind is Kind.GUARDIAN:
        return count("{number} child without a guardian", "{number} children without a guardian", one.number)
    if one.kind is Kind.HELD:
        return count("{number} person held for long", "{number} people held for long", one.number)
    if one.kind is Kind.REFERRAL:
        return count("{number} referral is overdue.", "{number} referrals are overdue.", one.number)
    return count("{number} paper that ends", "{number} papers that end", one.number)
