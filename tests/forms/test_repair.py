"""A coordinator's form has the faults that forms have: a copy is repaired, and every change is listed."""

import io
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import Font, PatternFill

from benchmarks.recordings import FixedClock
from fieldkit.forms.checks import form_check
from fieldkit.forms.reader import read_form
from fieldkit.forms.repair.expressions import mended_expression
from fieldkit.forms.repaired import repair_form
from fieldkit.forms.walk import walk
from tests.forms.repairing import SHEET_FAULTS, one_cell, repaired, told
from tests.forms.xforms import NOON
from tests.forms.xlsforms import Rows, survey, vector, xlsx

HOUSEHOLD: Rows = (
    ("Type", "Name", "Label:English", "Label:French", "Required", "Relevance", "Constraint", "Repeat count"),
    ("Begin Group", "Intro", "Introduction", "Introduction"),
    ("text ", "hh name", "Household name", "Nom du ménage", "Oui"),
    ("select one yes_no", "consent?", "Do you agree?", "D’accord ?", "TRUE"),
    ("integer", "age", "Age of head", "Âge", "yes", "${consent?} = “yes”", ". >= 0 AND . <= 120"),
    ("select_multiple_needs", "needs", "Needs", "Besoins", "", "selected(${consent?}, ‘yes’)"),
    ("integer", "hh_size", "Size", "Taille", "", "", ". < 9"),
    ("End group",),
    ("begin_repeat", "members", "Members", "Membres", "", "", "", "${hh_sise}"),
    ("select_one gender", "sex", "Sex", "Sexe"),
    ("end_group",),
    ("note", "n", "Thank you ${hh name}", "Merci"),
)
HOUSEHOLD_CHOICES: Rows = (
    ("List Name", "Name", "Label:English", "Label : French"),
    ("yes_no", "yes", "Yes", "Oui"),
    ("yes_no", "no", "No", "Non"),
    ("yes_no", "no", "No", ""),
    ("needs", "food", "Food", "Nourriture"),
    ("", "legal aid", "Legal aid", "Aide juridique"),
    ("Gender", "m", "Male", "Homme"),
    ("Gender", "f", "Female", "Femme"),
)


def test_a_household_form_with_many_faults_is_repaired_and_can_be_walked_to_its_end() -> None:
    settings_sheet = (("Form Title", "Form ID", "Default Language"), ("Survey", "my form 2020", "english"))
    content = xlsx(survey=HOUSEHOLD, choices=HOUSEHOLD_CHOICES, settings=settings_sheet)
    assert not form_check(content, "form.xlsx").is_usable
    found = repair_form(content, "form.xlsx")
    assert found.report.errors == ()
    assert found.report.form_id == "my_form_2020"
    assert {
        ("repair.column", "survey", 1, "Label:French", "label::French"),
        ("repair.type", "survey", 2, "Begin Group", "begin_group"),
        ("repair.spaces", "survey", 3, "text ", "text"),
        ("repair.truth", "survey", 3, "Oui", "yes"),
        ("repair.name", "survey", 4, "consent?", "consent"),
        ("repair.quotes", "survey", 5, "${consent?} = “yes”", '${consent?} = "yes"'),
        ("repair.reference_follows", "survey", 5, '${consent?} = "yes"', '${consent} = "yes"'),
        ("repair.expression", "survey", 5, ". >= 0 AND . <= 120", ". >= 0 and . <= 120"),
        ("repair.reference", "survey", 9, "${hh_sise}", "${hh_size}"),
        ("repair.type", "survey", 10, "select_one gender", "select_one Gender"),
        ("repair.end_kind", "survey", 11, "end_group", "end_repeat"),
        ("repair.choice_row_twice", "choices", 4, "yes_no | no | No", ""),
        ("repair.list_name_above", "choices", 6, "", "needs"),
        ("repair.choice_name", "choices", 6, "legal aid", "legal_aid"),
        ("repair.default_language", "settings", 2, "english", "English"),
    } <= set(told(found))
    form = read_form(found.report.xform or b"", found.report.resources)
    assert all(walk(form, seed, clock=FixedClock(NOON)).finished for seed in range(5))


