"""In which order text is read on the page: levels by ICU (UAX 9), order within a line by rule L2."""

from collections.abc import Sequence

import icu

CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\n")
"""Characters that steer the order and draw nothing (and the forced line end)."""


def levels(text: str, *, rtl: bool) -> tuple[int, ...]:
    """The embedding level of each character: even runs left to right, odd right to left."""
    if not text:
        return ()
    bidi = icu.Bidi()
    bidi.setPara(icu.UnicodeString(text), 1 if rtl else 0)
    units = bidi.getLevels()
    result: list[int] = []
    unit = 0
    for character in text:
        result.append(units[unit])
        unit += 2 if ord(character) > 0xFFFF else 1
    return tuple(result)


def visual_order(line: Sequence[int]) -> tuple[int, ...]:
    """Indexes of runs in the order from left to right, given each run's level (UAX 9, rule L2).

    From the highest level down to the lowest odd one, every stretch at that level or above is reversed.
    """
    order = list(range(len(line)))
    lowest_odd = min((level for level in line if level % 2), default=None)
    if lowest_odd is None:
        return tuple(order)
    for level in range(max(line), lowest_odd - 1, -1):
        start = 0
        while start < len(line):
            if line[order[start]] < level:
                start += 1
                continue
            end = start
            while end < len(line) and line[order[end]] >= level:
                end += 1
            order[start:end] = reversed(order[start:end])
            start = end
    return tuple(order)
