"""Receipts, what is due and erasing from the command line."""

import json
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from fieldkit.cli import receipts as commands
from fieldkit.cli import vaults
from fieldkit.crypto.primitives import FOR_TESTS
from fieldkit.domain.ids import spoken_number
from fieldkit.services import erasure, requests_of_people
from fieldkit.services.vault import OFFLINE_FILE, OpenVault, SignIn
from tests.conftest import OFFLINE_PHRASE, PHRASE
from tests.stories import offices
from tests.stories.offices import Office, carry
from tests.stories.people import AGREED, FEAR, IN_PRIVATE, NO_URGENT_NEED, screened, somebody
from tests.stories.test_erasure import SECOND_PHRASE, add_second_person
from tests.worlds import world

LABEL = "Second Coordinator (invented)"


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Phrases of these vaults cost little; what they cost really is told in `test_people_commands`."""

    def signed_in() -> OpenVault:
        folder = vaults.vault_folder()
        opened = SignIn(folder, world("again"), FOR_TESTS)
        return opened.open(vaults.one_person(folder), vaults.phrase())

    monkeypatch.setattr(commands, "signed_in", signed_in)


def run(folder: Path, *said: str, group: str = "vault", person: str = "", typed: tuple[str, ...] = ()) -> str:
    words = {"vault": vaults.vault, "hq": vaults.hq}[group]
    named = ["--person", person] if person else []
    lines = "\n".join((PHRASE, *typed)) + "\n"
    result = CliRunner().invoke(words, ["--folder", str(folder), *named, *said], input=lines)
    assert result.exit_code == 0, result.output
    return result.output


def test_from_the_export_to_the_erasure(tmp_path: Path, cheap: None, monkeypatch: pytest.MonkeyPatch) -> None:
    office, post, case = sent(tmp_path)
    monkeypatch.setattr("fieldkit.services.erasure.open_offline", lambda *_: office.offline)
    monkeypatch.setattr(erasure, "sign", partial(erasure.sign, policy=FOR_TESTS))
    there, here = office.vault.folder, post.folder
    office.vault.close()
    post.close()
    (out := tmp_path / "out").mkdir()

    number = spoken_number(case)
    said = ["--stick", str(office.stick / OFFLINE_FILE), "--reason", "asked for", "--second", LABEL]
    run(
        there,
        "erase",
        number,
        *said,
        group="hq",
        person="Coordinator",
        typed=(SECOND_PHRASE, OFFLINE_PHRASE),
    )
    names = run(there, "receipts", str(out), group="hq", person="Coordinator").split()
    written = [name for name in names if name.endswith(".fks")]
    assert {name.partition("-")[0] for name in written} == {"receipt", "erasure"}

    told = [json.loads(run(here, "take-in", str(out / name)).splitlines()[-1]) for name in written]
    assert {one["kind"] for one in told} == {"receipt", "erasure"}
    assert all(one["new"] for one in told)
    assert run(here, "due").splitlines()[1:] == [], "nothing is old enough"


def sent(folder: Path) -> tuple[Office, OpenVault, str]:
    """A post that sent an interview, and then somebody's wish that it is erased."""
    office = offices.found(folder / "office", "Invented Erasing Service")
    add_second_person(office.vault)
    post = offices.open_post(folder / "post", "Erasing post (invented)")
    offices.enrol(post, office)
    case = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody("Amaru Testperson"), FEAR).case
    (folder / "stick").mkdir()
    carry(post, office, folder / "stick")
    requests_of_people.withdraw(post, case, ["headquarters"])
    carry(post, office, folder / "stick")
    return office, post, case
