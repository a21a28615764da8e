"""A lost phrase, through the windows of the post and of headquarters."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from fieldkit.crypto.offline import OfflineKeys
from fieldkit.domain.access import Role
from fieldkit.services import people, recovery
from fieldkit.services.people import NewAccount
from fieldkit.services.vault import OpenVault
from fieldkit.storage import slots
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.screens.open_laptop import OpenLaptopScreen
from fieldkit.ui.screens.recovery import RecoveryScreen
from tests.conftest import OFFLINE_PHRASE, MakeVault
from tests.stories import offices
from tests.stories.offices import Office
from tests.ui.conftest import OpenWindow, settle
from tests.ui.desks import press
from tests.ui.looking import cut, line, nameless, says

BILALS, NEW = "vessel room friend occur push shock", "harvest violin cotton summer ladder paper"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    founded = offices.found(tmp_path_factory.mktemp("office"), "Invented Border Service")
    yield founded
    founded.vault.close()


@pytest.fixture
def post(make_vault: MakeVault, office: Office) -> OpenVault:
    """An enrolled post with two people, both of whom lost their phrases."""
    made = make_vault()
    offices.enrol(made, office)
    people.add(made, NewAccount("Bilal", frozenset({Role.OFFICER}), BILALS, own_phrase=True))
    made.close()
    return made


@pytest.fixture
def stick(office: Office, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The stick; deriving its key takes a second that other tests spend already."""

    def opened(content: bytes, phrase: str) -> OfflineKeys:
        assert (content, phrase) == (office.offline_file, OFFLINE_PHRASE)
        return office.offline

    monkeypatch.setattr(recovery, "open_offline", opened)
    return office.stick / "headquarters-keys.age"


def write(window: MainWindow, text: str) -> None:
    edit: QLineEdit = line(window)
    edit.setText(text)
    edit.textEdited.emit(text)


def pick(monkeypatch: pytest.MonkeyPatch, window: MainWindow, path: Path) -> None:
    """The next dialog gives this file or folder."""
    monkeypatch.setattr(window, "ask_file", lambda *_: path)
    monkeypatch.setattr(window, "ask_folder", lambda *_: path)


def test_the_drill_in_both_windows(
    qtbot: QtBot,
    post: OpenVault,
    office: Office,
    stick: Path,
    open_window: OpenWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    carried = tmp_path / "carried"
    carried.mkdir()
    window = open_window(folder=post.folder, at=post.world)
    press(window, "I have lost my phrase")
    assert says(window, "First look for somebody else who can sign in as administrator.")
    press(window, "Ask headquarters")
    press(window, "Bilal")
    press(window, "Continue")
    screen = window.screen_shown
    assert isinstance(screen, RecoveryScreen) and screen.choose is not None
    six_words = screen.choose.chosen
    press(window, "Continue")
    write(window, six_words)
    press(window, "Continue")
    settle(qtbot, window)
    pick(monkeypatch, window, carried)
    press(window, "Write the request into a folder")
    assert says(window, "The request was written: recovery.fkq.")
    assert screen.presenter.waiting is not None
    spoken = screen.presenter.waiting.words

    there = open_window(vault=office.vault)
    there.context.navigation.start("exchange")
    press(there, "Open a laptop whose phrases are lost")
    pick(monkeypatch, there, carried / "recovery.fkq")
    press(there, "Choose the request file")
    assert says(there, "Bilal wants to come in.")
    assert all(says(there, f"{place}. {word}") for place, word in enumerate(spoken, 1))
    press(there, "Yes, all ten")
    pick(monkeypatch, there, stick)
    press(there, "Choose the file on the stick")
    write(there, OFFLINE_PHRASE)
    press(there, "Make the answer")
    settle(qtbot, there)
    pick(monkeypatch, there, carried)
    press(there, "Write the answer into a folder")
    assert says(there, "The answer was written: recovery.fka.")
    asked = there.screen_shown
    assert isinstance(asked, OpenLaptopScreen) and asked.presenter.made is not None

    pick(monkeypatch, window, carried / "recovery.fka")
    press(window, "Choose the answer file")
    assert all(says(window, word) for word in asked.presenter.made.words)
    press(window, "Yes, all ten")
    write(window, BILALS)
    press(window, "Come in")
    settle(qtbot, window)
    assert says(window, "This phrase does not open the vault.")
    write(window, six_words)
    press(window, "Come in")
    settle(qtbot, window)
    assert window.context.navigation.here[0] == "first_phrase"
    there.context.vault = None  # the office stays open for the other tests
    window.context.lock()


def test_words_that_do_not_agree_use_nothing(
    qtbot: QtBot, post: OpenVault, open_window: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bilal = slots.read_header(post.folder)[0].slots[1].person
    recovery.ask(post.folder, bilal, NEW, post.world, post.policy)
    window = open_window(folder=post.folder, at=post.world)
    press(window, "I have lost my phrase")
    assert says(window, "The request of Bilal waits for its answer.")
    answer = tmp_path / "recovery.fka"
    answer.write_bytes(b"somebody else's answer")
    pick(monkeypatch, window, answer)
    press(window, "Choose the answer file")
    press(window, "No, or not sure")
    assert says(window, "The words do not agree. Nothing was used.")
    press(window, "Choose the answer file")
    press(window, "Yes, all ten")
    write(window, NEW)
    press(window, "Come in")
    settle(qtbot, window)
    assert "not a sealed file" in window.error_shown
    assert window.context.vault is None


def test_a_post_that_was_never_enrolled_is_told_what_is_left(
    make_vault: MakeVault, open_window: OpenWindow
) -> None:
    made = make_vault()
    made.close()
    window = open_window(folder=made.folder, at=made.world)
    press(window, "I have lost my phrase")
    assert says(window, "This vault was never enrolled with a headquarters")
    assert window.footer.main is None


@pytest.mark.parametrize(("language", "scale"), [("en_XA", 200), ("ar_XB", 250)])
def test_nothing_is_cut_and_everything_has_a_name(
    qtbot: QtBot, post: OpenVault, open_window: OpenWindow, language: str, scale: int
) -> None:
    window = open_window(folder=post.folder, at=post.world, language=language, scale=scale)
    window.context.go("recovery")
    screen = window.screen_shown
    assert isinstance(screen, RecoveryScreen)
    screen.presenter.who = "new"
    for step in ("begin", "who", "words"):
        screen._turn(type(screen.page)(step))
        settle(qtbot, window)
        assert list(cut(window)) == [], step
        assert nameless(window) == [], step
