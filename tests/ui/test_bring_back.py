"""From the first start: a copy comes back, or what can be read of a damaged vault, and somebody signs in."""

import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fieldkit.services import backup
from fieldkit.storage.aside import aside_in
from fieldkit.storage.database import DATABASE_FILE
from fieldkit.storage.slots import FIRST_COPY, SECOND_COPY
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.screens.sign_in import SignInScreen
from tests.ui.conftest import OpenWindow
from tests.ui.desks import PHRASE, new_desk, press, rest
from tests.ui.looking import cut, find_button, line, nameless, says


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A stick with a copy of a vault, which is gone."""
    vault = new_desk(tmp_path / "lost", "Ras Nour crossing (invented)")
    stick = tmp_path / "stick"
    stick.mkdir()
    made = backup.back_up(vault, stick)
    vault.close()
    shutil.rmtree(tmp_path / "lost")
    return stick / made.name


def choose(
    window: MainWindow, patch: pytest.MonkeyPatch, folder: Path, name: str = "Choose the folder"
) -> None:
    patch.setattr(window, "ask_folder", lambda title: folder)
    press(window, name)


def test_a_copy_comes_back_from_the_first_start(
    open_window: OpenWindow, copy: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window = open_window()
    press(window, "Bring back a copy")
    press(window, "A copy on a stick or another disk")
    choose(window, monkeypatch, tmp_path)
    assert says(window, "No copy lies in this folder.")
    choose(window, monkeypatch, copy.parent)
    assert nameless(window) == []
    assert list(cut(window)) == []
    line(window).setText("friend vessel room occur push shock")
    press(window, "Bring it back")
    rest(qtbot, window)
    assert says(window, "phrase")
    assert not window.context.vaults.at_door()
    line(window).setText(PHRASE)
    press(window, "Bring it back")
    rest(qtbot, window)
    assert says(window, "The vault is back.")
    press(window, "Go to sign-in")
    assert isinstance(window.screen_shown, SignInScreen)
    qtbot.keyClicks(line(window), PHRASE)
    press(window, "Sign in")
    rest(qtbot, window)
    assert says(window, "Ras Nour crossing (invented)")


def test_what_can_be_read_of_a_damaged_vault_comes_back_with_the_headers_of_a_copy(
    open_window: OpenWindow, copy: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    damaged = tmp_path / "damaged"
    shutil.copytree(copy, damaged)
    for name in (FIRST_COPY, SECOND_COPY):
        (damaged / name).unlink()
    content = bytearray((damaged / DATABASE_FILE).read_bytes())
    content[-3000] ^= 1
    (damaged / DATABASE_FILE).write_bytes(content)
    window = open_window()
    press(window, "Bring back a copy")
    press(window, "A damaged vault")
    choose(window, monkeypatch, damaged)
    with pytest.raises(AssertionError):
        find_button(window, "Rescue what can be read")
    choose(window, monkeypatch, copy.parent, "Choose the folder of an earlier copy")
    line(window).setText(PHRASE)
    press(window, "Rescue what can be read")
    rest(qtbot, window)
    assert says(window, "What is lost")
    assert says(window, "pages could not be read")
    press(window, "Go to sign-in")
    assert isinstance(window.screen_shown, SignInScreen)


def test_where_a_vault_is_damaged_sign_in_leads_to_what_can_be_read_of_it(
    open_window: OpenWindow, copy: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    """The damaged one steps aside, and a phrase that is wrong leaves everything where it was."""
    folder = tmp_path / "post"
    shutil.copytree(copy, folder)
    spoil_beginning(folder / DATABASE_FILE)
    window = open_window(folder=folder)
    qtbot.keyClicks(line(window), PHRASE)
    press(window, "Sign in")
    rest(qtbot, window)
    assert window.context.vault is None
    press(window, "Bring back a copy")
    assert says(window, "Nothing of it is removed.")
    press(window, "A damaged vault")
    line(window).setText("friend vessel room occur push shock")
    press(window, "Rescue what can be read")
    rest(qtbot, window)
    assert aside_in(folder) == ()
    assert (folder / FIRST_COPY).exists()
    line(window).setText(PHRASE)
    press(window, "Rescue what can be read")
    rest(qtbot, window)
    assert says(window, "What is lost")
    (former,) = aside_in(folder)
    assert (former / DATABASE_FILE).read_bytes()[:10] == bytes(10)
    press(window, "Go to sign-in")
    qtbot.keyClicks(line(window), PHRASE)
    press(window, "Sign in")
    rest(qtbot, window)
    assert window.context.vault is not None


def spoil_beginning(path: Path) -> None:
    """The first page: which tables there are."""
    content = bytearray(path.read_bytes())
    content[:4096] = bytes(4096)
    path.write_bytes(content)
