"""The real clock and the real randomness. Only the windows and the command line make them."""

import secrets
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


def real_world() -> World:
    """The world as it is."""
    return World(SystemClock(), SystemRandomness(), time.monotonic)
