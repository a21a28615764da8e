"""What screens share that are a page of cards: read anew in another language, filled again after each decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.ui.screens.screen import Screen
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.ui.context import Context


class CardsScreen(Screen):
    """Derive, and say what stands above the cards, the cards, and what is said where there are none."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._cards = Holder()
        self._read()

    def build(self) -> QWidget:
        if self.language_changed():
            self._read()
        self._cards = Holder()
        page = column(readable(words(self._told(), quiet=True)), self._cards)
        self._fill()
        return page

    def _read(self) -> None:
        """Make the presenter, in the language of now."""
        raise NotImplementedError

    def _told(self) -> str:
        """What this page is for."""
        raise NotImplementedError

    def _shown(self) -> list[QWidget]:
        """The cards, in order."""
        raise NotImplementedError

    def _nothing(self) -> EmptyState:
        """What is said where there are none."""
        raise NotImplementedError

    def _after(self) -> list[QWidget]:
        """What stands below the cards."""
        return []

    def _fill(self) -> None:
        cards = self._shown() or [Card(self._nothing())]
        self._cards.put(*cards, *self._after())
