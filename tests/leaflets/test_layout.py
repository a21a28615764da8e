"""Documents on pages."""

from dataclasses import replace
from itertools import pairwise

import pytest

from fieldkit.domain.document import Block, Box, Document, Heading, Items, Page, Paragraph, Run, Space, Table
from fieldkit.languages.isolates import without_isolates
from fieldkit.leaflets.layout import lay_out
from fieldkit.leaflets.placed import ARTIFACT, Ink, Pages, PlacedLine
from tests.leaflets.samples import SENTENCES, every_block, leaflet, runs


def said(lines: tuple[PlacedLine, ...]) -> list[str]:
    return [without_isolates(line.line.text).strip() for line in lines]


def kinds(pages: Pages) -> list[str]:
    return [element.kind for element in pages.elements]


def long_text(words: int) -> tuple[Run, ...]:
    return runs("Help is free for all people here. " * words)


def test_every_page_says_its_number_the_footer_and_that_it_is_a_draft() -> None:
    document = leaflet("en", Paragraph(long_text(600), "en"), footer="L01", draft_notice="Not checked yet")
    pages = lay_out(document).pages
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        texts = said(page.lines)
        assert "Not checked yet" in texts
        assert "L01" in texts
        assert f"{number} / {len(pages)}" in texts


def test_a_reviewed_document_has_no_notice() -> None:
    shapes = lay_out(leaflet("en", Paragraph(runs("Help"), "en"))).pages[0].shapes
    assert Ink.CAREFUL not in {shape.ink for shape in shapes}


def test_an_empty_document_has_one_page() -> None:
    assert len(lay_out(Document("Nothing", "en", ())).pages) == 1


@pytest.mark.parametrize("paper", Page)
@pytest.mark.parametrize("language", ["en", "ar", "ur", "km"])
@pytest.mark.parametrize("large", [False, True])
def test_everything_stands_inside_the_page(paper: Page, language: str, large: bool) -> None:
    blocks = every_block(language) * 3
    document = replace(
        leaflet(language, *blocks, footer="L01", draft_notice="x"), page=paper, large_print=large
    )
    laid = lay_out(document)
    edge = 12 if paper is Page.CARD else 30
    for page in laid.pages:
        for placed in page.lines:
            assert edge <= placed.x <= placed.x + placed.line.width <= laid.width - edge
            assert edge <= placed.y <= laid.height - edge
        for shape in page.shapes:
            assert edge - 10 <= shape.y <= shape.y + shape.height <= laid.height - edge + 10


def test_lines_of_a_page_do_not_lie_on_each_other() -> None:
    laid = lay_out(leaflet("ar", *(Paragraph(runs(SENTENCES["ar"] * 5), "ar") for _ in range(12))))
    for page in laid.pages:
        ys = [line.y for line in page.lines if line.element != ARTIFACT]
        assert len(ys) > 1 and all(below - above > 11 for above, below in pairwise(ys))


def test_large_print_is_larger_on_every_paper() -> None:
    for paper in Page:
        document = replace(leaflet("en", Paragraph(runs("Help"), "en")), page=paper, large_print=True)
        sizes = [run.size for line in lay_out(document).pages[0].lines for run in line.line.runs]
        assert max(sizes) >= 17


def test_right_to_left_text_begins_at_the_right_in_any_document() -> None:
    blocks = (Paragraph(runs("اطلب مترجم"), "ar"), Paragraph(runs("Ask for help"), "en"))
    for language in ("en", "ar"):
        laid = lay_out(leaflet(language, *blocks))
        arabic, english = (line for line in laid.pages[0].lines if line.element != ARTIFACT)
        assert arabic.x + arabic.line.width == pytest.approx(laid.width - 54)
        assert english.x == 54


def test_list_marks_stand_where_lines_begin() -> None:
    for language, rtl in (("en", False), ("ar", True)):
        laid = lay_out(leaflet(language, Items((runs(SENTENCES[language]),), language, numbered=True)))
        mark, text = laid.pages[0].lines[:2]
        assert "1" in mark.line.text
        assert mark.y == text.y
        assert (mark.x > text.x + text.line.width) is rtl
        assert (mark.x + mark.line.width < text.x) is not rtl


def test_columns_mirror() -> None:
    cells = ((runs("1"), runs("2")),)
    for language in ("en", "ar"):
        one, two = lay_out(leaflet(language, Table(cells, language, (3, 1)))).pages[0].lines[:2]
        assert (one.x < two.x) is (language == "en")
        assert one.y == two.y


def test_a_table_over_two_pages_says_its_header_again() -> None:
    rows = (
        tuple(map(runs, ("Place", "Day"))),
        *(tuple(map(runs, (f"Office {n}", "Monday"))) for n in range(60)),
    )
    laid = lay_out(leaflet("en", Table(rows, "en", (1, 1), header=True)))
    assert len(laid.pages) > 1
    headers = [line for page in laid.pages for line in page.lines if line.line.text == "Place"]
    assert len(headers) == len(laid.pages)
    assert [line.element == ARTIFACT for line in headers] == [False, *[True] * (len(laid.pages) - 1)]
    offices = [
        line.line.text for page in laid.pages for line in page.lines if line.line.text.startswith("Office")
    ]
    assert offices == [f"Office {n}" for n in range(60)]


