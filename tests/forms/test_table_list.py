"""Appearances that make other questions of a form: the table of a `table-list`, and parts of a picture."""

from fieldkit.forms.authoring import convert_xlsform
from fieldkit.forms.checks import form_check
from tests.forms.xforms import start
from tests.forms.xlsforms import xlsx

TABLE = xlsx(
    survey=(
        ("type", "name", "label", "appearance"),
        ("begin_group", "water", "Is there water …", "table-list"),
        ("select_one yn", "tent", "in the tent?", ""),
        ("select_one yn", "camp", "in the camp?", ""),
        ("end_group", "", "", ""),
        ("select_one yn", "body", "Where does it hurt?", "image-map"),
    ),
    choices=(("list_name", "name", "label"), ("yn", "y", "Yes"), ("yn", "n", "No")),
)


def test_the_head_of_a_table_asks_nothing_and_every_row_has_its_choices() -> None:
    session = start(convert_xlsform(TABLE, "table.xlsx").xform)
    asked = list(session.all_questions())
    assert [one.name for one in asked if one.control == "select1"] == ["tent", "camp", "body"]
    assert [choice.label.text for choice in session.choices("/data/water/camp")] == ["Yes", "No"]
    assert [one.appearance for one in asked if one.name in ("tent", "camp")] == ["list-nolabel"] * 2


def test_a_question_may_be_called_like_a_part_of_the_page() -> None:
    """The last question above is; one called `model` stands in the model itself."""
    named = xlsx(
        survey=(("type", "name", "label"), ("text", "model", "Which one?"), ("text", "body", "Where?"))
    )
    session = start(convert_xlsform(named, "named.xlsx").xform)
    assert [one.name for one in session.all_questions()] == ["model", "body"]


def test_an_answer_that_another_program_should_give_is_typed_and_named() -> None:
    rows = (
        ("type", "name", "label", "appearance"),
        ("text", "meter", "Reading", "ex:org.example.meter(a='1')"),
    )
    report = form_check(xlsx(survey=rows), "meter.xlsx")
    (told,) = [one for one in report.warnings if one.code == "form.appearance_not_yet"]
    assert (told.row, told.data["appearance"]) == (2, "ex:org.example.meter")
