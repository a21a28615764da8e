"""A damaged vault steps aside: nothing of it goes, and a failure brings it back."""

from pathlib import Path

import pytest

from fieldkit.storage.aside import aside_in, put_aside
from fieldkit.storage.backup import begin
from fieldkit.storage.database import DATABASE_FILE
from fieldkit.storage.errors import DoorFault, StorageFault
from fieldkit.storage.lockfile import VaultLock
from fieldkit.storage.slots import FIRST_COPY, SECOND_COPY
from fieldkit.storage.wipe import wipe
from tests.worlds import CountedRandomness

FILES = {
    FIRST_COPY: b"one",
    SECOND_COPY: b"two",
    DATABASE_FILE: b"pages",
    "vault.db-wal": b"log",
    "attempts": b"3",
}
SETTINGS = "window.json"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in (FILES | {SETTINGS: b"{}"}).items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def held(folder: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes() for path in folder.iterdir() if path.is_file() and path.name != "lock"
    }


def test_everything_but_the_settings_moves_and_a_new_vault_may_be_made(folder: Path) -> None:
    with put_aside(folder, CountedRandomness()) as place:
        assert place is not None
        assert held(place) == FILES
        assert held(folder) == {SETTINGS: b"{}"}
        begin(folder)
    assert aside_in(folder) == (place,)


def test_a_failure_brings_it_back(folder: Path) -> None:
    with pytest.raises(StorageFault), put_aside(folder, CountedRandomness()):
        raise StorageFault("vault.database_missing")
    assert held(folder) == FILES | {SETTINGS: b"{}"}
    assert aside_in(folder) == ()


def test_without_a_vault_there_is_nothing_to_step_aside(tmp_path: Path) -> None:
    with put_aside(tmp_path, CountedRandomness()) as place:
        assert place is None
    assert list(tmp_path.iterdir()) == []


def test_a_vault_that_is_open_stays(folder: Path) -> None:
    with VaultLock(folder), pytest.raises(DoorFault), put_aside(folder, CountedRandomness()):
        pytest.fail("an open vault was moved")
    assert held(folder) == FILES | {SETTINGS: b"{}"}


def test_a_wipe_reaches_what_stepped_aside(folder: Path) -> None:
    with put_aside(folder, CountedRandomness()):
        pass
    assert wipe(folder).left == ()
    assert aside_in(folder) == ()
    assert held(folder) == {SETTINGS: b"{}"}
