"""A coordinator tries a form by a table of answers and expectations before it is sent out."""

import json
from pathlib import Path

import pytest

from benchmarks.recordings import FixedClock
from fieldkit import files
from fieldkit.forms.authoring import convert_xlsform
from fieldkit.forms.definition import Form
from fieldkit.forms.problems import FormFault
from fieldkit.forms.reader import read_form
from fieldkit.forms.scripted import ALSO, Do, ScriptReport
from fieldkit.forms.scripted_lines import script_json, script_lines
from fieldkit.forms.scripted_reading import read_script
from fieldkit.forms.scripted_running import run_script
from fieldkit.forms.walk import SeededBytes
from fieldkit.languages.catalogues import load
from fieldkit.languages.messages import sentences
from tests.forms.xforms import NOON
from tests.forms.xlsforms import survey, xlsx

HEADER = ("type", "name", "label::English (en)", "label::Français (fr)", "relevant", "constraint")
MORE = ("constraint_message::English (en)", "constraint_message::Français (fr)", "required", "calculation")


@pytest.fixture
def form() -> Form:
    sheet = survey(
        ("integer", "age", "Age?", "Âge ?", "", ". < 120", "Too old", "Trop vieux", "yes", ""),
        ("select_one yes_no", "alone", "Alone?", "Seul ?", "${age} < 18", "", "", "", "", ""),
        ("note", "help", "Help comes", "On vient", "${alone} = 'yes'", "", "", "", "", ""),
        ("date", "born", "Born?", "Né ?", "", ". <= today()", "", "", "", ""),
        ("select_multiple yes_no", "many", "Many?", "", "", "", "", "", "", ""),
        ("begin_repeat", "family", "Family", "Famille", "", "", "", "", "", ""),
        ("text", "name", "Name?", "Nom ?", "", "", "", "", "", ""),
        ("begin_repeat", "phone", "Phone", "", "", "", "", "", "", ""),
        ("text", "number", "Number?", "", "", "", "", "", "", ""),
        ("end_repeat",),
        ("end_repeat",),
        ("begin_group", "other", "Other", "", "", "", "", "", "", ""),
        ("text", "name", "Other name?", "", "", "", "", "", "", ""),
        ("end_group",),
        ("calculate", "double", "", "", "", "", "", "", "", "${age} * 2"),
        header=(*HEADER, *MORE),
    )
    choices = (
        ("list_name", "name", "label::English (en)", "label::Français (fr)"),
        ("yes_no", "yes", "Yes", "Oui"),
        ("yes_no", "no", "No", "Non"),
    )
    content = xlsx(
        survey=sheet, choices=choices, settings=(("form_id", "default_language"), ("s", "English (en)"))
    )
    return read_form(convert_xlsform(content, "s.xlsx").xform)


def run(form: Form, *rows: str) -> ScriptReport:
    """A script of lines such as `answer | age | 12`."""
    table = "\n".join(f"| {row} |" for row in ("do | question | value", "--- | --- | ---", *rows))
    steps = read_script(table.encode(), "script.md")
    return run_script(form, steps, clock=FixedClock(NOON), randomness=SeededBytes(1))


def missed(report: ScriptReport) -> list[tuple[int, str]]:
    return [(result.step.row, result.miss.code) for result in report.missed if result.miss is not None]


# ---- stories -------------------------------------------------------------------------------------


SCRIPTS = {
    "arrival": 1,
    "awareness_session": 1,
    "best_interest_assessment": 1,
    "best_interest_determination": 2,
    "child_first": 2,
    "child_registration": 3,
    "complaint_paper": 1,
    "deceased_missing": 2,
    "detained": 2,
    "disability": 2,
    "disaster_displaced": 1,
    "extra_continental": 2,
    "group_event": 2,
    "monitoring_visit": 1,
    "movement": 1,
    "came_back": 1,
    "payments_report": 1,
    "rights_report": 1,
    "solutions": 2,
    "older_people": 1,
    "pre_removal_gate": 2,
    "private_talk": 2,
    "profile": 2,
    "screening": 3,
    "site_checklist": 1,
    "stateless": 1,
    "stranded": 2,
    "torture_trauma": 2,
    "tracing": 2,
    "extras_americas": 2,
    "country_tools": 1,
    "legal_advice": 1,
    "skills": 1,
    "after_return": 2,
    "after_return_child": 2,
    "report_wish": 2,
    "family_message": 2,
    "extras_gulf_of_aden": 2,
    "extras_asia_pacific": 2,
    "extras_central_asia": 2,
    "extras_southern_route": 2,
    "extras_caribbean": 2,
    "extras_west_africa": 2,
    "trafficking_full": 2,
    "trafficking_quick": 2,
    "violence": 2,
    "voluntary_return": 3,
    "women_safety": 1,
}
"""The interviews in the script of each built-in form."""


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_form_of_the_program_goes_as_its_script_says(name: str) -> None:
    source = files.resources() / "forms" / f"{name}.md"
    shipped = read_form(convert_xlsform(source.read_bytes(), source.name).xform)
    script = files.resources() / "examples" / f"{name}.test.md"
    steps = read_script(script.read_bytes(), script.name)
    report = run_script(shipped, steps, clock=FixedClock(NOON), randomness=SeededBytes(1))
    assert report.missed == ()
    assert sum(result.step.do is Do.INTERVIEW for result in report.results) == SCRIPTS[name]


