"""The one door to SQLCipher: never plain text, all or nothing, and each trap broken on purpose."""

import os
import sqlite3
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3

from fieldkit.crypto.keys import DatabaseKey
from fieldkit.domain.errors import FieldkitError
from fieldkit.languages.messages.storage import MESSAGES
from fieldkit.storage import database as door
from fieldkit.storage import migrations
from fieldkit.storage.database import PLAIN_HEAD, Database, broken_pages
from fieldkit.storage.errors import DatabaseFault, StorageFault, StorageMistake
from fieldkit.storage.versions import SCHEMA
from tests.storage.desks import KEY

CANARY = "Zubaida-canary-4711"


@pytest.fixture
def open_database(tmp_path: Path) -> Iterator[Database]:
    database = Database.create(tmp_path / "a.db", KEY)
    with database.transaction():
        database.execute("CREATE TABLE notes (text TEXT)")
    yield database
    database.close()


def write(database: Database, text: str) -> None:
    with database.transaction():
        database.execute("INSERT INTO notes VALUES (?)", (text,))


def notes(database: Database) -> list[str]:
    return [row[0] for row in database.rows("SELECT text FROM notes")]


def test_what_is_written_is_nowhere_on_the_disk_in_plain_text(
    open_database: Database, tmp_path: Path
) -> None:
    write(open_database, CANARY)
    files = list(tmp_path.iterdir())
    assert any(path.name.endswith("-wal") for path in files)
    for path in files:
        content = path.read_bytes()
        assert CANARY.encode() not in content
        assert not content.startswith(PLAIN_HEAD)


@pytest.mark.skipif(os.name == "nt", reason="Windows has access lists instead")
def test_only_the_owner_may_read_the_files(open_database: Database, tmp_path: Path) -> None:
    write(open_database, CANARY)
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}


def test_it_opens_again_with_the_key_and_holds_what_was_written(tmp_path: Path) -> None:
    database = Database.create(tmp_path / "a.db", KEY)
    with database.transaction():
        database.execute("CREATE TABLE notes (text TEXT)")
    write(database, CANARY)
    database.close()
    database.close()
    again = Database.open(tmp_path / "a.db", KEY)
    assert notes(again) == [CANARY]
    again.close()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("secure_delete", 1),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("temp_store", 2),
        ("busy_timeout", 5000),
        ("cipher_log_level", "NONE"),
    ],
)
def test_the_settings_are_what_the_design_says(open_database: Database, pragma: str, value: object) -> None:
    assert open_database.one(f"PRAGMA {pragma}") == (value,)


def test_no_extension_can_be_loaded(open_database: Database) -> None:
    with pytest.raises(StorageMistake):
        open_database.rows("SELECT load_extension('anything')")


def test_the_key_stays_in_no_statement(open_database: Database) -> None:
    """Python's driver keeps the text of statements; the key is therefore not handed over as one."""
    written: list[str] = []
    open_database._connection.set_trace_callback(written.append)
    open_database.rows("SELECT 1")
    assert all(KEY.raw.hex() not in text for text in written)
    assert "PRAGMA key" not in Path(door.__file__).read_text(encoding="utf-8")


# --- the traps ------------------------------------------------------------------------------------------


def test_a_wrong_key_is_refused(tmp_path: Path) -> None:
    Database.create(tmp_path / "a.db", KEY).close()
    before = (tmp_path / "a.db").read_bytes()
    with pytest.raises(DatabaseFault) as fault:
        Database.open(tmp_path / "a.db", DatabaseKey(bytes(32)))
    assert fault.value.code == "vault.not_this_key"
    assert (tmp_path / "a.db").read_bytes() == before


def test_a_wrong_key_says_nothing_until_the_first_read_which_is_a_trap(tmp_path: Path) -> None:
    Database.create(tmp_path / "a.db", KEY).close()
    connection = sqlcipher3.connect(str(tmp_path / "a.db"))
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.set_key(f"x'{bytes(32).hex()}'")
    door._check_cipher(connection)
    with pytest.raises(sqlcipher3.DatabaseError):
        door._check_readable(connection)
    connection.close()


