"""Sealed answers on their way to headquarters, and as they lie there (journal rule 9, `vault-and-bundles.md`).

1. At a post what headquarters may receive is sealed twice over: under the class key of the post, and beside it
   under that of headquarters. Salt, content and digest are the same, so the chain has one digest for both.
2. Only the second leaves. It cannot be opened at the post, and headquarters cannot check it before somebody who is
   cleared opens it: then it must have the digest that its entry names.
3. Headquarters keeps it where its entry was held as a link, never in the place of something that was erased,
   and only when somebody there could ever open it.
4. A class key of headquarters is made for the first person who is cleared. It is sealed to that person's own
   key at once and lies nowhere else.
"""

import base64
import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from fieldkit.crypto.keys import fresh_classes
from fieldkit.crypto.sealing import seal
from fieldkit.domain.classes import SealedClass
from fieldkit.domain.entries import Payload
from fieldkit.storage.database import Database
from fieldkit.storage.errors import StorageMistake
from fieldkit.storage.former_keys import known
from fieldkit.storage.kinds_sealed import TRAVELS
from fieldkit.storage.sealed import lay_grant, own_recipients, padded

_TRAVELS = json.dumps(sorted(TRAVELS))


@dataclass(frozen=True, slots=True)
class SealedContent:
    """A sealed payload as it travels: the digest its entry names, the class, to whom it is sealed, the bytes."""

    digest: str
    name: SealedClass
    recipient: str
    content: bytes

    @property
    def text(self) -> str:
        """The bytes as text."""
        return base64.b64encode(self.content).decode("ascii")


# --- at a post ----------------------------------------------------------------------------------------


def prepare(database: Database, payload: Payload, name: SealedClass, recipient: str) -> None:
    """Seal a payload for headquarters too, whatever lay there before; in the caller's transaction or its own."""
    with database.writing():
        database.execute(
            "INSERT INTO sealed_for_office (digest, class, recipient, content, delivered) VALUES (?, ?, ?, ?, 0) "
            "ON CONFLICT (digest) DO UPDATE SET recipient = excluded.recipient, content = excluded.content, "
            "delivered = 0",
            (bytes.fromhex(payload.digest), name.value, recipient, seal(padded(payload), [recipient])),
        )


def prepared(database: Database, digest: str) -> SealedContent | None:
    """What is ready to travel under this digest."""
    row = database.one(
        "SELECT class, recipient, content FROM sealed_for_office WHERE digest = ?", (bytes.fromhex(digest),)
    )
    return None if row is None else SealedContent(digest, SealedClass(row[0]), row[1], row[2])


def unprepared(database: Database) -> Iterator[tuple[str, str, SealedClass]]:
    """What could travel and is not sealed for headquarters yet: subject, digest and class."""
    for about, digest, name in database.rows(
        "SELECT DISTINCT entries.subject, hex(entries.payload), sealed_payloads.class FROM entries "
        "JOIN sealed_payloads ON sealed_payloads.digest = entries.payload "
        "WHERE entries.kind IN (SELECT value FROM json_each(?)) AND NOT EXISTS ("
        "  SELECT 1 FROM sealed_for_office WHERE sealed_for_office.digest = entries.payload) "
        "ORDER BY entries.id",
        (_TRAVELS,),
    ):
        yield about, digest.lower(), SealedClass(name)


def sealed_among(database: Database, kinds: Collection[str]) -> frozenset[str]:
    """The digests of the payloads of these kinds that lie sealed here."""
    rows = database.rows(
        "SELECT hex(digest) FROM sealed_payloads WHERE EXISTS (SELECT 1 FROM entries "
        "WHERE entries.payload = sealed_payloads.digest AND entries.kind IN (SELECT value FROM json_each(?)))",
        (json.dumps(sorted(kinds)),),
    )
    return frozenset(row[0].lower() for row in rows)


