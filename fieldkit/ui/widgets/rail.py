"""The rail at the reading start: where one can go, the same places always in the same order."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolButton, QVBoxLayout

from fieldkit.ui import icons, theme
from fieldkit.ui.places import RailPlace


class Rail(QFrame):
    """`say` translates a place's word; `go` is called with a place's screen."""

    def __init__(
        self,
        places: Sequence[RailPlace],
        *,
        name: str,
        say: Callable[[str], str],
        go: Callable[[str], object],
    ) -> None:
        super().__init__()
        px = theme.current().px
        self.setProperty("role", "rail")
        self.setAccessibleName(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(8), px(12), px(8), px(12))
        column.setSpacing(px(4))
        self.buttons: dict[str, QToolButton] = {}
        for place in places:
            made = _place_button(say(place.text), place.icon)
            made.clicked.connect(lambda _=False, screen=place.screen: go(screen))
            column.addWidget(made)
            self.buttons[place.screen] = made
        column.addStretch(1)

    def light(self, screen: str) -> None:
        """Show where one is."""
        for name, made in self.buttons.items():
            made.setChecked(name == screen)


def _place_button(text: str, icon: str) -> QToolButton:
    colours = theme.current().colours
    made = QToolButton()
    made.setProperty("role", "rail")
    made.setText(text.replace("&", "&&"))
    made.setAccessibleName(text)
    made.setCheckable(True)
    made.setAutoExclusive(False)
    made.setIcon(icons.icon(icon, chosen=colours.main))
    made.setIconSize(icons.size())
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return made
