"""A coordinator brings an XLSForm: it is converted, or every mistake is named with its place."""

import pytest

from fieldkit.forms.authoring import convert_xlsform
from fieldkit.forms.problems import FormFault, Problem
from tests.forms.xlsforms import SURVEY, survey, vector, xlsx


def problems_of(content: bytes, name: str = "small.xlsx") -> tuple[Problem, ...]:
    with pytest.raises(FormFault) as refused:
        convert_xlsform(content, name)
    return refused.value.problems


def places(problems: tuple[Problem, ...]) -> list[tuple[str, str | None, int | None, str | None]]:
    return [(problem.code, problem.sheet, problem.row, problem.column) for problem in problems]


def test_a_good_form_becomes_an_xform_and_its_questions_keep_their_rows() -> None:
    converted = convert_xlsform(xlsx(), "small.xlsx")
    assert converted.warnings == ()
    assert b'<data id="small" version="1">' in converted.xform
    assert converted.places.questions == {"/data/told_name": 2, "/data/alone": 3}
    assert converted.places.choices == {"yes_no/yes": 2, "yes_no/no": 3}


def test_the_household_form_of_others_is_refused_with_every_duplicate_and_where_its_first_stands() -> None:
    problems = problems_of(vector("real/unhcr-demo.xlsx"), "unhcr-demo.xlsx")
    doubled = [problem for problem in problems if problem.code == "form.choice_twice"]
    assert [
        (problem.sheet, problem.row, problem.data["name"], problem.data["first"]) for problem in doubled
    ] == [
        ("choices", 7, "never", 2),
        ("choices", 8, "primary", 3),
        ("choices", 9, "secondary", 4),
        ("choices", 13, "-99", 6),
    ]
    assert all(problem.column == "name" and problem.data["list"] == "school_list" for problem in doubled)


@pytest.mark.parametrize(
    ("name", "questions"),
    [
        ("real/kobo-examples.xlsx", 30),
        ("bench/A300.xlsx", 310),
        ("bench/B1000.xlsx", 10),
        ("bench/C10k.xlsx", 3),
    ],
)
def test_forms_nobody_wrote_for_this_program_convert(name: str, questions: int) -> None:
    converted = convert_xlsform(vector(name), name.rpartition("/")[2])
    assert converted.xform.startswith(b"<?xml")
    assert len(converted.places.questions) == questions


def test_an_author_with_many_mistakes_is_told_all_of_them_at_once() -> None:
    sheet = survey(
        ("begin group", "arrival", "Arrival"),
        ("txt", "told_name", "Name"),
        ("text", "first name", "First name"),
        ("text", "", "Where from?"),
        ("", "no_type", "No type"),
        ("select_one yesno", "alone", "Alone?"),
        ("text", "told_name", "Name again"),
    )
    choices = (
        ("list_name", "name", "label"),
        ("yes_no", "yes", "Yes"),
        ("yes_no", "", "No"),
        ("yes_no", "yes", "Yes again"),
    )
    assert sorted(places(problems_of(xlsx(survey=sheet, choices=choices))), key=str) == [
        ("form.choice_twice", "choices", 4, "name"),
        ("form.choice_without_name", "choices", 3, "name"),
        ("form.group_not_closed", "survey", 2, "type"),
        ("form.list_missing_meant", "survey", 7, "type"),
        ("form.name_bad", "survey", 4, "name"),
        ("form.name_missing", "survey", 5, "name"),
        ("form.name_twice", "survey", 8, "name"),
        ("form.type_missing", "survey", 6, "type"),
        ("form.type_unknown_meant", "survey", 3, "type"),
    ]


def test_a_wrong_word_comes_with_the_one_that_was_probably_meant() -> None:
    header = ("type", "name", "label", "relevant")
    sheet = survey(
        ("intger", "age", "Age?", ""),
        ("select_on yes_no", "alone", "Alone?", ""),
        ("text", "guardian", "Who cares for you?", "${agee} < 18"),
        header=header,
    )
    meant = [problem.data["meant"] for problem in problems_of(xlsx(survey=sheet))]
    assert meant == ["integer", "select_one yes_no", "age"]


def test_a_missing_sheet_or_column_is_the_only_thing_told() -> None:
    assert places(problems_of(xlsx(survey=None))) == [("form.survey_sheet_missing", None, None, None)]
    misspelled = xlsx(survey=None, Surveys=SURVEY)
    assert places(problems_of(misspelled)) == [("form.survey_sheet_misspelled", "Surveys", None, None)]
    no_type = survey(("text", "a", "A"), header=("kind", "name", "label"))
    assert places(problems_of(xlsx(survey=no_type))) == [("form.column_missing", "survey", 1, "type")]
    no_label = survey(("text", "a"), header=("type", "name"))
    assert places(problems_of(xlsx(survey=no_label))) == [("form.column_missing", "survey", 1, "label")]
    no_list = (("list", "nme", "label"), ("yes_no", "yes", "Yes"))
    assert ("form.column_missing", "choices", 1, "name") in places(problems_of(xlsx(choices=no_list)))


