"""What a laptop says of its lid, its sleep and its session, on every system."""

import re
import sys
from ctypes import addressof, create_string_buffer, wintypes
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QApplication

from fieldkit.ui import application, world
from fieldkit.ui.lock import windows
from fieldkit.ui.lock.laptop import Silent, this_laptop
from fieldkit.ui.lock.linux import LinuxLaptop
from fieldkit.ui.lock.why import Why
from fieldkit.ui.main_window import MainWindow
from installers.packed import MODULES_LEFT_OUT
from tests.ui.lock.hands import IDLE, Hands


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
