"""A laptop whose clocks and signals tests set, and what its guard sees."""

from PySide6.QtGui import QWindow

from fieldkit.services import cover
from fieldkit.ui.lock.guard import Guard
from fieldkit.ui.lock.laptop import Heard
from fieldkit.ui.lock.why import Why
from fieldkit.ui.main_window import MainWindow


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


def look(window: MainWindow) -> None:
    """As the guard does every second."""
    guard = window.context.watch
    assert isinstance(guard, Guard)
    guard.look()


def handle(window: MainWindow) -> QWindow:
    """Where the system brings keys to."""
    found = window.windowHandle()
    assert found is not None
    return found


IDLE = cover.IDLE_USUAL * 60
