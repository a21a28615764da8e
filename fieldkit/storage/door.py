"""Sign-in with growing delays after wrong phrases (`vault-and-bundles.md`, keys and people; R15).

1. The count of failures lies in a small file beside the header and survives a restart. It is raised before a
   phrase is tried, so that ending the program in the middle gains nothing.
2. What is waited for is time that passes while the program runs, by a clock that only goes forward. The wall
   clock is never asked: set ten years back or forward it neither opens the door nor locks anybody out.
   Starting the program again starts the wait again.
3. No wait is longer than a minute: somebody who tries phrases at the keyboard must not be able to keep the
   others out. Guessing on another machine is what the cost of a phrase is against, not this.
4. A file that is missing, damaged or cannot be written never keeps anybody out.
"""

import math
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from fieldkit.crypto.primitives import STANDARD, Policy
from fieldkit.domain.entries import canonical, read_object
from fieldkit.domain.errors import ForeignFault
from fieldkit.files import read_bounded, write_whole
from fieldkit.storage.errors import DoorFault
from fieldkit.storage.slots import Unlocked, unlock

FREE_TRIES = 3
LONGEST_WAIT = 60  # seconds
COUNT_FILE = "attempts"

Opened = TypeVar("Opened")

_MAX_COUNT_BYTES = 256
_ENOUGH = 1000  # failures; counting on changes nothing


def delay_after(failures: int) -> int:
    """How many seconds to wait after so many wrong phrases in a row: 0, 0, 0, then 1, 2, 4 … 60."""
    if failures < FREE_TRIES:
        return 0
    return int(min(LONGEST_WAIT, 2 ** min(failures - FREE_TRIES, 10)))


class Door:
    """The sign-in of one vault; kept while the sign-in screen is shown."""

    def __init__(self, folder: Path, ticks: Callable[[], float]) -> None:
        """`ticks` gives seconds of a clock that only goes forward, such as `time.monotonic`."""
        self._folder = folder
        self._ticks = ticks
        self._since = ticks()
        self.failures = _read(folder)

    def wait_seconds(self) -> int:
        """How many whole seconds are left until the next phrase may be tried."""
        left = delay_after(self.failures) - (self._ticks() - self._since)
        return max(0, math.ceil(left))

    def unlock(self, person: str, phrase: str, policy: Policy = STANDARD) -> Unlocked:
        """Try a phrase.

        Raises DoorFault `vault.wait` (with `wait_seconds`) without trying it; `vault.wrong_phrase` (with
        `wait_seconds` until the next try); else as `slots.unlock`.
        """
        return self.count(lambda: unlock(self._folder, person, phrase, policy))

    def count(self, attempt: Callable[[], Opened]) -> Opened:
        """Try any phrase of this vault: `attempt` raises DoorFault `vault.wrong_phrase` when it is wrong. As
        `unlock`."""
        waiting = self.wait_seconds()
        if waiting:
            raise DoorFault("vault.wait", wait_seconds=waiting)
        before = self.failures
        self._count(before + 1)
        try:
            opened = attempt()
        except DoorFault as fault:
            if fault.code != "vault.wrong_phrase":
                self._count(before)
                raise
            self._since = self._ticks()
            raise DoorFault("vault.wrong_phrase", wait_seconds=self.wait_seconds()) from fault
        except Exception:
            self._count(before)  # the laptop failed, not the person
            raise
        self._count(0)
        return opened

    def _count(self, failures: int) -> None:
        self.failures = min(failures, _ENOUGH)
        try:
            if self.failures:
                write_whole(self._folder / COUNT_FILE, canonical({"failures": self.failures}))
            else:
                (self._folder / COUNT_FILE).unlink(missing_ok=True)
        except OSError:
            pass  # rule 4; what is counted in memory still holds


def _read(folder: Path) -> int:
    try:
        content = read_bounded(folder / COUNT_FILE, _MAX_COUNT_BYTES)
        failures = read_object(content or b"", "door.count").get("failures")
    except (OSError, ForeignFault):
        return 0
    return min(failures, _ENOUGH) if type(failures) is int and failures > 0 else 0