@pytest.mark.parametrize(
    "header",
    [
        ("Type", "NAME", "Label"),
        ("type ", " name", "label::English (en)"),
        ("type", "name", "label:English"),
        ("command", "tag", "caption"),
    ],
)
def test_headers_are_found_under_the_names_that_forms_in_use_give_them(header: tuple[str, ...]) -> None:
    sheet = survey(("text", "told_name", "Name?"), header=header)
    assert convert_xlsform(xlsx(survey=sheet), "a.xlsx").places.questions == {"/data/told_name": 2}


def test_two_columns_of_one_meaning_and_a_misspelled_one_are_named() -> None:
    twice = survey(("text", "a", "A", "", ""), header=("type", "name", "label", "relevant", "relevance"))
    assert places(problems_of(xlsx(survey=twice))) == [("form.column_twice", "survey", 1, "relevance")]
    wrong = survey(("text", "a", "A", "yes"), header=("type", "name", "label", "requird"))
    told = convert_xlsform(xlsx(survey=wrong), "a.xlsx").warnings
    assert [(problem.code, problem.column, problem.data) for problem in told] == [
        ("form.column_misspelled", "requird", {"meant": "required"})
    ]


def test_groups_that_close_wrongly_are_named_with_the_row_where_they_began() -> None:
    sheet = survey(
        ("begin group", "family", "Family"),
        ("begin repeat", "member", "Member"),
        ("text", "member_name", "Name"),
        ("end group", "", ""),
        ("end group", "", ""),
        ("end repeat", "", ""),
    )
    found = problems_of(xlsx(survey=sheet))
    assert [(problem.code, problem.row, problem.data.get("first")) for problem in found] == [
        ("form.end_of_other", 5, 3),
        ("form.end_without_begin", 7, None),
    ]


def test_a_group_in_capital_letters_is_named_without_false_alarms_about_its_end() -> None:
    sheet = survey(("Begin Group", "g", "G"), ("text", "a", "A"), ("end group", "", ""))
    assert places(problems_of(xlsx(survey=sheet))) == [("form.type_unknown_meant", "survey", 2, "type")]


def test_quotation_marks_of_word_processors_are_read_and_told_and_foreign_ones_refused() -> None:
    header = ("type", "name", "label", "relevant")
    curly = survey(
        ("text", "a", "A", ""), ("text", "b", "Say \u2018no\u2019", "${a} = \u2019x\u2019"), header=header
    )
    converted = convert_xlsform(xlsx(survey=curly), "a.xlsx")
    assert [(problem.code, problem.row) for problem in converted.warnings] == [("form.curly_quotes", 3)]
    assert b"/data/a  = 'x'" in converted.xform
    foreign = survey(("text", "a", "A", ""), ("text", "b", "B", "${a} = «x»"), header=header)
    assert places(problems_of(xlsx(survey=foreign))) == [("form.foreign_quotes", "survey", 3, "relevant")]


def test_the_words_of_a_question_stay_as_they_were_typed() -> None:
    sheet = survey(("text", "a", "Est-ce qu\u2019on t\u2019a dit \u201coui\u201d ?"))
    converted = convert_xlsform(xlsx(survey=sheet), "a.xlsx")
    assert "Est-ce qu\u2019on t\u2019a dit \u201coui\u201d ?" in converted.xform.decode()


def test_spaces_too_much_are_told_and_characters_nobody_sees_are_refused() -> None:
    spaced = survey(("text ", " a", "A"))
    converted = convert_xlsform(xlsx(survey=spaced), "a.xlsx")
    assert [(problem.code, problem.column) for problem in converted.warnings] == [
        ("form.stray_space", "type"),
        ("form.stray_space", "name"),
    ]
    hidden = survey(("text", "a\u200b", "A"))
    assert "form.invisible_character" in {problem.code for problem in problems_of(xlsx(survey=hidden))}


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("${b} = 1", "form.reference_unknown"),
        ("${ a } = 1", "form.reference_malformed"),
        ("${a = 1", "form.reference_malformed"),
        ("$(a) = 1", "form.reference_malformed"),
        ("${c} = 1", "form.reference_ambiguous"),
    ],
)
def test_references_that_lead_nowhere_are_named(expression: str, code: str) -> None:
    sheet = survey(
        ("text", "a", "A", ""),
        ("begin group", "g", "G", ""),
        ("text", "c", "C", ""),
        ("end group", "", "", ""),
        ("text", "c", "C", ""),
        ("text", "last", "Last", expression),
        header=("type", "name", "label", "relevant"),
    )
    assert (code, "survey", 7, "relevant") in places(problems_of(xlsx(survey=sheet)))


