"""The mark of a text that nobody who speaks its language has checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.languages.marking import mark
from fieldkit.ui.tokens import Tone
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.ui.context import Context

DRAFT = mark("Draft: nobody who speaks this language has checked this text.")


def draft_mark(context: Context, *, is_draft: bool) -> list[QWidget]:
    """One line below such a text; nothing where it was reviewed."""
    if not is_draft:
        return []
    return [marked("careful", readable(words(context.say(DRAFT), quiet=True)), Tone.CAREFUL)]
