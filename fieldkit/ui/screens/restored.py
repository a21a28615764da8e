"""A laptop that headquarters knows otherwise: what happened, what is safe, and the one next step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.ui.presenters.restored import Disagreement
from fieldkit.ui.screens.screen import Screen, Way
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.ui.context import Context


class RestoredScreen(Screen):
    """Reached from the notice on the first screen, and from Exchange."""

    rail: str = "exchange"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.presenter = Disagreement(context.open_vault)

    @property
    def title(self) -> str:
        return self.context.say("This laptop and headquarters disagree")

    def build(self) -> QWidget:
        say, page = self.context.say, self.presenter
        said, found = page.said, page.found
        if said is None or found is None:
            told = say("Nothing is wrong between this laptop and headquarters.")
            return column(Banner(Tone.DONE, told))
        happened = Card(
            words(say("What happened"), Size.QUESTION, bold=True), readable(words(say(said.happened)))
        )
        if found.number:
            happened.column.addWidget(
                facts(
                    [
                        (say("Headquarters holds entries up to"), str(found.number)),
                        (say("This laptop had entries up to"), str(found.here)),
                    ]
                )
            )
        happened.column.addWidget(marked("careful", readable(words(say(said.careful))), Tone.CAREFUL))
        return column(happened, self._safe(), self._next())

    def main_action(self) -> Way | None:
        if self.presenter.found is None or not self.presenter.may:
            return None
        return Way(self.context.say("Begin again, with all data kept"), self._begin, "again")

    def _safe(self) -> Card:
        say = self.context.say
        told = say(
            "Everything that is on this laptop: people, interviews, drafts, papers. You can go on working, and "
            "nothing that is written now is lost."
        )
        return Card(
            words(say("What is safe"), Size.QUESTION, bold=True),
            marked("done", readable(words(told)), Tone.DONE),
        )

    def _next(self) -> Card:
        say = self.context.say
        told = say(
            "The laptop begins a new record that names the old one, and asks headquarters for a new "
            "certificate: you "
            "compare words once more. Then the next export brings everything that headquarters does not have yet, "
            "also from the old record."
        )
        card = Card(words(say("The next step"), Size.QUESTION, bold=True), readable(words(told)))
        if not self.presenter.may:
            nobody = say("Somebody with the role of administrator lets this laptop begin again.")
            card.column.addWidget(words(nobody, quiet=True))
        return card

    def _begin(self) -> None:
        self.context.background.run(
            lambda _progress: self.presenter.begin_again(),
            what=self.context.say("Beginning again"),
            done=lambda _: self.context.navigation.instead("enrol"),
            failed=self.context.show_error,
            can_cancel=False,
        )
