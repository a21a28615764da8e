"""What is done before the process that held the key ends."""

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from fieldkit.domain.errors import DeviceFault
from fieldkit.services.vault import OpenVault
from fieldkit.ui import application
from fieldkit.ui.background import at_latest
from fieldkit.ui.context import Context, close_here
from fieldkit.ui.lock.ending import ProcessEnds
from fieldkit.ui.lock.why import SHOWS_FOR, WRITES_FOR, Why
from fieldkit.ui.main_window import MainWindow
from tests.ui.conftest import OpenWindow
from tests.ui.looking import says


class Following:
    def __init__(self, told: list[str]) -> None:
        self.told = told

    def wait_until_shown(self) -> None:
        self.told.append("sign-in shown")


class Blanked:
    """A window that writes down what is asked of it."""

    def __init__(self, told: list[str]) -> None:
        self.told = told

    def blank(self) -> None:
        self.told.append("nothing to see")

    def write_editor(self) -> None:
        self.told.append("editor written")

    def geometry_kept(self) -> str:
        return "01"


class Left(BaseException):
    """The process has ended here."""


def lock(context: Context, told: list[str], why: Why, *, begin: bool = True, fails: str = "") -> list[str]:
    """What a lock does, in order; `bound` writes down how long things may take."""

    def leave() -> None:
        told.append("ended")
        raise Left

    class Failing(Blanked):
        def write_editor(self) -> None:
            super().write_editor()
            if fails:
                raise DeviceFault(fails)

    def bound(seconds: float, _do: Callable[[], object]) -> Callable[[], object]:
        told.append(f"at most {seconds:g} s")
        return lambda: None

    def started(folder: Path, geometry: str) -> Following | None:
        told.append("process begun")
        return Following(told) if begin else None

    with pytest.raises(Left):
        ProcessEnds(Failing(told), begin=started, leave=leave, bound=bound)(context, why)
    return told


def test_first_nothing_is_seen_last_the_process_ends(context: Context, post: OpenVault) -> None:
    told = lock(context, [], Why.IDLE)
    assert told == [
        "nothing to see",
        "process begun",
        f"at most {WRITES_FOR:g} s",
        "editor written",
        f"at most {SHOWS_FOR:g} s",
        "sign-in shown",
        "ended",
    ]
    assert WRITES_FOR == 2
    assert context.vault is None
    with pytest.raises(Exception, match=r"database"):
        post.database.one("SELECT 1")  # it is closed


def test_a_panic_lock_waits_for_nothing(context: Context) -> None:
    assert lock(context, [], Why.PANIC) == ["nothing to see", "process begun", "ended"]


def test_before_sleep_the_key_goes_without_waiting_for_the_next_window(context: Context) -> None:
    told = lock(context, [], Why.SLEEP)
    assert "editor written" in told and "sign-in shown" not in told and told[-1] == "ended"


def test_the_process_ends_whatever_fails(context: Context) -> None:
    assert lock(context, [], Why.BY_HAND, fails="vault.disk_failed")[-1] == "ended"
    assert lock(context, [], Why.BY_HAND, begin=False)[-1] == "ended"


def test_the_vault_is_locked_even_when_the_watch_fails(context: Context) -> None:
    class Broken:
        def begin(self) -> None: ...
        def use_minutes(self, minutes: int) -> None: ...
        def end(self) -> None:
            raise RuntimeError

    locked: list[Why] = []
    context.watch, context.ends = Broken(), lambda _, why: locked.append(why)
    with pytest.raises(RuntimeError):
        context.lock()
    assert locked == [Why.BY_HAND]


def test_a_disk_that_hangs_keeps_the_key_for_two_seconds_at_most() -> None:
    ended, called_off = threading.Event(), threading.Event()
    at_latest(0.01, ended.set)
    assert ended.wait(20)
    at_latest(20, called_off.set)()
    assert not called_off.is_set()


def test_the_window_shows_a_neutral_page_before_it_ends(window: MainWindow, post: OpenVault) -> None:
    window.blank()
    assert says(window, "Locking") and not says(window, post.name)
    assert window.windowTitle() == "fieldkit"


def test_the_real_program_ends_its_process_and_loads_the_way_there_late(
    open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    application.make_safe(window)
    assert window.context.ends is not close_here
    window.context.lock()  # nobody is signed in: nothing ends
    assert window.context.navigation.here[0] == "sign_in"
    program = (
        "import sys, fieldkit.ui.application\n"
        "late = [name for name in sys.modules if name.startswith('fieldkit.ui.lock.')]\n"
        "sys.exit(', '.join(name for name in late if name != 'fieldkit.ui.lock.why') or 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
