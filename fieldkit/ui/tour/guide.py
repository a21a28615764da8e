"""Drives the real windows as a person would: by the words on them, with mouse and keys.

1. Only what a person can see and press is pressed: a button must be visible, enabled and have the name asked for.
2. Nothing is faked: vaults, forms, papers and bundles are the real ones, in a folder that is thrown away.
3. A step that does not come to what it promises ends the tour.
4. Inputs are counted: one click, one key command or one filled field each, a file or folder that is pointed at too.
   What nobody has to do is not counted: looking, scrolling.
"""

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QEventLoop, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QScrollArea, QWidget

from fieldkit.ui.context import Context
from fieldkit.ui.main_window import MainWindow

_W = TypeVar("_W", bound=QWidget)

_GLANCE = 5
"""Milliseconds between two looks at work under way."""

PATIENCE = 60.0
"""Seconds a step may take until the tour gives up; a real person would long have called for help."""


def _rest() -> None:
    """Let Qt sleep between its events: asking it again and again would take the work's own time."""
    loop = QEventLoop()
    QTimer.singleShot(_GLANCE, loop.quit)
    loop.exec()


class TourFailed(Exception):
    """A step did not come to what it promised."""


class Guide:
    """One window being driven; pictures go into `out`."""

    def __init__(self, window: MainWindow, context: Context, out: Path, shots: "Shots") -> None:
        self.window = window
        self.context = context
        self.out = out
        self.shots = shots
        self.inputs = 0

    # --- looking ------------------------------------------------------------------------------------------

    def shot(self, name: str) -> None:
        """Take a picture of the whole window."""
        self.settle()
        self.shots.take(self.window, name)

    def whole_shot(self, name: str, tallest: int) -> None:
        """Take a picture of the window, made as high as its page, at most `tallest` pixels."""
        size = self.window.size()
        areas = [one for one in self._visible(QScrollArea) if one.widget() is not None]
        more = max((_hidden(one) for one in areas), default=0)
        self.window.resize(size.width(), min(size.height() + more, tallest))
        self.shot(name)
        self.window.resize(size)

    def to_top(self) -> None:
        """Scroll the page to where it begins."""
        for area in self.window.findChildren(QScrollArea):
            area.verticalScrollBar().setValue(0)

    def settle(self) -> None:
        """Let background work end and everything be painted."""
        end = time.monotonic() + PATIENCE
        while self.context.background.is_busy:
            _rest()
            if time.monotonic() > end:
                raise TourFailed(f"work in the background on {self.screen} does not end")
        for _ in range(3):
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            QApplication.processEvents()

    def until(self, what: str, true: Callable[[], bool]) -> None:
        """Go on when `true`. Raises TourFailed when it does not come."""
        end = time.monotonic() + PATIENCE
        while not true():
            if time.monotonic() > end:
                raise TourFailed(f"waited in vain for: {what}")
            self.settle()

    @property
    def screen(self) -> str:
        """The name of the screen that stands there."""
        return self.context.navigation.here[0]

    def expect(self, screen: str) -> None:
        """The screen that must stand there now."""
        self.until(f"the screen {screen}, not {self.screen}", lambda: self.screen == screen)
        self.settle()

    def find(self, kind: type[_W], name: str) -> _W:
        """The visible widget with an accessible name. Raises TourFailed."""
        found = [one for one in self._visible(kind) if one.accessibleName() == name]
        if not found:
            seen = sorted({one.accessibleName() for one in self._visible(kind) if one.accessibleName()})
            raise TourFailed(
                f"on {self.screen} there is no {kind.__name__} called {name!r}; there are {seen}"
            )
        return found[0]

    def has(self, kind: type[QWidget], name: str) -> bool:
        """Whether such a widget can be seen."""
        return any(one.accessibleName() == name for one in self._visible(kind))

    def buttons_in(self, widget: QWidget) -> list[QAbstractButton]:
        """The buttons that can be seen inside a widget."""
        return [one for one in widget.findChildren(QAbstractButton) if one.isVisible()]

    def _visible(self, kind: type[_W]) -> Iterable[_W]:
        return (one for one in self.window.findChildren(kind) if one.isVisible())

    # --- doing --------------------------------------------------------------------------------------------

    def press(self, text: str, **data: str | int) -> None:
        """Press the button with this English text, said in the interface's language."""
        self.press_named(self.context.say(text, **data))

    def press_named(self, name: str) -> None:
        """Press the button that is called exactly so."""
        self.click(self.find(QAbstractButton, name))

    def click(self, widget: QWidget) -> None:
        """Bring a widget into sight and click it in the middle. Raises TourFailed when it is disabled."""
        if not widget.isEnabled():
            raise TourFailed(f"on {self.screen} {widget.accessibleName()!r} cannot be pressed")
        self.into_sight(widget)
        self.inputs += 1
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=_middle(widget))
        self.settle()

    def write(self, label: str, text: str) -> None:
        """Write into the line with this English label, instead of what stands there."""
        self.write_named(self.context.say(label), text)

    def write_named(self, name: str, text: str) -> None:
        """Write into the line that is called exactly so."""
        self.write_into(self.find(QLineEdit, name), text)

    def write_into(self, line: QWidget, text: str) -> None:
        """Write into a line, or type what finds a row of a list, that was found otherwise."""
        self.into_sight(line)
        self.inputs += 1
        line.setFocus()
        if isinstance(line, QLineEdit | QPlainTextEdit):
            line.selectAll()
        if text.isascii():
            QTest.keyClicks(line, text)
        else:  # as an input method brings other scripts
            typed = QInputMethodEvent()
            typed.setCommitString(text)
            QApplication.sendEvent(line, typed)
        self.settle()

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key on whatever has the keyboard."""
        self.inputs += 1
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)
        self.settle()

    def main_action(self) -> None:
        """Press the one main action of the screen."""
        button = self.window.footer.main
        if button is None:
            raise TourFailed(f"{self.screen} has no main action")
        self.click(button)

    def go_back(self) -> None:
        """Press the way back of the screen."""
        button = self.window.footer.back
        if button is None:
            raise TourFailed(f"{self.screen} has no way back")
        self.click(button)

    def pick(self, *paths: Path) -> None:
        """What the next file or folder questions are answered with, in order."""
        left = list(paths)

        def answer(*_: object) -> Path | None:
            self.inputs += 1
            return left.pop(0) if left else None

        self.window.ask_folder = answer  # type: ignore[method-assign,assignment]
        self.window.ask_file = answer  # type: ignore[method-assign,assignment]

    def expect_no_error(self) -> None:
        """Nothing may have gone wrong so far."""
        if self.window.error_shown:
            raise TourFailed(f"on {self.screen} stands an error: {self.window.error_shown}")

    def close(self) -> None:
        """Close the window, and with it the vault."""
        self.window.close()
        self.settle()

    def into_sight(self, widget: QWidget) -> None:
        """Scroll the page so that a widget can be seen."""
        area = self.window.findChild(QWidget, "qt_scrollarea_viewport")
        scroll = area.parentWidget() if area else None
        ensure = getattr(scroll, "ensureWidgetVisible", None)
        if ensure is not None and scroll is not None and scroll.isAncestorOf(widget):
            ensure(widget)
        QApplication.processEvents()


class Shots:
    """Numbered pictures of one tour; later ones never overwrite earlier ones."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self.taken: list[str] = []
        self._number = 0

    def take(self, widget: QWidget, name: str) -> str:
        """Write the picture of a widget; its file name."""
        self._number += 1
        file = f"{self._number:02}-{name}.png"
        if not widget.grab().save(str(self._out / file)):
            raise TourFailed(f"the picture {file} could not be written")
        self.taken.append(file)
        return file


def _hidden(area: QScrollArea) -> int:
    """How many pixels of a page's height lie out of sight."""
    return area.verticalScrollBar().maximum()


def _middle(widget: QWidget) -> QPoint:
    visible = widget.visibleRegion().boundingRect()
    return (visible if visible.isValid() else QRect(QPoint(), widget.size())).center()
