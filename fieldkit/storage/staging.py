"""Where the files of a bundle lie while they are verified, when they are many: encrypted, and gone afterwards.

1. Up to `IN_MEMORY` bytes stay in memory. What is more goes into a database of its own beside the vault, encrypted
   under a key that exists in this process and nowhere else: after a power cut nobody can read what is left of it.
2. It is no part of the vault: looking at a bundle changes nothing there.
3. It goes away with the object; what a process that died left behind goes when the next one begins.
"""

import weakref
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from fieldkit.crypto.keys import DatabaseKey
from fieldkit.domain.ports import Randomness
from fieldkit.storage.database import Database

IN_MEMORY = 12 * 1024 * 1024
BEGINS, ENDS = "staging-", ".db"

_TABLE = "CREATE TABLE pieces (name TEXT NOT NULL, content BLOB NOT NULL) STRICT"
_INDEX = "CREATE INDEX pieces_name ON pieces (name)"


class Staging:
    """Named files that are written once, piece by piece, and read in order."""

    def __init__(self, folder: Path, randomness: Randomness) -> None:
        self._folder, self._randomness = folder, randomness
        self._held: list[tuple[str, bytes]] = []
        self._size = 0
        self._database: Database | None = None

    def write(self, name: str, piece: bytes) -> None:
        """The next bytes of the file `name`. Raises DatabaseFault `vault.disk_full` and others."""
        self._held.append((name, piece))
        self._size += len(piece)
        if self._size > IN_MEMORY:
            self._spill()

    def read(self, name: str) -> Iterator[bytes]:
        """The bytes of a file in pieces; none when nothing was written under `name`."""
        if self._database is not None:
            places = self._database.rows("SELECT rowid FROM pieces WHERE name = ? ORDER BY rowid", (name,))
            for place in places:
                row = self._database.one("SELECT content FROM pieces WHERE rowid = ?", place)
                yield bytes(row[0]) if row else b""
        yield from (piece for held, piece in self._held if held == name)

    def close(self) -> None:
        """Take away what lies on the disk."""
        if self._database is not None:
            self._finalizer()
            self._database = None

    def _spill(self) -> None:
        if self._database is None:
            sweep(self._folder)
            path = self._folder / f"{BEGINS}{self._randomness.bytes(8).hex()}{ENDS}"
            self._database = Database.for_copy(path, DatabaseKey.new(self._randomness))
            self._finalizer = weakref.finalize(self, _remove, self._database, path)
            with self._database.transaction():
                for statement in (_TABLE, _INDEX):
                    self._database.execute(statement)
        with self._database.transaction():
            self._database.execute_each("INSERT INTO pieces (name, content) VALUES (?, ?)", self._held)
        self._held.clear()
        self._size = IN_MEMORY - SPILLED_AT_ONCE


SPILLED_AT_ONCE = 8 * 1024 * 1024
"""Bytes that are written together once memory is full."""


def sweep(folder: Path) -> None:
    """Take away what a process that died left behind: nobody has a key to it."""
    for path in folder.glob(f"{BEGINS}*{ENDS}"):
        with suppress(OSError):  # another program's, on Windows
            path.unlink()


def _remove(database: Database, path: Path) -> None:
    with suppress(Exception):
        database.close()
    with suppress(OSError):
        path.unlink(missing_ok=True)
