"""A vault under a new database key: written beside, examined, put in the old one's place (`vault-and-bundles.md`).

1. The new database is copied page by page beside the old one, changed there, and examined as a whole. Until then
   nothing of the vault is touched, and whatever ends it leaves the vault as it was.
2. The old database is closed first, its log folded in: nobody can be told "saved" by a file that is about to go.
3. Then the new header is written under a name of its own, whole. That is the moment: before it the old vault
   stands, after it the new one does, and `finish` takes the remaining steps - also after a kill, at the next
   sign-in, as often as it is cut off. It needs no key.
4. Every step is a replacement of one whole file, with no file open: the same on Windows.
5. The old database is overwritten before it goes. What an SSD has moved elsewhere on its own stays there: the
   administrator is told so, and full-disk encryption is what helps.
"""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from fieldkit.crypto.keys import DatabaseKey
from fieldkit.domain.ports import Progress
from fieldkit.files import sync_folder, write_whole
from fieldkit.storage import slots
from fieldkit.storage.database import DATABASE_FILE, Database, broken_pages
from fieldkit.storage.errors import DatabaseFault, disk_faults
from fieldkit.storage.examination import STEPS, examine
from fieldkit.storage.header import Header, spell
from fieldkit.storage.slots import FIRST_COPY, NEXT_HEADER, SECOND_COPY

NEXT_DATABASE = "vault.db.next"
FORMER_DATABASE = "vault.db.former"

ROOM = 1024 * 1024
"""Bytes that must be left beside the new database."""

WHOLE, COPYING = 100, 60
"""Parts of the work, and how many of them the copying is."""

_LOGS = ("-wal", "-shm", "-journal")
_PIECE = 1024 * 1024

Change = Callable[[Database], None]


def prepare(folder: Path, old: DatabaseKey, new: DatabaseKey, change: Change, progress: Progress) -> None:
    """Write the database in `folder` anew under `new`, with `change` made to it, and examine it (rule 1).

    Raises DatabaseFault `backup.source_damaged`, `rekey.disk_full`, `rekey.not_whole`, those of disks, and what
    `change` or `progress` raise: then nothing of it is left.
    """
    source, target = folder / DATABASE_FILE, folder / NEXT_DATABASE
    try:
        with disk_faults():
            _clear(target)
            _check_room(folder, source.stat().st_size)
            held = _copy(source, target, old, new, progress)
            _change(target, new, change, held)
            _examine(target, new, progress)
            _sync(target)
    except BaseException:
        with suppress(OSError):
            _clear(target)
        raise


def commit(folder: Path, header: Header) -> None:
    """From here on the new vault stands (rule 3). Both databases are closed. Raises DatabaseFault."""
    log = folder / (DATABASE_FILE + _LOGS[0])
    with disk_faults():
        if log.exists() and log.stat().st_size:
            raise DatabaseFault("vault.busy")
        write_whole(folder / NEXT_HEADER, spell(header))


def finish(folder: Path) -> bool:
    """Take the steps that are left of a re-keying, or clear away one that never came to its moment.

    Whether there was anything. For whoever holds the vault's lock, before anything is opened. Raises DatabaseFault.
    """
    target = folder / NEXT_DATABASE
    with disk_faults():
        header = slots.copy_at(folder, NEXT_HEADER)
        if header is None:
            found = target.exists()
            _clear(target)
            _erase(folder / FORMER_DATABASE, folder / DATABASE_FILE)
            return found
        if target.exists():
            _replace_database(folder, target)
        _erase(folder / FORMER_DATABASE, folder / DATABASE_FILE)
        for name in (FIRST_COPY, SECOND_COPY):
            write_whole(folder / name, spell(header))
        (folder / NEXT_HEADER).unlink()
        sync_folder(folder)
    return True


def waits(folder: Path) -> bool:
    """Whether a re-keying was cut off here, so that `finish` has something to do."""
    return any((folder / name).exists() for name in (NEXT_HEADER, NEXT_DATABASE, FORMER_DATABASE))


def database_of(folder: Path) -> Path:
    """The database to which the header that counts belongs, also where a re-keying was cut off."""
    target = folder / NEXT_DATABASE
    decided = slots.copy_at(folder, NEXT_HEADER) is not None
    return target if decided and target.exists() else folder / DATABASE_FILE


def _replace_database(folder: Path, target: Path) -> None:
    place, former = folder / DATABASE_FILE, folder / FORMER_DATABASE
    for ending in _LOGS:  # what is left of the old one's log would be read into the new one
        place.with_name(place.name + ending).unlink(missing_ok=True)
    if place.exists() and not former.exists():
        with suppress(
            OSError
        ):  # some sticks know no second name for a file: then it goes without being overwritten
            os.link(place, former)
    target.replace(place)
    sync_folder(folder)


def _erase(former: Path, present: Path) -> None:
    """Rule 5. As long as both names mean one file, it is the one in use."""
    if not former.exists():
        return
    if not (present.exists() and former.samefile(present)):
        overwrite(former)
    former.unlink()


def overwrite(path: Path) -> None:
    """Write zeros over all of a file and sync it. Raises OSError."""
    left = path.stat().st_size
    with path.open("r+b", buffering=0) as file:
        while left > 0:
            left -= file.write(bytes(min(left, _PIECE)))
        os.fsync(file.fileno())


def _clear(target: Path) -> None:
    for ending in ("", *_LOGS):
        target.with_name(target.name + ending).unlink(missing_ok=True)


def _check_room(folder: Path, size: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < size + ROOM:
        needed = -(-(size + ROOM) // _PIECE)
        raise DatabaseFault("rekey.disk_full", needed=needed, free=free // _PIECE)


def _copy(source: Path, target: Path, old: DatabaseKey, new: DatabaseKey, progress: Progress) -> int:
    """How many entries were copied; a page that cannot be read would be copied as it is, so it is looked for."""
    if broken := broken_pages(source, old):
        raise DatabaseFault("backup.source_damaged", count=len(broken))
    reading = Database.open(source, old)
    try:
        writing = Database.for_copy(target, new)
        try:
            reading.copy_into(writing, lambda done, total: progress(COPYING * done // (total or 1), WHOLE))
        finally:
            writing.close()
        return reading.number(_ENTRIES)
    finally:
        reading.close()


def _change(target: Path, new: DatabaseKey, change: Change, held: int) -> None:
    database = Database.open(target, new)
    try:
        if database.number(_ENTRIES) != held:
            raise DatabaseFault("rekey.not_whole", reason="rekey.entries")
        change(database)
        database.checkpoint()
    finally:
        database.close()


def _examine(target: Path, new: DatabaseKey, progress: Progress) -> None:
    part = WHOLE - COPYING
    examined = examine(target, new, lambda done, _: progress(COPYING + part * done // STEPS, WHOLE))
    if not examined.sound:
        raise DatabaseFault("rekey.not_whole", reason=examined.faults[0].code)


def _sync(target: Path) -> None:
    with target.open("r+b") as file:
        os.fsync(file.fileno())
    sync_folder(target.parent)


_ENTRIES = "SELECT COUNT(*) FROM entries"
