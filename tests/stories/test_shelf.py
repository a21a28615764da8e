"""A counsellor is asked what is known of a place. The shelf has a day, a source and a reader, or is empty."""

import ast
from datetime import date
from pathlib import Path

import pytest

import fieldkit
from fieldkit.content import reference
from fieldkit.content.faults import ContentFault
from fieldkit.content.reference import FILE, Kind
from fieldkit.domain.shelf import Shelf
from fieldkit.files import resources
from fieldkit.languages.isolates import isolate_words
from fieldkit.services.reference_shelf import ReferenceShelf
from fieldkit.services.vault import OpenVault
from tests.stories.desks import Desks, text_of

HEAD = "id,kind,jurisdiction,language,title,text,dated,source,reviewed_by,reviewed_on,valid_until"
WHOLE = "a,origin,other,en,A hill (invented),The road is open.,2026-01-02,Report 9 (invented),,,"


def on_shelf(vault: OpenVault, *rows: str) -> tuple[reference.Item, ...]:
    content = "\n".join((HEAD, *rows, "")).encode()
    return reference.load(Shelf(resources(), {FILE: content}), vault.codebook)


def test_without_a_pack_the_shelf_of_a_real_post_is_empty(desks: Desks) -> None:
    shelf = ReferenceShelf(desks.real, "en")
    assert shelf.items == () and not shelf.is_sample


def test_in_training_an_invented_sample_stands_there_and_says_so(desks: Desks) -> None:
    shelf = ReferenceShelf(desks.training, "en")
    assert shelf.is_sample
    assert "Everything here is invented, for training." in shelf.notes()
    assert {one.kind for one in shelf.items} == set(Kind)
    assert all("(invented)" in one.title for one in shelf.items)


def test_day_source_review_and_what_has_expired_stand_beside_each_item(desks: Desks) -> None:
    shelf = ReferenceShelf(desks.training, "en")
    held = {one.id: one for one in shelf.items}
    fresh, old = held["sample_origin"], held["sample_old"]
    assert "As it was on 14 March 2026." in shelf.about(fresh)
    assert "Sample report 1 of the Invented Observatory" in shelf.about(fresh)
    assert "Nobody has reviewed this." in shelf.about(fresh)
    assert shelf.warnings(fresh) == ()
    assert shelf.warnings(old) == ("Expired. Do not use it; ask headquarters for what is true today.",)
    assert "Reviewed by Sample Reviewer (invented), 1 July 2023." in shelf.about(old)
    in_arabic = ReferenceShelf(desks.training, "ar").about(old)
    assert isolate_words("Sample Reviewer (invented)") in in_arabic, "it takes no number of the day with it"


def test_what_is_older_than_a_year_says_so_before_it_is_read(desks: Desks) -> None:
    (item,) = on_shelf(desks.training, WHOLE)
    assert not item.is_old(date(2027, 1, 2)) and item.is_old(date(2027, 1, 3))


def test_words_in_any_order_find_an_item_and_its_place(desks: Desks) -> None:
    shelf = ReferenceShelf(desks.training, "en")
    assert [one.id for one in shelf.search("VALLEY amber")] == ["sample_origin"]
    assert "sample_return" in {one.id for one in shelf.search("return office")}
    assert shelf.search("nowhere at all") == shelf.search("  ") == ()


def test_paper_leaves_out_what_has_expired_and_says_that_it_is_about_nobody(desks: Desks) -> None:
    paper = text_of(ReferenceShelf(desks.training, "en").document())
    assert "The Amber valley (invented)" in paper and "The Copper coast (invented)" not in paper
    assert "What has expired is left out here." in paper
    assert "Nobody is believed or not believed because of it" in paper


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (WHOLE.replace("2026-01-02", ""), "content.empty_cell"),
        (WHOLE.replace("Report 9 (invented)", ""), "content.empty_cell"),
        (WHOLE.replace(",,,", ",Somebody (invented),,"), "content.half_review"),
        (WHOLE.replace("origin", "verdict"), "content.unknown_name"),
        (WHOLE.replace("other", "Narnia"), "content.unknown_name"),
    ],
)
def test_an_item_without_a_day_a_source_or_half_reviewed_comes_with_no_pack(
    desks: Desks, row: str, code: str
) -> None:
    with pytest.raises(ContentFault) as caught:
        on_shelf(desks.training, row)
    assert caught.value.code == code and caught.value.data["row"] == 2


def test_nothing_but_the_shelf_and_the_reader_of_packs_reads_it() -> None:
    """No rule, form or figure: what is known of a country is never held against somebody (K-16, K-17)."""
    readers = set()
    for path in Path(fieldkit.__file__).parent.rglob("*.py"):
        text = path.read_text("utf-8")
        if "reference" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ImportFrom) and (
                (node.module == "fieldkit.content" and any(one.name == "reference" for one in node.names))
                or node.module == "fieldkit.content.reference"
            ):
                readers.add(path.stem)
    assert readers == {"packs", "reference_shelf", "shelf"}
