"""Phrases people type, and fingerprints people read aloud.

1. A phrase is offered before anybody makes one up: six words drawn evenly from a list made for reading aloud,
   64 bits or more. For languages in Latin letters only words in plain a-z are drawn: any keyboard types them.
2. A phrase that somebody makes up must stand 10^14 guesses by zxcvbn's estimate: at 10,000 guesses a second,
   which Argon2id at 64 MiB does not allow one machine, three hundred years.
3. One spelling (`spelled`): compatibility decomposition (NFKD), case folded, runs of white space as one
   space. Accents count. So capitals, a double space or another keyboard's way to compose a letter lock
   nobody out.
4. A fingerprint is ten words of 11 bits, the first 110 bits of a digest, the same list on both sides.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from fieldkit.domain.ports import Randomness

PHRASE_WORDS = 6
FINGERPRINT_WORDS = 10
ENOUGH_GUESSES = 10**14
LEAST_CHARACTERS = 12

LISTS: dict[str, str] = {
    "en": "english",
    "fr": "french",
    "es": "spanish",
    "pt": "portuguese",
    "it": "italian",
    "cs": "czech",
    "ru": "russian",
}
"""Word lists by language tag (Babel's spelling); every other language is offered English words."""

_LATIN = frozenset("abcdefghijklmnopqrstuvwxyz")
_OTHER_SCRIPTS = frozenset({"ru"})
_BITS_A_WORD = 11
_MOST_JUDGED = 72  # characters; zxcvbn refuses more, and what begins strong ends strong


@dataclass(frozen=True, slots=True)
class Strength:
    """How hard a phrase is to guess (0: too short to ask); `reason` is the code of why it is refused."""

    guesses: int
    reason: str | None


def spelled(phrase: str) -> bytes:
    """The one spelling of what a person types (rule 3), as UTF-8."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", phrase).casefold())
    return " ".join(folded.split()).encode("utf-8", "surrogatepass")


def offer_phrase(randomness: Randomness, language: str) -> str:
    """Six words of `language`'s list, or of the English one (rule 1)."""
    words = _offered(language if language in LISTS else "en")
    return " ".join(words[_below(len(words), randomness)] for _ in range(PHRASE_WORDS))


def strength(phrase: str, about: Iterable[str] = ()) -> Strength:
    """Whether a phrase that somebody made up is good enough (rule 2).

    `about` are words others know, such as the post's name; they count as guessed first.
    """
    text = spelled(phrase).decode("utf-8", "replace")
    if len(text) < LEAST_CHARACTERS:
        return Strength(0, "phrase.too_short")
    from zxcvbn import zxcvbn  # noqa: PLC0415 (slow to load, and only needed where somebody makes up a phrase)

    judged = zxcvbn(text[:_MOST_JUDGED], [word for item in about for word in (item, *item.split())])
    guesses = int(judged["guesses"])
    return Strength(guesses, None if guesses >= ENOUGH_GUESSES else _reason(judged))


def fingerprint_words(digest: bytes, language: str = "en") -> tuple[str, ...]:
    """Ten words that stand for a digest of at least 14 bytes, to be compared aloud (rule 4)."""
    words = _list(language if language in LISTS else "en")
    bits = FINGERPRINT_WORDS * _BITS_A_WORD
    taken = -(-bits // 8)
    if len(digest) < taken:
        raise ValueError("a fingerprint needs a whole digest")
    value = int.from_bytes(digest[:taken], "big") >> (taken * 8 - bits)
    places = range(bits - _BITS_A_WORD, -1, -_BITS_A_WORD)
    return tuple(words[(value >> place) & (2**_BITS_A_WORD - 1)] for place in places)


_REASONS: dict[str, str] = {
    "dictionary": "phrase.common",
    "spatial": "phrase.keyboard",
    "repeat": "phrase.repeats",
    "sequence": "phrase.sequence",
    "regex": "phrase.date",
    "date": "phrase.date",
}
"""zxcvbn's kinds of pattern, as what is said to the person."""


def _reason(judged: Mapping[str, Any]) -> str:
    longest = max(judged["sequence"], key=lambda match: len(match["token"]))
    return _REASONS.get(longest["pattern"], "phrase.guessable")


def _below(limit: int, randomness: Randomness) -> int:
    """An even choice of 0 .. limit - 1: draws that would favour the first ones are thrown away."""
    even = 2**16 - 2**16 % limit
    while True:
        drawn = int.from_bytes(randomness.bytes(2), "big")
        if drawn < even:
            return drawn % limit


@cache
def _list(language: str) -> tuple[str, ...]:
    from mnemonic import Mnemonic  # noqa: PLC0415 (a word list is read where one is needed)

    words: list[str] = Mnemonic(LISTS[language]).wordlist
    return tuple(unicodedata.normalize("NFC", word) for word in words)


@cache
def _offered(language: str) -> tuple[str, ...]:
    words = _list(language)
    return words if language in _OTHER_SCRIPTS else tuple(word for word in words if _LATIN.issuperset(word))
