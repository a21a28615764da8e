"""A damaged vault steps aside for the one that takes its place (`vault-and-bundles.md`, vault).

1. Nothing of it is removed: its files lie in a folder of their own within the vault's folder, where a copy of them
   can still be made, and where a wipe finds them.
2. When the new vault does not come to stand, everything is back where it was.
3. A vault that is open in any window does not step aside.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from fieldkit.domain.ports import Randomness
from fieldkit.files import make_folder, sync_folder
from fieldkit.storage import slots
from fieldkit.storage.database import DATABASE_FILE
from fieldkit.storage.errors import DatabaseFault
from fieldkit.storage.lockfile import VaultLock

ASIDE = "aside-"
"""What the names of such folders begin with."""

BYSTANDERS = frozenset({"window.json"})
"""What the program itself may have laid there before there was a vault."""

_LAST = (slots.FIRST_COPY, slots.SECOND_COPY)
"""Moved last and brought back last: while they lie there, sign-in says that a vault is damaged."""


def is_aside(name: str) -> bool:
    """Whether a file or folder of this name in a vault's folder is no part of the vault itself."""
    return name in BYSTANDERS or name.startswith(ASIDE)


def aside_in(folder: Path) -> tuple[Path, ...]:
    """The folders of vaults that stepped aside here."""
    return tuple(sorted(path for path in folder.glob(f"{ASIDE}*") if path.is_dir() and not path.is_symlink()))


@contextmanager
def put_aside(folder: Path, randomness: Randomness) -> Iterator[Path | None]:
    """The vault in `folder` lies in the folder that this gives, while another one is made in its place; None when
    there is none. It stays there, unless what is done meanwhile fails (rule 2).

    Raises DoorFault `vault.in_use`; DatabaseFault `vault.read_only`, `vault.disk_failed`: then nothing moved.
    """
    if not slots.exists(folder) and not (folder / DATABASE_FILE).exists():
        yield None
        return
    VaultLock(folder).release()
    place = folder / f"{ASIDE}{randomness.bytes(4).hex()}"
    try:
        make_folder(place)
        _move(folder, place)
    except OSError as error:
        _move_back(place, folder)
        raise DatabaseFault("vault.disk_failed") from error
    try:
        yield place
    except BaseException:
        _move_back(place, folder)
        raise


def _move(source: Path, target: Path) -> None:
    """Each file by itself: the folder is also where the program keeps its settings."""
    names = {path.name for path in source.iterdir() if not is_aside(path.name)}
    for name in (*sorted(names - {*_LAST}), *(name for name in _LAST if name in names)):
        (source / name).replace(target / name)
    sync_folder(target)
    sync_folder(source)


def _move_back(place: Path, folder: Path) -> None:
    with suppress(OSError):
        _move(place, folder)
        place.rmdir()
