"""A copy of a vault in a folder of its own, such as on a stick: whole or not at all, and back again.

1. A copy is of one moment: the database as it stood when copying began, and both copies of its header.
2. It stands under its name only after it was examined where it lies (`examination`): pages, tables, journal, files.
   SQLCipher's own copying does not notice a page it cannot read, so the source is looked at too.
3. Its name is random. Like the laptop's own folder it shows the vault's name and the labels of its people, and
   nothing else, to whoever holds it.
4. Whoever could open the vault at that moment can open the copy, with the phrase of that moment, for ever: no later
   change reaches it. So every copy is written into the journal with the slots it has (`services.backup`).
5. Putting back needs an empty folder, apart from vaults that stepped aside (`aside`). The header is written last:
   until then there is no vault. A mark lies there meanwhile: what was left by a try that was cut off is taken away
   by the next one, and nothing else is.
"""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from fieldkit.beside import halves
from fieldkit.crypto.keys import DatabaseKey
from fieldkit.domain.ports import Progress
from fieldkit.files import make_folder, sync_folder, write_whole
from fieldkit.storage import slots
from fieldkit.storage.aside import is_aside
from fieldkit.storage.database import DATABASE_FILE, Database, broken_pages
from fieldkit.storage.errors import DatabaseFault, StorageFault, is_full
from fieldkit.storage.examination import STEPS, Examined, examine
from fieldkit.storage.header import Header, spell

PART = ".part"
UNFINISHED = "unfinished"
"""A file of this name lies in a folder while a vault is put together in it."""

_UNFINISHED_COPY = re.compile(r"[0-9a-f]{16}\.part")
ROOM = 1024 * 1024
"""Bytes that must be left beside the copy: headers, and what a file system keeps for itself."""

MOST_LISTED = 200
"""Folders that are looked into when copies are listed."""

WHOLE, COPYING = 100, 70
"""Parts of the work, and how many of them the copying is; the rest is looking at it."""

_PIECE = 1024 * 1024
_LOG = "-wal"
_BESIDE = ("", _LOG, "-shm", "-journal")


_DISK = {
    ("backup", True): "backup.filled",
    ("backup", False): "backup.disk_failed",
    ("restore", True): "restore.filled",
    ("restore", False): "restore.disk_failed",
}


@dataclass(frozen=True, slots=True)
class FoundCopy:
    """A copy in a folder, with the header that stands before it; nothing of it is proved yet."""

    path: Path
    header: Header


def write(source: Path, target: Path, *, header: Header, key: DatabaseKey, progress: Progress) -> Examined:
    """Copy the database at `source` with `header` to the new folder `target`. What was found in the copy.

    Raises DatabaseFault `backup.source_damaged`, `backup.not_whole`, `backup.disk_full`, `backup.disk_failed`, and
    what `progress` raises: then nothing stands there.
    """
    _check_source(source, key)
    _check_room(target.parent, source.stat().st_size)
    part = target.with_name(target.name + PART)
    with _disk_faults(), _gone_on_failure(part):
        part.mkdir(mode=0o700)
        _copy_pages(source, part / DATABASE_FILE, key, progress)
        for name in (slots.FIRST_COPY, slots.SECOND_COPY):
            write_whole(part / name, spell(header))
        _forget_cached(part)
        examined = _examine(part, key, progress)
        part.rename(target)
        sync_folder(target.parent)
    return examined


def put_back(copy: FoundCopy, folder: Path, progress: Progress) -> Path:
    """Copy the database of a copy into the empty `folder`, which may be missing; its path there.

    There is no vault yet: the caller examines it, then writes a header. Raises StorageFault `backup.not_empty`;
    DatabaseFault `restore.disk_full`, `restore.disk_failed`.
    """
    source, target = copy.path / DATABASE_FILE, folder / DATABASE_FILE
    if source.is_symlink() or not source.is_file():
        raise StorageFault("vault.database_missing")
    begin(folder)
    with _disk_faults("restore"), _gone_on_failure(folder):
        _copy_bytes(source, target, progress)
        log = source.with_name(source.name + _LOG)
        if log.is_file() and not log.is_symlink():  # somebody opened the copy where it lay
            _copy_bytes(log, target.with_name(target.name + _LOG), progress)
    return target


def begin(folder: Path) -> None:
    """Make `folder` ready for a vault that is put together in it (rule 5).

    Raises StorageFault `backup.not_empty`; DatabaseFault `restore.disk_full`, `restore.disk_failed`.
    """
    if folder.exists() and not folder.is_dir():
        raise StorageFault("backup.not_empty")
    if (folder / UNFINISHED).is_file() and not slots.exists(folder):
        take_away(folder)
    if folder.exists() and not all(is_aside(path.name) for path in folder.iterdir()):
        raise StorageFault("backup.not_empty")
    with _disk_faults("restore"):
        make_folder(folder)
        write_whole(folder / UNFINISHED, b"")


