"""Repairs characters that nobody sees: no-break and other spaces, marks without width, spaces too much.

The text of questions stays as its author typed it.
"""

import re
import unicodedata
from typing import Final

from fieldkit.forms.columns import EXPRESSION_PARTS, MEDIA_PARTS, TEXT_PARTS
from fieldkit.forms.repair.bench import Bench

_HIDDEN: Final = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\u202a-\u202e\u2066-\u2069\x00-\x08]")
_SPACES: Final = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")


def visible(text: str) -> str:
    """The same with plain spaces, composed letters and nothing hidden; line breaks stay."""
    return unicodedata.normalize("NFC", _HIDDEN.sub("", _SPACES.sub(" ", text))).strip()


def tidy(text: str) -> str:
    """The same on one line, with single spaces."""
    return " ".join(visible(text).split())


def mend_characters(bench: Bench) -> None:
    """Names, types, expressions, lists and settings without spaces at their ends or anything hidden."""
    for _, view in bench.views():
        for line in view.lines:
            for column in view.columns:
                if column.part in TEXT_PARTS or column.part in MEDIA_PARTS:
                    continue
                text = line.text(column.index)
                now = visible(text) if column.part in EXPRESSION_PARTS else tidy(text)
                if now != text:
                    view.put(line, column, now, "repair.spaces")