@pytest.mark.parametrize("before", range(28, 44))
def test_a_heading_never_stands_at_the_foot_of_a_page(before: int) -> None:
    filler = [Paragraph(runs(f"Line {n}"), "en") for n in range(before)]
    laid = lay_out(
        leaflet("en", *filler, Heading(2, runs("Where to go"), "en"), Paragraph(long_text(20), "en"))
    )
    for page in laid.pages:
        content = [line for line in page.lines if line.element != ARTIFACT]
        assert laid.elements[content[-1].element].kind != "H2"


@pytest.mark.parametrize("before", range(28, 40))
def test_no_line_of_a_paragraph_stands_alone(before: int) -> None:
    filler = [Paragraph(runs(f"Line {n}"), "en") for n in range(before)]
    laid = lay_out(leaflet("en", *filler, Paragraph(long_text(20), "en")))
    long = len(laid.elements) - 1
    counts = [sum(line.element == long for line in page.lines) for page in laid.pages]
    assert all(count != 1 for count in counts)
    assert sum(counts) > 4


def test_a_small_box_is_not_divided_and_its_frame_holds_its_text() -> None:
    box = Box((Paragraph(runs("Call"), "en"), Paragraph(runs("Every day"), "en")), careful=True)
    for before in range(30, 42):
        laid = lay_out(leaflet("en", *(Paragraph(runs(f"Line {n}"), "en") for n in range(before)), box))
        frames = [(page, shape) for page in laid.pages for shape in page.shapes if shape.ink is Ink.CAREFUL]
        assert len(frames) == 1
        page, frame = frames[0]
        inside = [line for line in page.lines if line.line.text in ("Call", "Every day")]
        assert len(inside) == 2
        assert all(frame.y < line.y - 8 and line.y < frame.y + frame.height for line in inside)


def test_a_box_longer_than_a_page_is_framed_on_each() -> None:
    laid = lay_out(leaflet("en", Box((Paragraph(long_text(400), "en"),))))
    assert len(laid.pages) > 1
    for page in laid.pages:
        assert sum(shape.ink is Ink.FRAME for shape in page.shapes) == 1


def test_a_row_higher_than_a_page_goes_on_without_loss() -> None:
    text = "Help is free for all people here. " * 300
    laid = lay_out(leaflet("en", Table(((runs(text), runs("x")),), "en", (1, 1))))
    assert len(laid.pages) > 1
    column = [line.line.text for page in laid.pages for line in page.lines if "people" in line.line.text]
    assert "".join(line for line in column).count("people") == 300


def test_space_is_room_between_blocks() -> None:
    def distance(*between: Space) -> float:
        blocks: tuple[Block, ...] = (Paragraph(runs("One"), "en"), *between, Paragraph(runs("Two"), "en"))
        one, two = lay_out(leaflet("en", *blocks)).pages[0].lines[:2]
        return two.y - one.y

    assert distance(Space(30)) == pytest.approx(distance() + 30)


def test_the_structure_follows_the_blocks() -> None:
    laid = lay_out(leaflet("en"))
    assert kinds(laid)[:8] == ["H1", "P", "L", "LI", "Lbl", "LBody", "LI", "Lbl"]
    assert {"Table", "TR", "TH", "TD", "Div", "H2"} <= set(kinds(laid))
    for number, element in enumerate(laid.elements):
        assert -1 <= element.parent < number


def test_a_notice_not_translated_yet_runs_in_its_own_direction() -> None:
    laid = lay_out(leaflet("ar", Paragraph(runs(SENTENCES["ar"]), "ar"), draft_notice="Not checked yet."))
    notice = next(line for line in laid.pages[0].lines if "checked" in line.line.text)
    assert not notice.line.rtl
    assert [run.run.text for run in notice.line.runs] == ["Not checked yet."]


def test_a_footer_mostly_in_english_reads_in_order() -> None:
    laid = lay_out(
        leaflet("ar", Paragraph(runs(SENTENCES["ar"]), "ar"), footer="L01, draft and not complete. العربية")
    )
    footer = next(line for line in laid.pages[0].lines if "draft" in line.line.text)
    assert footer.line.runs[0].run.text.startswith("L01")


@pytest.mark.parametrize("footer", ["L01, version 1, not translated yet", "المنشور", ""])
def test_the_page_number_never_lies_on_the_footer(footer: str) -> None:
    page = lay_out(Document("t", "ar", (Paragraph((Run("هذه المساعدة مجانية."),), "ar"),), footer)).pages[0]
    last = max(line.y for line in page.lines)
    row = sorted((line.x, line.x + line.line.width) for line in page.lines if line.y > last - 3)
    assert all(end <= start for (_, end), (start, _) in pairwise(row))
