"""Short forms of the protocols about what happens over time (R8, R10, R15)."""

import random
import sys

import pytest

from benchmarks.endure import clock, core, merge, traces


def test_no_clock_locks_out_or_moves_anything() -> None:
    figures = clock.protocol(6, random.Random(1))
    assert core.passes(figures), figures


def test_five_devices_agree_whatever_way_things_travel() -> None:
    figures = merge.protocol(5, random.Random(1))
    assert core.passes(figures), figures


@pytest.mark.skipif(sys.platform != "linux", reason="system calls are traced with strace")
def test_words_that_are_typed_leave_no_trace() -> None:
    figures = traces.protocol(1, random.Random(1))
    assert core.passes(figures), figures
