"""A log that cannot hold the content of a record.

1. Only codes, counts, sizes and paths inside the program are logged: a message's arguments are replaced
   unless they are numbers or were marked as harmless words.
2. A traceback is written as file, line and kind of error; the text of an exception is not.
3. A crash leaves no picture of the memory on the disk: words and keys stand in it.
"""

import logging
import sys
import traceback
from types import TracebackType

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Harmless(str):
    """A word from the program itself (a code, a screen's name) that may stand in the log."""


class _Formatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        record.args = _without_content(record.args)
        record.exc_text = None
        return super().format(record)

    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802 (the library's name)
        kind, _, trace = ei
        if kind is None:
            return ""
        frames = traceback.extract_tb(trace)
        places = "\n".join(f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames)
        return f"{places}\n  {kind.__name__}"


def _without_content(args: object) -> tuple[object, ...]:
    values = args if isinstance(args, tuple) else (args,) if args else ()
    return tuple(value if isinstance(value, int | float | Harmless) else "…" for value in values)


if sys.platform == "win32":
    import ctypes

    _QUIET = 0x0001 | 0x0002 | 0x8000  # SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX, SEM_NOOPENFILEERRORBOX
    _NO_HEAP, _NO_SNAPSHOT = 0x0001, 0x0020  # WER_FAULT_REPORTING_FLAG_NOHEAP, ..._DISABLE_SNAPSHOT_CRASH

    def no_dumps() -> None:
        """Let a crash of this process or its children be no case for Windows Error Reporting (rule 3): no dialog,
        and where an administrator has asked for dumps all the same, none with what was in the heap."""
        ctypes.windll.kernel32.SetErrorMode(_QUIET)
        try:
            ctypes.windll.wer.WerSetFlags(_NO_HEAP | _NO_SNAPSHOT)
        except (OSError, AttributeError):
            return  # a Windows without it has nothing to tell

else:
    import resource

    def no_dumps() -> None:
        """Let no crash of this process or its children write a core file (rule 3)."""
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def start(level: int = logging.WARNING) -> None:
    """Send the log to standard error in the form that keeps people's words out."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Formatter("%(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
