"""Practice, modules and words in the window (R-036, R-157, R-202)."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QAbstractButton

from fieldkit.services import learning
from fieldkit.services.vault import OpenVault
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.screens.choose_language import ChooseLanguageScreen
from fieldkit.ui.screens.practice import PracticeScreen
from fieldkit.ui.screens.quiz import QuizScreen
from fieldkit.ui.screens.terms import TermsScreen
from tests.conftest import MakeVault
from tests.ui import looking
from tests.ui.desks import FEAR, afraid, done_with, press, settle, window_at


@pytest.fixture
def window(post: OpenVault) -> Iterator[MainWindow]:
    shown = window_at(post, "home")
    yield shown
    done_with(shown)


def said(window: MainWindow) -> str:
    return "\n".join(looking.texts(window))


def names(window: MainWindow) -> list[str]:
    return [one.accessibleName() for one in window.body.findChildren(QAbstractButton) if one.isVisible()]


def in_arabic(window: MainWindow) -> None:
    screen = window.screen_shown
    assert isinstance(screen, ChooseLanguageScreen)
    screen.buttons["ar"].click()
    settle()


def test_the_practice_leads_from_the_first_screen_and_says_what_happens(window: MainWindow) -> None:
    press(window, "Practise")
    assert "Samar (invented)" in said(window)
    press(window, "The person arrives")
    assert "You find out the language before anything else." in said(window)
    in_arabic(window)
    assert window.context.navigation.here[0] == "interview"
    assert "Urgent needs come before any name." in said(window)
    first = window.context.practice
    press(window, "What was done so far")
    assert isinstance(window.screen_shown, PracticeScreen)
    assert "What was left out, or is still to come" in said(window)
    press(window, "Go on with the person")
    assert "Nobody waits for help until the talk is over." in said(window)
    window.context.go("practice")
    press(window, "Begin again")
    in_arabic(window)
    assert window.context.practice not in {"", first}
    press(window, "What was done so far")
    press(window, "End the practice")
    assert "Practice:" not in said(window)


def test_a_real_vault_offers_no_practice(make_vault: MakeVault) -> None:
    window = window_at(make_vault(training=False), "home")
    assert "Practise" not in names(window)
    done_with(window)


def test_a_module_is_passed_in_the_window_and_its_paper_offered(window: MainWindow) -> None:
    window.context.go("learning")
    press(window, "Begin: Children")
    screen = window.screen_shown
    assert isinstance(screen, QuizScreen)
    while screen.quiz.question is not None:
        assert screen.grid is not None
        screen.grid.choose(screen.quiz.question.right)
        screen.grid.chosen.emit((screen.quiz.question.right,))
        settle()
        if screen.quiz.question is not None:
            press(window, "Next question")
    assert "You passed this module." in said(window)
    press(window, "To the modules")
    assert "The paper: Children" in names(window)
    vault = window.context.open_vault
    assert [one.module for one in learning.passed(vault, vault.person.id)] == ["children"]


def test_a_word_is_one_press_away_where_it_stands(window: MainWindow) -> None:
    case = afraid(window.context.open_vault, FEAR).case
    window.context.go("outcome", case=case)
    press(window, "What does “refugee” mean?")
    assert isinstance(window.screen_shown, TermsScreen)
    assert "People are refugees before anybody says so." in said(window)
    assert window.screen_shown.search is not None
    window.screen_shown.search.field.line.setText("smuggling border")
    window.screen_shown.search.look()
    assert "It can turn into trafficking on the way." in said(window)
