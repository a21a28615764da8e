"""What locks, when, and what is done before the process that held the key ends."""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable
from ctypes import addressof, create_string_buffer, wintypes
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QPoint, Qt, QTimer
from PySide6.QtGui import QClipboard, QInputMethodEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from fieldkit.domain.errors import DeviceFault
from fieldkit.services import cover
from fieldkit.services.vault import OpenVault
from fieldkit.ui import application, world
from fieldkit.ui.background import Background, at_latest
from fieldkit.ui.context import Context, close_here
from fieldkit.ui.lock import clipboard, successor, windows
from fieldkit.ui.lock.ending import ProcessEnds
from fieldkit.ui.lock.guard import Guard
from fieldkit.ui.lock.idle import WARNING, Clocks
from fieldkit.ui.lock.laptop import Heard, Silent, this_laptop
from fieldkit.ui.lock.linux import LinuxLaptop
from fieldkit.ui.lock.why import SHOWS_FOR, WRITES_FOR, Why
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.presenters.sign_in import SignIn
from fieldkit.ui.settings import Settings
from fieldkit.ui.vaults import Vaults
from installers.packed import MODULES_LEFT_OUT
from tests.ui.conftest import OpenWindow, settle
from tests.ui.looking import cut, says


class Hands:
    """Both clocks of a laptop, and a laptop that says what it is told to."""

    def __init__(self) -> None:
        self.awake = self.always = 1000.0
        self.heard: Heard | None = None
        self.why: list[Why] = []

    def pass_(self, seconds: float, asleep: float = 0.0) -> None:
        self.awake += seconds - asleep
        self.always += seconds

    def begin(self, heard: Heard) -> None:
        self.heard = heard

    def end(self) -> None:
        self.heard = None


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def window(post: OpenVault, open_window: OpenWindow, hands: Hands) -> MainWindow:
    """Somebody signed in; a guard stands that goes by `hands`. A lock says why and closes in this process."""
    window = open_window(post)

    def ends(context: Context, why: Why) -> None:
        hands.why.append(why)
        close_here(context, why)

    window.context.ends = ends
    guard = Guard(window, Clocks(lambda: hands.awake, lambda: hands.always), hands)
    window.context.watch = guard
    guard.begin()
    return window


def look(window: MainWindow) -> None:
    """As the guard does every second."""
    guard = window.context.watch
    assert isinstance(guard, Guard)
    guard.look()


def counting(window: MainWindow) -> bool:
    """Whether the last seconds are counted down on the screen."""
    return window.counts_down


def handle(window: MainWindow) -> QWindow:
    """Where the system brings keys to."""
    found = window.windowHandle()
    assert found is not None
    return found


IDLE = cover.IDLE_USUAL * 60


# Nobody is there


def test_a_vault_left_alone_is_locked(window: MainWindow, hands: Hands) -> None:
    hands.pass_(IDLE - 1)
    look(window)
    assert hands.why == []
    hands.pass_(1)
    look(window)
    assert hands.why == [Why.IDLE]
    assert hands.heard is None, "nobody listens any more"


def test_the_last_half_minute_is_counted_down(window: MainWindow, hands: Hands) -> None:
    hands.pass_(IDLE - WARNING - 1)
    look(window)
    assert not counting(window)
    for left in (30, 29, 2, 1):
        hands.pass_(IDLE - left - (hands.always - 1000))
        look(window)
        assert says(window, f"locked in {left} second")
        assert list(cut(window)) == []


def test_any_key_stops_the_countdown_and_does_nothing_else(window: MainWindow, hands: Hands) -> None:
    for key in (Qt.Key.Key_F1, Qt.Key.Key_Return, Qt.Key.Key_A):
        hands.pass_(IDLE - 10)
        look(window)
        assert counting(window)
        QTest.keyClick(handle(window), key)
        assert not counting(window)
        assert window.context.navigation.here[0] == "home"
    hands.pass_(IDLE - 10)
    look(window)
    assert hands.why == []


