"""The row below: the way back at the reading start, the one main action at the reading end."""

from collections.abc import Mapping, Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fieldkit.ui import theme
from fieldkit.ui.screens.screen import Way
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import empty
from fieldkit.ui.widgets.layouts import Flow
from fieldkit.ui.widgets.text import words


class Footer(QFrame):
    """Shown only when the screen has a way to offer.

    Buttons stay while they say the same: somebody who writes makes the main action turn on and off, and a
    button that is made anew would lose the keyboard and blink. Where large words leave no room beside each other,
    the lesser ways stand in a row of their own above.
    """

    def __init__(self, *, name: str) -> None:
        super().__init__()
        px = theme.current().px
        self.setProperty("role", "footer")
        self.setAccessibleName(name)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(24), px(8), px(24), px(8))
        whole.setSpacing(px(8))
        self._above = QWidget()
        self._lesser = Flow(self._above, gap=px(12))
        self._above.hide()
        self._row = QHBoxLayout()
        self._row.setSpacing(px(12))
        whole.addWidget(self._above)
        whole.addLayout(self._row)
        self._ways: tuple[Way, ...] = ()
        self._buttons: tuple[QPushButton, ...] = ()
        self._middle: tuple[QPushButton, ...] = ()
        self._said: object = None
        self.back: QPushButton | None = None
        self.main: QPushButton | None = None

    def offer(
        self, back: Way | None, others: Sequence[Way], main: Way | None, tips: Mapping[str, str]
    ) -> None:
        """Show these ways. `tips` holds the tooltips of "back" and "next"."""
        self._ways = tuple(way for way in (back, *others, main) if way is not None)
        told = main.why_not if main is not None and not main.enabled else ""
        said = (back is None, main is None, told, tuple((way.text, way.icon) for way in self._ways), tips)
        if said != self._said:
            self._said = said
            self._lay(back, others, main, told, tips)
        for made, way in zip(self._buttons, self._ways, strict=True):
            made.setEnabled(way.enabled)
            made.setAccessibleDescription("" if way.enabled else way.why_not)
        self.setVisible(bool(self._ways))

    def _lay(
        self, back: Way | None, others: Sequence[Way], main: Way | None, told: str, tips: Mapping[str, str]
    ) -> None:
        had_keyboard = self.window().focusWidget() in self._buttons
        empty(self._row)
        empty(self._lesser)
        self._above.hide()
        self.back = self._made(back, "plain", tips.get("back", ""), 0) if back else None
        first = 1 if back else 0
        self._middle = middle = tuple(
            self._made(way, "", "", first + place) for place, way in enumerate(others)
        )
        self.main = self._made(main, "main", tips.get("next", ""), first + len(middle)) if main else None
        self._buttons = tuple(made for made in (self.back, *middle, self.main) if made is not None)
        for made in self._buttons[:first]:
            self._row.addWidget(made)
        self._row.addStretch(1)
        if told:
            self._row.addWidget(words(told, quiet=True), 4)
        for made in self._buttons[first:]:
            self._row.addWidget(made)
        for made in self._buttons:
            made.show()  # at once: it can be pressed before the loop comes round
        if had_keyboard and self._buttons:
            self._buttons[-1].setFocus()  # else it would go to the first thing of the window
        self._share_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        """Put the lesser ways above, or back beside the main action, as there is room for whole words."""
        crowded = bool(self._middle) and self._needed() > self.width()
        if crowded is not self._above.isHidden():
            return
        for made in self._middle:
            if crowded:
                self._lesser.addWidget(made)
            else:
                self._row.insertWidget(self._row.count() - (self.main is not None), made)
            made.show()
        self._above.setVisible(crowded)

    def _needed(self) -> int:
        """Pixels that everything needs side by side."""
        for made in self._buttons:
            made.ensurePolished()
        margins = self.contentsMargins().left() + 2 * theme.current().px(24)
        told = theme.current().px(160) if self._row.count() > len(self._buttons) + 1 else 0
        return margins + told + sum(made.sizeHint().width() + self._row.spacing() for made in self._buttons)

    def _made(self, way: Way, role: str, tip: str, place: int) -> QPushButton:
        def do_what_is_offered_now() -> object:
            return self._ways[place].do()

        return button(way.text, do_what_is_offered_now, icon=way.icon, role=role, tip=tip)
