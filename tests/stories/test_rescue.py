"""A vault that opens no more: what can be read stands in a new one, and people are told what is gone."""

import errno
import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from fieldkit.cli import backups, vaults
from fieldkit.crypto.primitives import FOR_TESTS, STANDARD
from fieldkit.domain.errors import FieldkitError
from fieldkit.languages.catalogues import load
from fieldkit.languages.messages import sentence
from fieldkit.services import backup, rescue
from fieldkit.services.rescue import Rescued
from fieldkit.services.vault import OpenVault, SignIn
from fieldkit.storage.database import DATABASE_FILE
from fieldkit.storage.lockfile import LOCK_FILE
from fieldkit.storage.slots import FIRST_COPY, SECOND_COPY
from tests.conftest import PHRASE
from tests.stories.test_backups import a_draft, cases, damage, work
from tests.stories.test_vault_check import a_vault
from tests.worlds import world


@pytest.fixture
def vault(tmp_path: Path) -> OpenVault:
    made = a_vault(tmp_path / "vault")
    for number in range(20, 400):
        work(made, number)
    a_draft(made)
    return made


def rescued(vault: OpenVault, folder: Path, copy: Path | None = None) -> tuple[Rescued, OpenVault]:
    person = vault.person.id
    done = rescue.rescue(
        vault.folder, folder, person, PHRASE, world("rescuer"), policy=FOR_TESTS, header_from=copy
    )
    return done, SignIn(folder, world("after"), FOR_TESTS).open(person, PHRASE)


def codes(done: Rescued) -> list[str]:
    return [loss.code for loss in done.losses]


def test_a_vault_without_its_first_pages_opens_again_with_the_same_phrase(
    vault: OpenVault, tmp_path: Path
) -> None:
    held = cases(vault)
    vault.close()
    path = vault.folder / DATABASE_FILE
    content = bytearray(path.read_bytes())
    content[: 3 * 4096] = bytes(3 * 4096)
    path.write_bytes(content)
    with pytest.raises(FieldkitError):
        SignIn(vault.folder, world("w"), FOR_TESTS).open(vault.person.id, PHRASE)
    done, again = rescued(vault, tmp_path / "new")
    assert cases(again) <= held
    assert len(cases(again)) > 0.9 * len(held)
    assert done.salvaged.broken_pages == 3
    assert again.stream != vault.stream
    assert path.read_bytes() == bytes(content), "the damaged one is only read"
    work(again, 5000)
    assert again.journal.verify(again.stream).sound
    again.close()


def test_a_disk_that_allows_reading_only_is_rescued_from(
    vault: OpenVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that fails is often made so by the system, or by whoever tries to save what is on it."""
    held, opens = cases(vault), os.open
    vault.close()
    (vault.folder / LOCK_FILE).unlink()

    def reading_only(path: str | Path, flags: int, *more: int) -> int:
        if Path(path).parent == vault.folder and flags & (os.O_RDWR | os.O_WRONLY | os.O_CREAT):
            raise OSError(errno.EROFS, "read-only")
        return opens(path, flags, *more)

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", reading_only)
        with pytest.raises(FieldkitError, match=r"vault\.read_only"):
            SignIn(vault.folder, world("w"), FOR_TESTS).open(vault.person.id, PHRASE)
        done, again = rescued(vault, tmp_path / "new")
    assert (cases(again), done.losses) == (held, ())
    assert not (vault.folder / LOCK_FILE).exists()
    again.close()


def test_losses_are_told_as_sentences_and_add_up(vault: OpenVault, tmp_path: Path) -> None:
    own, last = vault.stream, vault.journal.head(vault.stream).number
    vault.close()
    path = vault.folder / DATABASE_FILE
    for page in range(20, path.stat().st_size // 4096, 4):
        damage(path, page)
    done, again = rescued(vault, tmp_path / "new")
    missing = sum(hole.last - hole.first + 1 for hole in done.salvaged.entries_missing)
    assert again.journal.head(own).number <= last
    assert missing + done.salvaged.entries == again.journal.head(own).number
    assert {"rescue.pages", "rescue.entries", "rescue.contents"} <= set(codes(done))
    for loss in done.losses:
        told = sentence(loss, load("en", "interface"))
        assert "{" not in told
        assert told.count(". ") >= 2
    # The new vault's own check finds the same holes, and nothing broken.
    faults = [fault.code for fault in again.examine(lambda *_: None).faults]
    assert set(faults) <= {"check.journal", "check.files"}
    again.close()


def test_a_sound_vault_loses_nothing(vault: OpenVault, tmp_path: Path) -> None:
    held = cases(vault)
    drafts = vault.drafts.list(vault.person.id)
    vault.close()
    done, again = rescued(vault, tmp_path / "new")
    assert codes(done) == []
    assert cases(again) == held
    assert again.drafts.list(vault.person.id) == drafts
    assert again.examine(lambda *_: None).sound
    assert again.person == vault.person
    again.close()


def test_when_both_headers_are_gone_an_earlier_copy_lends_its_own(vault: OpenVault, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    made = backup.back_up(vault, tmp_path / "stick")
    work(vault, 7777)
    vault.close()
    for name in (FIRST_COPY, SECOND_COPY):
        (vault.folder / name).write_bytes(b"\x00" * 50)
    with pytest.raises(FieldkitError) as caught:
        rescued(vault, tmp_path / "new")
    assert caught.value.code == "vault.header_damaged"
    assert not (tmp_path / "new").exists()
    done, again = rescued(vault, tmp_path / "new", tmp_path / "stick" / made.name)
    assert done.salvaged.whole
    assert f"{7777:032x}" in cases(again), "also what was written after the copy"
    again.close()


def test_nothing_is_left_when_nothing_can_be_read(vault: OpenVault, tmp_path: Path) -> None:
    vault.close()
    path = vault.folder / DATABASE_FILE
    path.write_bytes(b"\x07" * 40960)
    with pytest.raises(FieldkitError) as caught:
        rescued(vault, tmp_path / "new")
    assert caught.value.code == "rescue.nothing_readable"
    assert not (tmp_path / "new").exists()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "note.txt").write_text("somebody's")
    with pytest.raises(FieldkitError) as caught:
        rescued(vault, tmp_path / "full")
    assert caught.value.code == "backup.not_empty"


def test_the_command_line_rescues(tmp_path: Path) -> None:
    a_vault(tmp_path / "vault", STANDARD).close()
    damage(tmp_path / "vault" / DATABASE_FILE, 1)
    words = ["rescue", str(tmp_path / "vault"), str(tmp_path / "new"), "--json"]
    result = CliRunner().invoke(vaults.vault, words, input=PHRASE + "\n")
    report = json.loads(result.output.splitlines()[-1])
    assert (result.exit_code, report["entries"], report["broken_pages"]) == (1, 21, 1)
    assert [loss["code"] for loss in report["losses"]] == ["rescue.pages"]
    assert backups.vault_rescue.name == "rescue"
