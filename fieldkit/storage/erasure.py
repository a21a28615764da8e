"""What goes, and how it stays gone (`journal.md`, rule 7).

1. A payload goes with everything that was made from it: the rows of every projection, the bytes of the files it
   names. The entry stays, so the chain verifies, and says where its payload is: purged here, or erased everywhere.
2. Purging is of this laptop: what is withheld or erased already stays what it is.
3. Erased stays erased: the digest is kept for ever, whether the payload was ever here or not, and so is the name of
   what held its files, as a digest. Whoever writes payloads or files from elsewhere asks first.
4. Gone is overwritten: SQLite zeroes what is deleted (`PRAGMA secure_delete`), and the log is folded into the file
   and cut to nothing. What the disk itself keeps under its own table is beyond us, and sealed.
"""

import hashlib
from collections.abc import Collection, Iterable, Sequence

from fieldkit.storage.attachments import forget_files
from fieldkit.storage.database import Database
from fieldkit.storage.kinds import TABLES
from fieldkit.storage.projections import forget_payload

PURGED, ERASED = "purged", "erased"

_OF_CASES = tuple(table for table, columns in TABLES.items() if "case_id" in columns)
"""Projections that say of an entry which case it belongs to, whatever its subject is."""


_PAYLOADS = ("payloads", "sealed_payloads")
"""Where a payload can lie: open, or sealed under the key of its class."""

_ON_ITS_WAY = "sealed_for_office"
"""Where what is sealed lies a second time, for headquarters (`sealed_office`)."""

_HELD = " UNION ALL ".join(f"SELECT 1 FROM {table} WHERE digest = ?1" for table in _PAYLOADS)  # noqa: S608


def take_away(database: Database, names: Iterable[str], state: str) -> int:
    """Take these payloads away; how many were held. `state` is PURGED or ERASED.

    Whether that is allowed is not decided here. In the caller's transaction or one of its own; `overwrite` follows
    when it has ended.
    """
    gone = 0
    with database.writing():
        for name in names:
            gone += _take(database, name, state)
    return gone


def take_drafts(database: Database, case: str) -> int:
    """Take away the unfinished interviews of a case with their files; how many there were."""
    with database.writing():
        return database.execute("DELETE FROM drafts WHERE case_id = ? AND case_id <> ''", (case,))


def overwrite(database: Database) -> bool:
    """Leave nothing of what was deleted in the log. False when somebody else is reading: then closing does it."""
    return database.checkpoint()


def about(database: Database, subject: str, but: Collection[str] = ()) -> tuple[str, ...]:
    """The payloads of every entry about `subject`, such as `case/…`, held or not; for a case those that name it
    too. Entries of the kinds `but` are left out."""
    kind, _, name = subject.partition("/")
    asked = "SELECT payload, kind FROM entries WHERE subject = ?1"
    if kind == "case":
        named = " UNION ALL ".join(
            f"SELECT entry FROM {table} WHERE case_id = ?2"  # noqa: S608 (constant)
            for table in _OF_CASES
        )
        asked += f" OR id IN ({named})"
    parameters: Sequence[str] = (subject, name) if kind == "case" else (subject,)
    rows = database.rows(f"{asked} ORDER BY id", parameters)
    return tuple(payload.hex() for payload, what in rows if what not in but)


def is_held(database: Database, name: str) -> bool:
    """Whether the payload under this digest lies here, open or sealed."""
    return database.one(_HELD, (bytes.fromhex(name),)) is not None


def erased(database: Database) -> frozenset[str]:
    """Every digest that is kept because something was erased."""
    return frozenset(
        row[0].hex() for row in database.rows("SELECT digest FROM absences WHERE state = 'erased'")
    )


def is_erased_holder(database: Database, holder: str) -> bool:
    """Whether the files of a submission were erased: then none of them is written again (rule 3)."""
    found = database.one("SELECT 1 FROM absences WHERE digest = ? AND state = 'erased'", (_mark(holder),))
    return found is not None


def drop_erased_files(database: Database) -> int:
    """Take away the files whose holder was erased: an old page may have brought them back."""
    gone = 0
    with database.writing():
        for (holder,) in database.rows("SELECT DISTINCT holder FROM attachments"):
            if is_erased_holder(database, holder):
                gone += database.execute("DELETE FROM attachments WHERE holder = ?", (holder,))
    return gone


def _take(database: Database, name: str, state: str) -> int:
    key = bytes.fromhex(name)
    rows = [row[0] for row in database.rows("SELECT id FROM entries WHERE payload = ?", (key,))]
    held = is_held(database, name)
    if state == PURGED and not held:
        return 0  # rule 2
    if state == ERASED:
        for row in rows:
            for (holder,) in database.rows("SELECT DISTINCT holder FROM files WHERE entry = ?", (row,)):
                _keep(database, _mark(holder), ERASED)
    forget_files(database, rows)
    forget_payload(database, rows)
    for table in (*_PAYLOADS, _ON_ITS_WAY):
        database.execute(f"DELETE FROM {table} WHERE digest = ?", (key,))  # noqa: S608 (constant)
    _keep(database, key, state)
    return int(held)


def _keep(database: Database, key: bytes, state: str) -> None:
    database.execute(
        "INSERT INTO absences (digest, state) VALUES (?, ?) "
        "ON CONFLICT (digest) DO UPDATE SET state = excluded.state",
        (key, state),
    )


def _mark(holder: str) -> bytes:
    """A name under which a holder stands among the digests; it says nothing about what it held."""
    return hashlib.sha256(b"files of " + holder.encode()).digest()
