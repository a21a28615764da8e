"""Writes sheets as an .xlsx with the same bytes every time: no moment of writing, every cell plain text."""

import io
import re
import zipfile
from collections.abc import Sequence
from typing import Final

from fieldkit.forms.workbook import Sheet

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the earliest moment a zip can hold
_MOMENT: Final = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")


def write_workbook(sheets: Sequence[Sheet]) -> bytes:
    """An .xlsx of these sheets; rows follow each other without gaps."""
    # Loaded here: only the build and the tests write workbooks.
    from openpyxl import Workbook  # noqa: PLC0415

    book = Workbook()
    for page in book.worksheets:
        book.remove(page)
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        for number, cells in enumerate((sheet.header, *(row.cells for row in sheet.rows)), start=1):
            for index, text in enumerate(cells, start=1):
                if text:
                    # Text, whatever it looks like: a calculation is no formula of the spreadsheet.
                    page.cell(number, index, text).data_type = "s"
    output = io.BytesIO()
    book.save(output)
    return _without_moments(output.getvalue())


def _without_moments(content: bytes) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(output, "w") as target:
        for entry in source.infolist():
            part = _MOMENT.sub(rb"\g<1>1980-01-01T00:00:00Z\g<3>", source.read(entry))
            plain = zipfile.ZipInfo(entry.filename, _EPOCH)
            plain.compress_type = zipfile.ZIP_DEFLATED
            plain.external_attr = 0o600 << 16
            plain.create_system = 3  # the same on every system
            target.writestr(plain, part)
    return output.getvalue()