def test_a_key_that_is_a_shortcut_shows_that_somebody_is_there(window: MainWindow, hands: Hands) -> None:
    hands.pass_(IDLE - 60)
    QTest.keyClick(handle(window), Qt.Key.Key_F1)
    assert window.context.navigation.here[0] == "help"
    hands.pass_(IDLE - 60)
    look(window)
    assert hands.why == [] and not counting(window)


def test_words_from_an_input_method_count(window: MainWindow, hands: Hands) -> None:
    window.context.go("settings")
    line = next(one for one in window.findChildren(QLineEdit) if one.isVisible())
    line.setFocus()
    hands.pass_(IDLE - 10)
    look(window)
    assert counting(window)
    words = QInputMethodEvent()
    words.setCommitString("ሰላም")
    QApplication.sendEvent(line, words)
    assert not counting(window)
    assert line.text() == "ሰላም"


def test_a_mouse_that_is_moved_is_somebody_one_that_trembles_is_not(window: MainWindow, hands: Hands) -> None:
    there = handle(window)
    QTest.mouseMove(there, QPoint(200, 200))
    hands.pass_(IDLE - 10)
    for step in range(6):
        QTest.mouseMove(there, QPoint(200 + step % 3, 200))
    look(window)
    assert counting(window)
    QTest.mouseMove(there, QPoint(260, 240))
    assert not counting(window)


def test_a_press_in_a_menu_counts(window: MainWindow, hands: Hands, qtbot: QtBot) -> None:
    menu = QMenu(window)
    qtbot.addWidget(menu)
    menu.addAction("One")
    menu.popup(window.mapToGlobal(QPoint(100, 100)))
    look(window)  # every second: windows that came are seen
    hands.pass_(IDLE - 10)
    popup = menu.windowHandle()
    assert popup is not None
    QTest.keyClick(popup, Qt.Key.Key_Down)
    look(window)
    assert not counting(window)


def test_the_clock_counts_while_the_laptop_sleeps(window: MainWindow, hands: Hands) -> None:
    hands.pass_(3600, asleep=3599)
    look(window)
    assert hands.why == [Why.SLEEP]


def test_however_short_it_slept_it_is_locked(window: MainWindow, hands: Hands) -> None:
    hands.pass_(4, asleep=3)
    look(window)
    assert hands.why == [Why.SLEEP]


def test_small_differences_of_the_clocks_are_no_sleep(window: MainWindow, hands: Hands) -> None:
    for _ in range(100):
        hands.pass_(1, asleep=0.01)
        look(window)
    assert hands.why == []


def test_the_minutes_of_the_vault_count_at_once(window: MainWindow, hands: Hands, post: OpenVault) -> None:
    window.context.go("settings")
    cover.choose_idle_minutes(post, 1)
    assert window.context.watch is not None
    window.context.watch.use_minutes(1)
    hands.pass_(61)
    look(window)
    assert hands.why == [Why.IDLE]


def test_the_guard_begins_anew_with_the_next_sign_in(
    window: MainWindow, hands: Hands, post: OpenVault
) -> None:
    hands.pass_(IDLE)
    look(window)
    assert hands.why == [Why.IDLE]
    hands.pass_(IDLE * 5)
    look(window)  # nobody is signed in: nothing happens
    assert hands.why == [Why.IDLE]


# What the laptop says


def test_a_lid_a_suspend_and_a_locked_session_lock_at_once(window: MainWindow, hands: Hands) -> None:
    assert hands.heard is not None
    hands.heard()
    assert hands.why == [Why.SLEEP]


@pytest.mark.skipif(sys.platform != "linux", reason="D-Bus")
def test_linux_says_it_by_signals() -> None:
    heard: list[str] = []
    laptop = LinuxLaptop()
    laptop.begin(lambda: heard.append("lock"))
    laptop.switched(False)  # awake again
    assert heard == []
    laptop.switched(True)  # PrepareForSleep, ActiveChanged
    laptop.said()  # Lock
    assert heard == ["lock", "lock"]
    laptop.end()
    laptop.switched(True)
    assert heard == ["lock", "lock"]


def setting(kind: bytes, value: int) -> bytes:
    return kind + (4).to_bytes(4, "little") + value.to_bytes(4, "little")


