"""What a machine can see is wrong with a translation. It cannot see that one is right: a speaker does.

1. What is filled in or marked stays: `{names}`, `{{inserts}}`, `${questions}`, `**` and every number.
2. It is in the language's own script, and no English is left over.
3. A question stays a question, and the length is one that a translation can have.
4. Words of safety are those of the glossary, and none that it warns of.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from fieldkit.languages.autonyms import language
from fieldkit.languages.gettext_files import is_usable, read_catalogue, read_content
from fieldkit.languages.glossary import Term, read_glossary


class Check(StrEnum):
    """What is looked at."""

    PLACEHOLDERS = "placeholders"
    NUMBERS = "numbers"
    MARKUP = "markup"
    SCRIPT = "script"
    ENGLISH = "english"
    QUESTION = "question"
    LENGTH = "length"
    GLOSSARY = "glossary"
    AVOIDED = "avoided"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at in one entry."""

    tag: str
    domain: str
    context: str
    source: str
    translation: str
    check: Check


_FILLED_IN: Final = re.compile(r"\$\{[^}]*\}|\{\{[^}]*\}\}|\{[^}]*\}")
_NUMBER: Final = re.compile(r"\d+")
_ENGLISH: Final = re.compile(
    r"\b(?:the|and|you|your|with|this|that|are|was|from|who|what|which|have|not)\b", re.IGNORECASE
)
"""Words that stand in most English sentences, and in none of the other languages' Latin spelling."""
_QUESTION_MARKS: Final = ("?", "؟", "፧", ";", "？")
_SHORTEST, _LONGEST = 0.3, 2.6
"""Bounds of length by characters: Ethiopic and Arabic write short, Spanish and French long."""
_TOO_SHORT_TO_JUDGE: Final = 24
_SCRIPT_NAMES: Final = {
    "Latn": ("LATIN",),
    "Arab": ("ARABIC",),
    "Ethi": ("ETHIOPIC",),
    "Cyrl": ("CYRILLIC",),
    "Beng": ("BENGALI",),
    "Deva": ("DEVANAGARI",),
    "Taml": ("TAMIL",),
    "Sinh": ("SINHALA",),
    "Mymr": ("MYANMAR",),
    "Thai": ("THAI",),
    "Khmr": ("KHMER",),
    "Hans": ("CJK",),
    "Adlm": ("ADLAM",),
    "Rohg": ("HANIFI",),
}
_OWN_SCRIPT_SHARE: Final = 0.8


def check_catalogues(translations: Path) -> Iterator[Finding]:
    """Every finding in every `<tag>/<domain>.po`. Raises ForeignFault when a file cannot be read."""
    for path in sorted(translations.glob("*/*.po")):
        yield from check_catalogue(path, read_glossary(translations / "glossary" / f"{path.parent.name}.csv"))


def altered_entries(content: bytes, tag: str, name: str) -> int:
    """How many entries of a `.po` do not keep their placeholders or numbers: those are never to be shown.

    Raises ForeignFault `po.unreadable`.
    """
    return sum(
        any(
            check in (Check.PLACEHOLDERS, Check.NUMBERS)
            for source, text in _pairs(message.id, message.string)
            for check in check_text(source, text, tag)
        )
        for message in read_content(content, tag, name)
        if is_usable(message)
    )


def check_catalogue(path: Path, glossary: Sequence[Term] = ()) -> Iterator[Finding]:
    """Every finding in one catalogue; entries without a translation have none."""
    tag = path.parent.name
    for message in read_catalogue(path):
        if not is_usable(message):
            continue
        for source, text in _pairs(message.id, message.string):
            for check in check_text(source, text, tag, glossary):
                yield Finding(tag, path.stem, message.context or "", source, text, check)


def check_text(source: str, text: str, tag: str, glossary: Sequence[Term] = ()) -> Iterator[Check]:
    """What is wrong with one translation."""
    plain_source, plain = _FILLED_IN.sub(" ", source), _FILLED_IN.sub(" ", text)
    verdicts: dict[Check, Callable[[], bool]] = {
        Check.PLACEHOLDERS: lambda: _same(_FILLED_IN.findall(source), _FILLED_IN.findall(text)),
        Check.NUMBERS: lambda: _same(_NUMBER.findall(plain_source), map(_latin, _NUMBER.findall(plain))),
        Check.MARKUP: lambda: source.count("**") == text.count("**"),
        Check.SCRIPT: lambda: _in_own_script(_without_names(plain_source, plain), tag),
        Check.ENGLISH: lambda: tag == "en" or _ENGLISH.search(plain) is None,
        Check.QUESTION: lambda: not source.endswith("?") or text.endswith(_QUESTION_MARKS),
        Check.LENGTH: lambda: _plausible(plain_source, plain),
        Check.GLOSSARY: lambda: all(term.is_said_in(text) for term in glossary if term.is_in(source)),
        Check.AVOIDED: lambda: not _avoided([term for term in glossary if term.is_in(source)], text),
    }
    return (check for check, holds in verdicts.items() if not holds())


def _avoided(terms: Sequence[Term], text: str) -> bool:
    """Whether one of the terms is said in a way that is not wanted. Where the English tells two terms apart, as
    smuggling and trafficking, the word of the one is not held against the other."""
    forms = {term: " ".join((term.translation, *term.accepted)).casefold() for term in terms}
    return any(
        not any(word.casefold() in forms[other] for other in terms if other is not term)
        for term in terms
        for word in term.avoided_in(text)
    )


def _pairs(source: object, text: object) -> Iterator[tuple[str, str]]:
    """Singular and plural forms are each compared with an English form; the plural stands for the rest."""
    sources = [str(one) for one in source] if isinstance(source, list | tuple) else [str(source)]
    texts = [str(one) for one in text] if isinstance(text, list | tuple) else [str(text)]
    if len(sources) > 1:
        # "1 page", "no page", "two pages": a form may say its number in words, so only the last must fit.
        sources, texts = sources[-1:], texts[-1:]
    yield from zip(sources, texts, strict=True)


def _same(one: Iterable[str], other: Iterable[str]) -> bool:
    return Counter(one) == Counter(other)


def _latin(number: str) -> str:
    return "".join(str(unicodedata.digit(digit)) for digit in number)


def _without_names(source: str, text: str) -> str:
    """Names that are the same in every language, such as PDF or that of a file, are no leftovers."""
    kept = set(re.findall(r"[A-Za-z.-]+", source))
    return re.sub(r"[A-Za-z.-]+", lambda match: "" if match.group() in kept else match.group(), text)


def _in_own_script(text: str, tag: str) -> bool:
    known = language(tag)
    names = _SCRIPT_NAMES.get(known.script if known else "")
    letters = [character for character in text if character.isalpha()]
    if names is None or not letters:
        return True
    own = sum(unicodedata.name(letter, "").startswith(names) for letter in letters)
    return own >= len(letters) * _OWN_SCRIPT_SHARE


def _plausible(source: str, text: str) -> bool:
    if len(source) < _TOO_SHORT_TO_JUDGE:
        return bool(text.strip())
    return _SHORTEST <= len(text) / len(source) <= _LONGEST
