"""A paper's code checked from the command line: it says whether the paper is valid, and nothing else."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from fieldkit.cli import papers as commands
from fieldkit.cli import vaults
from fieldkit.crypto.primitives import FOR_TESTS
from fieldkit.services import issued
from fieldkit.services.case_file import read_case
from fieldkit.services.issued import PaperKind, Wish
from fieldkit.services.vault import OpenVault, SignIn
from tests.conftest import PHRASE
from tests.stories import offices
from tests.stories.people import AGREED, FEAR, IN_PRIVATE, NO_URGENT_NEED, screened, somebody
from tests.worlds import world


def test_a_code_is_checked_and_nobody_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    post = offices.open_post(tmp_path / "post", "River post (invented)")
    case = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody("Nuru Invented"), FEAR).case
    issued.issue(post, case, Wish(PaperKind.REGISTRATION, ("en",), safe_to_carry=True))
    (one,) = issued.papers(post, case)
    code = issued.code_text(post, read_case(post.journal, case), one)
    post.close()

    def signed_in() -> OpenVault:
        folder = vaults.vault_folder()
        opened = SignIn(folder, world("again"), FOR_TESTS)
        return opened.open(vaults.one_person(folder), vaults.phrase())

    monkeypatch.setattr(commands, "signed_in", signed_in)

    def check(*said: str) -> tuple[int, dict[str, str]]:
        words = ["--folder", str(tmp_path / "post"), "check-paper", *said]
        result = CliRunner().invoke(vaults.vault, words, input=f"{PHRASE}\n")
        return result.exit_code, json.loads(result.output.splitlines()[-1])

    exit_code, held = check(code[:40], code[40:])
    assert (exit_code, held["result"], held["until"]) == (0, "valid", "2026-04-01")
    assert set(held) == {"result", "number", "until"}
    exit_code, held = check(code[:-1] + ("A" if code[-1] != "A" else "B"))
    assert exit_code == 1 and held["result"] in {"not ours", "not readable"}
