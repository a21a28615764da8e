"""The structure of a PDF, read back as a screen reader reads it: PDF/UA's rules that a program can see."""

import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pypdfium2  # type: ignore[import-untyped]
import pytest

from fieldkit.domain.document import Code, Contents, Document, Heading, Page, Paragraph, Picture, Run, Table
from fieldkit.leaflets.bookmarks import LONG
from fieldkit.leaflets.facing import facing
from fieldkit.leaflets.imposed import booklet, cards
from fieldkit.leaflets.layout import lay_out
from fieldkit.leaflets.pdf import code_squares, compose, write
from fieldkit.leaflets.placed import ARTIFACT
from tests.leaflets.samples import SENTENCES, every_block, leaflet, runs
from tests.leaflets.tagged import Tag, tags

MADE = date(2026, 11, 21)
HELP = "https://fieldkit.example/help"
PICTURE = Picture("phone", "A telephone", "en", 40, (Paragraph(runs("Call us"), "en"),))
STANDING = {"Brouillon", "Draft", "L01, version 1"}
ALLOWED = {
    "Document": {"H1", "H2", "H3", "P", "L", "Table", "Figure", "TOC", "Div", "Sect"},
    "Sect": {"H1", "H2", "H3", "P", "L", "Table", "Figure", "Div"},
    "Div": {"H1", "H2", "H3", "P", "L", "Table", "Figure", "Div"},
    "L": {"LI"},
    "LI": {"Lbl", "LBody"},
    "Table": {"TR"},
    "TR": {"TH", "TD"},
    "TOC": {"TOCI"},
    "TOCI": {"Reference", "P"},
    "Reference": {"Link"},
    "P": {"Link"},
}
"""What may stand below what (ISO 32000-1, 14.8.4.2)."""


def everything(language: str) -> Document:
    """A document with each kind of element."""
    linked = Paragraph((Run("See "), Run(HELP, link=HELP), Run(" today")), "en")
    code = Code(code_squares("tel:112"), 80, "en", alt="A code that calls 112")
    blocks = (*every_block(language), Heading(2, runs("More"), "en"), linked, PICTURE, code)
    return leaflet(language, Contents(language), *blocks, footer="L01", draft_notice="Draft")


def whole(pdf: bytes, page: int = 0) -> Tag:
    """The document's element."""
    (document,) = tags(pdf, page)
    return document


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_element_stands_where_it_may_and_says_its_language(language: str) -> None:
    document = whole(compose(everything(language), made=MADE))
    assert document.kind == "Document"
    kinds = {tag.kind for tag in document.all()}
    assert {"H1", "H2", "P", "L", "LI", "LBody", "Table", "TR", "TH", "TD", "Figure", "TOC", "Link"} <= kinds
    for tag in document.all():
        assert {below.kind for below in tag.below} <= ALLOWED.get(tag.kind, set()), tag.outline()
        if tag.pieces:
            assert tag.language


def test_the_parts_of_lists_tables_and_contents() -> None:
    outline = whole(compose(everything("en"), made=MADE)).outline()
    assert "L(LI(Lbl,LBody),LI(Lbl,LBody))" in outline
    assert "Table(TR(TH,TH),TR(TD,TD))" in outline
    assert outline.startswith("Document(P,TOC(TOCI(Reference(Link),P)")


def test_a_name_heads_its_row_and_what_stands_side_by_side_is_no_table() -> None:
    rows = ((runs("Phone"), runs("112")), (runs("Day"), runs("Monday")))
    named = compose(leaflet("en", Table(rows, "en", (1, 2))), made=MADE)
    beside = compose(leaflet("en", Table(rows, "en", (1, 1), languages=("en", "fr"))), made=MADE)
    assert whole(named).outline() == "Document(Table(TR(TH,TD),TR(TH,TD)))"
    assert named.count(b"/Scope /Row") == 2
    assert whole(beside).outline() == "Document(Div(Div(P,P),Div(P,P)))"


def test_the_notice_is_read_first_and_the_footer_last_and_each_once() -> None:
    long = Paragraph(runs("Help is free for all people here. " * 280), "en")
    document = leaflet("fr", long, draft_notice="Brouillon\nDraft", footer="L01, version 1")
    pages = lay_out(document)
    assert len(pages.pages) > 1
    read = [
        [line.line.text for line in page.lines if line.element != ARTIFACT and line.line.text in STANDING]
        for page in pages.pages
    ]
    assert read == [["Brouillon", "Draft"], *[[]] * (len(pages.pages) - 2), ["L01, version 1"]]
    assert [pages.elements[n].kind for n in (0, 1, -1)] == ["P", "P", "P"]
    assert [pages.elements[n].language for n in (0, -1)] == ["fr", "fr"]


