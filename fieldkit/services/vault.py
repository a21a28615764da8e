"""An open vault: signed in to, asked, closed. `new_vault` makes one.

1. One process per vault.
2. Who must choose a new phrase may do nothing else before (`services.people`).
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from fieldkit.content import codebook as codebooks
from fieldkit.content import rules as rule_tables
from fieldkit.content.codebook import Codebook
from fieldkit.content.rules import RuleTable
from fieldkit.crypto import phrases
from fieldkit.crypto.keys import Keyring
from fieldkit.crypto.primitives import STANDARD, Policy
from fieldkit.domain.access import Action, Role, cleared_for, demand, may
from fieldkit.domain.classes import SealedClass
from fieldkit.domain.errors import FieldkitError
from fieldkit.domain.ports import Progress
from fieldkit.domain.shelf import Folder
from fieldkit.domain.waiting import Because
from fieldkit.languages import catalogues
from fieldkit.services import complaints, in_force
from fieldkit.services.door import AtDoor, Desk, PersonAtDoor, at_door
from fieldkit.services.errors import DeskFault
from fieldkit.services.in_force import Packs
from fieldkit.services.settling import settle
from fieldkit.services.world import World
from fieldkit.storage import backup, examination, migrations, outing, queries_desk, rekey, slots
from fieldkit.storage.attachments import Attachments
from fieldkit.storage.belongings import Belongings
from fieldkit.storage.database import DATABASE_FILE as DATABASE
from fieldkit.storage.database import Database
from fieldkit.storage.door import Door
from fieldkit.storage.drafts import Drafts
from fieldkit.storage.examination import Examined
from fieldkit.storage.header import Header
from fieldkit.storage.journal import Journal
from fieldkit.storage.lockfile import VaultLock
from fieldkit.storage.queries import Queries
from fieldkit.storage.sealed import Sealed
from fieldkit.storage.slots import Unlocked

__all__ = [
    "STANDARD",
    "AtDoor",
    "Desk",
    "OpenVault",
    "Person",
    "PersonAtDoor",
    "SignIn",
    "at_door",
    "check_phrase",
    "offer_phrase",
]

OFFLINE_FILE = "headquarters-keys.age"
PERSON = "person"

STREAM, TRAINING, IDENTITY, OFFICE_KEYS = "stream", "training", "identity", "office keys"
"""Names among the belongings."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account."""

    id: str
    label: str
    roles: frozenset[Role]


