"""Protection rule 11: law. Somebody tries to let a leaflet promise what no law was read for."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from fieldkit.content import recognition, regions
from fieldkit.content.faults import ContentFault
from fieldkit.content.regions import Region
from fieldkit.domain.shelf import Shelf
from fieldkit.files import resources
from fieldkit.languages import catalogues
from fieldkit.leaflets import source
from fieldkit.leaflets.source import Inserts
from fieldkit.services import booklet, counsel, region_paper
from tests.stories.desks import Desks, text_of

PROMISES = ("stay_while_waiting", "lawyer", "who_knows", "deadlines", "appeal")


def test_every_leaflet_says_on_every_page_that_no_lawyer_has_read_it(desks: Desks) -> None:
    assert "L01" in source.leaflet_ids()
    for leaflet_id in source.leaflet_ids():
        assert source.read_leaflet(leaflet_id).reviewed_by_lawyer is None
        footer = counsel.leaflet(desks.training, leaflet_id, "en").footer
        assert "No lawyer has read this text." in footer
    for tag in counsel.LEAFLET_LANGUAGES:
        words = catalogues.load(tag, "leaflets")
        said = words.in_context("leaflet/law_not_reviewed", "No lawyer has read this text.")
        assert said in counsel.leaflet(desks.training, "L01", tag).footer


def test_a_leaflet_asks_where_it_may_not_promise(desks: Desks) -> None:
    blocks = source.read_leaflet("L01").blocks
    asked = {block.insert: block for block in blocks if block.insert}
    assert set(asked) == set(PROMISES)
    for tag in counsel.LEAFLET_LANGUAGES:
        words, paper = catalogues.load(tag, "leaflets"), text_of(counsel.leaflet(desks.training, "L01", tag))
        for block in asked.values():
            question = words.in_context(f"L01/{block.id}", block.text)
            assert question.rstrip().endswith(("?", "؟", "፧")), (tag, question)
            assert question in paper


def test_a_sentence_of_a_reviewed_pack_takes_the_place_of_its_question_and_of_no_other(desks: Desks) -> None:
    words = catalogues.load("en", "leaflets")
    reviewed = Inserts(reviewed={"lawyer": "A lawyer of the invented office is free."})
    paper = text_of(source.leaflet("L01", "en", words, reviewed))
    assert "A lawyer of the invented office is free." in paper
    assert "Is there a lawyer for me?" not in paper
    assert "May I stay while I wait for the answer?" in paper


def sample(desks: Desks) -> Region:
    """A region as it comes with the program."""
    return next(
        one for one in regions.shipped(resources(), desks.training.codebook) if one.id == "gulf_of_aden"
    )


def test_every_item_of_a_region_says_on_paper_that_nobody_has_reviewed_it(desks: Desks) -> None:
    shown = sample(desks)
    paper = text_of(region_paper.document(desks.training, shown, "en", sample=True))
    items = len(shown.actors) + len(shown.definitions) + len(shown.movement) + len(shown.procedures.steps)
    assert len(re.findall("Nobody has reviewed this", paper)) == items
    assert "A sample, for training." in paper


def test_what_has_expired_is_not_printed(desks: Desks) -> None:
    shown = sample(desks)
    yesterday = desks.training.world.today() - timedelta(days=1)
    first, *others = shown.definitions
    expired = replace(first, about=replace(first.about, valid_until=yesterday))
    held = replace(shown, definitions=(expired, *others))
    paper = text_of(region_paper.document(desks.training, held, "en", sample=True))
    assert first.text not in paper and others[0].text in paper
    assert "Items that have expired are left out here." in paper


def test_every_paragraph_of_the_booklet_says_that_nobody_has_reviewed_it(desks: Desks) -> None:
    held = booklet.Booklet("en", desks.training)
    said = region_paper.Said(desks.training.codebook, "en", desks.training.world.today())
    assert {said.review(one.about) for one in held.paragraphs} == {"Nobody has reviewed this."}
    assert "No lawyer has read this text." in booklet.on_paper(desks.training, "en").footer


def test_nobody_is_recognised_as_a_group_by_a_row_that_no_lawyer_has_read(desks: Desks) -> None:
    """R-056: a quicker way is law too, and it comes from a reviewed pack or not at all."""
    head = "id,jurisdiction,country,area,text,source,reviewed_by,reviewed_on,valid_until"
    for review in ("", "Lawyer (invented)"):
        table = f"{head}\nwar,*,SO,,Text (invented).,Decree (invented),{review},,\n".encode()
        with pytest.raises(ContentFault):
            recognition.load(Shelf(resources(), {recognition.TABLE: table}), desks.training.codebook)
