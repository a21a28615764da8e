"""One paragraph of the booklet alone, as a card for people outside the post (R-080)."""

from collections.abc import Iterator

import pytest

from fieldkit.domain.document import Blank
from fieldkit.services import booklet
from fieldkit.services.vault import OpenVault
from tests.stories import offices
from tests.stories.desks import text_of

CARDS = ("card_inspectors", "card_teachers", "card_employers", "card_health")


@pytest.fixture(scope="module")
def post(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenVault]:
    vault = offices.open_post(tmp_path_factory.mktemp("cards"), "Card post (invented)", training=True)
    yield vault
    vault.close()


@pytest.mark.parametrize("card", CARDS)
def test_a_card_has_its_own_paragraph_and_no_other(post: OpenVault, card: str) -> None:
    document = booklet.card(post, "en", card)
    text = text_of(document)
    one = booklet.Booklet("en", post).find(card)
    assert document.title == one.title.text and one.title.text in text
    assert all(line.text in text for line in one.lines if line.number or line.never)
    assert "Phone" in text and any(isinstance(block, Blank) for block in document.blocks), "a number by hand"
    assert "How to use this booklet" not in text and "Complaints about us" not in text


@pytest.mark.parametrize("card", CARDS)
def test_a_card_goes_by_signs_and_by_no_ones_origin(post: OpenVault, card: str) -> None:
    one = booklet.Booklet("en", post).find(card)
    assert any("where somebody comes from" in line.text for line in one.lines if line.never)
    assert any(
        word in line.text for line in one.lines for word in ("Never promise", "safety comes first", "Listen")
    )


def test_a_card_is_there_in_the_other_languages_as_a_draft(post: OpenVault) -> None:
    for tag in ("fr", "es", "ar"):
        assert booklet.Booklet(tag, post).find("card_teachers").draft
        assert "For teachers" not in text_of(booklet.card(post, tag, "card_teachers"))
