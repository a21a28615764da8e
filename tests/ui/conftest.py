"""Windows for tests: offscreen, on real vaults whose phrases cost little; a stray Qt warning fails."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import miniaudio
import pytest
from PySide6.QtCore import QEvent, QtMsgType, qInstallMessageHandler
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldkit.crypto.primitives import FOR_TESTS
from fieldkit.services.vault import OpenVault
from fieldkit.services.world import World
from fieldkit.ui import application, audio
from fieldkit.ui.background import Background
from fieldkit.ui.context import Context
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.settings import Settings
from fieldkit.ui.theme import Theme
from fieldkit.ui.vaults import Vaults
from tests.ui.desks import done_with, window_at
from tests.worlds import world

# What the offscreen platform says about itself; nothing in the program can help it.
PLATFORM_SAYS = ("This plugin does not support",)

OpenWindow = Callable[..., MainWindow]


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    return application.make_application()


@pytest.fixture(autouse=True)
def no_stray_warnings() -> Iterator[None]:
    said: list[str] = []

    def heard(kind: QtMsgType, _context: object, message: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and not message.startswith(PLATFORM_SAYS):
            said.append(message)

    before = qInstallMessageHandler(heard)
    yield
    qInstallMessageHandler(before)
    assert said == []


@pytest.fixture(autouse=True)
def plain_look(qapp: QApplication) -> Iterator[None]:
    Theme().apply()
    before = set(QApplication.topLevelWidgets())
    yield
    # What the test left, such as a window's body that lay under the cover, goes before the next look is put on
    # what stands there: every later test would dress it again. What a whole module shares was there before.
    for widget in QApplication.topLevelWidgets():
        if widget not in before and widget.parent() is None:
            widget.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    Theme().apply()


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Sound goes to a device that nobody hears and comes from one that hears nothing."""
    monkeypatch.setattr(audio, "BACKENDS", [miniaudio.Backend.NULL])
    yield
    audio.stop()


@pytest.fixture
def open_window(qtbot: QtBot, tmp_path: Path) -> OpenWindow:
    """Opens the program's window: on an empty folder, on `folder`, or with `vault` already signed in."""

    def make(
        vault: OpenVault | None = None,
        folder: Path | None = None,
        at: World | None = None,
        **settings: object,
    ) -> MainWindow:
        place = vault.folder if vault else folder or tmp_path / "empty"
        vaults = Vaults(place, vault.world if vault else at or world(), FOR_TESTS)
        context = Context(
            vaults=vaults,
            settings=Settings(**settings),  # type: ignore[arg-type]  # names and values are Settings' own
            background=Background(),
        )
        window = application.make_window(context)
        qtbot.addWidget(window)
        window.show()
        if vault is not None:
            context.signed_in(vault)
        QApplication.processEvents()  # what was put into a window that stands there is shown now
        window.activateWindow()
        assert QTest.qWaitForWindowActive(window)
        return window

    return make


def settle(qtbot: QtBot, window: MainWindow) -> None:
    """Let the work in the background end and the layout come to rest."""
    qtbot.waitUntil(lambda: not window.context.background.is_busy, timeout=20_000)
    for _ in range(3):
        QApplication.processEvents()


At = Callable[..., MainWindow]


@pytest.fixture
def at(qapp: QApplication) -> Iterator[At]:
    """Shows a screen of a vault in a window of its own; all of them are closed at the end."""
    opened: list[MainWindow] = []

    def show(vault: OpenVault, screen: str, **arguments: Any) -> MainWindow:
        opened.append(window_at(vault, screen, **arguments))
        return opened[-1]

    yield show
    for window in opened:
        done_with(window)
