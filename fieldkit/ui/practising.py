"""The line above each screen of the practice case, in a vault for training only (R-036, R-157)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from fieldkit.services.practice import Told
from fieldkit.ui.tokens import Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.draft import DRAFT

if TYPE_CHECKING:
    from fieldkit.content.practice import Place
    from fieldkit.ui.context import Context

PRACTICE = "practice"


def line(context: Context, place: Place) -> Banner | None:
    """What happens at a place of the practice case, and why; None outside of it."""
    vault = context.vault
    if not context.practice or vault is None or not vault.training:
        return None
    told = Told(vault, context.words.tag)
    held = told.at(place)
    if held is None:
        return None
    said = context.say("Practice: {line}", line=told.say(held))
    if told.line_is_draft(held):
        said = f"{said} {context.say(DRAFT)}"
    return Banner(
        Tone.NOTE, said, action=context.say("What was done so far"), do=partial(context.go, PRACTICE)
    )
