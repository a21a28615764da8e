"""What a Linux laptop says over a real D-Bus, as logind, UPower and the screen savers spell it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

if sys.platform != "linux" or shutil.which("dbus-daemon") is None:
    pytest.skip("there is no D-Bus here", allow_module_level=True)

from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusUnixFileDescriptor,
    QDBusVariant,
    QDBusVirtualObject,
)
from pytestqt.qtbot import QtBot

from fieldkit.ui.lock import linux
from fieldkit.ui.lock.linux import LinuxLaptop

GNOME = "org.gnome.ScreenSaver"
NAMES = (linux.LOGIN, linux.UPOWER, GNOME)


class System(QDBusVirtualObject):
    """Answers as logind and UPower do."""

    def __init__(self, bus: QDBusConnection) -> None:
        super().__init__()
        self.bus = bus
        self.lid_closed = False
        self.asked: list[tuple[str, list[Any]]] = []
        self.kept, self.given = os.pipe()

    def introspect(self, _path: str) -> str:
        return ""

    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:
        self.asked.append((message.member(), message.arguments()))
        if message.member() == "Inhibit":
            connection.send(message.createReply(QDBusUnixFileDescriptor(self.given)))
        else:
            connection.send(message.createReply(QDBusVariant(self.lid_closed)))
        return True

    def says(self, path: str, interface: str, name: str, *arguments: object) -> None:
        said = QDBusMessage.createSignal(path, interface, name)
        said.setArguments(list(arguments))
        assert self.bus.send(said)

    def power_changed(self) -> None:
        self.says(
            linux.UPOWER_PATH, linux.PROPERTIES, "PropertiesChanged", linux.UPOWER, {"OnBattery": True}, []
        )


@pytest.fixture
def address() -> Iterator[str]:
    command = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
    daemon = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert daemon.stdout is not None
    yield daemon.stdout.readline().strip()
    daemon.kill()
    daemon.communicate()


@pytest.fixture
def system(address: str, qapp: object) -> Iterator[System]:
    bus = QDBusConnection.connectToBus(address, "the system")
    held = System(bus)
    assert all(bus.registerService(name) for name in NAMES)
    assert bus.registerVirtualObject(
        "/org/freedesktop", held, QDBusConnection.VirtualObjectRegisterOption.SubPath
    )
    yield held
    QDBusConnection.disconnectFromBus("the system")
    for end in (held.kept, held.given):
        os.close(end)


@pytest.fixture
def heard() -> list[str]:
    return []


@pytest.fixture
def laptop(address: str, system: System, heard: list[str], qtbot: QtBot) -> Iterator[LinuxLaptop]:
    bus = QDBusConnection.connectToBus(address, "the program")
    made = LinuxLaptop(bus, bus)
    made.begin(lambda: heard.append("lock"))
    qtbot.waitUntil(lambda: made.holds_delay and len(system.asked) == 2, timeout=20_000)
    yield made
    made.end()
    QDBusConnection.disconnectFromBus("the program")


Say = Callable[[System], None]
SAID: dict[str, Say] = {
    "suspend": lambda system: system.says(linux.LOGIN_PATH, linux.MANAGER, "PrepareForSleep", True),
    "shutdown": lambda system: system.says(linux.LOGIN_PATH, linux.MANAGER, "PrepareForShutdown", True),
    "session": lambda system: system.says(f"{linux.LOGIN_PATH}/session/_31", linux.SESSION, "Lock"),
    "saver": lambda system: system.says("/org/gnome/ScreenSaver", GNOME, "ActiveChanged", True),
}


@pytest.mark.parametrize("what", SAID)
def test_each_word_of_the_system_locks(
    what: str, laptop: LinuxLaptop, system: System, heard: list[str], qtbot: QtBot
) -> None:
    SAID[what](system)
    qtbot.waitUntil(lambda: heard == ["lock"], timeout=20_000)


def test_a_lid_that_is_closed_locks_one_that_was_closed_does_not(
    laptop: LinuxLaptop, system: System, heard: list[str], qtbot: QtBot
) -> None:
    system.power_changed()
    qtbot.waitUntil(lambda: len(system.asked) == 3, timeout=20_000)
    assert heard == []
    system.lid_closed = True
    system.power_changed()
    qtbot.waitUntil(lambda: heard == ["lock"], timeout=20_000)
    system.power_changed()  # on a desk now, lid closed: the power is another, the lid is not
    qtbot.waitUntil(lambda: len(system.asked) == 5, timeout=20_000)
    assert heard == ["lock"]


def test_the_laptop_waits_for_the_lock_before_it_sleeps(laptop: LinuxLaptop, system: System) -> None:
    asked = dict(system.asked)["Inhibit"]
    assert asked[0] == "sleep" and asked[-1] == "delay"
    laptop.end()
    assert not laptop.holds_delay


def test_waking_up_locks_nothing(laptop: LinuxLaptop, system: System, heard: list[str], qtbot: QtBot) -> None:
    system.says(linux.LOGIN_PATH, linux.MANAGER, "PrepareForSleep", False)
    SAID["session"](system)  # comes after it
    qtbot.waitUntil(lambda: heard == ["lock"], timeout=20_000)


def test_nobody_else_can_say_it(
    address: str, laptop: LinuxLaptop, system: System, heard: list[str], qtbot: QtBot
) -> None:
    stranger = QDBusConnection.connectToBus(address, "a stranger")
    said = QDBusMessage.createSignal(linux.LOGIN_PATH, linux.MANAGER, "PrepareForSleep")
    said.setArguments([True])
    assert stranger.send(said)
    SAID["session"](system)
    qtbot.waitUntil(lambda: heard == ["lock"], timeout=20_000)
    QDBusConnection.disconnectFromBus("a stranger")
