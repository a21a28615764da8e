"""The register of children, a guardian, who is on duty, family at home: through the real windows."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fieldkit.domain.access import Role
from fieldkit.services import at_home, child_register, duty, early_alert, guardians
from fieldkit.services.vault import Desk, OpenVault
from fieldkit.ui.context import interface_words
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.presenters.child_register import ChildRegister
from fieldkit.ui.screens.alert import AlertScreen
from fieldkit.ui.screens.at_home import AtHomeScreen
from fieldkit.ui.screens.child_register import ChildRegisterScreen
from fieldkit.ui.screens.due import DueScreen
from fieldkit.ui.screens.duty import DutyScreen
from fieldkit.ui.screens.guardian import GuardianScreen
from fieldkit.ui.screens.home import HomeScreen
from tests.stories.desks import only_as
from tests.stories.test_register_of_children import days_pass, everybody, registered
from tests.ui.conftest import At
from tests.ui.desks import new_desk, press, settle
from tests.ui.looking import cut, nameless, says


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[OpenVault, str]]:
    """A post with one child who has had no guardian for nine days."""
    vault = new_desk(tmp_path_factory.mktemp("children"), "River post (invented)")
    case = registered(vault)
    days_pass(vault, 9)
    everybody(vault)
    yield vault, case
    vault.close()


def screen_of(window: MainWindow, kind: type) -> Any:
    assert isinstance(window.screen_shown, kind)
    assert nameless(window) == []
    assert list(cut(window)) == []
    return window.screen_shown


def test_the_register_counts_shows_names_only_when_asked_and_is_saved_without_them(
    desk: tuple[OpenVault, str], at: At, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault, _ = desk
    window = at(vault, "child_register", language="ar", scale=200)
    screen_of(window, ChildRegisterScreen)
    window = at(vault, "child_register")
    screen = screen_of(window, ChildRegisterScreen)
    assert says(window, "No guardian, and the days are over") and says(window, "none, for 9 days")
    assert not says(window, "Sela")
    press(window, "Show the names")
    assert says(window, "Sela Invented")
    screen.part_buttons["late"].click()
    settle()
    assert screen.presenter.part == "late"
    monkeypatch.setattr(window.context, "ask_folder", lambda title: tmp_path)
    press(window, "Save as a table")
    assert b"Sela" not in (tmp_path / child_register.TABLE_FILE).read_bytes()
    assert says(window, "it is not sealed")


def test_a_guardian_is_written_down_and_the_banner_of_the_case_goes(
    desk: tuple[OpenVault, str], at: At
) -> None:
    vault, case = desk
    assert says(at(vault, "due"), "Children without a guardian")
    assert says(at(vault, "case", case=case), "none, for 9 days")
    window = at(vault, "guardian", case=case)
    screen = screen_of(window, GuardianScreen)
    press(window, "Keep this guardian")
    assert guardians.guardians(vault, case) == (), "a line is missing, and the line says so"
    for field, value in zip(
        screen.fields, ("Wen Invented", "2026-03-02", "youth court (invented)"), strict=True
    ):
        field.line.setText(value)
    press(window, "Keep this guardian")
    assert says(window, "Wen Invented")
    assert says(at(vault, "case", case=case), "A guardian is named.")
    assert not says(at(vault, "due"), "Children without a guardian")


def test_somebody_is_put_into_the_list_and_stands_first_in_the_call(
    desk: tuple[OpenVault, str], at: At
) -> None:
    vault, case = desk
    window = at(vault, "duty")
    screen = screen_of(window, DutyScreen)
    last = duty.services(vault)[-1]
    screen.who.buttons[last.id].click()
    for day in range(7):
        screen.days.buttons[str(day)].click()
    for field, value in zip(screen.fields, ("00:00", "00:00", ""), strict=True):
        field.line.setText(value)
    press(window, "Put it into the list")
    assert says(window, "It is in the list.")
    call = at(vault, "alert", case=case)
    assert call.screen_shown is not None
    assert says(call, "On duty now, until")
    press(window, "Take it out")
    assert duty.shifts(vault) == ()


def test_help_for_the_family_at_home_is_kept_from_the_page(desk: tuple[OpenVault, str], at: At) -> None:
    vault, case = desk
    window = at(vault, "at_home", case=case)
    screen = screen_of(window, AtHomeScreen)
    screen.grids["wish"].buttons["yes"].click()
    screen.grids["service"].buttons[at_home.services(vault)[0].id].click()
    screen.grids["carry"].buttons["no"].click()
    for field, value in zip(screen.fields, ("3", "2"), strict=True):
        field.line.setText(value)
    press(window, "Keep this referral")
    assert says(window, "3 people at home, of them children: 2")


def test_at_headquarters_what_was_not_told_is_no_0(
    desk: tuple[OpenVault, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`protection.md` 15, on the page itself: the lines of a post as headquarters would have them."""
    vault, _ = desk
    real = child_register._told
    monkeypatch.setattr(child_register, "_told", lambda held, whole: real(held, whole=False))
    page = ChildRegister(vault, interface_words("en"))
    page.at_post = False
    assert [part.text for part in page.parts()] == [
        "Children",
        "Something is overdue",
        "Told to be without a guardian",
        "Something was not told",
    ]
    tracing = dict(page.all_counts())["Looking for the family"]
    assert tracing == ("1", "not told", "not told", "not told", "not told")


def test_headquarters_has_the_same_page_without_names(at: At, tmp_path: Path) -> None:
    office = new_desk(tmp_path / "office", "Invented headquarters", Desk.HEADQUARTERS)
    window = at(office, "child_register")
    screen_of(window, ChildRegisterScreen)
    assert says(window, "Children stand here when posts export")
    assert window.screen_shown is not None and window.screen_shown.rail == "headquarters"
    only_as(office, Role.COORDINATOR)
    assert child_register.register(office) == ()
    office.close()


def test_an_officer_meets_it_on_the_first_screen_and_is_led_to_the_child(
    desk: tuple[OpenVault, str], at: At
) -> None:
    vault, _ = desk
    case = registered(vault)
    days_pass(vault, 9)
    early_alert.record_call(vault, case, duty.services(vault)[0].id)
    only_as(vault, Role.OFFICER)
    window = at(vault, "home", language="ar", scale=200)
    screen_of(window, HomeScreen)
    window = at(vault, "home")
    press(window, "1 child without a guardian")
    screen_of(window, DueScreen)
    assert says(window, "none, for 9 days") and says(window, "Tell child protection")
    assert not says(window, "Remove") and not says(window, "Sela")
    press(window, "Call now")
    assert isinstance(window.screen_shown, AlertScreen)
    everybody(vault)
