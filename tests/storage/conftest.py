"""A desk that is closed after the test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.storage.desks import Desk, fresh

# No test asserts a time: a slow disk is not a failure.
settings.register_profile("storage", deadline=None)
settings.load_profile("storage")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A new vault."""
    made = fresh(tmp_path)
    yield made
    made.database.close()
