"""Destroying the vault through the window: two steps, before and after sign-in."""

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from fieldkit.services.vault import OpenVault, at_door
from fieldkit.ui.main_window import MainWindow
from tests.ui.conftest import OpenWindow, settle
from tests.ui.desks import press
from tests.ui.looking import line, says


def write(window: MainWindow, text: str) -> None:
    edit: QLineEdit = line(window)
    edit.setText(text)
    edit.textEdited.emit(text)


@pytest.mark.parametrize("signed_in", [True, False])
def test_two_deliberate_steps_and_the_vault_is_gone(
    qtbot: QtBot, post: OpenVault, open_window: OpenWindow, signed_in: bool
) -> None:
    if not signed_in:
        post.close()
    window = open_window(vault=post) if signed_in else open_window(folder=post.folder, at=post.world)
    window.context.go("help")
    press(window, "Destroy the vault of this laptop")
    assert says(window, "What cannot be promised")
    press(window, "I want to destroy it")
    write(window, "yes")
    press(window, "Destroy the vault now")
    assert says(window, "Write DESTROY, or go back.")
    assert at_door(post.folder) is not None
    write(window, "destroy")
    press(window, "Destroy the vault now")
    settle(qtbot, window)
    assert says(window, "No phrase opens anything on this laptop any more.")
    assert at_door(post.folder) is None
    press(window, "Begin anew")
    assert window.context.navigation.here[0] == "first_start"


def test_a_disk_that_lets_nothing_be_overwritten_is_told_and_it_can_be_tried_again(
    qtbot: QtBot, post: OpenVault, open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    post.close()
    window = open_window(folder=post.folder, at=post.world)
    window.context.go("help")
    press(window, "Destroy the vault of this laptop")
    press(window, "I want to destroy it")
    write(window, "DESTROY")
    with monkeypatch.context() as patch:
        patch.setattr("fieldkit.storage.wipe._destroy", lambda path, whole: not path.exists())
        press(window, "Destroy the vault now")
        settle(qtbot, window)
    assert says(window, "This vault still opens.")
    assert not says(window, "No phrase opens anything")
    press(window, "Try again")
    settle(qtbot, window)
    assert says(window, "No phrase opens anything on this laptop any more.")
    assert at_door(post.folder) is None


def test_going_back_changes_nothing(post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(vault=post)
    window.context.go("help")
    press(window, "Destroy the vault of this laptop")
    press(window, "I want to destroy it")
    press(window, "Back")
    press(window, "Back")
    assert window.context.navigation.here[0] == "help"
    assert at_door(post.folder) is not None
