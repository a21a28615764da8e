"""One process per vault, whatever became of the one before."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from fieldkit.storage import lockfile
from fieldkit.storage.errors import DatabaseFault, DoorFault
from fieldkit.storage.lockfile import LOCK_FILE, VaultLock

HOLDER = (
    "import sys; from pathlib import Path; from fieldkit.storage.lockfile import VaultLock;"
    "lock = VaultLock(Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()"
)


def test_a_second_lock_is_refused_and_a_released_one_is_free(tmp_path: Path) -> None:
    with VaultLock(tmp_path) as lock:
        with pytest.raises(DoorFault) as fault:
            VaultLock(tmp_path)
        assert fault.value.code == "vault.in_use"
    lock.release()
    VaultLock(tmp_path).release()


def test_another_program_holds_it_until_it_is_killed(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == b"held"
        with pytest.raises(DoorFault):
            VaultLock(tmp_path)
        holder.kill()
        holder.wait()
    VaultLock(tmp_path).release()


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be removed there")
def test_a_lock_file_that_somebody_removed_lets_nobody_in(tmp_path: Path) -> None:
    with VaultLock(tmp_path):
        (tmp_path / LOCK_FILE).unlink()
        with pytest.raises(DoorFault) as fault:
            VaultLock(tmp_path)
        assert fault.value.code == "vault.in_use"
    VaultLock(tmp_path).release()


@pytest.mark.parametrize(
    ("number", "code"), [(errno.EROFS, "vault.read_only"), (errno.EIO, "vault.disk_failed")]
)
def test_a_disk_that_allows_reading_only_is_told_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def refuse(*_: object) -> int:
        raise OSError(number, "refused")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(DatabaseFault) as fault:
        VaultLock(tmp_path)
    assert fault.value.code == code


def test_a_disk_without_locks_is_not_called_another_window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: int) -> None:
        raise OSError(95, "not supported")

    monkeypatch.setattr(lockfile, "_take", refuse)
    with pytest.raises(DatabaseFault):
        VaultLock(tmp_path)
    with pytest.raises(DatabaseFault):
        VaultLock(tmp_path / "missing")
