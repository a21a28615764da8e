"""What waits for a person's phrase, done as they sign in (`storage.slots`, rule 5).

1. Keys that lie ready for them go into their slot; then they lie there no longer.
2. A slot of the first format, a voucher that somebody who left has seen, a cost that is too low by now, a recovery
   key that is new: the slot is written anew under the same phrase.
3. A full disk keeps nobody out: what cannot be written now waits for the next time.
"""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from fieldkit.crypto.keys import Keyring
from fieldkit.crypto.primitives import Policy
from fieldkit.crypto.sealing import SealingKey
from fieldkit.services.door import Desk
from fieldkit.services.world import World
from fieldkit.storage import sealed, slots
from fieldkit.storage.belongings import Belongings
from fieldkit.storage.database import Database
from fieldkit.storage.errors import DatabaseFault
from fieldkit.storage.slots import Unlocked
from fieldkit.sync import trust

OFFICE = "office"
"""Among the belongings: the office file whose words were compared."""


def settle(
    folder: Path,
    database: Database,
    unlocked: Unlocked,
    person: str,
    phrase: str,
    world: World,
    policy: Policy,
) -> Unlocked:
    """The keys and the header to go on with. Raises MemoryFault."""
    ring = _completed(database, unlocked.keys, person, at_post=unlocked.header.role == Desk.POST)
    header = unlocked.header
    if header.recovery is not None and not header.office:
        header = replace(header, office=_recovery_key(database))
    if ring == unlocked.keys and not slots.needs_settling(header, person, policy):
        if sealed.own_recipients(database).get(person) != (ring.own and ring.own.recipient):
            with suppress(DatabaseFault):  # the slot was written the last time, and no more than that
                sealed.enter(database, person, ring)
        return unlocked
    header = slots.settled(
        header, ring, person=person, phrase=phrase, randomness=world.randomness, policy=policy
    )
    with suppress(DatabaseFault):
        written = slots.write_header(folder, header, ring.database)
        with database.writing():
            sealed.enter(database, person, ring)
            sealed.take(database, person)
        return replace(unlocked, keys=ring, header=written)
    return unlocked


def _completed(database: Database, ring: Keyring, person: str, *, at_post: bool) -> Keyring:
    """The ring as `storage.sealed` completes it; what cannot be renewed now stays due (rule 3)."""
    try:
        return sealed.completed(database, ring, person, first_gets_all=at_post)
    except DatabaseFault:
        return ring if ring.own is not None else replace(ring, own=SealingKey.generate())


def _recovery_key(database: Database) -> str:
    office = Belongings(database).get(OFFICE)
    return "" if office is None else trust.read_office(office).recovery
