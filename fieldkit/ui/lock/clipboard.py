"""What people copy here: never kept by anybody who keeps clipboards, and gone after a minute.

1. Text is put there with the marks by which password managers ask clipboard managers, histories and clouds to keep
   nothing: from its first moment, so the plain way of copying is never taken.
2. It is taken away again after a minute, on cover and at lock - if it is still ours.
3. What is only selected is not put anywhere: the second clipboard that X11 has for it is emptied.
"""

from typing import Final

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

KEPT_FOR: Final = 60_000
"""Milliseconds."""

OURS: Final = "application/x-fieldkit-copied"
"""By this we know our own again, also where a system does not say whose a clipboard is."""

_WINDOWS = 'application/x-qt-windows-mime;value="{}"'
HINTS: Final = {
    "x-kde-passwordManagerHint": b"secret",
    "org.nspasteboard.ConcealedType": b"1",
    _WINDOWS.format("ExcludeClipboardContentFromMonitorProcessing"): b"1\0\0\0",
    _WINDOWS.format("CanIncludeInClipboardHistory"): b"\0\0\0\0",
    _WINDOWS.format("CanUploadToCloudClipboard"): b"\0\0\0\0",
}
"""Klipper and those that follow it; macOS; Windows (history, monitors, the cloud)."""


def put(text: str) -> None:
    """Copy `text`, marked (rule 1)."""
    held = QMimeData()
    held.setText(text)
    held.setData(OURS, b"1")
    for kind, value in HINTS.items():
        held.setData(kind, value)
    QGuiApplication.clipboard().setMimeData(held)


def forget() -> None:
    """Empty the clipboards that are ours; what another program put there stays."""
    board = QGuiApplication.clipboard()
    if _is_ours(board):
        board.clear()
    if board.supportsSelection() and board.ownsSelection():
        board.clear(QClipboard.Mode.Selection)


def copied(event: QKeyEvent) -> bool:
    """Do what a key asks for if it asks to copy or to cut what is selected in an editor; whether it was that."""
    cut = event.matches(QKeySequence.StandardKey.Cut)
    if not (cut or event.matches(QKeySequence.StandardKey.Copy)):
        return False
    focused = QApplication.focusWidget()
    if isinstance(focused, QLineEdit):
        open_to_see = focused.echoMode() is QLineEdit.EchoMode.Normal
        selected = focused.selectedText() if open_to_see else ""
        take_away = focused.insert
    elif isinstance(focused, QPlainTextEdit):
        selected = focused.textCursor().selectedText().replace("\u2029", "\n")
        take_away = focused.insertPlainText
    else:
        return False
    if selected:
        put(selected)
        if cut and not focused.isReadOnly():
            take_away("")
    return True


def _is_ours(board: QClipboard) -> bool:
    held = _held(board)
    return held is not None and (board.ownsClipboard() or held.hasFormat(OURS))


def _held(board: QClipboard) -> QMimeData | None:
    """What lies there; some systems say None for nothing, which Qt's stubs do not know."""
    held: QMimeData | None = board.mimeData()
    return held


class Clipboard(QObject):
    """Watches while somebody is signed in: rules 2 and 3, and rule 1 for whatever came there another way."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(KEPT_FOR)
        self.timer.timeout.connect(forget)
        self._board = QGuiApplication.clipboard()

    def begin(self) -> None:
        """From now on."""
        self._board.dataChanged.connect(self._changed)
        self._board.selectionChanged.connect(self._selected)

    def end(self) -> None:
        """Somebody locked: what is ours goes at once."""
        self._board.dataChanged.disconnect(self._changed)
        self._board.selectionChanged.disconnect(self._selected)
        self.timer.stop()
        forget()

    def _changed(self) -> None:
        held = _held(self._board)
        if held is None or not _is_ours(self._board) or not held.text():
            self.timer.stop()
        elif held.hasFormat(OURS):
            self.timer.start()
        else:
            put(held.text())  # another way of copying: marked now, and this is called again

    def _selected(self) -> None:
        if self._board.supportsSelection() and self._board.ownsSelection():
            self._board.clear(QClipboard.Mode.Selection)
