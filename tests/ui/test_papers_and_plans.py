"""Plans and what happened, papers, following up, steps, help, a check of a code: through the real windows."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from fieldkit.content.directory import Service
from fieldkit.domain.access import Role
from fieldkit.domain.locks import What
from fieldkit.services import (
    assistance,
    closing,
    directory,
    follow_up,
    interpreters,
    issued,
    issued_pages,
    joint,
    measures,
    refer,
)
from fieldkit.services.case_file import read_case
from fieldkit.services.issued import PaperKind, Wish
from fieldkit.services.measures import Happening
from fieldkit.services.vault import OpenVault
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.screens.case import CaseScreen
from fieldkit.ui.screens.check_paper import CheckPaperScreen
from fieldkit.ui.screens.follow_up import FollowUpScreen
from fieldkit.ui.screens.interpreters import InterpretersScreen
from fieldkit.ui.screens.measures import MeasuresScreen
from fieldkit.ui.screens.papers_of import PapersOfScreen
from fieldkit.ui.widgets.country_field import CountryField
from fieldkit.ui.widgets.reason import Reason
from tests.stories import offices
from tests.stories.desks import only_as, text_of
from tests.stories.people import AGREED, AN_ADULT, IN_PRIVATE, NO_URGENT_NEED, screened
from tests.stories.test_consulates import OWN, THIRD, somebody
from tests.ui.conftest import At
from tests.ui.desks import afraid, new_desk, press, rest, settle
from tests.ui.looking import cut, nameless, says


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenVault]:
    vault = new_desk(tmp_path_factory.mktemp("papers"), "River post (invented)")
    yield vault
    vault.close()


def looks_right(window: MainWindow) -> None:
    assert nameless(window) == []
    assert list(cut(window)) == []


def screen_of(window: MainWindow, kind: type) -> Any:
    assert isinstance(window.screen_shown, kind)
    return window.screen_shown


def confirmed(vault: OpenVault) -> str:
    case = afraid(vault, person="ti").case
    refer.confirm(vault, case, "C01", "C01-1")
    return case


def test_a_plan_that_a_rule_stops_is_told_why_and_what_happened_is_kept(desk: OpenVault, at: At) -> None:
    case = confirmed(desk)
    window = at(desk, "measures", case=case)
    screen = screen_of(window, MeasuresScreen)
    press(window, "Plan something")
    screen.choices["plan"].buttons["return"].click()
    settle()
    assert says(window, "is sent back or turned away") and says(window, "It cannot be planned.")
    looks_right(window)
    press(window, "Write down what happened")
    screen.choices["happened"].buttons["return"].click()
    press(window, "Keep that it happened")
    assert says(window, "Something was done that a rule forbids.")
    assert [one.told.what.value for one in measures.alerts(desk, case)] == ["return"]
    looks_right(window)
    home = at(desk, "home")
    assert says(home, "something was done that a rule forbids")
    assert measures.alerted_cases(desk) == (case,)
    for one in refer.suggestions(desk, case):
        refer.confirm(desk, case, one.category, one.rule)
    closing.close_case(desk, case, closing.Because.MOVED_ON, "the supervisor and the lawyer know")
    assert measures.alerted_cases(desk) == ()
    assert measures.alerts(desk, case), "it stays in the case"


def test_a_consulate_is_planned_with_its_country_and_the_persons_own_yes(desk: OpenVault, at: At) -> None:
    """R-131, N-088: the country is looked for, then the block answers, and the person is asked last."""
    case = somebody(desk)
    window = at(desk, "measures", case=case)
    screen = screen_of(window, MeasuresScreen)
    press(window, "Plan something")
    for country, asked in ((OWN, False), (THIRD, True)):
        screen.choices["plan"].buttons["consulate"].click()
        settle()
        field = window.findChildren(CountryField)[-1]
        name = screen.presenter.country(country)
        field.field.line.setText(name)
        field.field.line.textEdited.emit(name)
        press(window, name)
        assert says(window, f"the consulate of \u2068{name}\u2069 to hear of them?") is asked
        assert says(window, "It cannot be planned.") is not asked
    looks_right(window)
    press(window, "Yes")
    window.findChildren(Reason)[-1].field.line.setText("a travel paper")
    press(window, "Keep this plan")
    (plan,) = measures.plans(desk, case)
    assert (plan.what, plan.country, plan.is_stopped) == (What.CONSULATE, THIRD, False)
    looks_right(window)


def test_a_paper_is_made_only_after_the_question_whether_it_is_safe(
    desk: OpenVault, at: At, qtbot: QtBot
) -> None:
    case = confirmed(desk)
    window = at(desk, "papers_of", case=case)
    screen = screen_of(window, PapersOfScreen)
    assert says(window, "No paper was made yet.")
    screen.kinds.buttons[PaperKind.REGISTRATION].click()
    settle()
    looks_right(window)
    screen.carry.buttons["no"].click()
    settle()
    assert says(window, "Then no paper is printed.") and not issued.papers(desk, case)
    screen.kinds.buttons[PaperKind.REGISTRATION].click()
    settle()
    screen.carry.buttons["yes"].click()
    settle()
    (one,) = issued.papers(desk, case)
    assert one.kind is PaperKind.REGISTRATION
    rest(qtbot, window)
    assert says(window, "Page 1 of")


def test_a_code_is_checked_by_typing_it(desk: OpenVault, at: At) -> None:
    case = confirmed(desk)
    document = issued.issue(desk, case, Wish(PaperKind.REGISTRATION, ("en",), safe_to_carry=True))
    paper = text_of(issued_pages.page(desk, case, document, safe_to_carry=True))
    code = "".join(line for line in paper.splitlines() if line.isalnum() and line.isupper())
    window = at(desk, "check_paper")
    screen = screen_of(window, CheckPaperScreen)
    looks_right(window)
    screen.field.line.setText(code)
    press(window, "Check it")
    assert says(window, "This paper is valid.")
    screen.field.line.setText(code[:-8] + "AAAAAAAA")
    press(window, "Check it")
    assert says(window, "No post that is trusted here made this paper.")
    looks_right(window)


def test_a_referral_is_followed_up_from_the_list(desk: OpenVault, at: At) -> None:
    case = screened(desk, {**NO_URGENT_NEED, "urgent_medical": "yes"}, IN_PRIVATE, AGREED, AN_ADULT).case
    service = refer.services_for(desk, "C11")[0]
    refer.refer(desk, case, "C11", service.id, safe_to_carry=False)
    window = at(desk, "follow_up")
    screen = screen_of(window, FollowUpScreen)
    assert says(window, "Referred") and not says(window, service.name)
    press(window, "What became of it?")
    screen.choice.buttons["served"].click()
    looks_right(window)
    press(window, "Keep this")
    assert [one.state for one in follow_up.heard(desk, case)] == ["served"]


def test_help_and_steps_are_written_down_in_the_case(desk: OpenVault, at: At) -> None:
    case = confirmed(desk)
    window = at(desk, "case", case=case)
    screen = screen_of(window, CaseScreen)
    press(window, "Write down help")
    screen.helps[0].buttons["food"].click()
    screen.helps[1].buttons["received"].click()
    press(window, "Keep this")
    assert assistance.standing(desk, case) == {"food": "received"}
    looks_right(window)
    press(window, "Step by step")
    press(window, "Done")
    assert says(window, "Done on")
    looks_right(window)


def test_an_interpreter_is_a_code_with_a_signed_undertaking(desk: OpenVault, at: At) -> None:
    window = at(desk, "interpreters")
    screen = screen_of(window, InterpretersScreen)
    press(window, "Add an interpreter")
    offered = [made.accessibleName() for made in screen.languages.buttons.values()]
    assert "Dyula" in offered and not [name for name in offered if name in screen.languages.buttons]
    screen.code.line.setText("I-07")
    screen.languages.buttons["ti"].click()
    press(window, "Keep this")
    assert says(window, "The undertaking is not signed.")
    press(window, "It was signed today")
    assert says(window, "Undertaking signed on")
    looks_right(window)


def test_an_officer_sees_what_child_protection_has_and_cannot_say_it(desk: OpenVault, at: At) -> None:
    told = {**AN_ADULT, "age_years": "14"}
    case = screened(desk, NO_URGENT_NEED, IN_PRIVATE, AGREED, told).case
    person = desk.person
    window = at(only_as(desk, Role.OFFICER), "measures", case=case)
    desk.person = person
    assert says(window, "Child protection says what is there.")
    assert not [button for button in window.findChildren(QWidget) if button.accessibleName() == "It is there"]


def test_a_contact_that_nobody_checked_stands_first_and_is_confirmed_with_one_press(
    desk: OpenVault, at: At
) -> None:
    old = Service(
        *("5e" * 16, "River clinic (invented)", "House 4", ("trained_care",), ("C10",), ("ti",)),
        *("08:00-16:00", "beside the well", False, "+44 1632 960101", date(2025, 1, 1)),
    )
    directory.record_service(desk, old)
    window = at(desk, "directory")
    assert says(window, "1 contact has to be checked again.")
    looks_right(window)
    press(window, "I asked today: still so")
    assert not says(window, "has to be checked again")
    held = next(one for one in directory.all_services(desk) if one.id == old.id)
    assert held.verified == desk.world.today()


def test_the_person_says_who_interprets_and_who_took_part_is_kept(desk: OpenVault, at: At) -> None:
    case = confirmed(desk)
    interpreters.keep(desk, interpreters.Told("I-08", ("ti",), undertaking=desk.world.today()))
    window = at(desk, "case", case=case)
    press(window, "Several offices led the talk together")
    press(window, "Keep this")
    assert says(window, "It is not said who took part.")
    press(window, "Protection of children")
    press(window, "Keep this")
    assert [one.mandates for one in joint.talks(desk, case)] == [("child",)]
    looks_right(window)
    press(window, "Who interprets")
    press(window, "No")
    assert says(window, "Nobody asks why.")
    looks_right(window)


def test_headquarters_hears_what_happened_at_which_post_and_counts_help(tmp_path: Path, at: At) -> None:
    office = offices.found(tmp_path / "office", "Invented Border Service")
    post = offices.open_post(tmp_path / "post", "River post (invented)")
    offices.enrol(post, office)
    case = afraid(post, person="ti").case
    measures.record_happened(post, case, Happening(What.RETURN, "2026-03-02"))
    for kind in ("food", "shelter"):
        assistance.record(post, case, kind, "received")
    (stick := tmp_path / "stick").mkdir()
    offices.carry(post, office, stick)
    assert assistance.counts(office.vault) == (("food", "received", 1), ("shelter", "received", 1))
    window = at(office.vault, "headquarters")
    assert says(window, "something was done that a rule forbids")
    press(window, "Look at it")
    assert says(window, "River post (invented)") and says(window, "Brought to another country")
    assert says(window, "fewer than 5") and not says(window, read_case(post.journal, case).number)
    looks_right(window)
    post.close()
