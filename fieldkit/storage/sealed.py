"""What is sealed: payloads and files that the database key alone does not open (`vault-and-bundles.md`).

1. Sealing needs the public half of a class's key, which stands in the database: whoever records may seal. Opening
   needs the private half, which only the rings of cleared people carry.
2. A payload is sealed as `salt || payload`; its digest is the same as ever, so the chain needs no key (journal 3).
3. What is sealed is padded to powers of two from 1 KiB: its length does not tell a yes from a no.
4. Nothing here writes down that something was read: whoever opens does (`services.sealed`).
5. A key that somebody took along is renewed: `rewrap` seals again what was sealed, in the caller's transaction.
   A key that others seal to goes on opening what comes (`former_keys`).
"""

from collections.abc import Iterable
from dataclasses import replace

from fieldkit.crypto.keys import Keyring, fresh_classes
from fieldkit.crypto.sealing import SealingKey, open_sealed, seal
from fieldkit.domain.classes import SealedClass
from fieldkit.domain.entries import SALT_BYTES, Payload
from fieldkit.storage.attachments import lay_parts, parts
from fieldkit.storage.database import Database
from fieldkit.storage.errors import JournalFault, StorageMistake
from fieldkit.storage.former_keys import former, give_way

LEAST = 1024
"""Bytes of the smallest plaintext that is sealed."""

_PAD = b"\n"  # canonical JSON never ends in one
_OWN = ""  # stands where the class would, for a person's own key


class Sealed:
    """The sealed payloads of a vault, for whoever holds `ring`."""

    def __init__(self, database: Database, ring: Keyring) -> None:
        self._database = database
        self._ring = ring

    @property
    def readable(self) -> frozenset[SealedClass]:
        """The classes whose present key is in the ring."""
        held = recipients(self._database)
        return frozenset(name for name, key in self._ring.classes.items() if held.get(name) == key.recipient)

    def hold(self, payload: Payload, name: SealedClass) -> None:
        """Keep a payload sealed, in the caller's transaction. Raises StorageMistake `sealed.no_key`."""
        recipient = recipients(self._database).get(name)
        if recipient is None:
            raise StorageMistake("sealed.no_key")
        self._database.execute(
            "INSERT INTO sealed_payloads (digest, class, recipient, content) VALUES (?, ?, ?, ?)",
            (bytes.fromhex(payload.digest), name.value, recipient, seal(padded(payload), [recipient])),
        )

    def class_of(self, digest: str) -> SealedClass | None:
        """The class a payload is sealed as; None when nothing is sealed under this digest."""
        row = self._database.one(
            "SELECT class FROM sealed_payloads WHERE digest = ?", (bytes.fromhex(digest),)
        )
        return None if row is None else SealedClass(row[0])

    def opens(self, digest: str) -> bool:
        """Whether this ring has the key to a sealed payload, a former one included."""
        return self._key_of(digest) is not None

    def open(self, digest: str) -> Payload | None:
        """A sealed payload; None when this ring has no key to it, or nothing is sealed under this digest.

        Raises JournalFault `journal.payload_altered` when what is sealed is not what its entry names; SealFault.
        """
        key = self._key_of(digest)
        row = self._database.one(
            "SELECT content FROM sealed_payloads WHERE digest = ?", (bytes.fromhex(digest),)
        )
        if row is None or key is None:
            return None
        payload = _payload(open_sealed(row[0], [key]))
        if payload.digest != digest:
            raise JournalFault("journal.payload_altered", number=0)
        return payload

    def _key_of(self, digest: str) -> SealingKey | None:
        row = self._database.one(
            "SELECT class, recipient FROM sealed_payloads WHERE digest = ?", (bytes.fromhex(digest),)
        )
        present = None if row is None else self._ring.classes.get(SealedClass(row[0]))
        return None if row is None or present is None else former(self._database, present, row[1])


# --- keys ---------------------------------------------------------------------------------------------


def recipients(database: Database) -> dict[SealedClass, str]:
    """The public half of every class's key."""
    return {SealedClass(name): key for name, key in database.rows("SELECT class, recipient FROM class_keys")}


def own_recipients(database: Database) -> dict[str, str]:
    """The public half of each person's own key: whatever is sealed to it, only that person's ring opens."""
    return dict(
        database.rows("SELECT person, recipient FROM key_holders WHERE class = ? ORDER BY person", (_OWN,))
    )


