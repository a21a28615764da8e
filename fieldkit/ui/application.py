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
from fieldkit.ui.context import Context
from fieldkit.ui.immortal_none import keep_none_alive
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.vaults import Vaults
from fieldkit.ui.world import real_world

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


def run(folder: Path) -> int:
    """Show the window on the vault in `folder` until it is closed. Returns the exit code."""
    application = make_application(sys.argv)
    context = make_context(folder)
    window = make_window(context)
    window.show()
    load_fonts_later(application)
    return application.exec()


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
