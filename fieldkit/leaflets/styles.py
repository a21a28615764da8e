"""Sizes and room on paper, in points and in ems; one table, so that a leaflet looks like every other one."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from fieldkit.domain.document import Page

PAPER = {
    Page.A4: (595.28, 841.89),
    Page.A5: (419.53, 595.28),
    Page.LETTER: (612.0, 792.0),
    Page.CARD: (297.64, 210.47),
}
"""Width and height in points (ISO 216; ANSI)."""

_LEADING = {
    "Fieldkit Naskh": 1.55,
    "Fieldkit Nastaliq": 1.9,  # its words slope down from the right: less, and lines touch
    "Fieldkit Ethiopic": 1.45,
    "Fieldkit Bengali": 1.5,
    "Fieldkit Devanagari": 1.5,
    "Fieldkit Tamil": 1.45,
    "Fieldkit Sinhala": 1.5,
    "Fieldkit Myanmar": 1.9,
    "Fieldkit Khmer": 1.75,
    "Fieldkit Thai": 1.6,
    "Fieldkit Lao": 1.6,
    "Fieldkit Thaana": 1.6,
    "Fieldkit Adlam": 1.5,
    "Fieldkit Rohingya": 1.5,
    "Fieldkit Chinese": 1.55,
}
"""From baseline to baseline, in ems; by the highest and lowest marks of the script."""
_USUAL_LEADING = 1.38

_ABOVE = {
    "Fieldkit Nastaliq": 0.70,
    "Fieldkit Naskh": 0.64,
    "Fieldkit Khmer": 0.62,
    "Fieldkit Myanmar": 0.62,
    "Fieldkit Thai": 0.72,
}
"""Share of the leading that lies above the baseline."""
_USUAL_ABOVE = 0.74

_OVER_FIRST = {"Fieldkit Nastaliq": 0.3}
"""Ems of room above a block's first line: what rises there would touch a frame (long words begin high)."""

_SCALE = {"Fieldkit Naskh": 1.12, "Fieldkit Thaana": 1.05}
"""Fonts whose letters look smaller than Latin ones of the same size."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Type sizes and distances in points."""

    body: float
    small: float
    headings: tuple[float, float, float]
    margin: float
    gap: float
    """Between blocks."""

    def heading(self, level: int) -> float:
        """The size of a heading of level 1 to 3."""
        return self.headings[min(max(level, 1), 3) - 1]


_ON_PAPER = Sizes(body=11, small=9, headings=(19, 14.5, 12), margin=54, gap=7)
_ON_SMALL_PAPER = Sizes(body=10, small=8.5, headings=(16, 12.5, 11), margin=38, gap=6)
_ON_CARD = Sizes(body=7.5, small=6, headings=(10.5, 8.5, 7.5), margin=14, gap=3.5)
_LARGE_PRINT = Sizes(body=17, small=14, headings=(26, 21, 18), margin=48, gap=11)


def sizes(page: Page, *, large_print: bool) -> Sizes:
    """The sizes for a paper; large print is 17 points and more on any paper."""
    if large_print:
        return replace(_LARGE_PRINT, margin=_ON_CARD.margin) if page is Page.CARD else _LARGE_PRINT
    if page is Page.CARD:
        return _ON_CARD
    return _ON_SMALL_PAPER if page is Page.A5 else _ON_PAPER


def leading(families: Iterable[str]) -> float:
    """Ems from baseline to baseline where these font families meet."""
    return max((_LEADING.get(family, _USUAL_LEADING) for family in families), default=_USUAL_LEADING)


def above(families: Iterable[str]) -> float:
    """Ems from the top of a line to its baseline."""
    held = tuple(families)
    shares = [_ABOVE.get(family, _USUAL_ABOVE) * _LEADING.get(family, _USUAL_LEADING) for family in held]
    return max(shares, default=_USUAL_ABOVE * _USUAL_LEADING)


def over_first(families: Iterable[str]) -> float:
    """Ems of room above the first line of a block."""
    return max((_OVER_FIRST.get(family, 0.0) for family in families), default=0.0)


def scale(family: str) -> float:
    """By how much a font is enlarged beside the others."""
    return _SCALE.get(family, 1.0)
