"""What can go wrong with a vault, by whose fault it is."""

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
