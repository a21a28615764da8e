"""Reads the structure of a PDF with PDFium, as a screen reader would: for tests."""

from collections.abc import Iterator
from ctypes import create_string_buffer
from dataclasses import dataclass
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
from pypdfium2 import raw


@dataclass
class Tag:
    """An element of a page with what it says of itself, the marked pieces it holds and what is below it."""

    kind: str
    alt: str
    language: str
    said: str
    pieces: list[int]
    below: list["Tag"]

    def all(self) -> Iterator["Tag"]:
        """It, and everything below it."""
        yield self
        for tag in self.below:
            yield from tag.all()

    def outline(self) -> str:
        """The kinds of it and of all below, as `L(LI(Lbl,LBody))`."""
        below = ",".join(tag.outline() for tag in self.below)
        return f"{self.kind}({below})" if below else self.kind


def tags(pdf: bytes, index: int = 0) -> list[Tag]:
    """The elements at the top of a page."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[index]
    tree = raw.FPDF_StructTree_GetForPage(page.raw)
    try:
        count = raw.FPDF_StructTree_CountChildren(tree)
        return [_tag(raw.FPDF_StructTree_GetChildAtIndex(tree, number)) for number in range(count)]
    finally:
        raw.FPDF_StructTree_Close(tree)
        page.close()
        document.close()


def _tag(element: Any) -> Tag:
    count = raw.FPDF_StructElement_CountChildren(element)
    pieces = [raw.FPDF_StructElement_GetChildMarkedContentID(element, number) for number in range(count)]
    children = [raw.FPDF_StructElement_GetChildAtIndex(element, number) for number in range(count)]
    return Tag(
        kind=_text(raw.FPDF_StructElement_GetType, element),
        alt=_text(raw.FPDF_StructElement_GetAltText, element),
        language=_text(raw.FPDF_StructElement_GetLang, element),
        said=_text(raw.FPDF_StructElement_GetActualText, element),
        pieces=[piece for piece in pieces if piece >= 0],
        below=[_tag(child) for child in children if child],
    )


def _text(get: Any, element: Any) -> str:
    length = get(element, None, 0)
    buffer = create_string_buffer(length)
    get(element, buffer, length)
    return buffer.raw.decode("utf-16-le").rstrip("\0")
