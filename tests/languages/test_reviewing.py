"""A translation being reviewed: who cleared what, what can never be cleared, and a file that every tool opens."""

import io
from datetime import date

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.languages import reviewing
from fieldkit.languages.quality import Check
from fieldkit.languages.reviewing import ReviewFault

DAY = date(2026, 11, 21)
TEXTS = (
    ("L01/title", "Seeking protection", "Title of the leaflet."),
    ("L01/call", "Call {{hotline}} within 7 days.", "Critical sentence: a named speaker must review it."),
    ("L01/free", "It is free.", ""),
)
KNOWN = {
    ("L01/title", "Seeking protection"): ("Chercher protection", True),
    ("L01/call", "Call {{hotline}} within 7 days."): ("Appelez {{hotline}} dans les 7 jours.", False),
}
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=40).map(
    lambda text: " ".join(text.split())
)


def begun() -> dict[str, reviewing.Paragraph]:
    return {one.context: one for one in reviewing.begin(TEXTS, KNOWN)}


def test_it_begins_with_what_stands_now() -> None:
    held = begun()
    assert not held["L01/title"].is_reviewed and held["L01/call"].is_reviewed
    assert held["L01/free"].text == "" and held["L01/call"].is_critical


def test_a_changed_word_makes_it_a_draft_again_and_the_same_words_do_not() -> None:
    one = begun()["L01/title"].reviewed("Amina Invented", DAY, "fr")
    assert one.is_reviewed and one.written("  Chercher   protection ") == one
    assert not one.written("Demander protection").is_reviewed


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Appelez dans les 7 jours.", "{{hotline}}"),
        ("Appelez {{hotlin}} dans les 7 jours.", "{{hotline}}"),
        ("Appelez {{hotline}} dans les jours.", "7"),
        ("Appelez {{hotline}} dans les 70 jours.", "7"),
        ("Appelez {{hotline}} {{hotline}} dans les 7 jours.", "…"),
    ],
)
def test_a_broken_placeholder_can_never_be_marked_as_reviewed(text: str, missing: str) -> None:
    one = begun()["L01/call"].written(text)
    with pytest.raises(ReviewFault, match=r"review\.placeholder") as refused:
        one.reviewed("Amina Invented", DAY, "fr")
    assert refused.value.data["missing"] == missing


@pytest.mark.parametrize(("who", "text", "code"), [(" ", "Oui", "no_reviewer"), ("Amina", " ", "empty")])
def test_nobody_and_nothing_cannot_be_reviewed(who: str, text: str, code: str) -> None:
    with pytest.raises(ReviewFault, match=rf"review\.{code}"):
        begun()["L01/title"].written(text).reviewed(who, DAY, "fr")


def test_other_findings_are_told_and_left_to_the_reviewer() -> None:
    one = begun()["L01/title"].written("Seeking the protection")
    assert Check.ENGLISH in one.findings("fr")
    assert one.reviewed("Amina Invented", DAY, "fr").is_reviewed


def test_the_file_is_gettext_and_says_who_reviewed_what() -> None:
    held = begun()
    cleared = held["L01/title"].reviewed("Amina Invented", DAY, "fr")
    content = reviewing.to_po((cleared, held["L01/call"], held["L01/free"]), "fr")
    assert b"# reviewed by Amina Invented, 2026-11-21" in content and b"#, fuzzy\nmsg" not in content

    opened = read_po(io.BytesIO(content), locale="fr", abort_invalid=True)
    message = opened.get("Seeking protection", "L01/title")
    assert message is not None and message.string == "Chercher protection" and not message.fuzzy


def test_a_tool_that_drops_remarks_makes_drafts_of_reviewed_texts() -> None:
    content = b'msgctxt "L01/title"\nmsgid "Seeking protection"\nmsgstr "Chercher protection"\n'
    (title, *_) = reviewing.from_po(content, "fr", "leaflets.po", TEXTS)
    assert title.text == "Chercher protection" and not title.is_reviewed


def test_a_mark_in_a_file_clears_no_broken_placeholder() -> None:
    content = (
        b"# reviewed by Amina Invented, 2026-11-21\n"
        b'msgctxt "L01/call"\nmsgid "Call {{hotline}} within 7 days."\nmsgstr "Appelez dans les 7 jours."\n'
    )
    (call,) = [one for one in reviewing.from_po(content, "fr", "a.po", TEXTS) if one.context == "L01/call"]
    assert not call.is_reviewed


@given(WORDS, WORDS.filter(bool), st.dates(), st.booleans())
def test_what_was_written_comes_back_from_the_file(text: str, who: str, day: date, clear: bool) -> None:
    one = begun()["L01/free"].written(text)
    if clear and one.text:
        try:
            one = one.reviewed(who, day, "fr")
        except ReviewFault:
            return  # a number was added
    (_, _, back) = reviewing.from_po(reviewing.to_po((one,), "fr"), "fr", "a.po", TEXTS)
    assert (back.text, back.is_reviewed) == (one.text, one.is_reviewed)