@pytest.mark.parametrize("trap", ["_check_cipher", "_check_readable", "_check_head"])
def test_every_trap_stands_in_the_way_of_making_and_of_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trap: str
) -> None:
    Database.create(tmp_path / "a.db", KEY).close()

    def shut(_: object) -> None:
        raise StorageFault(trap)

    monkeypatch.setattr(door, trap, shut)
    for enter, name in ((Database.open, "a.db"), (Database.create, "b.db")):
        with pytest.raises(StorageFault) as fault:
            enter(tmp_path / name, KEY)
        assert fault.value.code == trap


def test_a_plain_file_is_refused_untouched(tmp_path: Path) -> None:
    plain = sqlite3.connect(tmp_path / "a.db")
    plain.execute("CREATE TABLE notes (text TEXT)")
    plain.commit()
    plain.close()
    before = (tmp_path / "a.db").read_bytes()
    with pytest.raises(StorageFault) as fault:
        Database.open(tmp_path / "a.db", KEY)
    assert fault.value.code == "vault.plaintext"
    assert (tmp_path / "a.db").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["a.db"]


class WithoutCipher(sqlite3.Connection):
    """What the driver would be if it had been built without SQLCipher."""

    def set_key(self, key: str) -> None:
        pass

    def enable_load_extension(self, enable: bool, /) -> None:
        pass


def test_a_library_without_cipher_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Database.create(tmp_path / "sound.db", KEY).close()

    def connect(path: str, **options: Any) -> sqlite3.Connection:
        return sqlite3.connect(path, factory=WithoutCipher, **options)

    monkeypatch.setattr(sqlcipher3, "connect", connect)
    with pytest.raises(StorageFault) as fault:
        Database.create(tmp_path / "a.db", KEY)
    assert fault.value.code == "vault.no_cipher"
    assert (tmp_path / "a.db").stat().st_size == 0, "nothing was written in plain text"
    with pytest.raises(StorageFault) as fault:
        Database.open(tmp_path / "sound.db", KEY)
    assert fault.value.code == "vault.no_cipher"


