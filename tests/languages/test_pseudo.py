"""The languages nobody speaks: longer, accented, and one of them mirrored."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.languages.catalogues import PLACEHOLDER, load
from fieldkit.languages.direction import is_rtl
from fieldkit.languages.pseudo import PSEUDO_LANGUAGES, stretched


def test_a_text_is_longer_by_two_fifths_and_plainly_not_english() -> None:
    text = "Print 3 pages for this person"
    shown = load("en_XA", "interface").say(text)
    assert shown != text
    assert len(text) * 1.35 <= len(shown) <= len(text) * 1.6
    assert "3" in shown


def test_the_mirrored_one_runs_from_right_to_left() -> None:
    assert is_rtl("ar_XB")
    assert not is_rtl("en_XA")
    assert load("ar_XB", "interface").say("Lock").startswith("[\u202e")


@pytest.mark.parametrize("tag", PSEUDO_LANGUAGES)
def test_values_are_filled_in(tag: str) -> None:
    words = load(tag, "interface")
    assert "Amina" in words.say("Hello {name}", name="Amina")
    assert "3" in words.count("{number} page", "{number} pages", 3)
    assert words.is_translated("anything")


@given(st.text(alphabet="aehlo {}$*\nname", max_size=80), st.booleans())
def test_what_is_filled_in_or_marked_stays(text: str, mirrored: bool) -> None:
    changed = stretched(text, mirrored=mirrored)
    assert changed.count("**") >= text.count("**") or not text
    assert set(PLACEHOLDER.findall(text)) <= set(PLACEHOLDER.findall(changed)) or "{{" in text
