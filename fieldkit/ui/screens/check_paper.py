"""Is this paper one of ours? A code is typed, or read by a scanner that types; nothing is kept of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.languages.isolates import isolate
from fieldkit.languages.marking import mark
from fieldkit.languages.numbers import format_date
from fieldkit.services import paper_codes
from fieldkit.services.paper_codes import Result
from fieldkit.ui.screens.screen import Screen, Way
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.ui.context import Context

SAID: Mapping[Result, tuple[str, str, Tone]] = {
    Result.VALID: ("done", mark("This paper is valid."), Tone.DONE),
    Result.OVER: ("wait", mark("This paper is one of ours. Its last day is over."), Tone.CAREFUL),
    Result.CALLED_BACK: ("stop", mark("This paper was called back. It is not valid any more."), Tone.CAREFUL),
    Result.NOT_OURS: ("careful", mark("No post that is trusted here made this paper."), Tone.CAREFUL),
    Result.NOT_READABLE: ("careful", mark("This is not a whole code. Read it again."), Tone.CAREFUL),
}


class CheckPaperScreen(Screen):
    """It says one of five things, and nothing about anybody."""

    rail: str = "home"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.field: Field | None = None
        self._place = Holder()

    @property
    def title(self) -> str:
        return self.context.say("Check a paper")

    def build(self) -> QWidget:
        say = self.context.say
        hint = say(
            "Begin here, then read it with a scanner, or type what stands below the code. Spaces do not count."
        )
        self.field = Field(say("The code"), hint=hint)
        self._place = Holder()
        told = say(
            "The answer says only whether the paper is valid. A person whose paper is not valid has the same "
            "rights, and needs no paper to get help."
        )
        return column(Card(self.field), self._place, readable(words(told, quiet=True)))

    def shown(self) -> None:
        if self.field is not None:
            self.field.line.setFocus()

    def main_action(self) -> Way:
        return Way(self.context.say("Check it"), self._check, "check")

    def _check(self) -> None:
        if self.field is None or not self.field.value.strip():
            return
        held = paper_codes.check(self.context.open_vault, self.field.value)
        icon, said, tone = SAID[held.result]
        card = Card(marked(icon, words(self.context.say(said), Size.QUESTION, bold=True, tone=tone), tone))
        if held.number:
            day = format_date(held.until, self.context.words.tag)
            rows = [(self.context.say("Number"), isolate(held.number)), (self.context.say("Last day"), day)]
            card.column.addWidget(facts(rows, share=3))
        self._place.put(card)
        self.field.line.selectAll()