def holders(database: Database, name: SealedClass) -> tuple[str, ...]:
    """The people who were given the key of a class: whom to ask."""
    rows = database.rows(
        "SELECT person FROM key_holders JOIN class_keys USING (class, recipient) WHERE class = ? ORDER BY person",
        (name.value,),
    )
    return tuple(row[0] for row in rows)


def enter(database: Database, person: str, ring: Keyring) -> None:
    """Write down what a person's ring carries: public halves of keys nobody had, and who holds which."""
    with database.writing():
        for name, key in ring.classes.items():
            database.execute(
                "INSERT OR IGNORE INTO class_keys (class, recipient) VALUES (?, ?)",
                (name.value, key.recipient),
            )
        for name, key in ring.classes.items():
            _hold(database, person, name.value, key.recipient)
        if ring.own is not None:
            _hold(database, person, _OWN, ring.own.recipient)


def enter_anew(database: Database, person: str, ring: Keyring) -> None:
    """`enter` for a ring that was made without the person's former one: what only that one opened is gone, and
    nobody may be told that it is held. Who holds a class can give it again."""
    with database.writing():
        for table in ("key_holders", "class_grants"):
            database.execute(f"DELETE FROM {table} WHERE person = ?", (person,))  # noqa: S608 (constant)
        enter(database, person, ring)


def grant(database: Database, ring: Keyring, person: str, classes: Iterable[SealedClass]) -> None:
    """Give somebody keys that `ring` carries, sealed to their own key; they take them at their next sign-in.

    Raises StorageMistake `sealed.no_own_key` when they have not signed in since there are class keys,
    `sealed.not_held` when `ring` does not carry one of them.
    """
    own = own_recipients(database).get(person)
    if own is None:
        raise StorageMistake("sealed.no_own_key")
    with database.writing():
        for name in classes:
            if name not in ring.classes:
                raise StorageMistake("sealed.not_held")
            lay_grant(database, person, own, name, ring.classes[name])


def granted(database: Database, ring: Keyring, person: str) -> Keyring:
    """`ring` with the keys that lie ready for its person. Write the slot first, then `take`."""
    if ring.own is None:
        return ring
    rows = database.rows("SELECT class, sealed FROM class_grants WHERE person = ?", (person,))
    given = {SealedClass(name): SealingKey(open_sealed(content, [ring.own])) for name, content in rows}
    return replace(ring, classes={**ring.classes, **given}) if given else ring


def take(database: Database, person: str) -> None:
    """What lay ready for a person is in their slot now."""
    with database.writing():
        database.execute("DELETE FROM class_grants WHERE person = ?", (person,))


def withdraw(
    database: Database, person: str, classes: Iterable[SealedClass] = SealedClass
) -> frozenset[SealedClass]:
    """Somebody leaves, or is no longer cleared for `classes`: which of them they held. Those are due to be
    renewed.

    Takes away what lay ready for them. `rewrap` does the renewing; whoever signs in holding a due class may too.
    """
    wanted = frozenset(classes)
    with database.writing():
        held = frozenset(name for name in wanted if person in holders(database, name))
        places = [(person, name.value) for name in wanted]
        for table in ("key_holders", "class_grants"):
            database.execute_each(f"DELETE FROM {table} WHERE person = ? AND class = ?", places)  # noqa: S608
        database.execute_each(
            "UPDATE class_keys SET due = 1 WHERE class = ?", [(name.value,) for name in held]
        )
        if wanted == frozenset(SealedClass):
            database.execute("DELETE FROM key_holders WHERE person = ?", (person,))
    return held


def completed(database: Database, ring: Keyring, person: str, *, first_gets_all: bool = True) -> Keyring:
    """`ring` as its person goes on with it: keys that lie ready for them, a key of their own, and in a vault from
    before there were class keys, all of those (at headquarters nobody gets any that way: `first_gets_all`).
    Classes that are due and held here are renewed at once.

    Write the slot, then `enter` and `take`. Raises DatabaseFault; nothing is renewed then.
    """
    made = ring if ring.own is not None else replace(ring, own=SealingKey.generate())
    made = granted(database, made, person)
    if first_gets_all and not recipients(database):
        return replace(made, classes={**fresh_classes(), **made.classes})
    old = frozenset(
        name
        for name in due(database) & made.classes.keys()
        if made.classes[name].recipient == recipients(database).get(name)
    )
    if not old or person not in own_recipients(database):
        return made
    new = replace(made, classes={**made.classes, **fresh_classes(old)})
    rewrap(database, made, new)
    return new