def test_every_form_of_the_program_has_a_script() -> None:
    assert {path.stem for path in (files.resources() / "forms").glob("*.md")} == set(SCRIPTS)


def test_an_interview_goes_as_the_table_says(form: Form) -> None:
    report = run(
        form,
        "expect hidden | alone |",
        "expect required | age |",
        "expect optional | born |",
        "expect unfinished | age |",
        "answer | age | 12",
        "expect value | double | 24.0",
        "expect shown | alone |",
        "expect choices | alone | yes, no",
        "answer | alone | yes",
        "expect shown | help |",
        "answer | many | no, yes",
        "expect value | many | yes no",
        "answer | age | 300",
        "expect refused | age | Too old",
        "language | | Français (fr)",
        "expect refused | age | Trop vieux",
        "expect label | alone | Seul ?",
        "clear | age |",
        "expect value | age |",
        "answer | age | 40",
        "expect accepted | age |",
        "expect hidden | alone |",
        "expect finished | |",
    )
    assert missed(report) == []


def test_rows_are_named_by_their_number_and_inner_rows_by_both(form: Form) -> None:
    report = run(
        form,
        "expect rows | family | 1",
        "add row | family |",
        "answer | family[1]/name | Amina",
        "answer | family[2]/name | Bilal",
        "add row | family[2]/phone |",
        "answer | family[2]/phone[1]/number | 7",
        "expect value | number | 7",
        "remove row | family[1] |",
        "expect value | family[1]/name | Bilal",
        "expect value | family/phone/number | 7",
        "expect hidden | family[2]/name |",
        "answer | other/name | Chen",
    )
    assert missed(report) == [(9, "script.row_unsaid")]


def test_days_are_said_as_they_are_or_from_today(form: Form) -> None:
    report = run(
        form,
        "today | | 2026-03-02",
        "answer | born | today-1",
        "expect value | born | 2026-03-01",
        "answer | born | today + 1",
        "expect refused | born |",
        "answer | born | 2026-03-02",
        "expect accepted | born |",
        "today | | tomorrow",
    )
    assert missed(report) == [(10, "script.no_date")]


def test_headings_and_steps_begin_new_interviews(form: Form) -> None:
    first = b"# First\n\n|do|question|value|\n|--|--|--|\n|answer|age|3|\n\n"
    table = first + b"## Second\n\n|do|question|value|\n|expect value|age||\n"
    steps = read_script(table, "script.md")
    assert [(step.do, step.question) for step in steps] == [
        (Do.INTERVIEW, "First"),
        (Do.ANSWER, "age"),
        (Do.INTERVIEW, "Second"),
        (Do.VALUE, "age"),
    ]
    assert run_script(form, steps, clock=FixedClock(NOON), randomness=SeededBytes(1)).passed


