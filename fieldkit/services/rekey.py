"""A new key for the whole vault: somebody left, or somebody may know a phrase (`vault-and-bundles.md`).

1. An old copy of the header with the old phrase would open the vault for ever. So the database is written anew
   under a new key; the old header then opens nothing, and neither does the leaver's phrase on the new one.
2. Nobody else's phrase is needed and nobody else's changes (`storage.slots`, rule 5).
3. Class keys that the leaver held are new as well, those that are at hand here; the others are due, and the next
   person who holds one renews it (`storage.sealed`).
4. The recovery slot is renewed in the same step.
5. What no key reaches is said: copies made earlier open with the phrases of their day.
6. Afterwards everybody signs in anew: the process that held the old key ends.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from fieldkit.crypto.keys import Keyring
from fieldkit.domain.classes import SealedClass
from fieldkit.domain.entries import subject
from fieldkit.domain.ports import JsonObject, Progress, unwatched
from fieldkit.services import backup
from fieldkit.services.backup import Made
from fieldkit.services.vault import OpenVault
from fieldkit.storage import rekey as databases
from fieldkit.storage import sealed, slots
from fieldkit.storage.database import Database
from fieldkit.storage.header import Header
from fieldkit.storage.journal import Change, Journal

VAULT, REKEYED = "vault", "vault.rekeyed"
LEFT, SUSPECTED = "left", "suspected"
"""Why there is a new key."""


@dataclass(frozen=True, slots=True)
class Rekeyed:
    """What came of it: the labels of those who need a first phrase again, as they had not signed in since phrases
    open keys of their own; and the copies that open with a phrase that opens nothing here any more."""

    without_way: tuple[str, ...]
    copies: tuple[Made, ...]


@dataclass(frozen=True, slots=True)
class NewWay:
    """A slot that is written under the new key: somebody's own new phrase, or a first one."""

    person: str
    label: str
    phrase: str
    due: bool = False


def rekey(
    vault: OpenVault,
    because: str,
    *,
    leaver: str = "",
    new_way: NewWay | None = None,
    entries: Sequence[Change] = (),
    progress: Progress = unwatched,
) -> Rekeyed:
    """Write the vault anew under a new key, without `leaver`, with `new_way`, and with `entries` in its journal.

    The vault is closed afterwards. Raises DatabaseFault `rekey.*`, `backup.source_damaged` and those of disks; then
    nothing changed, and it is open as before unless the disk failed in the very last step.
    """
    distrusted = leaver or (new_way.person if new_way else "")
    held = _held(vault.database, distrusted)
    ring = vault.ring.renewed(vault.world.randomness, held)
    given = _given(vault, ring, new_way, held)
    header, without = _header(vault, ring, leaver, new_way, given)
    told = Change(subject(VAULT, header.vault), REKEYED, _told(because, without))
    result = Rekeyed(tuple(_labels(vault.header, without)), _exposed(vault, header))

    def change(database: Database) -> None:
        with database.transaction():
            if distrusted:
                sealed.withdraw(database, distrusted)
            sealed.rewrap(database, vault.ring, ring)
            if new_way is not None:
                sealed.enter(database, new_way.person, given)
            sealed.enter(database, vault.person.id, ring)
            sealed.take(database, vault.person.id)  # they are in the slot already
            journal = Journal(database, vault.stream, vault.world.clock, vault.world.randomness)
            journal.append_many(vault.person.id, (*entries, told))

    _swap(vault, ring, header, change, progress)
    return result


def _swap(
    vault: OpenVault, ring: Keyring, header: Header, change: Callable[[Database], None], progress: Progress
) -> None:
    written = slots.next_header(header, ring.database)
    old = vault.ring.database
    vault.leave_record()  # so that it is in the new one
    vault.database.close_after(lambda: databases.prepare(vault.folder, old, ring.database, change, progress))
    try:
        databases.commit(vault.folder, written)
        databases.finish(vault.folder)
    finally:
        vault.close()


def _header(
    vault: OpenVault, ring: Keyring, leaver: str, new_way: NewWay | None, given: Keyring
) -> tuple[Header, tuple[str, ...]]:
    world, me = vault.world, vault.person.id
    header, without = slots.rekeyed(
        slots.without_slot(vault.header, leaver),
        vault.ring.database,
        ring,
        person=me,
        randomness=world.randomness,
    )
    if new_way is None:
        return header, without
    header = slots.with_slot(
        header,
        given,
        person=new_way.person,
        label=new_way.label,
        phrase=new_way.phrase,
        randomness=world.randomness,
        policy=vault.policy,
        due=new_way.due,
    )
    return header, tuple(person for person in without if person != new_way.person)


def _given(vault: OpenVault, ring: Keyring, new_way: NewWay | None, held: Iterable[SealedClass]) -> Keyring:
    """The ring behind a new way in: one's own whole, somebody else's as far as its keys are at hand here."""
    if new_way is None or new_way.person == vault.person.id:
        return ring
    return ring.for_classes(held)


def _held(database: Database, person: str) -> frozenset[SealedClass]:
    return frozenset(name for name in SealedClass if person in sealed.holders(database, name))


def _told(because: str, without: tuple[str, ...]) -> JsonObject:
    return {"because": because, "without_way": list(without)}


def _labels(header: Header, people: Iterable[str]) -> Iterable[str]:
    slots_of = {slot.person: slot.label for slot in header.slots}
    return (slots_of[person] for person in people)


def _exposed(vault: OpenVault, header: Header) -> tuple[Made, ...]:
    return tuple(made for made in backup.listed(vault, header) if made.opens_for_others)