class WithoutKey:
    """A connection that forgets its key, as a slip of ours could make it."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def set_key(self, key: str) -> None:
        pass

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


def test_a_forgotten_key_is_noticed_before_anything_of_ours_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = sqlcipher3.connect
    monkeypatch.setattr(sqlcipher3, "connect", lambda *a, **k: WithoutKey(connect(*a, **k)))
    with pytest.raises(StorageFault) as fault:
        Database.create(tmp_path / "a.db", KEY)
    assert fault.value.code == "vault.plaintext"


def test_a_missing_or_empty_file_is_not_made_anew(tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    for name in ("none.db", "empty.db"):
        with pytest.raises(StorageFault) as fault:
            Database.open(tmp_path / name, KEY)
        assert fault.value.code == "vault.database_missing"
    assert not (tmp_path / "none.db").exists()


def test_an_existing_file_is_not_made_over(open_database: Database) -> None:
    with pytest.raises(StorageFault) as fault:
        Database.create(open_database.path, KEY)
    assert fault.value.code == "vault.exists"


def test_a_damaged_page_is_told(tmp_path: Path) -> None:
    database = Database.create(tmp_path / "a.db", KEY)
    migrations.run(database)
    database.close()
    content = bytearray((tmp_path / "a.db").read_bytes())
    for page in range(1, len(content) // 4096):
        content[page * 4096 + 99] ^= 1
    (tmp_path / "a.db").write_bytes(content)
    with pytest.raises(DatabaseFault) as fault:
        Database.open(tmp_path / "a.db", KEY).rows("SELECT * FROM entries")
    assert fault.value.code in {"vault.database_damaged", "vault.not_this_key", "vault.disk_failed"}


def test_a_newer_vault_is_refused_untouched(tmp_path: Path) -> None:
    database = Database.create(tmp_path / "a.db", KEY)
    with database.transaction():
        database.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    database.close()
    before = (tmp_path / "a.db").read_bytes()
    with pytest.raises(StorageFault) as fault:
        Database.open(tmp_path / "a.db", KEY)
    assert fault.value.code == "vault.newer"
    assert (tmp_path / "a.db").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["a.db"]


# --- transactions ---------------------------------------------------------------------------------------


def test_a_failure_undoes_the_whole_transaction(open_database: Database) -> None:
    with pytest.raises(KeyError), open_database.transaction():
        open_database.execute("INSERT INTO notes VALUES ('half')")
        raise KeyError
    assert notes(open_database) == []


def test_transactions_do_not_nest(open_database: Database) -> None:
    with pytest.raises(StorageMistake), open_database.transaction(), open_database.transaction():
        pass
    write(open_database, "after")
    assert notes(open_database) == ["after"]


def test_writing_outside_a_transaction_is_a_mistake(open_database: Database) -> None:
    with pytest.raises(StorageMistake):
        open_database.execute("INSERT INTO notes VALUES ('x')")
    with pytest.raises(StorageMistake):
        open_database.execute_each("INSERT INTO notes VALUES (?)", [("x",)])
    assert notes(open_database) == []


def test_joined_work_is_one_with_the_transaction_around_it(open_database: Database) -> None:
    with pytest.raises(KeyError), open_database.transaction():
        with open_database.writing():
            open_database.execute("INSERT INTO notes VALUES ('inner')")
        raise KeyError
    assert notes(open_database) == []


def test_joined_work_that_failed_undoes_the_whole_even_when_somebody_catches_it(
    open_database: Database,
) -> None:
    def swallow() -> None:
        try:
            with open_database.writing():
                open_database.execute("INSERT INTO notes VALUES ('inner half')")
                raise KeyError
        except KeyError:
            pass

    with pytest.raises(StorageMistake) as fault, open_database.transaction():
        open_database.execute("INSERT INTO notes VALUES ('outer')")
        swallow()
    assert fault.value.code == "database.failed_inside"
    assert notes(open_database) == []


def test_two_threads_take_turns(open_database: Database) -> None:
    def add() -> None:
        for _ in range(20):
            write(open_database, "x")

    threads = [threading.Thread(target=add) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(notes(open_database)) == 60


# --- disks ----------------------------------------------------------------------------------------------


def test_a_full_disk_loses_nothing_that_was_saved(open_database: Database) -> None:
    write(open_database, "saved")
    pages = open_database.number("PRAGMA page_count")
    open_database.rows(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DatabaseFault) as fault:
        write(open_database, CANARY * 4096)
    assert fault.value.code == "vault.disk_full"
    assert notes(open_database) == ["saved"]
    open_database.rows("PRAGMA max_page_count = 100000")
    write(open_database, "room again")
    assert notes(open_database) == ["saved", "room again"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody move or remove a file that is open")
def test_nothing_is_acknowledged_once_the_file_was_moved_or_removed(
    open_database: Database, tmp_path: Path
) -> None:
    write(open_database, "saved before")
    away = open_database.path.rename(tmp_path / "away.db")
    for _ in range(2):
        with pytest.raises(DatabaseFault) as fault:
            write(open_database, "lost, if it were acknowledged")
        assert fault.value.code == "vault.vanished"
    away.rename(open_database.path)
    write(open_database, "saved after")
    assert notes(open_database) == ["saved before", "saved after"]
    open_database.path.unlink()
    with pytest.raises(DatabaseFault):
        write(open_database, "lost too")
    with pytest.raises(DatabaseFault):
        broken_pages(open_database.path, KEY)


def test_a_second_program_that_writes_is_told_as_busy(open_database: Database) -> None:
    other = Database.open(open_database.path, KEY)
    other.rows("PRAGMA busy_timeout = 0")
    with open_database.transaction(), pytest.raises(DatabaseFault) as fault, other.transaction():
        pass
    assert fault.value.code == "vault.busy"
    other.close()


def test_a_checkpoint_empties_the_log(open_database: Database) -> None:
    write(open_database, CANARY)
    open_database.checkpoint()
    log = open_database.path.with_name(open_database.path.name + "-wal")
    assert log.stat().st_size == 0


def test_no_error_quotes_what_was_written(open_database: Database) -> None:
    with pytest.raises(FieldkitError) as fault, open_database.transaction():
        open_database.execute("INSERT INTO missing VALUES (?)", (CANARY,))
    assert CANARY not in str(fault.value)


def test_every_code_has_a_sentence() -> None:
    assert set(door._CODES.values()) <= set(MESSAGES)
