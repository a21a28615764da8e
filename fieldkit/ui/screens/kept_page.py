"""What the counsellor's pages share: choices as grids, one sentence about what is missing, and after keeping a
fresh page that says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QWidget

from fieldkit.domain.errors import FieldkitError
from fieldkit.ui.screens.screen import Screen, Way
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.card import Card
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.fold import Fold
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.into_view import bring_into_view
from fieldkit.ui.widgets.picker import Picker
from fieldkit.ui.widgets.text import words

if TYPE_CHECKING:
    from fieldkit.ui.context import Context


class KeptPage(Screen):
    """`page` is the presenter: it has `problem()` and `keep()`, and an attribute for every choice."""

    rail: str = "information"
    MISSING: ClassVar[Mapping[str, str]] = {}
    """What is said when a part is missing, by the presenter's name for it (English source)."""

    def __init__(self, context: Context, page: Any, kept: str = "") -> None:
        super().__init__(context)
        self.page = page
        self.kept = kept
        self.grids: dict[str, ChoiceGrid] = {}
        self.told = Holder()

    def opening(self) -> list[QWidget]:
        """What stands first: that the last one was kept, and room for what is missing."""
        self.told = Holder()
        first: list[QWidget] = [Banner(Tone.DONE, self.kept)] if self.kept else []
        return [*first, self.told]

    def grid(self, name: str, question: str, offered: Mapping[Any, str], *, several: bool = False) -> Card:
        """A question with its choices as buttons; texts are English source."""
        rows = [Offered(one.value, self.context.say(text)) for one, text in offered.items()]
        return Card(words(question, Size.QUESTION), self._grid(name, question, rows, several=several))

    def leaflets(self, question: str) -> Card:
        """Which leaflets were given; folded, for often there is none."""
        rows = [Offered(one, f"{one} · {title}") for one, title in self.page.leaflets]
        return Card(Fold(question, lambda: self._grid("given", question, rows, several=True, least=300)))

    def languages(self, name: str, question: str) -> Card:
        """Languages to press, several of them."""
        rows = [Offered(tag, autonym, tag=tag) for tag, autonym in self.page.languages]
        return Card(words(question, Size.QUESTION), self._grid(name, question, rows, several=True, least=150))

    def language(self, question: str) -> Picker:
        """One language."""
        offered = [("", self.context.say("choose")), *self.page.languages]
        return Picker(question, offered, self.page.language, partial(setattr, self.page, "language"))

    def place(self) -> list[QWidget]:
        """Where it was, when this laptop works at several places."""
        if not self.page.places:
            return []
        offered = [("", self.page.vault.name), *((one.id, one.name) for one in self.page.places)]
        return [
            Picker(self.context.say("Place"), offered, self.page.place, partial(setattr, self.page, "place"))
        ]

    def keep_way(self, text: str, done: str) -> Way:
        """The main action: keep, then say so on a fresh page."""
        return Way(text, partial(self.keep, done), "check")

    def keep(self, done: str) -> None:
        """Keep it, or say what is missing."""
        missing = self.page.problem()
        if missing:
            self.tell(self.context.say(self.MISSING[missing]))
            return
        try:
            self.page.keep()
        except FieldkitError as fault:
            self.tell(self.context.sentence(fault))
            return
        self.context.saved()
        self.afresh(done)

    def afresh(self, done: str) -> None:
        """The same page, empty, with a sentence about what was kept."""
        name, _ = self.context.navigation.here
        self.context.navigation.instead(name, kept=done)

    def tell(self, sentence: str) -> None:
        """Say above the page what is missing."""
        self.told.put(Banner(Tone.CAREFUL, sentence))
        bring_into_view(self.told)

    def _grid(
        self, name: str, question: str, offered: Sequence[Offered], *, several: bool = False, least: int = 220
    ) -> ChoiceGrid:
        grid = ChoiceGrid(
            offered, name=question, several=several, numbered=False, size=Size.TEXT, least=least
        )
        held = getattr(self.page, name)
        grid.choose(*(held if several else (held,)))
        grid.chosen.connect(partial(self._chosen, name, several))
        self.grids[name] = grid
        return grid

    def _chosen(self, name: str, several: bool, values: tuple[str, ...]) -> None:
        setattr(self.page, name, values if several else values[0])


def written(page: object, name: str, box: Any, *, lines: bool = True) -> Callable[[], None]:
    """What puts the lines (or the text) of a box into the presenter."""

    def put() -> None:
        setattr(page, name, box.lines if lines else box.value)

    return put
