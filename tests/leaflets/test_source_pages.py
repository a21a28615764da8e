"""Leaflets on paper: two pages at most, also while every critical sentence stands there twice."""

import re
from datetime import date

import pytest

from fieldkit.files import resources
from fieldkit.leaflets.pages import page_count
from fieldkit.leaflets.pdf import compose
from fieldkit.leaflets.source import Inserts, leaflet, leaflet_ids, leaflet_texts
from tests.leaflets.test_source import DRAFT, Words

CONTACTS = Inserts(
    contacts={
        "contact_asylum": "Sample Office 2 (invented), +44 1632 960102",
        "contact_legal": "Sample Office 5 (invented), +44 1632 960105",
        "hotline": "+44 1632 960199",
        "contact_child": "Sample Office 3 (invented), +44 7700 900103",
        "contact_complaints": "Sample Office 13 (invented), +44 1632 960113",
    }
)


LETTERS = {"ar": "العربيةمنتسو", "ti": "ትግርኛሰላምናእብ"}
KEPT = {"ar": 1.0, "ti": 0.7}
"""Signs for each English letter: an Ethiopic sign is a whole syllable, so there are fewer."""


def in_letters(tag: str) -> Words:
    """About as much text as a translation has, in another script: room, not language."""
    letters, kept = LETTERS[tag], KEPT[tag]

    def turned(text: str) -> str:
        pieces = re.split(r"(\{\{?\w+\}?\}|\*\*)", text)
        return "".join(piece if piece[:1] in {"{", "*"} else word_by_word(piece) for piece in pieces)

    def word_by_word(text: str) -> str:
        return re.sub(r"[^\W\d]+", lambda word: other(word.group()), text)

    def other(word: str) -> str:
        length = max(1, round(len(word) * kept))
        return "".join(letters[ord(sign) % len(letters)] for sign in word[:length])

    return Words({context: turned(text) for context, text, _ in leaflet_texts(resources())})


@pytest.mark.parametrize("leaflet_id", leaflet_ids(resources()))
def test_every_leaflet_fits_two_pages_while_it_is_a_draft(leaflet_id: str) -> None:
    """A draft is the longest there is: notices, and the English of every critical sentence."""
    pdf = compose(leaflet(leaflet_id, "fr", DRAFT, CONTACTS), made=date(2026, 11, 21))
    assert 1 <= page_count(pdf) <= 2


@pytest.mark.parametrize("tag", ["ar", "ti"])
def test_the_first_leaflet_fits_two_pages_in_another_script(tag: str) -> None:
    pdf = compose(leaflet("L01", tag, in_letters(tag), CONTACTS), made=date(2026, 11, 21))
    assert 1 <= page_count(pdf) <= 2
