"""At a post: what headquarters sent is looked at, then a person takes it in."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from fieldkit.ui.presenters.homeward import KINDS, STATEMENTS, TakeIn
from fieldkit.ui.screens.screen import Screen, Way
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import words

if TYPE_CHECKING:
    from fieldkit.services.homeward import Brought, TakenIn
    from fieldkit.ui.context import Context


class TakeInScreen(Screen):
    """Looking changes nothing; what was taken in stands in the cases and on the first screen."""

    rail: ClassVar[str] = "exchange"

    def __init__(self, context: Context, path: Path) -> None:
        super().__init__(context)
        self.presenter = TakeIn(context.open_vault, path)
        self._looked = False
        self._place = Holder()

    @property
    def title(self) -> str:
        return self.context.say("From headquarters")

    def build(self) -> QWidget:
        self._place = Holder()
        return column(self._place)

    def shown(self) -> None:
        if self._looked:
            self._show()
            return
        self._looked = True
        self.context.background.run(
            lambda _progress: self.presenter.look(),
            what=self.context.say("Verifying the file"),
            done=self._verified,
            failed=self._refused,
        )

    def main_action(self) -> Way | None:
        say, page = self.context.say, self.presenter
        if page.taken is not None:
            return Way(say("Next: people"), partial(self.context.navigation.start, "home"), "people")
        return Way(say("Take it in"), self._accept, "check") if page.can_accept else None

    def _verified(self, brought: Brought) -> None:
        self.presenter.brought = brought
        self._show()
        self.context.refresh()

    def _accept(self) -> None:
        self.context.background.run(
            self.presenter.accept,
            what=self.context.say("Taking it in"),
            done=self._taken,
            failed=self._refused,
        )

    def _taken(self, taken: TakenIn) -> None:
        self.presenter.taken = taken
        self._show()
        self.context.refresh()

    def _refused(self, fault: Exception) -> None:
        kept = self.context.say("Nothing was changed.")
        self._place.put(Banner(Tone.CAREFUL, self.context.sentence(fault) or kept))

    def _show(self) -> None:
        page = self.presenter
        if page.brought is None:
            return
        parts: list[QWidget] = []
        if page.taken is not None:
            parts.append(Banner(Tone.DONE, self.context.say("It was taken in.")))
            parts += [Banner(Tone.CAREFUL, self.context.sentence(one)) for one in page.taken.refused]
        elif page.brought.missing is not None:
            parts.append(Banner(Tone.CAREFUL, self.context.sentence(page.brought.missing)))
        elif page.brought.already:
            told = self.context.say("Everything in it is held already, but what is signed may be newer.")
            parts.append(Banner(Tone.NOTE, told))
        parts.append(self._inside(page.brought))
        self._place.put(*parts)

    def _inside(self, brought: Brought) -> Card:
        say = self.context.say
        rows = [(say("From"), brought.office)]
        rows += [(say(KINDS[kind]), str(count)) for kind, count in brought.kinds.items() if kind in KINDS]
        rows += [
            (say(STATEMENTS[name]), str(count))
            for name, count in sorted(brought.statements.items(), reverse=True)
        ]
        sealed = say("Sealed to this laptop, signed by headquarters, nothing altered.")
        return Card(
            words(say("What is inside"), Size.QUESTION, bold=True),
            marked("done", words(sealed), Tone.DONE),
            facts(rows),
        )
