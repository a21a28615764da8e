"""What an author counts on beside a question or the form is looked for before anybody needs it."""

import pytest

from fieldkit.forms.checks import form_check
from fieldkit.forms.problems import Problem
from tests.forms.xlsforms import xlsx

CHOOSING = (("type", "name", "label"), ("select_one_from_file towns.csv", "town", "Which town?"))
GOOD = b"name,label\nuhe,Uhe (invented)\n"


def told(code: str, found: tuple[Problem, ...]) -> list[Problem]:
    return [one for one in found if one.code == code]


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n", "name,label\nuhé,Uhé".encode("latin-1")])
def test_a_list_that_cannot_be_read_is_told(content: bytes) -> None:
    report = form_check(xlsx(survey=CHOOSING), "towns.xlsx", {"towns.csv": content})
    (one,) = told("form.list_unreadable", report.warnings)
    assert one.data == {"file": "towns.csv"}
    assert report.is_usable


def test_a_list_that_can_be_read_is_not() -> None:
    report = form_check(xlsx(survey=CHOOSING), "towns.xlsx", {"towns.csv": GOOD})
    assert told("form.list_unreadable", report.warnings) == []


PARTLY = ("type", "name", "label", "bind::fk:partly")


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        ((("date", "born", "Born when?", "known"), ("hidden", "known", "", "")), []),
        ((("date", "born", "Born when?", "knwon"), ("hidden", "known", "", "")), ["knwon"]),
        ((("text", "born", "Born when?", "known"), ("hidden", "known", "", "")), ["known"]),
    ],
)
def test_a_date_in_part_needs_its_text_beside_it(rows: tuple[tuple[str, ...], ...], named: list[str]) -> None:
    report = form_check(xlsx(survey=(PARTLY, *rows)), "born.xlsx")
    found = told("form.partly_nowhere", report.warnings)
    assert [one.data["wanted"] for one in found] == named
    assert all(one.row == 2 for one in found)
