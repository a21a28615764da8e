"""Names as one person says them and another writes them: what of a name stays the same in every spelling.

1. A skeleton is for finding, never for telling people apart: different names may share one, and a person's name is
   always shown as it was written.
2. Letters of every script become Latin ones (ICU's `Any-Latin`), marks go, vowels go except at the beginning, and
   consonants that one language writes for another's count as one. Arabic writes few vowels and Latin letters many:
   محمد, Mohammed and Muhamad have one skeleton, `mhmd`.
3. A script that ICU has no Latin letters for keeps its own.

ICU's transforms: Unicode CLDR, Transliteration Guidelines. Loaded at the first name.
"""

import re
import unicodedata
from functools import cache
from typing import Any, Final

LONGEST: Final = 200
"""Characters of a name that are looked at."""

_AIN: Final = "ʿʾ‘’`'"
_VOWELS: Final = "aeiouǝ"
_HALF: Final = "yw"
"""Long vowels of Arabic letters; at the beginning of a word they are consonants."""
_AS_ONE: Final = (
    (re.compile(r"ph"), "f"),
    (re.compile(r"[kg]h|q|c(?!h)"), "k"),
    (re.compile(r"[sc]h|z"), "s"),
    (re.compile(r"[td]h"), "t"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"j"), "g"),
    (re.compile(r"p"), "b"),
    (re.compile(r"v"), "f"),
)
_WORD: Final = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{_AIN}])*|[{_AIN}][^\W\d_]+")
_TWICE: Final = re.compile(r"(.)\1+")


def skeleton(name: str) -> str:
    """The skeletons of a name's words, with a space between them; empty where there is no letter."""
    latin: str = _to_latin().transliterate(name[:LONGEST].replace("ة", "ه"))
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", latin) if not _is_mark(letter))
    return " ".join(found for word in _WORD.findall(plain) if (found := _of_word(word)))


def _of_word(word: str) -> str:
    for pattern, one in _AS_ONE:
        word = pattern.sub(one, word)
    first, rest = word[0], word[1:]
    if first in _VOWELS or first in _AIN:
        first = "a"
    rest = "".join(letter for letter in rest if letter not in _VOWELS + _HALF + _AIN)
    shortened = _TWICE.sub(r"\1", first + rest)
    return shortened.removesuffix("h") or shortened  # Sara, Sarah and سارة


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter) in ("Mn", "Cf")


@cache
def _to_latin() -> Any:
    import icu  # noqa: PLC0415 (not needed before somebody has a name)

    return icu.Transliterator.createInstance("Any-Latin; Latin-ASCII; Lower")
