"""Pages of a PDF as pictures and as text, for preview and for tests. The only door to pypdfium2.

Raises LeafletFault `leaflet.pages_unreadable` for bytes that are no PDF.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pypdfium2  # type: ignore[import-untyped]

from fieldkit.leaflets.faults import LeafletFault

_MAX_SIDE = 8192
"""Pixels; larger pictures are refused by shrinking the scale, so that a preview cannot exhaust the memory."""


@dataclass(frozen=True, slots=True)
class RgbaImage:
    """Pixels row by row from the top, four bytes each: red, green, blue, opacity."""

    width: int
    height: int
    pixels: bytes


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has."""
    with _opened(pdf) as document:
        return len(document)


def page_image(pdf: bytes, index: int, scale: float) -> RgbaImage:
    """Page `index` (from 0) at `scale` pixels a point. Raises IndexError."""
    with _opened(pdf) as document, _page(document, index) as page:
        longest = max(page.get_width(), page.get_height())
        fitting = min(scale, _MAX_SIDE / longest)
        bitmap = page.render(scale=fitting, rev_byteorder=True, force_bitmap_format=_RGBA)
        try:
            pixels = bytes(bitmap.buffer)
            width = bitmap.width * 4
            rows = (pixels[row * bitmap.stride : row * bitmap.stride + width] for row in range(bitmap.height))
            return RgbaImage(bitmap.width, bitmap.height, b"".join(rows))
        finally:
            bitmap.close()


def page_text(pdf: bytes, index: int) -> str:
    """The text that a reader finds on page `index` (from 0). Raises IndexError."""
    with _opened(pdf) as document, _page(document, index) as page:
        text = page.get_textpage()
        try:
            return str(text.get_text_bounded())
        finally:
            text.close()


_RGBA = pypdfium2.raw.FPDFBitmap_BGRA


@contextmanager
def _opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise LeafletFault("leaflet.pages_unreadable") from error
    try:
        yield document
    finally:
        document.close()


@contextmanager
def _page(document: pypdfium2.PdfDocument, index: int) -> Iterator[pypdfium2.PdfPage]:
    if not 0 <= index < len(document):
        raise IndexError(index)
    page = document[index]
    try:
        yield page
    finally:
        page.close()
