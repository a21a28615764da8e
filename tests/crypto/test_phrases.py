"""Laws of phrases and of words that stand for a digest."""

import unicodedata
from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.crypto.phrases import (
    ENOUGH_GUESSES,
    LISTS,
    fingerprint_words,
    offer_phrase,
    spelled,
    strength,
)
from fieldkit.languages.messages.crypto import MESSAGES


class Numbers:
    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def bytes(self, count: int) -> bytes:
        return self._random.randbytes(count)


@given(st.integers(0, 2**32), st.sampled_from([*LISTS, "ti", "ar", "so"]))
def test_an_offered_phrase_is_six_words_and_good_enough(seed: int, language: str) -> None:
    phrase = offer_phrase(Numbers(seed), language)
    assert len(phrase.split()) == 6
    assert strength(phrase).reason is None


@given(st.integers(0, 2**32), st.sampled_from(["en", "fr", "es", "pt", "it", "cs"]))
def test_an_offered_phrase_in_latin_letters_can_be_typed_on_any_keyboard(seed: int, language: str) -> None:
    assert offer_phrase(Numbers(seed), language).replace(" ", "").isascii()


def test_a_language_without_a_list_is_offered_english_words() -> None:
    assert offer_phrase(Numbers(5), "ti") == offer_phrase(Numbers(5), "en")
    assert offer_phrase(Numbers(5), "fr") != offer_phrase(Numbers(5), "en")


def test_every_word_is_drawn_about_as_often() -> None:
    """1,682 French words do not divide 65,536: without throwing draws away the first would come oftener."""
    numbers = Numbers(7)
    drawn = Counter(word for _ in range(9000) for word in offer_phrase(numbers, "fr").split())
    assert len(drawn) == 1682
    assert max(drawn.values()) < 3 * 54000 / 1682


@given(st.text(max_size=30))
def test_spelling_does_not_depend_on_how_letters_are_composed(text: str) -> None:
    assert spelled(unicodedata.normalize("NFC", text)) == spelled(unicodedata.normalize("NFD", text))


@given(st.text(max_size=30))
def test_spelling_again_changes_nothing(text: str) -> None:
    assert spelled(spelled(text).decode()) == spelled(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Académie Étoile", "acade\u0301mie  e\u0301toile"),
        ("STRASSE", "straße"),
        ("ひ　ら", "ひ ら"),
        ("word\u00a0word", " word word\n"),
    ],
)
def test_phrases_that_look_the_same_are_the_same(one: str, other: str) -> None:
    assert spelled(one) == spelled(other)


def test_accents_count() -> None:
    assert spelled("académie") != spelled("academie")


@pytest.mark.parametrize(
    ("phrase", "reason"),
    [
        ("", "phrase.too_short"),
        ("short", "phrase.too_short"),
        ("password password1", "phrase.common"),
        ("aaaaaaaaaaaaaaaaaaaa", "phrase.repeats"),
        ("abcdefghijklmnopqrst", "phrase.sequence"),
        ("12031985 12/03/1985", "phrase.date"),
        ("a" * 5000, "phrase.repeats"),
    ],
)
def test_a_weak_phrase_is_refused_with_its_reason(phrase: str, reason: str) -> None:
    judged = strength(phrase)
    assert judged.reason == reason
    assert judged.guesses < ENOUGH_GUESSES
    assert reason in MESSAGES


def test_what_everybody_knows_about_the_post_is_guessed_first() -> None:
    phrase = "kalabo riverside crossing"
    assert strength(phrase, about=["Kalabo Riverside crossing"]).guesses < strength(phrase).guesses
    assert strength(phrase, about=["Kalabo Riverside crossing"]).reason is not None


@given(st.text(max_size=200))
def test_no_phrase_breaks_the_estimate(phrase: str) -> None:
    judged = strength(phrase)
    assert (judged.reason is None) == (
        judged.guesses >= ENOUGH_GUESSES and len(spelled(phrase).decode()) >= 12
    )


@given(st.binary(min_size=32, max_size=32), st.integers(0, 109))
def test_each_of_the_first_110_bits_changes_a_word(digest: bytes, bit: int) -> None:
    changed = bytearray(digest)
    changed[bit // 8] ^= 0x80 >> bit % 8
    one, other = fingerprint_words(digest), fingerprint_words(bytes(changed))
    assert len(one) == 10
    assert sum(a != b for a, b in zip(one, other, strict=True)) == 1


def test_a_digest_too_short_for_ten_words_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="whole digest"):
        fingerprint_words(bytes(13))