def test_windows_says_it_by_messages() -> None:
    means = windows.Meaning()
    power, session = windows.WM_POWERBROADCAST, windows.WM_WTSSESSION_CHANGE
    lid = windows.PBT_POWERSETTINGCHANGE
    assert means.locks(power, windows.PBT_APMSUSPEND)
    assert means.locks(session, windows.WTS_SESSION_LOCK)
    assert means.locks(session, windows.WTS_CONSOLE_DISCONNECT)
    assert means.locks(windows.WM_QUERYENDSESSION, 0)
    assert not means.locks(session, 0x8), "unlocked"
    assert not means.locks(power, 0x7), "awake again"
    assert not means.locks(0x0100, windows.PBT_APMSUSPEND), "another message"
    assert not means.locks(power, lid, setting(windows.LID, 0)), "on a desk with its lid closed: no news"
    assert not means.locks(power, lid, setting(windows.LID, 1)), "opened"
    assert means.locks(power, lid, setting(windows.LID, 0)), "closed"
    assert not means.locks(power, lid, setting(bytes(16), 0)), "something else about the power"
    assert not means.locks(power, lid, windows.LID), "cut off"


def test_a_message_of_windows_reaches_the_guard(window: MainWindow) -> None:
    heard: list[str] = []
    laptop = windows.WindowsLaptop(window)
    laptop.begin(lambda: heard.append("lock"))
    message = wintypes.MSG()
    message.message, message.wParam = windows.WM_WTSSESSION_CHANGE, windows.WTS_SESSION_LOCK
    assert laptop.nativeEventFilter(b"windows_generic_MSG", addressof(message)) == (False, 0)
    laptop.nativeEventFilter(QByteArray(b"xcb_generic_event_t"), addressof(message))
    assert heard == ["lock"]
    kept = [create_string_buffer(setting(windows.LID, value)) for value in (1, 0)]
    message.message, message.wParam = windows.WM_POWERBROADCAST, windows.PBT_POWERSETTINGCHANGE
    for one in kept:
        message.lParam = addressof(one)
        laptop.nativeEventFilter(b"windows_generic_MSG", addressof(message))
    assert heard == ["lock", "lock"]
    laptop.end()


def test_every_system_has_its_own_laptop(window: MainWindow) -> None:
    assert isinstance(this_laptop(window, "linux"), LinuxLaptop)
    assert isinstance(this_laptop(window, "win32"), windows.WindowsLaptop)
    assert isinstance(this_laptop(window, "darwin"), Silent)


def test_without_the_library_the_clocks_remain(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fieldkit.ui.lock.linux", None)
    assert isinstance(this_laptop(window, "linux"), Silent)


def test_the_installer_packs_what_the_laptop_says_it_with() -> None:
    assert "PySide6.QtDBus" not in MODULES_LEFT_OUT


def test_a_program_that_is_suspended_or_comes_back_looks_at_the_clocks(
    window: MainWindow, hands: Hands
) -> None:
    hands.pass_(IDLE)
    QApplication.instance().applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)  # type: ignore[union-attr]
    assert hands.why == [Why.IDLE]


def test_a_suspended_program_locks(window: MainWindow, hands: Hands) -> None:
    state = Qt.ApplicationState.ApplicationSuspended
    QApplication.instance().applicationStateChanged.emit(state)  # type: ignore[union-attr]
    assert hands.why == [Why.SLEEP]


# Keys that work everywhere


def test_panic_works_everywhere(window: MainWindow, hands: Hands) -> None:
    places = ("home", "help", "exchange", "settings")
    window.context.ends = lambda _, why: hands.why.append(why)
    for where in places:
        window.context.go(where)
        panic(window)
    assert hands.why == [Why.PANIC] * len(places)


def panic(window: MainWindow) -> None:
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(handle(window), Qt.Key.Key_L, both)


def test_panic_works_while_work_is_under_way(qtbot: QtBot, window: MainWindow, hands: Hands) -> None:
    go = threading.Event()
    nothing: Callable[[object], object] = lambda _: None  # noqa: E731
    window.context.background.run(lambda _: go.wait(20), what="Waiting", done=nothing, failed=nothing)
    panic(window)
    assert hands.why == [Why.PANIC]
    go.set()
    settle(qtbot, window)


