"""The keys that lock or cover, whatever stands on the screen."""

import threading
from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from fieldkit.ui.lock.why import Why
from fieldkit.ui.main_window import MainWindow
from tests.ui.conftest import settle
from tests.ui.lock.hands import Hands, handle, look


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
