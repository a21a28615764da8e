"""A passage as lines of a given width: greedy, ragged, each line shaped anew and put into visual order.

1. A line ends only where it may (`breaks`); a word wider than the line is cut at a grapheme cluster, and a
   number only when even that does not help.
2. Shaping happens per line, so that no ligature or joined form reaches over a line's end.
3. Spaces at a line's end belong to it and are not drawn (UAX 9, L1). Nothing else is left out.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate

from fieldkit.leaflets import bidi, styles
from fieldkit.leaflets.shaping import GlyphRun, shape
from fieldkit.leaflets.text import Passage, Stretch

_SPACES = " \n\u200b\u3000"
_TOLERANCE = 0.01
"""Points by which a line may be wider than its room: the error of adding."""
_VISIBLE_OVERHANG = 0.1
"""Ems of ink over a line's end that are left alone, so that edges stay even."""


@dataclass(frozen=True, slots=True)
class SetRun:
    """A glyph run at `x` points from the line's left edge, `size` points to the em."""

    run: GlyphRun
    x: float
    size: float


@dataclass(frozen=True, slots=True)
class Line:
    """`text`, which is `start` to `end` of a passage, as runs from left to right; lengths in points."""

    text: str
    runs: tuple[SetRun, ...]
    start: int
    end: int
    width: float
    above: float
    """From the top of the line to its baseline."""
    height: float
    rtl: bool


def set_lines(passage: Passage, width: float, size: float) -> tuple[Line, ...]:
    """The passage in lines not wider than `width`, in letters of `size` points. Raises LeafletFault."""
    return tuple(_lines(passage, width, size))


def set_line(passage: Passage, size: float) -> Line:
    """The passage on one line, however wide."""
    return _line(passage, 0, len(passage.text), size)


def _lines(passage: Passage, width: float, size: float) -> Iterator[Line]:
    measure = _measure(passage, size)
    start = 0
    while start < len(passage.text):
        for end in _candidates(passage, measure, start, width):
            line = _line(passage, start, end, size)
            if line.width <= width + _TOLERANCE:
                break
        yield line
        start = line.end


def _candidates(passage: Passage, measure: list[float], start: int, width: float) -> Iterator[int]:
    """Ends of a line that begins at `start`, the farthest that should fit first; never without one."""
    yield from _fitting(passage, passage.ends, measure, start, width)
    yield from _fitting(passage, passage.clusters, measure, start, width)
    yield passage.clusters[bisect_right(passage.clusters, start)]


def _fitting(
    passage: Passage, ends: tuple[int, ...], measure: list[float], start: int, width: float
) -> Iterator[int]:
    fitting: list[int] = []
    for end in ends[bisect_right(ends, start) :]:
        drawn = _without_spaces(passage.text, start, end)
        if measure[drawn] - measure[start] > width + _TOLERANCE:
            break
        fitting.append(end)
        if end in passage.musts:
            break
    yield from reversed(fitting)


def _measure(passage: Passage, size: float) -> list[float]:
    """For each offset, the width in points of all before it, shaped as one line."""
    advances = [0.0] * len(passage.text)
    for stretch in passage.stretches:
        run = shape(passage.text, 0, stretch, passage.language)
        ems = size * styles.scale(run.font.family) / run.font.units
        for glyph in run.glyphs:
            advances[run.start + glyph.cluster] += glyph.advance * ems
    return [0.0, *accumulate(advances)]


def _line(passage: Passage, start: int, end: int, size: float) -> Line:
    drawn = _without_spaces(passage.text, start, end)
    clipped = [part for stretch in passage.stretches if (part := _clip(stretch, start, drawn))]
    shaped = [shape(passage.text[start:drawn], start, part, passage.language) for part in clipped]
    order = bidi.visual_order([run.level for run in shaped])
    runs: list[SetRun] = []
    x = 0.0
    for index in order:
        run = shaped[index]
        points = size * styles.scale(run.font.family)
        runs.append(SetRun(run, x, points))
        x += run.advance * points
    first = styles.over_first(passage.families) * size if start == 0 else 0.0
    above = styles.above(passage.families) * size + first
    height = styles.leading(passage.families) * size + first
    width = x + (_overhang(runs, x) if passage.rtl else 0.0)
    return Line(passage.text[start:end], tuple(runs), start, end, width, above, height, passage.rtl)


def _overhang(runs: list[SetRun], end: float) -> float:
    """Points by which ink stands out over the right end: strokes of Nastaliq lean out of the first word."""
    farthest = end
    for placed in runs:
        unit = placed.size / placed.run.font.units
        x = placed.x
        for glyph in placed.run.glyphs:
            ink = placed.run.font.ink(glyph.id)
            farthest = max(farthest, x + (glyph.right + ink) * unit)
            x += glyph.advance * unit
    size = max((placed.size for placed in runs), default=0.0)
    return farthest - end if farthest - end > _VISIBLE_OVERHANG * size else 0.0


def _clip(stretch: Stretch, start: int, end: int) -> Stretch | None:
    first, last = max(stretch.start, start), min(stretch.end, end)
    return replace(stretch, start=first, end=last) if first < last else None


def _without_spaces(text: str, start: int, end: int) -> int:
    """Where the drawn part of a line ends: before trailing spaces and the controls among them."""
    last = end
    while last > start and (text[last - 1] in _SPACES or text[last - 1] in bidi.CONTROLS):
        last -= 1
    return last
