"""L01 on paper: two pages at most, also while every critical sentence stands there twice."""

from datetime import date

import pytest

from fieldkit.leaflets.pages import page_count
from fieldkit.leaflets.pdf import compose
from fieldkit.leaflets.source import Inserts, leaflet
from tests.leaflets.test_source import DRAFT, NOTHING, REVIEWED, Words

CONTACTS = Inserts(
    contacts={
        "contact_asylum": "Sample Office 2 (invented), +44 1632 960102",
        "contact_legal": "Sample Office 5 (invented), +44 1632 960105",
        "hotline": "+44 1632 960199",
        "contact_child": "Sample Office 3 (invented), +44 7700 900103",
        "contact_complaints": "Sample Office 13 (invented), +44 1632 960113",
    }
)


@pytest.mark.parametrize(
    ("tag", "words"), [("en", NOTHING), ("fr", DRAFT), ("ar", DRAFT), ("ti", NOTHING), ("es", REVIEWED)]
)
def test_it_fits_two_pages(tag: str, words: Words) -> None:
    pdf = compose(leaflet("L01", tag, words, CONTACTS), made=date(2026, 11, 21))
    assert 1 <= page_count(pdf) <= 2
