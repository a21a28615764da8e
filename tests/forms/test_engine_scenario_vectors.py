"""The recorded scenarios of the reference engines; every miss is explained in `known_differences.md`."""

import pytest

from benchmarks.recordings import VECTORS
from benchmarks.scenario_vectors import FILE, score

REACHED = 0.975
"""Share of the drivable scenarios that must pass."""


@pytest.mark.skipif(not (VECTORS / FILE).is_file(), reason="the shared vectors are not beside this checkout")
def test_the_recorded_scenarios_pass() -> None:
    found = score(VECTORS / FILE)
    assert found.share >= REACHED, found.misses
