"""A form is checked before it is used: what it reads must be there; what protection needs is looked at."""

import json

import pytest

from fieldkit.forms import checks, supported
from fieldkit.forms.checks import Report, check, form_check
from fieldkit.forms.problems import Problem
from fieldkit.forms.protection_words import DECLINE, SCORE, SENSITIVE, VERDICT
from fieldkit.forms.reader import read_form
from fieldkit.forms.report_lines import check_report_json, check_report_lines
from fieldkit.languages.catalogues import load
from tests.forms.xlsforms import Rows, survey, vector, xlsx

LOGIC = ("type", "name", "label", "relevant", "constraint", "calculation", "required")
XFORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:jr="http://openrosa.org/javarosa">
<h:head><h:title>T</h:title><model>{itext}<instance><data id="t" version="1"><a/><b/></data></instance>
<bind nodeset="/data/a" type="string"/><bind nodeset="/data/b" type="{kind}" {bind}/>{more}</model></h:head>
<h:body><input ref="/data/a"><label>{label}</label></input>
<input ref="/data/b"><label>B</label></input></h:body>
</h:html>"""


def checked(**sheets: Rows | None) -> Report:
    return form_check(xlsx(**sheets), "form.xlsx")


def checked_xform(
    *, bind: str = "", kind: str = "string", itext: str = "", more: str = "", label: str = "A"
) -> Report:
    content = XFORM.format(bind=bind, kind=kind, itext=itext, more=more, label=label)
    return form_check(content.encode(), "form.xml")


def codes(report: Report) -> list[str]:
    return [problem.code for problem in report.problems]


def only(report: Report, code: str) -> Problem:
    (problem,) = [problem for problem in report.problems if problem.code == code]
    return problem


def asking(*rows: tuple[str, ...], header: tuple[str, ...] = LOGIC) -> Report:
    return checked(survey=survey(*rows, header=header))


# ---- stories -------------------------------------------------------------------------------------


def test_a_good_form_is_usable_and_says_what_it_is() -> None:
    languages = ("type", "name", "label::English (en)", "label::العربية (ar)")
    report = checked(survey=survey(("text", "told_name", "Your name?", "ما اسمك؟"), header=languages))
    assert report.is_usable
    assert (report.form_id, report.version, report.title) == ("small", "1", "Small form")
    assert (report.languages, report.questions) == (("en", "ar"), 1)
    assert report.problems == ()


def test_a_refused_form_is_a_report_that_holds_nothing_to_open() -> None:
    report = form_check(vector("real/unhcr-demo.xlsx"), "unhcr-demo.xlsx")
    assert not report.is_usable
    assert report.xform is None
    assert codes(report)[:4] == ["form.choice_twice"] * 4  # errors stand first
    assert len(report.errors) == 4


@pytest.mark.parametrize("name", ["real/all-widgets.xml", "real/eimci.xml", "real/kobo-examples.xlsx"])
def test_forms_in_use_elsewhere_open_and_what_is_missing_is_named(name: str) -> None:
    report = form_check(vector(name), name)
    assert report.is_usable
    assert report.errors == ()
    assert read_form(report.xform or b"").id == report.form_id


def test_what_this_version_cannot_answer_is_named_and_the_form_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "NOT_YET", {"geotrace": "lines on a map cannot be drawn"})
    monkeypatch.setattr(checks, "not_yet", lambda _, kind: kind if kind == "geotrace" else "")
    monkeypatch.setattr(supported, "APPEARANCES_NOT_YET", frozenset({"image-map"}))
    header = ("type", "name", "label", "appearance")
    rows = (("geotrace", "way", "Which way?", ""), ("select_one yes_no", "a", "A", "image-map"))
    report = checked(survey=survey(*rows, header=header))
    assert report.is_usable
    assert only(report, "form.type_not_yet").row == 2
    assert only(report, "form.appearance_not_yet").data["appearance"] == "image-map"


def test_a_file_of_choices_that_is_not_there_is_named() -> None:
    report = asking(("select_one_from_file towns.csv", "town", "Town?", "", "", "", ""))
    assert only(report, "form.file_missing").data["file"] == "towns.csv"
    assert report.is_usable


@pytest.mark.parametrize(
    ("part", "expression", "code", "data"),
    [
        ("relevant", "${a} = ", "form.expression_unreadable", {"position": 7}),
        ("relevant", "(${a} = 1", "form.expression_unreadable", {"position": 10}),
        ("constraint", "regx(., '[a-z]')", "form.function_unknown_meant", {"name": "regx", "meant": "regex"}),
        ("calculation", "frobnicate(1)", "form.function_unknown", {"name": "frobnicate"}),
        ("relevant", "selected(${a})", "form.arguments", {"name": "selected", "count": 1, "expected": "2"}),
        ("calculation", "round()", "form.arguments", {"name": "round", "count": 0, "expected": "1–2"}),
    ],
)
def test_an_expression_is_checked_as_its_author_wrote_it(
    part: str, expression: str, code: str, data: dict[str, object]
) -> None:
    cells = {"type": "text", "name": "b", "label": "B", part: expression}
    report = asking(("text", "a", "A", "", "", "", ""), tuple(cells.get(column, "") for column in LOGIC))
    problem = only(report, code)
    assert (problem.sheet, problem.row, problem.column) == ("survey", 3, part)
    assert dict(problem.data) == data
    assert not report.is_usable


def test_values_that_wait_for_each_other_are_refused_with_the_row() -> None:
    report = asking(
        ("calculate", "one", "", "", "", "${other} + 1", ""),
        ("calculate", "other", "", "", "", "${one} + 1", ""),
    )
    problem = only(report, "form.cycle")
    assert problem.row in {2, 3}
    assert "/data/one" in str(problem.data["names"])
    assert not report.is_usable


def test_a_path_that_is_no_question_is_refused() -> None:
    report = asking(("text", "a", "A", "", "", "", ""), ("text", "b", "B", "/data/c = 1", "", "", ""))
    problem = only(report, "form.path_unknown")
    assert (problem.row, problem.column, problem.data["name"]) == (3, "relevant", "/data/c")


def test_an_xform_is_checked_the_same_way_and_names_the_path() -> None:
    report = checked_xform(bind="relevant=\"nothing(/data/a) and /data/z = 'x'\"")
    assert only(report, "form.function_unknown").data["path"] == "/data/b"
    unknown = checked_xform(bind="relevant=\"/data/z = 'x'\"")
    assert only(unknown, "form.path_unknown").data == {"name": "/data/z", "path": "/data/b"}
    assert not unknown.is_usable


def test_an_encrypted_xform_is_refused() -> None:
    report = checked_xform(more='<submission base64RsaPublicKey="MIIBIjANBg" method="post"/>')
    assert codes(report)[0] == "form.public_key"
    assert not report.is_usable


def test_an_xform_that_is_no_form_is_refused() -> None:
    assert not form_check(b"<h:html xmlns:h='http://www.w3.org/1999/xhtml'/>", "form.xml").is_usable
    assert not form_check(b"<not closed", "form.xml").is_usable


# ---- what nobody sees, and what nobody can answer -------------------------------------------------


def found(report: Report, *wanted: str) -> list[tuple[str, int | None]]:
    return [(problem.code, problem.row) for problem in report.problems if problem.code in wanted]


NEVER = ("form.never_shown", "form.group_never_shown")


@pytest.mark.parametrize(
    "relevant",
    [
        "false()",
        "1 = 2",
        "'a' = 'b'",
        "not(true())",
        "${a} = 'perhaps'",
        "selected(${a}, 'perhaps')",
        "'perhaps' = ${a}",
        "${a} = 'yes' and ${a} = 'no'",
        "${n} > 18 and ${n} < 5",
        "${n} > 18 and (18 >= ${n} and ${a} = 'yes')",
        "${n} = 3 and ${n} > 4",
        "(${a} = 'maybe' or ${a} = 'never') and ${n} > 1",
        "not(${a} != 'perhaps')",
    ],
)
def test_a_question_that_can_never_be_shown_is_named(relevant: str) -> None:
    report = asking(
        ("select_one yes_no", "a", "A", "", "", "", ""),
        ("integer", "n", "N", "", "", "", ""),
        ("text", "b", "B", relevant, "", "", ""),
    )
    assert report.is_usable
    assert found(report, *NEVER) == [("form.never_shown", 4)]
    assert only(report, "form.never_shown").column == "relevant"


@pytest.mark.parametrize(
    "relevant",
    [
        "${a} = 'yes'",
        "${a} = ''",
        "${a} != 'yes'",
        "selected(${m}, 'yes') and selected(${m}, 'no')",
        "${n} > 5 and ${n} < 18",
        "${n} >= 5 and ${n} <= 5",
        "${n} < 5 or ${n} > 18",
        "${t} = 'anything'",
        "count-selected(${m}) > 1",
        "not(selected(${m}, 'yes'))",
        "string-length(${t}) = 3",
    ],
)
def test_a_question_that_can_be_shown_is_left_alone(relevant: str) -> None:
    report = asking(
        ("select_one yes_no", "a", "A", "", "", "", ""),
        ("select_multiple yes_no", "m", "M", "", "", "", ""),
        ("integer", "n", "N", "", "", "", ""),
        ("text", "t", "T", "", "", "", ""),
        ("text", "b", "B", relevant, "", "", ""),
    )
    assert found(report, *NEVER, "form.value_not_offered", "form.value_not_offered_meant") == []


def test_what_waits_for_a_question_that_is_never_shown_is_never_shown_either() -> None:
    report = asking(
        ("begin group", "g", "G", "false()", "", "", ""),
        ("select_one yes_no", "a", "A", "", "", "", ""),
        ("text", "inner", "I", "1 = 2", "", "", ""),
        ("end group", "", "", "", "", "", ""),
        ("text", "b", "B", "${a} = 'yes'", "", "", ""),
        ("text", "c", "C", "${b} != ''", "", "", ""),
        ("text", "d", "D", "${b} = '' or ${a} = 'yes'", "", "", ""),
    )
    assert found(report, *NEVER) == [
        ("form.group_never_shown", 2),
        ("form.never_shown", 6),
        ("form.never_shown", 7),
    ]


def test_a_choice_that_no_list_has_is_named_wherever_it_is_asked_for() -> None:
    report = asking(
        ("select_one yes_no", "a", "A", "", "", "", ""),
        ("calculate", "b", "", "", "", "if(${a} = 'yess', 1, 2)", ""),
        ("text", "c", "C", "", "", "", "${a} = 'later'"),
    )
    near, far = only(report, "form.value_not_offered_meant"), only(report, "form.value_not_offered")
    assert (near.row, near.column, near.data["value"], near.data["meant"]) == (
        3,
        "calculation",
        "yess",
        "yes",
    )
    assert (far.row, far.column, far.data["name"]) == (4, "required", "a")


def test_a_filter_that_asks_for_no_column_leaves_the_list_empty_and_is_named() -> None:
    header = ("type", "name", "label", "choice_filter")
    rows = (
        ("select_one town", "a", "A", ""),
        ("select_one town", "b", "B", "Region = ${a}"),
        ("select_one town", "c", "C", "colour = ${a} and region = ${b}"),
        ("select_one town", "d", "D", "region = ${a}"),
    )
    choices = (("list_name", "name", "label", "region"), ("town", "x", "X", "y"))
    report = checked(survey=survey(*rows, header=header), choices=choices)
    near, far = only(report, "form.filter_column_unknown_meant"), only(report, "form.filter_column_unknown")
    assert (near.row, near.data["meant"]) == (3, "region")
    assert (far.row, far.column, far.data["column_name"]) == (4, "choice_filter", "colour")


def test_an_answer_that_nobody_can_give_is_named() -> None:
    report = asking(
        ("integer", "a", "A", "", ". > 120 and . < 0", "", ""),
        ("integer", "b", "B", "", ". > 0 and . < 120", "", ""),
        ("note", "c", "Stop here", "", "", "", "yes"),
        ("note", "d", "Stop here", "${b} > 5", "", "", "yes"),
    )
    wanted = ("form.never_accepted", "form.required_notice")
    assert found(report, *wanted) == [("form.never_accepted", 2), ("form.required_notice", 4)]


# ---- other programs for the same forms ------------------------------------------------------------


def test_what_only_one_program_does_is_named_with_the_program() -> None:
    report = asking(
        ("text", "a", "A", "regex(${b}, '[0-9]+')", "regex(., '^[0-9]+$')", "", ""),
        ("text", "b", "B", "", "", "", ""),
        ("calculate", "c", "", "", "", "name(/data/a)", ""),
        ("calculate", "d", "", "", "", "property('deviceid')", ""),
    )
    assert only(report, "form.pattern_open").data["pattern"] == "[0-9]+"
    of_one = [problem for problem in report.problems if problem.code == "form.function_of_one"]
    assert [(problem.row, problem.data["only"]) for problem in of_one] == [
        (4, "Enketo (KoBoToolbox)"),
        (5, "ODK Collect"),
    ]


def test_appearances_that_are_not_known_everywhere_or_nowhere_are_named() -> None:
    header = ("type", "name", "label", "appearance")
    rows = (
        ("integer", "a", "A", "counter"),
        ("select_one yes_no", "b", "B", "w2 horizontal"),
        ("select_one yes_no", "c", "C", "minimal quick columns-2"),
        ("text", "d", "D", "mulitline"),
        ("text", "e", "E", "ex:org.example.app(colour='red')"),
        ("text", "f", "F", "my-own-style"),
    )
    report = checked(survey=survey(*rows, header=header))
    told = [(p.row, p.data["appearance"]) for p in report.problems if p.code == "form.appearance_of_one"]
    assert told == [(2, "counter"), (3, "w2"), (3, "horizontal"), (6, "ex")]
    meant = only(report, "form.appearance_meant")
    assert (meant.row, meant.data["meant"]) == (5, "multiline")


def test_a_function_of_another_maker_is_refused_with_the_maker() -> None:
    report = asking(("calculate", "a", "", "", "", "choice-label(${a}, 'x')", ""))
    assert only(report, "form.function_elsewhere").data["only"] == "SurveyCTO"
    assert not report.is_usable


def test_a_count_of_what_is_not_there_and_a_label_that_shows_it_are_refused() -> None:
    counted = asking(("calculate", "a", "", "", "", "count(/data/nobody)", ""))
    assert only(counted, "form.path_unknown").column == "calculation"
    shown = checked_xform(label="Hello <output value='/data/nobody'/>")
    assert only(shown, "form.path_unknown").data["path"] == "/data/a"


# ---- languages -----------------------------------------------------------------------------------


def test_a_language_with_gaps_is_told_with_their_number_and_the_first_row() -> None:
    header = ("type", "name", "label::English (en)", "label::Français (fr)", "hint::English (en)")
    sheet = survey(
        ("text", "a", "A", "A", ""),
        ("text", "b", "B", "-", "Look"),
        ("text", "c", "C", "", ""),
        header=header,
    )
    problem = only(checked(survey=sheet), "form.language_incomplete")
    assert (problem.sheet, problem.row) == ("survey", 3)
    assert dict(problem.data) | {"path": ""} == {
        "language": "Français (fr)",
        "count": 3,
        "first": 3,
        "path": "",
    }


def test_gaps_in_choices_are_found_in_the_choices_sheet() -> None:
    header = ("list_name", "name", "label::English (en)", "label::Français (fr)")
    choices = (header, ("yes_no", "yes", "Yes", "Oui"), ("yes_no", "no", "No", ""))
    languages = ("type", "name", "label::English (en)", "label::Français (fr)")
    report = checked(survey=survey(("select_one yes_no", "a", "A", "A"), header=languages), choices=choices)
    problem = only(report, "form.language_incomplete")
    assert (problem.sheet, problem.row) == ("choices", 3)


def test_texts_without_a_language_and_languages_without_a_sign_are_told() -> None:
    assert "form.no_language_named" in codes(checked())
    header = ("type", "name", "label::English (en)", "label::Tigirigna")
    unknown = checked(survey=survey(("text", "a", "A", "A"), header=header))
    assert only(unknown, "form.language_without_tag").data["language"] == "Tigirigna"


# ---- protection ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "word"),
    [
        ("Is the person a genuine refugee?", "genuine"),
        ("Did the alien cross here?", "alien"),
        ("Niveau de confiance: suspect", "suspect"),
        ("¿Es ilegal?", "ilegal"),
    ],
)
def test_words_that_sound_like_a_verdict_are_named(label: str, word: str) -> None:
    problem = only(asking(("text", "a", label, "", "", "", "")), "form.verdict_word")
    assert (problem.row, problem.column, problem.data["word"]) == (2, "label", word)


def test_a_verdict_in_a_choice_is_named_in_the_choices_sheet() -> None:
    choices = (("list_name", "name", "label"), ("status", "ok", "Cleared"), ("status", "no", "Not yet"))
    report = checked(survey=survey(("select_one status", "a", "Status")), choices=choices)
    problem = only(report, "form.verdict_word")
    assert (problem.sheet, problem.row, problem.data["word"]) == ("choices", 2, "Cleared")


def test_scores_and_levels_of_risk_are_named_even_in_names() -> None:
    assert only(asking(("text", "a", "Risk level", "", "", "", "")), "form.score").row == 2
    named = only(asking(("integer", "risk_score", "Sum of the answers", "", "", "", "")), "form.score")
    assert (named.column, named.data["word"]) == ("name", "risk_score")


@pytest.mark.parametrize(
    ("kind", "label", "word"),
    [
        ("image", "Show your face", "face"),
        ("image", "A photo of the child", "photo of the child"),
        ("image", "Show the scars", "scars"),
        ("audio", "Record the story", "audio"),
        ("video", "Film the place", "video"),
        ("barcode", "Scan the fingerprint", "fingerprint"),
    ],
)
def test_pictures_recordings_and_measures_of_the_body_are_named(kind: str, label: str, word: str) -> None:
    report = asking((kind, "a", label, "", "", "", ""))
    assert str(only(report, "form.biometric").data["word"]).lower() == word


def test_any_other_picture_is_told_more_softly_and_a_signature_not_at_all() -> None:
    assert "form.picture" in codes(asking(("image", "a", "The paper", "", "", "", "")))
    header = ("type", "name", "label", "appearance")
    signed = checked(survey=survey(("image", "a", "Sign here", "signature"), header=header))
    assert not {"form.picture", "form.biometric"} & set(codes(signed))


def test_a_question_that_must_be_answered_needs_a_way_to_decline() -> None:
    forced = asking(("select_one yes_no", "a", "Do you agree?", "", "", "", "yes"))
    assert only(forced, "form.no_way_to_decline").column == "required"
    choices = (
        ("list_name", "name", "label"),
        ("yes_no", "yes", "Yes"),
        ("yes_no", "declined", "Does not want to say"),
    )
    sheet = survey(
        ("select_one yes_no", "a", "Do you agree?", "yes"), header=("type", "name", "label", "required")
    )
    assert "form.no_way_to_decline" not in codes(checked(survey=sheet, choices=choices))
    optional = asking(
        ("text", "a", "A", "", "", "", "no"), ("acknowledge", "b", "Read this", "", "", "", "yes")
    )
    assert "form.no_way_to_decline" not in codes(optional)


def test_a_sensitive_question_stands_behind_a_question_about_privacy() -> None:
    open_ = asking(("text", "a", "Did anybody use violence against you?", "", "", "", ""))
    assert only(open_, "form.sensitive_outside_gate").data["word"] == "violence"
    gated = asking(
        ("select_one yes_no", "private_place", "Can we talk alone here?", "", "", "", ""),
        ("begin group", "harm", "Private questions", "${private_place} = 'yes'", "", "", ""),
        ("text", "a", "Did anybody use violence against you?", "", "", "", ""),
        ("end group", "", "", "", "", "", ""),
    )
    assert "form.sensitive_outside_gate" not in codes(gated)


def test_the_screening_form_of_the_program_has_no_findings() -> None:
    from fieldkit import files  # noqa: PLC0415

    path = files.resources() / "forms" / "screening.md"
    report = form_check(path.read_bytes(), path.name)
    assert report.is_usable
    assert [problem for problem in report.problems if problem.code != "form.no_language_named"] == []


@pytest.mark.parametrize(
    "label", ["What do you need?", "Where did you sleep last night?", "How old are you?"]
)
def test_ordinary_questions_give_no_finding(label: str) -> None:
    assert not any(words.search(label) for words in (VERDICT, SCORE, SENSITIVE))


@pytest.mark.parametrize(
    "label", ["Prefer not to say", "Don't know", "Ne sait pas", "No sabe", "لا أعرف", "Unknown"]
)
def test_ways_to_decline_are_recognised_in_several_languages(label: str) -> None:
    assert DECLINE.search(label)


# ---- the command line ----------------------------------------------------------------------------


def test_the_report_reads_as_lines_with_place_and_remedy() -> None:
    head, first, *_ = check_report_lines(
        form_check(vector("real/unhcr-demo.xlsx"), "unhcr-demo.xlsx"), load("en", "interface")
    )
    assert head == "The form cannot be used yet. Nothing was changed."
    assert first.startswith("choices, row 7, name: The list school_list has the choice never twice")
    assert "Delete one of the rows" in first


def test_the_report_is_data_for_scripts() -> None:
    data = check_report_json(checked(), load("en", "interface"))
    assert (data["usable"], data["form"], data["questions"]) == (True, "small", 2)
    assert [problem["code"] for problem in json.loads(json.dumps(data))["problems"]] == [
        "form.no_language_named"
    ]


def test_checking_a_form_twice_says_the_same() -> None:
    form = read_form(form_check(vector("real/eimci.xml"), "eimci.xml").xform or b"")
    assert check(form) == check(form)
