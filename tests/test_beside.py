"""Several write the same file at once, and what a killed process left goes."""

import os
from pathlib import Path

import pytest

from fieldkit import beside, files

NOBODY = 2**31 - 1
"""A number that no process has: Linux stops far below, and those of Windows are even."""


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_whoever_writes_last_stands_and_nobody_is_in_the_way(tmp_path: Path) -> None:
    target = tmp_path / "forms.json"

    def slowly(file: files.Counted) -> None:
        file.write(b"the one ")
        files.write_whole(target, b"the other")  # in the midst of it
        assert target.read_bytes() == b"the other"
        file.write(b"whole")

    files.write_whole_with(target, slowly)
    assert target.read_bytes() == b"the one whole"
    assert names(tmp_path) == ["forms.json"]


@pytest.mark.parametrize(
    ("lies_there", "stays"),
    [
        (f"forms.json.{NOBODY}-3.part", False),  # of a process that was killed
        ("forms.json.{pid}-900.part", True),  # of one that writes
        ("forms.json.4294967295-3.part", False),  # no process can have this number
        (f"other.json.{NOBODY}-3.part", True),  # what becomes another file
        (f"forms.json.old.{NOBODY}-3.part", True),
        ("forms.json.0-3.part", True),  # a number that would ask all processes
        ("forms.json.part", True),
    ],
)
def test_the_next_writer_takes_away_what_a_killed_one_left(
    tmp_path: Path, lies_there: str, stays: bool
) -> None:
    lies_there = lies_there.replace("{pid}", str(os.getpid()))
    (tmp_path / lies_there).write_bytes(b"half")
    files.write_whole(tmp_path / "forms.json", b"whole")
    assert names(tmp_path) == sorted(["forms.json", *([lies_there] if stays else [])])


def test_halves_are_found_whoever_writes_them(tmp_path: Path) -> None:
    """For a vault that is destroyed: half of a header opens as a whole one does."""
    target = tmp_path / "header"
    mine, left = beside.fresh(target), tmp_path / f"header.{NOBODY}-1.part"
    for path in (mine, left, tmp_path / f"header.copy.{NOBODY}-1.part"):
        path.write_bytes(b"half")
    assert set(beside.halves(target)) == {mine, left}
    assert beside.halves(tmp_path / "away" / "header") == ()
