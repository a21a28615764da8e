"""Reads a script: a markdown table, a CSV file, or a sheet of a workbook."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import Final

from fieldkit.forms.authoring import READ, TIME_LIMIT, ask_child
from fieldkit.forms.columns import nearest
from fieldkit.forms.problems import FormFault, Problem, error
from fieldkit.forms.scripted import ALSO, NEEDS_VALUE, WITHOUT_QUESTION, Do, Step
from fieldkit.forms.workbook import kind_of, measure_workbook

Line = tuple[int, Sequence[str]]

_COLUMNS: Final = {
    "do": ("do", "step", "action"),
    "question": ("question", "name", "field"),
    "value": ("value", "answer", "expected"),
    "note": ("note", "notes", "remark", "comment"),
}
_SPLIT: Final = re.compile(r"(?<!\\)\|")
_RULE: Final = re.compile(r"\s*:?-{2,}:?\s*")
_HEADING: Final = re.compile(r"#{1,6}\s+(.*\S)\s*")
_SAMPLE: Final = 4_096
MAX_STEPS: Final = 20_000


def read_script(content: bytes, name: str, *, seconds: float = TIME_LIMIT) -> tuple[Step, ...]:
    """The steps of a script. Raises FormFault with every row that cannot be understood."""
    lower = name.lower()
    if content.startswith(b"PK"):
        lines = _workbook(content, name, seconds)
    elif lower.endswith((".md", ".markdown", ".txt")):
        lines = list(_markdown(_text(content)))
    elif lower.endswith((".csv", ".tsv")):
        lines = list(_csv(_text(content)))
    else:
        kind_of(content, name)  # says what is wrong with old workbooks and empty files
        raise FormFault([error("script.file_unknown")])
    return _steps(lines)


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise FormFault([error("form.file_encoding")]) from fault


def _workbook(content: bytes, name: str, seconds: float) -> list[Line]:
    measure_workbook(content)
    reply = ask_child(READ, name, content, seconds)
    if reply["problems"]:
        raise FormFault([error("form.file_no_workbook")])
    sheets = reply["sheets"]
    words = _COLUMNS["do"]
    found = next((one for one in sheets if any(_plain(text) in words for text in one[0][1])), sheets[0])
    return [(number, cells) for number, cells in found]


def _csv(text: str) -> Iterator[Line]:
    sample = text[:_SAMPLE]
    separator = max(",;\t", key=sample.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    for cells in reader:
        yield reader.line_num, cells


def _markdown(text: str) -> Iterator[Line]:
    """The rows of all tables; a heading before a table is the step that begins an interview."""
    heading = ""
    for number, line in enumerate(text.splitlines(), start=1):
        said = _HEADING.fullmatch(line.strip())
        if said:
            heading = said[1]
        elif line.strip().startswith("|"):
            cells = [cell.strip().replace(r"\|", "|") for cell in _SPLIT.split(line.strip().strip("|"))]
            if all(_RULE.fullmatch(cell) for cell in cells):
                continue
            yield number, cells
            if heading and _plain(cells[0]) in _COLUMNS["do"]:
                yield number, ("interview", heading, "", "")
                heading = ""


def _plain(text: str) -> str:
    return " ".join(text.replace("_", " ").replace("*", "").replace("`", "").split()).lower()


def _steps(lines: Sequence[Line]) -> tuple[Step, ...]:
    header: dict[str, int] = {}
    found: list[Step] = []
    problems: list[Problem] = []
    for number, cells in lines[:MAX_STEPS]:
        named = _header(cells)
        if "do" in named and "question" in named:
            header = named
        elif header:
            _step(number, cells, header, found, problems)
    if not header:
        raise FormFault([error("script.columns_missing")])
    if problems:
        raise FormFault(problems)
    if not any(step.do is not Do.INTERVIEW for step in found):
        raise FormFault([error("script.no_steps")])
    return tuple(found)


def _header(cells: Sequence[str]) -> dict[str, int]:
    return {
        column: index
        for index, cell in enumerate(cells)
        for column, words in _COLUMNS.items()
        if _plain(cell) in words
    }


def _step(
    row: int, cells: Sequence[str], header: dict[str, int], found: list[Step], problems: list[Problem]
) -> None:
    def cell(column: str) -> str:
        index = header.get(column, -1)
        return cells[index].strip().strip("`") if 0 <= index < len(cells) else ""

    said = _plain(cell("do"))
    if not said or said.startswith("#"):
        return
    do = next((one for one in Do if one.value == said), None) or ALSO.get(said)
    if do is None:
        meant = nearest(said, tuple(one.value for one in Do))
        code = "script.step_unknown_meant" if meant else "script.step_unknown"
        problems.append(error(code, row=row, step=said, meant=meant or ""))
        return
    step = Step(row, do, cell("question"), cell("value"), cell("note"))
    if not step.question and do not in WITHOUT_QUESTION:
        problems.append(error("script.question_missing", row=row, step=do.value))
    elif not step.value and do in NEEDS_VALUE:
        problems.append(error("script.value_missing", row=row, step=do.value))
    else:
        found.append(step)
