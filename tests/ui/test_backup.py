"""The page of copies: made, listed, told about; and a vault that is checked through it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fieldkit.domain.access import Role
from fieldkit.services import backup
from fieldkit.services.vault import OpenVault
from fieldkit.storage.slots import SECOND_COPY
from fieldkit.ui.main_window import MainWindow
from tests.ui.desks import done_with, new_desk, press, rest, window_at
from tests.ui.looking import nameless, says


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[OpenVault]:
    made = new_desk(tmp_path / "post", "Ras Nour crossing (invented)")
    yield made
    made.close()


def at(vault: OpenVault, stick: Path, monkeypatch: pytest.MonkeyPatch, screen: str = "backup") -> MainWindow:
    window = window_at(vault, screen)
    stick.mkdir(exist_ok=True)
    monkeypatch.setattr(window, "ask_folder", lambda title: stick)
    return window


def test_what_a_copy_left_that_was_cut_off_is_told_and_taken_away(
    vault: OpenVault, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = at(vault, tmp_path / "stick", monkeypatch)
    left = tmp_path / "stick" / "00112233aabbccdd.part"
    left.mkdir()
    press(window, "Copy into a folder")
    rest(qtbot, window)
    assert says(window, left.name)
    press(window, "Take it away")
    assert not left.exists()
    assert len(list((tmp_path / "stick").iterdir())) >= 1
    done_with(window)


def test_a_copy_is_made_and_listed_with_whom_it_opens_for(
    vault: OpenVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    window = at(vault, tmp_path / "stick", monkeypatch, "exchange")
    press(window, "Copies of this vault")
    rest(qtbot, window)
    assert says(window, "None yet.")
    press(window, "Copy into a folder")
    rest(qtbot, window)
    (copy,) = (tmp_path / "stick").iterdir()
    assert says(window, "written and read back")
    assert says(window, copy.name)
    assert says(window, "Officer 1")
    assert nameless(window) == []
    assert [made.name for made in backup.earlier(vault)] == [copy.name]
    done_with(window)


def test_a_stick_without_room_is_told_kindly(
    vault: OpenVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    class Usage:
        free = 1000

    monkeypatch.setattr("fieldkit.storage.backup.shutil.disk_usage", lambda folder: Usage)
    window = at(vault, tmp_path / "stick", monkeypatch)
    press(window, "Copy into a folder")
    rest(qtbot, window)
    assert says(window, "Nothing was written.")
    assert list((tmp_path / "stick").iterdir()) == []
    done_with(window)


def test_a_check_tells_what_is_wrong_with_its_next_step(
    vault: OpenVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    window = at(vault, tmp_path / "stick", monkeypatch)
    press(window, "Check this vault")
    rest(qtbot, window)
    assert says(window, "nothing is wrong")
    assert says(window, "No receipt covers them")
    (vault.folder / SECOND_COPY).unlink()
    press(window, "Check this vault")
    rest(qtbot, window)
    assert says(window, "Sign in once to write both anew")
    done_with(window)


def test_an_officer_is_not_led_here(
    vault: OpenVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    vault.person = replace(vault.person, roles=frozenset({Role.OFFICER}))
    window = at(vault, tmp_path / "stick", monkeypatch, "exchange")
    assert not says(window, "Copies of this vault")
    done_with(window)
