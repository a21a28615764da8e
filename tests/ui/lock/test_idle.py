"""When a vault is locked by itself: nobody is there, the laptop slept, or it was covered for too long."""

import threading
from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from fieldkit.services import cover
from fieldkit.services.vault import OpenVault
from fieldkit.ui.lock.idle import WARNING
from fieldkit.ui.lock.why import Why
from fieldkit.ui.main_window import MainWindow
from tests.ui.conftest import settle
from tests.ui.lock.hands import IDLE, Hands, handle, look
from tests.ui.looking import cut, says


def counting(window: MainWindow) -> bool:
    """Whether the last seconds are counted down on the screen."""
    return window.counts_down


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
