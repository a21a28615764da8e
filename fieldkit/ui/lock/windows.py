"""Windows: its messages say that the laptop goes to sleep, that the lid is closed, that the session is locked.

What a message means is decided by `Meaning`, from plain numbers, so that it is tested on every system.
"""

from __future__ import annotations

import ctypes
import sys
import uuid
from ctypes import wintypes
from typing import Final

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication
from PySide6.QtWidgets import QWidget

from fieldkit.ui.lock.laptop import Heard

WM_QUERYENDSESSION, WM_POWERBROADCAST, WM_WTSSESSION_CHANGE = 0x0011, 0x0218, 0x02B1
PBT_APMSUSPEND, PBT_POWERSETTINGCHANGE = 0x0004, 0x8013
WTS_CONSOLE_DISCONNECT, WTS_REMOTE_DISCONNECT, WTS_SESSION_LOGOFF, WTS_SESSION_LOCK = 0x2, 0x4, 0x6, 0x7
LID: Final = uuid.UUID("ba3e0f4d-b817-4094-a2d1-d56379e6a0f3").bytes_le
"""GUID_LIDSWITCH_STATE_CHANGE."""

_LEAVING: Final = frozenset(
    {WTS_CONSOLE_DISCONNECT, WTS_REMOTE_DISCONNECT, WTS_SESSION_LOGOFF, WTS_SESSION_LOCK}
)
_SETTING_BYTES: Final = 16 + 4 + 4  # POWERBROADCAST_SETTING: GUID, length, and the first number of its data


class Meaning:
    """Whether a message asks for a lock. The first word on the lid only says how it stands now."""

    def __init__(self) -> None:
        self._lid_known = False

    def locks(self, message: int, detail: int, setting: bytes = b"") -> bool:
        """`detail` is the message's wParam; `setting` the POWERBROADCAST_SETTING that comes with some."""
        if message == WM_QUERYENDSESSION:
            return True
        if message == WM_WTSSESSION_CHANGE:
            return detail in _LEAVING
        if message != WM_POWERBROADCAST:
            return False
        return detail == PBT_APMSUSPEND or (detail == PBT_POWERSETTINGCHANGE and self._lid_closed(setting))

    def _lid_closed(self, setting: bytes) -> bool:
        if setting[:16] != LID or len(setting) < _SETTING_BYTES:
            return False
        known, self._lid_known = self._lid_known, True
        return known and int.from_bytes(setting[20:24], "little") == 0


if sys.platform == "win32":

    def _register(window: int) -> None:
        """Ask for the messages that are not sent unasked. Refusals are no fault: the clocks remain."""
        ctypes.windll.wtsapi32.WTSRegisterSessionNotification(wintypes.HWND(window), 0)
        lid = (ctypes.c_byte * len(LID)).from_buffer_copy(LID)
        ctypes.windll.user32.RegisterPowerSettingNotification(wintypes.HANDLE(window), ctypes.byref(lid), 0)

else:

    def _register(window: int) -> None:
        """Elsewhere nothing is asked for; the tests hand messages in."""


class WindowsLaptop(QAbstractNativeEventFilter):
    """Hears the messages of `window`."""

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self._window = window
        self._heard: Heard = lambda: None
        self._meaning = Meaning()
        self._registered = False

    def begin(self, heard: Heard) -> None:
        """Call `heard` whenever Windows says that the vault should be locked now."""
        self._heard = heard
        application = QCoreApplication.instance()
        if application is not None:
            application.installNativeEventFilter(self)
        if not self._registered:
            self._registered = True
            _register(int(self._window.winId()))

    def end(self) -> None:
        """Listen no more."""
        self._heard = lambda: None
        application = QCoreApplication.instance()
        if application is not None:
            application.removeNativeEventFilter(self)

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview[int], message: int, /
    ) -> object:
        """`message` is where the system's MSG lies. Nothing is kept from Qt."""
        name = kind.data() if isinstance(kind, QByteArray) else bytes(kind)
        if name == b"windows_generic_MSG":
            held = wintypes.MSG.from_address(int(message))
            asks = held.message == WM_POWERBROADCAST and held.wParam == PBT_POWERSETTINGCHANGE and held.lParam
            setting = ctypes.string_at(held.lParam, _SETTING_BYTES) if asks else b""
            if self._meaning.locks(held.message, held.wParam, setting):
                self._heard()
        return False, 0