def late(database: Database, stream: str, after: int) -> Iterator[tuple[int, str, SealedContent]]:
    """What is ready of entries up to number `after` and did not go in a bundle up to it: number, subject,
    content."""
    for number, about, digest, name, recipient, content in database.rows(
        "SELECT entries.number, entries.subject, hex(ready.digest), ready.class, ready.recipient, ready.content "
        "FROM sealed_for_office AS ready JOIN entries ON entries.payload = ready.digest "
        "WHERE entries.stream = (SELECT id FROM streams WHERE stream = ?1) AND entries.number <= ?2 "
        "AND (ready.delivered = 0 OR ready.delivered > ?2) ORDER BY entries.number",
        (stream, after),
    ):
        yield number, about, SealedContent(digest.lower(), SealedClass(name), recipient, content)


def went(database: Database, digests: Iterable[str], last: int) -> None:
    """These went along in a bundle up to the number `last`."""
    with database.writing():
        database.execute_each(
            "UPDATE sealed_for_office SET delivered = ? WHERE digest = ?",
            [(last, bytes.fromhex(digest)) for digest in digests],
        )


# --- at headquarters ----------------------------------------------------------------------------------


def take(database: Database, came: SealedContent) -> bool:
    """Keep what came for an entry that is held as a link, in the caller's transaction; whether it was wanted
    (rule 3)."""
    database.demand_transaction()
    key = bytes.fromhex(came.digest)
    if came.recipient not in known(database):
        return False
    row = database.one("SELECT state FROM absences WHERE digest = ?", (key,))
    held = database.one(
        "SELECT 1 FROM sealed_payloads WHERE digest = ?1 UNION ALL SELECT 1 FROM payloads WHERE digest = ?1",
        (key,),
    )
    if held is not None or (row is not None and row[0] != "withheld"):
        return False
    database.execute("DELETE FROM absences WHERE digest = ?", (key,))
    database.execute(
        "INSERT INTO sealed_payloads (digest, class, recipient, content) VALUES (?, ?, ?, ?)",
        (key, came.name.value, came.recipient, came.content),
    )
    return True


def names_it(database: Database, stream: str, number: int, digest: str) -> bool:
    """Whether an entry of this stream and number is of a kind that travels sealed and names this payload."""
    found = database.one(
        "SELECT 1 FROM entries JOIN streams ON streams.id = entries.stream "
        "WHERE (streams.stream = ?1 OR substr(streams.stream, 1, length(?1) + 1) = ?1 || '~') "
        "AND entries.number = ?2 AND entries.payload = ?3 AND entries.kind IN (SELECT value FROM json_each(?4))",
        (stream, number, bytes.fromhex(digest), _TRAVELS),
    )
    return found is not None


def found(database: Database, name: SealedClass, person: str) -> str:
    """Make a new key for a class and give it to `person` alone (rule 4), in the caller's transaction; its
    public half.

    What was sealed to an earlier one that nobody holds stays as it is. Raises StorageMistake `sealed.no_own_key`.
    """
    database.demand_transaction()
    own = own_recipients(database).get(person)
    if own is None:
        raise StorageMistake("sealed.no_own_key")
    key = fresh_classes([name])[name]
    for table in ("key_holders", "class_grants", "class_keys"):
        database.execute(f"DELETE FROM {table} WHERE class = ?", (name.value,))  # noqa: S608 (constant)
    database.execute("INSERT INTO class_keys (class, recipient) VALUES (?, ?)", (name.value, key.recipient))
    lay_grant(database, person, own, name, key)
    return key.recipient


def renew_at_next_sign_in(database: Database, name: SealedClass) -> None:
    """Let the next person who holds a class make a new key of it (`storage.sealed.completed`)."""
    with database.writing():
        database.execute("UPDATE class_keys SET due = 1 WHERE class = ?", (name.value,))


def could_be_read(database: Database, digest: str) -> bool:
    """Whether what is held under this digest is sealed to a key that is present or kept; true where nothing is."""
    row = database.one("SELECT recipient FROM sealed_payloads WHERE digest = ?", (bytes.fromhex(digest),))
    return row is None or row[0] in known(database)
