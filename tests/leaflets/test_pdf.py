"""The PDF file: text comes back out of it, every font is in it, and it is the same every time."""

import re
import shutil
import subprocess
import zlib
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from fieldkit.domain.document import Document, Heading, Paragraph, Run
from fieldkit.languages.isolates import without_isolates
from fieldkit.leaflets.faults import LeafletFault
from fieldkit.leaflets.pages import page_count, page_image, page_text
from fieldkit.leaflets.pdf import compose
from tests.leaflets.samples import SENTENCES, leaflet, runs

MADE = date(2026, 11, 21)
COMPLEX = ["bn", "hi", "ne", "ta", "si", "my", "km", "th", "lo"]


def one_line(text: str) -> str:
    return " ".join(without_isolates(text).replace("\ufffe", "").split())


def unpacked(pdf: bytes) -> bytes:
    """The file with its streams inflated."""
    streams = re.findall(rb"FlateDecode[^>]*>>\s*stream\r?\n(.*?)endstream", pdf, re.DOTALL)
    return pdf + b"".join(zlib.decompress(stream) for stream in streams)


@pytest.mark.parametrize("language", ["en", "fr", "es", "so", "vi", "ru", "ti", "zh", *COMPLEX])
def test_pdfium_finds_the_text(language: str) -> None:
    pdf = compose(leaflet(language, Paragraph(runs(SENTENCES[language]), language)), made=MADE)
    found = one_line(page_text(pdf, 0))
    assert SENTENCES[language].replace(" ", "") in found.replace(" ", "")


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")
@pytest.mark.parametrize("language", ["en", "fr", "ti", "fa_AF", *COMPLEX])
def test_poppler_finds_the_text(language: str, tmp_path: Path) -> None:
    file = tmp_path / "leaflet.pdf"
    file.write_bytes(compose(leaflet(language, Paragraph(runs(SENTENCES[language]), language)), made=MADE))
    found = subprocess.run(["pdftotext", str(file), "-"], check=True, capture_output=True).stdout.decode(
        "utf-8"
    )
    plain = re.sub("[\u202a-\u202e]", "", one_line(found)).replace(" ", "")
    assert SENTENCES[language].replace(" ", "") in plain


def test_the_same_document_gives_the_same_bytes() -> None:
    document = leaflet("ar", footer="L01")
    assert compose(document, made=MADE) == compose(document, made=MADE)
    assert compose(document, made=MADE) != compose(document, made=date(2026, 11, 22))


def test_every_named_font_is_embedded() -> None:
    for language in ("en", "ar", "zh"):
        content = unpacked(compose(leaflet(language), made=MADE))
        names = set(re.findall(rb"/BaseFont /(\S+)", content))
        assert names
        assert all(re.fullmatch(rb"[A-Z]{6}\+Fieldkit\w+-(Regular|Bold)", name) for name in names)
        assert content.count(b"/FontFile2") == len(names)
        assert b"Helvetica" not in content


def test_metadata_says_title_language_and_day_and_nothing_else() -> None:
    pdf = compose(leaflet("fa_AF", Paragraph(runs("x"), "fa_AF")), made=MADE)
    assert b"/Title (Help is free)" in pdf
    assert b"/Lang (fa-AF)" in pdf
    assert b"/CreationDate (D:20261121000000Z)" in pdf
    assert b"/Producer (fieldkit)" in pdf
    assert not re.search(rb"/Author|/Creator|/ModDate|/Subject|anonymous", pdf)


def test_the_file_is_tagged() -> None:
    content = unpacked(compose(leaflet("en"), made=MADE))
    assert b"/Marked true" in content
    for kind in (b"/H1", b"/LBody", b"/TH", b"/Document"):
        assert b"/S " + kind in content
    marks = len(re.findall(rb"/MCID \d+>> BDC", content))
    assert marks == content.count(b"/Type /MCR")
    assert content.count(b"BDC") + content.count(b"BMC") == content.count(b"EMC")


def test_right_to_left_elements_carry_their_text_for_screen_readers() -> None:
    pdf = compose(leaflet("ar", Heading(1, runs("اطلب مترجم"), "ar")), made=MADE)
    assert b"/ActualText" in pdf


def test_every_code_has_a_text_and_what_stands_for_nothing_says_so() -> None:
    content = unpacked(compose(leaflet("ar"), made=MADE))
    assert b"\nbegincmap" in content
    assert not re.search(rb"<[0-9a-f]{4}> <>", content)
    assert b"/ActualText <feff>>> BDC" in content


def test_the_packet_of_metadata_is_found_by_a_reader_that_takes_every_filter_for_one() -> None:
    assert b"/Filter [  ]" not in compose(leaflet("en"), made=MADE)


def test_leaflets_are_small() -> None:
    for language in ("en", "ar", "ur", "zh"):
        assert len(compose(leaflet(language), made=MADE)) < 60_000


def test_nothing_is_printed_with_a_missing_glyph() -> None:
    places = (
        leaflet("en", Paragraph(runs("\U0001f600"), "en")),
        leaflet("en", footer="\U0001f600"),
        leaflet("en", draft_notice="\U0001f600"),
    )
    for document in places:
        with pytest.raises(LeafletFault) as refused:
            compose(document, made=MADE)
        assert refused.value.code == "leaflet.missing_glyph"


def test_a_preview_has_ink_and_the_size_asked_for() -> None:
    pdf = compose(leaflet("ti"), made=MADE)
    picture = page_image(pdf, 0, 1.0)
    assert (picture.width, picture.height) == (596, 842)
    assert len(picture.pixels) == 596 * 842 * 4
    grey = picture.pixels[::4]
    assert grey.count(255) > 0.8 * len(grey)
    assert sum(level < 64 for level in grey) > 2000


def test_a_heavier_run_has_more_ink() -> None:
    def ink(bold: bool) -> int:
        document = Document("x", "ar", (Paragraph((Run(SENTENCES["ar"], bold=bold),), "ar"),))
        return sum(level < 128 for level in page_image(compose(document, made=MADE), 0, 2.0).pixels[::4])

    assert ink(True) > 1.15 * ink(False)


def test_what_is_no_pdf_is_refused() -> None:
    for content in (b"", b"no pdf", b"%PDF-1.7\nbroken"):
        with pytest.raises(LeafletFault) as refused:
            page_count(content)
        assert refused.value.code == "leaflet.pages_unreadable"


def test_a_page_that_is_not_there_is_an_index_error() -> None:
    pdf = compose(leaflet("en"), made=MADE)
    with pytest.raises(IndexError):
        page_text(pdf, 7)


def test_leaflets_made_side_by_side_are_the_same() -> None:
    languages = ["th", "ar", "km", "en", "ur", "my", "zh", "ti"]
    alone = [compose(leaflet(language), made=MADE) for language in languages]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda language: compose(leaflet(language), made=MADE), languages))
    assert together == alone
