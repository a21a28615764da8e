"""The header on disk, in two copies, and how a phrase opens it (`vault-and-bundles.md`, keys and people).

1. Two copies with a sequence number, each replaced whole or not at all. A damaged, missing or older first
   copy is passed over for the second; that is told, and the next writing mends it.
2. A copy counts only if a person's slot opens *and* the MAC is right: a copy that somebody altered is passed
   over too, and when both were, nobody comes in.
3. A vault of a newer version, in either copy, is refused before anything is tried or written.
4. What is wrong with a slot and what is wrong with a phrase cannot be told apart, so it is called a wrong
   phrase; a cost outside the policy is never paid.
"""

import errno
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from fieldkit.crypto.keys import DatabaseKey, Keyring, unwrap, wrap
from fieldkit.crypto.primitives import STANDARD, CryptoFault, Policy
from fieldkit.domain.ids import new_id
from fieldkit.domain.ports import Randomness
from fieldkit.files import read_bounded, write_whole
from fieldkit.storage.errors import DatabaseFault, DoorFault, StorageFault, StorageMistake
from fieldkit.storage.header import (
    MAX_HEADER_BYTES,
    MAX_PEOPLE,
    MAX_TEXT,
    Header,
    Slot,
    is_authentic,
    parse,
    signed,
    spell,
)
from fieldkit.storage.versions import SCHEMA

FIRST_COPY, SECOND_COPY = "header", "header.copy"


@dataclass(frozen=True, slots=True)
class Unlocked:
    """Somebody is in: their keys, the header that let them in, and whether it was the second copy."""

    keys: Keyring
    header: Header
    used_copy: bool


def new_header(*, role: str, name: str, language: str, randomness: Randomness) -> Header:
    """The header of a new vault that nobody can open yet. Raises StorageMistake `vault.name_too_long`."""
    return Header(new_id(randomness), role, _short(name), language)


def with_slot(
    header: Header,
    ring: Keyring,
    *,
    person: str,
    label: str,
    phrase: str,
    randomness: Randomness,
    policy: Policy = STANDARD,
) -> Header:
    """`header` in which `person` opens `ring` with `phrase`: a new slot, or a new phrase in the old place.

    Raises StorageMistake `vault.too_many_people`, `vault.name_too_long`; MemoryFault.
    """
    wrapped = wrap(ring, phrase, vault=header.vault, person=person, randomness=randomness, policy=policy)
    slot = Slot(person, _short(label), wrapped)
    if header.slot(person) is not None:
        return replace(header, slots=tuple(slot if s.person == person else s for s in header.slots))
    if len(header.slots) == MAX_PEOPLE:
        raise StorageMistake("vault.too_many_people")
    return replace(header, slots=(*header.slots, slot))


def with_recovery(header: Header, sealed: bytes) -> Header:
    """`header` with a recovery slot: a key ring sealed to headquarters."""
    return replace(header, recovery=sealed)


def exists(folder: Path) -> bool:
    """Whether there is a vault in `folder`, sound or not."""
    return any((folder / name).exists() for name in (FIRST_COPY, SECOND_COPY))


def read_header(folder: Path) -> tuple[Header, bool]:
    """The header to show at the door, and whether it is the second copy because the first was worse.

    Not authentic yet: that shows once somebody is in. Raises StorageFault `vault.none`,
    `vault.header_damaged`, `vault.newer`.
    """
    return _copies(folder)[0]


def unlock(folder: Path, person: str, phrase: str, policy: Policy = STANDARD) -> Unlocked:
    """Open `person`'s slot. Writes nothing. Sign-in goes through `door`, which counts failures.

    Raises DoorFault `vault.wrong_phrase`, `vault.no_such_person`; StorageFault as `read_header`, and
    `vault.header_altered` when no copy is one that the vault wrote; MemoryFault `crypto.no_memory`.
    """
    faults: list[DoorFault | StorageFault] = []
    for header, used_copy in _copies(folder):
        try:
            return Unlocked(_open(header, person, phrase, policy), header, used_copy)
        except (DoorFault, StorageFault) as fault:
            faults.append(fault)
    # A wrong phrase is the likeliest of several reasons, and the one that a person can put right.
    raise next((fault for fault in faults if fault.code == "vault.wrong_phrase"), faults[0])


def write_header(folder: Path, header: Header, key: DatabaseKey) -> Header:
    """Write both copies with the next sequence number and the present schema; the header as written.

    Raises DatabaseFault `vault.disk_full`, `vault.disk_failed`; one whole copy then still stands.
    """
    written = signed(replace(header, sequence=header.sequence + 1, schema=SCHEMA), key)
    content = spell(written)
    if parse(content) != written:
        raise StorageMistake("vault.header")
    try:
        for name in (FIRST_COPY, SECOND_COPY):
            write_whole(folder / name, content)
    except OSError as error:
        full = error.errno == errno.ENOSPC
        raise DatabaseFault("vault.disk_full" if full else "vault.disk_failed") from error
    return written


def copy_at(folder: Path, name: str) -> Header | None:
    """One copy of the header, FIRST_COPY or SECOND_COPY; None when it is missing or damaged. Raises StorageFault
    `vault.newer`."""
    content = _content(folder / name)
    try:
        return None if content is None else parse(content)
    except StorageFault as fault:
        if fault.code == "vault.newer":
            raise
        return None


def copies_differ(folder: Path) -> bool:
    """Whether the two copies are not the same bytes, so that the next writing should not wait."""
    one, other = (_content(folder / name) for name in (FIRST_COPY, SECOND_COPY))
    return one != other


def _open(header: Header, person: str, phrase: str, policy: Policy) -> Keyring:
    slot = header.slot(person)
    if slot is None:
        raise DoorFault("vault.no_such_person")
    try:
        ring = unwrap(slot.wrapped, phrase, vault=header.vault, person=person, policy=policy)
    except CryptoFault as fault:
        if fault.code == "crypto.not_authentic":
            raise DoorFault("vault.wrong_phrase") from fault
        raise StorageFault("vault.header_altered") from fault
    if not is_authentic(header, ring.database):
        raise StorageFault("vault.header_altered")
    return ring


def _copies(folder: Path) -> list[tuple[Header, bool]]:
    """The sound copies, best first; equal ones once."""
    if not exists(folder):
        raise StorageFault("vault.none")
    sound = list(_sound(folder))
    if not sound:
        raise StorageFault("vault.header_damaged")
    sound.sort(key=lambda found: (-found[0].sequence, found[1]))
    if len(sound) == 2 and sound[0][0] == sound[1][0]:
        return sound[:1]
    return sound


def _sound(folder: Path) -> Iterator[tuple[Header, bool]]:
    for name, is_copy in ((FIRST_COPY, False), (SECOND_COPY, True)):
        header = copy_at(folder, name)
        if header is not None:
            yield header, is_copy


def _content(path: Path) -> bytes | None:
    try:
        return read_bounded(path, MAX_HEADER_BYTES)
    except OSError:
        return None  # a copy that cannot be read is as good as none: the other one counts


def _short(text: str) -> str:
    if len(text) > MAX_TEXT:
        raise StorageMistake("vault.name_too_long")
    return text
