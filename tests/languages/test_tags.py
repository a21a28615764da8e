"""Languages by their own names, directions, and both spellings of tags."""

import unicodedata

import pytest
from babel import Locale, UnknownLocaleError
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.languages.autonyms import LANGUAGES, Language, autonym, language
from fieldkit.languages.direction import bcp47, from_bcp47, is_rtl
from fieldkit.languages.quality import _SCRIPT_NAMES

# What `requirements.md` 3.1 ranks and this stage must offer.
NEEDED = (
    "en fr es pt ar ru so am ti om fa fa_AF ps sw ht ur ckb ku uz tg ky kk tk tr zh bn hi ne ta si my rhg th vi "
    "km id ha wo ff ln rw rn bm yo ig"
)


def test_every_needed_language_can_be_pointed_at() -> None:
    assert set(NEEDED.split()) <= {row.tag for row in LANGUAGES}
    assert len({row.tag for row in LANGUAGES}) == len(LANGUAGES)
    assert len({row.autonym for row in LANGUAGES}) == len(LANGUAGES)


@pytest.mark.parametrize("row", LANGUAGES, ids=lambda row: row.tag)
def test_an_autonym_is_written_in_the_language_s_own_script(row: Language) -> None:
    letters = [letter for letter in row.autonym if letter.isalpha()]
    assert letters
    assert all(unicodedata.name(letter).startswith(_SCRIPT_NAMES[row.script]) for letter in letters)


@pytest.mark.parametrize("row", LANGUAGES, ids=lambda row: row.tag)
def test_directions_agree_with_cldr(row: Language) -> None:
    try:
        locale = Locale.parse(row.tag)
    except UnknownLocaleError:
        pytest.fail(f"{row.tag} is unknown to Babel: dates would be wrong")
    assert is_rtl(row.tag) == (locale.text_direction == "rtl")


def test_dari_is_dari() -> None:
    assert autonym("fa_AF") == "دری"
    assert autonym("fa") == "فارسی"
    assert autonym("pt_BR") == "Português"
    assert autonym("xyz") == "xyz"
    assert language("xyz") is None


@pytest.mark.parametrize(
    ("foreign", "ours"),
    [
        ("fr", "fr"),
        ("fa-AF", "fa_AF"),
        ("fa-af", "fa_AF"),
        ("prs", "fa_AF"),
        ("FF-adlm", "ff_Adlm"),
        ("uz-Arab-AF", "uz_Arab_AF"),
        ("tl", "fil"),
        ("English", "English"),
        ("English (en)", "English (en)"),
        ("", ""),
    ],
)
def test_tags_of_forms_become_ours(foreign: str, ours: str) -> None:
    assert from_bcp47(foreign) == ours


@pytest.mark.parametrize(
    ("tag", "rtl"), [("ff", False), ("ff_Adlm", True), ("uz_Arab", True), ("fa-AF", True)]
)
def test_a_script_decides_where_there_is_one(tag: str, rtl: bool) -> None:
    assert is_rtl(tag) is rtl


@given(st.sampled_from([row.tag for row in LANGUAGES]))
def test_both_spellings_lead_back(tag: str) -> None:
    assert from_bcp47(bcp47(tag)) == tag
    assert "_" not in bcp47(tag)
