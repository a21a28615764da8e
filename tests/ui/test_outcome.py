"""The outcome page: what the answers point to, and a person who decides."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from fieldkit.domain.outcome import NO_SPECIFIC_NEED, SCREEN_AGAIN
from fieldkit.services import refer
from fieldkit.services.refer import Standing
from fieldkit.services.vault import OpenVault
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.screens.outcome import OutcomeScreen
from fieldkit.ui.widgets.fold import Fold
from fieldkit.ui.widgets.reason import Reason
from tests.ui.desks import afraid, done_with, kinds, press, settle, window_at
from tests.ui.looking import find_button, nameless, says

ASYLUM = "Asks for asylum or is afraid to go back"


@pytest.fixture
def case(post: OpenVault) -> str:
    return afraid(post, {"smuggler_used": "yes"}).case


@pytest.fixture
def window(post: OpenVault, case: str) -> Iterator[MainWindow]:
    made = window_at(post, "outcome", case=case)
    yield made
    done_with(made)


def page(window: MainWindow) -> OutcomeScreen:
    assert isinstance(window.screen_shown, OutcomeScreen)
    return window.screen_shown


def card(window: MainWindow, category: str) -> QWidget:
    return page(window).cards[category]


def reason_of(window: MainWindow, button: QAbstractButton) -> Reason:
    return next(reason for reason in window.findChildren(Reason) if reason.button is button)


def standing(vault: OpenVault, case: str, category: str) -> Standing:
    return next(one.standing for one in refer.suggestions(vault, case) if one.category == category)


def test_a_category_stands_with_its_reason_its_answers_and_what_to_do(window: MainWindow) -> None:
    assert says(window, ASYLUM)
    assert says(window, "The person asked for asylum, or fear of going back was mentioned.")
    assert says(window, "Are you afraid of what may happen to you if you go back?")
    assert says(window, "Stop any step that sends the person back.")
    assert says(window, "It decides nothing")


def test_the_officers_own_language_is_used_for_questions_and_answers(post: OpenVault, case: str) -> None:
    window = window_at(post, "outcome", language="fr", case=case)
    answers = {a.question: a.value for row in page(window).presenter.suggested for a in row.answers}
    assert any("peur" in question.lower() or "craignez" in question.lower() for question in answers)
    assert "Oui" in answers.values()
    done_with(window)


def test_confirming_changes_the_card_in_its_place_and_opens_the_way_to_a_referral(
    window: MainWindow, post: OpenVault, case: str
) -> None:
    assert window.footer.main is not None and window.footer.main.accessibleName() == "Finish"
    press(card(window, "C01"), "Confirm")
    assert standing(post, case, "C01") is Standing.CONFIRMED
    assert says(window, "Confirmed")
    press(window, "Next: referral")
    assert window.context.navigation.here == ("referral", {"case": case, "category": "C01"})


def test_whoever_finishes_is_told_what_nobody_decided_on(
    window: MainWindow, post: OpenVault, case: str
) -> None:
    press(window, "Finish")
    assert isinstance(window.screen_shown, OutcomeScreen)
    assert says(window, f"Nobody has decided on: {ASYLUM}")
    press(window, "Go, and let them wait")
    assert window.context.navigation.here[0] == "home"
    assert standing(post, case, "C01") is Standing.OPEN


def test_whoever_decided_on_everything_finishes_at_once(
    window: MainWindow, post: OpenVault, case: str
) -> None:
    for one in page(window).presenter.undecided:
        refer.leave_for_review(post, case, one.category, one.rule, "Wants to ask the family first.")
    page(window).presenter.read()
    press(window, "Finish")
    assert window.context.navigation.here[0] == "home"


def test_leaving_for_review_asks_for_a_reason_and_keeps_the_suggestion(
    window: MainWindow, post: OpenVault, case: str
) -> None:
    press(card(window, "C01"), "Leave for review")
    asked = card(window, "C01").findChildren(Reason)[0]
    asked.press()
    assert says(window, "Write why, in a few words.")
    assert standing(post, case, "C01") is Standing.OPEN
    asked.field.line.setText("The interpreter was not sure")
    asked.press()
    assert standing(post, case, "C01") is Standing.FOR_REVIEW
    assert says(window, "Left for review: The interpreter was not sure")
    assert says(window, ASYLUM)
    find_button(card(window, "C01"), "Confirm")  # a person may still confirm it


def test_what_cannot_be_told_is_folded_and_says_what_is_still_to_be_asked(window: MainWindow) -> None:
    fold = window.findChildren(Fold)[0]
    assert not says(window, "Still to be asked")
    fold.button.click()
    assert says(window, "Still to be asked")
    assert says(window, "not asked")


def test_a_category_nobody_suggested_needs_a_reason(window: MainWindow, post: OpenVault, case: str) -> None:
    press(window, "Choose another category")
    press(window, "Older person")
    button = find_button(window, "Choose this category")
    button.click()
    assert "outcome.confirmed" not in kinds(post)
    assert says(window, "Write why, in a few words.")
    reason = reason_of(window, button)
    reason.field.line.setText("Said so herself")
    button.click()
    assert says(window, "Chosen: Said so herself")
    assert kinds(post)[-1] == "outcome.confirmed"


def test_no_specific_need_is_closed_with_every_condition_that_is_not_met(window: MainWindow) -> None:
    assert says(window, "This cannot be chosen for this person, because silence is not safety:")
    assert says(window, "A rule suggests a category from the answers.")
    assert says(window, "A core section was not asked in full.")
    names = [name for name, _ in page(window).presenter.others]
    assert NO_SPECIFIC_NEED not in names


def test_screen_again_is_offered_in_its_place(window: MainWindow, post: OpenVault, case: str) -> None:
    button = find_button(window, "Choose: Screen again")
    reason = reason_of(window, button)
    reason.field.line.setText("Private questions tomorrow")
    button.click()
    assert page(window).presenter.screen_again_chosen
    assert window.footer.main is not None and window.footer.main.accessibleName() == "Finish"
    assert SCREEN_AGAIN not in page(window).presenter.to_refer


def test_no_specific_need_can_be_chosen_where_the_services_allow_it(
    post: OpenVault, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refer, "no_specific_need_allowed", lambda vault, case: True)
    window = window_at(post, "outcome", case=case)
    page(window).presenter.choose(NO_SPECIFIC_NEED, "Everything was asked")
    window.show_again()
    settle()
    assert says(window, "Chosen: Everything was asked")
    done_with(window)


def test_the_order_is_that_of_the_table_and_nothing_is_red(window: MainWindow) -> None:
    shown = [row.category for row in page(window).presenter.suggested]
    assert shown == sorted(shown)
    shown_labels = [label for label in window.findChildren(QLabel) if label.isVisible()]
    assert not [label for label in shown_labels if label.property("tone") == "urgent"]
    for word in ("score", "risk", "threat", "genuine"):
        assert not says(window, word)


def test_a_screen_reader_has_a_name_for_everything(window: MainWindow) -> None:
    assert nameless(window) == []


def test_nobody_without_the_right_can_confirm(
    post: OpenVault, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(post, "may", lambda action: False)
    window = window_at(post, "outcome", case=case)
    with pytest.raises(AssertionError):
        find_button(window, "Confirm")
    done_with(window)


def test_folds_cost_nothing_while_they_are_closed(window: MainWindow) -> None:
    folds = window.findChildren(Fold)
    assert folds and all(fold.content is None for fold in folds)
