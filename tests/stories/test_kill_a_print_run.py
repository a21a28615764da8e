"""Kill the program in the middle of a run of many leaflets: what was finished is whole, and the rest goes on.

A child process signs in and prints into a folder; the parent kills it. Whoever signs in next finds the run where it
stood. On a full disk the same, with the disk's own refusal (where one may be mounted).
"""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.endure.core import CannotRun
from benchmarks.endure.small_disk import small_disk
from fieldkit.crypto.primitives import FOR_TESTS
from fieldkit.domain.errors import DeviceFault
from fieldkit.leaflets.pages import page_count
from fieldkit.services import print_runs
from fieldkit.services.print_runs import FOLDER, IntoFolder, Run
from fieldkit.services.vault import OpenVault, SignIn, at_door
from tests.conftest import PHRASE
from tests.stories.offices import open_post
from tests.worlds import world

ITEMS = tuple((leaflet, tag) for leaflet in ("L32", "L25") for tag in ("en", "ar", "fr"))


def say(word: object) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def sign_in(folder: Path, seed: str) -> OpenVault:
    shown = at_door(folder)
    assert shown is not None
    return SignIn(folder, world(seed), FOR_TESTS).open(shown.people[0].id, PHRASE)


def print_and_say(folder: Path, seed: str) -> None:
    """The child: it says how many are finished before each that it begins."""
    vault = sign_in(folder, seed)
    run = print_runs.held(vault)
    assert run is not None
    print_runs.go_on(vault, IntoFolder(Path(run.where)), lambda done, total: say(done))


def kill_after(folder: Path, done: int, seed: str) -> int:
    """Kill the child as soon as it says that so many are finished; the most it had said."""
    command = [sys.executable, "-m", "tests.stories.test_kill_a_print_run", str(folder), seed]
    heard = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as child:
        assert child.stdout is not None
        for line in child.stdout:
            heard = int(line)
            if heard >= done:
                break
        child.kill()
        return max([heard, *(int(line) for line in child.stdout if line.endswith("\n"))])


def whole(run: Run) -> int:
    """How many files stand under a final name; each can be opened."""
    found = [path for path in Path(run.where).iterdir() if path.suffix == ".pdf"]
    assert all(page_count(path.read_bytes()) >= 1 for path in found)
    return len(found)


def test_a_run_that_is_killed_loses_nothing_and_goes_on(tmp_path: Path) -> None:
    vault = open_post(tmp_path / "vault", "Printing post (invented)")
    print_runs.begin(vault, Run(ITEMS, 1, FOLDER, str(tmp_path)))
    folder = vault.folder
    vault.close()
    heard = kill_after(folder, 2, "run")
    vault = sign_in(folder, "after")
    left = print_runs.held(vault)
    assert left is not None and heard <= left.done < len(ITEMS)
    assert left.done <= whole(left) <= left.done + 1, "one at most is made again"
    over = print_runs.go_on(vault, IntoFolder(Path(left.where)), lambda done, total: None)
    assert over.is_over and over.made == whole(over) == len(ITEMS)
    assert [path for path in Path(over.where).iterdir() if path.suffix != ".pdf"] == [], (
        "no half file is left"
    )
    assert print_runs.held(vault) is None
    vault.close()


def test_a_disk_that_is_really_full_leaves_whole_files_and_the_rest_goes_on(tmp_path: Path) -> None:
    try:
        with small_disk(tmp_path / "stick", 1024 * 1024) as disk:
            vault = open_post(tmp_path / "vault", "Printing post (invented)")
            run = print_runs.begin(vault, Run(ITEMS, 1, FOLDER, str(disk.place)))
            disk.leave(100 * 1024)
            with pytest.raises(DeviceFault, match=r"window\.disk_full"):
                print_runs.go_on(vault, IntoFolder(Path(run.where)), lambda done, total: None)
            left = print_runs.held(vault)
            assert left is not None and 0 < left.done == whole(left) < len(ITEMS)
            disk.clear()
            over = print_runs.go_on(vault, IntoFolder(Path(run.where)), lambda done, total: None)
            assert over.is_over and whole(over) == len(ITEMS)
            vault.close()
    except CannotRun as reason:
        pytest.skip(str(reason))


if __name__ == "__main__":
    print_and_say(Path(sys.argv[1]), sys.argv[2])
