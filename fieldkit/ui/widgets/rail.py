"""The rail at the reading start: where one can go, the same places always in the same order."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from fieldkit.ui import icons, theme
from fieldkit.ui.places import RailPlace


class Rail(QFrame):
    """`say` translates a place's word; `go` is called with a place's screen. Where the places are higher than
    the window they scroll; they never cover each other. A compact rail shows pictures, which say their place
    when asked."""

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
        self._places = QWidget()
        self._places.setProperty("role", "places")
        column = QVBoxLayout(self._places)
        column.setContentsMargins(px(8), px(12), px(8), px(12))
        column.setSpacing(px(4))
        self.buttons: dict[str, QToolButton] = {}
        for place in places:
            made = _place_button(say(place.text), place.icon)
            made.clicked.connect(lambda _=False, screen=place.screen: go(screen))
            column.addWidget(made)
            self.buttons[place.screen] = made
        column.addStretch(1)
        self._area = _scrolling(self._places)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._area)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def set_compact(self, compact: bool) -> None:
        """Give the room to the content, or take it back."""
        beside, alone = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
        for made in self.buttons.values():
            made.setToolButtonStyle(alone if compact else beside)
            made.setToolTip(made.accessibleName() if compact else "")
        self._fit()

    def _fit(self) -> None:
        needed = self._places.minimumSizeHint()
        bar = self._area.verticalScrollBar().sizeHint().width() if needed.height() > self.height() else 0
        self._area.setFixedWidth(needed.width() + bar)

    def light(self, screen: str) -> None:
        """Show where one is."""
        for name, made in self.buttons.items():
            made.setChecked(name == screen)
        if screen in self.buttons:
            self._area.ensureWidgetVisible(self.buttons[screen])


def _scrolling(inner: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setProperty("role", "rail")
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
    area.setWidgetResizable(True)
    area.setWidget(inner)
    return area


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
