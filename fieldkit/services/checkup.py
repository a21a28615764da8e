"""Whether a vault is sound, asked before anybody works in it: also of one that does not open any more.

1. Somebody signs in for it, as for everything: what is found tells of what is there.
2. Nothing is mended; what is wrong comes with its next step (`languages.messages.backup`).
"""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from fieldkit.crypto.keys import DatabaseKey
from fieldkit.crypto.primitives import STANDARD, Policy
from fieldkit.domain.ports import Progress, unwatched
from fieldkit.services.world import World
from fieldkit.storage import migrations, rekey
from fieldkit.storage.database import DATABASE_FILE, Database
from fieldkit.storage.door import Door
from fieldkit.storage.errors import DatabaseFault
from fieldkit.storage.examination import Examined, examine, header_faults
from fieldkit.storage.lockfile import VaultLock

__all__ = ["Examined", "check"]


def check(
    folder: Path,
    person: str,
    phrase: str,
    world: World,
    progress: Progress = unwatched,
    policy: Policy = STANDARD,
) -> Examined:
    """Examine the vault in `folder`.

    Raises DoorFault `vault.wrong_phrase`, `vault.wait`, `vault.in_use`; StorageFault `vault.newer`,
    `vault.header_damaged`, `vault.database_missing`.
    """
    with VaultLock(folder):
        if rekey.waits(folder):
            rekey.finish(folder)
        key = Door(folder, world.ticks).unlock(person, phrase, policy).keys.database
        path = folder / DATABASE_FILE
        with suppress(DatabaseFault):  # a damaged one is told by its pages
            _settle(path, key)
        examined = examine(path, key, progress)
        return replace(examined, faults=(*header_faults(folder, key), *examined.faults))


def _settle(path: Path, key: DatabaseKey) -> None:
    """Bring what still lies in the log of a cut-off day into the file, at the newest schema."""
    database = Database.open(path, key)
    try:
        migrations.run(database)
        database.checkpoint()
    finally:
        database.close()
