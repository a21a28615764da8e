"""The referral page: the person decides, and nothing is printed before "is it safe to carry?"."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fieldkit.domain.outcome import Verdict
from fieldkit.services import refer
from fieldkit.services.case_file import read_case
from fieldkit.services.vault import OpenVault
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.screens.directory import DirectoryScreen
from fieldkit.ui.screens.pages import PagesScreen
from fieldkit.ui.screens.referral import ReferralScreen
from tests.stories.people import AGREED, IN_PRIVATE, NO_URGENT_NEED, screened
from tests.ui.desks import afraid, done_with, new_desk, press, rest, settle, window_at
from tests.ui.looking import find_button, line, nameless, says

QUESTION = "Is it safe for the person to carry this paper?"


@pytest.fixture
def training(tmp_path: Path) -> Iterator[OpenVault]:
    vault = new_desk(tmp_path, "Ras Nour crossing (invented)")
    yield vault
    vault.close()


def referring(vault: OpenVault) -> MainWindow:
    case = afraid(vault).case
    row = refer.suggestions(vault, case)[0]
    refer.confirm(vault, case, row.category, row.rule)
    return window_at(vault, "referral", case=case, category=row.category)


def page(window: MainWindow) -> ReferralScreen:
    assert isinstance(window.screen_shown, ReferralScreen)
    return window.screen_shown


def test_a_person_accepts_and_a_slip_is_shown_in_their_language(training: OpenVault, qtbot: QtBot) -> None:
    window = referring(training)
    case = page(window).presenter.case
    assert not says(window, QUESTION)
    press(window, "The person accepts")
    assert says(window, QUESTION)
    carry = page(window).carry
    assert carry is not None and carry.values == ()
    assert read_case(training.journal, case).referrals() == ()
    carry.press(1)
    rest(qtbot, window)
    assert isinstance(window.screen_shown, PagesScreen)
    assert window.screen_shown.paper.language == "ar"
    assert window.screen_shown.made is not None and window.screen_shown.made.pages == 1
    (referral,) = read_case(training.journal, case).referrals()
    assert referral.safe_to_carry and not referral.declined
    done_with(window)


def test_where_paper_is_not_safe_the_number_and_the_place_are_told_instead(training: OpenVault) -> None:
    window = referring(training)
    press(window, "The person accepts")
    carry = page(window).carry
    assert carry is not None
    carry.press(2)
    settle()
    assert says(window, "No paper is printed.")
    assert says(window, page(window).presenter.number)
    assert says(window, page(window).presenter.services[0].place)
    with pytest.raises(AssertionError):
        find_button(window, "Show the slip")
    done_with(window)


def test_declining_is_kept_and_takes_nothing_away(training: OpenVault) -> None:
    window = referring(training)
    press(window, "The person declines")
    settle()
    (referral,) = read_case(training.journal, page(window).presenter.case).referrals()
    assert referral.declined
    assert says(window, "the person declined")
    find_button(window, "The person accepts")
    done_with(window)


def test_a_child_is_handed_over_by_a_call_that_nobody_declines(training: OpenVault) -> None:
    case = screened(training, {**NO_URGENT_NEED, "urgent_child_alone": "yes"}, IN_PRIVATE, AGREED).case
    row = next(one for one in refer.suggestions(training, case) if one.category == "C06")
    refer.confirm(training, case, row.category, row.rule)
    window = window_at(training, "referral", case=case, category="C06")
    assert says(window, "Call the next number on this page.")
    with pytest.raises(AssertionError):
        find_button(window, "The person declines")
    press(window, "They answered, and take over")
    carry = page(window).carry
    assert carry is not None
    carry.press(2)
    settle()
    (referral,) = read_case(training.journal, case).referrals()
    assert not referral.declined and referral.service == page(window).presenter.services[0].id
    done_with(window)


def test_the_way_leads_back_to_what_nobody_decided_on(training: OpenVault) -> None:
    case = afraid(training).case
    first, *others = [one for one in refer.suggestions(training, case) if one.verdict is Verdict.YES]
    assert others
    refer.confirm(training, case, first.category, first.rule)
    window = window_at(training, "referral", case=case, category=first.category)
    press(window, "Next: the other suggestions")
    assert window.context.navigation.here == ("outcome", {"case": case})
    done_with(window)


def test_the_next_confirmed_need_comes_before_the_end(training: OpenVault) -> None:
    told = ({**NO_URGENT_NEED, "urgent_medical": "yes"}, IN_PRIVATE, AGREED, {"fear_return": "yes"})
    case = screened(training, *told).case
    for row in refer.suggestions(training, case):
        if row.category in ("C01", "C11") and row.verdict is Verdict.YES:
            refer.confirm(training, case, row.category, row.rule)
    window = window_at(training, "outcome", case=case)
    press(window, "Next: referral")
    press(window, "The person declines")
    press(window, "Next: referral")
    assert page(window).presenter.category == "C11" and not page(window).presenter.next_category
    press(window, "The person declines")
    window.context.go("outcome", case=case)
    settle()
    assert window.footer.main is not None and window.footer.main.accessibleName() == "Finish"
    press(window, "Referrals")
    assert says(window, "the person declined")
    done_with(window)


def test_a_slip_can_be_shown_again(training: OpenVault, qtbot: QtBot) -> None:
    window = referring(training)
    page(window).presenter.accept(page(window).presenter.services[0], safe_to_carry=True)
    window.show_again()
    settle()
    press(window, "Show the slip")
    rest(qtbot, window)
    assert isinstance(window.screen_shown, PagesScreen)
    window.context.back()
    assert isinstance(window.screen_shown, ReferralScreen)
    done_with(window)


def test_a_paper_that_is_not_safe_any_more_is_printed_no_more(training: OpenVault, qtbot: QtBot) -> None:
    window = referring(training)
    page(window).presenter.accept(page(window).presenter.services[0], safe_to_carry=True)
    window.show_again()
    settle()
    press(window, "Not safe to carry any more")
    line(window).setText("a cousin looks through his things")
    press(window, "Print no slip from now on")
    assert not says(window, "Show the slip")
    assert says(window, "No paper is printed.")
    done_with(window)


def test_invented_services_say_so_and_old_ones_too(training: OpenVault) -> None:
    window = referring(training)
    assert says(window, "Invented, for training only.")
    assert says(window, "The person's own language is spoken there.")
    assert nameless(window) == []
    done_with(window)


def test_a_secret_address_is_not_on_the_screen(training: OpenVault) -> None:
    case = afraid(training).case
    refer.choose(training, case, "C13", "Told so")
    window = window_at(training, "referral", case=case, category="C13")
    assert says(window, "Kept secret. Who answers the phone says where to go.")
    done_with(window)


def test_a_real_vault_begins_with_the_first_five_contacts(tmp_path: Path) -> None:
    vault = new_desk(tmp_path, "Wadi crossing (invented)", training=False)
    window = referring(vault)
    assert says(window, "Enter your first five contacts")
    press(window, "Enter a contact")
    assert isinstance(window.screen_shown, DirectoryScreen)
    done_with(window)
    vault.close()


def test_the_question_comes_into_sight_at_large_text(training: OpenVault) -> None:
    window = referring(training)
    window.context.use_scale(10)
    settle()
    press(window, "The person accepts")
    carry = page(window).carry
    assert carry is not None
    shown = window.page.viewport().rect()
    top = carry.mapTo(window.page.viewport(), carry.rect().topLeft())
    assert shown.contains(top)
    done_with(window)
