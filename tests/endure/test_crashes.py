"""Short forms of the protocols about crashes (R1-R3); `run.py endure NAME` has the long ones."""

import random

from benchmarks.endure import core, kill
from benchmarks.endure.kill_jobs import JOBS


def test_nothing_acknowledged_is_lost_by_kills() -> None:
    figures = kill.protocol(len(JOBS), random.Random(1))
    assert core.passes(figures), figures
