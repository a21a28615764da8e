"""The frame: what stands where, for whom, in both directions; the keys; waiting; errors; notices."""

import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import ClassVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from fieldkit.domain.access import Role, may
from fieldkit.domain.errors import PersonFault
from fieldkit.domain.ports import Progress
from fieldkit.services.vault import Desk, OpenVault
from fieldkit.ui import places, theme
from fieldkit.ui.actions import BY_ID, COMMANDS, key_words
from fieldkit.ui.background import Background
from fieldkit.ui.context import Context, Navigation
from fieldkit.ui.main_window import ROLE_WORDS, MainWindow
from fieldkit.ui.screens.screen import Do, Screen, Way
from fieldkit.ui.settings import FILE_NAME, Settings, allowed, read, write
from fieldkit.ui.tokens import CONTENT_WIDTH, Appearance
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import column
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from tests.conftest import MakeVault
from tests.ui.conftest import OpenWindow, settle
from tests.ui.looking import cut, find_button, nameless, press, says


class Sample(Screen):
    """A screen with one of everything."""

    rail: ClassVar[str] = "home"

    def __init__(self, context: Context, note: str = "") -> None:
        super().__init__(context)
        self.note = note
        self.done: list[str] = []
        self.label = QLabel(note)
        self.may = True

    @property
    def title(self) -> str:
        return f"Sample {self.note}".strip()

    def build(self) -> QWidget:
        self.line = QLineEdit()
        self.line.setAccessibleName("A line")
        self.inner = button("Inner", lambda: self.done.append("inner"))
        self.grid = ChoiceGrid([Offered("a", "A"), Offered("b", "B")], name="Letters")
        return column(self.line, self.inner, self.grid)

    def main_action(self) -> Way:
        return Way("Do it", lambda: self.done.append("main"), "done", self.may, "Not yet")

    def commands(self) -> Mapping[str, Do]:
        return {"person_language": lambda: self.done.append("language")}

    def left(self) -> None:
        self.done.append("left")


