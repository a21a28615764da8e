"""The one door to SQLCipher (`vault-and-bundles.md`, vault).

1. Nothing is ever written in plain text. SQLCipher without a key writes plain SQLite and says nothing, and a
   wrong key answers "ok" until the first read; so three traps are asserted each time a database is opened:
   `cipher_version` answers, the file does not begin like plain SQLite, and the schema can be read.
2. What was acknowledged stays: write-ahead log with `synchronous=FULL`. `NORMAL` lost acknowledged records.
3. Every write stands in a transaction that takes the write lock at its start. They do not nest: an inner
   piece of work joins the one around it, and when it fails the whole is undone.
4. One connection, one thread at a time.
5. Nothing is acknowledged that goes into a file without a name: a folder that somebody moved or removed, or a disk
   that was pulled out, is noticed before a transaction ends. The library writes on into the file it once opened.
6. A database of a newer schema is refused before anything is written to it.
7. A new database's salt follows from its key. SQLCipher keeps the salt in the first bytes of the file, and without
   it no page can be told from a forged one: so `rescue` can do without those bytes.
"""

import os
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import sqlcipher3

from fieldkit.crypto.keys import DatabaseKey
from fieldkit.domain.ports import Progress
from fieldkit.storage.errors import DatabaseFault, StorageFault, StorageMistake
from fieldkit.storage.versions import SCHEMA

Value = None | int | str | bytes
Row = tuple[Any, ...]

DATABASE_FILE = "vault.db"
"""The name of the database inside a vault's folder."""

PLAIN_HEAD = b"SQLite format 3\x00"
BUSY_MILLISECONDS = 5000
PAGE_BYTES = 4096
MUCH_KIB = 48 * 1024
"""Memory for pages while an import is written."""

COPIED_AT_ONCE = 512
"""Pages between two words of progress: 2 MiB."""

_SETTINGS = (
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA temp_store = MEMORY",  # no temporary file, not even an encrypted one
    "PRAGMA mmap_size = 0",
    f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}",
)

_CODES: dict[str, str] = {
    "SQLITE_NOTADB": "vault.not_this_key",
    "SQLITE_CORRUPT": "vault.database_damaged",
    "SQLITE_FULL": "vault.disk_full",
    "SQLITE_IOERR": "vault.disk_failed",
    "SQLITE_CANTOPEN": "vault.disk_failed",
    "SQLITE_READONLY": "vault.read_only",
    "SQLITE_PERM": "vault.read_only",
    "SQLITE_BUSY": "vault.busy",
    "SQLITE_LOCKED": "vault.busy",
}
"""SQLite's primary result codes, as what is said to the person."""


_PAGE_NUMBER = re.compile(r"page ([0-9]+)")


class Connection(Protocol):
    """What of a connection is used here; the tests hand in worse ones."""

    def execute(self, sql: str, parameters: Sequence[Value] = ..., /) -> Any: ...


