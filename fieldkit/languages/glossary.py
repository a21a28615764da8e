"""The words of safety of a language: which word is used for what, and which is not (`words.md` 5)."""

import csv
import io
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from fieldkit.domain.errors import ForeignFault

_COLUMNS: Final = ["term", "translation", "accepted", "avoid", "note"]


@dataclass(frozen=True, slots=True)
class Term:
    """One English term. `accepted` are forms of the translation as they stand in sentences."""

    term: str
    translation: str
    accepted: tuple[str, ...]
    avoid: tuple[str, ...]
    note: str

    def is_in(self, source: str) -> bool:
        """Whether the English text uses the term, in the singular or the plural."""
        return _uses(self.term, source)

    def is_said_in(self, text: str) -> bool:
        """Whether a translation says the term in one of its forms."""
        said = text.casefold()
        return any(form.casefold() in said for form in (self.translation, *self.accepted))

    def avoided_in(self, text: str) -> tuple[str, ...]:
        """The words in a translation that say the term in a way that is not wanted."""
        return tuple(word for word in self.avoid if _as_words(re.escape(word)).search(text))


@cache  # the same text is looked at in every language
def _uses(term: str, source: str) -> bool:
    return _as_words(f"{re.escape(term)}s?").search(source) is not None


@cache
def _as_words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b{pattern}\b", re.IGNORECASE)


def read_glossary(path: Path) -> tuple[Term, ...]:
    """The terms of `glossary/<tag>.csv`; none without a file. Raises ForeignFault `glossary.unreadable`."""
    if not path.is_file():
        return ()
    try:
        lines = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as fault:
        raise ForeignFault("glossary.unreadable", name=path.name) from fault
    if not lines or lines[0] != _COLUMNS or any(len(line) != len(_COLUMNS) for line in lines):
        raise ForeignFault("glossary.unreadable", name=path.name)
    return tuple(Term(line[0], line[1], _forms(line[2]), _forms(line[3]), line[4]) for line in lines[1:])


def _forms(cell: str) -> tuple[str, ...]:
    return tuple(form.strip() for form in cell.split(";") if form.strip())
