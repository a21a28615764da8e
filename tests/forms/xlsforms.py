"""Makes small XLSForms for the tests, good and broken, and packs them as spreadsheet programs do."""

import io
import os
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

Rows = Sequence[Sequence[object]]
VECTORS = Path(
    os.environ.get("FIELDKIT_VECTORS", Path(__file__).resolve().parents[3] / "shared" / "vectors" / "forms")
)

SURVEY: Rows = (
    ("type", "name", "label"),
    ("text", "told_name", "What is your name?"),
    ("select_one yes_no", "alone", "Are you alone?"),
)
CHOICES: Rows = (("list_name", "name", "label"), ("yes_no", "yes", "Yes"), ("yes_no", "no", "No"))
SETTINGS: Rows = (("form_title", "form_id", "version"), ("Small form", "small", "1"))


def xlsx(**sheets: Rows | None) -> bytes:
    """A workbook of these sheets; those not given are the small form's, and None leaves one out."""
    book = Workbook()
    for page in book.worksheets:
        book.remove(page)
    for name, rows in ({"survey": SURVEY, "choices": CHOICES, "settings": SETTINGS} | sheets).items():
        if rows is not None:
            page = book.create_sheet(name)
            for row in rows:
                page.append(list(row))
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def survey(*rows: Sequence[object], header: Sequence[str] = ("type", "name", "label")) -> Rows:
    """A survey sheet."""
    return (header, *rows)


def repacked(content: bytes, change: Callable[[str, bytes], bytes], **more: bytes) -> bytes:
    """The same zip with its entries changed, and more entries."""
    output = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            target.writestr(entry.filename, change(entry.filename, source.read(entry)))
        for name, part in more.items():
            target.writestr(name, part)
    return output.getvalue()


def vector(name: str) -> bytes:
    """A form that was not made for this program; skips where the vectors are not at hand."""
    path = VECTORS / name
    if not path.is_file():
        pytest.skip(f"{name} is not at hand (set FIELDKIT_VECTORS)")
    return path.read_bytes()


def po(entries: Mapping[tuple[str, str], str], drafts: Sequence[str] = ()) -> str:
    """A gettext file of (context, English) -> translation; texts of the contexts in `drafts` are drafts."""
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    blocks = [
        ("#, fuzzy\n" if context in drafts else "")
        + f'msgctxt "{context}"\nmsgid "{source}"\nmsgstr "{translation}"\n'
        for (context, source), translation in entries.items()
    ]
    return "\n".join([head, *blocks])
