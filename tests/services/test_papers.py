"""The slip, line by line: the least that gets a person to help, in both languages, on one page."""

import re
from dataclasses import replace
from datetime import date

import pytest

from fieldkit.content import codebook as codebooks
from fieldkit.content import directory
from fieldkit.content.texts import SourceText, Texts
from fieldkit.domain.document import Document, Table
from fieldkit.files import resources
from fieldkit.languages import catalogues
from fieldkit.leaflets import pages
from fieldkit.services import counsel
from fieldkit.services.papers import SlipFacts, slip_document
from tests.stories.desks import text_of
from tests.worlds import world

BOOK = codebooks.load(resources())
SERVICES = directory.load_sample(resources(), BOOK)
FACTS = SlipFacts("27-418", SERVICES[0], "Ras Nour crossing (invented)", date(2026, 3, 2))


def slip(person: str, official: str = "en", facts: SlipFacts = FACTS) -> Document:
    return slip_document(
        facts, BOOK.texts, catalogues.load(person, "codebook"), catalogues.load(official, "codebook")
    )


def bare(text: str) -> str:
    """Without the invisible marks that keep directions apart."""
    return re.sub("[\u2066-\u2069\u200e\u200f]", "", text).replace("\u00a0", " ")


@pytest.mark.parametrize("tag", counsel.LEAFLET_LANGUAGES)
@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.id)
def test_everything_needed_to_get_there_stands_on_it(tag: str, service: directory.Service) -> None:
    said = bare(text_of(slip(tag, facts=replace(FACTS, service=service))))
    for needed in ("27-418", service.name_on_paper, service.phone, service.place_on_paper, service.hours):
        assert needed in said
    assert service.name not in said


@pytest.mark.parametrize("tag", counsel.LEAFLET_LANGUAGES)
def test_it_fits_one_page_in_every_language(tag: str) -> None:
    printed = counsel.print_pages(slip(tag, "fr"), world())
    assert printed.pages == 1
    assert pages.page_count(printed.pdf) == 1


def test_it_stands_twice_unless_both_read_the_same_language() -> None:
    def tables(document: Document) -> int:
        return sum(isinstance(block, Table) for block in document.blocks)

    assert tables(slip("ar", "en")) == 2
    assert tables(slip("en", "en")) == 1


def test_whoever_receives_reads_no_address_of_their_own() -> None:
    (_, receiver) = [block for block in slip("ar", "en").blocks if isinstance(block, Table)]
    said = bare("\n".join(run.text for row in receiver.rows for cell in row for run in cell))
    assert SERVICES[0].phone not in said
    assert SERVICES[0].place not in said
    assert "27-418" in said


def test_numbers_are_marked_so_that_their_order_survives_right_to_left() -> None:
    (table, *_) = [block for block in slip("ar").blocks if isinstance(block, Table)]
    runs = {run.text: run for row in table.rows for cell in row for run in cell}
    assert runs["27-418"].atomic
    assert runs[SERVICES[0].phone].atomic


def test_a_critical_sentence_in_draft_stands_beside_its_source() -> None:
    said = text_of(slip("ti"))
    for text in (BOOK.texts.get("slip/not_a_decision"), BOOK.texts.get("slip/your_choice")):
        assert text is not None
        assert text.critical
        assert f"({text.text})" in bare(said)
    assert "(This help is free of charge.)" not in bare(said), "only what is critical"
    assert slip("ti").draft_notice
    assert slip("en").draft_notice == ""


def test_a_sentence_without_translation_is_said_in_english_and_the_page_says_so() -> None:
    nowhere = Texts(
        [*(text for text in BOOK.texts if text.id != "slip/free"), SourceText("slip/free", "Free.")]
    )
    ti, en = catalogues.load("ti", "codebook"), catalogues.load("en", "codebook")
    paper = slip_document(FACTS, nowhere, ti, en)
    assert "Free." in text_of(paper)
    assert paper.draft_notice != slip("ti").draft_notice


def test_a_hidden_place_is_a_sentence_and_never_an_address() -> None:
    facts = replace(FACTS, service=replace(SERVICES[3], place="Lane 9"))
    assert facts.service.hidden_address
    said = text_of(slip("en", facts=facts))
    assert "Lane 9" not in said
    assert "You will be taken there, or somebody will call." in said
