"""The frame: what stands where, for whom, in both directions, and that it has room."""

import subprocess
import sys
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fieldkit.domain.access import Role, may
from fieldkit.services.vault import Desk, OpenVault
from fieldkit.ui import places, theme
from fieldkit.ui.background import Background
from fieldkit.ui.context import Navigation
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.presenters.roles import ROLE_WORDS
from fieldkit.ui.screens.screen import Screen
from fieldkit.ui.settings import read
from fieldkit.ui.tokens import CONTENT_WIDTH
from tests.conftest import MakeVault
from tests.ui.conftest import OpenWindow, settle
from tests.ui.looking import cut, find_button, nameless, says
from tests.ui.sample_screen import sample, sample_screens

__all__ = ["sample_screens"]


def left_of(window: MainWindow, one: QWidget, other: QWidget) -> bool:
    QApplication.processEvents()
    return one.mapTo(window, QPoint(0, 0)).x() < other.mapTo(window, QPoint(0, 0)).x()


def test_a_post_has_no_headquarters_and_headquarters_no_interviews(
    make_vault: MakeVault, open_window: OpenWindow
) -> None:
    at_post = set(open_window(make_vault()).rail.buttons)
    at_headquarters = set(open_window(make_vault(desk=Desk.HEADQUARTERS)).rail.buttons)
    assert {"home", "help"} <= at_post
    assert "headquarters" not in at_post
    assert "headquarters" in at_headquarters and "home" not in at_headquarters


def test_the_rail_follows_the_table_of_rights() -> None:
    def seen(desk: str, *roles: Role) -> list[str]:
        vault = SimpleNamespace(
            desk=SimpleNamespace(value=desk), may=lambda action: may(frozenset(roles), action)
        )
        return [place.screen for place in places.RAIL if places.allowed(place, vault)]  # type: ignore[arg-type]

    assert seen("post", Role.OFFICER) == ["home", "information", "exchange", "help"]
    assert seen("post", Role.ADMINISTRATOR) == ["information", "exchange", "help"]
    assert seen("headquarters", Role.COORDINATOR) == ["information", "exchange", "headquarters", "help"]


def test_the_bar_says_where_and_who_and_the_title_says_nobody(
    post: OpenVault, open_window: OpenWindow
) -> None:
    window = open_window(post)
    assert says(window, post.name)
    assert says(window, "Officer One, every role")
    assert window.windowTitle() == f"fieldkit · {post.name}"
    assert "Officer One" not in window.windowTitle()
    assert set(ROLE_WORDS) == set(Role)


def test_before_sign_in_there_is_no_rail_and_nothing_to_lock(
    post: OpenVault, open_window: OpenWindow
) -> None:
    window = open_window(post)
    window.context.lock()
    assert not window.rail.isVisible()
    assert window.bar.lock is None
    assert window.windowTitle() == "fieldkit"
    assert not says(window, "officer, counsellor")


