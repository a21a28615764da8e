"""Reads and writes a pack's folder on a stick that anybody may have had in their hands.

1. Only regular files are read: links, junctions, devices and pipes are refused, also in the folder above.
2. Nothing is read beyond the limit; a file that says it is longer is not begun.
3. A name is one that this program makes (`layout`); it never leaves the folder.
"""

import os
import stat
from pathlib import Path

from fieldkit.domain.errors import DeviceFault
from fieldkit.files import make_folder, write_whole
from fieldkit.sync.packs.faults import PackFault

_REPARSE_POINT = 0x400
"""FILE_ATTRIBUTE_REPARSE_POINT: links and junctions of Windows."""


class Stick:
    """The folder of one pack."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, name: str, limit: int) -> bytes | None:
        """The bytes of a file, or None when there is none.

        Raises PackFault `pack.link`, `pack.too_large`; DeviceFault `pack.unreadable` (a stick that was pulled out).
        """
        try:
            return self._read(name, limit)
        except OSError as error:
            raise DeviceFault("pack.unreadable") from error

    def write(self, name: str, content: bytes) -> None:
        """Write a file whole. Raises DeviceFault `pack.unwritable`; then the old one stands."""
        path = self.folder / name
        try:
            make_folder(path.parent)
            write_whole(path, content)
        except OSError as error:
            raise DeviceFault("pack.unwritable") from error

    def _read(self, name: str, limit: int) -> bytes | None:
        if not self.folder.is_dir():
            raise PackFault("pack.not_a_pack")
        path = self.folder
        for part in name.split("/"):
            path = path / part
            try:
                found = path.lstat()
            except FileNotFoundError:
                return None
            if _points_elsewhere(found):
                raise PackFault("pack.link", file=name)
        if not stat.S_ISREG(found.st_mode):
            raise PackFault("pack.link", file=name)
        if found.st_size > limit:
            raise PackFault("pack.too_large", limit=limit)
        return _content(path, name, limit)


def _content(path: Path, name: str, limit: int) -> bytes:
    # The file may have been swapped since it was looked at: what was opened is looked at again.
    flags = os.O_RDONLY
    for more in ("O_BINARY", "O_NOFOLLOW", "O_NONBLOCK"):
        flags |= getattr(os, more, 0)
    descriptor = os.open(path, flags)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise PackFault("pack.link", file=name)
        content = file.read(limit + 1)
    if len(content) > limit:
        raise PackFault("pack.too_large", limit=limit)
    return content


def _points_elsewhere(found: os.stat_result) -> bool:
    return stat.S_ISLNK(found.st_mode) or bool(getattr(found, "st_file_attributes", 0) & _REPARSE_POINT)
