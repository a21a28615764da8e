"""Every phrase is lost: headquarters' offline recovery key opens the laptop once more (`vault-and-bundles.md`).

1. The post makes a request: the rings that are sealed to headquarters anyway, and a new public key. The private
   half waits on the laptop under six words that were offered for it; it opens nothing but the answer.
2. Whoever has the laptop can make a request. So headquarters opens one only after two people who know each other's
   voice compared its words; and the post compares the words of the answer before it uses it.
3. Headquarters opens with the stick in, and seals what it finds to the key of the request: nobody on the way reads
   it. Nothing of the vault's content ever leaves the laptop.
4. All of it can be done with stock `age`: a request is readable JSON with armoured files in it, the answer is an
   age file of the rings, a line each (README, "If every phrase is lost").
5. Who came in by it must choose a new phrase before anything else, and it stands in the journal. They come back
   with what they were cleared for, not with more. Somebody new comes in as administrator, to give the others
   their phrases.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from fieldkit.crypto import phrases
from fieldkit.crypto.armour import armoured, is_armoured, unarmoured
from fieldkit.crypto.keys import Keyring, Wrapped
from fieldkit.crypto.offline import OfflineKeys, open_offline
from fieldkit.crypto.person_keys import PersonKey, joined, openable, unwrap_person, wrap_person
from fieldkit.crypto.primitives import STANDARD, Cost, CryptoFault, Policy, sha256
from fieldkit.crypto.sealing import SealingKey, is_recipient, open_sealed, seal
from fieldkit.domain.access import Action, Role, cleared_for
from fieldkit.domain.entries import canonical, read_object, subject
from fieldkit.domain.errors import ForeignFault
from fieldkit.domain.ids import is_id, new_id
from fieldkit.domain.ports import JsonObject
from fieldkit.files import read_bounded, write_whole
from fieldkit.services.enrolment import SealedFile, office_keys
from fieldkit.services.errors import DeskFault, RecoveryRefused
from fieldkit.services.rekey import VAULT
from fieldkit.services.vault import PERSON, OpenVault, check_phrase
from fieldkit.services.world import World
from fieldkit.storage import migrations, sealed, slots
from fieldkit.storage import rekey as databases
from fieldkit.storage.database import DATABASE_FILE, Database
from fieldkit.storage.door import Door
from fieldkit.storage.errors import DoorFault, disk_faults
from fieldkit.storage.header import Header
from fieldkit.storage.kinds_people import ADDED
from fieldkit.storage.lockfile import VaultLock
from fieldkit.storage.queries import Queries
from fieldkit.storage.slots import Unlocked
from fieldkit.storage.wipe import RECOVERY_KEY
from fieldkit.sync.statement import is_label

REQUEST_FILE, ANSWER_FILE = "recovery.fkq", "recovery.fka"
"""File names that say what a file is and nothing about the post."""

RECOVERED, ANSWERED = "person.recovered", "recovery.answered"
MAX_REQUEST_BYTES = 256 * 1024
MAX_ANSWER_BYTES = 64 * 1024

_KIND, _FORMAT = "recovery request", 1
_REQUEST_FIELDS = {"format", "kind", "label", "post", "recipient", "rings", "vault"}
_MOST_RINGS = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as two people compare it: the post, who wants to come in, ten words to read aloud."""

    post: str
    label: str
    words: tuple[str, ...]
    vault: str
    recipient: str
    rings: tuple[bytes, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Made:
    """A file to be carried, and the words of it."""

    file: SealedFile
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request that was made here and waits for its answer."""

    label: str
    words: tuple[str, ...]


# --- at the post, before anybody is in ----------------------------------------------------------------


def can_ask(folder: Path) -> bool:
    """Whether the vault in `folder` has a recovery slot at all. Raises StorageFault."""
    return not slots.read_header(folder)[0].recovery_missing


def ask(
    folder: Path, who: str, phrase: str, world: World, policy: Policy = STANDARD, *, label: str = ""
) -> Made:
    """A request for `who`, an id at the door; or, with `who` empty, for somebody new called `label`.

    `phrase` is what the answer will be opened with. An earlier request cannot be answered any more. Raises
    DeskFault `recovery.no_slot`, `people.label_missing`, `vault.weak_phrase`; StorageFault.
    """
    header = slots.read_header(folder)[0]
    if header.recovery is None:
        raise DeskFault("recovery.no_slot")
    slot = header.slot(who)
    label = slot.label if slot is not None else label.strip()
    if not is_label(label):
        raise DeskFault("people.label_missing")
    if (reason := check_phrase(phrase, (header.name, label))) is not None:
        raise DeskFault("vault.weak_phrase", reason=reason)
    person = slot.person if slot is not None else new_id(world.randomness)
    key = PersonKey.new(world.randomness)
    request = _spell_request(header, label, key.sealing.recipient, _rings(header, person))
    wrapped = wrap_person(
        key, phrase, vault=header.vault, person=person, randomness=world.randomness, policy=policy
    )
    waiting: JsonObject = {
        "format": _FORMAT,
        "label": label,
        "person": person,
        "request": sha256(request).hex(),
        "wrapped": _spell_wrapped(wrapped),
    }
    with disk_faults():
        write_whole(folder / RECOVERY_KEY, canonical(waiting))
    return Made(SealedFile(REQUEST_FILE, request), _words(request))


def waiting(folder: Path) -> Waiting | None:
    """The request that waits for its answer here, or None."""
    held = _held(folder)
    return None if held is None else Waiting(held.label, phrases.fingerprint_words(held.request))


def answer_words(content: bytes) -> tuple[str, ...]:
    """The words of an answer, to be compared with headquarters before it is used."""
    return _words(content)


def accept(folder: Path, content: bytes, phrase: str, world: World, policy: Policy = STANDARD) -> OpenVault:
    """Come in with headquarters' answer and the six words of the request; a new phrase is due (rule 5).

    Raises DeskFault `recovery.nothing_waits`; DoorFault `vault.wrong_phrase`, `vault.wait`, `vault.in_use`;
    SealFault `seal.not_for_us`, `seal.damaged`; RecoveryRefused `recovery.other_vault`; StorageFault. Then
    nothing changed.
    """
    held = _held(folder)
    if held is None:
        raise DeskFault("recovery.nothing_waits")
    lock = VaultLock(folder)
    try:
        if databases.waits(folder):
            databases.finish(folder)
        vault_id = slots.read_header(folder)[0].vault
        key = Door(folder, world.ticks).count(lambda: _unwrapped(held, vault_id, phrase, policy))
        ring = _opened(content, key)
        found = slots.authentic(folder, ring.database)
        if found is None:
            raise RecoveryRefused("recovery.other_vault")
        header, used_copy = found
        database = Database.open(folder / DATABASE_FILE, ring.database)
    except BaseException:
        lock.release()
        raise
    try:
        migrations.run(database)
        written, ring = _let_in(folder, database, header, ring, held, phrase, world, policy)
        vault = OpenVault(
            folder, database, lock, Unlocked(ring, written, used_copy), held.person, world, policy
        )
        _note(vault, held)
    except BaseException:
        database.close()
        lock.release()
        raise
    return vault


# --- at headquarters ----------------------------------------------------------------------------------


def read_request(content: bytes) -> Asked:
    """The request in a file, to be compared; nothing is kept. Raises RecoveryRefused `recovery.unreadable`,
    `recovery.newer`."""
    if len(content) > MAX_REQUEST_BYTES:
        raise RecoveryRefused("recovery.unreadable")
    fields = _fields(content)
    if fields.get("kind") != _KIND:
        raise RecoveryRefused("recovery.unreadable")
    if type(fields.get("format")) is int and fields["format"] > _FORMAT:
        raise RecoveryRefused("recovery.newer")
    try:
        return _asked(content, fields)
    except (KeyError, TypeError, ValueError, AttributeError, ForeignFault) as error:
        raise RecoveryRefused("recovery.unreadable") from error


def answer(vault: OpenVault, content: bytes, offline_file: bytes, offline_phrase: str) -> Made:
    """The answer to a request whose words were compared, made with the stick in.

    Raises PersonFault `access.not_allowed`; RecoveryRefused `recovery.unreadable`, `recovery.not_ours`; DeskFault
    `recovery.other_stick`; OfflineFault `offline.wrong_phrase`; SealFault.
    """
    vault.demand(Action.RECOVER)
    asked = read_request(content)
    offline = open_offline(offline_file, offline_phrase)
    if offline.organisation != office_keys(vault).office.organisation:
        raise DeskFault("recovery.other_stick")
    made = SealedFile(ANSWER_FILE, sealed_again(asked, offline))
    told: JsonObject = {"label": asked.label, "post": asked.post, "request": sha256(content).hex()}
    vault.journal.append(
        actor=vault.person.id, subject=subject(VAULT, asked.vault), kind=ANSWERED, payload=told
    )
    return Made(made, _words(made.content))


def sealed_again(asked: Asked, offline: OfflineKeys) -> bytes:
    """The rings of a request, opened and sealed to its key (rule 3). Raises RecoveryRefused `recovery.not_ours`."""
    opened = openable(asked.rings, offline.recovery)
    if not opened:
        raise RecoveryRefused("recovery.not_ours")
    return seal(b"\n".join(opened) + b"\n", [asked.recipient])


# --- the request and its key --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Held:
    """The private half of a request, under six words."""

    label: str
    person: str
    request: bytes
    wrapped: Wrapped


def _held(folder: Path) -> _Held | None:
    """What waits; a file that is missing or damaged is as good as none: another request is soon made."""
    try:
        fields = read_object(
            read_bounded(folder / RECOVERY_KEY, MAX_ANSWER_BYTES) or b"", "recovery.unreadable"
        )
        cost = fields["wrapped"]["cost"]
        wrapped = Wrapped(
            Cost(cost["memory"], cost["passes"], cost["lanes"]),
            *(bytes.fromhex(fields["wrapped"][name]) for name in ("salt", "nonce", "sealed")),
        )
        return _Held(fields["label"], fields["person"], bytes.fromhex(fields["request"]), wrapped)
    except (OSError, KeyError, TypeError, ValueError, AttributeError, ForeignFault):
        return None


def _spell_wrapped(wrapped: Wrapped) -> JsonObject:
    cost = wrapped.cost
    return {
        "cost": {"lanes": cost.lanes, "memory": cost.memory, "passes": cost.passes},
        "nonce": wrapped.nonce.hex(),
        "salt": wrapped.salt.hex(),
        "sealed": wrapped.sealed.hex(),
    }


def _rings(header: Header, person: str) -> list[bytes]:
    """What lies sealed to headquarters: the ring of whoever enrolled, and over it the person's own."""
    slot = header.slot(person)
    own = slot.pieces if slot is not None and slot.escrow and slot.escrow == header.office else ()
    assert header.recovery is not None, "asked before"
    return [header.recovery, *own]


def _spell_request(header: Header, label: str, recipient: str, rings: Sequence[bytes]) -> bytes:
    return canonical(
        {
            "format": _FORMAT,
            "kind": _KIND,
            "label": label,
            "post": header.name,
            "recipient": recipient,
            "rings": [armoured(ring) for ring in rings],
            "vault": header.vault,
        }
    )


def _fields(content: bytes) -> dict[str, Any]:
    try:
        return read_object(content, "recovery.unreadable")
    except ForeignFault as error:
        raise RecoveryRefused("recovery.unreadable") from error


def _asked(content: bytes, fields: dict[str, Any]) -> Asked:
    rings = tuple(unarmoured(ring) for ring in fields["rings"])
    sound = set(fields) == _REQUEST_FIELDS and canonical(fields) == content and 1 <= len(rings) <= _MOST_RINGS
    shown = all(isinstance(fields[name], str) and is_label(fields[name]) for name in ("label", "post"))
    if not (sound and shown and is_id(fields["vault"]) and is_recipient(fields["recipient"])):
        raise ValueError
    return Asked(
        fields["post"], fields["label"], _words(content), fields["vault"], fields["recipient"], rings
    )


def _words(content: bytes) -> tuple[str, ...]:
    return phrases.fingerprint_words(sha256(content))


# --- coming in ----------------------------------------------------------------------------------------


def _unwrapped(held: _Held, vault: str, phrase: str, policy: Policy) -> SealingKey:
    try:
        return unwrap_person(held.wrapped, phrase, vault=vault, person=held.person, policy=policy).sealing
    except CryptoFault as fault:
        raise DoorFault("vault.wrong_phrase") from fault


def _opened(content: bytes, key: SealingKey) -> Keyring:
    sealed_rings = unarmoured(content.decode("ascii", "replace")) if is_armoured(content) else content
    lines = open_sealed(sealed_rings, [key], MAX_ANSWER_BYTES).split(b"\n")
    return joined([line for line in lines if line.strip()])


def _let_in(
    folder: Path,
    database: Database,
    header: Header,
    ring: Keyring,
    held: _Held,
    phrase: str,
    world: World,
    policy: Policy,
) -> tuple[Header, Keyring]:
    """A slot for the person with what is theirs (rule 5), under the words of the request until they choose."""
    roles = _roles(database, header, held.person)
    own = sealed.own_recipients(database).get(held.person)
    kept = ring.own if ring.own is not None and ring.own.recipient == own else SealingKey.generate()
    classes = {name: key for name, key in ring.classes.items() if name in cleared_for(roles)}
    ring = replace(ring, classes=classes, own=kept)
    made = slots.with_slot(
        header,
        ring,
        person=held.person,
        label=held.label,
        phrase=phrase,
        randomness=world.randomness,
        policy=policy,
        due=True,
    )
    return slots.write_header(folder, made, ring.database), ring


def _roles(database: Database, header: Header, person: str) -> frozenset[Role]:
    if header.slot(person) is None:
        return frozenset({Role.ADMINISTRATOR})
    return frozenset(Role(role) for role in Queries(database).person(person)[1])


def _note(vault: OpenVault, held: _Held) -> None:
    """The journal, the keys that are in the slot now; the private half of the request goes."""
    about = subject(PERSON, held.person)
    new = not vault.queries.person_entries(held.person)
    with vault.database.transaction():
        if new:
            roles = [Role.ADMINISTRATOR.value]
            told: JsonObject = {"label": held.label, "roles": roles}
            vault.journal.append(actor=held.person, subject=about, kind=ADDED, payload=told)
        vault.journal.append(actor=held.person, subject=about, kind=RECOVERED, payload={"new": new})
        sealed.enter(vault.database, held.person, vault.ring)
    vault.read_person()
    with suppress(OSError):
        databases.overwrite(vault.folder / RECOVERY_KEY)
        (vault.folder / RECOVERY_KEY).unlink()
