"""Somebody asks whether the vault is sound: what is wrong is found, told with its next step, and not touched."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from fieldkit.cli import backups, vaults
from fieldkit.content import mapping
from fieldkit.crypto.primitives import FOR_TESTS, STANDARD, Policy
from fieldkit.domain.errors import FieldkitError
from fieldkit.files import resources
from fieldkit.languages.catalogues import load
from fieldkit.languages.messages import sentence
from fieldkit.services import checkup
from fieldkit.services.checkup import Examined
from fieldkit.services.new_vault import NewVault, create_vault
from fieldkit.services.vault import Desk, OpenVault
from fieldkit.storage.database import DATABASE_FILE
from fieldkit.storage.slots import FIRST_COPY, SECOND_COPY
from tests.conftest import PHRASE
from tests.stories.test_backups import damage, work
from tests.worlds import world


def a_vault(folder: Path, policy: Policy = FOR_TESTS) -> OpenVault:
    new = NewVault(Desk.POST, "River post (invented)", "Officer One", "en", PHRASE)
    vault = create_vault(folder, new, world("check"), policy)
    for number in range(20):
        work(vault, number)
    draft = vault.drafts.start(
        person=vault.person.id, form="f", version="1", officer_language="en", person_language="ti"
    )
    vault.attachments.keep(draft, b"an invented sketch" * 40_000, media_type="image/png", ending="png")
    return vault


def checked(folder: Path, person: str) -> Examined:
    return checkup.check(folder, person, PHRASE, world("checker"), policy=FOR_TESTS)


@pytest.fixture
def vault(tmp_path: Path) -> OpenVault:
    return a_vault(tmp_path / "vault")


def test_a_sound_vault_is_sound_and_stays_as_it_is(vault: OpenVault) -> None:
    vault.close()
    before = {path.name: path.read_bytes() for path in vault.folder.iterdir()}
    found = checked(vault.folder, vault.person.id)
    assert found.sound
    assert (found.files, [one.last for one in found.streams]) == (1, [21])
    assert {path.name: path.read_bytes() for path in vault.folder.iterdir()} == before


def rewrite(sql: str) -> Callable[[OpenVault], None]:
    def change(vault: OpenVault) -> None:
        with vault.database.transaction():
            vault.database.execute(sql)

    return change


def lose_a_copy(vault: OpenVault) -> None:
    (vault.folder / SECOND_COPY).unlink()


def damage_a_copy(vault: OpenVault) -> None:
    (vault.folder / FIRST_COPY).write_bytes(b"\x00" * 400)


def an_older_copy(vault: OpenVault) -> None:
    older = (vault.folder / SECOND_COPY).read_bytes()
    vault.mend_header()
    (vault.folder / SECOND_COPY).write_bytes(older)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (
            rewrite("UPDATE entries SET content = CAST(content || ' ' AS BLOB) WHERE number = 7"),
            "check.journal",
        ),
        (rewrite("DELETE FROM payloads WHERE rowid = 5"), "check.journal"),
        (
            rewrite("UPDATE attachment_parts SET content = zeroblob(length(content)) WHERE place = 1"),
            "check.files",
        ),
        (rewrite("DELETE FROM attachment_parts WHERE place = 2"), "check.files"),
        (lose_a_copy, "check.header_copy"),
        (damage_a_copy, "check.header_copy"),
        (an_older_copy, "check.header_copies_differ"),
    ],
)
def test_what_is_wrong_is_found_and_told(
    vault: OpenVault, change: Callable[[OpenVault], None], code: str
) -> None:
    change(vault)
    vault.close()
    found = checked(vault.folder, vault.person.id)
    assert [fault.code for fault in found.faults] == [code]
    told = sentence(found.faults[0], load("en", "interface"))
    assert "{" not in told
    assert told.count(". ") >= 1, "what happened, and what to do"


@pytest.mark.parametrize("page", [1, 2, 5, 30, -1])
def test_a_damaged_page_is_found_also_when_the_vault_opens_no_more(vault: OpenVault, page: int) -> None:
    vault.close()
    path = vault.folder / DATABASE_FILE
    damage(path, page if page > 0 else path.stat().st_size // 4096)
    before = path.read_bytes()
    found = checked(vault.folder, vault.person.id)
    assert found.faults[0].code == "check.pages"
    assert len(found.broken_pages) >= 1
    assert path.read_bytes() == before


def test_a_file_that_was_cut_off_is_found(vault: OpenVault) -> None:
    vault.close()
    path = vault.folder / DATABASE_FILE
    os.truncate(path, path.stat().st_size - 1000)
    assert checked(vault.folder, vault.person.id).faults[0].code == "check.pages"


def test_a_wrong_phrase_is_told_nothing(vault: OpenVault) -> None:
    vault.close()
    with pytest.raises(FieldkitError) as caught:
        checkup.check(vault.folder, vault.person.id, "wrong wrong wrong", world("w"), policy=FOR_TESTS)
    assert caught.value.code == "vault.wrong_phrase"


def test_an_open_vault_is_examined_where_it_is(vault: OpenVault) -> None:
    parts: list[int] = []
    assert vault.examine(lambda done, total: parts.append(done)).sound
    assert parts == sorted(parts)
    lose_a_copy(vault)
    assert [fault.code for fault in vault.examine(lambda *_: None).faults] == ["check.header_copy"]
    vault.close()


def test_the_command_line_checks_copies_and_puts_back(tmp_path: Path) -> None:
    folder, stick = tmp_path / "vault", tmp_path / "stick"
    stick.mkdir()
    a_vault(folder, STANDARD).close()

    assert backups.vault_check.name == "check"

    def run(*words: str) -> tuple[int, str]:
        result = CliRunner().invoke(vaults.vault, ["--folder", *words], input=PHRASE + "\n")
        return result.exit_code, result.output

    status, told = run(str(folder), "check", "--json")
    report = json.loads(told.splitlines()[-1])
    assert (status, report["sound"], report["streams"][0]["entries"]) == (0, True, 21)
    status, told = run(str(folder), "verify", "--json")
    (stream,) = json.loads(told.splitlines()[-1])["streams"]
    assert (status, stream["own"], stream["proved"], stream["unprotected"]) == (0, True, 0, 21)
    status, told = run(str(folder), "info")
    held = json.loads(told.splitlines()[-1])
    newest = mapping.versions(resources())[-1]
    assert (status, held["codebook"], held["codebook_day"]) == (0, newest.number, newest.day.isoformat())
    assert held["rules"] and not held["pack"]
    assert run(str(folder), "back-up", str(stick))[0] == 0
    (copy,) = stick.iterdir()
    assert "opens for: Officer One" in run(str(folder), "backups")[1]
    assert run(str(folder), "restore", str(copy), str(tmp_path / "again"))[0] == 0
    status, told = run(str(tmp_path / "again"), "check")
    assert status == 0
    assert "sound" in told
    damage(folder / DATABASE_FILE, 5)
    status, told = run(str(folder), "check", "--json")
    report = json.loads(told.splitlines()[-1])
    assert (status, report["sound"], report["broken_pages"]) == (1, False, [5])
    assert "rescue" in report["faults"][0]["sentence"]
