"""A drawing that a place added, as one strip: as wide as it may be, and never higher than its share of a page.

It stands at the side on which its language begins. What it shows is said in words below it, and to readers of the
screen by the figure.
"""

from fieldkit.domain.document import Sketch
from fieldkit.languages.direction import is_rtl
from fieldkit.leaflets.placed import Figure, Greys
from fieldkit.leaflets.strips import Strip
from fieldkit.leaflets.styles import Sizes


def strip(block: Sketch, left: float, right: float, most_high: float, sizes: Sizes, element: int) -> Strip:
    """The strip of a drawing between two edges, at most `most_high` points high. It keeps with its words."""
    side = min(block.wide, right - left, most_high * block.width / block.height)
    begin = right - side if is_rtl(block.language) else left
    figure = Figure(element, begin, 0.0, side, greys=Greys(block.points, block.width, block.height))
    return Strip(figure.high, figures=(figure,), gap=sizes.gap, keep=True)
