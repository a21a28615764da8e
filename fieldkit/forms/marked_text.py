"""The few marks that texts of forms may carry (ODK form styling): headings, strong, emphasis, line breaks.

1. What is not such a mark is text: a star alone, a line inside a word, other tags. Nothing is ever run or loaded.
2. Colours, typefaces and places of links are left out: the look is calm, and there is no network.
3. A mark stands at the edge of a word and closes on the same line, so that `family_name_1` stays what it is.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

MAX_MARKED = 5_000
"""Characters of a text in which marks are looked for; a longer one is shown as it stands."""

_HEADING: Final = re.compile(r"[ \t]*(#{1,6})[ \t]+(?=\S)")
_BREAK: Final = re.compile(r"<br\s*/?>|</p>", re.IGNORECASE)
_TAG: Final = re.compile(
    r"</?(?:span|p|b|i|em|strong|u|font|div|small|big|center)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_LINK: Final = re.compile(r"\[([^\[\]\n]{1,500})\]\([^()\s]{1,500}\)")
_ESCAPED: Final = re.compile(r"\\([\\*_#\[\]<>&~`-])")
_PRIVATE: Final = 0xE000
"""Escaped characters wait in the private use area, where no mark is looked for."""
_NO_PRIVATE: Final = dict.fromkeys(range(_PRIVATE, _PRIVATE + 0x80))
_STRONG: Final = re.compile(
    r"(?<![\w*])\*\*(?=\S)(.+?)(?<=\S)\*\*(?![\w*])|(?<!\w)__(?=\S)(.+?)(?<=\S)__(?!\w)"
)
_EMPHASIS: Final = re.compile(
    r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=\S)\*(?![\w*])|(?<!\w)_(?=[^\s_])([^_\n]+?)(?<=\S)_(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text of one kind."""

    text: str
    strong: bool = False
    emphasis: bool = False


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """One line; `level` is that of a heading, 1 to 6, or 0."""

    spans: tuple[Span, ...]
    level: int = 0


def lines(text: str) -> tuple[MarkedLine, ...]:
    """A text of a form line by line, its marks understood."""
    if len(text) > MAX_MARKED:
        return tuple(MarkedLine((Span(line),)) for line in text.splitlines())
    kept = text.translate(_NO_PRIVATE)
    broken = _BREAK.sub("\n", _ESCAPED.sub(lambda found: chr(_PRIVATE + ord(found[1])), kept))
    return tuple(_line(line) for line in broken.strip("\n").split("\n"))


def plain(text: str) -> str:
    """The text without its marks, for paper, lists and screen readers."""
    if not _may_be_marked(text):
        return text
    return "\n".join("".join(span.text for span in line.spans) for line in lines(text))


def _may_be_marked(text: str) -> bool:
    return any(sign in text for sign in "*_#<&\\[")


def _line(text: str) -> MarkedLine:
    heading = _HEADING.match(text)
    level = len(heading[1]) if heading else 0
    bare = _LINK.sub(r"\1", _TAG.sub("", text[heading.end() :] if heading else text))
    return MarkedLine(tuple(_spans(bare)), level)


def _spans(text: str) -> Iterator[Span]:
    for piece, strong in _cut(text, _STRONG):
        for inner, emphasis in _cut(piece, _EMPHASIS):
            if inner:
                yield Span(_said(inner), strong, emphasis)


def _cut(text: str, mark: re.Pattern[str]) -> Iterator[tuple[str, bool]]:
    at = 0
    for found in mark.finditer(text):
        yield text[at : found.start()], False
        yield found[1] or found[2], True
        at = found.end()
    yield text[at:], False


def _said(text: str) -> str:
    whole = html.unescape(text)
    return "".join(chr(ord(c) - _PRIVATE) if _PRIVATE < ord(c) < _PRIVATE + 0x80 else c for c in whole)
