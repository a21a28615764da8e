"""What the frame tells: locking, waiting, errors, notices; what is kept of its settings."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldkit.domain.errors import PersonFault
from fieldkit.domain.ports import Progress
from fieldkit.services.vault import OpenVault
from fieldkit.ui.settings import FILE_NAME, Settings, allowed, read, write
from fieldkit.ui.tokens import Appearance
from tests.conftest import MakeVault
from tests.ui.conftest import OpenWindow, settle
from tests.ui.looking import press, says
from tests.ui.sample_screen import sample, sample_screens

__all__ = ["sample_screens"]


def test_locking_closes_the_vault(post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    screen = sample(window)
    press(window.bar, "Lock")
    assert screen.done == ["left"]
    assert window.context.vault is None
    with pytest.raises(Exception, match=r"database\.statement"):
        post.database.rows("SELECT 1")


def test_closing_the_window_closes_the_vault(post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    window.close()
    with pytest.raises(Exception, match=r"database\.statement"):
        post.database.rows("SELECT 1")


def test_while_work_runs_nothing_can_be_pressed_and_the_keyboard_comes_back(
    qtbot: QtBot, post: OpenVault, open_window: OpenWindow
) -> None:
    window = open_window(post)
    screen = sample(window)
    screen.line.setFocus()
    go_on = threading.Event()

    def work(progress: Progress) -> str:
        progress(2, 5)
        go_on.wait(10)
        return "ready"

    heard: list[str] = []
    job = window.context.background.run(
        work, what="Sealing the bundle", done=heard.append, failed=window.context.show_error
    )
    qtbot.waitUntil(lambda: job.whole == 5)
    assert window.curtain.isVisible() and window.curtain.card is None
    qtbot.keyClick(window.curtain, Qt.Key.Key_Return)
    assert screen.done == []
    window.context.background._too_long()
    assert says(window, "Sealing the bundle") and says(window, "2 of 5 done")
    assert window.curtain.geometry() == window.rect()
    go_on.set()
    settle(qtbot, window)
    assert heard == ["ready"]
    assert not window.curtain.isVisible()
    assert screen.line.hasFocus()


def test_work_that_was_cancelled_tells_nothing_more(
    qtbot: QtBot, post: OpenVault, open_window: OpenWindow
) -> None:
    window = open_window(post)
    sample(window)
    go_on = threading.Event()

    def work(progress: Progress) -> None:
        go_on.wait(10)
        progress(1, 2)

    window.context.background.run(work, what="Counting", done=print, failed=window.context.show_error)
    window.context.background._too_long()
    press(window.curtain, "Cancel")
    go_on.set()
    settle(qtbot, window)
    assert window.error_shown == ""


def test_an_error_is_told_in_words_until_somebody_closes_it(post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    sample(window)
    window.context.show_error(PersonFault("access.not_allowed", action="export"))
    told = window.error_shown
    assert told and "access.not_allowed" not in told
    press(window, "Close")
    assert window.error_shown == ""


def test_a_mistake_of_the_program_is_not_hidden(post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    with pytest.raises(ZeroDivisionError):
        window.context.show_error(ZeroDivisionError())


def test_saved_is_told_and_forgotten_on_the_next_screen(post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    sample(window)
    window.context.saved()
    assert says(window, "Saved")
    sample(window)
    assert not says(window, "Saved")


def test_a_post_without_headquarters_is_told_what_is_missing(
    make_vault: MakeVault, open_window: OpenWindow
) -> None:
    window = open_window(make_vault(training=False))
    window.context.navigation.start("home")
    assert says(window, "not enrolled with a headquarters")
    assert not says(window, "for training")
    sample(window)
    assert not says(window, "not enrolled with a headquarters")


def test_a_training_vault_says_so(post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    assert says(window, "This vault is for training")


def test_settings_come_back_as_they_were_written(tmp_path: Path) -> None:
    settings = Settings("fr", Appearance.DARK, 150)
    write(tmp_path, settings)
    assert read(tmp_path) == settings


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"scale": 9000, "language": "xx", "appearance": 1}'])
def test_a_damaged_settings_file_keeps_nobody_out(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    assert read(tmp_path) == Settings()


def test_a_setting_that_is_not_allowed_leaves_the_others_alone() -> None:
    assert allowed({"scale": 120, "language": "tlh"}) == Settings(scale=120)
