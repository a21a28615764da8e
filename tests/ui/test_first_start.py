"""The first start: a laptop becomes a post, another one headquarters."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from fieldkit.crypto.primitives import FOR_TESTS
from fieldkit.domain.access import Role
from fieldkit.services.vault import OFFLINE_FILE, Desk
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.presenters.first_start import HEADQUARTERS, LONGEST_NAME, POST, FirstStart, Page
from fieldkit.ui.screens.first_start import FirstStartScreen
from fieldkit.ui.settings import read
from fieldkit.ui.vaults import Vaults
from fieldkit.ui.widgets import files
from tests.ui.conftest import OpenWindow, settle
from tests.ui.looking import cut, line, nameless, press, says
from tests.worlds import world

OWN_PHRASE = "copper window thirteen gentle forest drum"


def first_start(window: MainWindow) -> FirstStartScreen:
    assert isinstance(window.screen_shown, FirstStartScreen)
    return window.screen_shown


def go_on(qtbot: QtBot, window: MainWindow) -> None:
    assert window.footer.main is not None
    window.footer.main.click()
    settle(qtbot, window)


def choose(qtbot: QtBot, window: MainWindow, name: str) -> None:
    press(window, name)
    go_on(qtbot, window)


def write(qtbot: QtBot, window: MainWindow, text: str) -> None:
    line(window).clear()
    qtbot.keyClicks(line(window), text)
    go_on(qtbot, window)


def up_to_the_phrase(qtbot: QtBot, window: MainWindow, desk: str = "Field post") -> FirstStartScreen:
    go_on(qtbot, window)
    choose(qtbot, window, desk)
    choose(qtbot, window, "No, this is for training")
    write(qtbot, window, "Sample Ridge")
    write(qtbot, window, "Officer One")
    return first_start(window)


# Stories


def test_a_laptop_becomes_a_post(qtbot: QtBot, open_window: OpenWindow, tmp_path: Path) -> None:
    window = open_window(folder=tmp_path / "new")
    screen = up_to_the_phrase(qtbot, window)
    phrase = screen.start.phrase.offered
    assert len(phrase.split()) == 6
    assert all(says(window, word) for word in phrase.split())
    go_on(qtbot, window)
    assert not any(says(window, word) for word in phrase.split() if len(word) > 4), "it is not shown again"
    write(qtbot, window, f"  {phrase.upper()} ")
    vault = window.context.open_vault
    assert (vault.name, vault.desk, vault.training) == ("Sample Ridge", Desk.POST, True)
    assert vault.person.label == "Officer One"
    assert Role.ADMINISTRATOR in vault.person.roles
    assert window.context.navigation.here[0] == "home"
    window.context.lock()
    opened = Vaults(tmp_path / "new", world(), FOR_TESTS).sign_in().open(vault.person.id, phrase)
    opened.close()


def test_a_laptop_becomes_headquarters_and_its_offline_keys_go_to_the_stick(
    qtbot: QtBot, open_window: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    window = open_window(folder=tmp_path / "new")
    monkeypatch.setattr(window, "ask_folder", lambda _title: stick)
    screen = up_to_the_phrase(qtbot, window, "Headquarters")
    go_on(qtbot, window)
    write(qtbot, window, screen.start.phrase.offered)
    go_on(qtbot, window)
    assert screen.start.page is Page.FOLDER and says(window, "Choose a folder, best on a stick")
    press(window, "Choose a folder")
    assert says(window, str(stick))
    go_on(qtbot, window)
    press(window, "Write my own phrase")
    write(qtbot, window, screen.start.phrase.offered)
    assert says(window, "This is the phrase of your account."), "two secrets, not one"
    write(qtbot, window, OWN_PHRASE)
    assert not (stick / OFFLINE_FILE).exists()
    write(qtbot, window, OWN_PHRASE)
    assert window.context.open_vault.desk is Desk.HEADQUARTERS
    assert window.context.navigation.here[0] == "headquarters"
    assert (stick / OFFLINE_FILE).read_bytes().startswith(b"age-encryption.org/")


def test_a_creation_that_fails_is_told_and_can_be_tried_again(
    qtbot: QtBot, open_window: OpenWindow, tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("a file where the folder should be", encoding="utf-8")
    window = open_window(folder=tmp_path / "taken" / "vault")
    screen = up_to_the_phrase(qtbot, window)
    go_on(qtbot, window)
    write(qtbot, window, screen.start.phrase.offered)
    assert window.error_shown
    assert first_start(window) is screen
    (tmp_path / "taken").unlink()
    go_on(qtbot, window)
    assert window.context.open_vault.name == "Sample Ridge"


def test_the_language_chosen_first_is_kept(qtbot: QtBot, open_window: OpenWindow, tmp_path: Path) -> None:
    window = open_window(folder=tmp_path / "new")
    press(window, "Français")
    settle(qtbot, window)
    screen = first_start(window)
    assert window.context.words.tag == "fr"
    assert not (tmp_path / "new").exists(), "nothing is written before the end"
    screen.start.desk, screen.start.training = POST, False
    screen.start.name, screen.start.person = "Poste inventé", "Agent 1"
    screen.start.page = Page.REPEAT
    screen.start.phrase.repeated = screen.start.phrase.offered
    go_on(qtbot, window)
    assert read(tmp_path / "new").language == "fr"
    assert window.context.open_vault.header.language == "fr"


# What holds a page back


def test_nothing_goes_on_while_something_is_missing(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window()
    go_on(qtbot, window)
    go_on(qtbot, window)
    assert says(window, "Choose what this laptop is for.")
    choose(qtbot, window, "Field post")
    go_on(qtbot, window)
    assert says(window, "Choose whether people will be interviewed with it.")
    choose(qtbot, window, "Yes, this is for work")
    go_on(qtbot, window)
    assert says(window, "Write a name.")
    assert line(window).hasFocus()
    write(qtbot, window, "x" * (LONGEST_NAME + 1))
    assert says(window, "This is too long.")


def test_a_weak_phrase_of_one_s_own_is_refused_with_the_reason(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window()
    screen = up_to_the_phrase(qtbot, window)
    press(window, "Write my own phrase")
    for weak, why in (("", "Write a phrase."), ("ridge", "too short"), ("passwordpassword", "This phrase")):
        write(qtbot, window, weak)
        assert says(window, why)
        assert screen.start.page is Page.PHRASE
    write(qtbot, window, OWN_PHRASE)
    assert screen.start.page is Page.REPEAT
    write(qtbot, window, OWN_PHRASE + " not")
    assert says(window, "This is not the same phrase.")


def test_another_phrase_can_be_asked_for(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window()
    screen = up_to_the_phrase(qtbot, window)
    before = screen.start.phrase.offered
    press(window, "Show another phrase")
    assert screen.start.phrase.offered != before
    assert says(window, screen.start.phrase.offered.split()[0])


def test_going_back_keeps_what_was_written(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window()
    up_to_the_phrase(qtbot, window)
    press(window.footer, "Back")
    press(window.footer, "Back")
    assert line(window).text() == "Sample Ridge"


# Room and names


@pytest.mark.parametrize("language", ["en_XA", "ar_XB"])
@pytest.mark.parametrize("page", Page)
def test_no_page_is_cut_at_double_size(
    qtbot: QtBot, open_window: OpenWindow, page: Page, language: str
) -> None:
    window = open_window(language=language, scale=200)
    screen = first_start(window)
    screen.start.desk, screen.start.page = HEADQUARTERS, page
    window.show_again()
    settle(qtbot, window)
    assert list(cut(window)) == []
    assert window.page.content.width() <= window.page.viewport().width()
    assert nameless(window) == []


# Laws


def start(**answers: object) -> FirstStart:
    made = FirstStart(lambda _language: "six quiet words on a page", lambda _phrase, _about: "")
    for name, value in answers.items():
        setattr(made, name, value)
    return made


def test_only_headquarters_has_offline_pages() -> None:
    assert Page.FOLDER not in start(desk=POST).pages
    assert start(desk=HEADQUARTERS).pages[-1] is Page.OFFLINE_REPEAT
    assert start(desk=POST, page=Page.REPEAT).is_last
    assert not start(desk=HEADQUARTERS, page=Page.REPEAT).is_last


def test_the_last_page_never_goes_forward_and_the_first_never_back() -> None:
    last = start(desk=POST, page=Page.REPEAT)
    last.phrase.repeated = last.phrase.chosen
    assert last.problem() == ""
    assert not last.forward()
    assert not start().back()


def test_a_folder_that_went_away_is_noticed(tmp_path: Path) -> None:
    made = start(desk=HEADQUARTERS, page=Page.FOLDER, folder=tmp_path / "gone")
    assert "not there any more" in made.problem()


def test_the_words_others_know_count_when_a_phrase_is_judged() -> None:
    asked: list[tuple[str, tuple[str, ...]]] = []

    def judge(phrase: str, about: tuple[str, ...]) -> str:
        asked.append((phrase, about))
        return ""

    made = FirstStart(lambda _language: "", judge, name="Ridge", person="One", page=Page.PHRASE)
    made.phrase.own, made.phrase.typed = True, "ridge one"
    assert made.problem() == ""
    assert asked == [("ridge one", ("Ridge", "One"))]


def test_the_dialog_for_folders_leaves_no_trace(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(tmp_path))
    traces = QSettings(QSettings.Scope.UserScope, "QtProject")
    assert traces.fileName().startswith(str(tmp_path))

    def look(*_asked: object) -> str:
        traces.setValue("FileDialog/history", ["/media/stick"])
        traces.sync()
        return str(tmp_path)

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", look)
    window = QWidget()
    qtbot.addWidget(window)
    assert files.choose_folder(window, "Folder") == tmp_path
    assert "stick" not in Path(traces.fileName()).read_text(encoding="utf-8")