def test_everything_stands_at_the_reading_start_in_english(post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    screen = sample(window)
    assert window.footer.back and window.footer.main and window.bar.lock
    assert left_of(window, window.rail, screen.line)
    assert left_of(window, window.footer.back, window.footer.main)
    assert left_of(window, screen.line, window.bar.lock)


def test_everything_is_mirrored_in_arabic(post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post, language="ar")
    screen = sample(window)
    assert window.footer.back and window.footer.main and window.bar.lock
    assert left_of(window, screen.line, window.rail)
    assert left_of(window, window.footer.main, window.footer.back)
    assert left_of(window, window.bar.lock, screen.line)
    assert window.layoutDirection() is Qt.LayoutDirection.RightToLeft


def test_another_language_turns_the_window_round_at_once(post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    screen = sample(window, "kept")
    window.context.use_language("ar")
    assert window.screen_shown is screen
    assert left_of(window, window.footer.main or window, window.rail)
    assert read(post.folder).language == "ar"


def test_the_content_is_at_most_1100_pixels_wide(post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    screen = sample(window)
    window.resize(2400, 900)
    QApplication.processEvents()
    assert screen.line.width() == CONTENT_WIDTH


# Words 40 % longer than English at 200 %, and the languages there are at the largest size.
@pytest.mark.parametrize(
    ("language", "scale"),
    [("en_XA", 200), ("ar_XB", 200), ("ar", 250)],
)
@pytest.mark.parametrize("screen", ["home", "help", "people", "choose_language"])
def test_nothing_is_cut_in_long_words_and_large_text(
    qtbot: QtBot, post: OpenVault, open_window: OpenWindow, screen: str, language: str, scale: int
) -> None:
    window = open_window(post, language=language, scale=scale)
    window.context.go(screen, **({"form": "screening"} if screen == "choose_language" else {}))
    settle(qtbot, window)
    assert list(cut(window)) == []
    if scale <= 200:  # above that a page may scroll sideways, but nothing is cut
        assert window.page.content.width() <= window.page.viewport().width()


@pytest.mark.parametrize("screen", ["home", "help", "people", "choose_language", "sample"])
def test_a_screen_reader_has_a_name_for_everything(
    qtbot: QtBot, post: OpenVault, open_window: OpenWindow, screen: str
) -> None:
    window = open_window(post)
    window.context.go(screen, **({"form": "screening"} if screen == "choose_language" else {}))
    settle(qtbot, window)
    assert nameless(window) == []


def test_no_way_leads_back_past_a_start() -> None:
    navigation = Navigation()
    navigation.start("home")
    navigation.go("people")
    navigation.go("help")
    navigation.instead("outcome")
    navigation.back()
    assert navigation.here[0] == "people"
    navigation.start("sign_in")
    assert not navigation.can_go_back()
    navigation.back()
    assert navigation.here[0] == "sign_in"


def test_the_window_is_there_before_the_heavy_parts_are_loaded() -> None:
    program = (
        "import sys, tempfile, pathlib; from fieldkit.ui import application\n"
        "program = application.make_application()\n"
        "folder = pathlib.Path(tempfile.gettempdir(), 'no vault of fieldkit here')\n"
        "window = application.make_window(application.make_context(folder))\n"
        "application.make_safe(window); window.show()\n"
        "heavy = {'sqlcipher3', 'cryptography', 'reportlab', 'lxml', 'babel.dates', 'icu', 'zxcvbn', 'pyxform',\n"
        "    'fieldkit.services.vault', 'fieldkit.ui.lock.guard', 'fieldkit.ui.screens.cover', 'PySide6.QtDBus'}\n"
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))) or 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_every_place_leads_to_a_screen() -> None:
    for name in set(places.PLACES) - {"sample"}:
        assert issubclass(places.screen_class(name), Screen)


def test_every_button_of_the_frame_can_be_found_by_its_word(post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    sample(window)
    for word in ("Lock", "Back", "Do it", "People", "Help"):
        assert find_button(window, word).isVisibleTo(window)
    assert isinstance(window.context.background, Background)


def test_no_part_ever_flashes_up_as_a_window_of_its_own(
    qtbot: QtBot, post: OpenVault, open_window: OpenWindow
) -> None:
    window = open_window(post)
    for name in ("home", "people", "help", "sample"):
        window.context.go(name)
        settle(qtbot, window)
        assert window.isActiveWindow(), f"{name} took the keyboard away from the window"
    window.context.lock()
    settle(qtbot, window)
    assert window.isActiveWindow()


def test_the_main_button_stays_while_somebody_writes(post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    screen = sample(window)
    before = window.footer.main
    window.context.refresh()
    assert window.footer.main is before
    screen.may = False
    window.context.refresh()
    assert window.footer.main is not None and not window.footer.main.isEnabled()
    screen.may = True
    window.context.refresh()
    assert window.footer.main is not None
    window.footer.main.click()
    assert screen.done == ["main"]


@pytest.mark.parametrize(("scale", "size"), [(200, (1366, 768)), (100, (800, 520)), (150, (1024, 600))])
def test_a_small_window_keeps_its_room_for_the_content(
    post: OpenVault, open_window: OpenWindow, scale: int, size: tuple[int, int]
) -> None:
    window = open_window(post)
    while theme.current().scale != scale:
        window.context.use_scale(1)
    window.resize(*size)
    QApplication.processEvents()
    assert window.bar.height() + window.footer.height() < size[1] / 2
    for word in ("People", "Help"):
        assert find_button(window, word).isVisibleTo(window), "a place without its word is still found by it"
    assert window.bar.language.accessibleName().endswith("English")
