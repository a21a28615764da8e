"""Files written whole or not at all, safe names, and where the program's own data lies.

1. What is written is written beside (`fieldkit.beside`), synced, and swapped in: after a crash the old or the new
   file stands, never half of one.
2. A name that comes from outside is never used as a path.
3. Nothing about a person is ever part of a file name.
"""

import errno
import hashlib
import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import BufferedReader, BufferedWriter
from pathlib import Path
from typing import BinaryIO

from fieldkit.beside import fresh, tidy

_MODE_PRIVATE = 0o600


def write_whole(path: Path, content: bytes) -> None:
    """Replace `path` by `content`, whole or not at all. Raises OSError; the old file then still stands."""
    tidy(path)
    beside = fresh(path)
    try:
        with _new_file(beside) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def write_whole_with(path: Path, writer: Callable[["Counted"], object]) -> None:
    """Let `writer` write the new file `path`, whole or not at all, and read back what the disk holds of it before
    it gets its name: a stick that lies about what it wrote is found out.

    Raises OSError, and whatever `writer` raises; then no file stands under that name.
    """
    tidy(path)
    beside = fresh(path)
    try:
        with _new_file(beside) as file:
            counted = Counted(file)
            writer(counted)
            file.flush()
            os.fsync(file.fileno())
            _forget_cached(file.fileno())
        if _digest(beside) != counted.digest:
            raise OSError(errno.EIO, "read back other bytes than were written")
        beside.replace(path)
    except BaseException:
        with suppress(OSError):  # the stick is gone, and what was on it with it
            beside.unlink(missing_ok=True)
        raise
    try:
        sync_folder(path.parent)
    except OSError:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        raise


class Counted:
    """A file being written, and the SHA-256 of what was."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._hash = hashlib.sha256()

    @property
    def digest(self) -> str:
        """Of all bytes written so far, in hexadecimal."""
        return self._hash.hexdigest()

    def write(self, content: bytes, /) -> int:
        """Write all of `content`."""
        self._hash.update(content)
        return self._file.write(content)

    def flush(self) -> None:
        """Nothing is held back here."""
        self._file.flush()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _forget_cached(descriptor: int) -> None:
    """Ask the system to read from the disk again; where it cannot be asked, it may tell what it remembers."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` survive a power cut. Windows has no such call and needs none."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(folder: Path, mode: int = 0o700) -> None:
    """Make `folder` and those above it that are missing, so that they survive a power cut. Raises OSError."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    folder.mkdir(parents=True, exist_ok=True, mode=mode)
    for place in missing:
        sync_folder(place.parent)


def read_bounded(path: Path, limit: int) -> bytes | None:
    """At most `limit` bytes of a regular file, or None when it is longer or not a regular file.

    Links, devices and folders on a stick are not followed, and a file that says it is longer is not begun: one of
    100 GB that holds nothing costs nothing. Raises OSError.
    """
    with open_regular(path) as file:
        if file is None or os.fstat(file.fileno()).st_size > limit:
            return None
        content = file.read(limit + 1)
    return content if len(content) <= limit else None


@contextmanager
def open_regular(path: Path) -> Iterator[BufferedReader | None]:
    """A regular file to be read in pieces, or None when it is none: links, devices and folders are not followed,
    and a pipe that nobody writes to is not waited for.

    Raises OSError.
    """
    if path.is_symlink() or not path.is_file():
        yield None
        return
    # It may have been swapped since it was looked at: what was opened is looked at again.
    with os.fdopen(os.open(path, _READ_FLAGS), "rb") as file:
        yield file if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else None


def on_another_medium(one: Path, other: Path) -> bool:
    """Whether two places lie on different volumes, as far as the system can tell: one disk of two partitions looks
    like two. Both must exist. Raises OSError."""
    return one.stat().st_dev != other.stat().st_dev


def resources() -> Path:
    """The folder of shipped data: fonts, forms, leaflets, codebook."""
    return _root() / "resources"


def translations() -> Path:
    """The folder of gettext sources."""
    return _root() / "translations"


def built() -> Path:
    """The folder of build outputs: compiled catalogues and converted forms. Never committed."""
    return Path(os.environ.get("FIELDKIT_BUILT", "") or _root() / "build")


def _root() -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    return Path(frozen) if frozen else Path(__file__).resolve().parent.parent


def _flags(first: int, *more: str) -> int:
    # O_BINARY exists only on Windows; O_NOFOLLOW and O_NONBLOCK only elsewhere.
    for name in ("O_BINARY", "O_NOFOLLOW", *more):
        first |= getattr(os, name, 0)
    return first


_READ_FLAGS = _flags(os.O_RDONLY, "O_NONBLOCK")
_NEW_FLAGS = _flags(os.O_WRONLY | os.O_CREAT | os.O_EXCL)


def _new_file(beside: Path) -> BufferedWriter:
    """Open a file that was not there before. What lies under its name is taken away, not written to: half a file of
    ours, or a pipe or a device that somebody laid on the stick, into which writing would never end."""
    beside.unlink(missing_ok=True)
    return os.fdopen(os.open(beside, _NEW_FLAGS, _MODE_PRIVATE), "wb")
