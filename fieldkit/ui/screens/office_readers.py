"""Who at headquarters may read what is sealed: an administrator decides it, person by person, with a reason."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.languages.isolates import isolate_words
from fieldkit.ui.presenters.sealed_office import OfficeReaders
from fieldkit.ui.screens.cards import CardsScreen
from fieldkit.ui.screens.screen import Way, faults_are_told
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column, row
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.into_view import bring_into_view
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.reason import Reason
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.domain.classes import SealedClass
    from fieldkit.services.office_clearance import Cleared


class OfficeReadersScreen(CardsScreen):
    """One card a class. Naming somebody and taking it back ask for a reason in their place."""

    rail: str = "help"

    @property
    def title(self) -> str:
        return self.context.say("Who may read what is sealed")

    def _read(self) -> None:
        self.presenter = OfficeReaders(self.context.open_vault, self.context.words)

    def _told(self) -> str:
        return self.context.say(
            "At headquarters nobody reads sealed answers because of their role. You name one coordinator for one "
            "subject, and say why. Name two people where you can: when the last one goes, nobody opens what lies "
            "here. Afterwards make a new list of trusted laptops, so that the posts learn it."
        )

    def main_action(self) -> Way | None:
        if not self.presenter.is_alone or not self.presenter.may_add:
            return None
        return Way(self.context.say("Add somebody"), partial(self.context.go, "add_account"), "new")

    def _shown(self) -> list[QWidget]:
        if self.presenter.is_alone:
            return []
        return [self._card(name, people) for name, people in self.presenter.rows.items()]

    def _nothing(self) -> EmptyState:
        say = self.context.say
        if not self.presenter.rows:
            told = say("There is no coordinator here yet.")
            return EmptyState(told, say("Add an account for one first."), icon="people")
        told = say("You are the only coordinator here, and nobody names themselves.")
        todo = say("Add somebody first. Then you decide here what they may read.")
        return EmptyState(told, todo, icon="people")

    def _card(self, name: SealedClass, people: list[Cleared]) -> Card:
        about = self.presenter.about(name)
        card = Card(words(about, Size.QUESTION, bold=True))
        card.setAccessibleName(about)
        for one in people:
            card.column.addWidget(self._person(about, one))
        return card

    def _person(self, about: str, one: Cleared) -> QWidget:
        say, place = self.context.say, Holder()
        label = isolate_words(one.label)
        parts: list[QWidget] = []
        if one.is_cleared:
            parts.append(marked("key", words(say("{person} may read it.", person=label), bold=True)))
            parts.append(readable(words(say("Why: {reason}", reason=isolate_words(one.reason)), quiet=True)))
            if not one.holds:
                waits = say("The key still waits for somebody who holds it: they give it on the page before.")
                parts.append(readable(words(waits)))
            way = say("Let {person} read it no more", person=label)
            parts.append(self._way(about, way, partial(self._ask, one, place, end=True)))
        elif self.presenter.is_me(one):
            parts.append(words(say("{person}: nobody names themselves.", person=label), quiet=True))
        else:
            way = say("Let {person} read it", person=label)
            parts.append(self._way(about, way, partial(self._ask, one, place, end=False)))
        return column(*parts, place, gap=4)

    def _way(self, about: str, text: str, do: Callable[[], object]) -> QWidget:
        made = button(text, do)
        made.setAccessibleName(f"{about}: {text}")
        return row(made)

    def _ask(self, one: Cleared, place: Holder, *, end: bool) -> None:
        say = self.context.say
        asked = Reason(
            say("Why?"),
            hint=say("In a few words. Write no names."),
            action=say("Let them read it no more") if end else say("Let them read it"),
            missing=say("Write why, in a few words."),
            cancel=say("Cancel"),
            keep=partial(self._did, one, end),
            close=place.put,
        )
        place.put(asked)
        asked.field.line.setFocus()
        bring_into_view(asked)

    @faults_are_told
    def _did(self, one: Cleared, end: bool, reason: str) -> None:
        say, label = self.context.say, isolate_words(one.label)
        if end:
            self.presenter.end(one, reason)
            told = say("{person} reads it no more. The key is renewed by whoever holds it.", person=label)
        elif self.presenter.clear(one, reason):
            told = say("{person} has the key from their next sign-in on.", person=label)
        else:
            told = say("{person} may read it once somebody who holds the key gives it.", person=label)
        self.context.saved()
        self.context.tell(told)
        self._fill()
