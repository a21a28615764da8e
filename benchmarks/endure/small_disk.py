"""Disks so small that they are soon full: file systems in memory, which only root may mount (Linux)."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.endure.core import CannotRun

PAGE = 4096
"""Bytes; what such a disk gives out at once."""

_BALLAST = "ballast"


class SmallDisk:
    """A mounted disk, and what fills it up."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def leave(self, free: int) -> None:
        """Fill it up until `free` bytes are left, rounded down to pages."""
        self.clear()
        state = os.statvfs(self.place)
        filled = state.f_bavail * state.f_frsize - free // PAGE * PAGE
        (self.place / _BALLAST).write_bytes(bytes(max(0, filled)))

    def clear(self) -> None:
        """Make room again."""
        (self.place / _BALLAST).unlink(missing_ok=True)


@contextmanager
def small_disk(place: Path, size: int) -> Iterator[SmallDisk]:
    """A disk of `size` bytes at the new folder `place`. Raises CannotRun where it may not be mounted."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("mount") is None:
        raise CannotRun(
            "A disk of limited size is needed, which only root may mount: run this as root on Linux."
        )
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=700", "endure", str(place)]
    mounted = subprocess.run(command, capture_output=True, text=True)
    if mounted.returncode != 0:
        raise CannotRun(f"A disk of limited size cannot be mounted here: {mounted.stderr.strip()}")
    try:
        yield SmallDisk(place)
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)
