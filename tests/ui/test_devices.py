"""Laptops and keys at headquarters, and a laptop at a post that headquarters knows otherwise."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fieldkit.domain.access import Role
from fieldkit.services import devices, enrolment, exchange, fingerprints, receipts, restored, rotation
from fieldkit.services.fingerprints import Whose
from fieldkit.services.vault import OpenVault
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.screens.enrol import EnrolScreen
from fieldkit.ui.widgets.code import CodePicture
from tests.stories import offices
from tests.stories.desks import only_as
from tests.stories.offices import Office
from tests.stories.people import AGREED, AN_ADULT, IN_PRIVATE, NO_URGENT_NEED, screened
from tests.ui.desks import done_with, press, rest, window_at
from tests.ui.looking import cut, find_button, line, nameless, says


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    founded = offices.found(tmp_path / "office", "Invented Border Service")
    for part in (devices, rotation):
        monkeypatch.setattr(part, "open_offline", lambda content, phrase: founded.offline)
    yield founded
    founded.vault.close()


@pytest.fixture
def post(tmp_path: Path, office: Office) -> Iterator[OpenVault]:
    made = offices.open_post(tmp_path / "post", "Bridge post (invented)")
    offices.enrol(made, office)
    yield made
    made.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "between").mkdir()
    return tmp_path / "between"


def at(vault: OpenVault, screen: str, patch: pytest.MonkeyPatch, folder: Path, file: Path) -> MainWindow:
    window = window_at(vault, screen)
    patch.setattr(window, "ask_folder", lambda title: folder)
    patch.setattr(window, "ask_file", lambda title, kind: file)
    return window


def somebody(post: OpenVault) -> None:
    screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT)


def test_a_lost_laptop_is_revoked_its_list_made_and_what_it_sends_set_aside(
    office: Office, post: OpenVault, stick: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    somebody(post)
    offices.carry(post, office, stick)
    window = at(office.vault, "devices", monkeypatch, stick, office.stick / "headquarters-keys.age")
    assert says(window, "Bridge post (invented): trusted")
    assert says(window, "Posts do not know yet what has changed here.")
    press(window, "Trust this laptop no more")
    press(window, "Trust it no more")
    assert says(window, "Write a reason first.")
    line(window).setText("left in a bus")
    press(window, "Trust it no more")
    assert says(window, "Bridge post (invented): not trusted any more")
    assert says(window, "left in a bus")
    press(window, "Make the trust list")
    press(window, "Choose the file on the stick")
    line(window).setText("any phrase")
    assert nameless(window) == []
    press(window, "Make the trust list")
    rest(qtbot, window)
    assert says(window, "Trust list 1 is made. Take the stick out now, and lock it away.")
    press(window, "Write the trust list into a folder")
    assert (stick / "trust-list.fks").is_file()
    done_with(window)
    somebody(post)
    offices.carry(post, office, stick)
    window = at(office.vault, "devices", monkeypatch, stick, stick)
    assert says(window, "Set aside, and not merged")
    assert says(window, "They came from a laptop that is not trusted any more.")
    assert list(cut(window)) == []
    press(window, "Merge them with a reason")
    line(window).setText("the officer brought it back")
    press(window, "Merge them")
    assert devices.set_aside(office.vault) == ()
    done_with(window)


def test_an_import_says_that_it_is_set_aside_and_why(
    office: Office, post: OpenVault, stick: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    devices.revoke(office.vault, enrolment.own_identity(post).device, "left in a bus")
    somebody(post)
    (name,) = exchange.export(post, stick).files
    window = window_at(office.vault, "import_bundle", path=stick / name)
    rest(qtbot, window)
    assert says(window, "The laptop that made this bundle is not trusted any more.")
    press(window, "Set it aside")
    rest(qtbot, window)
    assert says(window, "entries were set aside and not merged")
    press(window, "Laptops and keys")
    assert says(window, "Set aside, and not merged")
    done_with(window)


def test_keys_are_changed_and_the_former_one_is_let_go_when_nobody_needs_it(
    office: Office, post: OpenVault, stick: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = at(office.vault, "devices", monkeypatch, stick, office.stick / "headquarters-keys.age")
    press(window, "Change the bundle key")
    press(window, "Choose the file on the stick")
    line(window).setText("any phrase")
    press(window, "Change the bundle key")
    rest(qtbot, window)
    assert says(window, "these posts have not said yet that they know the new one: Bridge post (invented)")
    for content in devices.to_send(office.vault, enrolment.own_identity(post).device):
        devices.accept(post, content)
    somebody(post)
    offices.carry(post, office, stick)
    done_with(window)
    window = at(office.vault, "devices", monkeypatch, stick, stick)
    press(window, "Let the former key go")
    assert says(window, "The former key is gone.")
    assert not enrolment.office_keys(office.vault).former_bundles
    done_with(window)


def test_a_laptop_that_was_put_back_is_told_and_begins_again(
    office: Office,
    post: OpenVault,
    stick: Path,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from tests.stories.test_restored_and_copied import image_of  # noqa: PLC0415 (the story's own tool)

    twin = image_of(post, tmp_path / "twin")
    somebody(post)
    offices.carry(post, office, stick)
    device = enrolment.own_identity(post).device
    for content in receipts.to_send(office.vault, device):
        with pytest.raises(receipts.ReceiptFault):
            receipts.accept(twin, content)
    window = at(twin, "home", monkeypatch, stick, stick)
    assert says(window, "This laptop was put back to an earlier day.")
    press(window, "See what happened")
    for said in ("What happened", "What is safe", "The next step", "Headquarters holds entries up to"):
        assert says(window, said)
    assert nameless(window) == []
    assert list(cut(window)) == []
    press(window, "Begin again, with all data kept")
    rest(qtbot, window)
    assert isinstance(window.screen_shown, EnrolScreen)
    assert restored.finding(twin) is None
    press(window, "Write the request into a folder")
    rest(qtbot, window)
    assert says(window, "continues its former record, with all its data")
    done_with(window)
    twin.close()


def test_an_officer_is_told_who_can_let_it_begin_again(post: OpenVault) -> None:
    devices_list = restored.Finding(restored.What.NOT_TRUSTED)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(restored, "finding", lambda vault: devices_list)
        window = window_at(only_as(post, Role.OFFICER), "restored")
        assert says(window, "Somebody with the role of administrator lets this laptop begin again.")
        with pytest.raises(AssertionError):
            find_button(window, "Begin again, with all data kept")
        done_with(window)


def test_a_post_changes_its_key_and_takes_in_what_headquarters_says(
    office: Office, post: OpenVault, stick: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = devices.publish(office.vault, b"", "")
    (stick / made.name).write_bytes(made.content)
    window = at(post, "enrol", monkeypatch, stick, stick / made.name)
    press(window, "Take in a file from headquarters")
    rest(qtbot, window)
    assert says(window, "The file was taken in.")
    press(window, "Take in a file from headquarters")
    rest(qtbot, window)
    assert says(window, "Everything in this file is known already.")
    press(window, "Change this laptop's signing key")
    rest(qtbot, window)
    assert says(window, "The request is for a new signing key.")
    (code,) = window.findChildren(CodePicture)
    assert code.isVisible()
    assert exchange.export(post, stick).files, "the present key serves"
    press(window, "Keep the present key")
    rest(qtbot, window)
    assert says(window, "This post is enrolled with")
    done_with(window)


def test_a_code_that_was_read_agrees_or_does_not(
    office: Office, tmp_path: Path, stick: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = offices.open_post(tmp_path / "new", "New post (invented)")
    file = enrolment.office_file(office.vault)
    (stick / file.name).write_bytes(file.content)
    window = at(new, "enrol", monkeypatch, stick, stick / file.name)
    press(window, "Choose the office file")
    rest(qtbot, window)
    shown = line(window)
    shown.setText(fingerprints.code_text(Whose.LAPTOP, enrolment.office_summary(office.vault).fingerprint))
    shown.returnPressed.emit()
    assert says(window, "This code says something else.")
    assert enrolment.enrolment(new).office is None
    shown.setText(fingerprints.code_text(Whose.OFFICE, enrolment.office_summary(office.vault).fingerprint))
    shown.returnPressed.emit()
    rest(qtbot, window)
    assert enrolment.enrolment(new).office is not None
    done_with(window)
    new.close()


def test_the_words_are_printed_with_their_code(
    office: Office, stick: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = at(office.vault, "exchange", monkeypatch, stick, stick)
    press(window, "Print these words")
    rest(qtbot, window)
    press(window, "Save as PDF")
    rest(qtbot, window)
    assert (stick / "words-to-compare.pdf").read_bytes().startswith(b"%PDF")
    done_with(window)
