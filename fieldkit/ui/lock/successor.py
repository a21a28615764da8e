"""The process that comes after a lock: the same program once more, without a key, at its sign-in screen.

1. It inherits nothing but where the vault lies and where the window stood: no file that is open, no word, no key.
2. It says one byte when its window stands there; the process before it waits for that byte behind a neutral page.
3. It opens the vault only when the process before it has ended, which it sees by the end of its input.
"""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

HIDDEN_WORD: Final = "after-lock"
"""The word of the command line that begins it."""

GEOMETRY: Final = "--geometry"
HOME_VARIABLE: Final = "FIELDKIT_HOME"
_AT_MOST: Final = 256
"""Bytes of input that are read, at most, while waiting for its end."""


class Successor:
    """The process that was begun."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process

    def wait_until_shown(self) -> None:
        """Return when its window stands there, or when it failed. Whoever calls this bounds it."""
        if self._process.stdout is not None:
            self._process.stdout.read(1)


def command(geometry: str) -> list[str]:
    """How this program is begun again, frozen or not. `geometry` is Qt's, in hexadecimal."""
    as_now = ("-X", "utf8") if sys.flags.utf8_mode else ()
    module = () if getattr(sys, "frozen", False) else (*as_now, "-m", "fieldkit")
    return [sys.executable, *module, HIDDEN_WORD, GEOMETRY, geometry]


def begin(folder: Path, geometry: str) -> Successor | None:
    """Begin it for the vault in `folder`. None when the system refuses: this process ends all the same."""
    try:
        process = subprocess.Popen(  # noqa: S603 (our own program)
            command(geometry),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=_environment(folder),
            creationflags=_flags(),
            start_new_session=True,  # a closing terminal does not take it along
        )
    except OSError:
        return None
    _let_to_the_front(process.pid)
    return Successor(process)


def tell_shown() -> None:
    """In the new process: the window stands there. Nothing is written after this byte."""
    with suppress(OSError):
        os.write(1, b".")
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.close(nowhere)


def wait_for_predecessor() -> None:
    """In the new process: return when the one before has ended. Off the window's thread."""
    with suppress(OSError):
        while os.read(0, _AT_MOST):
            pass


def _environment(folder: Path) -> dict[str, str]:
    own = {HOME_VARIABLE: str(folder), "PYINSTALLER_RESET_ENVIRONMENT": "1"}
    return {**os.environ, **own}


if sys.platform == "win32":
    import ctypes

    def _flags() -> int:
        return subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP

    def _let_to_the_front(process: int) -> None:
        ctypes.windll.user32.AllowSetForegroundWindow(process)

else:

    def _flags() -> int:
        return 0

    def _let_to_the_front(process: int) -> None:
        """Nothing to do: the window manager decides."""
