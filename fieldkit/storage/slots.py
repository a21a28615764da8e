"""The header on disk, in two copies, and how a phrase opens it (`vault-and-bundles.md`, keys and people).

1. Two copies with a sequence number, each replaced whole or not at all. A damaged, missing or older first
   copy is passed over for the second; that is told, and the next writing mends it.
2. A copy counts only if a person's slot opens *and* the MAC is right: a copy that somebody altered is passed
   over too, and when both were, nobody comes in.
3. A vault of a newer version, in either copy, is refused before anything is tried or written.
4. What is wrong with a slot and what is wrong with a phrase cannot be told apart, so it is called a wrong
   phrase; a cost outside the policy is never paid.
5. A phrase wraps a person key, the ring is sealed to that (`crypto.person_keys`). So a new ring can be given to
   everybody without their phrases (`rekeyed`); what only a phrase can renew is renewed at the next sign-in
   (`settled`): slots of format 1, vouchers that somebody who left has seen, a cost that is too low by now.
6. While a new database takes the old one's place (`storage.rekey`), the header that waits for it is the one that
   counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from fieldkit.crypto.keys import DatabaseKey, Keyring, unwrap
from fieldkit.crypto.person_keys import (
    PersonKey,
    database_piece,
    is_vouched,
    keep_voucher,
    kept_voucher,
    opened,
    unwrap_person,
    vouch,
    whole_piece,
    wrap_person,
)
from fieldkit.crypto.primitives import STANDARD, CryptoFault, Policy
from fieldkit.crypto.sealing import SealFault, seal
from fieldkit.domain.errors import ForeignFault
from fieldkit.domain.ids import new_id
from fieldkit.domain.ports import Randomness
from fieldkit.files import read_bounded, write_whole
from fieldkit.storage.errors import DoorFault, StorageFault, StorageMistake, disk_faults
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
from fieldkit.storage.versions import HEADER_FORMAT, SCHEMA

FIRST_COPY, SECOND_COPY = "header", "header.copy"
NEXT_HEADER = "header.next"
"""Stands only while a new database takes the old one's place (rule 6)."""

_MARK_BYTES = 32


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
    due: bool = False,
) -> Header:
    """`header` in which `person` opens `ring` with `phrase`: a new slot, or a new phrase in the old place.

    `due`: somebody else knows this phrase, so a new one must be chosen first. Raises StorageMistake
    `vault.too_many_people`, `vault.name_too_long`; MemoryFault.
    """
    key = PersonKey.new(randomness)
    wrapped = wrap_person(
        key, phrase, vault=header.vault, person=person, randomness=randomness, policy=policy
    )
    slot = Slot(
        person,
        _short(label),
        wrapped,
        recipient=key.sealing.recipient,
        voucher=keep_voucher(key.voucher, ring.database, person, randomness),
        phrase=randomness.bytes(_MARK_BYTES).hex(),
        due=due,
    )
    slot = _resealed(header, slot, (whole_piece(ring, _sealed_to(header, slot)),), key.voucher)
    if header.slot(person) is not None:
        return _replaced(header, slot)
    if len(header.slots) == MAX_PEOPLE:
        raise StorageMistake("vault.too_many_people")
    return replace(header, slots=(*header.slots, slot))


def settled(
    header: Header,
    ring: Keyring,
    *,
    person: str,
    phrase: str,
    randomness: Randomness,
    policy: Policy = STANDARD,
) -> Header:
    """`header` in which `person` opens `ring` with the same phrase as before, everything around it new (rule 5)."""
    before = header.slot(person)
    assert before is not None, "somebody who is in has a slot"
    told = {"person": person, "label": before.label, "phrase": phrase}
    made = with_slot(header, ring, **told, randomness=randomness, policy=policy, due=before.due)
    after = made.slot(person)
    assert after is not None, "it was just made"
    return _replaced(made, replace(after, phrase=before.mark))


def needs_settling(header: Header, person: str, policy: Policy) -> bool:
    """Whether something of a person's slot waits for their phrase (rule 5)."""
    slot = header.slot(person)
    if slot is None:
        return False
    cost = slot.wrapped.cost
    dear = cost.memory >= policy.cost.memory and cost.passes >= policy.cost.passes
    return len(slot.pieces) != 1 or slot.escrow != header.office or not dear


def without_slot(header: Header, person: str) -> Header:
    """`header` without a way in for `person`. An older copy of it still has one: re-key (`storage.rekey`)."""
    return replace(header, slots=tuple(slot for slot in header.slots if slot.person != person))


def with_due(header: Header, person: str) -> Header:
    """`header` in which `person` must choose a new phrase at the next sign-in."""
    return replace(header, slots=tuple(replace(s, due=s.due or s.person == person) for s in header.slots))


def with_label(header: Header, person: str, label: str) -> Header:
    """`header` in which `person` is called `label` at sign-in. Raises StorageMistake `vault.name_too_long`."""
    named = _short(label)
    return replace(
        header, slots=tuple(replace(s, label=named) if s.person == person else s for s in header.slots)
    )


