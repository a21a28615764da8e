"""A group session: topic, how many of which group were there, languages, material, what was asked (R-149)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from fieldkit.languages.marking import mark
from fieldkit.ui.presenters.counselling import GROUPS, TOPICS, SessionPage
from fieldkit.ui.screens.kept_page import KeptPage, written
from fieldkit.ui.screens.screen import Way
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.number_box import number_box
from fieldkit.ui.widgets.text import readable, words
from fieldkit.ui.widgets.text_box import TextBox

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fieldkit.ui.context import Context

MOST = 5_000
MOST_COPIES = 500


class GroupSessionScreen(KeptPage):
    """Nobody is asked anything to be counted: whoever is not sure counts under "not said"."""

    MISSING: ClassVar[Mapping[str, str]] = {
        "topic": mark("Choose what the session was about."),
        "audience": mark("Write how many people were there."),
        "spoken": mark("Choose the languages that were spoken."),
    }

    def __init__(self, context: Context, kept: str = "") -> None:
        super().__init__(context, SessionPage(context.open_vault, context.words.tag), kept)

    @property
    def title(self) -> str:
        return self.context.say("Group session")

    def build(self) -> QWidget:
        say = self.context.say
        places = [Card(flow(*held)) for held in (self.place(),) if held]
        return column(
            *self.opening(),
            self.grid("topic", say("What was it about?"), TOPICS),
            self._audience(),
            *places,
            self.languages("spoken", say("In which languages?")),
            Card(self.leaflets(say("Leaflets that were given")), self._copies()),
            Card(self._questions()),
        )

    def main_action(self) -> Way | None:
        say = self.context.say
        return self.keep_way(say("Keep this session"), say("The session is kept."))

    def _audience(self) -> Card:
        say = self.context.say
        boxes = [
            number_box(
                say(text), self.page.audience.get(group, 0), MOST, partial(self.page.count, group), least=0
            )
            for group, text in GROUPS.items()
        ]
        told = say("Count as you see it. Ask nobody about age or sex; who is not sure counts as not said.")
        question = words(say("How many were there?"), Size.QUESTION)
        return Card(question, readable(words(told, quiet=True)), flow(*boxes, gap=16))

    def _copies(self) -> QWidget:
        say = self.context.say
        box = number_box(
            say("Copies of each, in each language"),
            self.page.copies,
            MOST_COPIES,
            partial(setattr, self.page, "copies"),
        )
        return flow(box)

    def _questions(self) -> QWidget:
        say = self.context.say
        hint = say(
            "One a line, without names. The words stay at this post; headquarters gets how many there were."
        )
        box = TextBox(say("What was asked?"), hint=hint, value="\n".join(self.page.questions))
        box.edit.textChanged.connect(written(self.page, "questions", box))
        return box
