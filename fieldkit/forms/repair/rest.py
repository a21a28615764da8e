"""Repairs settings, parameters, labels that are missing, columns of filters, and cells with spreadsheet errors."""

import re
from typing import Final

from fieldkit.forms.columns import KNOWN
from fieldkit.forms.repair.bench import Bench, Line, Page, View
from fieldkit.forms.repair.names import fit_name
from fieldkit.forms.repair.spellings import squeezed
from fieldkit.forms.survey_checks import FILE_ENDINGS, SELECT, SHOWN
from fieldkit.forms.workbook import EXCEL_ERRORS

_WORD: Final = r"([^\W\d][\w.\-]*)"
_FILTER_WORD: Final = re.compile(
    rf"(?<![\w$.{{\-/'\"]){_WORD}(?=\s*(?:!?=|[<>]))|(?:!?=|[<>]=?)\s*{_WORD}(?![\w(\-])"
)
_PARAMETER: Final = re.compile(r"\s*=\s*")


def mend_settings(bench: Bench) -> None:
    """A settings sheet with a form_id that servers take, without spaces."""
    view = bench.view("settings")
    line = next(view.lines, None) if view else None
    if view is None or line is None:
        page = bench.page("settings") or Page("settings", [], [])
        if page not in bench.pages:
            bench.pages.append(page)
        line = Line(2, [])
        page.lines.insert(0, line)
        view = View(bench, page)
    form_id = view.get(line, "form_id")
    now = fit_id(form_id or view.get(line, "form_title") or bench.stem)
    if now != form_id:
        view.put(line, "form_id", now, "repair.form_id" if form_id else "repair.form_id_missing")
    name = view.get(line, "name")
    if name and fit_name(name) != name:
        view.put(line, "name", fit_name(name), "repair.name")


def fit_id(text: str) -> str:
    """A form_id: letters, digits, `_`, `-` and `.`."""
    return re.sub(r"[^\w.\-]+", "_", text.strip()).strip("_") or "form"


def mend_parameters(bench: Bench) -> None:
    """`start = 1 ; end = 5` as `start=1 end=5`."""
    view = bench.view("survey")
    for line in view.lines if view else ():
        text = view.get(line, "parameters") if view else ""
        if view and "=" in text:
            now = " ".join(re.split(r"[\s;,]+", _PARAMETER.sub("=", text))).strip()
            if now != text and "(" not in text:
                view.put(line, "parameters", now, "repair.parameters")


def mend_labels(bench: Bench) -> None:
    """A question that people see and that says nothing is shown with its name."""
    view = bench.view("survey")
    for line in view.lines if view else ():
        kind = view.get(line, "type") if view else ""
        shown = SELECT.fullmatch(kind) is not None or bench.types.get(kind, False)
        said = view and any(line.text(column.index).strip() for column in view.of(SHOWN))
        if view and shown and view.get(line, "name") and not said:
            view.put(line, "label", view.get(line, "name"), "repair.label_missing")


def mend_errors(bench: Bench) -> None:
    """Errors of the spreadsheet in columns and sheets that no form reads are emptied."""
    for page in bench.pages:
        kind = page.name.strip().lower()
        view = View(bench, page)
        read = {column.index for column in view.columns if column.part in KNOWN.get(kind, ())}
        if kind in ("choices", "external_choices"):
            read |= {column.index for column in view.columns}
        for line in page.lines:
            for index, text in enumerate(line.cells):
                if text in EXCEL_ERRORS and index not in read:
                    line.cells[index] = ""
                    header = page.header[index] if index < len(page.header) else str(index + 1)
                    bench.note("repair.cell_error", page, line.number, header, text, "")


def mend_filters(bench: Bench) -> None:
    """A choice_filter that asks for a column of the choices in another spelling (`Province`, `province`).

    The column gets the spelling of the filters when they all have the same; else the filters get the column's.
    """
    survey, choices = bench.view("survey"), bench.view("choices")
    if survey is None or choices is None:
        return
    own = [column for column in choices.columns if column.part not in KNOWN["choices"]]
    asked = {word for line in survey.lines for word in _asked(survey, line)}
    for column in own:
        spelled = {word for word in asked if squeezed(word) == squeezed(column.header)}
        if len(spelled) == 1 and column.header not in spelled:
            choices.rename(column, spelled.pop(), "repair.filter_column")
    choices = View(bench, choices.page)
    known = {column.header for column in choices.columns} | KNOWN["choices"]
    columns = {squeezed(name): name for name in known - KNOWN["choices"]}
    for line in survey.lines:

        def meant(found: re.Match[str]) -> str:
            word = found[1] or found[2]
            return (
                found[0].replace(word, columns.get(squeezed(word), word)) if word not in known else found[0]
            )

        if _asked(survey, line):
            survey.put(
                line,
                "choice_filter",
                _FILTER_WORD.sub(meant, survey.get(line, "choice_filter")),
                "repair.filter_column",
            )


def _asked(survey: View, line: Line) -> frozenset[str]:
    """The columns that a row's filter asks for, unless its list is a file."""
    match = SELECT.fullmatch(survey.get(line, "type"))
    if match and match["list"].lower().endswith(FILE_ENDINGS):
        return frozenset()
    return frozenset(
        found[1] or found[2] for found in _FILTER_WORD.finditer(survey.get(line, "choice_filter"))
    )