class OpenVault:
    """A vault with somebody in it. `close` ends it; nothing of it works afterwards."""

    def __init__(
        self,
        folder: Path,
        database: Database,
        lock: VaultLock,
        unlocked: Unlocked,
        person: str,
        world: World,
        policy: Policy = STANDARD,
    ) -> None:
        self.folder = folder
        self.database = database
        self.world = world
        self.policy = policy
        self.header = unlocked.header
        self.second_copy_used = unlocked.used_copy
        self.belongings = Belongings(database)
        self.queries = Queries(database)
        self.stream = (self.belongings.get(STREAM) or b"").decode()
        self._keys = keys = unlocked.keys
        self.sealed = Sealed(database, keys)
        self.journal = Journal(database, self.stream, world.clock, world.randomness, self.sealed)
        own = keys.drafts_key() if keys.own is not None else None
        self.drafts = Drafts(database, world.clock, world.randomness, own)
        self.attachments = Attachments(database, world.randomness, keys)
        self.training = self.belongings.get(TRAINING) is not None
        self.read_before: dict[tuple[str, SealedClass], str] = {}
        """What of which subject was read since sign-in, and the entry that says so (`services.sealed`)."""
        self.wrote_sealed: dict[tuple[str, str], dict[str, Any]] = {}
        """What who wrote sealed since sign-in, by person and digest: they go on working with it, and nobody else
        does (`services.confidential`)."""
        self.looked_for: tuple[str, datetime, str] | None = None
        """The name that was looked up last, when, and the entry that says so (`services.search`)."""
        self.counted: object | None = None
        """What was due when it was counted last (`services.what_is_due`)."""
        self._lock = lock
        self.left_record = False
        """Whether this session has left its sealed record (`services.complaints`, rule 3)."""
        self.person = self._known(person)
        with suppress(FieldkitError):  # a full disk keeps nobody out; they are sealed another time
            self.drafts.seal_open_lines(person)
            self.drafts.seal_telling_names(person)
            self.attachments.seal_open_files(person)
            self._seal_what_lies_open()

    def _seal_what_lies_open(self) -> None:
        """What an earlier version kept open and is sealed now (`services.confidential`, rules 1 and 5)."""
        with self.database.writing():
            for about in sorted(outing.seal_what_lies_open(self.database, self.sealed)):
                if self.desk is Desk.POST and queries_desk.waits(self.database, about) is not None:
                    told = {"because": Because.HELPED.value, "reason": ""}
                    self.journal.append(
                        actor=self.person.id, subject=about, kind="waiting.ended", payload=dict(told)
                    )

    @property
    def name(self) -> str:
        """What the post or headquarters is called."""
        return self.header.name

    @property
    def desk(self) -> Desk:
        """What the vault is for."""
        return Desk(self.header.role)

    @property
    def recovery_missing(self) -> bool:
        """Whether a post could not be opened again if every phrase were forgotten. At headquarters there is
        nobody above; its people are each other's way back."""
        return self.desk is Desk.POST and self.header.recovery_missing

    @property
    def phrase_due(self) -> bool:
        """Whether a new phrase must be chosen before anything else (rule 2)."""
        slot = self.header.slot(self.person.id)
        return slot is not None and slot.due

    @property
    def packs(self) -> Packs:
        """The content packs that were accepted here."""
        return Packs(self.belongings, self.attachments)

    @cached_property
    def content(self) -> tuple[Folder, FieldkitError | None]:
        """The content in force, and why it is only the shipped one where a pack should be (`in_force`, rule 3)."""
        return self.packs.content()

    @cached_property
    def codebook(self) -> Codebook:
        """The codebook in force."""
        return codebooks.load(self.content[0])

    @cached_property
    def rules(self) -> RuleTable:
        """The rules in force."""
        return rule_tables.load(self.content[0])

    def content_changed(self) -> None:
        """Read the content anew when it is next asked for: another pack is in force."""
        for name in ("content", "codebook", "rules"):
            self.__dict__.pop(name, None)
        self.counted = None

    def may(self, action: Action) -> bool:
        """Whether the person who is signed in may do something."""
        return not self.phrase_due and may(self.person.roles, action)

    def demand(self, action: Action) -> None:
        """Raise PersonFault `access.not_allowed` unless the person who is signed in may do it; DeskFault
        `people.phrase_first` while they must choose a new phrase."""
        if self.phrase_due:
            raise DeskFault("people.phrase_first")
        demand(self.person.roles, action)

    def read_person(self) -> None:
        """Read anew what the person who is signed in is called and does."""
        self.person = self._known(self.person.id)

    def _known(self, person: str) -> Person:
        label, roles = self.queries.person(person)
        return Person(person, label, frozenset(Role(role) for role in roles))

    def cleared(self, name: SealedClass) -> bool:
        """Whether the person who is signed in may read a class: by their clearance, and by the key in their
        ring."""
        cleared = self._cleared(self.person.id, self.person.roles)
        return not self.phrase_due and name in cleared and name in self.sealed.readable

    def clearance_of(self, person: str) -> frozenset[SealedClass]:
        """The classes that somebody may read once they hold the key: at a post by what they do, at headquarters
        person by person, and coordinators alone (`services.office_clearance`)."""
        spelled = self.queries.person(person)[1]
        return self._cleared(person, frozenset(Role(role) for role in spelled if role in set(Role)))

    def _cleared(self, person: str, roles: frozenset[Role]) -> frozenset[SealedClass]:
        if self.desk is Desk.POST:
            return cleared_for(roles)
        held = self.queries.clearances(self.stream, person) if Role.COORDINATOR in roles else ()
        return frozenset(SealedClass(row[1]) for row in held)

    @property
    def ring(self) -> Keyring:
        """The keys of the person who is signed in: for what writes slots and what opens sealed answers."""
        return self._keys

    def write_recovery(self, recipient: str) -> None:
        """Seal the keys to headquarters' recovery key, in both copies of the header. Raises DatabaseFault."""
        self.write_header(slots.escrowed(self.header, self._keys, recipient, self.person.id))

    def write_header(self, header: Header) -> None:
        """Write both copies of `header`, which is the one that counts from now on. Raises DatabaseFault."""
        self.header = slots.write_header(self.folder, header, self._keys.database)

    def mend_header(self) -> None:
        """Write both copies of the header anew, after a damaged one was passed over. Raises DatabaseFault."""
        self.header = slots.write_header(self.folder, self.header, self._keys.database)

    def copy_to(self, target: Path, progress: Progress) -> Examined:
        """Write an examined copy of this vault as the new folder `target`; what was found in it. Raises as
        `storage.backup.write`."""
        source, key = self.folder / DATABASE, self._keys.database
        return backup.write(source, target, header=self.header, key=key, progress=progress)

    def examine(self, progress: Progress) -> Examined:
        """Whether what lies on the disk is sound (`storage.examination`), the header's two copies included."""
        self.database.checkpoint()
        key = self._keys.database
        examined = examination.examine(self.folder / DATABASE, key, progress)
        return replace(examined, faults=(*examination.header_faults(self.folder, key), *examined.faults))

    def write_on(self, stream: str) -> None:
        """Write this stream from now on: the vault has just begun it (`services.restored`)."""
        self.stream = stream
        self.journal = Journal(self.database, stream, self.world.clock, self.world.randomness, self.sealed)

    def leave_record(self) -> None:
        """Leave this session's sealed record, unless it has one (`services.complaints`)."""
        if not self.left_record:
            complaints.end_session(self)
        self.left_record = True

    def close(self) -> None:
        """Leave this session's sealed record, close the database, let others in; calling it again does nothing."""
        self.leave_record()
        catalogues.lay_over({})
        try:
            self.database.close()
        finally:
            self._lock.release()


