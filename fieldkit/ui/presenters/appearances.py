"""What the appearance of a form changes about a field: how choices stand, the marks of a scale, how numbers look.

An appearance asks for a look, not for another answer: what has no room at large text wraps, and every choice keeps
its words where ODK leaves them out, so that it can be read, heard and translated.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

_ROW: Final = frozenset({"likert", "list", "list-nolabel", "horizontal"})
_PACKED: Final = frozenset({"columns-pack", "columns-flex", "horizontal-compact", "compact", "quickcompact"})
_QUICK: Final = frozenset({"quick", "quickcompact"})
_COLUMNS: Final = re.compile(r"(?:columns|compact|w)-(\d{1,2})")
_MOST_MARKS: Final = 200
"""Marks of a scale that can be pointed at; a finer one is typed."""
_WHOLE: Final = 2**31


@dataclass(frozen=True, slots=True)
class Layout:
    """How choices stand: `most` columns (0: as many as fit), as wide as they are (`packed`), or narrow, so that
    a row holds them all. `numbered` says whether the keys 1 to 9 are written on them."""

    most: int = 0
    packed: bool = False
    narrow: bool = False
    numbered: bool = True


def layout_of(appearance: frozenset[str], choices: int) -> Layout:
    """The layout that an appearance asks for."""
    numbered = "no-buttons" not in appearance
    if _ROW & appearance:
        return Layout(max(1, choices), narrow=True, numbered=numbered)
    columns = next((int(found[1]) for name in appearance if (found := _COLUMNS.fullmatch(name))), 0)
    if columns:
        return Layout(columns, narrow=True, numbered=numbered)
    return Layout(packed=bool(_PACKED & appearance), numbered=numbered)


def leads_on(appearance: frozenset[str]) -> bool:
    """Whether the next question follows as soon as one answer is chosen."""
    return bool(_QUICK & appearance)


@dataclass(frozen=True, slots=True)
class Marks:
    """The values of a range, from `start` to `end`, which may be the smaller one."""

    start: Decimal
    end: Decimal
    step: Decimal

    @property
    def count(self) -> int:
        """How many values there are."""
        return int(abs(self.end - self.start) / self.step) + 1

    def text(self, place: int) -> str:
        """The value at a place from 0, as a form spells it."""
        sign = 1 if self.end >= self.start else -1
        return _spelled(self.start + sign * self.step * place)

    def place(self, text: str) -> int:
        """The place of a value, between two the nearer one; -1 for what is no value of the range."""
        value = _number(text)
        if value is None or not min(self.start, self.end) <= value <= max(self.start, self.end):
            return -1
        return int((abs(value - self.start) / self.step).to_integral_value())

    def values(self) -> list[str]:
        """All of them, in order."""
        return [self.text(place) for place in range(self.count)]


def marks_of(options: Mapping[str, str]) -> Marks | None:
    """The marks of a range, from 0 to 10 where the form does not say; None where it says something else than
    numbers, or too many to be pointed at."""
    start, end = _number(options.get("start") or "0"), _number(options.get("end") or "10")
    step = _number(options.get("step", "") or "1")
    if start is None or end is None or not step:
        return None
    found = Marks(start, end, abs(step))
    return found if found.count <= _MOST_MARKS else None


def _number(text: str) -> Decimal | None:
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value) < _WHOLE else None


def _spelled(value: Decimal) -> str:
    return f"{value.normalize():f}" if value else "0"


def grouped(text: str, comma: str) -> str:
    """A number with its thousands apart: "12,000.5"; anything else as it is."""
    sign, digits, rest = re.fullmatch(r"(-?)(\d*)(.*)", text, re.DOTALL).groups()  # type: ignore[union-attr]
    if not digits or (rest and not re.fullmatch(r"\.\d*", rest)):
        return text
    return f"{sign}{int(digits):,}{rest}".replace(",", comma) if len(digits) > 3 else text


def ungrouped(text: str, comma: str) -> str:
    """A typed number without the marks between its thousands: spaces, apostrophes, and the language's own mark
    where it can be nothing else."""
    plain = re.sub(r"[\s\u00a0\u202f'\u2019\u066c]", "", text)
    mark = re.escape(comma.strip() or ",")
    return plain.replace(comma, "") if re.fullmatch(rf"-?\d{{1,3}}({mark}\d{{3}})+(\D\d*)?", plain) else plain
