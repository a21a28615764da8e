"""What screens share that look at a file before anything is kept: verified first, then a person takes it in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtWidgets import QWidget

from fieldkit.ui.screens.screen import Screen, Way
from fieldkit.ui.tokens import Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.card import column
from fieldkit.ui.widgets.holder import Holder

if TYPE_CHECKING:
    from fieldkit.domain.ports import Progress
    from fieldkit.ui.context import Context

BUNDLES = "*.fkb"
"""The files that are looked at."""

Seen = TypeVar("Seen")
Result = TypeVar("Result")


class LookedAtScreen(Screen, Generic[Seen]):
    """Derive. Looking changes nothing; taking in is one step that succeeds whole or not at all."""

    rail: str = "exchange"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._looked = False
        self.refused = False
        self._place = Holder()

    def main_action(self) -> Way | None:
        """After a file that was refused, the way to another one."""
        return self.another() if self.refused else None

    def another(self) -> Way:
        """The way to another file."""
        return Way(self.context.say("Choose another file"), self._choose, "folder")

    def build(self) -> QWidget:
        self._place = Holder()
        return column(self._place)

    def shown(self) -> None:
        if self._looked:
            self._show()
            return
        self._looked = True
        self._run(lambda _progress: self._look(), self._verifying(), self._verified)

    def _look(self) -> Seen:
        """Verify the file."""
        raise NotImplementedError

    def _verifying(self) -> str:
        """What is said meanwhile."""
        raise NotImplementedError

    def _verified(self, seen: Seen) -> None:
        """Keep what was seen in the presenter."""
        raise NotImplementedError

    def _content(self) -> list[QWidget]:
        """What stands there now; nothing before the file was verified."""
        raise NotImplementedError

    def _asked_for(self) -> tuple[str, str]:
        """How the question for a file is called, and which files are shown, as where the first was chosen."""
        raise NotImplementedError

    def _choose(self) -> None:
        title, kinds = self._asked_for()
        path = self.context.ask_file(title, f"{title} ({kinds})")
        if path is not None:
            self.context.navigation.instead(self.context.navigation.here[0], path=path)

    def _show(self) -> None:
        parts = self._content()
        if parts:
            self._place.put(*parts)

    def _run(self, work: Callable[[Progress], Result], what: str, done: Callable[[Result], None]) -> None:
        """In the background; what comes of it is shown at once."""

        def ended(result: Result) -> None:
            done(result)
            self._show()
            self.context.refresh()

        self.context.background.run(work, what=what, done=ended, failed=self._refused)

    def _refused(self, fault: Exception) -> None:
        kept = self.context.say("Nothing was changed.")
        self._place.put(Banner(Tone.CAREFUL, self.context.sentence(fault) or kept))
        self.refused = True
        self.context.refresh()
