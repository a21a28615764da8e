"""The booklet for officials: every question, form, section and pathway leads to a paragraph that is there."""

import re

import pytest

from fieldkit.content import codebook as codebooks
from fieldkit.content.booklet import OTHERWISE, load
from fieldkit.content.codebook import Sensitivity
from fieldkit.content.faults import ContentFault
from fieldkit.domain.shelf import Shelf
from fieldkit.files import resources
from fieldkit.leaflets.source import booklet_ids, leaflet_ids, read_leaflet
from fieldkit.services.booklet import Booklet, booklets, on_paper
from fieldkit.services.gates import SectionKind
from tests.content.shipped import form_ids

BOOKLET = Booklet("en")
IDS = {one.id for one in BOOKLET.paragraphs}


def test_every_sensitive_question_leads_to_a_paragraph_of_its_own_kind() -> None:
    for fact in BOOKLET.codebook.facts.values():
        if fact.sensitivity.is_sealed:
            paragraph = BOOKLET.at(("fact", fact.name))
            assert paragraph.id in IDS and paragraph.id != OTHERWISE, fact.name


@pytest.mark.parametrize(
    ("fact", "paragraph"),
    [
        ("fear_return", "fear_key"),
        ("made_to", "c04"),
        ("ga_at_sea", "c10"),
        ("interpreted", "interpreters"),
        ("share_headquarters", "agreement"),
        ("age_band", "age"),
    ],
)
def test_a_question_opens_its_paragraph(fact: str, paragraph: str) -> None:
    assert BOOKLET.at(("fact", fact)).id == paragraph


def test_every_form_section_and_pathway_has_one() -> None:
    for form in form_ids():
        assert BOOKLET.at(("form", form)).id != OTHERWISE, form
    for kind in SectionKind:
        assert kind is SectionKind.PLAIN or BOOKLET.at(("section", kind.value)).id != OTHERWISE
    for category in BOOKLET.codebook.categories:
        assert BOOKLET.at(("category", category)).id == category.lower()
    assert {one.value for one in Sensitivity if one.is_sealed} <= {
        name for kind, name in BOOKLET.guide.places if kind == "class"
    }


def test_what_is_nearest_counts_first() -> None:
    assert BOOKLET.at(("fact", "nobody"), ("form", "tracing"), ("section", "core")).id == "missing_people"
    assert BOOKLET.at(("fact", "nobody"), ("section", "urgent"), ("form", "tracing")).id == "first_needs"
    assert BOOKLET.at(("screen", "a screen of next year")).id == OTHERWISE


def test_every_paragraph_has_a_source_and_says_that_nobody_has_reviewed_it() -> None:
    assert {one.id for one in BOOKLET.paragraphs} == set(BOOKLET.guide.abouts)
    for one in BOOKLET.paragraphs:
        assert re.fullmatch(r"00[0-4]:\d+(-\d+)?(; 00[0-4]:\d+(-\d+)?)*", one.about.source), one.id
        assert one.about.reviewed_by is None


def test_every_pathway_says_what_to_do_and_what_never_to_do() -> None:
    for category in BOOKLET.codebook.categories:
        lines = BOOKLET.find(category.lower()).lines
        assert any(line.number for line in lines), category
        assert any(line.never for line in lines) or category == "C20", category


def test_search_finds_by_every_word_and_titles_come_first() -> None:
    found = [one.id for one in BOOKLET.search("interpreter")]
    assert "interpreters" in found
    first, *_ = BOOKLET.search("Detention")
    assert first.id in {"detention", "c17", "c18"}
    assert [one.id for one in BOOKLET.search("cover screen stick")] == ["data_care"]
    assert BOOKLET.search("   ") == ()
    assert BOOKLET.search("xylophone") == ()


def test_it_is_listed_and_never_among_the_leaflets_that_are_handed_out() -> None:
    assert [one.id for one in booklets("en")] == ["B01"] == list(booklet_ids())
    assert "B01" not in leaflet_ids()
    assert read_leaflet("B01").groups == ("staff",)
    assert callable(on_paper)


@pytest.mark.parametrize(
    ("name", "row", "code"),
    [
        ("places.csv", "fact,made_to,nowhere", "content.unknown_name"),
        ("places.csv", "wall,made_to,c04", "content.unknown_name"),
        ("places.csv", "class,health,c04", "content.duplicate"),
        ("paragraphs.csv", "nowhere,*,s,,,", "content.unknown_name"),
        ("paragraphs.csv", "c04,*,s,,,", "content.duplicate"),
    ],
)
def test_a_row_that_leads_nowhere_is_refused(name: str, row: str, code: str) -> None:
    held = (resources() / "booklet" / name).read_bytes()
    shelf = Shelf(resources(), {f"booklet/{name}": held + f"{row}\n".encode()})
    with pytest.raises(ContentFault) as caught:
        load(shelf, codebooks.load(resources()), IDS)
    assert caught.value.code == code
    assert caught.value.data["row"] == len(held.decode().splitlines()) + 1


def test_in_french_it_is_a_draft_that_says_so_and_is_found_by_french_words() -> None:
    french = Booklet("fr")
    alone = french.find("c06")
    assert alone.title.text == "Un enfant seul" and alone.title.language == "fr"
    assert all(one.draft for one in french.paragraphs)
    assert [one.id for one in french.search("tremblements larmes")] == ["stop_and_break"]
    assert "stop_and_break" in [one.id for one in BOOKLET.search("tremblements larmes")], (
        "in any language it has"
    )
    assert french.at(("fact", "made_to")).title.text == "Signes d'exploitation ou de contrôle"
