"""A film that came with a form, handed to the computer's own player.

1. Only what came with a form, never a file of an interview: those stay in the vault.
2. The player needs a file. It stands in the vault's folder under a name that says nothing, and goes at the next
   lock or start; a player that still holds it then keeps it until the start after.
"""

from contextlib import suppress
from pathlib import Path
from typing import Final

from fieldkit.domain.ids import new_id
from fieldkit.domain.ports import Randomness
from fieldkit.files import make_folder, write_whole
from fieldkit.services.media_types import medium_of
from fieldkit.storage.errors import DatabaseFault

FOLDER: Final = "shown"


def put_out(vault: Path, content: bytes, name: str, randomness: Randomness) -> Path:
    """Write a film of a form where a player can read it. Raises DatabaseFault `vault.disk_failed`."""
    path = vault / FOLDER / f"{new_id(randomness)[:8]}.{medium_of(content, name).ending}"
    try:
        make_folder(vault / FOLDER)
        write_whole(path, content)
    except OSError as error:
        raise DatabaseFault("vault.disk_failed") from error
    return path


def take_back(vault: Path) -> None:
    """Remove what was put out."""
    folder = vault / FOLDER
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        with suppress(OSError):  # a player on Windows may still hold it (rule 2)
            path.unlink()
    with suppress(OSError):
        folder.rmdir()