def due(database: Database) -> frozenset[SealedClass]:
    """The classes whose key somebody took along who may not read them any more."""
    return frozenset(
        SealedClass(row[0]) for row in database.rows("SELECT class FROM class_keys WHERE due = 1")
    )


def rewrap(database: Database, old_ring: Keyring, new_ring: Keyring) -> frozenset[SealedClass]:
    """Seal again, under the keys of `new_ring`, everything sealed under those of `old_ring` where the two differ.

    All or none, in the caller's transaction or its own. Gives the new keys to everybody who still holds the class
    (`grant`); the person whose ring it is may `take` at once. The classes that were renewed: a class whose old or
    new key is not at hand stays as it is, and stays due. Raises SealFault, DatabaseFault.
    """
    renewed = set()
    with database.writing():
        for name, recipient in recipients(database).items():
            old, new = old_ring.classes.get(name), new_ring.classes.get(name)
            if old is None or new is None or old.recipient != recipient or new.recipient == recipient:
                continue
            _reseal_payloads(database, name, old, new)
            _reseal_files(database, name, old, new)
            give_way(database, name, old, new)
            staying = holders(database, name)
            database.execute(
                "UPDATE class_keys SET recipient = ?, due = 0 WHERE class = ?", (new.recipient, name.value)
            )
            own = own_recipients(database)
            for person in staying:
                if person in own:
                    lay_grant(database, person, own[person], name, new)
            renewed.add(name)
    return frozenset(renewed)


def padded(payload: Payload) -> bytes:
    """`salt || payload` at one of few lengths (rules 2 and 3)."""
    content = payload.salt + payload.content
    size = LEAST
    while size < len(content):
        size *= 2
    return content.ljust(size, _PAD)


def _payload(opened: bytes) -> Payload:
    return Payload(opened[:SALT_BYTES], opened[SALT_BYTES:].rstrip(_PAD))


def _hold(database: Database, person: str, name: str, recipient: str) -> None:
    database.execute(
        "INSERT INTO key_holders (person, class, recipient) VALUES (?, ?, ?) "
        "ON CONFLICT (person, class) DO UPDATE SET recipient = excluded.recipient",
        (person, name, recipient),
    )


def lay_grant(database: Database, person: str, own: str, name: SealedClass, key: SealingKey) -> None:
    """Lay a key ready for somebody, sealed to their `own`; in the caller's transaction."""
    database.execute(
        "INSERT INTO class_grants (person, class, sealed) VALUES (?, ?, ?) "
        "ON CONFLICT (person, class) DO UPDATE SET sealed = excluded.sealed",
        (person, name.value, seal(key.to_bytes(), [own])),
    )
    _hold(database, person, name.value, key.recipient)


def _reseal_payloads(database: Database, name: SealedClass, old: SealingKey, new: SealingKey) -> None:
    rows = database.rows("SELECT digest, recipient FROM sealed_payloads WHERE class = ?", (name.value,))
    for digest, recipient in rows:
        key = former(database, old, recipient)
        if key is None:  # sealed to a key that nobody has any more
            continue
        row = database.one("SELECT content FROM sealed_payloads WHERE digest = ?", (digest,))
        assert row is not None, "it was listed in this transaction"
        database.execute(
            "UPDATE sealed_payloads SET recipient = ?, content = ? WHERE digest = ?",
            (new.recipient, seal(open_sealed(row[0], [key]), [new.recipient]), digest),
        )


def _reseal_files(database: Database, name: SealedClass, old: SealingKey, new: SealingKey) -> None:
    rows = database.rows("SELECT attachment, recipient FROM sealed_files WHERE class = ?", (name.value,))
    for attachment, recipient in rows:
        key = former(database, old, recipient)
        if key is None:
            continue
        content = open_sealed(b"".join(parts(database, attachment)), [key])
        lay_parts(database, attachment, seal(content, [new.recipient]))
        database.execute(
            "UPDATE sealed_files SET recipient = ? WHERE attachment = ?", (new.recipient, attachment)
        )
