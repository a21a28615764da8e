"""The recorded scenarios of the reference engines; every miss is explained in `known_differences.md`."""

import pytest

from tests.forms.expressions.vectors import VECTORS
from tests.forms.scenario_vectors import drivable, first_miss, scenarios

REACHED = 0.975
"""Share of the drivable scenarios that must pass."""


@pytest.mark.skipif(not VECTORS.is_dir(), reason="the shared vectors are not beside this checkout")
def test_the_recorded_scenarios_pass() -> None:
    found = [scenario for scenario in scenarios() if drivable(scenario)]
    missed = [scenario["title"] for scenario in found if first_miss(scenario) is not None]
    assert 1 - len(missed) / len(found) >= REACHED, missed
