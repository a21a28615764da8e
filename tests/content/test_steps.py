"""The steps of procedures: which list counts, in which order, and what is refused."""

from datetime import date
from pathlib import Path

import pytest

from fieldkit.content import codebook as codebooks
from fieldkit.content import steps
from fieldkit.content.codebook import Codebook
from fieldkit.content.faults import ContentFault
from fieldkit.content.provenance import Mark
from fieldkit.content.steps import Procedures
from fieldkit.domain.shelf import Shelf
from fieldkit.files import resources

HEADER = (
    "category,step,jurisdiction,actor,text,within_hours,document,source,reviewed_by,reviewed_on,valid_until"
)
TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def book() -> Codebook:
    return codebooks.load(resources())


def read(book: Codebook, *rows: str, region: str = "") -> Procedures:
    """Rows as a pack brings them."""
    table = "\n".join((HEADER, *rows)).encode()
    return steps.load(Shelf(resources(), {"codebook/steps.csv": table}), book, region)


def test_the_shipped_steps_are_read_and_nobody_has_reviewed_them(book: Codebook) -> None:
    shipped = steps.load(resources(), book)
    assert [step.number for step in shipped.of("C06")] == list(range(1, len(shipped.of("C06")) + 1))
    assert all(
        step.about.marks(TODAY) == (Mark.UNREVIEWED,) for held in shipped.steps.values() for step in held
    )
    assert all(step.within_hours in (None, 0) for held in shipped.steps.values() for step in held)


def test_the_countrys_list_comes_before_the_regions_and_they_are_never_mixed(book: Codebook) -> None:
    held = read(
        book,
        "C06,1,*,this_post,Everywhere.,0,,s,,,",
        "C06,1,far_coast,this_post,Region one.,0,,s,,,",
        "C06,2,far_coast,this_post,Region two.,0,,s,,,",
        "C06,1,YE,child_protection,Country.,4,child_alert,s,,,",
        "C01,1,*,this_post,Asylum.,,,s,,,",
        region="far_coast",
    )
    assert [step.text for step in held.of("C06", "YE")] == ["Country."]
    assert [step.text for step in held.of("C06", "DJ")] == ["Region one.", "Region two."]
    assert [step.text for step in held.of("C01", "YE")] == ["Asylum."]
    assert held.of("C02", "YE") == ()
    assert held.of("C06", "YE")[0].within_hours == 4


@pytest.mark.parametrize(
    ("cell", "hours"), [("", None), ("0", 0), ("48", 48), ("48 h", 48), ("3 d", 72), ("1d", 24)]
)
def test_a_time_is_written_in_hours_or_in_days(book: Codebook, cell: str, hours: int | None) -> None:
    assert read(book, f"C06,1,*,this_post,Everywhere.,{cell},,s,,,").of("C06")[0].within_hours == hours


def test_an_expired_step_is_marked_and_not_printed(book: Codebook) -> None:
    held = read(
        book,
        "C06,1,*,this_post,Old.,0,,s,A (invented),2020-01-01,2026-11-20",
        "C06,2,*,this_post,Its last day.,0,,s,A (invented),2020-01-01,2026-11-21",
    )
    old, last = held.of("C06")
    assert old.about.marks(TODAY) == (Mark.EXPIRED,)
    assert last.about.marks(TODAY) == ()
    assert held.printable("C06", TODAY) == (last,)


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("C99,1,*,this_post,T.,0,,s,,,", "content.unknown_name", "category"),
        ("C06,2,*,this_post,T.,0,,s,,,", "content.step_order", "step"),
        ("C06,one,*,this_post,T.,0,,s,,,", "content.bad_number", "step"),
        ("C06,1,Atlantis,this_post,T.,0,,s,,,", "content.unknown_name", "jurisdiction"),
        ("C06,1,*,nobody,T.,0,,s,,,", "content.unknown_name", "actor"),
        ("C06,1,*,this_post,,0,,s,,,", "content.empty_cell", "text"),
        ("C06,1,*,this_post,T.,soon,,s,,,", "content.bad_hours", "within_hours"),
        ("C06,1,*,this_post,T.,0,a_book,s,,,", "content.unknown_name", "document"),
        ("C06,1,*,this_post,T.,0,,,,,", "content.empty_cell", "source"),
        ("C06,1,*,this_post,T.,0,,s,Somebody,,", "content.half_review", "reviewed_on"),
        ("C06,1,*,this_post,T.,0,,s,,,tomorrow", "content.bad_date", "valid_until"),
    ],
)
def test_a_fault_names_row_and_column_and_nothing_is_taken(
    book: Codebook, row: str, code: str, column: str
) -> None:
    with pytest.raises(ContentFault) as caught:
        read(book, row)
    assert (caught.value.code, caught.value.data["row"], caught.value.data["column"]) == (code, 2, column)


def test_the_steps_are_as_they_stand_in_the_file(tmp_path: Path, book: Codebook) -> None:
    (tmp_path / "codebook").mkdir()
    (tmp_path / "codebook" / "steps.csv").write_text(f"{HEADER}\nC06,1,*,this_post,T.,0,,s,,,\n", "utf-8")
    assert [step.say(_Same()) for step in steps.load(tmp_path, book).of("C06")] == ["T."]


class _Same:
    """Words of a language that has none yet."""

    def in_context(self, context: str, text: str) -> str:
        return text if context == "step/C06/1" else ""
