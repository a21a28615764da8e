"""The sheets of a built-in form, written as markdown tables so that a change can be read and reviewed.

A sheet begins with a heading that is its name (`## survey`); its table follows, the first line the header.
The older way, in which the name stands alone in the first column (`| survey |`), is read too. Inside a cell
`\\|` stands for `|` and `<br>` for a new line. All other text is a remark. A row's number is its line in the
file.
"""

import re
from collections.abc import Sequence
from typing import Final

from fieldkit.forms.columns import SHEETS
from fieldkit.forms.problems import FormFault, error
from fieldkit.forms.workbook import Row, Sheet

_HEADING: Final = re.compile(r"#{1,6}\s+`?(\w+)`?\s*$")
_SPLIT: Final = re.compile(r"(?<!\\)\|")
_RULE: Final = re.compile(r":?-{1,}:?")
_BREAK: Final = re.compile(r"<br\s*/?>")


class _Draft:
    def __init__(self, name: str, shifted: bool) -> None:
        self.name = name
        self.shifted = shifted  # the first column is the sheet's name
        self.header: tuple[str, ...] | None = None
        self.header_row = 1
        self.rows: list[Row] = []

    def take(self, number: int, cells: Sequence[str]) -> None:
        line = tuple(cells[1:] if self.shifted else cells)
        if self.header is None:
            self.header, self.header_row = line, number
        elif any(line):
            self.rows.append(Row(number, line))


def parse(content: bytes) -> tuple[Sheet, ...]:
    """The sheets in markdown tables. Raises FormFault when it is not UTF-8 or holds no table."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise FormFault([error("form.file_encoding")]) from fault
    drafts: list[_Draft] = []
    for number, line in enumerate(text.splitlines(), start=1):
        _read_line(drafts, number, line.strip())
    if not drafts:
        raise FormFault([error("form.file_no_tables")])
    return tuple(Sheet(d.name, d.header or (), tuple(d.rows), d.header_row) for d in drafts)


def _read_line(drafts: list[_Draft], number: int, line: str) -> None:
    heading = _HEADING.match(line)
    if heading and heading[1].lower() in SHEETS:
        drafts.append(_Draft(heading[1].lower(), shifted=False))
        return
    if not line.startswith("|"):
        return
    cells = [_cell(part) for part in _SPLIT.split(line.removeprefix("|").removesuffix("|"))]
    if all(_RULE.fullmatch(text) for text in cells if text) and any(cells):
        return
    if cells[0].lower() in SHEETS and not any(cells[1:]):
        drafts.append(_Draft(cells[0].lower(), shifted=True))
    elif drafts:
        drafts[-1].take(number, cells)


def _cell(text: str) -> str:
    return _BREAK.sub("\n", text.strip().replace(r"\|", "|"))


def write(sheets: Sequence[Sheet]) -> str:
    """The same sheets as markdown tables, in the way of headings."""
    parts = []
    for sheet in sheets:
        lines = [f"## {sheet.name}", "", _line(sheet.header), _line(["---"] * len(sheet.header))]
        lines += [_line((*row.cells, *[""] * (len(sheet.header) - len(row.cells)))) for row in sheet.rows]
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(text.replace("|", r"\|").replace("\n", "<br>") for text in cells) + " |"
