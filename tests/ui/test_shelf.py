"""The shelf through the window: empty where no pack brought anything, searched where there is something."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldkit.services.vault import OpenVault
from fieldkit.ui.screens.shelf import ShelfScreen
from tests.ui.desks import done_with, new_desk, settle, window_at
from tests.ui.looking import nameless, says


@pytest.fixture(scope="module")
def training(tmp_path_factory: pytest.TempPathFactory, built: Path) -> Iterator[OpenVault]:
    vault = new_desk(tmp_path_factory.mktemp("post"), "Shelf post (invented)")
    yield vault
    vault.close()


def test_a_word_finds_what_is_on_the_shelf(training: OpenVault) -> None:
    window = window_at(training, "shelf")
    assert says(window, "Everything here is invented, for training.")
    assert says(window, "Expired. Do not use it; ask headquarters for what is true today.")
    assert nameless(window) == []
    page = window.screen_shown
    assert isinstance(page, ShelfScreen) and page.search is not None
    page.search.field.line.setText("amber")
    page.search.look()
    settle()
    assert says(window, "The Amber valley (invented)") and not says(window, "The Copper coast (invented)")
    page.search.field.line.setText("nowhere")
    page.search.look()
    settle()
    assert says(window, "Nothing known is not safety.")
    done_with(window)


def test_without_a_pack_it_says_how_it_fills(training: OpenVault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(training.__dict__, "training", False)
    window = window_at(training, "shelf")
    assert says(window, "This shelf is empty.")
    assert says(window, "comes with a signed content pack from headquarters")
    done_with(window)
