"""The person asks, on the screen: three jobs from the case, each ending in a paper."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fieldkit.services import requests_of_people
from fieldkit.services.requests_of_people import What
from fieldkit.services.vault import OpenVault
from fieldkit.ui.screens.pages import PagesScreen
from tests.ui import looking
from tests.ui.desks import afraid, done_with, new_desk, press, rest, window_at
from tests.ui.looking import cut, nameless, says


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[OpenVault]:
    made = new_desk(tmp_path / "post", "Ras Nour crossing (invented)")
    yield made
    made.close()


def test_from_the_case_to_the_printed_answer(
    vault: OpenVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    case = afraid(vault).case
    window = window_at(vault, "case", case=case)
    press(window, "The person asks")
    assert says(window, "help does not depend on it")
    assert nameless(window) == []
    press(window, "To see what is kept")
    assert says(window, "Is it safe for the person to carry this paper?")
    press(window, "No, or not sure")
    assert says(window, "Nothing is printed.")
    assert requests_of_people.asked(vault, case) == (), "nothing was asked of the program yet"
    press(window, "To see what is kept")
    press(window, "Yes")
    rest(qtbot, window)
    screen = window.screen_shown
    assert isinstance(screen, PagesScreen)
    assert screen.made is not None
    assert screen.made.pages >= 1
    (folder := tmp_path / "out").mkdir()
    monkeypatch.setattr(window, "ask_folder", lambda title: folder)
    press(window, "Save as PDF")
    rest(qtbot, window)
    (one,) = requests_of_people.asked(vault, case)
    assert (one.what, one.answered) == ("see", True)
    assert [path.name for path in folder.iterdir()] == ["answer-see.pdf"]
    done_with(window)


def test_taking_back_counts_at_once_and_is_answered(vault: OpenVault, qtbot: QtBot) -> None:
    case = afraid(vault).case
    window = window_at(vault, "asks", case=case)
    press(window, "To take back what they allowed")
    press(window, "Take it back now")
    assert says(window, "Choose first from whom")
    press(window, "Headquarters")
    press(window, "Take it back now")
    assert says(window, "From now on nothing more goes there.")
    assert case not in vault.queries.agreed("headquarters")
    press(window, "Yes")
    rest(qtbot, window)
    assert isinstance(window.screen_shown, PagesScreen)
    done_with(window)


def test_putting_right_leads_to_the_interview_and_a_reason_when_nothing_changed(
    vault: OpenVault, qtbot: QtBot
) -> None:
    case = afraid(vault).case
    window = window_at(vault, "asks", case=case)
    press(window, "To put something right")
    assert [one.what for one in requests_of_people.asked(vault, case)] == [What.CORRECT]
    assert says(window, "The answer is not printed yet.")
    press(window, "Print the answer")
    assert says(window, "Write why, in a few words.")
    looking.line(window).setText("It was read again, and is right.")
    press(window, "Print the answer")
    press(window, "Yes")
    rest(qtbot, window)
    assert isinstance(window.screen_shown, PagesScreen)
    window.context.back()
    press(window, "To put something right")
    press(window, "Go to the interview")
    assert says(window, "Correct an answer")
    done_with(window)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_is_cut_in_large_text(vault: OpenVault, language: str) -> None:
    case = afraid(vault).case
    requests_of_people.ask(vault, case, What.CORRECT)
    window = window_at(vault, "asks", language=language, scale=200, case=case)
    assert list(cut(window)) == []
    done_with(window)
