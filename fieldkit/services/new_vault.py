"""A new vault.

1. What makes a vault a vault is its header, written last: a creation that was cut off leaves nothing that
   anybody could take for one, and the next try begins anew.
2. Invented contacts load only in a vault made for training, and that is settled at its creation
   (`protection.md` 10).
"""

from dataclasses import dataclass, field
from pathlib import Path

from fieldkit.crypto import offline as offline_keys
from fieldkit.crypto.keys import Keyring
from fieldkit.crypto.primitives import STANDARD, Policy
from fieldkit.domain.access import Role
from fieldkit.domain.classes import SealedClass
from fieldkit.domain.entries import subject
from fieldkit.domain.ids import new_id
from fieldkit.domain.ports import Randomness
from fieldkit.files import make_folder, write_whole
from fieldkit.headquarters.office import found_office
from fieldkit.services.door import Desk
from fieldkit.services.errors import DeskFault
from fieldkit.services.vault import (
    IDENTITY,
    OFFICE_KEYS,
    OFFLINE_FILE,
    PERSON,
    STREAM,
    TRAINING,
    OpenVault,
    check_phrase,
)
from fieldkit.services.world import World
from fieldkit.storage import backup, migrations, sealed, slots
from fieldkit.storage.belongings import Belongings
from fieldkit.storage.database import DATABASE_FILE as DATABASE
from fieldkit.storage.database import Database
from fieldkit.storage.errors import DatabaseFault, disk_faults
from fieldkit.storage.header import Header
from fieldkit.storage.journal import Journal
from fieldkit.storage.lockfile import VaultLock
from fieldkit.storage.slots import Unlocked
from fieldkit.sync.trust import DeviceIdentity

FIRST_ROLES: dict[Desk, frozenset[Role]] = {
    Desk.POST: frozenset(Role) - {Role.COORDINATOR, Role.MONITOR},
    Desk.HEADQUARTERS: frozenset({Role.COORDINATOR, Role.ADMINISTRATOR}),
}
"""The first person has every role of the desk: somebody alone at a post must be able to work. So they are cleared
for every sealed class too, until they lay roles down for colleagues."""


@dataclass(frozen=True, slots=True)
class NewVault:
    """What the first start asks. `person` is the label shown at sign-in: a first name or a function.

    At headquarters `offline_folder` and `offline_phrase` say where the offline keys go and under which phrase.
    """

    desk: Desk
    name: str
    person: str
    language: str
    phrase: str = field(repr=False)
    training: bool = False
    offline_folder: Path | None = None
    offline_phrase: str = field(default="", repr=False)


def create_vault(folder: Path, new: NewVault, world: World, policy: Policy = STANDARD) -> OpenVault:
    """Make a vault in `folder` with its first person signed in.

    Raises DeskFault `vault.exists`, `vault.name_missing`, `vault.person_missing`, `vault.weak_phrase`,
    `vault.offline_folder_missing`; StorageFault; then there is no vault.
    """
    _check(folder, new)
    _make_folder(folder)
    lock = VaultLock(folder)
    try:
        _set_aside(folder, world.randomness)
        person = new_id(world.randomness)
        # At headquarters nobody is cleared at first, so no class has a key (`office_clearance`).
        ring = Keyring.new(world.randomness, SealedClass if new.desk is Desk.POST else ())
        database = Database.create(folder / DATABASE, ring.database)
        try:
            _fill(database, new, person, world)
            sealed.enter(database, person, ring)
            header = _header(new, ring, person, world, policy)
            database.checkpoint()
            written = slots.write_header(folder, header, ring.database)  # rule 1
            backup.end(folder)
            return OpenVault(folder, database, lock, Unlocked(ring, written, False), person, world, policy)
        except BaseException:
            database.close()
            raise
    except BaseException:
        lock.release()
        raise


def _check(folder: Path, new: NewVault) -> None:
    if slots.exists(folder):
        raise DeskFault("vault.exists")
    if not new.name.strip():
        raise DeskFault("vault.name_missing")
    if not new.person.strip():
        raise DeskFault("vault.person_missing")
    for phrase in (new.phrase, *((new.offline_phrase,) if new.desk is Desk.HEADQUARTERS else ())):
        reason = check_phrase(phrase, (new.name, new.person))
        if reason is not None:
            raise DeskFault("vault.weak_phrase", reason=reason)
    if new.desk is Desk.HEADQUARTERS and (new.offline_folder is None or not new.offline_folder.is_dir()):
        raise DeskFault("vault.offline_folder_missing")


def _make_folder(folder: Path) -> None:
    try:
        make_folder(folder)
    except OSError as error:
        raise DatabaseFault("vault.disk_failed") from error


def _set_aside(folder: Path, randomness: Randomness) -> None:
    """A database without a header is kept under another name.

    Mostly it comes from a creation that was cut off, and nobody has a key to it. But a vault that lost both copies
    of its header looks the same, and a header from an earlier copy opens that one again (`vault rescue --header`).
    """
    held = [name for name in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm") if (folder / name).exists()]
    if held:
        aside = f"{DATABASE}.aside-{new_id(randomness)[:8]}"
        for name in held:
            (folder / name).replace(folder / name.replace(DATABASE, aside, 1))


def _fill(database: Database, new: NewVault, person: str, world: World) -> None:
    migrations.run(database)
    belongings = Belongings(database)
    stream = new_id(world.randomness)
    journal = Journal(database, stream, world.clock, world.randomness)
    with database.transaction():
        belongings.put(STREAM, stream.encode())
        if new.training:
            belongings.put(TRAINING, b"yes")
        if new.desk is Desk.POST:
            belongings.put(IDENTITY, DeviceIdentity.new(stream, world.randomness).to_bytes())
        else:
            belongings.put(OFFICE_KEYS, _found(new, world))
        roles = sorted(role.value for role in FIRST_ROLES[new.desk])
        journal.append(
            actor=person,
            subject=subject(PERSON, person),
            kind="person.added",
            payload={"label": new.person, "roles": roles},
        )


def _found(new: NewVault, world: World) -> bytes:
    """Headquarters' keys; the offline ones are on their stick before the vault holds the others."""
    assert new.offline_folder is not None, "checked before anything was written"
    keys, offline = found_office(new.name, world.randomness, training=new.training)
    sealed = offline_keys.seal_offline(offline, new.offline_phrase)
    target = new.offline_folder / OFFLINE_FILE
    if target.exists():
        raise DeskFault("vault.offline_file_exists", file=OFFLINE_FILE)
    with disk_faults():
        write_whole(target, sealed)
    return keys.to_bytes()


def _header(new: NewVault, ring: Keyring, person: str, world: World, policy: Policy) -> Header:
    empty = slots.new_header(
        role=new.desk.value, name=new.name.strip(), language=new.language, randomness=world.randomness
    )
    return slots.with_slot(
        empty,
        ring,
        person=person,
        label=new.person.strip(),
        phrase=new.phrase,
        randomness=world.randomness,
        policy=policy,
    )