def offer_phrase(world: World, language: str) -> str:
    """Six words, in the language's list or the English one."""
    return phrases.offer_phrase(world.randomness, language)


def check_phrase(phrase: str, about: Iterable[str] = ()) -> str | None:
    """Why an own phrase is not good enough, as a code; None when it is."""
    return phrases.strength(phrase, about).reason


class SignIn:
    """The door of one vault; kept while the sign-in screen is shown, so that the wait is measured."""

    def __init__(self, folder: Path, world: World, policy: Policy = STANDARD) -> None:
        self._folder = folder
        self._world = world
        self._policy = policy
        self._door = Door(folder, world.ticks)

    def wait_seconds(self) -> int:
        """How long until the next phrase may be tried."""
        return self._door.wait_seconds()

    def open(self, person: str, phrase: str) -> OpenVault:
        """Sign in. Raises DoorFault `vault.wrong_phrase`, `vault.wait`, `vault.in_use`; StorageFault."""
        lock = VaultLock(self._folder)
        try:
            if rekey.waits(self._folder):
                rekey.finish(self._folder)
            unlocked = self._door.unlock(person, phrase, self._policy)
            database = Database.open(self._folder / DATABASE, unlocked.keys.database)
        except BaseException:
            lock.release()
            raise
        try:
            migrations.run(database)
            unlocked = settle(self._folder, database, unlocked, person, phrase, self._world, self._policy)
            vault = OpenVault(self._folder, database, lock, unlocked, person, self._world, self._policy)
            if slots.copies_differ(self._folder):
                vault.mend_header()
            backup.end(self._folder)
            with suppress(FieldkitError):  # a full disk keeps nobody out; the pack begins another time
                in_force.activate_due(vault)
            in_force.speak(vault)
        except BaseException:
            database.close()
            lock.release()
            raise
        return vault