def test_a_survey_in_use_that_the_converter_refuses_is_repaired_without_joining_what_differs() -> None:
    found = repair_form(vector("real/unhcr-demo.xlsx"), "unhcr-demo.xlsx")
    assert found.report.is_usable
    choices = {row: (code, was, now) for code, sheet, row, was, now in told(found) if sheet == "choices"}
    # "Never attended" twice, once translated: one choice. "Primary" and "Primary (1-8)": two.
    assert choices[7][0] == choices[13][0] == "repair.choice_row_twice"
    assert choices[8] == ("repair.choice_twice", "primary", "primary_2")
    assert choices[9] == ("repair.choice_twice", "secondary", "secondary_2")
    form = read_form(found.report.xform or b"", found.report.resources)
    assert all(walk(form, seed, clock=FixedClock(NOON)).finished for seed in range(12))


def test_the_rest_of_the_workbook_stays_as_it_was() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx(survey=survey(("text", "a b", "A")))))
    book["survey"]["C2"].font = Font(bold=True)
    book["survey"].column_dimensions["C"].width = 50
    book.create_sheet("analysis").append(["kept", "#REF!"])
    content = io.BytesIO()
    book.save(content)
    copy = openpyxl.load_workbook(io.BytesIO(repair_form(content.getvalue(), "f.xlsx").content))
    assert copy["survey"]["B2"].value == "a_b"
    assert copy["survey"]["C2"].font.bold
    assert copy["survey"].column_dimensions["C"].width == 50
    assert [cell.value for cell in copy["analysis"][1]] == ["kept", "#REF!"]


def test_a_workbook_that_cannot_be_opened_whole_is_written_anew_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from fieldkit.forms.repair import files  # noqa: PLC0415

    def broken(*_: object) -> bytes:
        raise KeyError("style")

    monkeypatch.setattr(files, "_written_into", broken)
    found = repaired(survey=survey((), ("text", "a b", "A")))
    assert found.changes[0].code == "repair.written_anew"
    assert found.report.is_usable
    assert [change.row for change in found.changes if change.code == "repair.name"] == [3]
    copy = openpyxl.load_workbook(io.BytesIO(found.content))
    assert copy["survey"]["B3"].value == "a_b"  # rows keep their numbers


def test_a_sound_form_comes_back_byte_for_byte() -> None:
    content = xlsx()
    found = repair_form(content, "small.xlsx")
    assert (found.is_changed, found.content) == (False, content)


def test_repairing_a_repaired_form_changes_nothing() -> None:
    once = repaired(survey=HOUSEHOLD, choices=HOUSEHOLD_CHOICES)
    assert told(repair_form(once.content, "form.xlsx")) == []


@pytest.mark.parametrize(
    ("found", "meant"),
    [
        ("Select-One: yes_no", "select_one yes_no"),
        ("selectone yes_no", "select_one yes_no"),
        ("select_one_yes_no", "select_one yes_no"),
        ("multi-select yes_no", "select_multiple yes_no"),
        ("yes_no", "select_one yes_no"),
        ("Texte", "text"),
        ("Number", "decimal"),
        ("GPS", "gps"),
        ("Date Time", "dateTime"),
        ("select_one yesno", "select_one yes_no"),
        ("select one (yes_no) or other", "select_one yes_no or_other"),
        ("selct_one yes_no", "select_one yes_no"),
        ("integr", "integer"),
        ("Rank yes_no", "rank yes_no"),
        ("NOTE", "note"),
    ],
)
def test_types_in_other_spellings(found: str, meant: str) -> None:
    changes, copy = one_cell(("type", "name", "label"), (found, "a", "A"))
    assert changes == [(found, meant)]
    assert copy.report.is_usable


@pytest.mark.parametrize(
    ("found", "meant"),
    [
        ("${a} == 5 && ${b} = “yes”", '${a} = 5 and ${b} = "yes"'),
        ("${a} <> 5 OR ${a} => 7", "${a} != 5 or ${a} >= 7"),
        ("IF(${a} > 5; 1; 0) = 1", "if(${a} > 5, 1, 0) = 1"),
        ("${a} &gt; 5", "${a} > 5"),
        ("Selected(${b}, „yes“)", 'selected(${b}, "yes")'),
        ("${b} = ’yes’", "${b} = 'yes'"),
        ("${b} = “don’t know”", '${b} = "don\'t know"'),
        ("${b} = «yes»", '${b} = "yes"'),
        ("${a} ≥ 5 – 1", "${a} >= 5 - 1"),
        ("=${a} + 1", "${a} + 1"),
        (". > 0 and", ". > 0"),
        ("${a} = 'AND OR ; =='", "${a} = 'AND OR ; =='"),
        ("${b} = 'Aged 5–10'", "${b} = 'Aged 5–10'"),
        ("not(${a} = 5", "not(${a} = 5"),
    ],
)
def test_expressions_in_other_habits_of_writing(found: str, meant: str) -> None:
    assert mended_expression(found) == meant


