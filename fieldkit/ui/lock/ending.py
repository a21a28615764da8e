"""Lock: this process ends, and with it every copy of a key in its memory (R12).

Key text stays in a Python process's memory two or three times after closing the database, whatever one zeroes. So:

1. First nothing can be seen any more: a neutral page lies over everything, other windows are gone.
2. Then another process without any key is begun; it shows sign-in.
3. What the open editor holds is written, work under way is asked to stop, the vault is closed: two seconds for all
   of it, then this process ends with whatever is left undone. What was acknowledged is on disk already.
4. A panic lock does only the first two, and ends.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from fieldkit.ui.background import at_latest
from fieldkit.ui.context import Context
from fieldkit.ui.lock import clipboard, successor
from fieldkit.ui.lock.why import SHOWS_FOR, WRITES_FOR, Why

_JOBS_STOP_FOR = 1.0
"""Seconds for which work under way is waited for, within those of rule 3."""


class Following(Protocol):
    """The process that comes after."""

    def wait_until_shown(self) -> None: ...


class Blanking(Protocol):
    """What of the window is needed: the neutral page, the open editor's content, the place it stands in."""

    def blank(self) -> None: ...
    def write_editor(self) -> None: ...
    def geometry_kept(self) -> str: ...


Begin = Callable[[Path, str], Following | None]
Bound = Callable[[float, Callable[[], object]], Callable[[], object]]


def _leave() -> None:
    os._exit(0)


class ProcessEnds:
    """What `Context.lock` does in the real program. `begin`, `leave` and `bound` are others in tests."""

    def __init__(
        self,
        window: Blanking,
        *,
        begin: Begin = successor.begin,
        leave: Callable[[], object] = _leave,
        bound: Bound = at_latest,
    ) -> None:
        self._window = window
        self._begin = begin
        self._leave = leave
        self._bound = bound

    def __call__(self, context: Context, why: Why) -> None:
        """End this process. Returns only where `leave` does."""
        try:
            self._window.blank()
            following = self._begin(context.folder, self._window.geometry_kept())
            if why.writes:
                self._write_and_close(context)
            with suppress(Exception):
                clipboard.forget()
            if following is not None and why.waits_for_sign_in:
                self._bound(SHOWS_FOR, self._leave)
                following.wait_until_shown()
        finally:
            self._leave()

    def _write_and_close(self, context: Context) -> None:
        in_time = self._bound(WRITES_FOR, self._leave)
        with suppress(Exception):  # whatever is wrong with the disk, the key goes
            self._window.write_editor()
        with suppress(Exception):
            context.take_films_back()
            context.background.wait(_JOBS_STOP_FOR)
            vault, context.vault = context.vault, None
            if vault is not None:
                vault.close()
        in_time()
