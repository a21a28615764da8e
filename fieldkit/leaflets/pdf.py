"""A document as a PDF file. The only door to reportlab, of which only the writer of PDF objects is used.

1. Every font is embedded; no other font is named, so that nothing is replaced on another computer.
2. The same document and date give the same bytes.
3. Metadata: title, language, keywords and the day. Never who made it, on what computer, or at what time.
4. Tagged: each line belongs to an element of the structure tree; decoration is marked as such.
"""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import quote

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFObject, PDFStream, PDFString

from fieldkit.domain.document import Document
from fieldkit.languages.direction import bcp47, is_rtl
from fieldkit.leaflets.bookmarks import bookmarks
from fieldkit.leaflets.content import LinkBox, Marked, PageWriter
from fieldkit.leaflets.embedded import EmbeddedFont
from fieldkit.leaflets.fonts import Font
from fieldkit.leaflets.layout import lay_out
from fieldkit.leaflets.placed import ROOT, Greys, Pages, PlacedPage
from fieldkit.leaflets.structure import Node, Piece, Pressed, Tree, tree

_VERSION = (1, 7)
_FILTERS = [pdfdoc.PDFZCompress]
"""Compressed, without reportlab's usual text armour, which is a quarter larger and needed by nobody."""
_SYMBOLIC = 4
"""Font flag: glyphs are found by code, not by a standard character set (ISO 32000-1, table 123)."""
_STEM = 80
"""Thickness of stems in thousandths of an em; a hint for replacing fonts, which does not happen here."""
_PRINTED = 4
"""Annotation flag: what stands there is printed (ISO 32000-1, table 165)."""
_KEPT_IN_LINKS = ":/?#[]@!$&'()*+,;=%~"


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


class _Stream(PDFStream):
    """A stream as readers of metadata want it: without an empty list of filters (which a strict one takes for an
    unknown filter), and its end on a line of its own (ISO 32000-1, 7.3.8.1)."""

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        packed: bytes = self.content
        filters = _FILTERS if self.filters is None else self.filters
        for one in reversed(filters):
            packed = one.encode(packed)
        facts = PDFDictionary({**self.dictionary.dict, "Length": len(packed)})
        if filters:
            facts["Filter"] = PDFArray([PDFName(one.pdfname) for one in filters])
        return bytes(facts.format(document)) + b"\nstream\n" + packed + b"\nendstream\n"


class _Page(pdfdoc.PDFPage):
    """A page that knows its place in the structure tree; reportlab's own does not."""

    __NoDefault__ = [*pdfdoc.PDFPage.__NoDefault__, "StructParents", "Tabs"]  # noqa: RUF012  (as the base says it)
    StructParents: int | None = None
    Tabs: str | None = None
    Override_default_compilation = 1  # everything a page needs is given


