"""A code that a machine reads, as one strip of dark squares on the white of the paper.

It stands at the side on which its language begins, with the white around it that readers need: four squares
(ISO/IEC 18004, 5.3.8).
"""

from itertools import groupby

from fieldkit.domain.document import Code
from fieldkit.languages.direction import is_rtl
from fieldkit.leaflets.placed import ARTIFACT, Figure, Ink, Shape
from fieldkit.leaflets.strips import Strip
from fieldkit.leaflets.styles import Sizes

QUIET = 4
"""Squares of white on each side."""


def strip(block: Code, left: float, right: float, sizes: Sizes, element: int = ARTIFACT) -> Strip:
    """The strip of a code between two edges; `element` when the code is content by itself."""
    count = len(block.squares) + 2 * QUIET
    side = min(block.side, right - left)
    square = side / count
    begin = right - side if is_rtl(block.language) else left
    shapes = []
    for row, squares in enumerate(block.squares, QUIET):
        place = 0
        for dark, run in groupby(squares):
            length = len(list(run))
            if dark:
                shapes.append(
                    Shape(Ink.SQUARE, (QUIET + place) * square, row * square, length * square, square)
                )
            place += length
    figure = Figure(element, begin, 0.0, side, tuple(shapes))
    return Strip(side, figures=(figure,), gap=sizes.gap * 0.6)
