"""Where the parts of a converted form stood in its sheets, so that a later check can still name the row."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from fieldkit.forms.columns import Table
from fieldkit.forms.workbook import Row, Sheet

ROOT_NAME: Final = "data"  # what the converter calls the root when the settings do not name it


@dataclass(frozen=True, slots=True)
class Places:
    """Rows by path (`/data/family/name`) and by choice (`list/name`); columns as the author wrote them.

    Empty for a form that never was a spreadsheet.
    """

    sheets: Mapping[str, str] = field(default_factory=dict)
    questions: Mapping[str, int] = field(default_factory=dict)
    choices: Mapping[str, int] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Plain dictionaries; `Places(**...)` makes it again."""
        return asdict(self)

    def question(self, path: str, part: str | None = None) -> dict[str, Any]:
        """Sheet, row and column of a question's part, for `problems.error`; its path when none is known."""
        row = self.questions.get(path)
        if row is None:
            return {"path": path}
        column = self.headers.get(f"survey/{part}", part) if part else None
        return {"sheet": self.sheets.get("survey"), "row": row, "column": column, "path": path}

    def choice(self, list_name: str, name: str, part: str = "label") -> dict[str, Any]:
        """The same for a choice of a list."""
        path = f"{list_name}/{name}"
        row = self.choices.get(path)
        if row is None:
            return {"path": path}
        column = self.headers.get(f"choices/{part}", part)
        return {"sheet": self.sheets.get("choices"), "row": row, "column": column, "path": path}

    def item(self, text_id: str) -> dict[str, Any]:
        """The place of a choice by the id the converter gives its text: the list and a number from 0."""
        list_name, _, number = text_id.rpartition("-")
        names = [key for key in self.choices if key.startswith(f"{list_name}/")]
        if number.isdigit() and int(number) < len(names):
            return self.choice(list_name, names[int(number)].partition("/")[2])
        return {"path": text_id}


def places_of(sheets: Sequence[Sheet]) -> Places:
    """The places of everything in checked sheets."""
    tables = {table.kind: table for table in map(Table, sheets)}
    headers = {
        f"{kind}/{column.part}": column.header for kind, t in tables.items() for column in t.columns[::-1]
    }
    names = {kind: table.sheet.name for kind, table in tables.items()}
    questions = _questions(tables["survey"], _root(tables.get("settings"))) if "survey" in tables else {}
    return Places(names, questions, _choices(tables.get("choices")), headers)


def _root(settings: Table | None) -> str:
    rows = settings.sheet.rows if settings else ()
    return (settings.get(rows[0], "name") if settings and rows else "") or ROOT_NAME


def path_of_rows(survey: Table) -> Iterator[tuple[tuple[str, ...], Row]]:
    """Every named row of a checked survey sheet with its path below the form's root."""
    groups: list[str] = []
    for row in survey.sheet.rows:
        kind, name = survey.get(row, "type").lower(), survey.get(row, "name")
        if kind.startswith(("end ", "end_")):
            del groups[-1:]
            continue
        if name:
            yield (*groups, name), row
        if kind.startswith(("begin ", "begin_")):
            groups.append(name)


def _questions(survey: Table, root: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for path, row in path_of_rows(survey):
        found.setdefault("/" + "/".join((root, *path)), row.number)
    return found


def _choices(choices: Table | None) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in choices.sheet.rows if choices else ():
        if choices:
            found.setdefault(f"{choices.get(row, 'list_name')}/{choices.get(row, 'name')}", row.number)
    return found
