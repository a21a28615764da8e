"""Reviewing a translation in the window: beside its source, cleared by a name, saved for a pack."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from fieldkit.domain.access import Role
from fieldkit.languages.reviewing import from_po
from fieldkit.services.reviewing import Review
from fieldkit.services.vault import OpenVault
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.screens.review import ReviewScreen
from tests.ui.desks import done_with, new_desk, settle, window_at
from tests.ui.looking import cut, nameless, says

FOOD = "L03/food"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenVault]:
    vault = new_desk(tmp_path_factory.mktemp("review"), "Reviewing post (invented)")
    vault.person = replace(vault.person, roles=frozenset(Role))
    yield vault
    vault.close()


def page(window: MainWindow) -> ReviewScreen:
    assert isinstance(window.screen_shown, ReviewScreen)
    return window.screen_shown


def test_a_broken_placeholder_is_told_and_cannot_be_cleared(desk: OpenVault) -> None:
    window = window_at(desk, "review", tag="fr", leaflet="L03", who="Amina Invented")
    screen = page(window)
    good = screen.boxes[FOOD].value
    assert "{{contact_food}}" in good
    screen.boxes[FOOD].edit.setPlainText(good.replace("{{contact_food}}", "le bureau"))
    screen._clear(FOOD)
    settle()
    assert says(window, "What is filled in is not kept: {{contact_food}}")
    assert says(window, "cannot be marked as reviewed: English stands there instead.")
    screen.boxes[FOOD].edit.setPlainText(good)
    screen._clear(FOOD)
    settle()
    assert says(window, "Reviewed by Amina Invented ") and says(window, "2026")
    done_with(window)


def test_what_was_written_is_there_after_leaving(desk: OpenVault) -> None:
    window = window_at(desk, "review", tag="so", leaflet="L02")
    page(window).boxes["L02/title"].edit.setPlainText("Xuquuqdaada (invented)")
    window.context.go("review", tag="so")
    settle()
    done_with(window)
    held = {one.context: one for one in Review(desk, "so").of("L02")}
    assert held["L02/title"].text == "Xuquuqdaada (invented)" and not held["L02/title"].is_reviewed


def test_it_is_saved_where_a_pack_wants_it(
    desk: OpenVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    review = Review(desk, "es")
    review.clear("L03/title", "Amaru Invented")
    window = window_at(desk, "review", tag="es")
    monkeypatch.setattr(window, "ask_folder", lambda title: tmp_path)
    window._do_main()
    settle()
    saved = tmp_path / "translations" / "es" / "leaflets.po"
    assert says(window, "Saved as leaflets.po.") and saved.is_file()
    texts = [(one.context, one.source, one.remark) for one in review.paragraphs]
    back = {one.context: one for one in from_po(saved.read_bytes(), "es", saved.name, texts)}
    assert back["L03/title"].reviewed_by == "Amaru Invented" and not back["L03/may_ask"].is_reviewed
    done_with(window)


def test_a_file_that_is_none_changes_nothing(
    desk: OpenVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = tmp_path / "bad.po"
    bad.write_bytes(b'msgid "never ends')
    window = window_at(desk, "review", tag="pt")
    before = page(window).review
    assert before is not None
    held = before.paragraphs
    monkeypatch.setattr(window, "ask_file", lambda title, kind: bad)
    page(window)._open()
    settle()
    assert page(window).told is not None and before.paragraphs == held
    done_with(window)


@pytest.mark.parametrize(
    ("arguments", "language", "scale"),
    [({}, "ar", 100), ({"tag": "ar", "leaflet": "leaflet"}, "ar", 100), ({"tag": "ar"}, "en", 200)],
)
def test_everything_has_a_name_and_nothing_is_cut(
    desk: OpenVault, arguments: dict[str, str], language: str, scale: int
) -> None:
    window = window_at(desk, "review", language=language, scale=scale, **arguments)
    assert nameless(window) == []
    assert list(cut(window.body)) == []
    done_with(window)
