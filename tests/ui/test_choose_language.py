"""Point at your language: what is offered, found, told, and begun."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from fieldkit.languages.autonyms import LANGUAGES
from fieldkit.services import intake
from fieldkit.services.vault import OpenVault
from fieldkit.ui import fonts
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.presenters.choose_language import choices, found
from fieldkit.ui.screens.choose_language import ChooseLanguageScreen
from tests.ui.conftest import OpenWindow, settle
from tests.ui.looking import press, says

FORM = "screening"


@pytest.fixture
def window(qtbot: QtBot, post: OpenVault, open_window: OpenWindow) -> MainWindow:
    made = open_window(post)
    made.context.go("choose_language", form=FORM)
    settle(qtbot, made)
    return made


def screen(window: MainWindow) -> ChooseLanguageScreen:
    assert isinstance(window.screen_shown, ChooseLanguageScreen)
    return window.screen_shown


def seen(window: MainWindow) -> set[str]:
    return {tag for tag, made in screen(window).buttons.items() if made.isVisible()}


def test_new_interview_begins_in_the_language_that_was_pointed_at(
    qtbot: QtBot, post: OpenVault, open_window: OpenWindow
) -> None:
    window = open_window(post)
    press(window, "New interview")
    settle(qtbot, window)
    press(window, "ትግርኛ")
    settle(qtbot, window)
    name, arguments = window.context.navigation.here
    assert name == "interview"
    (draft,) = intake.drafts(post)
    assert arguments == {"draft": draft.id}
    assert (draft.form, draft.person_language) == (FORM, "ti")


def test_every_language_stands_in_its_own_script_and_font(window: MainWindow) -> None:
    assert seen(window) == {language.tag for language in LANGUAGES}
    for language in LANGUAGES:
        made = screen(window).buttons[language.tag]
        assert made.accessibleName() == language.autonym
        label = next(part for part in made.findChildren(QLabel) if part.text() == language.autonym)
        assert label.font().families()[0] == fonts.family(language.tag)


def test_a_language_is_found_by_any_of_its_names(qtbot: QtBot, window: MainWindow) -> None:
    line = screen(window).search
    assert line is not None and line.hasFocus()
    qtbot.keyClicks(line, "tigr")
    assert seen(window) == {"ti"}
    for typed, tags in (("ትግ", {"ti"}), ("francais", {"fr"}), ("", {one.tag for one in LANGUAGES})):
        line.setText(typed)
        line.textEdited.emit(typed)  # the test tool's keyboard has Latin letters only
        assert seen(window) == tags


def test_enter_takes_the_only_language_that_is_left(qtbot: QtBot, window: MainWindow) -> None:
    line = screen(window).search
    assert line is not None
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert window.context.navigation.here[0] == "choose_language", "nothing was looked for yet"
    qtbot.keyClicks(line, "soma")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert window.context.navigation.here[0] == "interview"


def test_what_nobody_speaks_here_is_said(qtbot: QtBot, window: MainWindow) -> None:
    screen(window)._find("klingon")
    assert seen(window) == set()
    assert says(window, "No language of this list has that name.")
    assert not says(window, "has no text yet")


def test_languages_without_text_are_told_apart(window: MainWindow) -> None:
    assert says(window, "The interview has no text yet in the languages below.")
    screen(window)._find("english")
    assert not says(window, "has no text yet")


def test_another_screen_may_ask_for_a_language(
    qtbot: QtBot, post: OpenVault, open_window: OpenWindow
) -> None:
    window = open_window(post)
    heard: list[str] = []
    window.context.go("choose_language", form=FORM, then=heard.append)
    settle(qtbot, window)
    press(window, "Español")
    assert heard == ["es"]
    assert intake.drafts(post) == ()


# Laws


def test_languages_of_the_form_come_first_in_the_order_of_need() -> None:
    rows = choices({"fr", "so"})
    assert [row.tag for row in rows[:2]] == ["so", "fr"]
    assert all(row.has_text for row in rows[:2]) and not any(row.has_text for row in rows[2:])
    assert {row.tag for row in rows} == {language.tag for language in LANGUAGES}


def test_both_names_find_a_language() -> None:
    rows = choices(())
    for row in rows:
        assert row in found(rows, row.autonym.upper())
        assert row in found(rows, f" {row.english} ")
