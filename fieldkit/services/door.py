"""What stands before the door of a vault: looked at when the program starts, before anything else is loaded."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from fieldkit.storage import slots


class Desk(StrEnum):
    """What a vault is for."""

    POST = "post"
    HEADQUARTERS = "headquarters"


@dataclass(frozen=True, slots=True)
class PersonAtDoor:
    """Somebody the sign-in screen shows."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class AtDoor:
    """What can be told of a vault before anybody is in."""

    name: str
    desk: Desk
    language: str
    people: tuple[PersonAtDoor, ...]
    second_copy_used: bool


def vault_there(folder: Path) -> bool:
    """Whether there is a vault in `folder`, sound or not."""
    return slots.exists(folder)


def at_door(folder: Path) -> AtDoor | None:
    """What stands before the door, or None when there is no vault yet.

    Raises StorageFault `vault.newer`, `vault.header_damaged`; nothing is touched.
    """
    if not slots.exists(folder):
        return None
    header, used_copy = slots.read_header(folder)
    return AtDoor(
        header.name,
        Desk(header.role),
        header.language,
        tuple(PersonAtDoor(slot.person, slot.label) for slot in header.slots),
        used_copy,
    )
