"""Short forms of the protocols about what happens over time (R8, R15)."""

import random

from benchmarks.endure import clock, core, merge


def test_no_clock_locks_out_or_moves_anything() -> None:
    figures = clock.protocol(6, random.Random(1))
    assert core.passes(figures), figures


def test_five_devices_agree_whatever_way_things_travel() -> None:
    figures = merge.protocol(8, random.Random(1))
    assert core.passes(figures), figures
