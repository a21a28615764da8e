"""What can go wrong with a vault, by whose fault it is."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from fieldkit.domain.errors import DeviceFault, ForeignFault, PersonFault, ProgramFault


class StorageFault(DeviceFault):
    """The vault cannot be used as it lies on this disk."""


class DatabaseFault(StorageFault):
    """The database file or its disk failed."""


class DoorFault(PersonFault):
    """Somebody may not come in: a wrong phrase, too soon after one, or another program is inside."""


class ClassFault(PersonFault):
    """Somebody asks for what is sealed to others: a class they are not cleared for, somebody else's draft."""


class JournalFault(ForeignFault):
    """Entries from elsewhere do not fit what is held; nothing of them was kept."""


class StorageMistake(ProgramFault):
    """A call that should not happen: our fault."""


_FULL = (errno.ENOSPC, errno.EFBIG)
"""No room, or a file larger than the file system takes."""


def is_full(error: OSError) -> bool:
    """Whether it is a question of room, not of a disk that fails."""
    return error.errno in _FULL


@contextmanager
def disk_faults() -> Iterator[None]:
    """What the vault's own disk refuses, as DatabaseFault `vault.disk_full` or `vault.disk_failed`."""
    try:
        yield
    except OSError as error:
        raise DatabaseFault("vault.disk_full" if is_full(error) else "vault.disk_failed") from error
