"""A desk that is closed after the test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.storage.desks import Desk, fresh


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A new vault."""
    made = fresh(tmp_path)
    yield made
    made.database.close()
