"""Somebody with the vault's key rewrites the journal in its database, as cleverly as that key allows."""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from fieldkit.crypto.keys import DatabaseKey
from fieldkit.domain.entries import Entry, Payload, canonical, digest, entry_bytes, read_entry
from fieldkit.domain.ports import JsonObject
from fieldkit.storage.database import DATABASE_FILE, Database

Rewriting = Callable[["Forger", random.Random], None]


@dataclass(frozen=True, slots=True)
class _Row:
    row: int
    entry: Entry


class Forger:
    """A post's journal, open for writing; `covered` is the newest entry that headquarters holds."""

    def __init__(self, folder: Path, key: DatabaseKey, stream: str, covered: int) -> None:
        self.database = Database.open(folder / DATABASE_FILE, key)
        self.database.rows("PRAGMA foreign_keys = OFF")
        self.covered = covered
        rows = self.database.rows(
            "SELECT id, content FROM entries WHERE stream = (SELECT id FROM streams WHERE stream = ?) "
            "ORDER BY number",
            (stream,),
        )
        self.rows = [_Row(row, read_entry(content)) for row, content in rows]

    def some(self, rng: random.Random, *, below: int = 0) -> int:
        """The place of some entry that headquarters holds."""
        return rng.randrange(1, self.covered - below)

    def lies_open(self, place: int) -> bool:
        """Whether the payload there is held and not sealed; the first of a stream is."""
        name = bytes.fromhex(self.rows[place].entry.payload)
        return self.database.one("SELECT 1 FROM payloads WHERE digest = ?", (name,)) is not None

    def change(self, sql: str, *values: object) -> None:
        """One statement."""
        with self.database.transaction():
            self.database.execute(sql, values)  # type: ignore[arg-type]

    def rewrite_from(self, place: int, rng: random.Random) -> None:
        """Another payload for one entry, and every entry after it linked anew: the chain is whole again."""
        while not self.lies_open(place):
            place -= 1
        held = self.rows[place]
        salt = rng.randbytes(32)
        payload = Payload(salt, canonical({**self._payload(held.entry), "rewritten": "yes"}))
        with self.database.transaction():
            self.database.execute(
                "UPDATE payloads SET digest = ?, salt = ?, content = ? WHERE digest = ?",
                (bytes.fromhex(payload.digest), salt, payload.content, bytes.fromhex(held.entry.payload)),
            )
            previous = held.entry.previous
            for row in self.rows[place:]:
                name = payload.digest if row is held else row.entry.payload
                content = entry_bytes(replace(row.entry, previous=previous, payload=name))
                previous = digest(content)
                self.database.execute(
                    "UPDATE entries SET content = ?, digest = ?, payload = ? WHERE id = ?",
                    (content, bytes.fromhex(previous), bytes.fromhex(name), row.row),
                )

    def _payload(self, entry: Entry) -> JsonObject:
        row = self.database.one(
            "SELECT content FROM payloads WHERE digest = ?", (bytes.fromhex(entry.payload),)
        )
        assert row is not None
        found: JsonObject = json.loads(row[0])
        return found


def _entry_edited(forger: Forger, rng: random.Random) -> None:
    held = forger.rows[forger.some(rng)]
    content = entry_bytes(replace(held.entry, actor=rng.randbytes(16).hex()))
    forger.change("UPDATE entries SET content = ? WHERE id = ?", content, held.row)


def _entry_edited_with_its_digest(forger: Forger, rng: random.Random) -> None:
    held = forger.rows[forger.some(rng)]
    content = entry_bytes(replace(held.entry, at="2016-01-01T00:00:00+00:00"))
    name = bytes.fromhex(digest(content))
    forger.change("UPDATE entries SET content = ?, digest = ? WHERE id = ?", content, name, held.row)


def _all_rewritten(forger: Forger, rng: random.Random) -> None:
    forger.rewrite_from(forger.some(rng), rng)


def _last_rewritten(forger: Forger, rng: random.Random) -> None:
    forger.rewrite_from(forger.covered - 1, rng)


def _swapped(forger: Forger, rng: random.Random) -> None:
    one = forger.some(rng, below=1)
    first, second = forger.rows[one], forger.rows[one + 1]
    numbers = ((-1, first), (first.entry.number, second), (second.entry.number, first))
    for number, held in numbers:
        forger.change("UPDATE entries SET number = ? WHERE id = ?", number, held.row)


def _taken_out(forger: Forger, rng: random.Random) -> None:
    forger.change("DELETE FROM entries WHERE id = ?", forger.rows[forger.some(rng)].row)


def _cut_off(forger: Forger, rng: random.Random) -> None:
    """The end is cut away, and what it said; the rest is a sound, shorter journal."""
    tables = forger.database.rows(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND name IN "
        "(SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE c.name = 'entry')"
    )
    for held in forger.rows[forger.some(rng) :]:
        for (table,) in tables:
            forger.change(f"DELETE FROM {table} WHERE entry = ?", held.row)
        forger.change("DELETE FROM entries WHERE id = ?", held.row)


def _held_payload(forger: Forger, rng: random.Random) -> bytes:
    """The name of a payload that lies open: of a sealed one only who opens it can tell (`verification`, rule 3)."""
    while not forger.lies_open(place := forger.some(rng)):
        pass
    return bytes.fromhex(forger.rows[place].entry.payload)


def _payload_changed(forger: Forger, rng: random.Random) -> None:
    name = _held_payload(forger, rng)
    column = rng.choice(("content", "salt"))
    row = forger.database.one(f"SELECT {column} FROM payloads WHERE digest = ?", (name,))
    assert row is not None
    forger.change(f"UPDATE payloads SET {column} = ? WHERE digest = ?", b"x" + row[0][1:], name)


def _payload_gone(forger: Forger, rng: random.Random) -> None:
    name = _held_payload(forger, rng)
    forger.change("DELETE FROM payloads WHERE digest = ?", name)


def _beside_changed(forger: Forger, rng: random.Random) -> None:
    column, value = rng.choice((("subject", "case/" + "0" * 32), ("kind", "setting.changed")))
    held = forger.rows[forger.some(rng)]
    forger.change(f"UPDATE entries SET {column} = ? WHERE id = ?", value, held.row)


REWRITINGS: dict[str, Rewriting] = {
    "an entry edited": _entry_edited,
    "an entry edited with its digest": _entry_edited_with_its_digest,
    "all rewritten from one on": _all_rewritten,
    "the last one covered rewritten": _last_rewritten,
    "two swapped": _swapped,
    "one taken out": _taken_out,
    "the end cut off": _cut_off,
    "a payload changed": _payload_changed,
    "a payload taken away": _payload_gone,
    "subject or kind changed": _beside_changed,
}
