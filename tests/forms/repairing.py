"""Messy forms for the tests of repairs, and what was changed in them."""

from fieldkit.forms.repaired import Repaired, repair_form
from tests.forms.xlsforms import CHOICES, SETTINGS, SURVEY, Rows, survey, xlsx


def repaired(**sheets: Rows | None) -> Repaired:
    return repair_form(xlsx(**sheets), "form.xlsx")


def told(found: Repaired) -> list[tuple[str, str, int, str, str]]:
    return [(change.code, change.sheet, change.row, change.was, change.now) for change in found.changes]


def one_cell(
    header: tuple[str, ...], *rows: tuple[str, ...], choices: Rows = CHOICES
) -> tuple[list[tuple[str, str]], Repaired]:
    found = repaired(survey=survey(*rows, header=header), choices=choices)
    return [(change.was, change.now) for change in found.changes], found


SHEET_FAULTS: dict[str, tuple[dict[str, Rows | None], list[str]]] = {
    "header below a title": (
        {"survey": (("Household survey 2019",), (), *SURVEY)},
        ["repair.header_row"],
    ),
    "sheets in other names": (
        {"survey": None, "choices": None, "settings": None, "Surveys": SURVEY, "Choice": CHOICES}
        | {"Setting": SETTINGS},
        ["repair.sheet_name"] * 3,
    ),
    "no settings": ({"settings": None}, ["repair.form_id_missing"]),
    "a column twice": (
        {"survey": (("type", "name", "label", "label", "mine", "mine"), ("text", "a", "A", "", "1", "2"))},
        ["repair.column_spare", "repair.column_twice"],
    ),
    "one language in three spellings": (
        {
            "survey": (("type", "name", "label::English (en)", "hint::english"), ("text", "a", "A", "B")),
            "choices": (("list_name", "name", "label::English"), ("yes_no", "yes", "Yes")),
        },
        ["repair.language", "repair.language"],
    ),
    "choices without a name": (
        {"choices": (("list_name", "name", "label"), ("yes_no", "", "Oui bien sûr"))},
        ["repair.choice_name_missing"],
    ),
    "a question that says nothing": (
        {"survey": survey(("text", "a", ""))},
        ["repair.label_missing"],
    ),
    "an error of the spreadsheet in a remark": (
        {"survey": (("type", "name", "label", "mine"), ("text", "a", "A", "#REF!"))},
        ["repair.cell_error"],
    ),
    "the audit with a name": ({"survey": survey(("audit", "log", ""))}, ["repair.name_reserved"]),
    "names kept for something else": (
        {"survey": survey(("text", "meta", "M"), ("begin_repeat", "data", "R"), ("end_repeat", "", ""))},
        ["repair.name_reserved", "repair.name_reserved"],
    ),
    "a group without a name": (
        {"survey": survey(("begin_group", "", ""), ("text", "a", "A"), ("end_group", "", ""))},
        ["repair.name_missing"],
    ),
    "columns of another server": (
        {"survey": (("type", "name", "label", "bind::esri:fieldType"), ("text", "a", "A", "null"))},
        ["repair.namespace"],
    ),
    "parameters with spaces": (
        {"survey": (("type", "name", "label", "parameters"), ("range", "a", "A", "start = 1; end = 5"))},
        ["repair.parameters"],
    ),
    "lists spelled in two ways": (
        {"choices": (*CHOICES, ("Yes No", "maybe", "Maybe"))},
        ["repair.list_name"],
    ),
    "scores of KoBo": (
        {
            "survey": (
                ("type", "name", "label", "kobo--score-choices"),
                ("begin_score", "s", "How?", "yes_no"),
                ("score__row", "food", "Food"),
                ("end_score",),
            )
        },
        ["repair.kobo"] * 4,
    ),
}
