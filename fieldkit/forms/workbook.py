"""Reads the sheets of an XLSForm, and refuses a file that would harm the reader.

1. Size, entries, unpacked bytes and rows are counted before anything is parsed, in bounded memory: every
   entry is unpacked in small pieces that are counted and dropped, which also finds a damaged archive.
2. XML with a document type or entities is refused: no spreadsheet program writes one.
3. Rows keep the number the spreadsheet shows; the header is row 1.
"""

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from fieldkit.forms.problems import FormFault, Problem, error

MIB: Final = 1024 * 1024
MAX_FILE_BYTES: Final = 16 * MIB
MAX_UNPACKED_BYTES: Final = 64 * MIB  # a form of 10,000 choices unpacks to 1 MiB
MAX_ENTRIES: Final = 1_000
MAX_ROWS: Final = 100_000  # all sheets together, empty rows that carry only formatting included
MAX_COLUMNS: Final = 500
EMPTY_ROWS_AT_END: Final = 1_000  # after so many empty rows a sheet is taken to have ended

_PIECE: Final = 64 * 1024
_ZIP: Final = b"PK\x03\x04"
OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED_FLAG: Final = 0x1
_ROW: Final = re.compile(rb"<(?:[\w.-]+:)?row[\s/>]")
_DECLARATIONS: Final = (b"<!DOCTYPE", b"<!ENTITY", b"<!doctype")
EXCEL_ERRORS: Final = frozenset({"#REF!", "#NAME?", "#N/A", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"})


@dataclass(frozen=True, slots=True)
class Row:
    """One row as the author sees it; `cells` stand under the header's columns and may be fewer."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name as spelled, its header, and the rows below it that hold something."""

    name: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    header_row: int = 1


def kind_of(content: bytes, name: str) -> str:
    """What a file is by its first bytes: "xlsx", "xml" or "md". Raises FormFault with what to do instead."""
    if not content:
        raise FormFault([error("form.file_empty")])
    if len(content) > MAX_FILE_BYTES:
        raise FormFault([error("form.file_too_large", limit=MAX_FILE_BYTES // MIB)])
    if content.startswith(_ZIP):
        return "xlsx"
    if content.startswith(OLE):
        encrypted = "EncryptedPackage".encode("utf-16-le") in content
        raise FormFault([error("form.file_encrypted" if encrypted else "form.file_old_excel")])
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return "xml"
    if name.lower().endswith(".md"):
        return "md"
    raise FormFault([error("form.file_unknown")])


def measure_workbook(content: bytes, max_rows: int = MAX_ROWS) -> None:
    """Count what an .xlsx would unpack to. Raises FormFault; nothing is kept in memory but one piece."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _measure_entries(archive, max_rows)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as fault:
        raise FormFault([error("form.file_damaged")]) from fault


def measure_xml(content: bytes) -> None:
    """Refuse an XML form with a document type or entities. Raises FormFault."""
    if _declares(content) or content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content[:8]:
        raise FormFault([error("form.file_unsafe")])


def read_workbook(content: bytes) -> tuple[Sheet, ...]:
    """All sheets of a measured .xlsx. Raises FormFault when it is none or a cell holds an Excel error."""
    # Loaded here: only the child process and the build read workbooks.
    from openpyxl import load_workbook  # noqa: PLC0415

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about page headers, printing and other things no form uses
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            try:
                sheets = tuple(_sheet(page.title, page) for page in book.worksheets)
            finally:
                book.close()
    except FormFault:
        raise
    except (
        Exception
    ) as fault:  # the library raises whatever its parsers raise: KeyError, ValueError, TypeError, ...
        raise FormFault([error("form.file_no_workbook")]) from fault
    broken = [problem for sheet in sheets for problem in _excel_errors(sheet)]
    if broken:
        raise FormFault(broken)
    return sheets


def _measure_entries(archive: zipfile.ZipFile, max_rows: int) -> None:
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    if len(entries) > MAX_ENTRIES:
        raise FormFault([error("form.file_too_many_entries", limit=MAX_ENTRIES)])
    if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
        raise FormFault([error("form.file_encrypted")])
    if "[Content_Types].xml" not in names:
        raise FormFault([error("form.file_no_workbook")])
    # The reader never unpacks more than the declared size, so the declared sum is already a bound.
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        raise FormFault([error("form.file_unpacks_too_large", limit=MAX_UNPACKED_BYTES // MIB)])
    rows = sum(_measure_entry(archive, entry) for entry in entries)
    if rows > max_rows:
        raise FormFault([error("form.file_too_many_rows", limit=max_rows, count=rows)])


def _measure_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> int:
    is_xml = entry.filename.lower().endswith((".xml", ".rels", ".vml"))
    is_sheet = is_xml and "worksheets/" in entry.filename
    rows = 0
    carried = b""
    with archive.open(entry) as file:
        for count, piece in enumerate(iter(lambda: file.read(_PIECE), b"")):
            if not is_xml:
                continue
            if count == 0 and (piece.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in piece[:8]):
                raise FormFault([error("form.file_unsafe")])
            whole, carried = _split_at_last_tag(carried + piece)
            rows += len(_ROW.findall(whole)) if is_sheet else 0
            if _declares(whole):
                raise FormFault([error("form.file_unsafe")])
    if _declares(carried):
        raise FormFault([error("form.file_unsafe")])
    return rows + (len(_ROW.findall(carried)) if is_sheet else 0)


def _split_at_last_tag(buffer: bytes) -> tuple[bytes, bytes]:
    # A tag may lie across two pieces: what begins at the last "<" waits for the next piece.
    at = buffer.rfind(b"<")
    return (buffer, b"") if at < 0 or len(buffer) - at > _PIECE else (buffer[:at], buffer[at:])


def _declares(content: bytes) -> bool:
    return any(word in content for word in _DECLARATIONS)


def _sheet(name: str, page: object) -> Sheet:
    # Some programs write a wrong size into the sheet; the reader would believe it and drop columns.
    page.reset_dimensions()  # type: ignore[attr-defined]
    lines = _lines(name, page.iter_rows(values_only=True))  # type: ignore[attr-defined]
    header = tuple(text.strip() for text in next(lines, Row(1, ())).cells)
    return Sheet(name, header, tuple(row for row in lines if any(row.cells)))


def _lines(name: str, values: Iterable[tuple[object, ...]]) -> Iterator[Row]:
    empty = 0
    for number, cells in enumerate(values, start=1):
        row = Row(number, _trimmed(tuple(as_text(value) for value in cells)))
        if len(row.cells) > MAX_COLUMNS:
            raise FormFault([error("form.too_many_columns", sheet=name, row=number, limit=MAX_COLUMNS)])
        empty = 0 if row.cells else empty + 1
        if empty > EMPTY_ROWS_AT_END:
            return
        yield row


def _trimmed(cells: tuple[str, ...]) -> tuple[str, ...]:
    used = max((index for index, text in enumerate(cells, start=1) if text.strip()), default=0)
    return cells[:used]


def as_text(value: object) -> str:
    """A cell as the converter reads it: whole numbers without a point, truth in capitals, ISO dates."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date | time):
        return str(value)
    return str(value).replace("\xa0", " ")


def _excel_errors(sheet: Sheet) -> Iterator[Problem]:
    for row in sheet.rows:
        for index, text in enumerate(row.cells):
            if text in EXCEL_ERRORS:
                column = sheet.header[index] if index < len(sheet.header) else str(index + 1)
                yield error("form.cell_error", sheet=sheet.name, row=row.number, column=column, value=text)
