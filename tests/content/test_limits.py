"""Numbers of days that a country sets: none is shipped, and each names who answers for it."""

from datetime import date

import pytest

from fieldkit.content import codebook as codebooks
from fieldkit.content import limits
from fieldkit.content.codebook import Codebook
from fieldkit.content.faults import ContentFault
from fieldkit.content.limits import Limit, Limits
from fieldkit.content.provenance import Mark
from fieldkit.domain.shelf import Shelf
from fieldkit.files import resources

HEAD = "limit,jurisdiction,days,source,reviewed_by,reviewed_on,valid_until"


@pytest.fixture(scope="module")
def book() -> Codebook:
    return codebooks.load(resources())


def read(book: Codebook, *rows: str, region: str = "") -> Limits:
    table = "\n".join((HEAD, *rows)).encode()
    return limits.load(Shelf(resources(), {limits.TABLE: table}), book, region)


def test_the_program_ships_no_number(book: Codebook) -> None:
    """A number of ours would be read as law."""
    assert not limits.load(resources(), book).held


def test_a_countrys_number_comes_before_the_regions_and_that_before_all(book: Codebook) -> None:
    rows = ("held,*,30,s,,,", "held,far_coast,20,s,,,", "held,YE,10,s,,,", "think,YE,5,s,,,")
    held = read(book, *rows, region="far_coast")
    found = [held.of(Limit.HELD, country) for country in ("YE", "DJ", "")]
    assert [one.days for one in found if one] == [10, 20, 20]
    assert held.of(Limit.THINK, "DJ") is None, "another country's number is not ours"
    assert held.of(Limit.NOTICE, "YE") is None


def test_a_number_says_who_answers_for_it_and_until_when(book: Codebook) -> None:
    read_by, over = "held,YE,30,Decree,Lawyer,2026-01-02,", "think,YE,9,Decree,,,2026-02-01"
    held = read(book, read_by, over)
    first, second = held.of(Limit.HELD, "YE"), held.of(Limit.THINK, "YE")
    assert first is not None and first.about.marks(date(2026, 3, 2)) == ()
    assert second is not None
    assert second.about.marks(date(2026, 3, 2)) == (Mark.EXPIRED, Mark.UNREVIEWED)


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("long,*,30,s,,,", "content.unknown_name", "limit"),
        ("held,XX,30,s,,,", "content.unknown_name", "jurisdiction"),
        ("held,*,,s,,,", "content.empty_cell", "days"),
        ("held,*,many,s,,,", "content.bad_number", "days"),
        ("think,*,0,s,,,", "content.bad_number", "days"),
        ("held,*,30,,,,", "content.empty_cell", "source"),
        ("held,*,30,s,Lawyer,,", "content.half_review", "reviewed_on"),
        ("held,*,30,s,,,\nheld,*,40,s,,,", "content.duplicate", "jurisdiction"),
    ],
)
def test_a_mistake_is_refused_where_it_stands(book: Codebook, row: str, code: str, column: str) -> None:
    with pytest.raises(ContentFault) as fault:
        read(book, row)
    assert (fault.value.code, fault.value.data["file"]) == (code, "limits.csv")
    assert fault.value.data["column"] == column
