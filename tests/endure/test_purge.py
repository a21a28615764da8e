"""The short form of R11; `run.py endure purge` has the long one."""

import random

from benchmarks.endure import core, purge


def test_what_went_is_on_no_page() -> None:
    figures = purge.protocol(5, random.Random(1))
    assert core.passes(figures), figures
    assert figures["pages"] != 0
