"""The way home through the windows: headquarters writes, a post takes in and reads."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from fieldkit.services import asking_again, homeward, refer
from fieldkit.services.intake import Finished
from fieldkit.services.vault import OpenVault
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.screens.send_back import SendBackScreen
from fieldkit.ui.screens.write_home import WriteHomeScreen
from tests.stories import offices
from tests.stories.offices import Office, carry
from tests.stories.people import (
    AGREED,
    FEAR,
    IN_PRIVATE,
    NO_URGENT_NEED,
    NOT_AGREED,
    screened,
    somebody,
)
from tests.ui.desks import done_with, press, rest, window_at
from tests.ui.looking import find_button, nameless, says


@dataclass
class River:
    office: Office
    post: OpenVault
    case: Finished
    stick: Path


@pytest.fixture(scope="module")
def river(tmp_path_factory: pytest.TempPathFactory, built: Path) -> Iterator[River]:
    place = tmp_path_factory.mktemp("river")
    office = offices.found(place / "office", "Invented River Service")
    post = offices.open_post(place / "post", "River post (invented)")
    offices.enrol(post, office)
    case = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody("Amaru Testperson"), FEAR)
    refer.refer(post, case.case, "C01", refer.services_for(post, "C01")[0].id, safe_to_carry=True)
    stick = place / "stick"
    stick.mkdir()
    carry(post, office, stick)
    yield River(office, post, case, stick)
    office.vault.close()
    post.close()


class At:
    """One window at a time."""

    def __init__(self, qtbot: QtBot, river: River) -> None:
        self._qtbot, self._river = qtbot, river
        self.window: MainWindow | None = None

    def go(self, vault: OpenVault, screen: str, **arguments: Any) -> MainWindow:
        self.leave()
        self.window = window = window_at(vault, screen, **arguments)
        window.ask_folder = lambda title: self._river.stick  # type: ignore[method-assign]
        rest(self._qtbot, window)
        return window

    def press(self, name: str) -> None:
        assert self.window is not None
        press(self.window, name)
        rest(self._qtbot, self.window)

    def leave(self) -> None:
        if self.window is not None:
            done_with(self.window)


@pytest.fixture
def at(qtbot: QtBot, river: River) -> Iterator[At]:
    made = At(qtbot, river)
    yield made
    made.leave()


def test_headquarters_writes_a_result_a_task_and_a_message(at: At, river: River) -> None:
    hq = river.office.vault
    window = at.go(hq, "send_back")
    screen = window.screen_shown
    assert isinstance(screen, SendBackScreen) and screen.number is not None
    assert says(window, "Nothing waits; receipts only")
    assert nameless(window) == []
    screen.number.line.setText("0000-0000")
    at.press("Go on")
    assert says(window, "No case with this number is held here.")
    screen.number.line.setText(river.case.number.lower())
    at.press("Go on")

    write = window.screen_shown
    assert isinstance(write, WriteHomeScreen)
    assert nameless(window) == []
    at.press("Keep this result")
    assert says(window, "Choose what became of it first.")
    (referral,) = write.states
    write.states[referral].buttons["served"].click()
    write.notes[referral].line.setText("The lawyer (invented) came.")
    at.press("Keep this result")
    assert says(window, "Kept. It waits for the post.")
    again = window.screen_shown
    assert isinstance(again, WriteHomeScreen) and again.due is not None
    assert says(window, "Told before: The person was helped")
    at.press("Keep this task")
    assert says(window, "There is no text yet")
    again.task.line.setText("Ask about the family (invented).")
    again.due.buttons["3"].click()
    again.message.line.setText("The court (invented) has the papers.")
    at.press("Keep this task")
    third = window.screen_shown
    assert isinstance(third, WriteHomeScreen)
    assert third.message.value == "The court (invented) has the papers.", (
        "keeping one loses nothing of another"
    )
    at.press("Send back")
    assert says(window, "Something here is written and not kept.")
    assert window.context.navigation.here[0] == "write_home"
    at.press("Keep this message")
    (waiting,) = homeward.waiting(hq)
    assert waiting.kinds == {"referral.result": 1, "task.given": 1, "message.sent": 1}


def test_the_files_are_written_and_the_post_takes_them_in(at: At, river: River) -> None:
    for old in river.stick.glob("*.fkb"):
        old.unlink()
    window = at.go(river.office.vault, "send_back")
    assert says(window, "Tasks: 1")
    at.press("Write the files")
    assert says(window, "Bring each to its post.")
    (file,) = river.stick.glob("*.fkb")

    window = at.go(river.post, "take_in", path=file)
    assert says(window, "Sealed to this laptop, signed by headquarters, nothing altered.")
    assert says(window, "Results of referrals")
    assert nameless(window) == []
    at.press("Take it in")
    assert says(window, "It was taken in.")

    window = at.go(river.post, "case", case=river.case.case)
    assert says(window, "Result came back")
    assert says(window, "The person was helped")
    assert says(window, "The court (invented) has the papers.")
    window = at.go(river.post, "home")
    assert says(window, "Headquarters asks")
    assert says(window, river.case.number)
    assert not says(window, "Ask about the family (invented)."), "it can be read from across the desk"
    assert nameless(window) == []
    at.press("The case")
    assert says(window, "Ask about the family (invented).")
    at.press("It is done")
    assert not says(window, "Headquarters asks")
    window = at.go(river.post, "home")
    assert not says(window, "Headquarters asks")
    window = at.go(river.post, "referral", case=river.case.case, category="C01")
    assert says(window, "Result came back")


def test_somebody_agrees_later(at: At, river: River) -> None:
    private = screened(river.post, NO_URGENT_NEED, IN_PRIVATE, NOT_AGREED, somebody("Caro Testperson"), FEAR)
    window = at.go(river.post, "asks", case=private.case)
    at.press("Allow an office after all")
    assert nameless(window) == []
    at.press("Headquarters")
    assert says(window, "What was said goes there with the next export.")
    assert asking_again.refused(river.post, private.case) == ("child_protection",)


def test_what_is_not_for_this_laptop_is_said(at: At, river: River) -> None:
    other = river.stick / "other.fkb"
    other.write_bytes(b"holiday pictures")
    window = at.go(river.post, "take_in", path=other)
    assert says(window, "This file is not a bundle.")
    other.unlink()


def test_all_bundles_of_a_stick_are_imported_at_once(at: At, river: River) -> None:
    for old in river.stick.iterdir():
        old.unlink()
    screened(river.post, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody("Bilo Testperson"), FEAR)
    window = at.go(river.post, "exchange")
    assert find_button(window, "Take in what headquarters sent").isEnabled()
    at.press("Export into a folder")
    assert says(window, "The sealed files are written.")
    window = at.go(river.office.vault, "exchange")
    at.press("Import all from a stick")
    assert says(window, "Files accepted")
    at.press("Send back")
    assert isinstance(window.screen_shown, SendBackScreen)
