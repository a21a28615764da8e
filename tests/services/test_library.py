"""Whom leaflets are for: each group of table 6 finds its own, by the words that people use (R-146, R-154)."""

from collections.abc import Iterator

import pytest

from fieldkit.leaflets import source
from fieldkit.leaflets.pages import page_image, page_text
from fieldkit.services import counsel
from fieldkit.services.library import ALSO_CALLED, Index
from fieldkit.services.vault import OpenVault
from tests.stories.offices import open_post

TABLE_6 = {
    "new arrivals": {"L01", "L02", "L03", "L04", "L05", "L06", "L07", "L12"},
    "unaccompanied children": {"L08"},
    "parents": {"L09", "L30"},
    "elderly": {"L13"},
    "disabilities": {"L13"},
    "women": {"L10"},
    "refugees in camps": {"L16"},
    "returnees": {"L21"},
    "voluntary return": {"L20"},
    "communities of origin": {"L34"},
    "host community": {"L31"},
    "police": {"L31"},
    "migrant workers": {"L19"},
}
"""What somebody types, and the leaflets that the table of requirements names for that group."""


@pytest.fixture(scope="module")
def post(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenVault]:
    vault = open_post(tmp_path_factory.mktemp("library") / "vault", "Harbour post (invented)")
    yield vault
    vault.close()


@pytest.fixture(scope="module")
def index(post: OpenVault) -> Index:
    return Index(post)


@pytest.mark.parametrize("typed", TABLE_6)
def test_a_group_finds_its_leaflets(index: Index, typed: str) -> None:
    assert TABLE_6[typed] <= index.found(typed)


def test_a_rare_word_finds_few(index: Index) -> None:
    assert index.found("returnees") == {"L21"} and index.found("elderly") == {"L13"}


def test_other_words_belong_to_groups_that_leaflets_have(post: OpenVault) -> None:
    groups = {group for one in counsel.leaflets("en", post) for group in one.groups}
    assert set(ALSO_CALLED) <= groups


def test_all_thirty_five_are_there_and_each_is_for_somebody(post: OpenVault) -> None:
    offered = counsel.leaflets("en", post)
    assert [one.id for one in offered] == [f"L{number:02}" for number in range(1, 36)]
    assert all(one.groups for one in offered)


def test_the_pocket_card_has_numbers_and_phrases_in_the_language_of_the_country(post: OpenVault) -> None:
    """R-151: whom to call, and what to say, on a card of which eight stand on a sheet."""
    texts = [block.text for block in source.read_leaflet("L32").texts()]
    asked = "\n".join(texts)
    assert "{{hotline}}" in asked
    for phrase in ("phrase_help", "phrase_danger", "phrase_asylum", "phrase_doctor", "phrase_child"):
        assert f"{{{{{phrase}}}}}" in asked
    wanted = counsel.Edition("L32", "fr", card=True)
    made = counsel.print_pages(counsel.edition(post, wanted), post.world)
    assert wanted.file_name == "leaflet-L32-fr-card.pdf"
    picture = page_image(made.pdf, 0, 1.0)
    assert (picture.width, picture.height) == (596, 842), "on sheets of A4, to be cut"
    assert page_text(made.pdf, 0).count("Brouillon") == 8
