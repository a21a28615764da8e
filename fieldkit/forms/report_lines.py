"""A check's report as lines for people and as data for scripts (`form check`, `form check --json`)."""

from fieldkit.domain.ports import JsonObject
from fieldkit.forms.checks import Report
from fieldkit.forms.problems import Problem
from fieldkit.languages.catalogues import Words
from fieldkit.languages.messages import sentence


def check_report_lines(report: Report, words: Words) -> tuple[str, ...]:
    """One line for the form and one for each problem, errors first: place, then sentence with remedy."""
    head = (
        words.count(
            "{title}: {number} question. The form can be used.",
            "{title}: {number} questions. The form can be used.",
            report.questions,
            title=report.title or report.form_id,
        )
        if report.is_usable
        else words.say("The form cannot be used yet. Nothing was changed.")
    )
    return (
        head,
        *(problem_line(problem, words) for problem in report.problems),
    )


def check_report_json(report: Report, words: Words) -> JsonObject:
    """The same as data; `sentence` is in the language of `words`."""
    return {
        "usable": report.is_usable,
        "form": report.form_id,
        "version": report.version,
        "title": report.title,
        "languages": report.languages,
        "questions": report.questions,
        "problems": tuple(_item(problem, words) for problem in report.problems),
    }


def problem_line(problem: Problem, words: Words) -> str:
    """Place, then sentence with remedy."""
    path = str(problem.data.get("path", ""))
    place = place_of(problem.sheet or "", problem.row or 0, problem.column or "", words, path)
    return f"{place}{sentence(problem.as_error(), words)}"


def place_of(sheet: str, row: int, column: str, words: Words, path: str = "") -> str:
    """`survey, row 3, name: `; the path where there is no row; empty where there is no place."""
    parts = [sheet, words.say("row {row}", row=row) if row else "", column, "" if row else path]
    said = ", ".join(part for part in parts if part)
    return f"{said}: " if said else ""


def _item(problem: Problem, words: Words) -> JsonObject:
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "data": dict(problem.data),
        "sentence": sentence(problem.as_error(), words),
    }
