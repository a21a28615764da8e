"""Opens the program: one window on one vault folder. It comes up quickly: what is not seen is not loaded."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QTimer
from PySide6.QtWidgets import QApplication

from fieldkit.ui import fonts
from fieldkit.ui import settings as kept
from fieldkit.ui.background import Background
from fieldkit.ui.context import Context, Watch, close_here
from fieldkit.ui.immortal_none import keep_none_alive
from fieldkit.ui.lock.why import Why
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.vaults import Vaults
from fieldkit.ui.world import always_seconds, awake_seconds, real_world

HOME_VARIABLE = "FIELDKIT_HOME"
_PAUSE = 30
"""Milliseconds between two font families loaded while nobody waits."""


def default_folder() -> Path:
    """Where this account's vault lies: FIELDKIT_HOME, or the system's place for a program's own data."""
    named = os.environ.get(HOME_VARIABLE, "")
    if named:
        return Path(named)
    base = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
    return Path(base) / "fieldkit"


def run(folder: Path, geometry: str | None = None) -> int:
    """Show the window on the vault in `folder` until it is closed. Returns the exit code.

    `geometry` is given to a process that comes after a lock (`lock.successor`): where the one before it stood.
    """
    application = make_application(sys.argv)
    context = make_context(folder)
    window = make_window(context)
    make_safe(window)
    if geometry is not None:
        stand_in_place(window, geometry)
    window.show()
    if geometry is not None:
        tell_shown(application)
    load_fonts_later(application)
    return application.exec()


def make_safe(window: MainWindow) -> None:
    """As the program runs for people: a lock ends this process, and a vault that is left alone is locked. What does
    that is loaded when somebody signs in or locks, not before the first window."""

    def end(context: Context, why: Why) -> None:
        from fieldkit.ui.lock.ending import ProcessEnds  # noqa: PLC0415

        if context.vault is None:
            close_here(context, why)
        else:
            ProcessEnds(window)(context, why)

    def guard() -> Watch:
        from fieldkit.ui.lock.guard import Guard  # noqa: PLC0415
        from fieldkit.ui.lock.idle import Clocks  # noqa: PLC0415
        from fieldkit.ui.lock.laptop import this_laptop  # noqa: PLC0415

        return Guard(window, Clocks(awake_seconds, always_seconds), this_laptop(window))

    window.context.ends = end
    window.context.guarding = guard


def stand_in_place(window: MainWindow, geometry: str) -> None:
    """After a lock: where the window before this one stood, and at the vault only when its process has ended."""
    from fieldkit.ui.lock.successor import wait_for_predecessor  # noqa: PLC0415

    window.take_place(geometry)
    window.context.vaults.before_opening = wait_for_predecessor


def tell_shown(application: QApplication) -> None:
    """Let the process before this one end: the window stands there."""
    from fieldkit.ui.lock import successor  # noqa: PLC0415

    application.processEvents()
    successor.tell_shown()


def make_application(arguments: Sequence[str] = ("fieldkit",)) -> QApplication:
    """Qt's one application, with our name and no trace of dialogs in its own settings."""
    keep_none_alive()
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    application = QApplication(list(arguments)[:1])
    application.setApplicationName("fieldkit")
    application.setOrganizationName("")
    application.setQuitOnLastWindowClosed(True)
    return application


def make_context(folder: Path) -> Context:
    """Everything a window needs, for the vault in `folder`; nothing is opened yet."""
    return Context(vaults=Vaults(folder, real_world()), settings=kept.read(folder), background=Background())


def make_window(context: Context) -> MainWindow:
    """A window at its first screen: sign-in where there is a vault, otherwise the first start."""
    context.theme.apply()
    window = MainWindow(context)
    context.begin()
    return window


def load_fonts_later(application: QApplication) -> None:
    """Load the fonts of the other languages one by one while nobody waits."""
    timer = QTimer(application)

    def load_one() -> None:
        if not fonts.load_next():
            timer.stop()

    timer.timeout.connect(load_one)
    timer.start(_PAUSE)
