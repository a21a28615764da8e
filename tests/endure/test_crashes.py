"""Short forms of the protocols about crashes (R1-R3); `run.py endure NAME` has the long ones."""

import os
import random
import sys

import pytest

from benchmarks.endure import core, full, kill, power
from benchmarks.endure.kill_jobs import JOBS


def test_nothing_acknowledged_is_lost_by_kills() -> None:
    figures = kill.protocol(len(JOBS), random.Random(1))
    assert core.passes(figures), figures


@pytest.mark.skipif(sys.platform != "linux", reason="system calls are traced with strace")
def test_nothing_acknowledged_is_lost_when_the_power_is_cut() -> None:
    figures = power.protocol(14, random.Random(1), interviews=2)
    assert core.passes(figures), figures


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may mount small disks")
def test_a_full_disk_loses_nothing_and_leaves_no_half_file() -> None:
    figures = full.protocol(len(full.JOBS), random.Random(1))
    assert core.passes(figures), figures
