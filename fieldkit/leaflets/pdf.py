"""A document as a PDF file. The only door to reportlab, of which only the writer of PDF objects is used.

1. Every font is embedded; no other font is named, so that nothing is replaced on another computer.
2. The same document and date give the same bytes.
3. Metadata: title, language, keywords and the day. Never who made it, on what computer, or at what time.
4. Tagged: each line belongs to an element of the structure tree; decoration is marked as such.
"""

import hashlib
from datetime import date
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFObject, PDFStream, PDFString

from fieldkit.domain.document import Document
from fieldkit.languages.direction import bcp47, is_rtl
from fieldkit.languages.isolates import without_isolates
from fieldkit.leaflets.content import PageWriter
from fieldkit.leaflets.embedded import EmbeddedFont
from fieldkit.leaflets.fonts import Font
from fieldkit.leaflets.layout import lay_out
from fieldkit.leaflets.placed import ARTIFACT, Pages, PlacedPage

_VERSION = (1, 7)
_FILTERS = [pdfdoc.PDFZCompress]
"""Compressed, without reportlab's usual text armour, which is a quarter larger and needed by nobody."""
_SYMBOLIC = 4
"""Font flag: glyphs are found by code, not by a standard character set (ISO 32000-1, table 123)."""
_STEM = 80
"""Thickness of stems in thousandths of an em; a hint for replacing fonts, which does not happen here."""


def compose(document: Document, *, made: date) -> bytes:
    """The PDF of a document; `made` is the day said in it. Raises LeafletFault, FontFault."""
    return write(lay_out(document), made=made)


def write(pages: Pages, *, made: date) -> bytes:
    """The PDF of pages laid out."""
    return _Writer(pages, made).file()


def code_squares(text: str) -> tuple[tuple[bool, ...], ...]:
    """The rows of a QR code for `text` (ISO/IEC 18004), True for dark, without the white around it.

    A quarter of it may be dirty or torn. Raises ValueError for a text that is longer than a code holds.
    """
    from reportlab.graphics.barcode.qrencoder import (  # noqa: PLC0415 (takes a while, and few papers have one)
        QRCode,
        QRErrorCorrectLevel,
    )

    code = QRCode(None, QRErrorCorrectLevel.Q)
    code.addData(text)
    code.make()
    return tuple(tuple(bool(square) for square in row) for row in code.modules)


class _Info(pdfdoc.PDFInfo):
    """The document's metadata (rule 3)."""

    def __init__(self, pages: Pages, made: date) -> None:
        super().__init__()
        self._pages, self._made = pages, made

    def digest(self, md5object: object) -> None:
        """Nothing: the file's id is made from its content."""

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        facts = {
            "Title": PDFString(self._pages.title),
            "Producer": PDFString("fieldkit"),
            "CreationDate": PDFString(f"D:{self._made:%Y%m%d}000000Z"),
        }
        if self._pages.keywords:
            facts["Keywords"] = PDFString(", ".join(self._pages.keywords))
        return PDFDictionary(facts).format(document)


class _Page(pdfdoc.PDFPage):
    """A page that knows its place in the structure tree; reportlab's own does not."""

    __NoDefault__ = [*pdfdoc.PDFPage.__NoDefault__, "StructParents", "Tabs"]  # noqa: RUF012  (as the base says it)
    StructParents: int | None = None
    Tabs: str | None = None
    Override_default_compilation = 1  # everything a page needs is given


