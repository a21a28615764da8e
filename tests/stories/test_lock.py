"""Somebody leaves the desk: what can be seen, what is kept, and who comes back in.

The windows close the vault in this process here; that the real program's process ends, and that nothing is left in
any memory, is shown by `run.py endure lock`.
"""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fieldkit.crypto.primitives import FOR_TESTS
from fieldkit.services import cover, intake
from fieldkit.services.vault import OpenVault, SignIn
from fieldkit.ui import application
from fieldkit.ui.lock.guard import Guard
from fieldkit.ui.lock.idle import Clocks
from fieldkit.ui.lock.laptop import Heard
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.screens.interview import InterviewScreen
from tests.conftest import PHRASE
from tests.stories.people import AGREED, IN_PRIVATE, NO_URGENT_NEED, answer_all, begin, ref_of
from tests.ui import interviewing
from tests.ui.desks import done_with, window_at
from tests.ui.looking import press, says
from tests.worlds import world

PIN = "204816"
NAME = "Zerwanna Invented"


class Laptop:
    """Its clocks, and its lid."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.close_lid: Heard = lambda: None

    def begin(self, heard: Heard) -> None:
        self.close_lid = heard

    def end(self) -> None:
        self.close_lid = lambda: None


class Desk:
    """A window at a post, an officer in the middle of an interview, a guard that goes by `laptop`."""

    def __init__(self, vault: OpenVault) -> None:
        self.vault, self.laptop = vault, Laptop()
        self.window: MainWindow = window_at(vault, "home")
        clocks = Clocks(lambda: self.laptop.seconds, lambda: self.laptop.seconds)
        self.guard = Guard(self.window, clocks, self.laptop)
        self.window.context.watch = self.guard
        self.guard.begin()
        self.draft = begin(vault)
        answer_all(self.draft, NO_URGENT_NEED, IN_PRIVATE, AGREED)
        self.ref = ref_of(self.draft, "name_told")
        self.screen: InterviewScreen = interviewing.at_draft(self.window, self.draft.draft_id)
        interviewing.go(self.screen, self.draft.section_of(self.ref))

    def types(self, text: str) -> None:
        interviewing.write(interviewing.line_of(interviewing.card(self.screen, "name_told")), text)

    def minutes_pass(self, minutes: float) -> None:
        """And the guard looks, here every six seconds."""
        end = self.laptop.seconds + minutes * 60
        while self.laptop.seconds < end and self.window.context.vault is not None:
            self.laptop.seconds += 6
            self.guard.look()

    def presses(self, key: Qt.Key, *held: Qt.KeyboardModifier) -> None:
        handle = self.window.windowHandle()
        assert handle is not None
        modifiers = Qt.KeyboardModifier.NoModifier
        for one in held:
            modifiers |= one
        QTest.keyClick(handle, key, modifiers)
        QApplication.processEvents()

    def is_locked(self) -> bool:
        return self.window.context.vault is None and self.window.context.navigation.here[0] == "sign_in"

    def name_found_later(self) -> str:
        """What stands in the interview when the officer signs in again."""
        found = SignIn(self.vault.folder, world("later"), FOR_TESTS).open(self.vault.person.id, PHRASE)
        try:
            return intake.resume(found, self.draft.draft_id).session.value(self.ref)
        finally:
            found.close()


@pytest.fixture
def desk(post: OpenVault, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    application.make_application()
    cover.choose(post, PIN)
    sat_down = Desk(post)
    yield sat_down
    done_with(sat_down.window)


def test_an_officer_is_called_away_and_does_not_come_back(desk: Desk) -> None:
    desk.types(NAME)
    desk.minutes_pass(4.6)
    assert says(desk.window, "Press any key to stay"), "the last half minute is counted down"
    desk.minutes_pass(1)
    assert desk.is_locked()
    assert not says(desk.window, NAME)
    assert desk.name_found_later() == NAME


def test_an_officer_who_thinks_for_a_while_presses_any_key(desk: Desk) -> None:
    desk.types(NAME)
    desk.minutes_pass(4.8)
    desk.presses(Qt.Key.Key_Shift)
    assert not says(desk.window, "Press any key to stay")
    desk.minutes_pass(4)
    assert not desk.is_locked()
    assert desk.screen is desk.window.screen_shown


def test_the_lid_is_closed_in_the_middle_of_a_word(desk: Desk) -> None:
    desk.types(NAME)
    desk.laptop.close_lid()
    assert desk.is_locked()
    assert desk.name_found_later() == NAME


def test_somebody_steps_behind_the_desk(desk: Desk) -> None:
    desk.types(NAME)
    desk.presses(Qt.Key.Key_F9)
    assert not says(desk.window, NAME) and not says(desk.window, desk.vault.name)
    assert desk.window.windowTitle() == "fieldkit"
    desk.minutes_pass(3)
    assert desk.window.cover_page is not None and desk.window.cover_page.digits is not None
    QTest.keyClicks(desk.window.cover_page.digits.line, PIN)
    press(desk.window, "Back to work")
    assert desk.window.screen_shown is desk.screen
    assert interviewing.line_of(interviewing.card(desk.screen, "name_told")).text() == NAME


def test_a_cover_is_forgotten(desk: Desk) -> None:
    desk.types(NAME)
    desk.presses(Qt.Key.Key_F9)
    desk.minutes_pass(14)
    assert not desk.is_locked()
    desk.minutes_pass(2)
    assert desk.is_locked()
    assert desk.name_found_later() == NAME


def test_somebody_tries_digits_at_a_covered_laptop(desk: Desk) -> None:
    desk.presses(Qt.Key.Key_F9)
    page = desk.window.cover_page
    assert page is not None and page.digits is not None
    for wrong in ("111222", "204817", "731905", "204815", "000111"):
        assert not desk.is_locked()
        page.digits.line.setText(wrong)
        page.do_main()
    assert desk.is_locked()
    assert not says(desk.window, NAME)


def test_strangers_come_through_the_door(desk: Desk) -> None:
    desk.types(NAME)
    interviewing.card(desk.screen, "name_told").field.flush()  # half a second after the last letter
    desk.presses(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier)
    assert desk.is_locked()
    assert desk.name_found_later() == NAME


def test_a_colleague_with_the_same_vault_cannot_try_the_digits(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A million numbers are tried in a second, by whoever has the key that they lie under."""
    colleague = desk.vault.ring.for_classes(())
    monkeypatch.setattr(OpenVault, "ring", property(lambda _: colleague))
    assert not cover.is_set(desk.vault)
    assert not cover.fits(desk.vault, PIN)
    monkeypatch.undo()
    assert cover.fits(desk.vault, PIN)
