"""Receipts on the screen: taken in at a post, written at headquarters; what they say stands in Exchange."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fieldkit.services import backup, exchange, importing, receipts
from fieldkit.services.vault import OpenVault
from fieldkit.ui.main_window import MainWindow
from tests.stories import offices
from tests.stories.offices import Office, carry
from tests.stories.people import AGREED, FEAR, IN_PRIVATE, NO_URGENT_NEED, screened, somebody
from tests.ui.desks import done_with, press, rest, window_at
from tests.ui.looking import cut, nameless, says


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = offices.found(tmp_path / "office", "Invented Ford Service")
    yield made
    made.vault.close()


@pytest.fixture
def post(tmp_path: Path, office: Office) -> Iterator[OpenVault]:
    made = offices.open_post(tmp_path / "post", "Ford post (invented)")
    offices.enrol(made, office)
    screened(made, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody("Amaru Testperson"), FEAR)
    yield made
    made.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


def picks(window: MainWindow, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window, "ask_folder", lambda title: path)
    monkeypatch.setattr(window, "ask_file", lambda title, kind: path)


def test_before_the_first_one_exchange_says_so(post: OpenVault) -> None:
    window = window_at(post, "exchange")
    assert says(window, "Headquarters has not confirmed anything yet.")
    press(window, "Receipts")
    assert says(window, "No receipt has come yet.")
    assert nameless(window) == []
    done_with(window)


def test_a_receipt_is_written_carried_and_taken_in(
    post: OpenVault, office: Office, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    carry(post, office, stick)
    there = window_at(office.vault, "exchange")
    picks(there, stick, monkeypatch)
    press(there, "Receipts")
    assert says(there, "Ford post (invented)")
    press(there, "Write the receipts into a folder")
    assert says(there, "1 file was written.")
    done_with(there)

    (file,) = stick.glob("*.fks")
    window = window_at(post, "receipts")
    picks(window, file, monkeypatch)
    press(window, "Take in a file from headquarters")
    assert says(window, "The receipt was taken in.")
    held = receipts.held(post)
    assert held is not None
    assert says(window, f"up to number {held.number}")
    assert says(window, "nothing yet"), "nothing is safe there"
    press(window, "Take in a file from headquarters")
    assert says(window, "says nothing new")
    assert nameless(window) == []
    assert list(cut(window)) == []
    done_with(window)
    again = window_at(post, "exchange")
    assert says(again, "Headquarters holds records up to number")
    done_with(again)


def test_what_is_not_safe_is_sent_again_on_request(
    post: OpenVault, office: Office, stick: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    carry(post, office, stick)
    content = receipts.for_stream(office.vault, post.stream)
    assert content is not None
    receipts.accept(post, content)
    window = window_at(post, "receipts")
    picks(window, stick, monkeypatch)
    press(window, "Send again what is not safe")
    rest(qtbot, window)
    assert says(window, "The sealed files are written.")
    assert len(list(stick.glob("*.fkb"))) == 2
    done_with(window)


def test_a_file_that_is_something_else_changes_nothing(
    post: OpenVault, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (stick / "something.fks").write_bytes(b"not a statement")
    head = post.journal.heads()
    window = window_at(post, "receipts")
    picks(window, stick / "something.fks", monkeypatch)
    press(window, "Take in a file from headquarters")
    assert not says(window, "was taken in")
    assert post.journal.heads() == head
    done_with(window)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_is_cut_in_large_text(post: OpenVault, office: Office, stick: Path, language: str) -> None:
    for name in exchange.export(post, stick).files:
        importing.import_bundle(office.vault, stick / name)
    (stick / "safe").mkdir()
    backup.back_up(office.vault, stick / "safe", elsewhere=lambda *_: True)
    content = receipts.for_stream(office.vault, post.stream)
    assert content is not None
    receipts.accept(post, content)
    for vault in (post, office.vault):
        window = window_at(vault, "receipts", language=language, scale=200)
        assert list(cut(window)) == []
        done_with(window)