def test_panic_works_over_a_menu(window: MainWindow, hands: Hands, qtbot: QtBot) -> None:
    menu = QMenu(window)
    qtbot.addWidget(menu)
    menu.addAction("One")
    menu.popup(window.mapToGlobal(QPoint(100, 100)))
    look(window)
    popup = menu.windowHandle()
    assert popup is not None
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(popup, Qt.Key.Key_L, both)
    assert hands.why == [Why.PANIC]


def test_panic_and_lock_work_on_the_cover(window: MainWindow, hands: Hands) -> None:
    window.cover()
    panic(window)
    assert hands.why == [Why.PANIC]


def test_escape_twice_covers_and_f12_twice_is_panic(window: MainWindow, hands: Hands) -> None:
    for _ in range(2):
        QTest.keyClick(handle(window), Qt.Key.Key_Escape)
    assert window.is_covered
    for _ in range(2):
        QTest.keyClick(handle(window), Qt.Key.Key_F12)
    assert hands.why == [Why.PANIC]


def test_escape_twice_at_leisure_covers_nothing(window: MainWindow, hands: Hands) -> None:
    for _ in range(3):
        QTest.keyClick(handle(window), Qt.Key.Key_Escape)
        hands.pass_(2)
    assert not window.is_covered


# Covered for too long


def test_a_cover_of_a_quarter_of_an_hour_is_a_lock(window: MainWindow, hands: Hands) -> None:
    window.cover()
    look(window)
    hands.pass_(15 * 60 - 1)
    QTest.keyClick(handle(window), Qt.Key.Key_7)  # trying makes it no longer
    look(window)
    assert hands.why == []
    hands.pass_(1)
    look(window)
    assert hands.why == [Why.COVER]


def test_idle_work_is_covered_and_locked_when_it_has_ended(
    qtbot: QtBot, window: MainWindow, hands: Hands
) -> None:
    go = threading.Event()
    nothing: Callable[[object], object] = lambda _: None  # noqa: E731
    window.context.background.run(lambda _: go.wait(20), what="Waiting", done=nothing, failed=nothing)
    hands.pass_(IDLE)
    look(window)
    assert window.is_covered and hands.why == []
    look(window)
    assert hands.why == []
    go.set()
    settle(qtbot, window)
    look(window)
    assert hands.why == [Why.IDLE]


# The clipboard


