"""Reads a workbook for repair, and writes the repaired one; an old .xls becomes an .xlsx.

1. Cells are read as they are, hidden characters and all; formulas count as the value they had.
2. What was not repaired stays as it was: other sheets, colours, widths. A workbook that cannot be opened for
   that is written anew with the form's sheets alone, and the list of changes says so.
"""

import io
import warnings
from collections.abc import Iterable
from typing import Any, Final

from fieldkit.forms.columns import SHEETS
from fieldkit.forms.problems import FormFault, error
from fieldkit.forms.repair.bench import Bench, Line, Page
from fieldkit.forms.workbook import EMPTY_ROWS_AT_END, MAX_COLUMNS, OLE, Row, Sheet, as_text
from fieldkit.forms.workbook_writer import write_workbook

MAX_LINES: Final = 50_000
"""Rows of a sheet above which the plain way of writing is taken: formatting of empty rows is dropped."""


def read_pages(content: bytes) -> list[Page]:
    """All sheets of a measured .xlsx, or of an old .xls. Raises FormFault when it is none."""
    if content.startswith(OLE):
        return _old_pages(content)
    from openpyxl import load_workbook  # noqa: PLC0415 (only the child reads workbooks)

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            try:
                return [_page(page) for page in book.worksheets]
            finally:
                book.close()
    except FormFault:
        raise
    except Exception as fault:  # the library raises whatever its parsers raise
        raise FormFault([error("form.file_no_workbook")]) from fault


def _old_pages(content: bytes) -> list[Page]:
    import xlrd  # type: ignore[import-untyped]  # noqa: PLC0415 (the converter brings it; only the child loads it)

    try:
        book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO())
        rows = {
            sheet.name: [[_old_value(cell, book.datemode) for cell in line] for line in sheet.get_rows()]
            for sheet in book.sheets()
        }
    except Exception as fault:  # the library raises whatever its parsers raise
        raise FormFault([error("form.file_no_workbook")]) from fault
    return [_lines(name, lines) for name, lines in rows.items()]


def _old_value(cell: Any, datemode: int) -> object:
    import xlrd  # noqa: PLC0415

    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(cell.value, "#N/A")
    if cell.ctype == xlrd.XL_CELL_DATE:
        return xlrd.xldate_as_datetime(cell.value, datemode)
    return cell.value


def _page(page: Any) -> Page:
    page.reset_dimensions()
    return _lines(page.title, page.iter_rows(values_only=True))


def _lines(title: str, rows: Iterable[Iterable[object]]) -> Page:
    lines: list[Line] = []
    empty = 0
    for number, values in enumerate(rows, start=1):
        cells = [_raw(value) for value in values]
        while cells and not cells[-1].strip():
            cells.pop()
        if len(cells) > MAX_COLUMNS:
            raise FormFault([error("form.too_many_columns", sheet=title, row=number, limit=MAX_COLUMNS)])
        empty = 0 if cells else empty + 1
        if empty > EMPTY_ROWS_AT_END:
            break
        lines.append(Line(number, cells))
    while lines and not lines[-1].cells:
        lines.pop()
    header = lines[0].cells if lines else []
    return Page(title, list(header), lines[1:], found=title)


def _raw(value: object) -> str:
    return value if isinstance(value, str) else as_text(value)


def write_pages(content: bytes, bench: Bench) -> bytes:
    """The workbook with what was changed (rule 2)."""
    rows = max((len(page.lines) for page in bench.pages), default=0)
    if rows <= MAX_LINES and not content.startswith(OLE):
        try:
            return _written_into(content, bench.pages)
        except Exception:  # noqa: S110 (the library refuses drawings, rules and styles that it does not know)
            pass
    for page in bench.pages[:1]:
        code = "repair.old_format" if content.startswith(OLE) else "repair.written_anew"
        bench.note(code, page, 0, "", ".xls" if content.startswith(OLE) else "", ".xlsx")
    return write_workbook(tuple(_whole(page) for page in bench.pages if page.name.strip().lower() in SHEETS))


def _whole(page: Page) -> Sheet:
    """With its empty rows, so that every row keeps its number."""
    rows = (Row(line.number, tuple(line.cells)) for line in page.lines)
    return Sheet(page.name, tuple(page.header), tuple(rows))


def _written_into(content: bytes, pages: Iterable[Page]) -> bytes:
    from openpyxl import load_workbook  # noqa: PLC0415

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(content), data_only=True)
        for page in pages:
            if page.name.strip().lower() in SHEETS or page.found:
                _fill(book[page.found] if page.found else book.create_sheet(page.name), page)
        output = io.BytesIO()
        book.save(output)
    return output.getvalue()


def _fill(sheet: Any, page: Page) -> None:
    if sheet.title != page.name:
        sheet.title = page.name
    if page.name.strip().lower() not in SHEETS:
        return
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    columns = sheet.max_column  # the library counts it anew each time
    for number, line in enumerate(page.lines, start=2):
        if line.is_new:
            sheet.insert_rows(number)
        _write(sheet, number, line.cells, columns)
    _write(sheet, 1, page.header, columns)
    last = 1 + len(page.lines)
    if sheet.max_row > last:
        sheet.delete_rows(last + 1, sheet.max_row - last)


def _write(sheet: Any, number: int, texts: list[str], columns: int) -> None:
    for index in range(1, max(len(texts), columns) + 1):
        text = texts[index - 1] if index <= len(texts) else ""
        cell = sheet.cell(number, index)
        if _raw(cell.value) != text:
            cell.value = text or None
            if text:
                cell.data_type = "s"  # text, whatever it looks like
