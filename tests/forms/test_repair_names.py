"""Repairs of a form's choices, names and references: nothing is guessed, and every change is listed."""

import pytest

from tests.forms.repairing import one_cell, repaired, told
from tests.forms.xlsforms import CHOICES, survey


def test_expressions_mean_the_same_after_a_choice_got_a_name_of_its_own() -> None:
    choices = (
        ("list_name", "name", "label"),
        ("edu", "none", "None"),
        ("edu", "primary", "Primary"),
        ("edu", "primary", "Primary (1-8)"),
    )
    found = repaired(
        survey=survey(
            ("select_one edu", "edu", "Edu", ""),
            ("text", "a", "A", "${edu} = 'primary' or ${edu} = 'none'"),
            ("text", "b", "B", "not(selected(${edu}, 'primary'))"),
            ("text", "c", "C", "'primary' != ${edu}"),
            header=("type", "name", "label", "relevant"),
        ),
        choices=choices,
    )
    expressions = [now for code, _, _, _, now in told(found) if code == "repair.value_follows"]
    assert expressions == [
        "(${edu} = 'primary' or ${edu} = 'primary_2') or ${edu} = 'none'",
        "not(selected(${edu}, 'primary') or selected(${edu}, 'primary_2'))",
        "'primary' != ${edu} and 'primary_2' != ${edu}",
    ]
    assert found.report.is_usable


def test_a_choice_asked_for_in_a_way_that_is_not_understood_is_left_and_named() -> None:
    choices = (("list_name", "name", "label"), ("l", "x", "One"), ("l", "x", "Two"))
    found = repaired(
        survey=survey(
            ("select_one l", "a", "A", ""),
            ("calculate", "b", "", "if(contains(${a}, 'x'), 1, 2)"),
            header=("type", "name", "label", "calculation"),
        ),
        choices=choices,
    )
    assert told(found) == []
    assert [problem.code for problem in found.report.errors] == ["form.choice_twice"]


def test_choices_that_a_filter_keeps_apart_may_have_the_same_name() -> None:
    choices = (
        ("list_name", "name", "label", "Province"),
        ("province", "p1", "P1", ""),
        ("province", "p2", "P2", ""),
        ("town", "x", "Centre", "p1"),
        ("town", "x", "Centre", "p2"),
    )
    found = repaired(
        survey=survey(
            ("select_one province", "province", "P", ""),
            ("select_one town", "town", "T", "province = ${province}"),
            header=("type", "name", "label", "choice_filter"),
        ),
        choices=choices,
    )
    assert told(found) == [
        ("repair.filter_column", "choices", 1, "Province", "province"),
        ("repair.choices_may_repeat", "settings", 2, "", "yes"),
    ]
    assert found.report.is_usable


def test_a_filter_and_its_column_get_one_spelling() -> None:
    header = ("type", "name", "label", "choice_filter")
    rows = (
        ("select_one town", "a", "A", ""),
        ("select_one town", "b", "B", "region = ${a}"),
        ("select_one town", "c", "C", "REGION = ${a} and name != ${b}"),
    )
    found = repaired(
        survey=survey(*rows, header=header),
        choices=(("list_name", "name", "label", "Region"), ("town", "x", "X", "x"), ("town", "y", "Y", "x")),
    )
    assert [(change.was, change.now) for change in found.changes] == [
        ("region = ${a}", "Region = ${a}"),
        ("REGION = ${a} and name != ${b}", "Region = ${a} and name != ${b}"),
    ]


def test_a_value_is_spelled_as_the_choice_that_is_offered() -> None:
    header = ("type", "name", "label", "relevant")
    changes, found = one_cell(
        header,
        ("select_one yes_no", "a", "A", ""),
        ("text", "b", "B", "${a} = 'Yes' or selected(${a}, 'NO')"),
        ("text", "c", "C", "${a} = 'perhaps'"),
    )
    assert changes == [
        ("${a} = 'Yes' or selected(${a}, 'NO')", "${a} = 'yes' or selected(${a}, 'no')"),
    ]
    assert "form.value_not_offered" in {problem.code for problem in found.report.problems}


def test_a_variable_that_was_renamed_in_one_place_is_found() -> None:
    header = ("type", "name", "label", "relevant")
    changes, found = one_cell(
        header,
        ("integer", "age_years", "Age", ""),
        ("select_one yes_no", "is_pregnant", "Pregnant", ""),
        ("integer", "num_children", "Number", ""),
        ("text", "a", "A", "${age} > 5"),
        ("text", "b", "B", "${pregnant} = 'yes'"),
        ("text", "c", "C", "${Num_Children} > 1 and ${nmu_children} < 9"),
    )
    assert changes == [
        ("${age} > 5", "${age_years} > 5"),
        ("${pregnant} = 'yes'", "${is_pregnant} = 'yes'"),
        ("${Num_Children} > 1 and ${nmu_children} < 9", "${num_children} > 1 and ${num_children} < 9"),
    ]
    assert found.report.is_usable


@pytest.mark.parametrize("expression", ["${q11} = 1", "${nothing_like_it} = 1", "${kind} = 'yes'"])
def test_a_reference_is_not_guessed(expression: str) -> None:
    header = ("type", "name", "label", "relevant")
    rows = (
        ("text", "q1", "Q1", ""),
        ("text", "q2", "Q2", ""),
        ("text", "kind_of_work", "K", ""),
        ("text", "kind_of_help", "K", ""),
        ("text", "last", "L", expression),
    )
    changes, found = one_cell(header, *rows)
    assert changes == []
    assert {problem.row for problem in found.report.errors} == {6}


def test_a_question_that_does_not_offer_the_value_is_not_the_one_that_was_meant() -> None:
    header = ("type", "name", "label", "relevant")
    changes, _ = one_cell(
        header,
        ("select_one yes_no", "alone_now", "Alone?", ""),
        ("select_one place", "alone_not", "Where?", ""),
        ("text", "b", "B", "${alone_no} = 'camp'"),
        choices=(*CHOICES, ("place", "camp", "Camp"), ("place", "town", "Town")),
    )
    assert changes == [("${alone_no} = 'camp'", "${alone_not} = 'camp'")]


def test_doubled_names_are_parted_only_when_every_reference_tells_whom_it_means() -> None:
    header = ("type", "name", "label", "relevant")
    changes, found = one_cell(
        header,
        ("text", "x", "X", ""),
        ("text", "x", "Another", ""),
        ("text", "x", "X", ""),
        ("begin_group", "g1", "G", ""),
        ("text", "y", "Y", ""),
        ("end_group", "", "", ""),
        ("begin_group", "g2", "G", ""),
        ("text", "y", "Y", ""),
        ("text", "z", "Z", "${y} = 'a'"),
        ("end_group", "", "", ""),
    )
    assert changes == [
        ("x", "x_2"),
        ("text | x | X", ""),
        ("y", "y_2"),
        ("${y} = 'a'", "${y_2} = 'a'"),
    ]
    assert found.report.is_usable
    changes, found = one_cell(
        header, ("text", "x", "One", ""), ("text", "x", "Two", ""), ("text", "z", "Z", "${x} = 'a'")
    )
    assert changes == []
    assert "form.name_twice" in {problem.code for problem in found.report.errors}