class _Writer:
    def __init__(self, pages: Pages, made: date) -> None:
        self._pages, self._made = pages, made
        # Its published types leave out the catalogue and the id, which is set here.
        self._document: Any = pdfdoc.PDFDocument(
            dummyoutline=1, compression=1, invariant=1, pdfVersion=_VERSION, lang=bcp47(pages.language)
        )
        self._document.info = _Info(pages, made)
        self._fonts: dict[str, tuple[str, EmbeddedFont]] = {}
        self._pictures: dict[Greys, tuple[str, PDFObject]] = {}
        self._marked: list[list[Marked]] = []
        self._links: list[tuple[int, LinkBox]] = []
        self._pressed: list[PDFObject] = []
        self._page_objects: list[_Page] = []
        self._digest = hashlib.sha256(made.isoformat().encode("ascii"))

    def file(self) -> bytes:
        """All bytes of the file."""
        for page in self._pages.pages:
            self._add_page(page)
        for name, font in self._fonts.values():
            self._add_font(name, font)
        self._add_links()
        self._add_structure()
        catalogue = self._document.Catalog
        catalogue.Metadata = self._stream(_xmp(self._pages, self._made), _METADATA, [])
        catalogue.Outlines = self._bookmarks()
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
        writer = PageWriter(self._pages, self._font, self._picture)
        content = writer.write(placed)
        self._digest.update(content)
        page = _Page()
        page.MediaBox = PDFArray([0, 0, round(self._pages.width, 2), round(self._pages.height, 2)])
        page.Contents = _Stream(PDFDictionary(), content)
        page.Resources = PDFDictionary({"Font": pdfdoc.PDFObjectReference("BasicFonts")})
        if self._pictures:
            held = dict(self._pictures.values())
            page.Resources["XObject"] = PDFDictionary(held)
        page.Parent = self._document.Pages
        page.StructParents = len(self._marked)
        page.Tabs = PDFName("S")
        self._links.extend((len(self._marked), box) for box in writer.links)
        self._marked.append(writer.marked)
        self._page_objects.append(page)
        self._document.addPage(page)

    def _picture(self, greys: Greys) -> str:
        """The name of a picture among the resources; its rows stand as they were packed."""
        if greys not in self._pictures:
            rows = {"Predictor": 15, "Colors": 1, "BitsPerComponent": 8, "Columns": greys.width}
            facts = {
                **{
                    "Type": PDFName("XObject"),
                    "Subtype": PDFName("Image"),
                    "ColorSpace": PDFName("DeviceGray"),
                },
                **{"Width": greys.width, "Height": greys.height, "BitsPerComponent": 8},
                **{"Filter": PDFName("FlateDecode"), "DecodeParms": PDFDictionary(rows)},
            }
            self._digest.update(greys.points)
            name = f"I{len(self._pictures) + 1}"
            self._pictures[greys] = (name, self._stream(greys.points, facts, []))
        return self._pictures[greys][0]

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
        made = tree(self._pages, self._marked, [box for _, box in self._links])
        nodes = [PDFDictionary({"Type": PDFName("StructElem")}) for _ in made.nodes]
        body = PDFDictionary({"Type": PDFName("StructElem"), "S": PDFName("Document")})
        root = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        references = [self._reference(node) for node in nodes]
        body_reference, root_reference = self._reference(body), self._reference(root)
        for node, element in zip(nodes, made.nodes, strict=True):
            node["P"] = body_reference if element.parent == ROOT else references[element.parent]
            node["K"] = PDFArray([self._below(one, references) for one in element.below])
            for name, value in _facts(element):
                node[name] = value
        body["P"] = root_reference
        body["K"] = PDFArray([references[number] for number in made.top])
        root["K"] = body_reference
        root["ParentTree"] = _parent_tree(made, references)
        root["ParentTreeNextKey"] = len(made.by_piece) + len(made.by_pressed)
        self._document.Catalog.StructTreeRoot = root

    def _below(self, one: int | Piece | Pressed, references: list[PDFObject]) -> PDFObject:
        if isinstance(one, int):
            return references[one]
        if isinstance(one, Piece):
            page = pdfdoc.PDFObjectReference(f"Page{one.page + 1}")
            return PDFDictionary({"Type": PDFName("MCR"), "Pg": page, "MCID": one.number})
        page = pdfdoc.PDFObjectReference(f"Page{self._links[one.number][0] + 1}")
        return PDFDictionary({"Type": PDFName("OBJR"), "Pg": page, "Obj": self._pressed[one.number]})

    def _add_links(self) -> None:
        """The places that can be pressed, page by page (ISO 32000-1, 12.5.6.5)."""
        for number, (page, box) in enumerate(self._links):
            facts = {
                "Type": PDFName("Annot"),
                "Subtype": PDFName("Link"),
                "Rect": PDFArray([round(side, 2) for side in box.box]),
                "Border": PDFArray([0, 0, 0]),
                "F": _PRINTED,
                "Contents": PDFString(box.says.strip() or box.link),
                "StructParent": len(self._marked) + number,
            }
            facts.update(self._leads_to(box.link))
            self._pressed.append(self._reference(PDFDictionary(facts)))
            self._page_objects[page].Annots = PDFArray(
                [made for made, (where, _) in zip(self._pressed, self._links, strict=False) if where == page]
            )

    def _bookmarks(self) -> PDFObject | None:
        """The bookmarks as a chain (ISO 32000-1, table 153); None where there are none."""
        held = bookmarks(self._pages)
        if not held:
            return None
        root = PDFDictionary({"Type": PDFName("Outlines"), "Count": len(held)})
        root_reference = self._reference(root)
        rows = [PDFDictionary({"Title": PDFString(one.text), "Parent": root_reference}) for one in held]
        chain = [self._reference(row) for row in rows]
        for number, (row, one) in enumerate(zip(rows, held, strict=True)):
            page = pdfdoc.PDFObjectReference(f"Page{one.page + 1}")
            row["Dest"] = PDFArray([page, PDFName("XYZ"), 0, round(self._pages.height - one.top, 2), 0])
            if number:
                row["Prev"] = chain[number - 1]
            if number + 1 < len(chain):
                row["Next"] = chain[number + 1]
        root["First"], root["Last"] = chain[0], chain[-1]
        return root_reference

    def _leads_to(self, link: str) -> dict[str, PDFObject]:
        if not link.startswith("#"):
            uri = PDFString(quote(link, safe=_KEPT_IN_LINKS))
            return {"A": PDFDictionary({"S": PDFName("URI"), "URI": uri})}
        page, y = self._place_of(int(link[1:]))
        reference = pdfdoc.PDFObjectReference(f"Page{page + 1}")
        return {"Dest": PDFArray([reference, PDFName("XYZ"), 0, round(self._pages.height - y, 2), 0])}

    def _place_of(self, element: int) -> tuple[int, float]:
        """The page and the top of an element's first line."""
        for number, page in enumerate(self._pages.pages):
            for placed in page.lines:
                if placed.element == element:
                    return number, placed.y - placed.line.above
        return 0, 0.0

    def _stream(
        self, content: bytes, facts: Mapping[str, object], filters: list[Any] | None = None
    ) -> PDFObject:
        return self._reference(_Stream(PDFDictionary(dict(facts)), content, filters))

    def _reference(self, thing: PDFObject) -> PDFObject:
        reference = self._document.Reference(thing)
        assert isinstance(reference, PDFObject)
        return reference


