"""Leaflets in pictures say what the leaflet says; the cards need no translation."""

import pytest

from fieldkit.content.codebook import load as load_codebook
from fieldkit.domain.document import Document, Paragraph, Picture, Table
from fieldkit.files import resources
from fieldkit.languages import catalogues
from fieldkit.languages.autonyms import LANGUAGES
from fieldkit.languages.isolates import without_isolates
from fieldkit.languages.near import NEAR, near
from fieldkit.leaflets import pictured
from fieldkit.leaflets.faults import LeafletFault
from fieldkit.leaflets.layout import lay_out
from fieldkit.leaflets.pictograms import pictogram, pictogram_names
from fieldkit.leaflets.source import Inserts, read_leaflet
from fieldkit.services import cards


def pictures(document: Document) -> list[Picture]:
    return [block for block in document.blocks if isinstance(block, Picture)]


@pytest.mark.parametrize("leaflet", ["L03", "L29", "L32"])
def test_every_line_of_the_table_is_a_paragraph_of_its_leaflet(leaflet: str) -> None:
    ids = [block.id for block in read_leaflet(leaflet).texts()]
    lines = pictured.table()[leaflet]
    assert [line.paragraph for line in lines] == [
        one for one in ids if one in {line.paragraph for line in lines}
    ]
    assert all(line.shows for line in lines if line.pictogram)


@pytest.mark.parametrize("leaflet", ["L03", "L29", "L32"])
@pytest.mark.parametrize("tag", ["en", "ar", "wo"])
def test_words_stand_beside_every_picture_with_their_contacts(leaflet: str, tag: str) -> None:
    words = catalogues.load(tag, "leaflets")
    document = pictured.pictured(leaflet, tag, words, Inserts(contacts={"hotline": "+44 1632 960199"}))
    held = pictures(document)
    assert len(held) >= 14
    said = [
        run.text for one in held for block in one.blocks if isinstance(block, Paragraph) for run in block.runs
    ]
    assert any("960199" in text for text in said)
    assert all(one.alt and one.blocks for one in held)
    assert bool(document.draft_notice) == (tag != "en"), "a draft says so in pictures too"


@pytest.mark.parametrize("leaflet", ["L03", "L29", "L32"])
def test_in_pictures_it_takes_two_pages_of_the_source(leaflet: str) -> None:
    assert len(lay_out(pictured.pictured(leaflet, "en", catalogues.load("en", "leaflets"))).pages) <= 2


def test_another_leaflet_has_no_version_in_pictures() -> None:
    with pytest.raises(LeafletFault, match=r"leaflet\.no_pictures"):
        pictured.pictured("L01", "en", catalogues.load("en", "leaflets"))


def test_every_pictogram_is_drawn_as_they_are_drawn() -> None:
    for name in pictogram_names():
        assert pictogram(name), name


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_the_language_card_has_more_than_forty_languages_on_one_page(tag: str) -> None:
    document = cards.language_card(catalogues.load(tag, "interface"))
    said = {
        run.text
        for block in document.blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row
        for run in cell
    }
    assert len(LANGUAGES) > 40 and {one.autonym for one in LANGUAGES} <= said
    assert len(lay_out(document).pages) == 1


def test_the_interpreters_card_claims_no_text_in_the_persons_language() -> None:
    document = cards.interpreter_card("wo", catalogues.load("en", "interface"))
    assert len(lay_out(document).pages) == 1
    (picture,) = pictures(document)
    said = without_isolates(" ".join(run.text for block in picture.blocks for run in block.runs))  # type: ignore[union-attr]
    assert "My language is: Wolof (wo)" in said and said.endswith("Wolof")


def test_the_nearest_language_is_what_the_person_said_first() -> None:
    assert near("wo", ("ar",))[:2] == ("ar", "fr")
    assert near("fa_AF")[0] == "fa" and "en" in near("ti")
    assert near("xx") == () and all(tag not in near(tag) for tag in NEAR)


def test_every_language_of_the_table_is_known() -> None:
    known = {one.tag for one in LANGUAGES} | {"aa"}
    assert set(NEAR) <= known and all(set(tags) <= known for tags in NEAR.values())


def test_the_kinds_of_contacts_have_names() -> None:
    names = {one.name for one in load_codebook(resources()).lists["service_kinds"]}
    assert {"hotline", "emergency", "refugee_agency", "work", "visitors", "data", "sea"} <= names
