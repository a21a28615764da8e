"""Codebook names and other codings: what is shipped is whole, and what is wrong is refused (R-171, R-172)."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.content import codebook as codebooks
from fieldkit.content import mapping
from fieldkit.content.faults import ContentFault
from fieldkit.content.mapping import Scheme
from tests.content.shipped import RESOURCES

BOOK = codebooks.load(RESOURCES)
TABLE = mapping.load(RESOURCES, BOOK)
HEADER = "scheme,table,name,value,code\n"


def test_every_fact_belongs_to_one_data_element_and_every_element_has_facts() -> None:
    """Requirements, table 5. A fact without an element has no stated use: leave it out, or say what it is for."""
    without = [fact for fact in BOOK.facts if not TABLE.of_fact(Scheme.ELEMENT, fact)]
    assert without == []
    used = {TABLE.of_fact(Scheme.ELEMENT, fact) for fact in BOOK.facts}
    assert used == {choice.name for choice in BOOK.lists["data_elements"]}


def test_every_breakdown_comes_from_somewhere() -> None:
    used = {code for key, code in TABLE.codes.items() if key[0] is Scheme.BREAKDOWN}
    assert used == {choice.name for choice in BOOK.lists["breakdowns"]}


def test_no_breakdown_reads_what_is_said_about_violence_or_asylum() -> None:
    """`protection.md` 15: figures by kind of exploitation are the one exception, sealed and for cleared people."""
    for (scheme, table, name, _), code in TABLE.codes.items():
        if scheme is Scheme.BREAKDOWN and table == "fact" and code not in {"exploitation", "sector"}:
            assert not BOOK.facts[name].sensitivity.is_sealed, name


def test_every_country_has_its_three_letters_and_each_only_once() -> None:
    codes = {
        choice.name: TABLE.of_choice(Scheme.COUNTRY, "countries", choice.name)
        for choice in BOOK.lists["countries"]
        if choice.parent == "country" and choice.name != "other"
    }
    assert len(codes) == 249, "ISO 3166-1"
    assert all(re.fullmatch("[A-Z]{3}", code) for code in codes.values())
    assert len(set(codes.values())) == len(codes)
    assert (codes["KE"], codes["DJ"], codes["HT"], codes["CD"]) == ("KEN", "DJI", "HTI", "COD")


def test_every_language_has_its_three_letters() -> None:
    for choice in BOOK.lists["languages"]:
        code = TABLE.of_choice(Scheme.LANGUAGE, "languages", choice.name)
        assert bool(code) == (choice.name != "other"), choice.name
    assert TABLE.of_choice(Scheme.LANGUAGE, "languages", "fa_AF") == "prs", "Dari"
    assert TABLE.of_choice(Scheme.LANGUAGE, "languages", "so") == "som"


def test_another_answer_gets_no_code_that_means_something_else() -> None:
    assert TABLE.of_choice(Scheme.SEX, "sexes", "another") == ""
    assert TABLE.of_choice(Scheme.COUNTRY, "countries", "none") == ""


def test_whoever_may_be_a_child_is_counted_with_the_children() -> None:
    for name, value in (("age_groups", "perhaps_child"), ("age_bands", "not_sure")):
        assert TABLE.of_choice(Scheme.AGE, name, value) == "0-17"


@given(st.integers(0, 120))
def test_every_age_has_one_band_and_18_ends_the_children(years: int) -> None:
    band = TABLE.band(years)
    assert band in {"0-4", "5-11", "12-17", "18-59", "60+"}
    assert (years < 18) == (band in {"0-4", "5-11", "12-17"})


def test_versions_grow_and_the_newest_is_the_last() -> None:
    found = mapping.versions(RESOURCES)
    assert [one.number for one in found] == sorted({one.number for one in found})
    assert found[-1].day >= date(2026, 11, 21)


def with_table(folder: Path, name: str, text: str) -> Path:
    (folder / "codebook").mkdir()
    (folder / "codebook" / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "row",
    [
        "iso9999,list,countries,KE,KEN",
        "data_element,table,sex,,person",
        "data_element,fact,sexx,,person",
        "data_element,fact,sex,,persons",
        "data_element,fact,sex,female,person",
        "iso5218,list,sexes,woman,2",
        "iso5218,list,sexes,female,5",
        "iso3166_1_alpha_3,list,countries,KE,Ken",
        "breakdown,record,name_of_officer,,agency",
        "age_statistics,years,age_years,young,young",
        "age_statistics,years,age_years,5-11,5-11",
        "data_element,fact,sex,,person\ndata_element,fact,sex,,needs",
    ],
)
def test_a_row_that_points_nowhere_is_refused_with_its_place(tmp_path: Path, row: str) -> None:
    folder = with_table(tmp_path, "mapping.csv", HEADER + row + "\n")
    with pytest.raises(ContentFault) as refused:
        mapping.load(folder, BOOK)
    assert refused.value.data["file"] == "mapping.csv"
    assert refused.value.data["row"] == 1 + len(row.splitlines())


@pytest.mark.parametrize(
    "rows", ["2,2026-01-01,a\n1,2026-01-02,b", "x,2026-01-01,a", "1,soon,a", "1,2026-01-01,"]
)
def test_a_version_that_does_not_grow_is_refused(tmp_path: Path, rows: str) -> None:
    folder = with_table(tmp_path, "version.csv", "version,day,what\n" + rows + "\n")
    with pytest.raises(ContentFault):
        mapping.versions(folder)