@pytest.fixture(autouse=True)
def sample_screens(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(sys.modules, "fieldkit.ui.screens.sample", SimpleNamespace(Sample=Sample))
    monkeypatch.setattr(places, "PLACES", {**places.PLACES, "sample": "sample:Sample"})
    yield


def sample(window: MainWindow, note: str = "") -> Sample:
    window.context.go("sample", note=note)
    assert isinstance(window.screen_shown, Sample)
    QApplication.processEvents()
    return window.screen_shown


def left_of(window: MainWindow, one: QWidget, other: QWidget) -> bool:
    QApplication.processEvents()
    return one.mapTo(window, QPoint(0, 0)).x() < other.mapTo(window, QPoint(0, 0)).x()


# Who sees what


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


# Left and right


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


# Keys


def test_enter_does_the_main_thing_from_a_line_and_from_an_answer(
    qtbot: QtBot, post: OpenVault, open_window: OpenWindow
) -> None:
    screen = sample(window := open_window(post))
    window.activateWindow()
    for where in (screen.line, screen.grid.buttons["a"]):
        where.setFocus()
        qtbot.keyClick(where, Qt.Key.Key_Return)
    assert screen.done == ["main", "main"]


def test_enter_presses_the_button_that_has_the_keyboard(
    qtbot: QtBot, post: OpenVault, open_window: OpenWindow
) -> None:
    screen = sample(open_window(post))
    screen.inner.setFocus()
    qtbot.keyClick(screen.inner, Qt.Key.Key_Return)
    assert screen.done == ["inner"]


def test_enter_does_nothing_while_the_main_thing_is_off(
    qtbot: QtBot, post: OpenVault, open_window: OpenWindow
) -> None:
    window = open_window(post)
    screen = sample(window)
    screen.may = False
    window.context.refresh()
    screen.line.setFocus()
    qtbot.keyClick(screen.line, Qt.Key.Key_Return)
    assert screen.done == []
    assert says(window, "Not yet")


@pytest.mark.parametrize(("language", "key"), [("en", Qt.Key.Key_Left), ("ar", Qt.Key.Key_Right)])
def test_alt_and_the_arrow_that_points_back_go_back(
    qtbot: QtBot, post: OpenVault, open_window: OpenWindow, language: str, key: Qt.Key
) -> None:
    window = open_window(post, language=language)
    sample(window, "first")
    sample(window, "second")
    qtbot.keyClick(window, key, Qt.KeyboardModifier.AltModifier)
    assert isinstance(window.screen_shown, Sample)
    assert window.screen_shown.note == "first"


def test_keys_of_a_screen_work_there_only(qtbot: QtBot, post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    screen = sample(window)
    qtbot.keyClick(window, Qt.Key.Key_F2)
    window.context.go("help")
    qtbot.keyClick(window, Qt.Key.Key_F2)
    assert screen.done == ["language", "left"]


def test_f1_opens_help_and_ctrl_l_locks(qtbot: QtBot, post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert window.context.navigation.here[0] == "help"
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert window.context.navigation.here[0] == "sign_in"
    assert window.context.vault is None


def test_text_grows_and_shrinks_by_keys(qtbot: QtBot, post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    qtbot.keyClick(window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert window.context.settings.scale == 110
    qtbot.keyClick(window, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert window.context.settings.scale == 100


def test_every_command_is_told_in_help_with_its_keys(post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    window.context.go("help")
    for command in COMMANDS:
        assert says(window, command.text) and says(window, key_words(command, False))
    assert len(BY_ID) == len(COMMANDS)


def test_tooltips_tell_the_keys(post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    sample(window)
    assert window.footer.main and window.footer.back and window.bar.lock
    assert window.footer.main.toolTip() == "Do it (Enter)"
    assert window.footer.back.toolTip() == "Back (Alt+←)"
    assert window.bar.lock.toolTip() == "Lock (Ctrl+L)"


# Locking, waiting, errors


def test_locking_closes_the_vault(post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    screen = sample(window)
    press(window.bar, "Lock")
    assert screen.done == ["left"]
    assert window.context.vault is None
    with pytest.raises(Exception, match=r"database\.statement"):
        post.database.rows("SELECT 1")


def test_closing_the_window_closes_the_vault(post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    window.close()
    with pytest.raises(Exception, match=r"database\.statement"):
        post.database.rows("SELECT 1")


def test_while_work_runs_nothing_can_be_pressed_and_the_keyboard_comes_back(
    qtbot: QtBot, post: OpenVault, open_window: OpenWindow
) -> None:
    window = open_window(post)
    screen = sample(window)
    screen.line.setFocus()
    go_on = threading.Event()

    def work(progress: Progress) -> str:
        progress(2, 5)
        go_on.wait(10)
        return "ready"

    heard: list[str] = []
    job = window.context.background.run(
        work, what="Sealing the bundle", done=heard.append, failed=window.context.show_error
    )
    qtbot.waitUntil(lambda: job.whole == 5)
    assert window.curtain.isVisible() and window.curtain.card is None
    qtbot.keyClick(window.curtain, Qt.Key.Key_Return)
    assert screen.done == []
    window.context.background._too_long()
    assert says(window, "Sealing the bundle") and says(window, "2 of 5 done")
    assert window.curtain.geometry() == window.rect()
    go_on.set()
    settle(qtbot, window)
    assert heard == ["ready"]
    assert not window.curtain.isVisible()
    assert screen.line.hasFocus()


def test_work_that_was_cancelled_tells_nothing_more(
    qtbot: QtBot, post: OpenVault, open_window: OpenWindow
) -> None:
    window = open_window(post)
    sample(window)
    go_on = threading.Event()

    def work(progress: Progress) -> None:
        go_on.wait(10)
        progress(1, 2)

    window.context.background.run(work, what="Counting", done=print, failed=window.context.show_error)
    window.context.background._too_long()
    press(window.curtain, "Cancel")
    go_on.set()
    settle(qtbot, window)
    assert window.error_shown == ""


def test_an_error_is_told_in_words_until_somebody_closes_it(post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    sample(window)
    window.context.show_error(PersonFault("access.not_allowed", action="export"))
    told = window.error_shown
    assert told and "access.not_allowed" not in told
    press(window, "Close")
    assert window.error_shown == ""


def test_a_mistake_of_the_program_is_not_hidden(post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    with pytest.raises(ZeroDivisionError):
        window.context.show_error(ZeroDivisionError())


def test_saved_is_told_and_forgotten_on_the_next_screen(post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    sample(window)
    window.context.saved()
    assert says(window, "Saved")
    sample(window)
    assert not says(window, "Saved")


# Notices


def test_a_post_without_headquarters_is_told_what_is_missing(
    make_vault: MakeVault, open_window: OpenWindow
) -> None:
    window = open_window(make_vault(training=False))
    window.context.navigation.start("home")
    assert says(window, "not enrolled with a headquarters")
    assert not says(window, "for training")
    sample(window)
    assert not says(window, "not enrolled with a headquarters")


def test_a_training_vault_says_so(post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    assert says(window, "This vault is for training")


# Room and names


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
        assert window._page.width() <= window._scroll.viewport().width()


@pytest.mark.parametrize("screen", ["home", "help", "people", "choose_language", "sample"])
def test_a_screen_reader_has_a_name_for_everything(
    qtbot: QtBot, post: OpenVault, open_window: OpenWindow, screen: str
) -> None:
    window = open_window(post)
    window.context.go(screen, **({"form": "screening"} if screen == "choose_language" else {}))
    settle(qtbot, window)
    assert nameless(window) == []


# Settings


def test_settings_come_back_as_they_were_written(tmp_path: Path) -> None:
    settings = Settings("fr", Appearance.DARK, 150)
    write(tmp_path, settings)
    assert read(tmp_path) == settings


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"scale": 9000, "language": "xx", "appearance": 1}'])
def test_a_damaged_settings_file_keeps_nobody_out(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    assert read(tmp_path) == Settings()


def test_a_setting_that_is_not_allowed_leaves_the_others_alone() -> None:
    assert allowed({"scale": 120, "language": "tlh"}) == Settings(scale=120)


# Laws


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
