"""Reads the sheets as their author would, and names everything that is wrong at once.

The converter stops at its first error and knows little of rows; an author with twelve mistakes would come
back twelve times. What is found here is found before it, all together.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from fieldkit.forms.columns import KNOWN, SHEETS, TEXT_PARTS, Table, nearest
from fieldkit.forms.problems import Problem, error, warning
from fieldkit.forms.survey_checks import check_survey
from fieldkit.forms.workbook import Sheet

_NEEDED: Final = {"survey": ("type", "name", "label"), "choices": ("list_name", "name")}
_PREFIX: Final = re.compile(r"::([\w.-]+):")
PREFIXES: Final = frozenset(
    {"h", "ev", "xsd", "jr", "orx", "odk", "entities", "fk"}
)  # declared in every form
_YES: Final = frozenset({"yes", "true", "true()"})


def check_sheets(sheets: Sequence[Sheet], types: Mapping[str, bool]) -> tuple[Problem, ...]:
    """Every problem that can be seen in the sheets.

    `types` are the question types that the converter knows, and whether people see a question of the type.
    """
    tables = {table.kind: table for table in map(Table, sheets) if table.kind in SHEETS}
    if "survey" not in tables:
        return (_no_survey(sheets),)
    problems = [problem for table in tables.values() for problem in _headers(table)]
    if any(problem.is_error for problem in problems):
        return tuple(problems)  # rows under wrong columns would only give problems that are none
    settings, choices = tables.get("settings"), tables.get("choices")
    problems += _settings(settings, tables["survey"])
    problems += _namespaces(settings, tables["survey"])
    problems += _choices(choices, settings, _multiple_lists(tables["survey"])) if choices else ()
    problems += check_survey(tables, types)
    return tuple(problems)


def _no_survey(sheets: Sequence[Sheet]) -> Problem:
    names = tuple(sheet.name for sheet in sheets)
    similar = nearest("survey", names)
    if similar:
        return error("form.survey_sheet_misspelled", sheet=similar)
    return error("form.survey_sheet_missing", found=", ".join(names) or "-")


def _headers(table: Table) -> Iterator[Problem]:
    place: dict[str, Any] = {"sheet": table.sheet.name, "row": table.sheet.header_row}
    if not any(table.sheet.header):
        if table.sheet.rows:
            yield error("form.header_missing", **place)
        elif table.kind == "survey":
            yield error("form.survey_empty", **place)
        return
    yield from _doubled_columns(table)
    yield from _unknown_columns(table)
    if not table.sheet.rows and table.kind != "survey":
        return
    needed = _NEEDED.get(table.kind, ())
    for part in needed:
        if not table.has(part):
            yield error("form.column_missing", column=part, **place)


def _doubled_columns(table: Table) -> Iterator[Problem]:
    seen: dict[tuple[str, str | None], str] = {}
    for column in table.columns:
        meaning = (column.part, column.language)
        if meaning in seen:
            # Many forms in use carry both names of the form's id; the converter takes one of them.
            make, code = (
                (warning, "form.id_twice") if column.part == "form_id" else (error, "form.column_twice")
            )
            place = {"sheet": table.sheet.name, "column": column.header}
            yield make(code, row=table.sheet.header_row, other=seen[meaning], **place)
        seen[meaning] = column.header


def _unknown_columns(table: Table) -> Iterator[Problem]:
    # Columns of choices are free (filters read them), so only what every list needs is looked for there.
    known = (
        frozenset({"list_name", "label"}) if table.kind == "choices" else KNOWN.get(table.kind, frozenset())
    )
    for column in table.columns:
        if column.part in KNOWN.get(table.kind, ()) or "::" in column.part:
            continue
        meant = nearest(column.part, known)
        if meant and not table.has(meant):
            place = {"sheet": table.sheet.name, "column": column.header}
            yield warning("form.column_misspelled", row=table.sheet.header_row, meant=meant, **place)


def _settings(settings: Table | None, survey: Table) -> Iterator[Problem]:
    row = settings.sheet.rows[0] if settings and settings.sheet.rows else None
    if settings is None or row is None:
        yield warning("form.id_missing", sheet="settings", row=2, column="form_id")
        return
    sheet = settings.sheet.name
    if not settings.get(row, "form_id"):
        yield warning("form.id_missing", sheet=sheet, row=row.number, column="form_id")
    if settings.get(row, "public_key"):
        yield error("form.public_key", sheet=sheet, row=row.number, column=settings.header("public_key"))
    yield from _default_language(settings, survey)


def _namespaces(settings: Table | None, survey: Table) -> Iterator[Problem]:
    """Columns such as `bind::oc:briefdescription`: without a namespace the converter writes broken XML."""
    row = settings.sheet.rows[0] if settings and settings.sheet.rows else None
    declared = settings.get(row, "namespaces") if settings and row else ""
    for column in survey.columns:
        match = _PREFIX.search(column.part)
        if match and match[1] not in PREFIXES and f"{match[1]}=" not in declared:
            place = {"sheet": survey.sheet.name, "column": column.header}
            yield error("form.namespace_missing", row=survey.sheet.header_row, prefix=match[1], **place)


def _default_language(settings: Table, survey: Table) -> Iterator[Problem]:
    row = settings.sheet.rows[0]
    default = settings.get(row, "default_language")
    languages = {
        column.language for column in survey.columns if column.part in TEXT_PARTS and column.language
    }
    if default and languages and default not in languages:
        yield warning(
            "form.default_language_unknown",
            sheet=settings.sheet.name,
            row=row.number,
            column=settings.header("default_language"),
            value=default,
            known=", ".join(sorted(languages)),
        )


def _multiple_lists(survey: Table) -> frozenset[str]:
    words = (survey.get(row, "type").split() for row in survey.sheet.rows)
    return frozenset(parts[1] for parts in words if len(parts) > 1 and parts[0] == "select_multiple")


def _choices(choices: Table, settings: Table | None, multiple: frozenset[str]) -> Iterator[Problem]:
    first_row: dict[tuple[str, str], int] = {}
    may_repeat = _may_repeat(settings)
    for row in choices.sheet.rows:
        list_name, name = choices.get(row, "list_name"), choices.get(row, "name")
        at = _place(choices, row.number)
        if not list_name and not name:
            if choices.says(row, ("label",)):
                yield at(warning, "form.choice_without_list", "list_name")
            continue
        if not list_name:
            yield at(warning, "form.choice_without_list", "list_name")
            continue
        if not name:
            yield at(error, "form.choice_without_name", "name", list=list_name)
            continue
        if not choices.says(row, ("label", "image", "audio", "video", "big-image")):
            yield at(warning, "form.choice_without_label", "label", list=list_name, name=name)
        if " " in name and list_name in multiple:
            yield at(error, "form.choice_name_with_space", "name", list=list_name, name=name)
        key = (list_name, name)
        if key in first_row and not may_repeat:
            yield at(error, "form.choice_twice", "name", list=list_name, name=name, first=first_row[key])
        first_row.setdefault(key, row.number)


def _may_repeat(settings: Table | None) -> bool:
    if settings is None or not settings.sheet.rows:
        return False
    return settings.get(settings.sheet.rows[0], "allow_choice_duplicates").lower() in _YES


def _place(table: Table, row: int) -> Callable[..., Problem]:
    def at(make: Callable[..., Problem], code: str, part: str, **data: str | int) -> Problem:
        return make(code, sheet=table.sheet.name, row=row, column=table.header(part), **data)

    return at
