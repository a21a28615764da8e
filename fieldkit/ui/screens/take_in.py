"""At a post: what headquarters sent is looked at, then a person takes it in."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.ui.presenters.homeward import KINDS, STATEMENTS, TakeIn
from fieldkit.ui.screens.looked_at import BUNDLES, LookedAtScreen
from fieldkit.ui.screens.screen import Way
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.card import Card
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import words

if TYPE_CHECKING:
    from fieldkit.services.homeward import Brought, TakenIn
    from fieldkit.ui.context import Context


class TakeInScreen(LookedAtScreen["Brought"]):
    """Looking changes nothing; what was taken in stands in the cases and on the first screen."""

    def __init__(self, context: Context, path: Path) -> None:
        super().__init__(context)
        self.presenter = TakeIn(context.open_vault, path)

    @property
    def title(self) -> str:
        return self.context.say("From headquarters")

    def main_action(self) -> Way | None:
        say, page = self.context.say, self.presenter
        if page.taken is not None:
            return Way(say("Next: people"), partial(self.context.navigation.start, "home"), "people")
        return Way(say("Take it in"), self._accept, "check") if page.can_accept else super().main_action()

    def _asked_for(self) -> tuple[str, str]:
        return self.context.say("File from headquarters"), BUNDLES

    def _look(self) -> Brought:
        return self.presenter.look()

    def _verifying(self) -> str:
        return self.context.say("Verifying the file")

    def _verified(self, seen: Brought) -> None:
        self.presenter.brought = seen

    def _accept(self) -> None:
        self._run(self.presenter.accept, self.context.say("Taking it in"), self._taken)

    def _taken(self, taken: TakenIn) -> None:
        self.presenter.taken = taken

    def _content(self) -> list[QWidget]:
        page = self.presenter
        parts: list[QWidget] = []
        if page.brought is None:
            return parts
        if page.taken is not None:
            parts.append(Banner(Tone.DONE, self.context.say("It was taken in.")))
            parts += [Banner(Tone.CAREFUL, self.context.sentence(one)) for one in page.taken.refused]
        elif page.brought.missing is not None:
            parts.append(Banner(Tone.CAREFUL, self.context.sentence(page.brought.missing)))
        elif page.brought.already:
            told = self.context.say("Everything in it is held already, but what is signed may be newer.")
            parts.append(Banner(Tone.NOTE, told))
        return [*parts, self._inside(page.brought)]

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
