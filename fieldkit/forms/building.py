"""Building many objects at once without being stopped on the way.

While a tree of 40,000 nodes grows, Python's cyclic collector goes through all of it again and again and finds
nothing to let go of: two thirds of the time of reading a long list. Reference counts work all the same.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Let the collector rest inside. One inside another, or two threads at once, end with it running again."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