@pytest.mark.parametrize(
    ("found", "meant"),
    [
        ("a > 5", "${a} > 5"),
        ("${b} = yes", "${b} = 'yes'"),
        ("$(a) > 5", "${a} > 5"),
        ("${ a } > 5", "${a} > 5"),
        ("${a > 5", "${a} > 5"),
        ("selected({b}, 'yes')", "selected(${b}, 'yes')"),
        ("${{a}} > 5", "${a} > 5"),
        ("${A} > 5", "${a} > 5"),
    ],
)
def test_words_and_references_in_expressions(found: str, meant: str) -> None:
    header = ("type", "name", "label", "relevant")
    rows = (("integer", "a", "A", ""), ("select_one yes_no", "b", "B", ""), ("text", "c", "C", found))
    changes, copy = one_cell(header, *rows)
    assert changes == [(found, meant)]
    assert copy.report.is_usable


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ([("begin_group", "g", "G"), ("text", "a", "A")], ["repair.end_missing"]),
        ([("text", "a", "A"), ("end_group", "", "")], ["repair.end_alone"]),
        ([("begin_repeat", "g", "G"), ("text", "a", "A"), ("end group", "", "")], ["repair.end_kind"]),
        (
            [
                ("begin_group", "g", "G"),
                ("begin_repeat", "r", "R"),
                ("text", "a", "A"),
                ("end_group", "", ""),
                ("text", "b", "B"),
            ],
            ["repair.end_missing"],
        ),
    ],
)
def test_groups_close_as_they_open(rows: list[tuple[str, ...]], codes: list[str]) -> None:
    found = repaired(survey=survey(*rows))
    assert [change.code for change in found.changes] == codes
    assert found.report.is_usable


def test_where_a_repeat_ends_is_not_guessed() -> None:
    found = repaired(survey=survey(("begin_repeat", "g", "G"), ("text", "a", "A"), ("text", "b", "B")))
    assert found.changes == ()
    assert [problem.code for problem in found.report.errors] == ["form.group_not_closed"]


@pytest.mark.parametrize("name", sorted(SHEET_FAULTS))
def test_faults_of_whole_sheets(name: str) -> None:
    sheets, codes = SHEET_FAULTS[name]
    found = repaired(**sheets)
    assert [change.code for change in found.changes] == codes
    assert found.report.errors == ()


def test_rows_without_end_at_the_foot_of_a_sheet_are_let_go() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx(survey=survey(("text", "a b", "A")))))
    for number in range(3, 3_000):
        book["survey"].cell(number, 1).fill = PatternFill("solid", fgColor="FFEEEE")
    content = io.BytesIO()
    book.save(content)
    copy = openpyxl.load_workbook(io.BytesIO(repair_form(content.getvalue(), "f.xlsx").content))
    assert copy["survey"].max_row == 2


def test_a_form_of_the_old_spreadsheet_format_becomes_one_of_the_present_one() -> None:
    content = (Path(__file__).parent / "files" / "old_format.xls").read_bytes()
    found = repair_form(content, "old_format.xls")
    assert found.report.is_usable
    assert (found.report.form_id, found.report.version) == ("old_form", "2019010203")
    assert found.changes[0].code == "repair.old_format"
    assert ("repair.name", "survey", 2, "told name", "told_name") in told(found)
    form = read_form(found.report.xform or b"")
    assert form.shapes[("data", "told_name")].required
    assert walk(form, 1, clock=FixedClock(NOON)).finished


WORDS = st.sampled_from(
    ["", "text", "select_one yes_no", "begin group", "end_group", "a", "A", "${a}", "${b} = ‘x’", " x ", "1"]
)


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.lists(WORDS, min_size=4, max_size=4), max_size=8))
def test_any_sheet_is_repaired_as_far_as_it_can_be_and_never_breaks_the_program(
    rows: list[list[str]],
) -> None:
    content = xlsx(survey=(("type", "name", "label", "relevant"), *rows))
    found = repair_form(content, "form.xlsx")
    before = form_check(content, "form.xlsx")
    assert found.report.is_usable or not before.is_usable  # a sound form stays sound
    assert all(change.was != change.now for change in found.changes)
