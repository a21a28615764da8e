"""The real program, signed in, with canary words in an open interview; then it is locked.

    python -m benchmarks.endure.lock_work FOLDER WAY    (phrase and two canaries come on standard input)

WAY says what locks: `hand`, `idle`, `lid`, `slept`, `cover` or `panic`. `control` closes the vault and keeps the
process, as a program would that only goes back to its sign-in screen. A line is written when the first canary is
acknowledged, and one when the lock begins.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from benchmarks.endure import desks
from fieldkit import logs
from fieldkit.ui import application
from fieldkit.ui.context import close_here
from fieldkit.ui.lock.guard import Guard
from fieldkit.ui.lock.idle import Clocks
from fieldkit.ui.lock.linux import LinuxLaptop
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.world import always_seconds, awake_seconds
from tests.stories import people
from tests.ui import interviewing

QUARTER = 15 * 60 + 1
PATIENCE = 30.0
"""Seconds for anything to happen."""


def work(folder: Path, way: str) -> None:
    """Everything up to the lock; the lock ends this process."""
    logs.no_dumps()
    logs.start()
    phrase, kept, held = (sys.stdin.readline().strip() for _ in range(3))
    application.make_application()
    window = application.make_window(application.make_context(folder))
    application.make_safe(window)
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    _sign_in(window, phrase)
    _type(window, kept, held)
    print(f"locks {time.monotonic()}", flush=True)
    WAYS[way](window)
    raise RuntimeError("this process should have ended")


def _until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        QApplication.processEvents()
        if time.monotonic() > end:
            told = [one.text() for one in QApplication.allWidgets() if isinstance(one, QLabel)]
            raise RuntimeError(f"waited in vain: {told}")


def _sign_in(window: MainWindow, phrase: str) -> None:
    line = next(one for one in window.findChildren(QLineEdit) if one.isVisible())
    line.setFocus()
    QTest.keyClicks(line, phrase)
    QTest.keyClick(line, Qt.Key.Key_Return)
    _until(lambda: window.context.vault is not None)


def _type(window: MainWindow, kept: str, held: str) -> None:
    """The first word is on disk and said to be; the second one stands in the line, not kept yet."""
    vault = window.context.open_vault
    interview = people.begin(vault)
    people.answer_all(interview, *desks.TELLS)
    ref = people.ref_of(interview, "name_told")
    screen = interviewing.at_draft(window, interview.draft_id)
    interviewing.go(screen, interview.section_of(ref))
    card = interviewing.card(screen, "name_told")
    line = interviewing.line_of(card)
    interviewing.write(line, kept)
    card.field.flush()
    if interviewing.on_disk(vault, screen).session.value(ref) != kept:
        raise RuntimeError("nothing was kept, so nothing could be lost")
    print("kept", flush=True)
    line.setFocus()
    line.selectAll()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    if QApplication.clipboard().text() != kept:
        raise RuntimeError("nothing was copied")
    line.end(False)
    QTest.keyClicks(line, f" {held}")


def _guard(window: MainWindow) -> Guard:
    watch = window.context.watch
    assert isinstance(watch, Guard), "nobody stands guard"
    return watch


def _later(window: MainWindow, seconds: float, asleep: float = 0.0) -> None:
    """Let the clocks of the guard go forward, and let it look."""
    guard = _guard(window)
    late = Clocks(lambda: awake_seconds() + seconds - asleep, lambda: always_seconds() + seconds)
    guard.use_clocks(late)
    guard.look()


def _by_hand(window: MainWindow) -> None:
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def _panic(window: MainWindow) -> None:
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_L, both)


def _lid(window: MainWindow) -> None:
    """As logind says it."""
    laptop = _guard(window).laptop
    assert isinstance(laptop, LinuxLaptop)
    laptop.switched(True)


def _cover(window: MainWindow) -> None:
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F9)
    _guard(window).look()
    _later(window, QUARTER)


def _control(window: MainWindow) -> None:
    window.context.ends = close_here
    window.context.lock()
    print("closed", flush=True)
    sys.stdin.read()
    sys.exit(0)


WAYS: dict[str, Callable[[MainWindow], None]] = {
    "hand": _by_hand,
    "idle": lambda window: _later(window, QUARTER),
    "lid": _lid,
    "slept": lambda window: _later(window, 60, asleep=50),
    "cover": _cover,
    "panic": _panic,
    "control": _control,
}

if __name__ == "__main__":
    work(Path(sys.argv[1]), sys.argv[2])