def test_a_choice_name_with_a_space_is_refused_only_where_several_can_be_chosen() -> None:
    choices = (("list_name", "name", "label"), ("help", "legal aid", "Legal aid"), ("help", "food", "Food"))
    one = survey(("select_one help", "a", "A"))
    assert convert_xlsform(xlsx(survey=one, choices=choices), "a.xlsx").warnings == ()
    many = survey(("select_multiple help", "a", "A"))
    found = problems_of(xlsx(survey=many, choices=choices))
    assert places(found) == [("form.choice_name_with_space", "choices", 2, "name")]


def test_choices_may_repeat_where_the_author_says_so() -> None:
    choices = (("list_name", "name", "label", "region"), ("place", "x", "X", "1"), ("place", "x", "X", "2"))
    settings = (("form_title", "form_id", "allow_choice_duplicates"), ("A", "a", "yes"))
    content = xlsx(survey=survey(("select_one place", "a", "A")), choices=choices, settings=settings)
    assert convert_xlsform(content, "a.xlsx").warnings == ()


def test_a_form_with_a_public_key_is_refused() -> None:
    settings = (("form_title", "form_id", "public_key"), ("A", "a", "MIIBIjANBgkq"))
    assert places(problems_of(xlsx(settings=settings))) == [("form.public_key", "settings", 2, "public_key")]


def test_a_spreadsheet_error_in_a_cell_is_refused() -> None:
    sheet = survey(("text", "a", "#REF!"))
    assert places(problems_of(xlsx(survey=sheet))) == [("form.cell_error", "survey", 2, "label")]


def test_choices_kept_in_files_beside_come_along() -> None:
    sheet = survey(("select_one_from_file towns.csv", "town", "Which town?"))
    beside = {"towns.csv": b"name,label\na,A\n"}
    converted = convert_xlsform(xlsx(survey=sheet), "a.xlsx", beside)
    assert converted.resources == beside
    assert b"jr://file-csv/towns.csv" in converted.xform


def test_the_external_choices_sheet_becomes_a_file_beside() -> None:
    sheet = survey(
        ("select_one yes_no", "alone", "Alone?", ""),
        ("select_one_external towns", "town", "Town?", "region=${alone}"),
        header=("type", "name", "label", "choice_filter"),
    )
    external = (("list_name", "name", "label", "region"), ("towns", "a", "A", "yes"))
    converted = convert_xlsform(xlsx(survey=sheet, external_choices=external), "a.xlsx")
    assert converted.resources["itemsets.csv"].decode().splitlines()[1] == '"towns","a","A","yes"'


def test_an_odk_form_is_taken_as_it_is() -> None:
    content = b'<?xml version="1.0"?><h:html xmlns:h="http://www.w3.org/1999/xhtml"/>'
    assert convert_xlsform(content, "form.xml").xform == content


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        (("range", "a", "A", "start=1 end=x"), "form.range_not_number", "parameters"),
        (("range", "a", "A", "start=1 end=5 step=0"), "form.range_zero", "parameters"),
        (("range", "a", "A", "start=1 end=5 step=9"), "form.range_step_too_large", "parameters"),
        (("text", "a", "A", "colour=red"), "form.parameters_unknown", "parameters"),
        (("text", "a", "A", "rows"), "form.parameters_unreadable", "parameters"),
        (("text", "a", "A", "rows=many"), "form.parameter_number", "parameters"),
        (("select_one yes_no", "a", "A", "randomize=perhaps"), "form.parameter_truth", "parameters"),
        (("select_one yes_no", "a", "A", "seed=1"), "form.seed_without_randomize", "parameters"),
        (("begin loop over nothing", "a", "A", ""), "form.list_not_there", "type"),
    ],
)
def test_what_only_the_converter_knows_is_told_in_our_words(
    row: tuple[str, ...], code: str, column: str
) -> None:
    rows = [row, ("end loop", "", "", "")] if row[0].startswith("begin") else [row]
    sheet = survey(*rows, header=("type", "name", "label", "parameters"))
    (found,) = problems_of(xlsx(survey=sheet))
    assert (found.code, found.sheet, found.column) == (code, "survey", column)
    assert found.row in {2, None}
