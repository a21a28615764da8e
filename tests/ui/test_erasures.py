"""Erase for ever, on the screen of headquarters: a request, a reason, a second person, the stick."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from fieldkit.services import requests_of_people
from fieldkit.services.vault import OFFLINE_FILE, OpenVault
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.screens.erasures import ErasuresScreen
from tests.stories import offices
from tests.stories.offices import Office, carry, everything_held
from tests.stories.people import AGREED, FEAR, IN_PRIVATE, NO_URGENT_NEED, screened, somebody
from tests.stories.test_erasure import SECOND_PHRASE, add_second_person
from tests.ui.desks import done_with, press, rest, window_at
from tests.ui.looking import cut, nameless, says

NAME = "Zarifa Invented-Wayfarer"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    made = offices.found(tmp_path / "office", "Invented Erasing Service")
    # The stick is open: what opening it costs is told in `test_two_posts_and_hq`.
    monkeypatch.setattr("fieldkit.services.erasure.open_offline", lambda *_: made.offline)
    yield made
    made.vault.close()


@pytest.fixture
def post(tmp_path: Path, office: Office) -> Iterator[OpenVault]:
    made = offices.open_post(tmp_path / "post", "Erasing post (invented)")
    offices.enrol(made, office)
    case = screened(made, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody(NAME), FEAR).case
    (tmp_path / "stick").mkdir()
    carry(made, office, tmp_path / "stick")
    requests_of_people.withdraw(made, case, ["headquarters"])
    carry(made, office, tmp_path / "stick")
    yield made
    made.close()


def write(window: MainWindow, name: str, text: str) -> None:
    (line,) = (
        one for one in window.findChildren(QLineEdit) if one.isVisible() and one.accessibleName() == name
    )
    line.setText(text)


def test_without_a_request_the_page_says_where_one_would_stand(office: Office) -> None:
    window = window_at(office.vault, "exchange")
    press(window, "Erase for ever")
    assert says(window, "Nobody asks to have anything erased.")
    done_with(window)


def test_without_a_second_person_nothing_can_be_signed(office: Office, post: OpenVault) -> None:
    window = window_at(office.vault, "erasures")
    press(window, "Decide")
    assert says(window, "There is no second person with an account here.")
    screen = window.screen_shown
    assert isinstance(screen, ErasuresScreen)
    assert screen.main_action() is None
    done_with(window)


def test_two_people_sign_and_it_is_gone(
    office: Office, post: OpenVault, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    add_second_person(office.vault)
    window = window_at(office.vault, "erasures")
    monkeypatch.setattr(window, "ask_file", lambda title, kind: office.stick / OFFLINE_FILE)
    assert says(window, "Erasing post (invented)")
    assert says(window, "The person took back what they allowed.")
    press(window, "Decide")
    assert nameless(window) == []
    assert list(cut(window)) == []
    press(window, "Second Coordinator (invented)")
    press(window, "Choose the file on the stick")
    write(window, "Reason", "The person asked for it.")
    write(window, "Phrase of the second person", "not the right phrase at all")
    write(window, "Phrase of the offline keys", "copper window thirteen gentle forest drum")
    press(window, "Erase for ever")
    rest(qtbot, window)
    held = everything_held(office.vault)
    assert b"C01" in held, "a wrong phrase erases nothing"
    write(window, "Phrase of the second person", SECOND_PHRASE)
    write(window, "Phrase of the offline keys", "copper window thirteen gentle forest drum")
    press(window, "Erase for ever")
    rest(qtbot, window)
    assert says(window, "erased here")
    assert says(window, "Nobody asks to have anything erased.")
    assert office.vault.journal.verify(post.stream).erased > 0
    done_with(window)
