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
        *(f"{_place(problem, words)}{sentence(problem.as_error(), words)}" for problem in report.problems),
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


def _place(problem: Problem, words: Words) -> str:
    parts = [
        problem.sheet or "",
        words.say("row {row}", row=problem.row) if problem.row else "",
        problem.column or "",
    ]
    if not problem.row and "path" in problem.data:
        parts.append(str(problem.data["path"]))
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
