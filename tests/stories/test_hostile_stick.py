"""A stick that somebody prepared, and a disk that goes away: a clear sentence, nothing lost, nobody in."""

import os
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from fieldkit.cli.program import program
from fieldkit.domain.errors import FieldkitError
from fieldkit.languages import catalogues
from fieldkit.languages.messages import sentence
from fieldkit.services import exchange, homeward, importing, intake, letters
from fieldkit.services.vault import OpenVault
from fieldkit.ui.presenters.files import read_file
from tests.conftest import MakeVault
from tests.stories import offices
from tests.stories.offices import Office
from tests.stories.people import AGREED, IN_PRIVATE, NO_URGENT_NEED, answer_all, begin, ref_of, screened

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sticks of Windows know no such files")

NAMES = (b"\x1b[2J\x07.fkb", b"\xff\xfe.fkb", "a\u202egpj.fkb".encode(), b"two\nlines.fkb", b"-rf.fkb")
"""A command to a terminal, no text at all, letters turned round, two lines, and what looks like an option."""


@pytest.fixture
def post(make_vault: MakeVault, office: Office) -> OpenVault:
    made = make_vault("Ferry post (invented)")
    offices.enrol(made, office)
    screened(made, NO_URGENT_NEED, IN_PRIVATE, AGREED)
    return made


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """Everything at once that a file can be and should not."""
    made = tmp_path / "prepared"
    made.mkdir()
    (made / "autorun.inf").write_bytes(b"[autorun]\nopen=run.exe\n")
    (made / "run.exe").write_bytes(b"MZ")
    (made / "run.exe").chmod(0o755)
    for name in NAMES:
        Path(os.fsdecode(bytes(made) + b"/" + name)).write_bytes(b"age-encryption.org/v1\n-> X25519 abc\n")
    os.mkfifo(made / "pipe.fkb")
    (made / "folder.fkb").mkdir()
    (made / "loop.fkb").symlink_to("loop.fkb")
    (made / "device.fkb").symlink_to("/dev/zero")
    (made / "elsewhere.fkb").symlink_to("/etc/passwd")
    with (made / "sparse.fkb").open("wb") as file:
        file.truncate(100 * 1024**3)
    return made


def test_the_good_bundle_among_them_comes_in_and_every_other_is_named(
    post: OpenVault, office: Office, stick: Path
) -> None:
    (good,) = exchange.export(post, stick).files
    found = importing.bundles_on(stick)
    taken = importing.import_sticks(office.vault, found)
    assert len(taken.imported) == 1
    assert {path.name for path, _ in taken.refused} == {path.name for path in found} - {good}
    for tag in ("en", "ar"):
        for _, fault in taken.refused:
            assert len(sentence(fault, catalogues.load(tag, "interface"))) > 40
    assert list(office.vault.folder.glob("waiting/*")) == []


def test_nothing_on_it_is_read_as_anything_else_either(post: OpenVault, stick: Path) -> None:
    before = post.journal.heads()
    for path in stick.glob("*.fkb"):
        with pytest.raises(FieldkitError):
            homeward.look(post, path)
    for name in ("pipe.fkb", "device.fkb", "sparse.fkb", "folder.fkb"):
        with pytest.raises(FieldkitError, match=r"window\.file_too_large"):
            read_file(stick / name, 1024)
        with pytest.raises(FieldkitError):
            letters.read_file(stick / name)
    assert post.journal.heads() == before


@pytest.mark.parametrize("name", ["pipe.fkb", "device.fkb", "sparse.fkb"])
def test_the_command_line_waits_for_none_of_them(stick: Path, name: str) -> None:
    said = CliRunner().invoke(program, ["form", "check", str(stick / name)])
    assert said.exit_code == 1
    assert f"The file {name} is no file of this kind" in said.output


def test_a_vault_whose_folder_is_moved_away_acknowledges_no_answer(post: OpenVault, tmp_path: Path) -> None:
    interview = begin(post)
    answer_all(interview, NO_URGENT_NEED, IN_PRIVATE, AGREED)
    name = ref_of(interview, "name_told")
    away = post.folder.rename(tmp_path / "away")
    with pytest.raises(FieldkitError, match=r"vault\.vanished"):
        interview.answer(name, "Amaru Testperson")
    with pytest.raises(FieldkitError, match=r"vault\.vanished"):
        intake.finish(post, interview)
    assert interview.session.value(name) == ""
    away.rename(post.folder)
    interview.answer(name, "Amaru Testperson")
    again = intake.resume(post, interview.draft_id)
    assert again.session.value(name) == "Amaru Testperson"