# ---- misses --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "code"),
    [
        ("answer | alone | yes", "script.not_asked"),
        ("answer | double | 3", "script.not_asked"),
        ("answer | many | perhaps", "script.not_offered"),
        ("answer | age | 300", "script.refused"),
        ("answer | age | twelve", "script.refused"),
        ("answer | agee | 3", "script.question_unknown_meant"),
        ("answer | zebra | 3", "script.question_unknown"),
        ("answer | name | Amina", "script.question_ambiguous"),
        ("answer | family[4]/name | Amina", "script.row_not_there"),
        ("add row | age |", "script.no_repeat"),
        ("remove row | age |", "script.no_repeat"),
        ("expect value | age | 3", "script.value_empty"),
        ("expect shown | alone |", "script.is_hidden"),
        ("expect hidden | age |", "script.is_shown"),
        ("expect required | born |", "script.is_optional"),
        ("expect optional | age |", "script.is_required"),
        ("expect choices | many | yes", "script.choices_are"),
        ("expect choice | many | perhaps", "script.choices_are"),
        ("expect no choice | many | yes", "script.choice_offered"),
        ("expect label | age | How old?", "script.label_is"),
        ("expect rows | family | 4", "script.rows_are"),
        ("expect refused | born |", "script.accepted"),
        ("expect accepted | age |", "script.refused"),
        ("expect finished | |", "script.unfinished"),
        ("expect unfinished | born |", "script.unfinished"),
        ("language | | Klingon", "script.language_unknown"),
    ],
)
def test_what_is_not_as_expected_is_a_miss_with_what_was_found(form: Form, step: str, code: str) -> None:
    report = run(form, step)
    assert missed(report) == [(3, code)]
    assert code in sentences()


def test_other_misses_need_an_answer_first(form: Form) -> None:
    steps = ("answer | age | 300", "expect refused | age | Far too old", "answer | age | 30")
    assert missed(
        run(form, *steps, "expect value | age |", "expect unfinished | |", "expect value | age | 31")
    ) == [
        (4, "script.message_is"),
        (6, "script.value_there"),
        (7, "script.finished"),
        (8, "script.value_is"),
    ]


def test_a_report_reads_as_lines_and_as_data(form: Form) -> None:
    words = load("en", "interface")
    report = run(form, "answer | age | 12", "expect hidden | alone | | unless grown up")
    lines = script_lines(report, words)
    assert lines == (
        "✓ row 3: answer age 12",
        "✗ row 4: expect hidden alone — alone is shown.",
        "1 step went otherwise.",
    )
    data = json.loads(json.dumps(script_json(report, words)))
    assert (data["passed"], data["steps"], data["missed"]) == (False, 2, 1)
    assert data["results"][1] == {
        "row": 4,
        "do": "expect hidden",
        "question": "alone",
        "value": "",
        "passed": False,
        "code": "script.is_shown",
        "got": "alone is shown.",
    }
    assert script_lines(run(form, "answer | age | 12"), words)[-1] == "1 step, as expected."


# ---- what a script is written in -----------------------------------------------------------------


def test_a_script_may_be_a_csv_file_or_a_sheet(form: Form) -> None:
    rows = [["Do", "Question", "Value", "Note"], ["answer", "age", "12", ""], ["", "", "", "a remark"]]
    semicolons = "\r\n".join(";".join(row) for row in rows).encode("utf-8-sig")
    commas = "\n".join(",".join(row) for row in rows).encode()
    sheet = xlsx(survey=None, choices=None, settings=None, about=[["Read me"]], script=rows)
    for content, name in ((semicolons, "s.csv"), (commas, "s.csv"), (sheet, "s.xlsx")):
        (step,) = read_script(content, name)
        assert (step.row, step.do, step.question, step.value) == (2, Do.ANSWER, "age", "12")


def test_every_row_that_cannot_be_understood_is_named() -> None:
    table = b"|do|question|value|\n|anser|age|3|\n|answer||3|\n|answer|age||\n|sing|age||\n"
    with pytest.raises(FormFault) as refused:
        read_script(table, "s.md")
    assert [(problem.code, problem.row) for problem in refused.value.problems] == [
        ("script.step_unknown_meant", 2),
        ("script.question_missing", 3),
        ("script.value_missing", 4),
        ("script.step_unknown", 5),
    ]


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"no table", "s.md", "script.columns_missing"),
        (b"|do|question|\n", "s.md", "script.no_steps"),
        (b"\xff\xfe", "s.csv", "form.file_encoding"),
        (b"", "s.json", "form.file_empty"),
        (b"PK\x03\x04 no zip", "s.xlsx", "form.file_damaged"),
        (b"<xml/>", "s.xml", "script.file_unknown"),
    ],
)
def test_what_is_no_script_is_refused_with_a_sentence(content: bytes, name: str, code: str) -> None:
    with pytest.raises(FormFault) as refused:
        read_script(content, name)
    assert [problem.code for problem in refused.value.problems] == [code]
    assert code in sentences()


def test_every_step_and_every_other_word_for_one_is_told_apart() -> None:
    assert set(ALSO).isdisjoint(one.value for one in Do)
    source = Path(files.__file__).parent / "forms" / "scripted_running.py"
    text = source.read_text(encoding="utf-8")
    assert [one.name for one in Do if f"Do.{one.name}" not in text] == []
