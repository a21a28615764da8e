"""Windows of people who are signed in already, at a post or at headquarters, with finished cases."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fieldkit.crypto.primitives import FOR_TESTS
from fieldkit.services.intake import Finished
from fieldkit.services.new_vault import NewVault, create_vault
from fieldkit.services.vault import Desk, OpenVault
from fieldkit.ui.background import Background
from fieldkit.ui.context import Context
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.settings import Settings
from fieldkit.ui.vaults import Vaults
from tests.stories.people import AGREED, AN_ADULT, IN_PRIVATE, NO_URGENT_NEED, Told, screened
from tests.ui import looking
from tests.worlds import world

PHRASE = "orbit meadow lantern quiet river stone"
OFFLINE_PHRASE = "copper window thirteen gentle forest drum"
FEAR: Told = {"fear_return": "yes", "reasons": "war work"}


def new_desk(folder: Path, name: str, desk: Desk = Desk.POST, *, training: bool = True) -> OpenVault:
    """A real vault in `folder/vault`; headquarters' offline keys are in `folder/stick`."""
    (folder / "stick").mkdir(parents=True, exist_ok=True)
    new = NewVault(
        desk=desk,
        name=name,
        person="Officer 1",
        language="en",
        phrase=PHRASE,
        training=training,
        offline_folder=folder / "stick",
        offline_phrase=OFFLINE_PHRASE,
    )
    return create_vault(folder / "vault", new, world(name), FOR_TESTS)


def window_at(
    vault: OpenVault, screen: str, *, language: str = "en", scale: int = 100, **arguments: Any
) -> MainWindow:
    """A window with somebody signed in, at one screen. It leaves the vault open when it is closed."""
    context = Context(
        vaults=Vaults(vault.folder, vault.world, FOR_TESTS),
        settings=Settings(language=language, scale=scale),
        background=Background(),
    )
    context.theme.apply()
    window = MainWindow(context)
    context.vault = vault
    window.rebuild()
    window.show()
    context.navigation.start(screen, **arguments)
    settle()
    return window


def done_with(window: MainWindow) -> None:
    """Close the window, not the vault."""
    window.context.vault = None
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def rest(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until nothing runs in the background."""
    qtbot.waitUntil(lambda: not window.context.background.is_busy, timeout=30_000)
    settle()


def press(widget: QWidget, name: str) -> None:
    """Press the button called `name`, and look at what came of it."""
    looking.press(widget, name)
    settle()


def settle() -> None:
    """Let Qt lay out what has just been made."""
    for _ in range(3):
        QApplication.processEvents()


def afraid(vault: OpenVault, *told: Told, person: str = "ar") -> Finished:
    """A finished screening of somebody who is afraid to go back."""
    return screened(vault, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR, *told, person=person)


def kinds(vault: OpenVault) -> list[str]:
    """The kinds of the entries of this vault's own journal, in order."""
    return [entry.kind for entry, _ in vault.journal.entries(vault.stream)]
