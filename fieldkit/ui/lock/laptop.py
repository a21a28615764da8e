"""What the laptop itself says: it goes to sleep, its lid is closed, its own session is locked.

Each system has its own way to say it. Where a system says nothing, or lacks what it says it with, the clocks still
tell that it slept (`idle`), and nobody is kept out for that.
"""

import logging
import sys
from collections.abc import Callable
from typing import Protocol

from PySide6.QtWidgets import QWidget

Heard = Callable[[], object]


class Laptop(Protocol):
    """Listens while somebody is signed in."""

    def begin(self, heard: Heard) -> None:
        """Call `heard` whenever the vault should be locked now."""
        ...

    def end(self) -> None:
        """Listen no more."""
        ...


class Silent:
    """A laptop that says nothing."""

    def begin(self, heard: Heard) -> None:
        """Nothing will be heard."""

    def end(self) -> None:
        """Nothing was."""


def this_laptop(window: QWidget, system: str = sys.platform) -> Laptop:
    """The one the program runs on. `window` is the one to which Windows sends its messages."""
    if system == "win32":
        from fieldkit.ui.lock.windows import WindowsLaptop  # noqa: PLC0415 (each system loads its own)

        return WindowsLaptop(window)
    if system == "linux":
        try:
            from fieldkit.ui.lock.linux import LinuxLaptop  # noqa: PLC0415
        except ImportError:
            logging.getLogger(__name__).warning("there is no D-Bus library: only the clocks tell of sleep")
            return Silent()
        return LinuxLaptop()
    return Silent()
