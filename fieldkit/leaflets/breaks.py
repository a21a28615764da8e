"""Where a line may end: ICU's rules, with its dictionaries for Thai, Khmer, Burmese and Lao.

1. A break never falls inside a grapheme cluster: a letter keeps its vowel signs and marks.
2. A break never falls inside an isolated number (U+2066 ... U+2069): a phone number stays whole on its line.
3. Only a word or number wider than the whole line is cut elsewhere, at grapheme clusters (`graphemes`).
"""

import icu

from fieldkit.languages.direction import bcp47
from fieldkit.languages.isolates import LRI, PDI

_HARD_BREAK = 100
"""From this rule status on a break is a must (UBRK_LINE_HARD in ICU's ubrk.h)."""


def opportunities(text: str, language: str) -> tuple[tuple[int, ...], frozenset[int]]:
    """Offsets in `text` after which a line may end, the last one its end, and those after which it must."""
    # Made anew each time (6 microseconds): a breaker holds its place, and pages are laid out on several threads.
    breaker = icu.BreakIterator.createLineInstance(icu.Locale.forLanguageTag(bcp47(language)))
    breaker.setText(icu.UnicodeString(text))
    clusters = frozenset(graphemes(text))
    whole = _inside_isolates(text)
    places = code_points(text)
    allowed: list[int] = []
    musts: set[int] = set()
    while (unit := breaker.nextBoundary()) != icu.BreakIterator.DONE:
        place = places[unit]
        if breaker.getRuleStatus() >= _HARD_BREAK and text[place - 1] == "\n":
            musts.add(place)
        elif place != len(text) and (place in whole or place not in clusters):
            continue
        allowed.append(place)
    return tuple(allowed), frozenset(musts)


def graphemes(text: str) -> tuple[int, ...]:
    """Offsets of the ends of grapheme clusters (UAX 29), the last one the text's end."""
    breaker = icu.BreakIterator.createCharacterInstance(icu.Locale.getRoot())
    breaker.setText(icu.UnicodeString(text))
    places = code_points(text)
    return tuple(places[unit] for unit in breaker)


def code_points(text: str) -> tuple[int, ...]:
    """For each UTF-16 offset, in which ICU counts, the offset in Python's characters."""
    places: list[int] = []
    for place, character in enumerate(text):
        places.extend([place] * (2 if ord(character) > 0xFFFF else 1))
    return (*places, len(text))


def _inside_isolates(text: str) -> frozenset[int]:
    inside: set[int] = set()
    start = None
    for place, character in enumerate(text):
        if character == LRI and start is None:
            start = place
        elif character == PDI and start is not None:
            inside.update(range(start + 1, place + 1))
            start = None
    return frozenset(inside)
