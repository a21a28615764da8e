"""A vault destroyed on purpose (`vault-and-bundles.md`, keys and people).

1. The slots go first: every file that holds one is overwritten where it lies and synced. From then on no phrase
   opens anything here, whatever is left of the rest. This takes a moment, also for a large vault.
2. Then the beginning of the database is overwritten, and all files of the vault are removed.
3. It asks nothing and refuses nothing: a damaged vault, one that is open elsewhere, one that is half gone
   already. A file that resists does not keep the others; what could not be destroyed is returned, and apart from
   it the slots that could not even be overwritten: a disk that allows reading only leaves every way in open, and
   whoever is in danger must not be told otherwise.
4. It promises no more than it does: an SSD may keep a former copy of what was overwritten, and copies of this
   vault on other disks open as ever.
"""

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from fieldkit.beside import halves
from fieldkit.files import sync_folder
from fieldkit.storage.aside import aside_in
from fieldkit.storage.database import DATABASE_FILE
from fieldkit.storage.door import COUNT_FILE
from fieldkit.storage.header import MAX_HEADER_BYTES
from fieldkit.storage.lockfile import LOCK_FILE
from fieldkit.storage.slots import FIRST_COPY, NEXT_HEADER, SECOND_COPY

RECOVERY_KEY = "recovery.key"
"""What waits for headquarters' answer (`services.recovery`): a key under a phrase."""

_SLOTS = (FIRST_COPY, SECOND_COPY, NEXT_HEADER, RECOVERY_KEY)
_BEGINNING = 1024 * 1024
"""Bytes of a database that are overwritten: its salt, and the tables that tell where everything else lies."""


class Destroyed(NamedTuple):
    """What could not be destroyed, by file name. What is `still_open` opens the vault as ever."""

    left: tuple[str, ...]
    still_open: tuple[str, ...]


def wipe(folder: Path) -> Destroyed:
    """Destroy the vault in `folder`, and those that stepped aside there; what could not be destroyed."""
    all_of_them = [_wipe(place) for place in (folder, *aside_in(folder))]
    for place in aside_in(folder):
        with suppress(OSError):
            place.rmdir()
    return Destroyed(
        tuple(name for one in all_of_them for name in one.left),
        tuple(name for one in all_of_them for name in one.still_open),
    )


def _wipe(folder: Path) -> Destroyed:
    slots = [path for name in _SLOTS for path in (folder / name, *halves(folder / name))]
    left = [path for path in slots if not _destroy(path, whole=True)]
    still_open = tuple(path.name for path in left if not _is_blank(path))
    others = [path for path in _files(folder) if path.name not in {path.name for path in slots}]
    left += [path for path in others if not _destroy(path, whole=False)]
    with suppress(OSError):
        sync_folder(folder)
    return Destroyed(tuple(path.name for path in left), still_open)


def _files(folder: Path) -> list[Path]:
    """Everything that a vault may have laid there; what is not ours stays."""
    try:
        held = sorted(folder.iterdir())
    except OSError:
        return []
    ours = (COUNT_FILE, LOCK_FILE)
    return [path for path in held if path.name in ours or path.name.startswith(DATABASE_FILE)]


def _destroy(path: Path, *, whole: bool) -> bool:
    """Overwrite and remove; whether nothing of it is left to be told. A link is removed, not followed."""
    try:
        if not path.exists() and not path.is_symlink():
            return True
    except OSError:  # a disk that does not even answer whether it is there
        return False
    overwritten = path.is_symlink() or _overwrite(path, whole)
    try:
        path.unlink()
    except OSError:
        # Windows keeps a file that another program has open; what was overwritten opens nothing all the same.
        return False
    return overwritten


def _is_blank(path: Path) -> bool:
    """Whether nothing can be read in what is left of a slot. Not to know is no."""
    try:
        with path.open("rb") as file:
            return not file.read(MAX_HEADER_BYTES).strip(b"\0")
    except FileNotFoundError:
        return True  # overwritten or not, it lies under no name any more
    except OSError:
        return False


def _overwrite(path: Path, whole: bool) -> bool:
    try:
        with suppress(OSError):
            path.chmod(stat.S_IRUSR | stat.S_IWUSR)
        left = path.stat().st_size if whole else min(path.stat().st_size, _BEGINNING)
        with path.open("r+b", buffering=0) as file:
            while left > 0:
                left -= file.write(bytes(min(left, _BEGINNING)))
            os.fsync(file.fileno())
    except OSError:
        return False
    return True
