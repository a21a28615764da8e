"""Linux: logind, UPower and the screen savers say it over D-Bus.

1. Signals only, and only from whoever holds the well-known name. A laptop without D-Bus, or without one of these,
   is no fault: nothing is heard from it.
2. While a vault is open the program holds logind's "delay" lock, so that the laptop waits (five seconds at most)
   until the key is gone. The system takes that lock back when the process ends, however it ends.
3. A lid that is closed already, on a desk with a screen of its own, is no news; only one that is being closed.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusPendingCallWatcher,
    QDBusUnixFileDescriptor,
    QDBusVariant,
)

from fieldkit.ui.lock.laptop import Heard

LOGIN, LOGIN_PATH = "org.freedesktop.login1", "/org/freedesktop/login1"
MANAGER, SESSION = "org.freedesktop.login1.Manager", "org.freedesktop.login1.Session"
UPOWER, UPOWER_PATH = "org.freedesktop.UPower", "/org/freedesktop/UPower"
PROPERTIES = "org.freedesktop.DBus.Properties"
SAVERS: Final = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver")
"""KDE and most others; GNOME."""

_SWITCHED, _SAID, _CHANGED = (SLOT(name) for name in ("switched(bool)", "said()", "changed()"))

Link = tuple[str, str, str, str, QObject, Any]
"""Service, path, interface and name of a signal; what hears it, by which slot (text, whatever the stubs say)."""


class LinuxLaptop(QObject):
    """The buses are those of this laptop unless others are handed in."""

    def __init__(self, system: QDBusConnection | None = None, session: QDBusConnection | None = None) -> None:
        super().__init__()
        self._heard: Heard = lambda: None
        self._system = system or QDBusConnection.systemBus()
        own = QDBusConnection.sessionBus if _has_session_bus() else lambda: None
        self._session = session or own()
        self._delay: QDBusUnixFileDescriptor | None = None
        self._lid_closed: bool | None = None
        self._joined: list[tuple[QDBusConnection, Link]] = []
        self._calls: list[QDBusPendingCallWatcher] = []

    def begin(self, heard: Heard) -> None:
        """Call `heard` whenever the laptop says that the vault should be locked now."""
        self._heard = heard
        self._joined = [(bus, link) for bus, link in self._links() if bus.connect(*link)]
        if self._system.isConnected():
            self._ask_for_delay()
            self.changed()

    def end(self) -> None:
        """Listen no more, and let the laptop sleep."""
        self._heard = lambda: None
        self._delay = self._lid_closed = None
        self._calls.clear()
        for bus, link in self._joined:
            bus.disconnect(*link)
        self._joined.clear()

    def _links(self) -> Iterator[tuple[QDBusConnection, Link]]:
        """Whose signals are heard, and by what."""
        if self._system.isConnected():
            for name in ("PrepareForSleep", "PrepareForShutdown"):
                yield self._system, (LOGIN, LOGIN_PATH, MANAGER, name, self, _SWITCHED)
            yield self._system, (LOGIN, "", SESSION, "Lock", self, _SAID)
            yield self._system, (UPOWER, UPOWER_PATH, PROPERTIES, "PropertiesChanged", self, _CHANGED)
        if self._session is not None and self._session.isConnected():
            for name in SAVERS:
                yield self._session, (name, "", name, "ActiveChanged", self, _SWITCHED)

    @property
    def holds_delay(self) -> bool:
        """Whether the laptop waits for this program before it sleeps."""
        return self._delay is not None and self._delay.isValid()

    @Slot(bool)
    def switched(self, on: bool) -> None:
        """It goes to sleep (on), or has come back (off): only the first matters."""
        if on:
            self._heard()

    @Slot()
    def said(self) -> None:
        """A session is locked."""
        self._heard()

    @Slot()
    def changed(self) -> None:
        """Something about the power is another: ask for the lid."""
        asked = QDBusMessage.createMethodCall(UPOWER, UPOWER_PATH, PROPERTIES, "Get")
        asked.setArguments([UPOWER, "LidIsClosed"])
        self._call(asked, self._lid)

    def _lid(self, answer: QDBusMessage) -> None:
        said = answer.arguments()[0]
        before = self._lid_closed
        self._lid_closed = (said.variant() if isinstance(said, QDBusVariant) else said) is True
        if before is False and self._lid_closed:
            self._heard()

    def _ask_for_delay(self) -> None:
        asked = QDBusMessage.createMethodCall(LOGIN, LOGIN_PATH, MANAGER, "Inhibit")
        asked.setArguments(["sleep", "fieldkit", "Lock", "delay"])
        self._call(asked, self._delayed)

    def _delayed(self, answer: QDBusMessage) -> None:
        held = answer.arguments()[0]
        self._delay = held if isinstance(held, QDBusUnixFileDescriptor) else None

    def _call(self, message: QDBusMessage, then: object) -> None:
        watcher = QDBusPendingCallWatcher(self._system.asyncCall(message))
        self._calls.append(watcher)
        watcher.finished.connect(lambda done: self._answered(done, then))

    def _answered(self, done: QDBusPendingCallWatcher, then: object) -> None:
        if done in self._calls:
            self._calls.remove(done)
            answer = done.reply()
            if not done.isError() and answer.arguments() and callable(then):
                then(answer)


def _has_session_bus() -> bool:
    """Whether there is one: asking Qt where there is none begins one."""
    if os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return True
    with suppress(OSError):
        return Path(os.environ.get("XDG_RUNTIME_DIR", "/nowhere"), "bus").exists()
    return False