class Database:
    """An open, encrypted database. Rows are tuples; statements stand in `storage` only."""

    def __init__(self, connection: Any, path: Path) -> None:
        """Use `create` or `open`."""
        self._connection = connection
        self._lock = threading.RLock()
        self._inside = False
        self._failed = False
        self.path = path
        self._file = _file_at(path)

    @classmethod
    def create(cls, path: Path, key: DatabaseKey) -> "Database":
        """A new, empty database. Raises StorageFault `vault.exists`, DatabaseFault."""
        with _faults():
            _make_private(path)
            connection = _connect(path, key, key.for_salt())
            with _closing_on_failure(connection):
                connection.execute("PRAGMA journal_mode = WAL")
                # The first write: now there is a file to look at.
                connection.execute("PRAGMA user_version = 0")
                _check_traps(connection, path)
        return cls(connection, path)

    @classmethod
    def open(cls, path: Path, key: DatabaseKey) -> "Database":
        """The database at `path`.

        Raises StorageFault `vault.database_missing`, `vault.plaintext`, `vault.newer`; DatabaseFault
        `vault.not_this_key`, `vault.database_damaged` and the faults of disks.
        """
        if not path.is_file() or path.stat().st_size == 0:
            raise StorageFault("vault.database_missing")
        _check_head(path)
        with _faults():
            connection = _connect(path, key)
            with _closing_on_failure(connection):
                _check_traps(connection, path)
                _check_version(connection)
                connection.execute("PRAGMA journal_mode = WAL")
        return cls(connection, path)

    @classmethod
    def for_copy(cls, path: Path, key: DatabaseKey) -> "Database":
        """A new file for `copy_into`, without a log: it is thrown away unless the whole copy succeeds."""
        with _faults():
            _make_private(path)
            connection = _connect(path, key, key.for_salt())
            with _closing_on_failure(connection):
                connection.execute("PRAGMA journal_mode = OFF")
        return cls(connection, path)

    @contextmanager
    def transaction(self) -> Iterator["Database"]:
        """All or nothing. Raises StorageMistake `database.nested` inside another one."""
        with self._lock:
            if self._inside:
                raise StorageMistake("database.nested")
            self._statement("BEGIN IMMEDIATE")
            self._inside, self._failed = True, False
            try:
                yield self
                if self._failed:
                    raise StorageMistake("database.failed_inside")
                self._demand_file()
                self._statement("COMMIT")
            except BaseException:
                self._undo()
                raise
            finally:
                self._inside = False

    @contextmanager
    def writing(self) -> Iterator["Database"]:
        """The transaction around this, or a new one. A failure in it undoes the whole (rule 3)."""
        with self._lock:
            if not self._inside:
                with self.transaction():
                    yield self
                return
            try:
                yield self
            except BaseException:
                self._failed = True
                raise

    @contextmanager
    def much_at_once(self) -> Iterator[None]:
        """More memory for pages while much is written: without it they go out and come back, sealed each time."""
        with self._lock:
            held = self.number("PRAGMA cache_size")
            self._statement(f"PRAGMA cache_size = {-MUCH_KIB}")
            try:
                yield
            finally:
                self._statement(f"PRAGMA cache_size = {held}")

    @property
    def inside(self) -> bool:
        """Whether a transaction is open, so that what is written now can still be undone."""
        return self._inside

    def demand_transaction(self) -> None:
        """Raise StorageMistake `database.outside` unless a transaction is open."""
        if not self._inside:
            raise StorageMistake("database.outside")

    def execute(self, sql: str, parameters: Sequence[Value] = ()) -> int:
        """One statement that writes, inside a transaction. The number of rows it changed."""
        with self._lock:
            self.demand_transaction()
            return int(self._statement(sql, parameters).rowcount)

    def insert(self, sql: str, parameters: Sequence[Value] = ()) -> int:
        """One `INSERT` inside a transaction. The new row's id."""
        with self._lock:
            self.demand_transaction()
            return int(self._statement(sql, parameters).lastrowid)

    def execute_each(self, sql: str, parameters: Iterable[Sequence[Value]]) -> None:
        """One statement that writes, once for each set of parameters, inside a transaction."""
        with self._lock:
            self.demand_transaction()
            with _faults():
                self._connection.executemany(sql, parameters)

    def rows(self, sql: str, parameters: Sequence[Value] = ()) -> list[Row]:
        """All rows of a query."""
        with self._lock, _faults():
            return list(self._connection.execute(sql, parameters))

    def one(self, sql: str, parameters: Sequence[Value] = ()) -> Row | None:
        """The first row of a query, or None."""
        with self._lock, _faults():
            row: Row | None = self._connection.execute(sql, parameters).fetchone()
            return row

    def number(self, sql: str, parameters: Sequence[Value] = ()) -> int:
        """The one number that a query such as `SELECT COUNT(*)` gives."""
        row = self.one(sql, parameters)
        if row is None:
            raise StorageMistake("database.no_number")
        return int(row[0])

    def checkpoint(self) -> bool:
        """Move everything from the write-ahead log into the file and empty the log; whether that could be done, for
        another connection may be reading."""
        with self._lock:
            (busy, _, _), *_ = self._statement("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            return not busy

    def copy_into(self, target: "Database", progress: Progress) -> None:
        """Copy all pages as they are at this moment into an empty database; writers elsewhere go on meanwhile.

        A page that cannot be read is *not* noticed by the library: look at both with `broken_pages`, and at what
        stands in the copy. `progress` counts pages and may raise. Raises DatabaseFault.
        """

        def told(_: int, remaining: int, total: int) -> None:
            progress(total - remaining, total)

        with self._lock, target._lock, _faults():
            self._connection.execute("BEGIN")
            try:
                self._connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()  # holds the moment
                self._connection.backup(target._connection, pages=COPIED_AT_ONCE, progress=told)
            finally:
                self._undo()

    def close_after(self, work: Callable[[], None]) -> None:
        """Close once `work` is done, so that nobody writes a word in between. When it fails, this stays open."""
        with self._lock:
            self.checkpoint()
            with self.transaction():  # other programs wait too
                work()
            self.close()

    def close(self) -> None:
        """Close; calling it again does nothing. The library folds the log into the file."""
        with self._lock, _faults():
            self._connection.close()

    def _statement(self, sql: str, parameters: Sequence[Value] = ()) -> Any:
        with _faults():
            return self._connection.execute(sql, parameters)

    def _demand_file(self) -> None:
        """Rule 5. Raises DatabaseFault `vault.vanished`."""
        if _file_at(self.path) != self._file:
            raise DatabaseFault("vault.vanished")

    def _undo(self) -> None:
        # SQLite has rolled back on its own after some failures, such as a full disk.
        if self._connection.in_transaction:
            self._statement("ROLLBACK")


def broken_pages(path: Path, key: DatabaseKey) -> tuple[int, ...]:
    """The pages of the file at `path` that are not as they were written, by number from 1; 0 stands for a file
    whose length is no whole number of pages.

    The write-ahead log is not looked at: checkpoint first. Raises DatabaseFault.
    """
    with _faults():
        if path.stat().st_size % PAGE_BYTES:
            return (0,)
        connection = _keyed(path, key)  # a fresh one: a bad page poisons the connection that met it
        with _closing_on_failure(connection):
            told = [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]
        connection.close()
    numbers = (_PAGE_NUMBER.search(line) for line in told)
    return tuple(int(number[1]) if number else 0 for number in numbers)


def _file_at(path: Path) -> tuple[int, int] | None:
    """Which file stands there now, as the system counts them; None when there is none, or the disk does not say."""
    try:
        found = os.stat(path)  # noqa: PTH116 (before every commit: half the price)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _make_private(path: Path) -> None:
    """An empty file for the owner alone; the library gives the log beside it the same rights."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError as error:
        raise StorageFault("vault.exists") from error


def _connect(path: Path, key: DatabaseKey, salt: bytes = b"") -> Any:
    connection = _keyed(path, key, salt)
    with _closing_on_failure(connection):
        for setting in _SETTINGS:
            connection.execute(setting)
    return connection


def _keyed(path: Path, key: DatabaseKey, salt: bytes = b"") -> Any:
    """A connection that has read nothing yet."""
    connection = sqlcipher3.connect(str(path), isolation_level=None, check_same_thread=False)
    with _closing_on_failure(connection):
        connection.execute("PRAGMA cipher_log_level = NONE")
        # Not as a PRAGMA: the text of statements stays in the driver's cache.
        connection.set_key(f"x'{key.raw.hex()}{salt.hex()}'")
        _check_cipher(connection)
        connection.enable_load_extension(False)
    return connection


def _check_traps(connection: Connection, path: Path) -> None:
    _check_readable(connection)
    _check_head(path)


def _check_cipher(connection: Connection) -> None:
    row = connection.execute("PRAGMA cipher_version").fetchone()
    if row is None or not row[0]:
        raise StorageFault("vault.no_cipher")


def _check_readable(connection: Connection) -> None:
    connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()


def _check_head(path: Path) -> None:
    with _faults(), path.open("rb") as file:
        if file.read(len(PLAIN_HEAD)) == PLAIN_HEAD:
            raise StorageFault("vault.plaintext")


def _check_version(connection: Connection) -> None:
    if connection.execute("PRAGMA user_version").fetchone()[0] > SCHEMA:
        raise StorageFault("vault.newer")


@contextmanager
def _closing_on_failure(connection: Any) -> Iterator[None]:
    try:
        yield
    except BaseException:
        connection.close()
        raise


@contextmanager
def _faults() -> Iterator[None]:
    """The library's errors as ours; their text is dropped, for it may quote what was written."""
    try:
        yield
    except sqlcipher3.Error as error:
        name = "_".join(str(getattr(error, "sqlite_errorname", "")).split("_")[:2])
        if name in _CODES:
            raise DatabaseFault(_CODES[name]) from error
        raise StorageMistake("database.statement", kind=name or type(error).__name__) from error
    except OSError as error:
        raise DatabaseFault("vault.disk_failed") from error
