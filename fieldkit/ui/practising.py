"""The line above each screen of the practice case, in a vault for training only (R-036, R-157)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from fieldkit.content import practice as lines
from fieldkit.content.texts import Texts
from fieldkit.files import resources
from fieldkit.languages import catalogues
from fieldkit.ui.tokens import Tone
from fieldkit.ui.widgets.banner import Banner

if TYPE_CHECKING:
    from fieldkit.content.practice import Place
    from fieldkit.ui.context import Context

PRACTICE = "practice"


def line(context: Context, place: Place) -> Banner | None:
    """What happens at a place of the practice case, and why; None outside of it."""
    vault = context.vault
    if not context.practice or vault is None or not vault.training:
        return None
    held = lines.load(resources()).get(place)
    if held is None:
        return None
    spoken = catalogues.load(context.words.tag, "codebook")
    told = Texts(lines.texts(resources())).say(f"practice/{held.step}", spoken)
    said = context.say("Practice: {line}", line=told)
    return Banner(
        Tone.NOTE, said, action=context.say("What was done so far"), do=partial(context.go, PRACTICE)
    )
