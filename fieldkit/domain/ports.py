"""The protocols through which packages of one level meet; a service hands one to the other.

Clock and randomness are handed in everywhere: only `cli` and `ui` make the real ones. So a test can
stand at any hour in any zone, and draw the same numbers twice.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

JsonValue = None | bool | int | str | Sequence["JsonValue"] | Mapping[str, "JsonValue"]
"""What a payload may hold. No floats: RFC 8785 would have to round them."""

JsonObject = Mapping[str, JsonValue]


class Clock(Protocol):
    """The wall clock as it is shown to people. It stamps; it never orders anything."""

    def now(self) -> datetime:
        """The present instant with its zone (an aware datetime)."""
        ...


class Randomness(Protocol):
    """A source of unpredictable bytes; the real one is the operating system's."""

    def bytes(self, count: int) -> bytes:
        """Exactly `count` bytes."""
        ...


class Progress(Protocol):
    """Where a long job says how far it is; the receiver may raise to cancel it."""

    def __call__(self, done: int, total: int) -> None: ...


def unwatched(done: int, total: int) -> None:
    """The progress of a job that nobody looks at."""
