"""The table of how long records stay: which row counts, and what is refused."""

from datetime import date
from pathlib import Path

import pytest

from fieldkit.content import codebook as codebooks
from fieldkit.content import retention
from fieldkit.content.codebook import Codebook
from fieldkit.content.faults import ContentFault
from fieldkit.content.retention import Retention, Rule
from fieldkit.files import resources


@pytest.fixture(scope="module")
def book() -> Codebook:
    return codebooks.load(resources())


def table(*rows: tuple[str, str, int]) -> Retention:
    return Retention(
        tuple(Rule(category, country, days, "s", None, None) for category, country, days in rows)
    )


def test_the_shipped_rows_are_read_and_no_lawyer_has_read_them(book: Codebook) -> None:
    shipped = retention.load(resources(), book)
    assert shipped.longest((), "") is not None
    assert {rule.reviewed_by for rule in shipped.rules} == {None}
    assert all("No lawyer" in rule.source or "no lawyer" in rule.source for rule in shipped.rules)


def test_the_longest_of_several_counts_and_the_country_before_any() -> None:
    held = table(("*", "*", 100), ("C06", "*", 900), ("C26", "*", 10), ("*", "KE", 200), ("C06", "KE", 800))
    assert days(held, ("C26",), "") == 10
    assert days(held, ("C26", "C01"), "") == 100, "C01 has no row of its own: the row for all counts for it"
    assert days(held, ("C26", "C06"), "") == 900
    assert days(held, ("C06",), "KE") == 800
    assert days(held, ("C01",), "KE") == 200
    assert days(held, (), "UG") == 100


def test_without_a_row_nothing_is_due() -> None:
    assert table(("C06", "*", 900)).longest(("C01",), "") is None
    assert table(("*", "*", 1)).survey("") is None


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("C99,*,10,s,,", "content.unknown_name"),
        ("C01,XX,10,s,,", "content.unknown_name"),
        ("C01,*,,s,,", "content.empty_cell"),
        ("C01,*,many,s,,", "content.bad_number"),
        ("C01,*,10,,,", "content.empty_cell"),
        ("C01,*,10,s,Somebody,", "content.half_review"),
        ("C01,*,10,s,,2026-03-02", "content.half_review"),
        ("C01,*,10,s,,\nC01,*,20,s,,", "content.duplicate"),
    ],
)
def test_a_row_that_is_not_sound_is_refused(row: str, code: str, book: Codebook, tmp_path: Path) -> None:
    with pytest.raises(ContentFault) as fault:
        retention.load(written(tmp_path, row), book)
    assert fault.value.code == code


def test_a_reviewed_row_names_who_and_when(book: Codebook, tmp_path: Path) -> None:
    (rule,) = retention.load(written(tmp_path, "C01,KE,10,Act 3,A. Lawyer (invented),2026-03-02"), book).rules
    assert (rule.reviewed_by, rule.reviewed_on) == ("A. Lawyer (invented)", date(2026, 3, 2))
    assert rule.name == "C01/KE"


def written(folder: Path, row: str) -> Path:
    (folder / "codebook").mkdir()
    head = "category,country,days,source,reviewed_by,reviewed_on"
    (folder / "codebook" / "retention.csv").write_text(f"{head}\n{row}\n", encoding="utf-8")
    return folder


def days(held: Retention, categories: tuple[str, ...], country: str) -> int | None:
    rule = held.longest(categories, country)
    return rule.days if rule else None