def rekeyed(
    header: Header, old: DatabaseKey, ring: Keyring, *, person: str, randomness: Randomness
) -> tuple[Header, tuple[str, ...]]:
    """`header` for a vault under the database key of `ring`, the ring of `person`; nobody's phrase changes.

    Also the people whose slots could not be renewed, as their phrase wraps the old ring itself: they have no way in
    any more. Everybody else opens what they held, with the new database key. The recovery slot is renewed.
    """
    slots, left_out = [], []
    for slot in header.slots:
        if slot.before_person_keys:
            left_out.append(slot.person)
            continue
        voucher = kept_voucher(slot.voucher, old, slot.person)
        to = _sealed_to(header, slot)
        if slot.person == person:
            pieces: tuple[bytes, ...] = (whole_piece(ring, to),)
        else:
            pieces = (*slot.pieces[:1], database_piece(ring, to))
        kept = keep_voucher(voucher, ring.database, slot.person, randomness)
        # What lies in the first piece was sealed to the former office, if there was another one.
        escrow = header.office if slot.person == person else slot.escrow
        slots.append(replace(_resealed(header, slot, pieces, voucher), voucher=kept, escrow=escrow))
    renewed = replace(header, slots=tuple(slots), recovery=None)  # the old one holds the old key
    if header.office:
        renewed = with_recovery(renewed, seal(ring.to_bytes(), [header.office]), header.office)
    return renewed, tuple(left_out)


def escrowed(header: Header, ring: Keyring, office: str, person: str) -> Header:
    """`header` that headquarters' recovery key opens: the ring of `person`, in the recovery slot and in their own.

    Everybody else's own ring follows at their next sign-in. Raises SealFault `seal.recipient`.
    """
    sealed = with_recovery(header, seal(ring.to_bytes(), [office]), office)
    slot = header.slot(person)
    if slot is None or slot.before_person_keys:
        return sealed
    voucher = kept_voucher(slot.voucher, ring.database, person)
    piece = whole_piece(ring, [slot.recipient, office])
    return _replaced(sealed, _resealed(sealed, slot, (piece,), voucher))


def with_recovery(header: Header, sealed: bytes, office: str = "") -> Header:
    """`header` with a recovery slot: a key ring sealed to headquarters' recovery key `office`.

    Everybody's own ring is sealed to it too, from their next sign-in on.
    """
    return replace(header, recovery=sealed, office=office)


def exists(folder: Path) -> bool:
    """Whether there is a vault in `folder`, sound or not."""
    return any((folder / name).exists() for name in (FIRST_COPY, SECOND_COPY))


def read_header(folder: Path) -> tuple[Header, bool]:
    """The header to show at the door, and whether it is the second copy because the first was worse.

    Not authentic yet: that shows once somebody is in. Raises StorageFault `vault.none`,
    `vault.header_damaged`, `vault.newer`.
    """
    return _copies(folder)[0]


def authentic(folder: Path, key: DatabaseKey) -> tuple[Header, bool] | None:
    """The best header that somebody with `key` wrote, and whether it is the second copy; None when none is.

    Raises StorageFault as `read_header`.
    """
    return next((found for found in _copies(folder) if is_authentic(found[0], key)), None)


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
    written = next_header(header, key)
    content = spell(written)
    with disk_faults():
        for name in (FIRST_COPY, SECOND_COPY):
            write_whole(folder / name, content)
    return written


def next_header(header: Header, key: DatabaseKey) -> Header:
    """`header` as it is written next: the next sequence number, the present schema and format, signed."""
    fresh = replace(header, sequence=header.sequence + 1, schema=SCHEMA, format=HEADER_FORMAT)
    written = signed(fresh, key)
    if parse(spell(written)) != written:
        raise StorageMistake("vault.header")
    return written


def copy_at(folder: Path, name: str) -> Header | None:
    """One copy of the header, FIRST_COPY, SECOND_COPY or NEXT_HEADER; None when it is missing or damaged.

    Raises StorageFault `vault.newer`.
    """
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
        ring = _ring(header, slot, phrase, policy)
    except CryptoFault as fault:
        if fault.code == "crypto.not_authentic":
            raise DoorFault("vault.wrong_phrase") from fault
        raise StorageFault("vault.header_altered") from fault
    if not is_authentic(header, ring.database):
        raise StorageFault("vault.header_altered")
    return ring


def _ring(header: Header, slot: Slot, phrase: str, policy: Policy) -> Keyring:
    told = {"vault": header.vault, "person": slot.person}
    if slot.before_person_keys:
        return unwrap(slot.wrapped, phrase, **told, policy=policy)
    key = unwrap_person(slot.wrapped, phrase, **told, policy=policy)
    sealed = (header.vault, slot.person, slot.recipient, slot.pieces)
    if key.sealing.recipient != slot.recipient or not is_vouched(key.voucher, *sealed, slot.vouched):
        raise StorageFault("vault.header_altered")
    try:
        return opened(slot.pieces, key.sealing)
    except (SealFault, ForeignFault) as fault:
        raise StorageFault("vault.header_altered") from fault


def _sealed_to(header: Header, slot: Slot) -> list[str]:
    return [slot.recipient, header.office] if header.office else [slot.recipient]


def _resealed(header: Header, slot: Slot, pieces: tuple[bytes, ...], voucher: bytes) -> Slot:
    vouched = vouch(voucher, header.vault, slot.person, slot.recipient, pieces)
    return replace(slot, pieces=pieces, escrow=header.office, vouched=vouched)


def _replaced(header: Header, slot: Slot) -> Header:
    return replace(header, slots=tuple(slot if s.person == slot.person else s for s in header.slots))


def _copies(folder: Path) -> list[tuple[Header, bool]]:
    """The sound copies, best first; equal ones once. The one that waits for its database is alone (rule 6)."""
    if not exists(folder):
        raise StorageFault("vault.none")
    waiting = copy_at(folder, NEXT_HEADER)
    if waiting is not None:
        return [(waiting, False)]
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
