"""A finished survey is kept. It has no case and no outcome: there is nothing more to decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.languages.isolates import isolate
from fieldkit.ui.screens.screen import Screen, Way
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, row
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.ui.context import Context


class KeptScreen(Screen):
    """`number` of the survey that was just finished, its `form`, and how many files belong to it."""

    rail: str = "home"

    def __init__(self, context: Context, number: str, form: str, files: int = 0, about: str = "") -> None:
        super().__init__(context)
        self._about = about
        self._number = number
        self._form = form
        self._files = files

    @property
    def title(self) -> str:
        return self.context.say("The survey is kept")

    def build(self) -> QWidget:
        say = self.context.say
        told = say(
            "It is kept under the number {number}. It goes to headquarters only where the form itself asked the "
            "person to agree to that.",
            number=isolate(self._number),
        )
        again = button(say("Begin this survey again"), self._again, icon="again")
        parts = [readable(words(told, Size.QUESTION))]
        if self._files:
            stays = self.context.words.count(
                "{number} attached file is kept with it. Files stay at this post: only their names and sizes go "
                "along.",
                "{number} attached files are kept with it. Files stay at this post: only their names and sizes go "
                "along.",
                self._files,
            )
            parts.append(readable(words(stays)))
        ways = [again]
        if self._about:
            look = button(
                say("The interview"), lambda: self.context.go("finished", about=self._about), icon="interview"
            )
            ways.append(look)
        return Card(*parts, row(*ways))

    def main_action(self) -> Way:
        return Way(self.context.say("Go to People"), lambda: self.context.navigation.start("home"), "people")

    def back(self) -> None:
        return None

    def _again(self) -> None:
        self.context.navigation.start("home")
        self.context.go("choose_language", form=self._form)
