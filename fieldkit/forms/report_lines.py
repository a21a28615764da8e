"""A check's report as lines for people and as data for scripts (`form check`, `form check --json`)."""

from collections.abc import Callable
from typing import Protocol

from fieldkit.domain.errors import FieldkitError
from fieldkit.domain.ports import JsonObject
from fieldkit.forms.checks import Report
from fieldkit.forms.problems import Problem


class Words(Protocol):
    """The sentences of a language (`languages/catalogues`)."""

    def say(self, text: str, /, **data: str | int) -> str:
        """`text` in the language, its placeholders filled."""
        ...


Say = Callable[[FieldkitError], str]
"""From a code with data to a sentence in somebody's language (`languages/messages`)."""


def check_report_lines(report: Report, words: Words, say: Say) -> tuple[str, ...]:
    """One line for the form and one for each problem, errors first: place, then sentence with remedy."""
    head = (
        words.say(
            "{title}: {count} questions. The form can be used.", title=_title(report), count=report.questions
        )
        if report.is_usable
        else words.say("The form cannot be used yet. Nothing was changed.")
    )
    return (head, *(f"{_place(problem, words)}{say(problem.as_error())}" for problem in report.problems))


def check_report_json(report: Report, say: Say) -> JsonObject:
    """The same as data; `sentence` is in the language of `say`."""
    return {
        "usable": report.is_usable,
        "form": report.form_id,
        "version": report.version,
        "title": report.title,
        "languages": report.languages,
        "questions": report.questions,
        "problems": tuple(_item(problem, say) for problem in report.problems),
    }


def _title(report: Report) -> str:
    return report.title or report.form_id


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


def _item(problem: Problem, say: Say) -> JsonObject:
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "data": dict(problem.data),
        "sentence": say(problem.as_error()),
    }
