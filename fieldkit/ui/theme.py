"""How the program looks now: one set of colours, one text size, one interface language.

There is one look for the application, as Qt has one stylesheet and one palette: `theme.current()`.
"""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from fieldkit.languages.direction import is_rtl
from fieldkit.ui import fonts
from fieldkit.ui.stylesheet import stylesheet
from fieldkit.ui.tokens import COLOURS, POINTS, STACK_ABOVE, Appearance, Colours, Size, within_scale


@dataclass(frozen=True)
class Theme:
    """Colours, text size in per cent and interface language."""

    appearance: Appearance = Appearance.LIGHT
    scale: int = 100
    language: str = "en"

    def __post_init__(self) -> None:
        object.__setattr__(self, "scale", within_scale(self.scale))

    @property
    def colours(self) -> Colours:
        """The set in use."""
        return COLOURS[self.appearance]

    @property
    def mirrored(self) -> bool:
        """Whether the interface runs from right to left."""
        return is_rtl(self.language)

    @property
    def stacked(self) -> bool:
        """Whether two languages stand one below the other (`look.md`: above 150 % text)."""
        return self.scale > STACK_ABOVE

    def px(self, measure: int) -> int:
        """A measure in pixels at 100 %, at this text size."""
        return round(measure * self.scale / 100)

    def points(self, size: Size) -> float:
        """A type size in points, at this text size."""
        return POINTS[size] * self.scale / 100

    @property
    def direction(self) -> Qt.LayoutDirection:
        """The reading direction."""
        return Qt.LayoutDirection.RightToLeft if self.mirrored else Qt.LayoutDirection.LeftToRight

    def font(self) -> QFont:
        """The font of plain text."""
        font = fonts.font_for(self.language)
        font.setPointSizeF(self.points(Size.TEXT))
        return font

    def use(self) -> None:
        """Let what is made from now on take this look. What stands already keeps its own: dressing hundreds of
        widgets again takes half a second."""
        global _current  # noqa: PLW0603 (as Qt's own stylesheet and palette, there is one)
        _current = self

    def wear(self, widget: QWidget) -> None:
        """Put this look on one widget and on all that is in it or comes into it."""
        widget.setLayoutDirection(self.direction)
        widget.setFont(self.font())
        widget.setStyleSheet(stylesheet(self.colours, self.scale))

    def apply(self) -> None:
        """Put this look on the application; every widget follows."""
        global _current  # noqa: PLW0603 (as Qt's own stylesheet and palette, there is one)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        held = (_current.appearance, _current.scale, _current.language)
        if held == (self.appearance, self.scale, self.language) and application.styleSheet():
            return  # dressing every widget again costs time and changes nothing
        _current = self
        if application.style().name().lower() != "fusion":
            application.setStyle(QStyleFactory.create("fusion"))
        QGuiApplication.setLayoutDirection(self.direction)
        application.setFont(self.font())
        application.setPalette(_palette(self.colours))
        application.setStyleSheet(stylesheet(self.colours, self.scale))


_current = Theme()


def current() -> Theme:
    """The look in use."""
    return _current


def _palette(colours: Colours) -> QPalette:
    palette = QPalette()
    for role, colour in (
        (QPalette.ColorRole.Window, colours.ground),
        (QPalette.ColorRole.Base, colours.paper),
        (QPalette.ColorRole.AlternateBase, colours.ground),
        (QPalette.ColorRole.Button, colours.paper),
        (QPalette.ColorRole.WindowText, colours.ink),
        (QPalette.ColorRole.Text, colours.ink),
        (QPalette.ColorRole.ButtonText, colours.ink),
        (QPalette.ColorRole.PlaceholderText, colours.quiet),
        (QPalette.ColorRole.Highlight, colours.main),
        (QPalette.ColorRole.HighlightedText, colours.on_main),
        (QPalette.ColorRole.Link, colours.main),
        (QPalette.ColorRole.ToolTipBase, colours.paper),
        (QPalette.ColorRole.ToolTipText, colours.ink),
    ):
        palette.setColor(role, QColor(colour))
    return palette