def test_what_is_copied_asks_clipboard_managers_to_keep_nothing(qtbot: QtBot, window: MainWindow) -> None:
    window.context.go("settings")
    line = next(one for one in window.findChildren(QLineEdit) if one.isVisible())
    line.setEchoMode(QLineEdit.EchoMode.Normal)
    line.setText("Zerwan")
    line.setFocus()
    line.selectAll()
    QTest.keyClick(handle(window), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    held = QApplication.clipboard().mimeData()
    assert held.text() == "Zerwan"
    assert all(held.hasFormat(kind) for kind in clipboard.HINTS)
    assert bytes(held.data("x-kde-passwordManagerHint").data()) == b"secret"
    QTest.keyClick(handle(window), Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    assert line.text() == "", "cut takes it away"


def test_a_secret_line_is_not_copied(window: MainWindow) -> None:
    clipboard.put("before")
    window.context.go("settings")
    line = next(one for one in window.findChildren(QLineEdit) if one.isVisible())
    assert line.echoMode() is QLineEdit.EchoMode.Password
    line.setText("204816")
    line.setFocus()
    line.selectAll()
    QTest.keyClick(handle(window), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "before"


def test_the_clipboard_is_emptied_after_a_minute_and_at_lock(window: MainWindow) -> None:
    guard = window.context.watch
    assert isinstance(guard, Guard)
    timer = guard.findChild(clipboard.Clipboard).findChild(QTimer)  # type: ignore[union-attr]
    clipboard.put("Zerwanna")
    assert timer is not None and timer.isActive() and timer.interval() == 60_000
    timer.timeout.emit()
    assert QApplication.clipboard().text() == ""
    clipboard.put("Zerwanna")
    window.context.lock()
    assert QApplication.clipboard().text() == ""


def test_the_second_clipboard_of_x11_is_left_empty() -> None:
    board = QApplication.clipboard()
    clipboard.forget()
    assert not board.supportsSelection() or board.text(QClipboard.Mode.Selection) == ""


# The process ends


class Following:
    def __init__(self, told: list[str]) -> None:
        self.told = told

    def wait_until_shown(self) -> None:
        self.told.append("sign-in shown")


class Blanked:
    """A window that writes down what is asked of it."""

    def __init__(self, told: list[str]) -> None:
        self.told = told

    def blank(self) -> None:
        self.told.append("nothing to see")

    def write_editor(self) -> None:
        self.told.append("editor written")

    def geometry_kept(self) -> str:
        return "01"


class Left(BaseException):
    """The process has ended here."""


def lock(context: Context, told: list[str], why: Why, *, begin: bool = True, fails: str = "") -> list[str]:
    """What a lock does, in order; `bound` writes down how long things may take."""

    def leave() -> None:
        told.append("ended")
        raise Left

    class Failing(Blanked):
        def write_editor(self) -> None:
            super().write_editor()
            if fails:
                raise DeviceFault(fails)

    def bound(seconds: float, _do: Callable[[], object]) -> Callable[[], object]:
        told.append(f"at most {seconds:g} s")
        return lambda: None

    def started(folder: Path, geometry: str) -> Following | None:
        told.append("process begun")
        return Following(told) if begin else None

    with pytest.raises(Left):
        ProcessEnds(Failing(told), begin=started, leave=leave, bound=bound)(context, why)
    return told


@pytest.fixture
def context(post: OpenVault) -> Context:
    made = Context(vaults=Vaults(post.folder, post.world), settings=Settings(), background=Background())
    made.vault = post
    return made


def test_first_nothing_is_seen_last_the_process_ends(context: Context, post: OpenVault) -> None:
    told = lock(context, [], Why.IDLE)
    assert told == [
        "nothing to see",
        "process begun",
        f"at most {WRITES_FOR:g} s",
        "editor written",
        f"at most {SHOWS_FOR:g} s",
        "sign-in shown",
        "ended",
    ]
    assert WRITES_FOR == 2
    assert context.vault is None
    with pytest.raises(Exception, match=r"database"):
        post.database.one("SELECT 1")  # it is closed


def test_a_panic_lock_waits_for_nothing(context: Context) -> None:
    assert lock(context, [], Why.PANIC) == ["nothing to see", "process begun", "ended"]


def test_before_sleep_the_key_goes_without_waiting_for_the_next_window(context: Context) -> None:
    told = lock(context, [], Why.SLEEP)
    assert "editor written" in told and "sign-in shown" not in told and told[-1] == "ended"


def test_the_process_ends_whatever_fails(context: Context) -> None:
    assert lock(context, [], Why.BY_HAND, fails="vault.disk_failed")[-1] == "ended"
    assert lock(context, [], Why.BY_HAND, begin=False)[-1] == "ended"


def test_the_vault_is_locked_even_when_the_watch_fails(context: Context) -> None:
    class Broken:
        def begin(self) -> None: ...
        def use_minutes(self, minutes: int) -> None: ...
        def end(self) -> None:
            raise RuntimeError

    locked: list[Why] = []
    context.watch, context.ends = Broken(), lambda _, why: locked.append(why)
    with pytest.raises(RuntimeError):
        context.lock()
    assert locked == [Why.BY_HAND]


def test_a_disk_that_hangs_keeps_the_key_for_two_seconds_at_most() -> None:
    ended, called_off = threading.Event(), threading.Event()
    at_latest(0.01, ended.set)
    assert ended.wait(20)
    at_latest(20, called_off.set)()
    assert not called_off.is_set()


def test_the_window_shows_a_neutral_page_before_it_ends(window: MainWindow, post: OpenVault) -> None:
    window.blank()
    assert says(window, "Locking") and not says(window, post.name)
    assert window.windowTitle() == "fieldkit"


def test_the_real_program_ends_its_process_and_loads_the_way_there_late(
    open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    application.make_safe(window)
    assert window.context.ends is not close_here
    window.context.lock()  # nobody is signed in: nothing ends
    assert window.context.navigation.here[0] == "sign_in"
    program = (
        "import sys, fieldkit.ui.application\n"
        "late = [name for name in sys.modules if name.startswith('fieldkit.ui.lock.')]\n"
        "sys.exit(', '.join(name for name in late if name != 'fieldkit.ui.lock.why') or 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


# The process that comes after


def test_it_is_the_same_program_frozen_or_not(monkeypatch: pytest.MonkeyPatch) -> None:
    mode = ["-X", "utf8"] if sys.flags.utf8_mode else []
    assert successor.command("ab") == [
        sys.executable,
        *mode,
        "-m",
        "fieldkit",
        "after-lock",
        "--geometry",
        "ab",
    ]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert successor.command("ab") == [sys.executable, "after-lock", "--geometry", "ab"]


def test_it_says_one_byte_and_sees_the_end_of_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    program = tmp_path / "program"
    program.write_text(
        f"#!{sys.executable}\n"
        "import os, sys\n"
        f"sys.path.insert(0, {str(Path(application.__file__).parents[2])!r})\n"
        "from fieldkit.ui.lock import successor\n"
        "open(os.environ['FIELDKIT_HOME'] + '/said', 'w').write(' '.join(sys.argv[1:]))\n"
        "successor.tell_shown()\n"
        "successor.wait_for_predecessor()\n",
        encoding="utf-8",
    )
    program.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(program))
    following = successor.begin(tmp_path, "ab")
    assert following is not None
    following.wait_until_shown()
    process = following._process
    assert (tmp_path / "said").read_text() == "after-lock --geometry ab"
    assert process.poll() is None, "it waits"
    assert process.stdin is not None and process.stdout is not None
    process.stdin.close()  # as the system does when the process before it has ended
    assert process.wait(20) == 0
    process.stdout.close()


def test_a_system_that_refuses_is_told_by_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nothing here"))
    assert successor.begin(tmp_path, "ab") is None


def test_it_inherits_the_place_of_the_vault_and_nothing_of_it(tmp_path: Path) -> None:
    given = successor._environment(tmp_path)
    assert given["FIELDKIT_HOME"] == str(tmp_path)
    new = set(given) - set(os.environ)
    assert new <= {"FIELDKIT_HOME", "PYINSTALLER_RESET_ENVIRONMENT"}


def test_it_opens_the_vault_only_when_the_one_before_has_ended(
    post: OpenVault, open_window: OpenWindow
) -> None:
    order: list[str] = []
    vaults = Vaults(post.folder, post.world, before_opening=lambda: order.append("waited"))
    presenter = SignIn(vaults)
    presenter.__dict__["_door"] = type("Door", (), {"open": lambda *_: order.append("opened")})()
    presenter.open()
    assert order == ["waited", "opened"]


def test_it_stands_where_the_window_before_it_stood(open_window: OpenWindow) -> None:
    window = open_window()
    window.resize(800, 600)
    kept = window.geometry_kept()
    window.resize(800, 700)
    application.stand_in_place(window, kept)
    assert window.height() == 600
    application.stand_in_place(window, "no geometry at all")
    assert window.height() == 600


# Of the laptop itself


def test_the_clock_that_always_goes_is_never_behind_the_one_that_rests() -> None:
    before = world.always_seconds()
    assert world.always_seconds() >= before
    assert world.always_seconds() >= world.awake_seconds() - 1
    assert world.awake_seconds() > 0


def test_every_line_to_write_in_is_made_where_it_is_marked_as_sensitive() -> None:
    made = re.compile(r"\bQ(LineEdit|PlainTextEdit|TextEdit|SpinBox|DateEdit|TimeEdit)\(")
    package = Path(application.__file__).parent
    places = {path.name for path in package.rglob("*.py") if made.search(path.read_text(encoding="utf-8"))}
    assert places <= {"field.py", "text_box.py"}, "these see to the hints for keyboards"