class _Writer:
    def __init__(self, pages: Pages, made: date) -> None:
        self._pages = pages
        # Its published types leave out the catalogue and the id, which is set here.
        self._document: Any = pdfdoc.PDFDocument(
            dummyoutline=1, compression=1, invariant=1, pdfVersion=_VERSION, lang=bcp47(pages.language)
        )
        self._document.info = _Info(pages, made)
        self._fonts: dict[str, tuple[str, EmbeddedFont]] = {}
        self._marked: list[list[int]] = []
        self._digest = hashlib.sha256(made.isoformat().encode("ascii"))

    def file(self) -> bytes:
        """All bytes of the file."""
        for page in self._pages.pages:
            self._add_page(page)
        for name, font in self._fonts.values():
            self._add_font(name, font)
        self._add_structure()
        catalogue = self._document.Catalog
        catalogue.Outlines = None
        catalogue.MarkInfo = PDFDictionary({"Marked": "true"})
        catalogue.ViewerPreferences = PDFDictionary(
            {
                "DisplayDocTitle": "true",
                "Direction": PDFName("R2L" if is_rtl(self._pages.language) else "L2R"),
            }
        )
        self._document.Reference(catalogue)
        self._document.Reference(self._document.info)
        identity = b"<" + self._digest.hexdigest()[:32].encode("ascii") + b">"
        self._document._ID = b"[" + identity + identity + b"]"
        return bytes(self._document.format())

    def _add_page(self, placed: PlacedPage) -> None:
        writer = PageWriter(self._pages, self._font)
        content = writer.write(placed)
        self._digest.update(content)
        page = _Page()
        page.MediaBox = PDFArray([0, 0, round(self._pages.width, 2), round(self._pages.height, 2)])
        page.Contents = PDFStream(PDFDictionary(), content, _FILTERS)
        page.Resources = PDFDictionary({"Font": pdfdoc.PDFObjectReference("BasicFonts")})
        page.Parent = self._document.Pages
        page.StructParents = len(self._marked)
        page.Tabs = PDFName("S")
        self._marked.append(writer.marked)
        self._document.addPage(page)

    def _font(self, font: Font) -> tuple[str, EmbeddedFont]:
        return self._fonts.setdefault(font.file, (f"F{len(self._fonts) + 1}", EmbeddedFont(font)))

    def _add_font(self, name: str, font: EmbeddedFont) -> None:
        """A Type 0 font over the cut TrueType font (ISO 32000-1, 9.7)."""
        file = font.file()
        descriptor = PDFDictionary(
            {
                "Type": PDFName("FontDescriptor"),
                "FontName": PDFName(file.name),
                "Flags": _SYMBOLIC,
                "FontBBox": PDFArray(list(file.box)),
                "ItalicAngle": 0,
                "Ascent": file.ascent,
                "Descent": file.descent,
                "CapHeight": file.ascent,
                "StemV": _STEM,
                "FontFile2": self._stream(file.content, {"Length1": len(file.content)}),
            }
        )
        descendant = PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("CIDFontType2"),
                "BaseFont": PDFName(file.name),
                "CIDSystemInfo": PDFDictionary(
                    {"Registry": PDFString("Adobe"), "Ordering": PDFString("Identity"), "Supplement": 0}
                ),
                "FontDescriptor": self._reference(descriptor),
                "DW": 1000,
                "W": PDFArray([1, PDFArray(font.widths())]),
                "CIDToGIDMap": self._stream(file.code_to_glyph, {}),
            }
        )
        whole = PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("Type0"),
                "BaseFont": PDFName(file.name),
                "Encoding": PDFName("Identity-H"),
                "DescendantFonts": PDFArray([self._reference(descendant)]),
                "ToUnicode": self._stream(font.to_unicode(), {}),
            }
        )
        fonts = self._document.idToObject["BasicFonts"]
        assert isinstance(fonts, PDFDictionary)
        fonts[name] = self._reference(whole)

    def _add_structure(self) -> None:
        """The structure tree: elements, and for each piece of marked content the element it belongs to."""
        nodes = [PDFDictionary({"Type": PDFName("StructElem")}) for _ in self._pages.elements]
        body = PDFDictionary({"Type": PDFName("StructElem"), "S": PDFName("Document")})
        root = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        references = [self._reference(node) for node in nodes]
        body_reference, root_reference = self._reference(body), self._reference(root)
        children: dict[int, list[PDFObject]] = {}
        for number, element in enumerate(self._pages.elements):
            children.setdefault(element.parent, []).append(references[number])
        for page, marked in enumerate(self._marked):
            for number, element_number in enumerate(marked):
                children.setdefault(element_number, []).append(self._content(page, number))
        said = self._right_to_left_texts()
        for number, (node, element) in enumerate(zip(nodes, self._pages.elements, strict=True)):
            node["S"] = PDFName(element.kind)
            node["P"] = body_reference if element.parent < 0 else references[element.parent]
            node["K"] = PDFArray(children.get(number, []))
            if element.language:
                node["Lang"] = PDFString(bcp47(element.language))
            if number in said:
                node["ActualText"] = PDFString(said[number])
            if element.kind == "TH":
                node["A"] = PDFDictionary({"O": PDFName("Table"), "Scope": PDFName("Column")})
        body["P"] = root_reference
        body["K"] = PDFArray(children.get(-1, []))
        root["K"] = body_reference
        root["ParentTree"] = self._parent_tree(references)
        self._document.Catalog.StructTreeRoot = root

    def _content(self, page: int, number: int) -> PDFDictionary:
        reference = pdfdoc.PDFObjectReference(f"Page{page + 1}")
        return PDFDictionary({"Type": PDFName("MCR"), "Pg": reference, "MCID": number})

    def _parent_tree(self, references: list[PDFObject]) -> PDFDictionary:
        rows: list[object] = []
        for page, marked in enumerate(self._marked):
            rows.extend((page, PDFArray([references[number] for number in marked])))
        return PDFDictionary({"Nums": PDFArray(rows)})

    def _right_to_left_texts(self) -> dict[int, str]:
        """The text of each right-to-left element: what its glyphs alone do not tell a screen reader."""
        said: dict[int, str] = {}
        for page in self._pages.pages:
            for placed in page.lines:
                if placed.element != ARTIFACT and placed.line.rtl:
                    said[placed.element] = said.get(placed.element, "") + placed.line.text
        return {number: without_isolates(text).strip() for number, text in said.items()}

    def _stream(self, content: bytes, facts: dict[str, int]) -> PDFObject:
        return self._reference(PDFStream(PDFDictionary(dict(facts)), content, _FILTERS))

    def _reference(self, thing: PDFObject) -> PDFObject:
        reference = self._document.Reference(thing)
        assert isinstance(reference, PDFObject)
        return reference
