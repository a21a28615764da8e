"""Files that somebody points at: read within bounds, written whole or not at all."""

from __future__ import annotations

import errno
from pathlib import Path

from fieldkit.domain.errors import DeviceFault, ForeignFault
from fieldkit.files import read_bounded, write_whole


def read_file(path: Path, limit: int) -> bytes:
    """The content of a file of at most `limit` bytes.

    Raises ForeignFault `window.file_too_large`; DeviceFault `window.file_unreadable`.
    """
    try:
        content = read_bounded(path, limit)
    except OSError as error:
        raise DeviceFault("window.file_unreadable", file=path.name) from error
    if content is None:
        raise ForeignFault("window.file_too_large", file=path.name)
    return content


def write_file(folder: Path, name: str, content: bytes) -> Path:
    """Write `name` into `folder`; the path it has there. Raises DeviceFault `window.disk_full`,
    `window.disk_failed`; then no file stands there."""
    try:
        write_whole(folder / name, content)
    except OSError as error:
        full = error.errno == errno.ENOSPC
        raise DeviceFault("window.disk_full" if full else "window.disk_failed") from error
    return folder / name
