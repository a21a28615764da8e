"""Work off the window's thread: what comes back, and where."""

import gc
import threading
from collections.abc import Callable

from pytestqt.qtbot import QtBot

from fieldkit.domain.ports import Progress
from fieldkit.ui.background import Background, Cancelled, Job


def raised(error: Exception) -> None:
    raise error


class Desk:
    """Collects what a background tells, and on which thread."""

    def __init__(self) -> None:
        self.background = Background()
        self.results: list[object] = []
        self.errors: list[Exception] = []
        self.busy: list[bool] = []
        self.waited: list[tuple[int, int] | None] = []
        self.threads: set[int] = set()
        self.background.busy = self.busy.append
        self.background.waiting = self._waiting

    def run(self, work: Callable[[Progress], object], what: str = "Counting") -> Job[object]:
        return self.background.run(work, what=what, done=self._done, failed=self._failed)

    def _done(self, result: object) -> None:
        self.threads.add(threading.get_ident())
        self.results.append(result)

    def _failed(self, error: Exception) -> None:
        self.threads.add(threading.get_ident())
        self.errors.append(error)

    def _waiting(self, job: Job[object] | None) -> None:
        self.waited.append((job.done_part, job.whole) if job else None)


def idle(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(lambda: not desk.background.is_busy)


def test_a_result_comes_back_to_the_window_s_thread(qtbot: QtBot) -> None:
    desk = Desk()
    worked_on: list[int] = []

    def work(_progress: object) -> int:
        worked_on.append(threading.get_ident())
        return 42

    desk.run(work)
    idle(qtbot, desk)
    assert desk.results == [42]
    assert desk.threads == {threading.get_ident()}
    assert worked_on != [threading.get_ident()]
    assert desk.busy == [True, False]


def test_an_error_comes_back_as_it_was_raised(qtbot: QtBot) -> None:
    desk = Desk()
    desk.run(lambda _progress: raised(OSError("disk")))
    idle(qtbot, desk)
    assert isinstance(desk.errors[0], OSError)
    assert desk.results == []


def test_short_work_shows_no_progress(qtbot: QtBot) -> None:
    desk = Desk()
    desk.run(lambda progress: progress(1, 2))
    idle(qtbot, desk)
    assert desk.waited == [None]


def test_long_work_says_how_far_it_is_and_stops_when_asked(qtbot: QtBot) -> None:
    desk = Desk()
    shown, cleaned = threading.Event(), threading.Event()

    def copy(progress: Progress) -> None:
        progress(3, 10)
        shown.wait(10)
        try:
            progress(4, 10)
        finally:
            cleaned.set()

    job = desk.run(copy)
    qtbot.waitUntil(lambda: job.whole == 10)
    desk.background._too_long()  # the second has passed
    assert desk.waited == [(3, 10)]
    job.cancel()
    shown.set()
    idle(qtbot, desk)
    assert isinstance(desk.errors[0], Cancelled)
    assert cleaned.is_set()
    assert desk.waited == [(3, 10), None]


def test_two_jobs_never_run_at_once(qtbot: QtBot) -> None:
    desk = Desk()
    inside: list[str] = []

    def work(name: str) -> Callable[[Progress], object]:
        def run(_progress: Progress) -> str:
            inside.append(f"{name} begins")
            inside.append(f"{name} ends")
            return name

        return run

    desk.run(work("first"))
    desk.run(work("second"))
    idle(qtbot, desk)
    assert inside == ["first begins", "first ends", "second begins", "second ends"]
    assert desk.results == ["first", "second"]
    assert desk.busy == [True, False]


def test_a_result_may_start_the_next_work(qtbot: QtBot) -> None:
    desk = Desk()
    desk.background.run(
        lambda _progress: 1, what="One", done=lambda _one: desk.run(lambda _progress: 2), failed=raised
    )
    idle(qtbot, desk)
    assert desk.results == [2]


def test_the_collector_never_runs_on_the_thread_of_a_job(qtbot: QtBot) -> None:
    background, threads = Background(), set[int]()
    ended: list[object] = []

    def note(phase: str, info: dict[str, int]) -> None:
        threads.add(threading.get_ident())

    def work(progress: Progress) -> None:
        for number in range(5_000):
            held: list[object] = [number]
            held.append(held)  # a cycle: only the collector takes it away
            if number % 1000 == 0:
                progress(number, 5_000)

    gc.callbacks.append(note)
    try:
        background.run(work, what="Working", done=ended.append, failed=ended.append)
        qtbot.waitUntil(lambda: bool(ended), timeout=30_000)
    finally:
        gc.callbacks.remove(note)
    assert ended == [None]
    assert threads <= {threading.get_ident()}
    assert gc.isenabled()
