"""What is copied: kept by no clipboard manager, and gone after a minute and at a lock."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QClipboard
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from fieldkit.ui.lock import clipboard
from fieldkit.ui.lock.guard import Guard
from fieldkit.ui.main_window import MainWindow
from tests.ui.lock.hands import handle


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