def end(folder: Path) -> None:
    """The vault in `folder` is whole, or was made otherwise: nothing of it is to be taken away any more."""
    with suppress(OSError):
        (folder / UNFINISHED).unlink(missing_ok=True)


def unfinished_in(folder: Path) -> tuple[Path, ...]:
    """Copies in `folder` whose making was cut off: nothing opens them, and they only take room."""
    try:
        found = sorted(path for path in folder.iterdir() if _UNFINISHED_COPY.fullmatch(path.name))
    except OSError:
        return ()
    return tuple(path for path in found if path.is_dir() and not path.is_symlink())


def take_away(folder: Path) -> None:
    """Take the files of a copy or of an unfinished vault away; what cannot be removed is left."""
    names = (
        *(DATABASE_FILE + ending for ending in _BESIDE),
        slots.FIRST_COPY,
        slots.SECOND_COPY,
        "lock",
        UNFINISHED,
    )
    for path in (folder / name for name in names):
        for one in (*halves(path), path):
            with suppress(OSError):
                one.unlink(missing_ok=True)
    with suppress(OSError):
        folder.rmdir()


def found(folder: Path) -> tuple[FoundCopy, ...]:
    """The copies in `folder`, or the one that `folder` is; those whose header cannot be read are left out."""
    return tuple(_found(folder))


def examined_part(done: int) -> int:
    """How much of the whole work is done when so many steps of looking at the copy are."""
    return COPYING + (WHOLE - COPYING) * done // STEPS


def _found(folder: Path) -> Iterator[FoundCopy]:
    try:
        inner = sorted(path for path in folder.iterdir() if path.is_dir() and not path.is_symlink())
    except OSError:
        return
    for path in (folder, *inner[:MOST_LISTED]):
        if path.name.endswith(PART) or not (path / DATABASE_FILE).is_file():
            continue
        with suppress(StorageFault):
            yield FoundCopy(path, slots.read_header(path)[0])


def _check_source(source: Path, key: DatabaseKey) -> None:
    """Rule 2. A page that is being written while it is looked at would seem broken: it is looked at twice."""
    if broken_pages(source, key) and (broken := broken_pages(source, key)):
        raise DatabaseFault("backup.source_damaged", count=len(broken))


def _check_room(folder: Path, size: int) -> None:
    with _disk_faults():
        free = shutil.disk_usage(folder).free
    if free < size + ROOM:
        raise DatabaseFault("backup.disk_full", needed=-(-(size + ROOM) // _PIECE), free=free // _PIECE)


def _copy_pages(source: Path, target: Path, key: DatabaseKey, progress: Progress) -> None:
    # A connection of its own: it stands at one moment while others go on writing.
    reading = Database.open(source, key)
    try:
        writing = Database.for_copy(target, key)
        try:
            reading.copy_into(writing, lambda done, total: progress(COPYING * done // (total or 1), WHOLE))
        finally:
            writing.close()
    finally:
        reading.close()


def _examine(part: Path, key: DatabaseKey, progress: Progress) -> Examined:
    examined = examine(part / DATABASE_FILE, key, lambda done, _: progress(examined_part(done), WHOLE))
    if not examined.sound:
        raise DatabaseFault("backup.not_whole", reason=examined.faults[0].code)
    return examined


def _copy_bytes(source: Path, target: Path, progress: Progress) -> None:
    size, done = source.stat().st_size, 0
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with source.open("rb") as read, os.fdopen(os.open(target, flags, 0o600), "wb") as written:
        while piece := read.read(_PIECE):
            written.write(piece)
            done += len(piece)
            progress(min(COPYING, COPYING * done // (size or 1)), WHOLE)
        written.flush()
        os.fsync(written.fileno())


def _forget_cached(folder: Path) -> None:
    """Let the system forget what it holds of these files, so that the stick itself is read. Only Linux can."""
    for path in folder.iterdir():
        with path.open("r+b") as file:
            os.fsync(file.fileno())
            if hasattr(os, "posix_fadvise"):
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


@contextmanager
def _gone_on_failure(part: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        take_away(part)
        raise


@contextmanager
def _disk_faults(job: str = "backup") -> Iterator[None]:
    """What a disk says, told of the stick it is about."""
    try:
        yield
    except OSError as error:
        raise DatabaseFault(_DISK[job, is_full(error)]) from error
    except DatabaseFault as fault:
        if fault.code in ("vault.disk_full", "vault.disk_failed", "vault.read_only"):
            raise DatabaseFault(_DISK[job, fault.code == "vault.disk_full"]) from fault
        raise
