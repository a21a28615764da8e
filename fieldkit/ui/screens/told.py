"""What was told and given, counted: at a post its own work, at headquarters that of all posts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from fieldkit.languages.autonyms import autonym
from fieldkit.services import informing
from fieldkit.services.counsel import leaflets
from fieldkit.ui.presenters.counselling import THROUGH, TOPICS, UNDERSTOOD
from fieldkit.ui.screens.screen import Screen
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.ui.context import Context


class ToldScreen(Screen):
    """Figures with what each counts; nothing here is about persons."""

    rail: str = "information"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.told = informing.told(context.open_vault)
        self.titles: dict[str, str] = {}

    @property
    def title(self) -> str:
        return self.context.say("What was told and given")

    def build(self) -> QWidget:
        say, held = self.context.say, self.told
        offered = (
            leaflets(self.context.words.tag, self.context.open_vault) if held.given or held.copies else ()
        )
        self.titles = {one.id: one.title for one in offered}
        note = say("Talks and copies are counted, not persons: somebody who was informed twice counts twice.")
        if not (held.talks or held.sessions or held.informed or held.given or held.copies):
            what = say("Talks, sessions, stops and leaflets are counted here when they are kept.")
            return Card(EmptyState(say("Nothing is counted yet."), what, icon="count"))
        parts: list[QWidget] = [readable(words(note, quiet=True)), self._whole()]
        parts += self._card(say("Topics of talks"), held.topics, _of(TOPICS, say))
        parts += self._card(say("Languages of talks"), held.talk_languages, autonym)
        parts += self._card(say("Through whom"), held.through, _of(THROUGH, say))
        parts += self._card(say("Was it understood?"), held.understood, _of(UNDERSTOOD, say))
        parts += self._card(say("People informed on the way, by language"), held.informed, autonym)
        parts += self._card(say("Leaflets given in talks and printed, by leaflet"), held.given, self._leaflet)
        parts += self._card(say("Copies handed out, by leaflet"), held.copies, self._leaflet)
        return column(*parts)

    def _leaflet(self, one: str) -> str:
        """Its number and its title; one that this shelf does not know has its number only."""
        return f"{one} · {self.titles[one]}" if one in self.titles else one

    def _whole(self) -> Card:
        say, held = self.context.say, self.told
        rows = [
            (say("Counselling talks"), str(held.talks)),
            (say("of them asked whether it was understood"), str(held.asked)),
            (say("Group sessions"), str(held.sessions)),
            (say("people who were there"), str(held.audience)),
            (say("People informed on the way"), str(sum(held.informed.values()))),
        ]
        return Card(facts(rows))

    def _card(self, title: str, counts: Mapping[str, int], name: Callable[[str], str]) -> list[Card]:
        if not counts:
            return []
        rows = [(name(one), str(count)) for one, count in counts.items()]
        return [Card(words(title, Size.QUESTION, bold=True), facts(rows))]


def _of(texts: Mapping[Any, str], say: Callable[[str], str]) -> Callable[[str], str]:
    """The word for a stored value; one of a newer version stands as it is."""
    return lambda value: say(texts[value]) if value in texts else value
