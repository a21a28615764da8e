"""A vault that will not open: somebody is told what happened, and nothing is lost (issue 2, bad input)."""

from pathlib import Path

import pytest

from fieldkit.crypto.keys import DatabaseKey, Keyring
from fieldkit.crypto.primitives import FOR_TESTS
from fieldkit.domain.errors import FieldkitError
from fieldkit.languages.messages.storage import MESSAGES
from fieldkit.storage import migrations
from fieldkit.storage.database import DATABASE_FILE, Database
from fieldkit.storage.door import Door
from fieldkit.storage.header import POST
from fieldkit.storage.lockfile import VaultLock
from fieldkit.storage.slots import (
    FIRST_COPY,
    SECOND_COPY,
    copies_differ,
    new_header,
    read_header,
    with_slot,
    write_header,
)
from fieldkit.storage.versions import SCHEMA
from tests.worlds import CountedRandomness

PERSON, PHRASE = "a1" * 16, "vessel room friend occur push shock"


class Ticks:
    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A vault with one person and one note in it."""
    randomness = CountedRandomness("bad vaults")
    ring = Keyring(DatabaseKey.new(randomness))
    header = new_header(role=POST, name="River post (invented)", language="en", randomness=randomness)
    header = with_slot(
        header, ring, person=PERSON, label="A.", phrase=PHRASE, randomness=randomness, policy=FOR_TESTS
    )
    write_header(tmp_path, header, ring.database)
    database = Database.create(tmp_path / DATABASE_FILE, ring.database)
    migrations.run(database)
    with database.transaction():
        database.execute("INSERT INTO belongings VALUES ('note', x'01')")
    database.close()
    return tmp_path


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def sign_in(folder: Path, phrase: str = PHRASE) -> Database:
    unlocked = Door(folder, Ticks()).unlock(PERSON, phrase, FOR_TESTS)
    return Database.open(folder / DATABASE_FILE, unlocked.keys.database)


def told(fault: FieldkitError) -> str:
    return MESSAGES[fault.code].format(**fault.data)


def test_a_wrong_phrase_is_told_and_costs_more_time_each_time(folder: Path) -> None:
    ticks, waits = Ticks(), []
    door = Door(folder, ticks)
    for _ in range(6):
        with pytest.raises(FieldkitError) as fault:
            door.unlock(PERSON, "friend vessel room occur push shock", FOR_TESTS)
        assert "does not open the vault" in told(fault.value)
        waits.append(fault.value.data["wait_seconds"])
        ticks.seconds += 60
    assert waits == [0, 0, 1, 2, 4, 8]
    sign_in_later = door.unlock(PERSON, PHRASE, FOR_TESTS)
    assert sign_in_later.header.name == "River post (invented)"


def test_a_damaged_header_is_passed_over_told_and_mended(folder: Path) -> None:
    (folder / FIRST_COPY).write_bytes(b"\x00" * 100)
    _, used_copy = read_header(folder)
    assert used_copy
    unlocked = Door(folder, Ticks()).unlock(PERSON, PHRASE, FOR_TESTS)
    assert unlocked.used_copy
    write_header(folder, unlocked.header, unlocked.keys.database)
    assert not copies_differ(folder)
    assert read_header(folder)[1] is False
    database = sign_in(folder)
    assert database.number("SELECT COUNT(*) FROM belongings") == 1
    database.close()


def test_two_damaged_copies_keep_the_records_and_say_what_to_do(folder: Path) -> None:
    records = (folder / DATABASE_FILE).read_bytes()
    for name in (FIRST_COPY, SECOND_COPY):
        (folder / name).write_bytes(b"\x00")
    with pytest.raises(FieldkitError) as fault:
        sign_in(folder)
    assert "safe place" in told(fault.value)
    assert (folder / DATABASE_FILE).read_bytes() == records


def test_a_vault_of_a_newer_program_is_refused_untouched(folder: Path) -> None:
    database = sign_in(folder)
    with database.transaction():
        database.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    database.close()
    before = bytes_of(folder)
    with pytest.raises(FieldkitError) as fault:
        sign_in(folder)
    assert "newer version" in told(fault.value)
    assert bytes_of(folder) == before


def test_a_second_program_is_sent_to_the_first(folder: Path) -> None:
    with VaultLock(folder), pytest.raises(FieldkitError) as fault:
        VaultLock(folder)
    assert "open in another window" in told(fault.value)


def test_the_records_of_another_vault_do_not_open(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / DATABASE_FILE
    Database.create(elsewhere, DatabaseKey(bytes(32))).close()
    (folder / DATABASE_FILE).write_bytes(elsewhere.read_bytes())
    with pytest.raises(FieldkitError) as fault:
        sign_in(folder)
    assert "does not belong to this vault" in told(fault.value)
