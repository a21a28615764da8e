"""The real clocks and the real randomness. Only the windows and the command line make them."""

import secrets
import sys
import time
from datetime import datetime

from fieldkit.services.world import World


class SystemClock:
    """The laptop's clock in the laptop's zone, as people see it."""

    def now(self) -> datetime:
        """The present instant with the local offset."""
        return datetime.now().astimezone()


class SystemRandomness:
    """The operating system's randomness."""

    def bytes(self, count: int) -> bytes:
        """Exactly `count` unpredictable bytes."""
        return secrets.token_bytes(count)


if sys.platform == "win32":
    import ctypes

    def awake_seconds() -> float:
        """Seconds of a clock that nobody can set and that stands still while the laptop sleeps."""
        hundred_nanoseconds = ctypes.c_ulonglong()
        ctypes.windll.kernel32.QueryUnbiasedInterruptTime(ctypes.byref(hundred_nanoseconds))
        return hundred_nanoseconds.value / 10_000_000

    def always_seconds() -> float:
        """Seconds of a clock that nobody can set and that goes on while the laptop sleeps."""
        ticks = ctypes.windll.kernel32.GetTickCount64
        ticks.restype = ctypes.c_ulonglong
        return int(ticks()) / 1000

elif sys.platform == "linux":

    def awake_seconds() -> float:
        """Seconds of a clock that nobody can set and that stands still while the laptop sleeps."""
        return time.clock_gettime(time.CLOCK_MONOTONIC)

    def always_seconds() -> float:
        """Seconds of a clock that nobody can set and that goes on while the laptop sleeps."""
        return time.clock_gettime(time.CLOCK_BOOTTIME)

else:

    def awake_seconds() -> float:
        """Seconds of a clock that nobody can set and that stands still while the laptop sleeps."""
        return time.clock_gettime(time.CLOCK_UPTIME_RAW)

    def always_seconds() -> float:
        """Seconds of a clock that nobody can set and that goes on while the laptop sleeps."""
        return time.clock_gettime(time.CLOCK_MONOTONIC)


def real_world() -> World:
    """The world as it is."""
    return World(SystemClock(), SystemRandomness(), time.monotonic)
