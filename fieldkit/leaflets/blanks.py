"""Room to write in by hand, as strips: ruled lines over the whole width, or squares for figures.

Lines are as far apart as a hand needs that writes on its knee; squares hold one figure each.
"""

from fieldkit.domain.document import Blank
from fieldkit.languages.direction import is_rtl
from fieldkit.leaflets.placed import Ink, Shape
from fieldkit.leaflets.strips import Strip
from fieldkit.leaflets.styles import Sizes

_APART = 21.0
"""Points from line to line: 7.4 mm, as on ruled paper."""
_SIDE = 17.0
"""Points of a square: 6 mm."""
_BETWEEN = 9.0
"""Points between groups of squares."""


def strips(block: Blank, left: float, right: float, sizes: Sizes) -> list[Strip]:
    """The strips of a block between two edges; all of them stay together."""
    if block.squares:
        return [_squares(block, left, right, sizes)]
    rule = Shape(Ink.RULE, left, _APART - 1, right - left, 0.0)
    made = [Strip(_APART, (), (rule,), keep=True) for _ in range(block.lines)]
    return [*made[:-1], Strip(_APART, (), (rule,))] if made else []


def _squares(block: Blank, left: float, right: float, sizes: Sizes) -> Strip:
    whole = sum(block.squares) * _SIDE + (len(block.squares) - 1) * _BETWEEN
    x = right - whole if is_rtl(block.language) else left
    shapes = []
    for group in block.squares:
        for _ in range(group):
            shapes.append(Shape(Ink.FRAME, x, 0.0, _SIDE, _SIDE))
            x += _SIDE
        x += _BETWEEN
    return Strip(_SIDE, (), tuple(shapes), gap=sizes.gap * 0.6)
