"""Long work off the window's thread. This and `audio` are the files that know threads.

1. A job is a plain callable that takes a `Progress`; it knows neither Qt nor threads.
2. Its result, its error and every word on how far it is arrive on the main thread.
3. Jobs run one after another: two never write to the vault at once.
4. A job is cancelled at its next word of progress, by an exception, so that its own clean-up runs.
5. While a job runs, Python's collector rests: it would run on whichever thread asks for memory, and widgets that
   are taken apart off the window's thread bring the program down (seen: a crash in a job that read a table).
6. What must not last longer than it may is bounded from a thread of its own, which touches neither Qt nor a vault.
"""

import gc
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal

from fieldkit.domain.ports import Progress

Result = TypeVar("Result")

PATIENCE = 1000
"""Milliseconds before progress is shown (`look.md`, Waiting)."""


class Cancelled(Exception):
    """The person asked for the job to stop; what it had begun is undone by its own clean-up."""


class _Bridge(QObject):
    """Carries words from the worker's thread to the main one; lives on the main one."""

    advanced = Signal(int, int)
    finished = Signal(object)
    failed = Signal(object)


class Collector:
    """Rule 5. Held and released on the main thread, by everything under way that runs Python on another one."""

    def __init__(self) -> None:
        self._held = 0

    def hold(self) -> None:
        """Let Python's collector rest."""
        self._held += 1
        gc.disable()

    def release(self) -> None:
        """Let it work again, once nobody holds it."""
        self._held -= 1
        if not self._held:
            gc.enable()


collector = Collector()
"""The one for this process."""


@dataclass(eq=False)
class Job(Generic[Result]):
    """Work under way. `what` says it in words; `done_part` and `whole` how far it is (whole 0: not known)."""

    what: str
    work: Callable[[Progress], Result]
    done: Callable[[Result], object]
    failed: Callable[[Exception], object]
    can_cancel: bool = True
    done_part: int = 0
    whole: int = 0
    cancelled: bool = False
    bridge: _Bridge = field(default_factory=_Bridge)

    def cancel(self) -> None:
        """Ask the job to stop at its next word of progress."""
        self.cancelled = True

    def step(self, done: int, total: int) -> None:
        """What the job calls (a `Progress`); runs on its thread."""
        if self.cancelled:
            raise Cancelled
        self.bridge.advanced.emit(done, total)

    def run(self) -> None:
        """Do the work; runs on the worker's thread."""
        try:
            result = self.work(self.step)
        except Exception as error:
            self.bridge.failed.emit(error)
        else:
            self.bridge.finished.emit(result)


class Background:
    """Runs jobs and tells `watcher` (the frame) what to show: the job that people wait for, or None."""

    def __init__(self) -> None:
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(1)
        self._jobs: list[Job[object]] = []
        self._timer = QTimer()
        self._timer.setSingleShot(True)
        self._timer.setInterval(PATIENCE)
        self._timer.timeout.connect(self._too_long)
        self.busy: Callable[[bool], object] = lambda busy: None
        """Called with True when work begins and False when all is done: the content rests meanwhile."""
        self.waiting: Callable[[Job[object] | None], object] = lambda job: None
        """Called after a second, at every word of progress from then on, and with None at the end."""
        self._shown = False

    @property
    def is_busy(self) -> bool:
        """Whether a job is under way."""
        return bool(self._jobs)

    def run(
        self,
        work: Callable[[Progress], Result],
        *,
        what: str,
        done: Callable[[Result], object],
        failed: Callable[[Exception], object],
        can_cancel: bool = True,
    ) -> Job[Result]:
        """Start `work`. Then `done(result)` or `failed(error)` is called on the main thread; a cancelled job
        fails with `Cancelled`."""
        job = Job(what, work, done, failed, can_cancel)
        job.bridge.advanced.connect(lambda part, whole: self._advanced(job, part, whole))
        job.bridge.finished.connect(lambda result: self._end(job, lambda: job.done(result)))
        job.bridge.failed.connect(lambda error: self._end(job, lambda: job.failed(error)))
        collector.hold()
        self._jobs.append(job)  # type: ignore[arg-type]  # results differ from job to job
        if len(self._jobs) == 1:
            self.busy(True)
            self._timer.start()
        self._pool.start(job.run)
        return job

    def wait(self, seconds: float = 10) -> bool:
        """Ask the running job to stop and let it end, for so long at most; whether it did."""
        for job in self._jobs:
            job.cancel()
        return self._pool.waitForDone(round(seconds * 1000))

    def _advanced(self, job: Job[Result], part: int, whole: int) -> None:
        job.done_part, job.whole = part, whole
        gc.collect(0)  # here, on the main thread, for as long as the job takes
        if self._shown:
            self.waiting(job)  # type: ignore[arg-type]

    def _too_long(self) -> None:
        if self._jobs:
            self._shown = True
            self.waiting(self._jobs[0])

    def _end(self, job: Job[Result], told: Callable[[], object]) -> None:
        self._jobs.remove(job)  # type: ignore[arg-type]
        collector.release()
        if not self._jobs:
            self._timer.stop()
            self._shown = False
            self.waiting(None)
            self.busy(False)
        told()


def at_latest(seconds: float, do: Callable[[], object]) -> Callable[[], None]:
    """Call `do` after so many seconds, from a thread of its own (rule 6). Gives what calls that off."""
    timer = threading.Timer(seconds, do)
    timer.daemon = True
    timer.start()
    return timer.cancel
