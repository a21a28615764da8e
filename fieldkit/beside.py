"""The temporary file beside one that is being written: a name for each writer, and who may take it away.

1. Two writers of one file never meet. The name holds the process and a number that the process uses once; who ends
   last stands.
2. What a killed process left is taken away by the next writer of the same file. What a running process writes is
   never touched. A stick goes from laptop to laptop, and a number may be in use here by chance: then it waits for
   a later writer.
3. What lies under such a name may have been laid there by anybody: it is compared by name, never opened.
"""

import os
import re
import sys
from contextlib import suppress
from itertools import count
from pathlib import Path

_NAME = re.compile(r"\.([1-9][0-9]{0,9})-[0-9]+\.part")
_numbers = count(1)

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _SYNCHRONIZE, _STILL_RUNS, _NO_SUCH_PROCESS = 0x0010_0000, 0x102, 87
    _kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    _kernel.OpenProcess.restype = wintypes.HANDLE
    _kernel.WaitForSingleObject.argtypes = (wintypes.HANDLE, wintypes.DWORD)
    _kernel.CloseHandle.argtypes = (wintypes.HANDLE,)

    def _runs(process: int) -> bool:
        # os.kill would end it: Windows knows no signal that only asks.
        handle = _kernel.OpenProcess(_SYNCHRONIZE, False, process)
        if not handle:
            return ctypes.get_last_error() != _NO_SUCH_PROCESS
        try:
            return bool(_kernel.WaitForSingleObject(handle, 0) == _STILL_RUNS)
        finally:
            _kernel.CloseHandle(handle)

else:

    def _runs(process: int) -> bool:
        try:
            os.kill(process, 0)
        except (ProcessLookupError, OverflowError):
            return False
        except PermissionError:  # it is somebody else's
            return True
        return True


def fresh(path: Path) -> Path:
    """A name beside `path` that no other writer takes (rule 1)."""
    return path.with_name(f"{path.name}.{os.getpid()}-{next(_numbers)}.part")


def halves(path: Path) -> tuple[Path, ...]:
    """What lies beside `path` half written, whoever writes it; nothing where the folder does not answer."""
    try:
        names = [one.name for one in os.scandir(path.parent)]
    except OSError:
        return ()
    return tuple(path.with_name(name) for name in sorted(names) if _writer(path, name))


def tidy(path: Path) -> None:
    """Take away what killed processes left beside `path` (rule 2); what resists stays."""
    for half in halves(path):
        if not _runs(_writer(path, half.name)):
            with suppress(OSError):
                half.unlink()


def _writer(path: Path, name: str) -> int:
    """The process that writes `name` to become `path`; 0 when it is something else."""
    match = _NAME.fullmatch(name.removeprefix(path.name)) if name.startswith(path.name) else None
    return int(match[1]) if match else 0
