"""Reads the tables of content: CSV, UTF-8, strict, with a fault that names file, row and column.

1. The header is exactly the columns expected, in their order; every row has as many cells.
2. A cell that must not be empty is not; a key stands once.
3. Rows are counted as a spreadsheet counts them: the header is row 1.
4. A name that points to another table points to something that is there.
"""

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from fieldkit.content.faults import ContentFault
from fieldkit.domain.shelf import Folder, Shelf
from fieldkit.files import read_bounded

KEPT_CHARACTERS = 128 * 1024
"""Tables up to this length are kept as rows while their text is the same: content is read again by every screen."""

MAX_BYTES = 4 * 1024 * 1024
"""Far above any table shipped (the longest has 20 KB); a pack from outside must not fill the memory."""

_HOURS = re.compile(r"(?P<count>[0-9]{1,5}) ?(?P<unit>[hd]?)")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its cells by column, and where it stands."""

    file: str
    number: int
    cells: Mapping[str, str]

    def text(self, column: str) -> str:
        """The cell, without spaces around it; it may be empty."""
        return self.cells[column]

    def needed(self, column: str) -> str:
        """The cell, which must not be empty. Raises ContentFault `content.empty_cell`."""
        if not self.cells[column]:
            raise self.fault("content.empty_cell", column)
        return self.cells[column]

    def names(self, column: str, known: Collection[str]) -> tuple[str, ...]:
        """The words of a cell, each of them in `known`. Raises ContentFault `content.unknown_name`."""
        words = tuple(self.cells[column].split())
        for word in words:
            self._demand_known(column, word, known)
        return words

    def name(self, column: str, known: Collection[str]) -> str:
        """A cell that is one of `known`. Raises ContentFault."""
        word = self.needed(column)
        self._demand_known(column, word, known)
        return word

    def number_or_none(self, column: str) -> int | None:
        """A whole number from 0, or None when the cell is empty. Raises ContentFault `content.bad_number`."""
        cell = self.cells[column]
        if cell and not (cell.isascii() and cell.isdigit()):
            raise self.fault("content.bad_number", column, value=cell)
        return int(cell) if cell else None

    def hours_or_none(self, column: str) -> int | None:
        """A time within which something is done, in hours; written as `48`, `48 h` or `3 d`, None when the cell is
        empty. Raises ContentFault `content.bad_hours`."""
        cell = self.cells[column]
        found = _HOURS.fullmatch(cell)
        if cell and found is None:
            raise self.fault("content.bad_hours", column, value=cell)
        return int(found["count"]) * (24 if found["unit"] == "d" else 1) if found else None

    def day_or_none(self, column: str) -> date | None:
        """An ISO date, or None when the cell is empty. Raises ContentFault `content.bad_date`."""
        cell = self.cells[column]
        try:
            return date.fromisoformat(cell) if cell else None
        except ValueError as fault:
            raise self.fault("content.bad_date", column, value=cell) from fault

    def yes(self, column: str) -> bool:
        """Whether the cell says yes; empty means no. Raises ContentFault `content.unknown_name`."""
        if self.cells[column]:
            self._demand_known(column, self.cells[column], ("yes", "no"))
        return self.cells[column] == "yes"

    def fault(self, code: str, column: str, **data: str | int) -> ContentFault:
        """A fault that names this row."""
        return ContentFault(code, file=self.file, row=self.number, column=column, **data)

    def _demand_known(self, column: str, word: str, known: Collection[str]) -> None:
        if word not in known:
            raise self.fault("content.unknown_name", column, value=word)


def read_table(path: Folder, columns: tuple[str, ...], key: tuple[str, ...] = ()) -> tuple[Row, ...]:
    """All rows of a table; the cells of `key` together stand once. Raises ContentFault."""
    return parse_table(read_text(path), path.name, columns, key)


def parse_table(text: str, file: str, columns: tuple[str, ...], key: tuple[str, ...] = ()) -> tuple[Row, ...]:
    """The same of a text already in memory. Raises ContentFault."""
    return (_parsed if len(text) <= KEPT_CHARACTERS else _parse)(text, file, columns, key)


def _parse(text: str, file: str, columns: tuple[str, ...], key: tuple[str, ...]) -> tuple[Row, ...]:
    lines = _lines(text, file)
    _, header = next(lines, (1, []))
    if tuple(header) != columns:
        raise ContentFault(
            "content.columns", file=file, row=1, expected=",".join(columns), found=",".join(header)
        )
    rows = tuple(_row(file, number, cells, columns) for number, cells in lines if any(cells))
    _demand_keys_once(rows, key)
    return rows


_parsed = lru_cache(maxsize=64)(_parse)


def read_text(path: Folder) -> str:
    """A file of content as text with plain line ends. Raises ContentFault when it cannot be had."""
    content = path.held() if isinstance(path, Shelf) else None
    if content is None:
        content = _shipped(path.beneath if isinstance(path, Shelf) else path)
    if len(content) > MAX_BYTES:
        raise ContentFault("content.too_long", file=path.name)
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as fault:
        raise ContentFault("content.not_text", file=path.name) from fault


def _shipped(path: Path) -> bytes:
    try:
        content = read_bounded(path, MAX_BYTES)
    except OSError as fault:
        raise ContentFault("content.missing_file", file=path.name) from fault
    if content is None:
        code = "content.too_long" if path.is_file() else "content.missing_file"
        raise ContentFault(code, file=path.name)
    return content


def _lines(text: str, file: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, [cell.strip() for cell in cells]
    except csv.Error as fault:
        raise ContentFault("content.bad_row", file=file, row=number + 1) from fault


def _row(file: str, number: int, cells: list[str], columns: tuple[str, ...]) -> Row:
    if len(cells) != len(columns):
        raise ContentFault(
            "content.row_length", file=file, row=number, expected=len(columns), found=len(cells)
        )
    return Row(file, number, dict(zip(columns, cells, strict=True)))


def _demand_keys_once(rows: tuple[Row, ...], key: tuple[str, ...]) -> None:
    seen: dict[tuple[str, ...], int] = {}
    for row in rows if key else ():
        value = tuple(row.needed(column) for column in key)
        if value in seen:
            raise row.fault("content.duplicate", key[-1], value="/".join(value), first=seen[value])
        seen[value] = row.number
