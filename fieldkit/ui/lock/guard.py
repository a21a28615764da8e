"""Stands guard while somebody is signed in: locks a vault that was left alone, and does what works everywhere.

1. It sees every key and press before anything else does, in every window of the program; nothing of it is kept but
   that somebody was there.
2. The key that stops a countdown only stops it: nobody finishes an interview by showing that they are there.
3. While work runs that somebody started, an idle screen is covered; it is locked when the work has ended, or with
   the cover's own time.
4. Whatever the laptop says, and a clock that ran while the other stood still, locks at once.
"""

import logging
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QWindow
from shiboken6 import isValid

from fieldkit.services import cover
from fieldkit.ui.actions import BY_ID
from fieldkit.ui.lock import clipboard
from fieldkit.ui.lock.idle import Clocks, Covered, Idle
from fieldkit.ui.lock.laptop import Laptop
from fieldkit.ui.lock.why import Why
from fieldkit.ui.main_window import MainWindow

LOOK_EVERY: Final = 1000
"""Milliseconds between two looks at the clocks."""

TWICE: Final = 0.6
"""Seconds within which a key is pressed twice to mean one thing."""

_PRESSES: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)
_DOUBLE: Final = {Qt.Key.Key_Escape: "cover", Qt.Key.Key_F12: "panic"}
"""Keys that mean something when they are pressed twice."""


class Guard(QObject):
    """`begin` at sign-in, `end` at lock."""

    def __init__(self, window: MainWindow, clocks: Clocks, laptop: Laptop) -> None:
        super().__init__(window)
        self._window = window
        self._context = window.context
        self._clocks = clocks
        self.laptop = laptop
        self._clipboard = clipboard.Clipboard(self)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY)
        self._timer.timeout.connect(self.look)
        self._idle = Idle(clocks, cover.IDLE_USUAL)
        self._covered: Covered | None = None
        self._due = False
        self._last: tuple[Qt.Key | None, float] = (None, 0.0)
        self._editor: QObject | None = None

    def begin(self) -> None:
        """Somebody signed in."""
        self._idle = Idle(self._clocks, cover.idle_minutes(self._context.open_vault))
        self._covered, self._due = None, False
        self._clipboard.begin()
        try:
            self.laptop.begin(lambda: self._context.lock(Why.SLEEP))
        except Exception:  # whatever is wrong with the system's words, nobody is kept out; the clocks remain
            logging.getLogger(__name__).exception("the laptop is not heard")
        application = _application()
        application.applicationStateChanged.connect(self._state_changed)
        application.focusWindowChanged.connect(self._see_windows)
        application.focusObjectChanged.connect(self._see_editor)
        self._see_editor(application.focusObject())
        self._see_windows()
        self._timer.start()

    def end(self) -> None:
        """Somebody locks."""
        if not self._timer.isActive():
            return
        self._timer.stop()
        self._window.show_countdown(None)
        self.laptop.end()
        self._clipboard.end()
        application = _application()
        application.applicationStateChanged.disconnect(self._state_changed)
        application.focusWindowChanged.disconnect(self._see_windows)
        application.focusObjectChanged.disconnect(self._see_editor)
        self._see_editor(None)
        for one in QGuiApplication.topLevelWindows():
            one.removeEventFilter(self)

    def use_minutes(self, minutes: int) -> None:
        """Another time was chosen."""
        self._idle.minutes = minutes

    def use_clocks(self, clocks: Clocks) -> None:
        """Go by other clocks from now on; for trials."""
        self._clocks = self._idle.clocks = clocks
        if self._covered is not None:
            self._covered.clocks = clocks

    def look(self) -> None:
        """Look at the clocks, and do what is due."""
        if self._context.vault is None:
            return
        self._see_windows()
        if self._idle.slept():
            self._context.lock(Why.SLEEP)
        elif self._window.is_covered:
            self._look_at_cover()
        else:
            self._covered = None
            self._look_at_idle()

    def _look_at_cover(self) -> None:
        self._covered = self._covered or Covered(self._clocks)
        if self._due and not self._context.background.is_busy:
            self._context.lock(Why.IDLE)
        elif self._covered.too_long:
            self._context.lock(Why.COVER)

    def _look_at_idle(self) -> None:
        self._due = False
        left = self._idle.seconds_left
        if left:
            self._window.show_countdown(left if self._idle.counts_down else None)
        elif self._context.background.is_busy:
            self._window.show_countdown(None)
            self._window.cover()
            self._covered, self._due = Covered(self._clocks), True
        else:
            self._context.lock(Why.IDLE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self._editor:
            if kind == QEvent.Type.InputMethod:
                self._somebody_is_there()
        elif kind == QEvent.Type.KeyRelease:  # of a key whose press was a shortcut
            self._idle.touch()
        elif kind == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            place = event.globalPosition().toPoint()
            if self._idle.mouse_at(place.x(), place.y()):
                self._somebody_is_there()
        elif kind in _PRESSES:
            counting = self._window.counts_down
            self._somebody_is_there()
            if isinstance(event, QKeyEvent) and self._is_ours(event):
                return True
            return counting
        return False

    def _somebody_is_there(self) -> None:
        self._idle.touch()
        if self._window.counts_down:
            self._window.show_countdown(None)

    def _is_ours(self, event: QKeyEvent) -> bool:
        """Keys that work everywhere; where our window has the keyboard, its own shortcuts came first."""
        pressed = QKeySequence(event.keyCombination())
        for name in ("panic", "cover"):
            if any(QKeySequence(keys) == pressed for keys in BY_ID[name].keys):
                self._do(name)
                return True
        return self._pressed_twice(event) or clipboard.copied(event)

    def _pressed_twice(self, event: QKeyEvent) -> bool:
        now, key = self._clocks.always(), Qt.Key(event.key())
        before, when = self._last
        self._last = (key, now) if not event.isAutoRepeat() else (None, now)
        if key not in _DOUBLE or before != key or now - when > TWICE or event.isAutoRepeat():
            return False
        self._last = (None, now)
        self._do(_DOUBLE[key])
        return True

    def _do(self, name: str) -> None:
        if name == "panic":
            self._context.lock(Why.PANIC)
        else:
            self._window.cover()

    def _see_windows(self, *_: object) -> None:
        """Dialogs and menus are windows of their own. A filter that is there already is not there twice."""
        for one in QGuiApplication.topLevelWindows():
            one.installEventFilter(self)

    def _see_editor(self, editor: QObject | None) -> None:
        """Whoever writes through an input method sends no keys to the window, only words to the editor."""
        before, self._editor = self._editor, None
        if before is not None and isValid(before):
            before.removeEventFilter(self)
        if editor is not None and not isinstance(editor, QWindow):
            self._editor = editor
            editor.installEventFilter(self)

    def _state_changed(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationSuspended:
            self._context.lock(Why.SLEEP)
        else:
            self.look()


def _application() -> QGuiApplication:
    application = QGuiApplication.instance()
    assert isinstance(application, QGuiApplication)
    return application
