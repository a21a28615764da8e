"""Every requirement with what shows it: `requirements.csv`, one row each, checked against what really stands here.

A row names tests (`tests/…py::test_…`) and files of content; what is not there yet says "later" with its reason.
"""

import ast
import csv
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TABLE = Path(__file__).with_name("requirements.csv")
SHARED = ROOT.parent / "shared" / "requirements.md"
_ROW = re.compile(r"^\| ((?:R|N|K)-\d+) ", re.MULTILINE)


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def named_in(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def is_there(shown: str) -> bool:
    name, _, test = shown.partition("::")
    path = ROOT / name
    return (
        path.is_file()
        and (not test or test in named_in(path))
        and (bool(test) != name.startswith("resources/"))
    )


def test_each_requirement_stands_once_and_says_what_shows_it_or_why_it_waits() -> None:
    held = rows()
    assert len({row["id"] for row in held}) == len(held)
    for row in held:
        assert row["shown_by"].strip() or len(row["later"].split()) >= 3, row["id"]


def test_every_test_and_file_that_is_named_exists() -> None:
    missing = [
        f"{row['id']}: {shown}" for row in rows() for shown in row["shown_by"].split() if not is_there(shown)
    ]
    assert missing == []


def test_a_name_that_nothing_stands_behind_is_noticed() -> None:
    assert not is_there("tests/stories/test_requirements.py::test_that_nobody_wrote")
    assert not is_there("resources/forms/no_such_form.md")
    assert not is_there("tests/stories/test_requirements.py"), "a file alone shows nothing: the test is named"


@pytest.mark.skipif(not SHARED.exists(), reason="the list of requirements lies beside the project, not in it")
def test_no_requirement_was_forgotten() -> None:
    asked = set(_ROW.findall(SHARED.read_text(encoding="utf-8")))
    assert {row["id"] for row in rows()} == asked
