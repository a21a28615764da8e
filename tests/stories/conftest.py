"""The headquarters and desks of all stories."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stories import offices, sealed_office
from tests.stories.desks import Desks
from tests.stories.offices import Office
from tests.stories.sealed_office import Headquarters


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A headquarters whose list of cases grows from story to story: look for your own post or day in it."""
    founded = offices.found(tmp_path_factory.mktemp("office"), "Invented Border Service")
    yield founded
    founded.vault.close()


@pytest.fixture(scope="session")
def other_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A headquarters to which nothing is ever sent."""
    founded = offices.found(tmp_path_factory.mktemp("other office"), "Another Invented Service")
    yield founded
    founded.vault.close()


@pytest.fixture
def desks(tmp_path: Path, office: Office) -> Iterator[Desks]:
    """Desks to sit down at; closed at the end."""
    with Desks(tmp_path, office) as opened:
        yield opened


@pytest.fixture
def headquarters(tmp_path: Path) -> Iterator[Headquarters]:
    """A headquarters where somebody can be cleared for what is sealed; stories with an office of their own lay
    theirs over it."""
    made = sealed_office.found(tmp_path)
    yield made
    made.vault.close()
