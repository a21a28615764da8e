"""One process per vault: a lock beside it that the system drops when the process ends, however it ends.

The file itself stays and says nothing; only the system's lock on it counts. So a kill or a power cut never
leaves a vault locked. Where another program can take the file away while it is locked (not on Windows), the folder
is locked too: whoever finds no file and makes a new one still does not get in.
"""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from fieldkit.storage.errors import DatabaseFault, DoorFault

LOCK_FILE = "lock"

_TAKEN = {errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK}
_REFUSED = {errno.EROFS, errno.EACCES, errno.EPERM}

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _folder_too(folder: Path) -> int | None:
        return None  # the system refuses to remove an open file

else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _folder_too(folder: Path) -> int | None:
        """The locked folder; None on a disk that locks files only. Raises BlockingIOError when it is taken."""
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            _take(descriptor)
        except BlockingIOError:
            os.close(descriptor)
            raise
        except OSError:
            os.close(descriptor)
            return None
        return descriptor


class VaultLock:
    """Held from sign-in to lock."""

    def __init__(self, folder: Path) -> None:
        """Take the lock of the vault in `folder`.

        Raises DoorFault `vault.in_use` when another window or program has it; DatabaseFault `vault.read_only`,
        `vault.disk_failed`.
        """
        self._folder: int | None = None
        try:
            self._descriptor: int | None = os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            refused = error.errno in _REFUSED
            raise DatabaseFault("vault.read_only" if refused else "vault.disk_failed") from error
        try:
            _take(self._descriptor)
            self._folder = _folder_too(folder)
        except OSError as error:
            self.release()
            if error.errno in _TAKEN:
                raise DoorFault("vault.in_use") from error
            raise DatabaseFault("vault.disk_failed") from error

    @classmethod
    @contextmanager
    def for_reading(cls, folder: Path) -> Iterator[None]:
        """Held while a vault is only read. On a disk that allows nothing else (a failing one is often made so)
        there is no lock to take, and nobody who could write. Raises as the other way, but `vault.read_only`."""
        try:
            lock: VaultLock | None = cls(folder)
        except DatabaseFault as fault:
            if fault.code != "vault.read_only":
                raise
            lock = None
        try:
            yield
        finally:
            if lock is not None:
                lock.release()

    def release(self) -> None:
        """Let others in; calling it again does nothing."""
        held = (self._folder, self._descriptor)
        self._folder = self._descriptor = None
        for descriptor in held:
            if descriptor is not None:
                os.close(descriptor)  # closing drops the lock

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
