"""Working together: where the lists of a mobile team, a border team and recipients begin (R-182, R-198)."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from fieldkit.domain.access import Action
from fieldkit.ui.screens.screen import Screen
from fieldkit.ui.widgets.buttons import BigButton
from fieldkit.ui.widgets.card import column
from fieldkit.ui.widgets.text import readable, words


class TeamScreen(Screen):
    """The lists, one below the other."""

    rail: str = "home"

    @property
    def title(self) -> str:
        return self.context.say("Working together")

    def build(self) -> QWidget:
        say = self.context.say
        told = say(
            "These lists hold nobody whom you help. So they can be printed, and saved as a table file."
        )
        ways = [
            (
                "mobile_team",
                say("Visits of a mobile team"),
                say("Who goes, where, and what to bring"),
                "refer",
            ),
            ("border_team", say("Border team"), say("Next meeting, tasks, short minutes"), "people"),
            ("recipients", say("Who gets which report"), say("Offices and focal points by topic"), "list"),
        ]
        if self.context.open_vault.may(Action.KEEP_INTERPRETERS):
            ways.append(
                ("interpreters", say("Interpreters"), say("By a code, with their languages"), "language")
            )
        made: list[QWidget] = [readable(words(told, quiet=True))]
        for screen, text, second, icon in ways:
            one = BigButton(text, second=second, icon=icon)
            one.clicked.connect(partial(self._go, screen))
            made.append(one)
        return column(*made)

    def _go(self, screen: str, *_: object) -> None:
        self.context.go(screen)