def test_every_figure_says_in_words_what_it_shows() -> None:
    figures = [tag for tag in whole(compose(everything("en"), made=MADE)).all() if tag.kind == "Figure"]
    assert [figure.alt for figure in figures] == ["A telephone", "A code that calls 112"]
    assert all(figure.pieces for figure in figures)


def test_every_piece_of_content_belongs_to_one_element_or_to_none() -> None:
    pdf = compose(everything("ar"), made=MADE)
    held = sorted(piece for tag in whole(pdf).all() for piece in tag.pieces)
    assert held == list(range(len(held)))


def test_a_link_leads_where_it_says_and_can_be_pressed_on_each_of_its_lines() -> None:
    pdf = compose(
        leaflet("en", Paragraph((Run("Go to "), Run("our help " * 20, link=HELP)), "en")), made=MADE
    )
    (paragraph,) = whole(pdf).below
    assert paragraph.outline() == "P(Link)"
    assert pdf.count(b"/Subtype /Link") == len(paragraph.below[0].pieces) == 2
    assert pdf.count(HELP.encode()) == 2
    assert len(re.findall(rb"/Contents \((?:our )?help", pdf)) == 2


def test_an_entry_of_the_contents_leads_to_its_heading() -> None:
    filler = tuple(Paragraph(runs("Help is free. " * 200), "en") for _ in range(3))
    document = leaflet("en", Contents("en"), *filler, Heading(2, runs("Last"), "en"))
    pages = lay_out(document)
    assert len(pages.pages) > 1
    said = [line.line.text for line in pages.pages[0].lines]
    assert said[:2] == ["Last", f"\u2066{len(pages.pages)}\u2069"]
    pdf = write(pages, made=MADE)
    page = re.search(rb"/Dest \[ (\d+) 0 R /XYZ 0 [\d.]+ 0 \]", pdf)
    assert page is not None
    assert re.search(rb"\n" + page[1] + rb" 0 obj\n<<\n/Contents", pdf)


def test_a_long_document_has_bookmarks_and_a_short_one_has_none() -> None:
    filler = Paragraph(runs("Help is free. " * 400), "en")
    parts = [
        block for part in ("One", "Two (\u2066112\u2069)", "سوم") for block in (_head(part), filler, filler)
    ]
    long, short = lay_out(leaflet("en", *parts)), lay_out(leaflet("en", *parts[:2]))
    assert len(long.pages) >= LONG > len(short.pages)
    with pypdfium2.PdfDocument(write(long, made=MADE)) as opened:
        told = [(item.get_title(), item.get_dest().get_index()) for item in opened.get_toc()]
    assert [title for title, _ in told] == ["One", "Two (112)", "سوم"]
    pages = [page for _, page in told]
    assert pages == sorted(pages) and pages[0] == 0 < pages[-1]
    assert b"/Outlines" not in write(short, made=MADE)


def _head(text: str) -> Heading:
    return Heading(2, runs(text), "ar" if text == "سوم" else "en")


def test_two_languages_are_two_parts_each_read_through() -> None:
    made = facing(leaflet("fr", *every_block("fr")), leaflet("ar", *every_block("ar")))
    first, second = whole(compose(made, made=MADE)).below
    assert (first.kind, first.language, second.kind, second.language) == ("Sect", "fr", "Sect", "ar")
    assert first.outline() == second.outline()


def test_a_booklet_is_read_in_the_order_of_its_pages() -> None:
    long = Paragraph(runs("Help is free for all people here. " * 280), "en")
    pages = lay_out(replace(leaflet("en", long), page=Page.A5))
    assert len(pages.pages) == 4
    pdf = write(booklet(pages), made=MADE)
    sheets = [int(number) for number in re.findall(rb"/Pg (\d+) 0 R", pdf)]
    changes = [one for one, before in zip(sheets, [0, *sheets], strict=False) if one != before]
    assert len(changes) == 3
    assert changes[0] == changes[2]


def test_cards_are_read_once() -> None:
    pages = cards(lay_out(replace(leaflet("en", Paragraph(runs("Call 112"), "en")), page=Page.CARD)))
    assert len(pages.pages[0].lines) == 16
    (document,) = tags(write(pages, made=MADE))
    assert [len(tag.pieces) for tag in document.all()] == [0, 1]


def test_the_file_says_that_it_is_accessible_and_shows_its_title() -> None:
    pdf = compose(Document("Help <1> & ሰላም", "ti", (Paragraph(runs(SENTENCES["ti"]), "ti"),)), made=MADE)
    assert b"/DisplayDocTitle true" in pdf
    packet = re.search(rb"<x:xmpmeta.*?</x:xmpmeta>", pdf, re.DOTALL)
    assert packet is not None
    said = [(tag.tag.partition("}")[2], tag.text) for tag in ElementTree.fromstring(packet[0]).iter()]
    assert {("part", "1"), ("li", "Help <1> & ሰላም"), ("li", "ti")} <= set(said)
    assert b"/Tabs /S" in pdf
