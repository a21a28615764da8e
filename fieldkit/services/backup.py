"""Copies of a vault on another disk, made and put back (issue 4, backups).

1. A copy counts when it was examined where it lies; then it is written into this vault's journal: its name, the
   slots that open it, whether it lies on another medium, and up to where it was found to hold each stream: that
   much is *safe* (`journal.md`, rule 8). Nothing of what it holds.
2. A copy opens with the phrases of the day on which it was made, also of people who have left since. Which those
   are is listed, so that somebody can destroy it.
3. What is put back is another branch of the same history: it writes a new stream, whose first entry names the
   digest at which the copy stood, under a new identity (`journal.md`, rule 1). A post then needs a new certificate;
   until then it exports nothing. So a copy that is put back beside a laptop that still works is never a fork.
4. What was put back is examined before it becomes a vault, and what headquarters had erased since is erased again:
   the signed statements lie beside the copies.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from fieldkit.crypto.primitives import STANDARD, Policy
from fieldkit.domain.access import Action
from fieldkit.domain.entries import subject
from fieldkit.domain.ids import new_id
from fieldkit.domain.ports import JsonObject, Progress, unwatched
from fieldkit.files import on_another_medium
from fieldkit.services import erasure
from fieldkit.services.errors import DeskFault
from fieldkit.services.vault import IDENTITY, STREAM, Desk, OpenVault
from fieldkit.services.world import World
from fieldkit.storage import backup, migrations, slots
from fieldkit.storage.aside import put_aside
from fieldkit.storage.backup import WHOLE, FoundCopy
from fieldkit.storage.belongings import Belongings
from fieldkit.storage.database import Database
from fieldkit.storage.errors import DatabaseFault
from fieldkit.storage.examination import Examined, examine
from fieldkit.storage.header import Header
from fieldkit.storage.journal import Change, Journal
from fieldkit.storage.lockfile import VaultLock
from fieldkit.storage.slots import Unlocked
from fieldkit.sync.trust import DeviceIdentity

__all__ = ["FoundCopy", "Made", "Opener", "back_up", "earlier", "found_in", "new_stream", "restore"]

BACKUP, STREAM_SUBJECT = "backup", "stream"
MADE, BEGAN = "backup.made", "stream.began"
RESTORED, RESCUED = "restored", "rescued"
"""Why a stream began."""

PARENT = "parent stream"
"""Among the belongings: the stream that the present one continues."""

CERTIFICATE, FORMER_IDENTITY = "certificate", "former identity"
_OF_THE_OLD_STREAM = (CERTIFICATE, "request made", "next identity")
"""Belongings that were made out to a stream that is not written any more."""

_NAME_BYTES = 8


@dataclass(frozen=True, slots=True)
class Opener:
    """Somebody whose phrase opens a copy: whether they still have a way into this vault, with that phrase."""

    label: str
    still_here: bool
    same_phrase: bool


@dataclass(frozen=True, slots=True)
class Made:
    """A copy that was made: the name of its folder, when, and whose phrases open it."""

    name: str
    at: str
    openers: tuple[Opener, ...]

    @property
    def opens_for_others(self) -> bool:
        """Whether somebody can open it who cannot open this vault any more, or with a former phrase (rule 2)."""
        return any(not (one.still_here and one.same_phrase) for one in self.openers)


def back_up(
    vault: OpenVault,
    folder: Path,
    progress: Progress = unwatched,
    elsewhere: Callable[[Path, Path], bool] = on_another_medium,
) -> Made:
    """Write a copy of `vault` into a new folder in `folder`, and record it. `elsewhere` says whether two folders
    lie on different media.

    Raises PersonFault `access.not_allowed`; DeskFault `backup.no_folder`, `backup.inside_vault`; DatabaseFault
    `backup.*`: then there is no copy.
    """
    vault.demand(Action.BACK_UP)
    if not folder.is_dir():
        raise DeskFault("backup.no_folder")
    if folder.resolve().is_relative_to(vault.folder.resolve()):
        raise DeskFault("backup.inside_vault")
    name = vault.world.randomness.bytes(_NAME_BYTES).hex()
    examined = vault.copy_to(folder / name, progress)
    try:
        erasure.lay_beside(vault.database, folder)
        _record(vault, name, examined, elsewhere(vault.folder, folder))
    except BaseException:
        backup.take_away(folder / name)
        raise
    return earlier(vault)[0]


def earlier(vault: OpenVault) -> tuple[Made, ...]:
    """The copies that the journal knows of, the newest first. Whether they still exist nobody here can tell."""
    vault.demand(Action.BACK_UP)
    return listed(vault, vault.header)


def listed(vault: OpenVault, header: Header) -> tuple[Made, ...]:
    """As `earlier`, told of a vault with this `header`: somebody is about to leave, or to change a phrase."""
    found = []
    for about in vault.journal.subjects(BACKUP):
        for entry, _ in vault.journal.about(about):
            payload = vault.journal.payload(entry.payload) if entry.kind == MADE else None
            if payload is not None:
                value = payload.value()
                openers = tuple(_opener(vault, header, *slot) for slot in value["slots"].items())
                found.append(
                    (entry.stream == vault.stream, entry.number, Made(value["name"], entry.at, openers))
                )
    return tuple(made for _, _, made in sorted(found, key=lambda one: one[:2], reverse=True))


def found_in(folder: Path) -> tuple[FoundCopy, ...]:
    """The copies that lie in a folder, or the one that it is, as far as can be told without a phrase."""
    return backup.found(folder)


def unfinished_in(folder: Path) -> tuple[str, ...]:
    """The names of copies in a folder whose making was cut off; nothing opens them."""
    return tuple(path.name for path in backup.unfinished_in(folder))


def take_away_unfinished(folder: Path) -> None:
    """Take those away."""
    for path in backup.unfinished_in(folder):
        backup.take_away(path)


def restore(
    copy: FoundCopy,
    folder: Path,
    person: str,
    phrase: str,
    world: World,
    progress: Progress = unwatched,
    policy: Policy = STANDARD,
    erased_in: Sequence[Path] = (),
) -> None:
    """Put a copy back into the empty `folder`, where it then is a vault of its own (rule 3).

    `person` and `phrase` are of the day of the copy. What headquarters signed to be erased since, as it lies beside
    the copy or in the folders `erased_in`, is erased before there is a vault. Raises DoorFault
    `vault.wrong_phrase`; StorageFault `backup.not_empty`; DatabaseFault `restore.*`: then there is no vault.
    """
    unlocked = slots.unlock(copy.path, person, phrase, policy)
    path = backup.put_back(copy, folder, progress)
    try:
        with VaultLock(folder):
            beside = (copy.path.parent, copy.path, *erased_in)
            _bring_up(path, unlocked, person, world, progress, beside)
        backup.end(folder)
    except BaseException:
        backup.take_away(folder)
        raise


def restore_in_place(
    copy: FoundCopy,
    folder: Path,
    person: str,
    phrase: str,
    world: World,
    progress: Progress = unwatched,
    policy: Policy = STANDARD,
) -> None:
    """As `restore`, where a damaged vault may lie in `folder`: it steps aside, and what it was told to erase stays
    erased. When this fails it is back in its place. Raises also as `aside.put_aside`."""
    with put_aside(folder, world.randomness) as former:
        told = () if former is None else (former,)
        restore(copy, folder, person, phrase, world, progress, policy, told)


def new_stream(database: Database, header: Header, person: str, why: str, world: World) -> str:
    """Let this vault write a new stream that names the one before (rule 3); its id.

    Needs a database of the newest schema.
    """
    belongings = Belongings(database)
    old, new = (belongings.get(STREAM) or b"").decode(), new_id(world.randomness)
    journal = Journal(database, new, world.clock, world.randomness)
    parent = journal.head(old)
    told: JsonObject = {"because": why, "digest": parent.digest, "number": parent.number, "stream": old}
    with database.transaction():
        belongings.put(STREAM, new.encode())
        belongings.put(PARENT, old.encode())
        if header.role == Desk.POST:
            _keep_former(belongings)
            belongings.put(IDENTITY, DeviceIdentity.new(new, world.randomness).to_bytes())
        for name in _OF_THE_OLD_STREAM:
            belongings.drop(name)
        journal.begin(person, Change(subject(STREAM_SUBJECT, new), BEGAN, told), parent)
    return new


def _keep_former(belongings: Belongings) -> None:
    """Keep the identity that was certified last: it shows headquarters whose record the new stream continues."""
    identity = belongings.get(IDENTITY)
    certified = belongings.get(CERTIFICATE) is not None
    if identity is not None and (certified or belongings.get(FORMER_IDENTITY) is None):
        belongings.put(FORMER_IDENTITY, identity)


def _bring_up(
    path: Path,
    unlocked: Unlocked,
    person: str,
    world: World,
    progress: Progress,
    erased_in: Sequence[Path],
) -> None:
    """Examine what was put back, let it begin a new stream, and write the header that makes it a vault."""
    key = unlocked.keys.database
    database = Database.open(path, key)
    try:
        migrations.run(database)
        database.checkpoint()
        examined = examine(path, key, lambda done, _: progress(backup.examined_part(done), WHOLE))
        if not examined.sound:
            raise DatabaseFault("restore.not_whole", reason=examined.faults[0].code)
        new_stream(database, unlocked.header, person, RESTORED, world)
        erasure.apply_again(database, erased_in)
        database.checkpoint()
    finally:
        database.close()
    slots.write_header(path.parent, unlocked.header, key)


def _record(vault: OpenVault, name: str, examined: Examined, elsewhere: bool) -> None:
    told: JsonObject = {
        "elsewhere": elsewhere,
        "heads": {
            one.stream: {"digest": one.head, "number": one.last} for one in examined.streams if one.last
        },
        "name": name,
        "slots": {slot.person: slot.mark for slot in vault.header.slots},
    }
    vault.journal.append(actor=vault.person.id, subject=subject(BACKUP, name), kind=MADE, payload=told)


def _opener(vault: OpenVault, header: Header, person: str, mark: str) -> Opener:
    slot = header.slot(person)
    label = slot.label if slot is not None else vault.queries.person(person)[0]
    return Opener(label, slot is not None, slot is not None and slot.mark == mark)
