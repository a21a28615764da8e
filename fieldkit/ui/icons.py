"""The program's own drawings, in the colour that is asked for. An icon never stands without a word.

Each drawing is 24 by 24 units with lines of one weight, in `currentColor`; those that point somewhere are
turned round where the interface runs from right to left.
"""

from functools import cache

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap, QTransform
from PySide6.QtSvg import QSvgRenderer

from fieldkit import files
from fieldkit.ui.theme import current
from fieldkit.ui.tokens import Tone

SIDE = 24
"""Pixels at 100 % text."""

_GAP = 6

POINTING = frozenset({"back", "next", "exchange", "refer"})
TONE_ICON: dict[Tone, str] = {
    Tone.NOTE: "note",
    Tone.DONE: "done",
    Tone.CAREFUL: "careful",
    Tone.URGENT: "urgent",
}
"""The shape that goes with each tone."""


def picture(name: str, colour: str, side: int = SIDE) -> QPixmap:
    """The drawing `name` in `colour`, `side` pixels at 100 % text."""
    turned = name in POINTING and current().mirrored
    return _drawn(name, colour, current().px(side), turned, _ratio())


def icon(name: str, colour: str | None = None, chosen: str | None = None) -> QIcon:
    """The drawing as an icon for a button: in ink, and quiet where the button is off."""
    colours = current().colours
    made = QIcon(_spaced(picture(name, colour or colours.ink)))
    made.addPixmap(_spaced(picture(name, colours.quiet)), QIcon.Mode.Disabled)
    if chosen:
        made.addPixmap(_spaced(picture(name, chosen)), QIcon.Mode.Normal, QIcon.State.On)
    return made


def size() -> QSize:
    """The size of an icon at this text size."""
    look = current()
    return QSize(look.px(SIDE + _GAP), look.px(SIDE))


def _spaced(drawing: QPixmap) -> QPixmap:
    """Room between a drawing and its word: Qt's own four pixels do not grow with the text."""
    ratio = drawing.devicePixelRatio()
    gap = round(current().px(_GAP) * ratio)
    wider = QPixmap(drawing.width() + gap, drawing.height())
    wider.fill(Qt.GlobalColor.transparent)
    painter = QPainter(wider)
    plain = drawing.copy()
    plain.setDevicePixelRatio(1.0)
    painter.drawPixmap(gap if current().mirrored else 0, 0, plain)
    painter.end()
    wider.setDevicePixelRatio(ratio)
    return wider


def _ratio() -> float:
    application = QGuiApplication.instance()
    return application.devicePixelRatio() if isinstance(application, QGuiApplication) else 1.0


@cache
def _drawn(name: str, colour: str, side: int, turned: bool, ratio: float) -> QPixmap:
    source = (files.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter)
    painter.end()
    if turned:
        pixmap = pixmap.transformed(QTransform.fromScale(-1, 1))
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