def _facts(element: Node) -> Iterator[tuple[str, object]]:
    """What an element says of itself."""
    yield "S", PDFName(element.kind)
    if element.language:
        yield "Lang", PDFString(bcp47(element.language))
    if element.said:
        yield "ActualText", PDFString(element.said)
    if element.alt:
        yield "Alt", PDFString(element.alt)
    if element.scope:
        yield "A", PDFDictionary({"O": PDFName("Table"), "Scope": PDFName(element.scope)})
    if element.box is not None:
        box = PDFArray([round(side, 2) for side in element.box])
        yield "A", PDFDictionary({"O": PDFName("Layout"), "Placement": PDFName("Block"), "BBox": box})


def _parent_tree(made: Tree, references: list[PDFObject]) -> PDFDictionary:
    """From a page's pieces, and from what can be pressed, back to the elements (14.7.4.4)."""
    rows: list[object] = []
    for page, held in enumerate(made.by_piece):
        rows.extend((page, PDFArray([references[number] for number in held])))
    for number, node in enumerate(made.by_pressed):
        rows.extend((len(made.by_piece) + number, references[node]))
    return PDFDictionary({"Nums": PDFArray(rows)})


_METADATA = {"Type": PDFName("Metadata"), "Subtype": PDFName("XML")}


def _xmp(pages: Pages, made: date) -> bytes:
    """The metadata once more as XMP (ISO 16684-1), which says that the file is accessible (ISO 14289-1)."""
    title = pages.title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _XMP.format(title=title, language=bcp47(pages.language), day=made.isoformat()).encode("utf-8")


_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{day}T00:00:00Z</xmp:CreateDate>
<pdf:Producer>fieldkit</pdf:Producer>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
