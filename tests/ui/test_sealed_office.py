"""Headquarters' pages of what is sealed: an administrator names a reader, who then reads and counts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from fieldkit.domain.access import Role
from fieldkit.domain.classes import SealedClass
from fieldkit.languages.isolates import isolate_words, without_isolates
from fieldkit.services import office_clearance
from fieldkit.services.vault import Desk
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.screens.add_account import AddAccountScreen
from fieldkit.ui.screens.cases import CasesScreen
from tests.stories import sealed_office
from tests.stories.desks import only_as
from tests.stories.people import AGREED, FEAR, IN_PRIVATE, NO_URGENT_NEED, screened
from tests.stories.sealed_office import NOOR, Headquarters
from tests.ui.desks import done_with, new_desk, press, settle, window_at
from tests.ui.looking import cut, line, nameless, texts

ASYLUM = "Why the person left and fears to go back"


@pytest.fixture(scope="module")
def headquarters(tmp_path_factory: pytest.TempPathFactory, built: Path) -> Iterator[Headquarters]:
    folder = tmp_path_factory.mktemp("sealed office")
    made = sealed_office.found(folder)
    yield made
    made.vault.close()


def said(window: MainWindow) -> str:
    settle()
    assert not list(cut(window)) and not list(nameless(window))
    return "\n".join(without_isolates(text) for text in texts(window))


def test_an_administrator_names_a_reader_with_a_reason(headquarters: Headquarters) -> None:
    window = window_at(headquarters.in_as("Coordinator"), "sealed_readers")
    press(window, "Decide who may read it")
    assert "Coordinator: nobody names themselves." in said(window)
    press(window, f"{ASYLUM}: Let {isolate_words(NOOR)} read it")
    press(window, "Let them read it")
    assert "Write why, in a few words." in said(window)
    line(window).setText("follows up cases (invented)")
    press(window, "Let them read it")
    assert "Noor may read it." in said(window)
    assert headquarters.vault.clearance_of(headquarters.ids[NOOR]) == {SealedClass.ASYLUM}
    done_with(window)


def test_somebody_alone_is_led_to_adding_somebody_first(tmp_path: Path) -> None:
    office = new_desk(tmp_path / "office", "Office of one (invented)", desk=Desk.HEADQUARTERS)
    window = window_at(office, "office_readers")
    assert "You are the only coordinator here" in said(window)
    press(window, "Add somebody")
    assert isinstance(window.screen_shown, AddAccountScreen)
    done_with(window)
    office.close()


def test_who_was_named_reads_and_counts_and_the_administrator_is_told_whom_to_ask(
    headquarters: Headquarters, tmp_path: Path
) -> None:
    headquarters.publish()
    post = sealed_office.post_of(headquarters, tmp_path / "post", "Sealing post (invented)")
    done = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, FEAR)
    sealed_office.carry(post, headquarters, tmp_path)
    post.close()

    window = window_at(headquarters.in_as("Coordinator"), "cases")
    screen = window.screen_shown
    assert isinstance(screen, CasesScreen) and screen.table is not None
    screen.table.setCurrentIndex(screen.table.model().index(0, 0))
    screen.table.activated.emit(screen.table.currentIndex())
    told = said(window)
    assert f"Number {done.number}" in told and "Ask: Noor" in told and "came without" in told
    window.context.go("sealed_figures")
    assert "There is nothing here that you may count." in said(window)
    done_with(window)

    window = window_at(headquarters.in_as(NOOR), "sealed_case", case=done.case)
    told = said(window)
    assert ASYLUM in told and "Are you afraid" in told
    window.context.go("sealed_figures")
    told = said(window)
    assert ASYLUM in told and "Interviews: asked 1, not asked 0" in told
    done_with(window)


@pytest.mark.parametrize(("language", "scale"), [("ar", 100), ("en", 200)])
def test_the_pages_have_room_in_every_language(headquarters: Headquarters, language: str, scale: int) -> None:
    vault = headquarters.vault
    only_as(vault, Role.COORDINATOR, Role.ADMINISTRATOR)
    for screen in ("office_readers", "sealed_figures"):
        window = window_at(vault, screen, language=language, scale=scale)
        said(window)
        assert (window.layoutDirection() is Qt.LayoutDirection.RightToLeft) == (language == "ar")
        done_with(window)
    assert office_clearance.overview(vault)
