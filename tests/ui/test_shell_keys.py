"""The keys that work in every window."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldkit.services.vault import OpenVault
from fieldkit.ui.actions import BY_ID, COMMANDS, key_words
from tests.ui.conftest import OpenWindow
from tests.ui.looking import says
from tests.ui.sample_screen import Sample, sample, sample_screens

__all__ = ["sample_screens"]


def test_enter_does_the_main_thing_from_a_line_and_from_an_answer(
    qtbot: QtBot, post: OpenVault, open_window: OpenWindow
) -> None:
    screen = sample(window := open_window(post))
    window.activateWindow()
    for where in (screen.line, screen.grid.buttons["a"]):
        where.setFocus()
        qtbot.keyClick(where, Qt.Key.Key_Return)
    assert screen.done == ["main", "main"]


def test_enter_presses_the_button_that_has_the_keyboard(
    qtbot: QtBot, post: OpenVault, open_window: OpenWindow
) -> None:
    screen = sample(open_window(post))
    screen.inner.setFocus()
    qtbot.keyClick(screen.inner, Qt.Key.Key_Return)
    assert screen.done == ["inner"]


def test_enter_does_nothing_while_the_main_thing_is_off(
    qtbot: QtBot, post: OpenVault, open_window: OpenWindow
) -> None:
    window = open_window(post)
    screen = sample(window)
    screen.may = False
    window.context.refresh()
    screen.line.setFocus()
    qtbot.keyClick(screen.line, Qt.Key.Key_Return)
    assert screen.done == []
    assert says(window, "Not yet")


@pytest.mark.parametrize(("language", "key"), [("en", Qt.Key.Key_Left), ("ar", Qt.Key.Key_Right)])
def test_alt_and_the_arrow_that_points_back_go_back(
    qtbot: QtBot, post: OpenVault, open_window: OpenWindow, language: str, key: Qt.Key
) -> None:
    window = open_window(post, language=language)
    sample(window, "first")
    sample(window, "second")
    qtbot.keyClick(window, key, Qt.KeyboardModifier.AltModifier)
    assert isinstance(window.screen_shown, Sample)
    assert window.screen_shown.note == "first"


def test_keys_of_a_screen_work_there_only(qtbot: QtBot, post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    screen = sample(window)
    qtbot.keyClick(window, Qt.Key.Key_F2)
    window.context.go("help")
    qtbot.keyClick(window, Qt.Key.Key_F2)
    assert screen.done == ["language", "left"]


def test_f1_opens_help_and_ctrl_l_locks(qtbot: QtBot, post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert window.context.navigation.here[0] == "help"
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert window.context.navigation.here[0] == "sign_in"
    assert window.context.vault is None


def test_text_grows_and_shrinks_by_keys(qtbot: QtBot, post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    qtbot.keyClick(window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert window.context.settings.scale == 110
    qtbot.keyClick(window, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert window.context.settings.scale == 100


def test_every_command_is_told_in_help_with_its_keys(post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    window.context.go("help")
    for command in COMMANDS:
        assert says(window, command.text) and says(window, key_words(command, False))
    assert len(BY_ID) == len(COMMANDS)


def test_tooltips_tell_the_keys(post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    sample(window)
    assert window.footer.main and window.footer.back and window.bar.lock
    assert window.footer.main.toolTip() == "Do it (Enter)"
    assert window.footer.back.toolTip() == "Back (Alt+←)"
    assert window.bar.lock.toolTip() == "Lock (Ctrl+L)"
