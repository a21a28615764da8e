"""Accounts, a lost phrase and the end of a vault from the command line, at the real cost of a phrase."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from fieldkit.cli import people as words
from fieldkit.cli import vaults
from fieldkit.crypto.primitives import STANDARD
from fieldkit.domain.access import Role
from fieldkit.services import people, recovery
from fieldkit.services.new_vault import NewVault, create_vault
from fieldkit.services.people import NewAccount
from fieldkit.services.vault import Desk, at_door
from tests.conftest import PHRASE
from tests.stories import offices
from tests.stories.offices import Office
from tests.worlds import world

BILALS, SIX_WORDS = "vessel room friend occur push shock", "orange bicycle window seven lamp forest"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return offices.found(tmp_path_factory.mktemp("office"), "Invented Border Service")


@pytest.fixture
def folder(tmp_path: Path, office: Office) -> Path:
    """An enrolled post with two people, closed."""
    new = NewVault(Desk.POST, "River post (invented)", "Officer One", "en", PHRASE, training=True)
    post = create_vault(tmp_path / "vault", new, world("river"), STANDARD)
    offices.enrol(post, office)
    people.add(post, NewAccount("Bilal", frozenset({Role.OFFICER}), BILALS, own_phrase=True))
    post.close()
    return tmp_path / "vault"


def run(folder: Path, *said: str, person: str = "", typed: str = PHRASE) -> tuple[int, str]:
    named = ["--person", person] if person else []
    result = CliRunner().invoke(vaults.vault, ["--folder", str(folder), *named, *said], input=typed + "\n")
    return result.exit_code, result.output


def test_people_are_listed_and_somebody_leaves(folder: Path) -> None:
    assert words.vault_people.name == "people"
    status, told = run(folder, "people", person="Officer One")
    assert status == 0 and "Bilal: officer" in told
    assert run(folder, "people", person="Bilal", typed=BILALS)[0] == 1, "an officer lists nobody"
    status, told = run(folder, "end-account", "Bilal", person="Officer One")
    assert status == 0 and "The vault has a new key." in told
    door = at_door(folder)
    assert door is not None and [one.label for one in door.people] == ["Officer One"]
    assert "Bilal: has left" in run(folder, "people")[1]


def test_a_lost_phrase_and_the_end(folder: Path, office: Office, tmp_path: Path) -> None:
    status, told = run(folder, "ask-recovery", str(tmp_path), person="Bilal", typed=SIX_WORDS)
    assert status == 0 and "Words to compare:" in told
    asked = recovery.read_request((tmp_path / "recovery.fkq").read_bytes())
    (tmp_path / "recovery.fka").write_bytes(recovery.sealed_again(asked, office.offline))
    status, told = run(folder, "accept-recovery", str(tmp_path / "recovery.fka"), typed=SIX_WORDS)
    assert status == 0 and "Bilal: can sign in with the phrase of the request" in told
    assert run(folder, "destroy", typed="yes")[0] == 1
    assert at_door(folder) is not None
    assert run(folder, "destroy", typed="DESTROY")[0] == 0
    assert at_door(folder) is None
    assert list(folder.iterdir()) == []
