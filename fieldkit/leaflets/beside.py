"""Strips side by side: two languages on facing columns, and blocks beside a picture.

1. Lines of one row stand on common baselines, so that a finger finds the same place in the other language.
2. What stands on one side only leaves the other side free; nothing is left out.
3. Blocks beside a picture stay on its page, and stand at its middle when they are fewer.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, pairwise, zip_longest

from fieldkit.leaflets.placed import Figure, Ink, Shape
from fieldkit.leaflets.strips import Strip

_NOTHING = Strip(0.0)


def parted(strips: Sequence[Strip], cuts: Sequence[int]) -> list[Sequence[Strip]]:
    """The strips in parts that begin where items and rows begin."""
    places = [*dict.fromkeys((0, *cuts)), len(strips)]
    return [strips[start:end] for start, end in pairwise(places)]


def merged_parts(one: Sequence[Sequence[Strip]], other: Sequence[Sequence[Strip]]) -> list[Strip]:
    """Item beside item and row beside row where both languages have as many; else all beside all."""
    if len(one) != len(other):
        return merged([*chain(*one)], [*chain(*other)])
    return [strip for left, right in zip(one, other, strict=True) for strip in merged(left, right)]


def merged(one: Sequence[Strip], other: Sequence[Strip]) -> list[Strip]:
    """Two columns of strips as one: the first beside the first, and so on (rules 1 and 2)."""
    return [_beside(left, right) for left, right in zip_longest(one, other, fillvalue=_NOTHING)]


def _beside(left: Strip, right: Strip) -> Strip:
    baseline = max(_baseline(left), _baseline(right))
    sides = [_lowered(side, baseline - _baseline(side)) if side.lines else side for side in (left, right)]
    height = max(side.height for side in sides)
    sides = [_as_high(side, height) for side in sides]
    return Strip(
        height,
        (*sides[0].lines, *sides[1].lines),
        (*sides[0].shapes, *sides[1].shapes),
        max(left.gap, right.gap),
        left.keep or right.keep,
        (*left.frames, *right.frames),
        figures=(*sides[0].figures, *sides[1].figures),
    )


def _baseline(strip: Strip) -> float:
    return strip.lines[0].y if strip.lines else 0.0


def _lowered(strip: Strip, by: float) -> Strip:
    """The strip with all that it holds further down."""
    if not by:
        return strip
    return replace(
        strip,
        height=strip.height + by,
        lines=tuple(replace(line, y=line.y + by) for line in strip.lines),
        shapes=tuple(
            replace(shape, y=shape.y + by) if shape.y or shape.height else shape for shape in strip.shapes
        ),
        figures=tuple(replace(figure, y=figure.y + by) for figure in strip.figures),
    )


def _as_high(strip: Strip, height: float) -> Strip:
    """A row of a table as high as what stands beside it: its upright rules, shade and end reach down to there."""

    def reaching(shape: Shape) -> Shape:
        if shape.ink is Ink.SHADE or (shape.ink is Ink.RULE and not shape.width):
            return replace(shape, y=0.0, height=height)
        if shape.ink is Ink.RULE and shape.y == strip.height:
            return replace(shape, y=height)
        return shape

    return replace(strip, height=height, shapes=tuple(map(reaching, strip.shapes)))


def with_picture(strips: Sequence[Strip], figure: Figure, gap: float) -> list[Strip]:
    """The strips beside a picture at its height (rule 3)."""
    if not strips:
        return [Strip(figure.side, figures=(figure,), gap=gap)]
    held = [replace(strips[0], gap=0.0), *strips[1:]]
    free = max(0.0, figure.side - sum(strip.gap + strip.height for strip in held))
    held[0] = _lowered(held[0], free / 2)
    held[0] = replace(held[0], gap=gap + strips[0].gap, figures=(figure, *held[0].figures))
    held[-1] = replace(held[-1], height=held[-1].height + free / 2)
    return [*(replace(strip, keep=True) for strip in held[:-1]), held[-1]]


def moved(strip: Strip, right: float) -> Strip:
    """The strip so many points further to the right: in the next column of a page."""
    return replace(
        strip,
        lines=tuple(replace(line, x=line.x + right) for line in strip.lines),
        shapes=tuple(replace(shape, x=shape.x + right) for shape in strip.shapes),
        figures=tuple(replace(figure, x=figure.x + right) for figure in strip.figures),
    )
