"""A new vault out of what can be read of a damaged one.

1. The damaged folder is only read. The new vault stands in an empty folder, and opens with the same phrases: its
   header is the old one, or that of a copy made earlier when both of its own are gone.
   What headquarters had erased does not come back (`services.erasure`).
2. What is lost is a list of sentences, and stays in the new vault's journal as numbers, without content.
3. The new vault writes a new stream: nobody can know that the last entry that was read was the last one
   (`services.backup`, rule 3).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fieldkit.crypto.primitives import STANDARD, Policy
from fieldkit.domain.entries import subject
from fieldkit.domain.ports import JsonObject, Progress, unwatched
from fieldkit.services import erasure
from fieldkit.services.backup import RESCUED, STREAM_SUBJECT, new_stream
from fieldkit.services.vault import OFFICE_KEYS, STREAM, Desk
from fieldkit.services.world import World
from fieldkit.storage import backup, migrations, rekey, slots
from fieldkit.storage.aside import put_aside
from fieldkit.storage.belongings import Belongings
from fieldkit.storage.database import DATABASE_FILE, Database
from fieldkit.storage.errors import StorageFault
from fieldkit.storage.header import Header
from fieldkit.storage.journal import Journal
from fieldkit.storage.lockfile import VaultLock
from fieldkit.storage.queries import Queries
from fieldkit.storage.rescue import Salvaged, salvage

RESCUED_KIND = "vault.rescued"


@dataclass(frozen=True, slots=True)
class Rescued:
    """What was found, and what was lost as faults to be told (`languages.messages.backup`)."""

    salvaged: Salvaged
    losses: tuple[StorageFault, ...]


def rescue(
    damaged: Path,
    folder: Path,
    person: str,
    phrase: str,
    world: World,
    progress: Progress = unwatched,
    policy: Policy = STANDARD,
    header_from: Path | None = None,
) -> Rescued:
    """Write what can be read in the vault `damaged` as a new vault into the empty `folder`.

    `header_from` is the folder of an earlier copy, for when both headers are gone. Raises DoorFault
    `vault.wrong_phrase`, `vault.in_use`; StorageFault `backup.not_empty`, `vault.header_damaged`,
    `vault.database_missing`; DatabaseFault `rescue.nothing_readable` and those of disks: then there is no new
    vault."""
    unlocked = slots.unlock(header_from or damaged, person, phrase, policy)
    source = damaged / DATABASE_FILE if header_from else rekey.database_of(damaged)
    if source.is_symlink() or not source.is_file():
        raise StorageFault("vault.database_missing")
    backup.begin(folder)
    key = unlocked.keys.database
    try:
        with VaultLock.for_reading(damaged), VaultLock(folder):
            new = Database.create(folder / DATABASE_FILE, key)
            try:
                migrations.run(new)
                salvaged = salvage(source, key, new, progress)
                rescued = Rescued(salvaged, tuple(_losses(new, unlocked.header, salvaged)))
                erasure.apply_again(new, (damaged.parent, damaged))
                _begin_again(new, unlocked.header, person, salvaged, world)
                new.checkpoint()
            finally:
                new.close()
            slots.write_header(folder, unlocked.header, key)
        backup.end(folder)
    except BaseException:
        backup.take_away(folder)
        raise
    return rescued


def rescue_in_place(
    damaged: Path,
    folder: Path,
    person: str,
    phrase: str,
    world: World,
    progress: Progress = unwatched,
    policy: Policy = STANDARD,
    header_from: Path | None = None,
) -> Rescued:
    """As `rescue`, where `damaged` may be `folder` itself: it steps aside and is only read there. When this fails
    it is back in its place. Raises also as `aside.put_aside`."""
    with put_aside(folder, world.randomness) as former:

        def now(path: Path) -> Path:
            return former if former is not None and path.resolve() == folder.resolve() else path

        header = None if header_from is None else now(header_from)
        return rescue(now(damaged), folder, person, phrase, world, progress, policy, header)


def _begin_again(new: Database, header: Header, person: str, salvaged: Salvaged, world: World) -> None:
    belongings = Belongings(new)
    if belongings.get(STREAM) is None:
        belongings.put(STREAM, _likely_stream(new).encode())
    stream = new_stream(new, header, person, RESCUED, world)
    Journal(new, stream, world.clock, world.randomness).append(
        actor=person, subject=subject(STREAM_SUBJECT, stream), kind=RESCUED_KIND, payload=_numbers(salvaged)
    )


def _likely_stream(new: Database) -> str:
    """The stream of the newest entry: whose entries were written last was written here."""
    row = new.one(
        "SELECT streams.stream FROM entries JOIN streams ON streams.id = entries.stream "
        "ORDER BY entries.id DESC LIMIT 1"
    )
    return "" if row is None else str(row[0])


def _numbers(salvaged: Salvaged) -> JsonObject:
    return {
        "broken_pages": salvaged.broken_pages,
        "draft_lines_lost": salvaged.draft_lines_lost,
        "drafts_lost": salvaged.drafts_lost,
        "entries_missing": [
            {"first": hole.first, "last": hole.last, "stream": hole.stream}
            for hole in salvaged.entries_missing
        ],
        "files_lost": salvaged.files_lost,
        "payloads_missing": len(salvaged.payloads_missing),
    }


def _losses(new: Database, header: Header, salvaged: Salvaged) -> Iterator[StorageFault]:
    if salvaged.broken_pages:
        yield StorageFault("rescue.pages", broken=salvaged.broken_pages, count=salvaged.pages)
    for hole in salvaged.entries_missing:
        yield StorageFault("rescue.entries", stream=hole.stream[:8], first=hole.first, last=hole.last)
    if salvaged.payloads_missing:
        yield StorageFault("rescue.contents", count=len(salvaged.payloads_missing))
    if salvaged.files_lost:
        yield StorageFault("rescue.files", count=salvaged.files_lost)
    if salvaged.drafts_lost:
        yield StorageFault("rescue.drafts", count=salvaged.drafts_lost)
    if salvaged.draft_lines_lost:
        yield StorageFault("rescue.draft_lines", count=salvaged.draft_lines_lost)
    yield from _keys_lost(new, header)


def _keys_lost(new: Database, header: Header) -> Iterator[StorageFault]:
    belongings, queries = Belongings(new), Queries(new)
    if header.role == Desk.HEADQUARTERS and belongings.get(OFFICE_KEYS) is None:
        yield StorageFault("rescue.office_keys")
    if not any(queries.person(slot.person)[1] for slot in header.slots):
        yield StorageFault("rescue.roles")
