"""Papers of other shapes: two languages, columns, contents, booklets, cards, pictograms, plain text."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from fieldkit.cli.program import program
from fieldkit.domain.document import (
    Block,
    Box,
    Contents,
    Document,
    Heading,
    Items,
    Page,
    Paragraph,
    Picture,
    Run,
)
from fieldkit.files import resources
from fieldkit.languages.isolates import without_isolates
from fieldkit.leaflets import batch
from fieldkit.leaflets.facing import facing
from fieldkit.leaflets.faults import LeafletFault
from fieldkit.leaflets.imposed import booklet, cards
from fieldkit.leaflets.layout import lay_out
from fieldkit.leaflets.pictograms import UNITS, pictogram, pictogram_names
from fieldkit.leaflets.placed import ARTIFACT, Ink, PlacedLine, PlacedPage
from fieldkit.leaflets.plain import line_texts, text_pages
from fieldkit.leaflets.source import Status
from tests.leaflets.samples import PHONE, SENTENCES, every_block, leaflet, runs

MADE = date(2026, 11, 21)


def content(page: PlacedPage) -> list[PlacedLine]:
    return [line for line in page.lines if line.element != ARTIFACT]


def numbered(language: str, count: int) -> tuple[Block, ...]:
    return tuple(Paragraph(runs(f"{SENTENCES[language]} {number}"), language) for number in range(count))


# Two languages


@pytest.mark.parametrize(("one", "other"), [("fr", "ar"), ("ar", "fr"), ("en", "ur"), ("km", "ti")])
def test_a_paragraph_and_its_translation_begin_on_one_line(one: str, other: str) -> None:
    laid = lay_out(facing(leaflet(one, *numbered(one, 9)), leaflet(other, *numbered(other, 9))))
    firsts = [line for line in content(laid.pages[0]) if line.line.start == 0]
    by_language = {
        tag: [line.y for line in firsts if laid.elements[line.element].language == tag]
        for tag in (one, other)
    }
    assert len(by_language[one]) == 9
    assert by_language[one] == pytest.approx(by_language[other])


def test_the_language_of_the_page_has_the_column_where_it_begins() -> None:
    for one, other in (("fr", "ar"), ("ar", "fr")):
        laid = lay_out(facing(leaflet(one, *numbered(one, 3)), leaflet(other, *numbered(other, 3))))
        middle = laid.width / 2
        for line in content(laid.pages[0]):
            is_right = laid.elements[line.element].language == "ar"
            assert line.x > middle if is_right else line.x + line.line.width < middle


def test_a_language_that_says_a_sentence_more_moves_nothing_to_another_heading() -> None:
    heads = [(Heading(2, runs(f"Part {n}"), "en"), *numbered("en", 2)) for n in range(3)]
    more = [
        (*part, Paragraph(runs("Said twice"), "en", small=True)) if n == 0 else part
        for n, part in enumerate(heads)
    ]
    made = facing(leaflet("en", *sum(heads, ())), replace(leaflet("en", *sum(more, ())), language="fr"))
    laid = lay_out(made)
    places = [line.y for line in content(laid.pages[0]) if line.line.text.startswith("Part")]
    assert len(places) == 6
    assert places[0::2] == places[1::2]


def test_both_drafts_and_both_versions_are_said() -> None:
    one = leaflet("fr", *numbered("fr", 1), footer="L01 fr", draft_notice="Brouillon\nDraft")
    made = facing(one, leaflet("ar", *numbered("ar", 1), footer="L01 ar", draft_notice="Draft"))
    assert made.draft_notice == "Brouillon\nDraft"
    said = [line.line.text for line in lay_out(made).pages[0].lines]
    assert {"L01 fr", "L01 ar", "Brouillon", "Draft"} <= set(said)


def test_an_item_and_its_translation_begin_on_one_line() -> None:
    def items(language: str, longest: int) -> Items:
        return Items(
            tuple(runs(SENTENCES[language] * (4 if n == longest else 1)) for n in range(3)),
            language,
            numbered=True,
        )

    laid = lay_out(facing(leaflet("fr", items("fr", 0)), leaflet("ar", items("ar", 1))))
    marks = [line.y for line in content(laid.pages[0]) if laid.elements[line.element].kind == "Lbl"]
    assert len(marks) == 6
    assert len(set(marks)) == 3


def test_what_is_said_on_every_page_runs_as_its_language_does() -> None:
    one = leaflet("fr", *numbered("fr", 1), footer="L01, version 1")
    other = leaflet("ar", *numbered("ar", 1), footer="L01، الإصدار 1، مسودة.", draft_notice="مسودة.")
    lines = lay_out(facing(one, other)).pages[0].lines
    said = {line.line.text: line.line.rtl for line in lines}
    assert said["L01, version 1"] is False
    assert said["L01، الإصدار 1، مسودة."] is True
    assert said["مسودة."] is True


def test_boxes_side_by_side_have_frames_of_their_own() -> None:
    box = (Box((Paragraph(runs("Call 112"), "en"),), careful=True),)
    page = lay_out(facing(leaflet("en", *box), replace(leaflet("en", *box), language="fr"))).pages[0]
    left, right = (shape for shape in page.shapes if shape.ink is Ink.CAREFUL)
    assert left.x + left.width < right.x
    assert (left.y, left.height) == (right.y, right.height)


# Columns, contents, header


@pytest.mark.parametrize("language", ["en", "ar"])
def test_text_goes_on_in_the_next_column_from_where_the_language_begins(language: str) -> None:
    laid = lay_out(replace(leaflet(language, *numbered(language, 70)), columns=2))
    middle = laid.width / 2
    lines = content(laid.pages[0])
    sides = ["right" if line.x > middle else "left" for line in lines]
    assert [side for side, before in zip(sides, ["", *sides], strict=False) if side != before] == (
        ["right", "left"] if language == "ar" else ["left", "right"]
    )
    assert all(line.x > middle or line.x + line.line.width < middle for line in lines)


def test_the_contents_say_the_page_of_each_heading() -> None:
    parts = sum(((Heading(2, runs(f"Part {n}"), "en"), *numbered("en", 12)) for n in range(8)), ())
    laid = lay_out(leaflet("en", Heading(1, runs("All"), "en"), Contents("en"), *parts))
    found = {
        line.line.text: number
        for number, page in enumerate(laid.pages, 1)
        for line in content(page)
        if laid.elements[line.element].kind == "H2"
    }
    listed = [
        line for line in content(laid.pages[0]) if laid.elements[line.element].kind in ("Reference", "P")
    ]
    texts = [without_isolates(line.line.text) for line in listed]
    assert dict(zip(texts[0:16:2], texts[1:16:2], strict=True)) == {
        name: str(page) for name, page in found.items()
    }
    assert len(set(found.values())) > 1


def test_a_header_stands_above_the_text_of_every_page() -> None:
    laid = lay_out(replace(leaflet("ar", *numbered("ar", 90)), header="L01 · العربية"))
    for page in laid.pages:
        header = next(line for line in page.lines if "L01" in line.line.text)
        assert header.y < min(line.y for line in content(page)) - 8
        assert header.element == ARTIFACT


# Booklets and cards


@pytest.mark.parametrize(("language", "order"), [("en", [(4, 1), (2, 3)]), ("ar", [(1, 4), (3, 2)])])
def test_a_folded_booklet_has_its_pages_in_order(language: str, order: list[tuple[int, int]]) -> None:
    laid = lay_out(replace(leaflet(language, *numbered(language, 100)), page=Page.A5))
    laid = replace(laid, pages=laid.pages[:4])
    made = booklet(laid)
    assert (made.width, made.height) == (2 * laid.width, laid.height)
    numbers = [
        tuple(
            int(without_isolates(line.line.text).partition("/")[0])
            for line in sorted(page.lines, key=lambda line: line.x)
            if line.element == ARTIFACT
        )
        for page in made.pages
    ]
    assert numbers == order


def test_eight_cards_stand_on_a_sheet_and_do_not_lie_on_each_other() -> None:
    card = replace(leaflet("en", Paragraph(runs("Call 112"), "en")), page=Page.CARD)
    (page,) = cards(lay_out(card)).pages
    said = [line for line in page.lines if line.line.text == "Call 112"]
    assert len({(round(line.x), round(line.y)) for line in said}) == 8


# Pictograms


def test_every_pictogram_is_drawn_inside_its_square() -> None:
    assert len(pictogram_names()) >= 30
    for name in pictogram_names():
        for stroke in pictogram(name):
            assert all(0 <= point <= UNITS for _, points in stroke.steps for point in points), name


def test_words_stand_beside_the_middle_of_a_pictogram() -> None:
    for language, rtl in (("en", False), ("ar", True)):
        words = (Paragraph(runs(SENTENCES[language]), language),)
        laid = lay_out(leaflet(language, Picture("water", "Water", language, 60, words)))
        (figure,) = laid.pages[0].figures
        line = content(laid.pages[0])[0]
        assert (figure.x > line.x) is rtl
        assert abs(line.y - 4 - (figure.y + 30)) < 6


@pytest.mark.parametrize(
    "line",
    [
        "<script/>",
        '<path d="M1 1 Q2 2" fill="black"/>',
        '<circle cx="1" cy="1" r="1" fill="red"/>',
        '<path d="M1"/>',
    ],
)
def test_a_drawing_with_anything_else_in_it_is_refused(line: str, tmp_path: Path) -> None:
    folder = tmp_path / "pictograms"
    folder.mkdir()
    head = (resources() / "pictograms" / "no.svg").read_text(encoding="utf-8").splitlines()[0]
    (folder / "own.svg").write_text(f"{head}\n{line}\n</svg>\n", encoding="utf-8")
    with pytest.raises(LeafletFault) as refused:
        pictogram("own", tmp_path)
    assert (refused.value.code, refused.value.data["line"]) == ("leaflet.pictogram_drawing", 2)


def test_a_pictogram_that_is_not_there_is_refused() -> None:
    with pytest.raises(LeafletFault) as refused:
        lay_out(leaflet("en", Picture("../../etc/passwd", "x", "en")))
    assert refused.value.code == "leaflet.pictogram_unknown"


# Any text


@pytest.mark.parametrize("language", SENTENCES)
def test_any_text_is_set_whole_in_lines_of_its_width(language: str) -> None:
    pages = text_pages(SENTENCES[language] * 3, language, 150)
    assert "".join(line_texts(pages)).replace(" ", "") == (SENTENCES[language] * 3).replace(" ", "")
    assert all(line.line.width <= 150.01 for page in pages.pages for line in page.lines)
    assert any(PHONE in line for line in line_texts(pages))


def test_a_word_of_a_hundred_thousand_letters_loses_none() -> None:
    assert sum(map(len, line_texts(text_pages("a" * 100_000, "en", 500)))) == 100_000


@pytest.mark.parametrize("tag", ["", "x", "../en", "english language", "12"])
def test_what_is_no_language_tag_is_refused(tag: str) -> None:
    with pytest.raises(LeafletFault) as refused:
        text_pages("Help", tag, 300)
    assert refused.value.code == "leaflet.no_language"


def test_the_command_sets_any_text_and_says_its_lines(tmp_path: Path) -> None:
    text, out = tmp_path / "text.txt", tmp_path / "out.pdf"
    text.write_text(SENTENCES["ar"] + "\n", encoding="utf-8")
    words = ["leaflet", "lines", "--text-file", str(text), "--language", "ar", "--width", "120"]
    done = CliRunner().invoke(program, [*words, "--out", str(out), "--json"])
    assert done.exit_code == 0
    lines = json.loads(done.output.splitlines()[-1])["lines"]
    assert "".join(lines).replace(" ", "") == SENTENCES["ar"].replace(" ", "")
    assert out.read_bytes().startswith(b"%PDF-1.7")


def test_a_character_without_a_letter_form_stops_the_command_and_is_named(tmp_path: Path) -> None:
    text, out = tmp_path / "text.txt", tmp_path / "out.pdf"
    text.write_text("Help \U0001f600", encoding="utf-8")
    words = ["leaflet", "lines", "--text-file", str(text), "--language", "en", "--out", str(out)]
    done = CliRunner().invoke(program, words)
    assert done.exit_code == 1
    assert "U+1F600 (GRINNING FACE)" in done.output
    assert not out.exists()


# All of them


def test_what_a_language_has_of_the_library_adds_up() -> None:
    tally = batch.Tally()
    tally.add(batch.Made("L01", Status.REVIEWED, b"x", 2))
    tally.add(batch.Made("L02", Status.DRAFT, b"x", 1))
    tally.add(batch.Made("L03", Status.PARTLY, b"x", 1))
    tally.add(batch.Made("L04", Status.MISSING))
    assert tally.figures() == {"complete": 1, "draft": 1, "missing": 32, "pages": 4}


def test_a_leaflet_that_cannot_be_printed_keeps_no_other_from_paper(tmp_path: Path) -> None:
    folder = tmp_path / "leaflets"
    folder.mkdir()
    source = resources() / "leaflets"
    for name in ("L01.md", "fixed.csv"):
        (folder / name).write_bytes((source / name).read_bytes())
    (folder / "L02.md").write_text("nothing", encoding="utf-8")
    made = list(batch.every_leaflet("en", MADE, folder=tmp_path))
    assert [(one.id, bool(one.pdf), one.fault is None) for one in made] == [
        ("L01", True, True),
        ("L02", False, False),
    ]


def test_every_kind_of_block_fits_every_form() -> None:
    for language in ("ur", "my"):
        document = Document(
            "x", language, (*every_block(language), Picture("bed", "Bed", language)), header="x"
        )
        for made in (
            replace(document, columns=3),
            replace(document, page=Page.CARD),
            facing(document, document),
        ):
            assert lay_out(made).pages
    assert Run("x").link == ""
