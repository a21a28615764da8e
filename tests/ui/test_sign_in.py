"""Sign-in: the right phrase, the wrong one, and vaults that something happened to."""

import hashlib
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldkit.services.vault import OpenVault
from fieldkit.services.world import World
from fieldkit.storage.slots import FIRST_COPY, SECOND_COPY
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.screens.sign_in import SignInScreen
from tests.conftest import PHRASE, MakeVault
from tests.ui.conftest import OpenWindow, settle
from tests.ui.looking import cut, line, nameless, says
from tests.worlds import world


class Ticks:
    """A clock that only goes forward when it is pushed."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


@pytest.fixture
def closed(make_vault: MakeVault, ticks: Ticks) -> OpenVault:
    """A vault whose person went home."""
    still = world()
    vault = make_vault(at=World(still.clock, still.randomness, ticks))
    vault.close()
    return vault


@pytest.fixture
def window(closed: OpenVault, open_window: OpenWindow) -> MainWindow:
    return open_window(folder=closed.folder, at=closed.world)


def sign_in(window: MainWindow) -> SignInScreen:
    assert isinstance(window.screen_shown, SignInScreen)
    return window.screen_shown


def write(qtbot: QtBot, window: MainWindow, phrase: str) -> None:
    line(window).setFocus()
    qtbot.keyClicks(line(window), phrase)
    qtbot.keyClick(line(window), Qt.Key.Key_Return)
    settle(qtbot, window)


# Stories


def test_the_next_start_asks_who_it_is_and_opens_with_the_phrase(
    qtbot: QtBot, window: MainWindow, closed: OpenVault
) -> None:
    assert says(window, closed.name) and says(window, "Officer One")
    assert line(window).hasFocus(), "there is one person: only the phrase is asked"
    write(qtbot, window, PHRASE)
    assert window.context.open_vault.person.label == "Officer One"
    assert window.context.navigation.here[0] == "home"


def test_a_wrong_phrase_is_told_and_forgotten(qtbot: QtBot, window: MainWindow) -> None:
    write(qtbot, window, "somebody else's phrase")
    assert says(window, "This phrase does not open the vault. Nothing was changed.")
    assert line(window).text() == ""
    assert sign_in(window).presenter.phrase == ""
    assert window.context.vault is None
    write(qtbot, window, PHRASE)
    assert window.context.vault is not None


def test_after_several_wrong_phrases_there_is_a_wait_that_is_counted_down(
    qtbot: QtBot, window: MainWindow, ticks: Ticks
) -> None:
    for _ in range(5):
        write(qtbot, window, "somebody else's phrase")
        left = sign_in(window).presenter.wait_seconds
        ticks.now += 0 if left > 3 else left
        sign_in(window).tick()
    screen = sign_in(window)
    left = screen.presenter.wait_seconds
    assert left == 4
    assert says(window, f"You can try again in {left} seconds.")
    qtbot.keyClicks(line(window), PHRASE)
    assert window.footer.main is not None and not window.footer.main.isEnabled()
    ticks.now += left - 1
    screen.tick()
    assert says(window, "You can try again in 1 second.")
    ticks.now += 1
    screen.tick()
    assert not says(window, "You can try again")
    assert not screen.timer.isActive()
    assert window.footer.main.isEnabled()
    window.footer.main.click()
    settle(qtbot, window)
    assert window.context.vault is not None


def test_locking_leads_back_here_and_the_phrase_is_gone(qtbot: QtBot, window: MainWindow) -> None:
    write(qtbot, window, PHRASE)
    window.context.lock()
    settle(qtbot, window)
    assert line(window).text() == ""
    write(qtbot, window, PHRASE)
    assert window.context.vault is not None


# Vaults that something happened to


def spoil(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def test_a_damaged_first_header_is_passed_over_told_and_mended(
    qtbot: QtBot, closed: OpenVault, open_window: OpenWindow
) -> None:
    whole = (closed.folder / FIRST_COPY).read_bytes()
    spoil(closed.folder / FIRST_COPY)
    window = open_window(folder=closed.folder, at=closed.world)
    assert says(window, "the second copy was used")
    write(qtbot, window, PHRASE)
    assert says(window, "the second copy was used"), "said once more inside, where there is time to read"
    assert (closed.folder / FIRST_COPY).read_bytes() == (closed.folder / SECOND_COPY).read_bytes()
    assert len((closed.folder / FIRST_COPY).read_bytes()) == len(whole)


def test_a_vault_whose_headers_are_both_damaged_is_told_and_left_alone(
    closed: OpenVault, open_window: OpenWindow
) -> None:
    for name in (FIRST_COPY, SECOND_COPY):
        spoil(closed.folder / name)
    before = held(closed.folder)
    window = open_window(folder=closed.folder)
    refused = sign_in(window).presenter.refused
    assert refused is not None and says(window, window.context.sentence(refused))
    assert window.footer.main is None
    assert held(closed.folder) == before


def test_a_vault_of_a_newer_program_is_refused_and_left_alone(
    closed: OpenVault, open_window: OpenWindow
) -> None:
    for name in (FIRST_COPY, SECOND_COPY):
        _, _, body = (closed.folder / name).read_bytes().split(b"\n", 2)
        first = b"fieldkit vault 9\n"
        checksum = hashlib.sha256(first + body).hexdigest().encode()
        (closed.folder / name).write_bytes(first + checksum + b"\n" + body)
    before = held(closed.folder)
    window = open_window(folder=closed.folder)
    refused = sign_in(window).presenter.refused
    assert refused is not None and refused.code == "vault.newer"
    assert says(window, window.context.sentence(refused))
    assert held(closed.folder) == before


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


# Several people, room, names


@pytest.mark.parametrize("language", ["en", "en_XA", "ar_XB"])
@pytest.mark.parametrize("scale", [100, 200, 250])
def test_nothing_is_cut_and_everything_has_a_name(
    qtbot: QtBot, closed: OpenVault, open_window: OpenWindow, language: str, scale: int
) -> None:
    window = open_window(folder=closed.folder, language=language, scale=scale)
    settle(qtbot, window)
    assert list(cut(window)) == []
    assert nameless(window) == []


def test_choosing_somebody_forgets_what_another_one_typed(window: MainWindow) -> None:
    screen = sign_in(window)
    screen._typed("half a phr")
    screen._choose("another")
    assert (screen.presenter.phrase, line(window).text()) == ("", "")
    assert not screen.presenter.can_try


def test_nothing_can_be_tried_before_somebody_is_chosen(window: MainWindow) -> None:
    screen = sign_in(window)
    screen.presenter.chosen = ""
    screen._typed(PHRASE)
    assert window.footer.main is not None and not window.footer.main.isEnabled()
    assert says(window, "Choose your name first.")
