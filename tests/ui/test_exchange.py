"""Enrolment and exchange between a real post and a real headquarters, through their windows."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from fieldkit.crypto.sealing import SealingKey, seal
from fieldkit.services import refer
from fieldkit.services.vault import Desk, OpenVault
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.presenters.enrol import Enrol, Step
from fieldkit.ui.screens.certify import CertifyScreen
from fieldkit.ui.screens.enrol import EnrolScreen
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.choices import ChoiceGrid
from tests.stories.people import AGREED, AN_ADULT, IN_PRIVATE, NO_URGENT_NEED, NOT_AGREED, screened
from tests.ui.desks import FEAR, OFFLINE_PHRASE, done_with, kinds, new_desk, press, rest, settle, window_at
from tests.ui.looking import find_button, nameless, says


@dataclass
class Two:
    """A post and its headquarters, and the stick that goes between."""

    post: OpenVault
    office: OpenVault
    stick: Path
    keys: Path


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory, built: Path) -> Iterator[Two]:
    """Founded once: the offline keys are dear (scrypt). The tests below tell one story, in their order."""
    place = tmp_path_factory.mktemp("exchange")
    office = new_desk(place / "office", "Regional office (invented)", Desk.HEADQUARTERS)
    post = new_desk(place / "post", "Ras Nour crossing (invented)")
    stick = place / "between"
    stick.mkdir()
    yield Two(post, office, stick, place / "office" / "stick" / "headquarters-keys.age")
    post.close()
    office.close()


@pytest.fixture
def at(two: Two, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Iterator["At"]:
    made = At(two, monkeypatch, qtbot)
    yield made
    made.leave()


class At:
    """One window at a time; what would be picked in a dialog is laid down before."""

    def __init__(self, two: Two, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
        self._two = two
        self._patch = monkeypatch
        self._qtbot = qtbot
        self.window: MainWindow | None = None
        self.picked: Path | None = None

    def go(self, vault: OpenVault, screen: str, **arguments: Any) -> MainWindow:
        self.leave()
        self.window = window = window_at(vault, screen, **arguments)
        self._patch.setattr(window, "ask_folder", lambda title: self._two.stick)
        self._patch.setattr(window, "ask_file", lambda title, kind: self.picked)
        self.rest()
        return window

    def press(self, name: str) -> None:
        assert self.window is not None
        press(self.window, name)
        self.rest()

    def rest(self) -> None:
        assert self.window is not None
        rest(self._qtbot, self.window)

    def leave(self) -> None:
        if self.window is not None:
            done_with(self.window)
            self.window = None


def bundle(two: Two) -> Path:
    return max(two.stick.glob("*.fkb"), key=lambda path: path.stat().st_mtime_ns)


def test_1_before_enrolment_export_is_refused_and_what_is_missing_is_shown(two: Two, at: At) -> None:
    window = at.go(two.post, "exchange")
    assert says(window, "This post is not enrolled yet")
    assert says(window, "The recovery slot: headquarters can open this laptop in an emergency: missing")
    with pytest.raises(AssertionError):
        find_button(window, "Export into a folder")
    assert nameless(window) == []
    at.press("Enrol with headquarters")
    assert isinstance(window.screen_shown, EnrolScreen)


def test_2_headquarters_writes_its_office_file_and_shows_its_words(two: Two, at: At) -> None:
    window = at.go(two.office, "exchange")
    at.press("Write the office file into a folder")
    assert (two.stick / "office.fko").is_file()
    assert says(window, "The office file was written: office.fko.")
    assert says(window, "10. ")


def test_3_words_that_do_not_agree_change_nothing(two: Two, at: At) -> None:
    at.picked = two.stick / "office.fko"
    window = at.go(two.post, "enrol")
    at.press("Choose the office file")
    assert says(window, "headquarters can open this laptop")
    assert isinstance(window.screen_shown, EnrolScreen)
    assert [grid.values for grid in window.findChildren(ChoiceGrid)] == [()], "nothing is ticked in advance"
    at.press("No, or not sure")
    assert says(window, "The words do not agree. Nothing was changed.")
    assert two.post.recovery_missing
    assert Enrol(two.post).step is Step.OFFICE


def test_4_a_file_of_another_kind_is_a_sentence(two: Two, at: At, tmp_path: Path) -> None:
    at.picked = tmp_path / "office.fko"
    at.picked.write_bytes(b"no office")
    window = at.go(two.post, "enrol")
    at.press("Choose the office file")
    assert window.error_shown
    assert "fieldkit has no sentence" not in window.error_shown
    at.picked = tmp_path / "gone.fko"
    at.press("Choose the office file")
    assert "is no file of this kind" in window.error_shown


def test_5_words_that_agree_make_the_recovery_slot_and_the_request(two: Two, at: At) -> None:
    at.picked = two.stick / "office.fko"
    window = at.go(two.post, "enrol")
    at.press("Choose the office file")
    at.press("Yes, all ten")
    assert says(window, "Headquarters is trusted, and the recovery slot was made.")
    assert not two.post.recovery_missing
    at.press("Write the request into a folder")
    assert (two.stick / "device.fkr").is_file()
    assert says(window, "Read these words of this laptop to each other.")


def test_6_headquarters_certifies_with_the_stick_in(two: Two, at: At) -> None:
    at.picked = two.stick / "device.fkr"
    window = at.go(two.office, "certify")
    at.press("Choose the request file")
    assert says(window, "Ras Nour crossing (invented)")
    at.press("Yes, all ten")
    at.picked = two.keys
    at.press("Choose the file on the stick")
    screen = window.screen_shown
    assert isinstance(screen, CertifyScreen) and screen.phrase is not None
    screen.phrase.line.setText("another phrase that is wrong entirely")
    at.press("Make the certificate")
    assert says(window, "This phrase does not open the offline keys.")
    assert screen.phrase.value == ""
    screen.phrase.line.setText(OFFLINE_PHRASE)
    at.press("Make the certificate")
    assert says(window, "The certificate for Ras Nour crossing (invented) is made.")
    at.press("Write the certificate into a folder")
    assert (two.stick / "certificate.fkc").is_file()


def test_7_the_certificate_opens_the_way_to_export(two: Two, at: At) -> None:
    at.picked = two.stick / "certificate.fkc"
    window = at.go(two.post, "enrol")
    at.press("Choose the certificate file")
    assert says(window, "This post is enrolled with Regional office (invented).")
    at.press("Next: export")
    find_button(window, "Export into a folder")


def test_8_an_export_tells_what_left_and_what_stayed(two: Two, at: At) -> None:
    told = (NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR)
    case = screened(two.post, *told).case
    row = refer.suggestions(two.post, case)[0]
    refer.confirm(two.post, case, row.category, row.rule)
    screened(two.post, NO_URGENT_NEED, IN_PRIVATE, NOT_AGREED, AN_ADULT, FEAR)
    window = at.go(two.post, "exchange")
    at.press("Export into a folder")
    assert says(window, "The sealed files are written. Bring them to headquarters.")
    assert says(window, bundle(two).name)
    assert "bundle.exported" in kinds(two.post)


def test_9a_headquarters_sees_what_was_verified_before_it_accepts(two: Two, at: At) -> None:
    at.picked = bundle(two)
    window = at.go(two.office, "exchange")
    at.press("Import a bundle")
    assert says(window, "Sealed to this headquarters, signed by a certified laptop, nothing altered.")
    assert says(window, "Missing before them")
    assert says(window, "none")
    assert "bundle.imported" not in kinds(two.office)
    at.press("Accept this bundle")
    assert says(window, "The bundle was accepted.")
    assert "bundle.imported" in kinds(two.office)


def test_9b_the_same_bundle_again_is_told_kindly(two: Two, at: At) -> None:
    window = at.go(two.office, "import_bundle", path=bundle(two))
    assert says(window, "Everything in this bundle is held already.")
    at.press("Next: figures")
    assert window.context.navigation.here[0] == "headquarters"


@pytest.mark.parametrize("how", ["altered", "truncated", "something else"])
def test_9c_a_damaged_bundle_is_a_sentence_and_changes_nothing(
    two: Two, at: At, tmp_path: Path, how: str
) -> None:
    content = bundle(two).read_bytes()
    bad = {
        "altered": content[:5000] + bytes([content[5000] ^ 1]) + content[5001:],
        "truncated": content[: len(content) // 2],
        "something else": b"a letter",
    }[how]
    path = tmp_path / "bad.fkb"
    path.write_bytes(bad)
    before = kinds(two.office)
    window = at.go(two.office, "import_bundle", path=path)
    settle()
    assert "fieldkit has no sentence" not in " ".join(_said(window))
    with pytest.raises(AssertionError):
        find_button(window, "Accept this bundle")
    assert kinds(two.office) == before
    assert _said(window)


def test_9d_a_bundle_for_somebody_else_says_so(
    two: Two, at: At, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "other.fkb"
    path.write_bytes(seal(b"for another office", [SealingKey.generate().recipient]))
    window = at.go(two.office, "import_bundle", path=path)
    assert _said(window) and "fieldkit has no sentence" not in " ".join(_said(window))
    monkeypatch.setattr(window, "ask_file", lambda *_: bundle(two))
    at.press("Choose another file")
    assert says(window, "Sealed to this headquarters"), "the next file is looked at from here"


def test_9e_a_full_stick_is_told_and_leaves_no_file(
    two: Two, at: At, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window = at.go(two.post, "exchange")
    monkeypatch.setattr(window, "ask_folder", lambda title: tmp_path / "gone")
    at.press("Export into a folder")
    assert _said(window) and "fieldkit has no sentence" not in " ".join(_said(window))


def _said(window: MainWindow) -> list[str]:
    """The sentences of the banners that stand there."""
    return [banner.accessibleName() for banner in window.findChildren(Banner) if banner.isVisible()]
