"""Every text of a built-in form with the context under which it is translated.

1. A question's text has the context `form/path/part` (`screening/family/name/label`), a choice's
   `screening/choices/list/name/label`, the form's title `screening/title`.
2. Choices of a codebook list are translated once for all forms: their context is `list/<list>/<name>` and
   their catalogue is `codebook`.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fieldkit.forms import markdown_tables
from fieldkit.forms.columns import TEXT_PARTS, Table, cell
from fieldkit.forms.places import path_of_rows
from fieldkit.forms.workbook import Sheet

FORMS: Final = "forms"
CODEBOOK: Final = "codebook"
_CRITICAL: Final = "bind::fk:critical"


@dataclass(frozen=True, slots=True)
class FormText:
    """One text: the cell it stands in, its key inside the form, and where its translations are found."""

    sheet: str
    row: int
    part: str
    key: str
    domain: str
    context: str
    text: str
    is_critical: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A built-in form as it stands in `resources/forms`: English, without languages."""

    id: str
    content: bytes
    sheets: tuple[Sheet, ...]

    def table(self, kind: str) -> Table | None:
        """The sheet of that name."""
        return next((table for table in map(Table, self.sheets) if table.kind == kind), None)

    def setting(self, part: str, otherwise: str = "") -> str:
        """A value of the settings sheet."""
        table = self.table("settings")
        rows = table.sheet.rows if table else ()
        return (table.get(rows[0], part) if table and rows else "") or otherwise


def read_sources(resources: Path) -> tuple[Source, ...]:
    """All built-in forms, by name. Raises FormFault."""
    paths = sorted((resources / "forms").glob("*.md"))
    contents = {path.stem: path.read_bytes() for path in paths if path.stem != "README"}
    return tuple(Source(name, content, markdown_tables.parse(content)) for name, content in contents.items())


def codebook_choices(resources: Path) -> Mapping[tuple[str, str], str]:
    """The English label of every choice of the codebook's lists, by (list, name)."""
    path = resources / "codebook" / "lists.csv"
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {(line["list"], line["name"]): line["label"] for line in csv.DictReader(file)}


def texts_of(source: Source, codebook: Mapping[tuple[str, str], str]) -> Iterator[FormText]:
    """Every text of a form, in the order of its sheets."""
    title = source.setting("form_title")
    if title:
        yield FormText("settings", 0, "form_title", "title", FORMS, f"{source.id}/title", title)
    yield from _question_texts(source)
    yield from _choice_texts(source, codebook)


def _question_texts(source: Source) -> Iterator[FormText]:
    survey = source.table("survey")
    if survey is None:
        return
    for path, row in path_of_rows(survey):
        is_critical = survey.get(row, _CRITICAL) == "yes"
        for column in survey.columns:
            text = cell(row, column.index).strip()
            if text and column.part in TEXT_PARTS:
                key = f"{'/'.join(path)}/{column.part}"
                context = f"{source.id}/{key}"
                yield FormText("survey", row.number, column.part, key, FORMS, context, text, is_critical)


def _choice_texts(source: Source, codebook: Mapping[tuple[str, str], str]) -> Iterator[FormText]:
    choices = source.table("choices")
    for row in choices.sheet.rows if choices else ():
        if choices is None:
            return
        list_name, name, text = (choices.get(row, part) for part in ("list_name", "name", "label"))
        key = f"choices/{list_name}/{name}/label"
        if codebook.get((list_name, name)) == text:
            yield FormText("choices", row.number, "label", key, CODEBOOK, f"list/{list_name}/{name}", text)
        elif text:
            yield FormText("choices", row.number, "label", key, FORMS, f"{source.id}/{key}", text)


def extract_form_texts(resources: Path) -> list[tuple[str, str, str]]:
    """What translators are given for `forms.pot`: (context, English text, remark)."""
    codebook = codebook_choices(resources)
    found = (text for source in read_sources(resources) for text in texts_of(source, codebook))
    return [(text.context, text.text, _remark(text)) for text in found if text.domain == FORMS]


def _remark(text: FormText) -> str:
    parts: Sequence[str] = (
        "Critical sentence: a named speaker must review it." if text.is_critical else "",
        "Keep what stands in ${...} unchanged." if "${" in text.text else "",
    )
    return " ".join(part for part in parts if part)
